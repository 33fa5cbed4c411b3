"""The days that count in a certificate's life, in one list, so that no view has to read the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from certcheck import japan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from certcheck.rules.renewal import Verdict

DayKind = Literal["opens", "reminder", "deadline", "last_day", "expiry"]


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day that counts, in Japan.

    Attributes:
        kind: the window opens; the authority sends its reminder; a deadline of the rule, in the rule's order;
            the window's last day; the certificate expires.
        on: the day.
    """

    kind: DayKind
    on: date


def list_days(
    verdict: Verdict, not_after: datetime, reminders_days_before: Iterable[int]
) -> tuple[MarkedDay, ...]:
    """List the days, those of one kind together.

    Args:
        verdict: it has the rule's own days.
        not_after: the certificate's last valid second, aware.
        reminders_days_before: the authority's, in calendar days before the day of notAfter.

    Returns:
        None of them for a certificate without end (RFC 5280 4.1.2.5).
    """
    last = japan.find_day(not_after)
    return () if last == date.max else tuple(_iterate_days(verdict, last, reminders_days_before))


def _iterate_days(verdict: Verdict, last: date, reminders_days_before: Iterable[int]) -> Iterator[MarkedDay]:
    if verdict.opens_on:
        yield MarkedDay("opens", verdict.opens_on)
    for days_before in reminders_days_before:
        yield MarkedDay("reminder", japan.subtract_days(last, days_before))
    for deadline in verdict.deadlines:
        yield MarkedDay("deadline", deadline)
    if verdict.closes_on:
        yield MarkedDay("last_day", verdict.closes_on)
    yield MarkedDay("expiry", last)
