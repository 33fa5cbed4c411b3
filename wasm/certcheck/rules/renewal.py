"""Whether a certificate can be renewed today, by the authority's terms; days are Japan's."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from certcheck import japan
from certcheck.rules.business_days import OutsideTableError
from certcheck.rules.terms import DayBefore, RenewalByApplication, TimeOfDay

if TYPE_CHECKING:
    from certcheck.rules.business_days import BusinessDays
    from certcheck.rules.terms import RenewalTerms, WindowEnd

Validity = Literal["not_yet", "valid", "expired", "never", "unknown"]
RenewalStatus = Literal["too_early", "open", "too_late", "expired", "by_application", "unknown"]
_OtherHeadline = Literal[
    "ca",
    "not_yet",
    "never_valid",
    "no_dates",
    "open_without_end",
    "open_after_expiry",
    "too_late_to_apply",
    "revoked",
]
Headline = Literal[RenewalStatus, _OtherHeadline]

_UNUSABLE: dict[Validity, Headline] = {"never": "never_valid", "unknown": "no_dates"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a certificate can be renewed.

    Attributes:
        status: the verdict's code.
        opens_on: first day of the window in Japan; None where the rule has none.
        closes_on: last day of the window, itself included; None where the rule has no end.
        closes_at: time of that day in Japan at which it ends, "17:00"; in JSON only where the rule has one.
        deadlines: the rule's other days, in its order; in JSON only where there are any.
    """

    status: RenewalStatus
    opens_on: date | None = None
    closes_on: date | None = None
    closes_at: str | None = None
    deadlines: tuple[date, ...] = ()


UNKNOWN = Verdict("unknown")


def judge_renewal(rule: RenewalTerms, not_before: datetime, not_after: datetime, at: datetime) -> Verdict:
    """Judge whether a certificate can be renewed at an instant.

    1. Choose the terms by the day of issue.
    2. Find the days of the window and the deadlines.
    3. Compare today with the window.
    4. An ended certificate whose window ended with it, or before, is expired.

    Args:
        rule: the authority's; the verdict is unknown where it counts business days of years not in its table.
        not_before: the certificate's first valid second, aware.
        not_after: its last valid second, aware.
        at: the instant to judge by, aware.
    """
    terms = rule.find_terms(japan.find_day(not_before))  # 1.
    last, table = japan.find_day(not_after), rule.business_days
    try:
        deadlines = tuple(find_day_before(deadline, last, table) for deadline in terms.deadlines)  # 2.
        closes = find_last_day(terms.closes, last, table)
        opens = None
        if not isinstance(terms, RenewalByApplication):
            opens = find_day_before(terms.opens, last, table)
    except OutsideTableError:
        return UNKNOWN
    closing_time = terms.closes.time if isinstance(terms.closes, TimeOfDay) else None
    now = japan.convert_instant(at)
    status: RenewalStatus = "open" if opens else "by_application"
    if opens and now.date() < opens:  # 3.
        status = "too_early"
    elif closes is not None and (
        now.date() > closes or (closing_time and now.date() == closes and now.time() >= closing_time)
    ):
        status = "too_late"
    # A rule that leaves a window open beyond notAfter keeps it open.
    if at > not_after and closes is not None and (closes <= last or status == "too_late"):  # 4.
        status = "expired"
    closes_at = closing_time.isoformat("minutes") if closing_time else None
    return Verdict(status, opens, closes, closes_at, deadlines)


def choose_headline(verdict: Verdict, validity: Validity, *, is_ca: bool) -> Headline:
    """Choose what to say first of a certificate: its renewal status in the light of its validity.

    A CA's certificate is not renewed; one that is not valid yet cannot be used, whatever its window; and an
    open window may have no end, or have outlived the certificate (fsa-admin-manual 9.3.5). Where no day opens
    a window and one closes it, it is applying that is too late.
    """
    if is_ca:
        return "ca"
    if validity in _UNUSABLE:
        return _UNUSABLE[validity]
    if validity == "not_yet" and verdict.status != "unknown":
        return "not_yet"
    if verdict.status != "open":
        is_application = verdict.status == "too_late" and verdict.closes_on and not verdict.opens_on
        return "too_late_to_apply" if is_application else verdict.status
    if validity == "expired":
        return "open_after_expiry"
    return "open" if verdict.closes_on else "open_without_end"


def find_day_before(distance: DayBefore, last: date, table: BusinessDays) -> date:
    """Count back from the day of notAfter (tse-manual 5: thirty days before 1 May is 1 April).

    A month before is the same day of that month or, where it has none, its last day (Civil Code, 143).

    Raises:
        OutsideTableError: business days of that year are not known.
    """
    day = _count_back(distance, last, table)
    if distance.if_closed == "earlier":
        return table.count_back(day, 0)
    return table.find_next(day) if distance.if_closed == "later" else day


def _count_back(distance: DayBefore, last: date, table: BusinessDays) -> date:
    if distance.unit == "days":
        return japan.subtract_days(last, distance.count)
    if distance.unit == "business_days":
        return table.count_back(last, distance.count)
    years, month = divmod(last.year * 12 + last.month - 1 - distance.count, 12)
    if years < date.min.year:
        return date.min
    day = distance.day_of_month or last.day
    return date(years, month + 1, min(day, monthrange(years, month + 1)[1]))


def find_last_day(end: WindowEnd, last: date, table: BusinessDays) -> date | None:
    """Return the window's last day; None where it has no end.

    It lies before the day of notAfter (tse-manual 5), is that day or a later one, or there is none
    (fsa-admin-manual 9.3.5).

    Raises:
        OutsideTableError: as :func:`find_day_before`.
    """
    if isinstance(end, TimeOfDay):
        return find_last_day(end.day, last, table)
    if isinstance(end, DayBefore):
        return find_day_before(end, last, table)
    return japan.subtract_days(last, -end.days) if end else None


def judge_validity(not_before: datetime | None, not_after: datetime | None, at: datetime) -> Validity:
    """Tell where in its validity period a certificate is, both ends included (RFC 5280 4.1.2.5).

    One that ends before it begins is valid at no instant. Of one whose beginning or end cannot be read
    nothing is known.
    """
    if not_before is None or not_after is None:
        return "unknown"
    if not_after < not_before:
        return "never"
    if at < not_before:
        return "not_yet"
    return "expired" if at > not_after else "valid"


def count_days_left(not_after: datetime, at: datetime) -> int:
    """Count the calendar days in Japan from today to the day of notAfter; negative after it."""
    return (japan.find_day(not_after) - japan.find_day(at)).days
