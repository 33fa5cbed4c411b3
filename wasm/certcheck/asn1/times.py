"""Times: every form of UTCTime and GeneralizedTime (X.680 46, 47); RFC 5280 4.1.2.5 permits one of each."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from certcheck.asn1 import tags

if TYPE_CHECKING:
    from cryptography.hazmat.asn1 import asn1

_ZONE = r"(?P<zone>Z|(?P<sign>[+-])(?P<hours>[01]\d|2[0-3])(?P<minutes>[0-5]\d)?)"
_UTC_TIME = re.compile(
    r"(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?" + _ZONE
)
_GENERALIZED_TIME = re.compile(
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)"
    r"(?:(?P<minute>\d\d)(?P<second>\d\d)?)?(?:[.,](?P<fraction>\d{1,20}))?" + _ZONE + "?"
)
_CONFORMING = {tags.UTC_TIME: re.compile(r"\d{12}Z"), tags.GENERALIZED_TIME: re.compile(r"\d{14}Z")}
_FIRST_TWO_DIGIT_YEAR = 1950  # 50 is 1950, 49 is 2049 (RFC 5280 4.1.2.5.1)
_LEAP_SECOND = "60"


class Time(NamedTuple):
    """A time.

    Attributes:
        instant: in whole seconds, UTC; the first of the second, where the time has a fraction.
        is_conforming: it is written as RFC 5280 4.1.2.5 asks: with seconds, in UTC, without a fraction.
    """

    instant: datetime
    is_conforming: bool


def read_time(value: asn1.TLV) -> Time:
    """Read a time; a local time without offset is taken for UTC, as OpenSSL takes it.

    A leap second counts as the second before it, so that the day stays the same.

    Raises:
        ValueError: it is none, or outside the years 1 to 9999.
    """
    patterns = {tags.UTC_TIME: _UTC_TIME, tags.GENERALIZED_TIME: _GENERALIZED_TIME}
    text = bytes(value.data).decode("ascii")
    pattern = patterns.get(value.tag_bytes)
    match = pattern.fullmatch(text) if pattern else None
    if match is None:
        raise ValueError("no time")
    try:
        instant = _read_clock(match) - _read_offset(match)
    except OverflowError as error:
        raise ValueError("outside the years that a date can hold") from error
    is_conforming = (
        match["second"] != _LEAP_SECOND and _CONFORMING[value.tag_bytes].fullmatch(text) is not None
    )
    return Time(instant, is_conforming)


def _read_clock(match: re.Match[str]) -> datetime:
    """Return what calendar and clock show, as if in UTC."""
    year = int(match["year"])
    if len(match["year"]) == 2:  # noqa: PLR2004 - digits
        year += _FIRST_TWO_DIGIT_YEAR // 100 * 100 + 100 * (year < _FIRST_TWO_DIGIT_YEAR % 100)
    written = "59" if match["second"] == _LEAP_SECOND else match["second"] or "0"
    fields = (match["month"], match["day"], match["hour"], match["minute"] or "0", written)
    month, day, hour, minute, second = map(int, fields)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC) + _read_fraction(match)


def _read_fraction(match: re.Match[str]) -> timedelta:
    """Return the fraction of the smallest unit that is written (X.680 46.2), in whole seconds."""
    digits = match.groupdict().get("fraction")
    if not digits or match["second"]:
        return timedelta()
    unit = 60 if match["minute"] else 3600
    return timedelta(seconds=unit * int(digits) // 10 ** len(digits))


def _read_offset(match: re.Match[str]) -> timedelta:
    """Return the difference to UTC; zero where none is written."""
    if not match["sign"]:
        return timedelta()
    offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or "0"))
    return -offset if match["sign"] == "-" else offset
