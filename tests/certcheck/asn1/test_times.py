"""Times in every form that X.680 allows, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.asn1 import der, times
from tests.support.mint_pkcs12 import encode_sequence, encode_tlv

if TYPE_CHECKING:
    from certcheck.asn1.times import Time

UTC_TIME, GENERALIZED_TIME, UTF8 = 0x17, 0x18, 0x0C


def read_time(tag: int, text: str) -> Time:
    """Read a time of that tag and text."""
    (value,) = der.split_sequence(encode_sequence(encode_tlv(tag, text.encode())))
    return times.read_time(value)


@pytest.mark.parametrize(
    ("tag", "text", "instant"),
    [
        (UTC_TIME, "2703311459Z", "2027-03-31T14:59:00"),
        (UTC_TIME, "270331235959+0900", "2027-03-31T14:59:59"),
        (UTC_TIME, "2703312359+0900", "2027-03-31T14:59:00"),
        (UTC_TIME, "270331145959+00", "2027-03-31T14:59:59"),
        (UTC_TIME, "270331095959-0500", "2027-03-31T14:59:59"),
        (UTC_TIME, "270331145960Z", "2027-03-31T14:59:59"),
        (GENERALIZED_TIME, "20270331145960Z", "2027-03-31T14:59:59"),
        (GENERALIZED_TIME, "2027033114Z", "2027-03-31T14:00:00"),
        (GENERALIZED_TIME, "2027033114.5Z", "2027-03-31T14:30:00"),
        (GENERALIZED_TIME, "202703311459Z", "2027-03-31T14:59:00"),
        (GENERALIZED_TIME, "202703311459,5Z", "2027-03-31T14:59:30"),
        (GENERALIZED_TIME, "20270331145959.999Z", "2027-03-31T14:59:59"),
        (GENERALIZED_TIME, "20270331235959+09", "2027-03-31T14:59:59"),
        (GENERALIZED_TIME, "20270331235959+0900", "2027-03-31T14:59:59"),
        (GENERALIZED_TIME, "20270331145959", "2027-03-31T14:59:59"),
    ],
)
def test_forms_that_rfc_5280_forbids(tag: int, text: str, instant: str) -> None:
    """They are read, and told from the one that it permits; a leap second stays in its day."""
    assert read_time(tag, text) == (datetime.fromisoformat(instant).replace(tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("tag", "text", "year"),
    [
        (UTC_TIME, "500101000000Z", 1950),
        (UTC_TIME, "491231235959Z", 2049),
        (GENERALIZED_TIME, "20500101000000Z", 2050),
        (GENERALIZED_TIME, "99991231235959Z", 9999),
        (GENERALIZED_TIME, "00010101000000Z", 1),
    ],
)
def test_forms_that_rfc_5280_permits(tag: int, text: str, year: int) -> None:
    """RFC 5280 4.1.2.5.1: two digits of a year are of 1950 to 2049."""
    time = read_time(tag, text)
    assert (time.instant.year, time.is_conforming) == (year, True)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        (UTC_TIME, ""),
        (UTC_TIME, "27x331145959Z"),
        (UTC_TIME, "270331145959"),  # X.680 47.3: UTCTime always has an offset
        (UTC_TIME, "271331145959Z"),
        (UTC_TIME, "270230145959Z"),
        (UTC_TIME, "270331240000Z"),
        (UTC_TIME, "270331146059Z"),
        (UTC_TIME, "270331145961Z"),
        (UTC_TIME, "270331145959+2400"),
        (UTC_TIME, "270331145959.5Z"),
        (UTC_TIME, " 270331145959Z"),
        (UTC_TIME, "270331145959Z\n"),
        (UTC_TIME, "２70331145959Z"),
        (GENERALIZED_TIME, "00000101000000Z"),
        (GENERALIZED_TIME, "00010101000000+0900"),
        (GENERALIZED_TIME, "99991231235959-0900"),
        (GENERALIZED_TIME, "20270331145959.Z"),
        (UTF8, "270331145959Z"),
    ],
)
def test_no_time(tag: int, text: str) -> None:
    """What X.680 does not allow is no time; neither is one outside the calendar."""
    with pytest.raises(ValueError, match=r"no time|outside|must be in|day is out|range|codec"):
        read_time(tag, text)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-23 * 60, 23 * 60))
def test_an_offset_names_the_same_instant(moment: datetime, minutes: int) -> None:
    """A clock that is ahead of UTC shows a later time of the same instant."""
    instant = moment.replace(microsecond=0, year=2000 + moment.year % 50, day=min(moment.day, 28))
    clock = instant + timedelta(minutes=minutes)
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    text = f"{clock:%Y%m%d%H%M%S}{sign}{hours:02}{rest:02}"
    assert read_time(GENERALIZED_TIME, text).instant == instant


@given(st.text("0123456789Z+-.,", max_size=25), st.sampled_from([UTC_TIME, GENERALIZED_TIME]))
def test_arbitrary_text(text: str, tag: int) -> None:
    """It is a time in whole seconds, or an error."""
    try:
        instant = read_time(tag, text).instant
    except ValueError:
        return
    assert (instant.microsecond, instant.tzinfo) == (0, UTC)
