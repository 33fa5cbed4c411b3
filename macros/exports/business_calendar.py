"""The days on which offices in Japan are closed, for certcheck's rules: from the library ``holidays``."""

import datetime as dt
from calendar import SATURDAY
from typing import Any

import holidays

# The years that a rule may count in: old certificates are still checked, and new ones last some years.
# The library works out later years' equinoxes, which the Cabinet Office publishes only in the year before.
YEARS = range(2020, 2051)


def list_closed_days() -> dict[str, Any]:
    """List the closed days among Monday to Friday: public holidays and the year's end.

    State offices close from 29 December to 3 January (Act on Holidays of Administrative Organs, 1).

    Returns:
        ``from`` and ``to``: the first and the last year; ``closed``: days in ISO 8601, sorted.
    """
    closed = set(holidays.country_holidays("JP", years=YEARS))
    for year in YEARS:
        closed.update(_list_year_end(year))
    weekdays = sorted(day.isoformat() for day in closed if day.weekday() < SATURDAY)
    return {"from": YEARS[0], "to": YEARS[-1], "closed": weekdays}


def _list_year_end(year: int) -> list[dt.date]:
    """List the days of a calendar year on which state offices close for the turn of the year."""
    january = [dt.date(year, 1, day) for day in (1, 2, 3)]
    return [*january, *(dt.date(year, 12, day) for day in (29, 30, 31))]
