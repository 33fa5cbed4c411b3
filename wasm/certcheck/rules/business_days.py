"""Business days in Japan, by a table of closed days that is handed in.

A library that knows the calendars of the world is too large for the browser; the build asks it instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from certcheck.rules import json_fields

_SATURDAY = 5  # as date.weekday counts
_ONE = timedelta(days=1)


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

    def is_one(self, day: date) -> bool:
        """Tell whether offices are open on that day.

        Raises:
            OutsideTableError: the table does not reach that far.
        """
        if not self.first <= day.year <= self.last:
            raise OutsideTableError(f"{day} is outside {self.first}-{self.last}, the years of the table")
        return day.weekday() < _SATURDAY and day not in self.closed

    def before(self, day: date, count: int) -> date:
        """Return the business day that many before a day, which does not count itself (Civil Code, 140).

        Args:
            day: business day or not.
            count: 0 for the day itself or, where it is none, the last business day before it.

        Raises:
            OutsideTableError: the table does not reach that far.
        """
        found = day
        while not self.is_one(found):
            found -= _ONE
        remaining = count if found == day else max(count - 1, 0)
        while remaining:
            found -= _ONE
            remaining -= self.is_one(found)
        return found


NONE_KNOWN = BusinessDays(1, 0, frozenset())
"""For rules that count no business days."""


def parse(value: object, where: str) -> BusinessDays:
    """Read the table from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    table = json_fields.mapping(value, where)
    return BusinessDays(
        first=json_fields.count(table.get("from"), f"{where}.from", "a year"),
        last=json_fields.count(table.get("to"), f"{where}.to", "a year"),
        closed=frozenset(json_fields.day(item, at) for item, at in json_fields.items(table, "closed", where)),
    )
