"""When a certificate can be renewed, by the authority's rule. One small function a rule, days in Japan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from certcheck import japan
from certcheck.rules import ByApplication

if TYPE_CHECKING:
    from datetime import date, datetime

    from certcheck.rules import Renewal, Window

Validity = Literal["not_yet", "valid", "expired"]
Status = Literal["too_early", "open", "too_late", "expired", "by_application", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a certificate can be renewed.

    Attributes:
        status: the verdict's code.
        opens_on: first day of the window in Japan; None where the rule has none.
        closes_on: last day of the window, itself included; None where the rule has no end.
    """

    status: Status
    opens_on: date | None = None
    closes_on: date | None = None


UNKNOWN = Verdict("unknown")


def verdict(rule: Renewal, not_after: datetime, at: datetime) -> Verdict:
    """Judge by the rule, in this order: application, no end, expired, window.

    Args:
        rule: the authority's rule.
        not_after: the certificate's last valid second, aware.
        at: the instant to judge by, aware.
    """
    if isinstance(rule, ByApplication):  # whatever the day
        return Verdict("by_application")
    opens, closes = opens_on(rule.opens_days_before, not_after), closes_on(rule, not_after)
    today = japan.day(at)
    status: Status = "too_early" if today < opens else "open"
    if closes is not None:
        if at > not_after:
            status = "expired"
        elif today > closes:
            status = "too_late"
    return Verdict(status, opens, closes)


def opens_on(days_before: int, not_after: datetime) -> date:
    """Count calendar days back from the day of notAfter (tse-manual 5: expiry 1 May, opens 1 April)."""
    return japan.days_before(japan.day(not_after), days_before)


def closes_on(rule: Window, not_after: datetime) -> date | None:
    """Return the last day: of expiry, the day before it (tse-manual 5), or none (fsa-admin-manual 9.3.5)."""
    if rule.closes == "never":
        return None
    return japan.days_before(japan.day(not_after), 1 if rule.closes == "end_of_day_before" else 0)


def validity(not_before: datetime, not_after: datetime, at: datetime) -> Validity:
    """Tell where in its validity period a certificate is, both ends included (RFC 5280 4.1.2.5)."""
    if at < not_before:
        return "not_yet"
    return "expired" if at > not_after else "valid"


def days_left(not_after: datetime, at: datetime) -> int:
    """Return the calendar days in Japan from today to the day of notAfter; negative after it."""
    return (japan.day(not_after) - japan.day(at)).days
