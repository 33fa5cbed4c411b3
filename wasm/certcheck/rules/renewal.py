"""When a certificate can be renewed, by the authority's rule. One small function a rule, days in Japan."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from certcheck import japan
from certcheck.rules.business_days import OutsideTableError
from certcheck.rules.terms import After, Before, ByApplication, TimeOfDay

if TYPE_CHECKING:
    from certcheck.rules.business_days import BusinessDays
    from certcheck.rules.terms import Closes, Renewal

Validity = Literal["not_yet", "valid", "expired"]
Status = Literal["too_early", "open", "too_late", "expired", "by_application", "unknown"]
Headline = Literal[Status, "ca", "not_yet", "open_without_end", "open_after_expiry"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a certificate can be renewed.

    Attributes:
        status: the verdict's code.
        opens_on: first day of the window in Japan; None where the rule has none.
        closes_on: last day of the window, itself included; None where the rule has no end.
        closes_at: time of that day in Japan at which it ends; in JSON only where the rule names one.
        deadlines: the rule's other days, in its order; in JSON only where there are any.
    """

    status: Status
    opens_on: date | None = None
    closes_on: date | None = None
    closes_at: str | None = None
    deadlines: tuple[date, ...] = ()


UNKNOWN = Verdict("unknown")


def verdict(rule: Renewal, not_before: datetime, not_after: datetime, at: datetime) -> Verdict:
    """Judge by the rule, in this order: application, no end, expired, window.

    Args:
        rule: the authority's; the verdict is unknown where it counts business days of years not in its table.
        not_before: the certificate's first valid second, aware: the terms may depend on it.
        not_after: its last valid second, aware.
        at: the instant to judge by, aware.
    """
    terms, last, table = rule.of(japan.day(not_before)), japan.day(not_after), rule.business_days
    try:
        deadlines = tuple(day_before(each, last, table) for each in terms.deadlines)
        if isinstance(terms, ByApplication):  # whatever the day
            return Verdict("by_application", deadlines=deadlines)
        opens, closes = day_before(terms.opens, last, table), closes_on(terms.closes, last, table)
    except OutsideTableError:
        return UNKNOWN
    closes_at = terms.closes.time if isinstance(terms.closes, TimeOfDay) else None
    now = japan.in_japan(at)
    status: Status = "open"
    if now.date() < opens:
        status = "too_early"
    elif closes is not None and (
        now.date() > closes or (closes_at and now.date() == closes and now.time() >= closes_at)
    ):
        status = "too_late"
    # What a rule leaves open beyond notAfter stays open; a window that reaches notAfter at most ends with it.
    if at > not_after and closes is not None and (closes <= last or status == "too_late"):
        status = "expired"
    return Verdict(status, opens, closes, closes_at.isoformat("minutes") if closes_at else None, deadlines)


def headline(found: Verdict, validity: Validity, *, is_ca: bool) -> Headline:
    """Return the one thing to say first of a certificate: its status in the light of its validity.

    A CA's own is not renewed; what is not valid yet cannot be used, whatever its window; and a window that is
    open has no end, or has outlived the certificate (fsa-admin-manual 9.3.5).
    """
    if is_ca:
        return "ca"
    if found.status == "unknown":
        return "unknown"
    if validity == "not_yet":
        return "not_yet"
    if found.status != "open":
        return found.status
    if validity == "expired":
        return "open_after_expiry"
    return "open" if found.closes_on else "open_without_end"


def day_before(when: Before, last: date, table: BusinessDays) -> date:
    """Count back from the day of notAfter (tse-manual 5: thirty days before 1 May is 1 April).

    A month before is the same day of that month or, where it has none, its last day (Civil Code, 143).

    Raises:
        OutsideTableError: business days of that year are not known.
    """
    if when.unit == "days":
        return japan.days_before(last, when.count)
    if when.unit == "business_days":
        return table.before(last, when.count)
    years, month = divmod(last.year * 12 + last.month - 1 - when.count, 12)
    if years < date.min.year:
        return date.min
    return date(years, month + 1, min(last.day, monthrange(years, month + 1)[1]))


def closes_on(closes: Closes, last: date, table: BusinessDays) -> date | None:
    """Return the last day: before expiry (tse-manual 5), its day, after it, or none (fsa-admin-manual 9.3.5).

    Raises:
        OutsideTableError: as :func:`day_before`.
    """
    if isinstance(closes, Before):
        return day_before(closes, last, table)
    if isinstance(closes, After):
        return japan.days_before(last, -closes.days)
    return last if closes else None


def validity(not_before: datetime, not_after: datetime, at: datetime) -> Validity:
    """Tell where in its validity period a certificate is, both ends included (RFC 5280 4.1.2.5)."""
    if at < not_before:
        return "not_yet"
    return "expired" if at > not_after else "valid"


def days_left(not_after: datetime, at: datetime) -> int:
    """Return the calendar days in Japan from today to the day of notAfter; negative after it."""
    return (japan.day(not_after) - japan.day(at)).days
