"""Business days in Japan, by a table of closed days that is handed in.

The build takes the table from a library that knows the world's calendars, too large for the browser.
"""

from __future__ import annotations

from calendar import SATURDAY
from dataclasses import dataclass
from datetime import date, timedelta

from certcheck.rules import json_fields

_ONE_DAY = timedelta(days=1)


class OutsideTableError(ValueError):
    """A day lies outside the years for which closed days are known."""


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """Every day but Saturdays, Sundays and the closed days, in certain years.

    Attributes:
        first: year.
        last: year, itself included.
        closed: public holidays and the days of year end; Saturdays and Sundays need not be among them.
    """

    first: int
    last: int
    closed: frozenset[date]

    def is_business_day(self, day: date) -> bool:
        """Tell whether offices are open on that day.

        Raises:
            OutsideTableError: the day is in none of the table's years.
        """
        if not self.first <= day.year <= self.last:
            raise OutsideTableError(f"{day} is outside {self.first}-{self.last}, the years of the table")
        return day.weekday() < SATURDAY and day not in self.closed

    def count_back(self, day: date, count: int) -> date:
        """Return the business day that many before a day, which does not count itself (Civil Code, 140).

        Args:
            day: business day or not.
            count: 0 for the day itself or, where it is no business day, the last one before it.

        Raises:
            OutsideTableError: the count leaves the table's years.
        """
        earlier = day
        while not self.is_business_day(earlier):
            earlier -= _ONE_DAY
        remaining = count if earlier == day else max(count - 1, 0)
        while remaining:
            earlier -= _ONE_DAY
            remaining -= self.is_business_day(earlier)
        return earlier

    def find_next(self, day: date) -> date:
        """Return that day or, where it is no business day, the next one after it.

        Raises:
            OutsideTableError: it leaves the table's years.
        """
        while not self.is_business_day(day):
            day += _ONE_DAY
        return day


NONE_KNOWN = BusinessDays(1, 0, frozenset())
"""For rules that count no business days."""


def parse_business_days(value: object, where: str) -> BusinessDays:
    """Read the table from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    table = json_fields.require_mapping(value, where)
    closed = json_fields.require_items(table, "closed", where)
    return BusinessDays(
        first=json_fields.require_count(table.get("from"), f"{where}.from", "a year"),
        last=json_fields.require_count(table.get("to"), f"{where}.to", "a year"),
        closed=frozenset(json_fields.require_day(day, place) for day, place in closed),
    )
