"""Days and instants in Japan, the country whose offices set the rules.

A fixed UTC+9: Japan has had no summer time since 1952, and Pyodide carries no zone data.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

JAPAN = timezone(timedelta(hours=9))


def find_day(instant: datetime) -> date:
    """Return the calendar day of an aware instant in Japan.

    RFC 5280 4.1.2.5 writes "never expires" as 9999-12-31T23:59:59Z, already the year 10000 in Japan: the
    last day that a date can hold stands for it.
    """
    try:
        return instant.astimezone(JAPAN).date()
    except OverflowError:
        return date.max


def subtract_days(last: date, days: int) -> date:
    """Return the day that many calendar days earlier (later, where negative), within a date's years."""
    earlier = last.toordinal() - days
    return date.fromordinal(min(max(earlier, date.min.toordinal()), date.max.toordinal()))


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 day or instant; without an offset it is Japan's time.

    Raises:
        ValueError: the text is neither, or so near year 1 or 9999 that Japan's clock cannot show it.
    """
    instant = datetime.fromisoformat(text)
    return convert_instant(instant if instant.tzinfo else instant.replace(tzinfo=JAPAN))


def convert_instant(instant: datetime) -> datetime:
    """Convert an aware instant to Japan's clock, in whole seconds.

    Certificates know no smaller unit (RFC 5280 4.1.2.5): one is valid to the end of its last second.

    Raises:
        ValueError: the instant has no offset, or lies outside the years 1 to 9999 in Japan.
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant} has no offset from UTC")
    try:
        return instant.astimezone(JAPAN).replace(microsecond=0)
    except OverflowError as error:
        raise ValueError(f"{instant} is outside the years that Japan's clock can show") from error


def format_instant(instant: datetime) -> str:
    """Write an instant in ISO 8601, in whole seconds, with Z for UTC."""
    if instant.tzinfo is UTC:
        return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    return instant.isoformat(timespec="seconds")
