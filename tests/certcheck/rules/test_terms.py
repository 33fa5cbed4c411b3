"""Renewal rules beyond the four authorities': months, business days, any end, changes by day of issue."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck import RulesError, japan
from certcheck.rules.business_days import BusinessDays, OutsideTableError, parse_business_days
from certcheck.rules.renewal import UNKNOWN, Verdict, choose_headline, find_day_before, judge_renewal
from certcheck.rules.terms import DayBefore, RenewalTerms, Unit, parse_renewal
from macros.exports import business_calendar

TABLE = parse_business_days(json.loads(json.dumps(business_calendar.list_closed_days())), "business_days")
KNOWN_DAYS = st.dates(date(TABLE.first + 1, 1, 1), date(TABLE.last, 12, 31))
ISSUED = datetime(2026, 4, 1, tzinfo=japan.JAPAN)


def parse_rule(**fields: Any) -> RenewalTerms:  # noqa: ANN401 - the JSON's own values
    """Parse a window that opens two months before and ends with the certificate, but for the given fields."""
    window = {"kind": "window", "opens": {"months_before": 2}, "closes": {"at": "expiry"}, **fields}
    return parse_renewal(window, "renewal", TABLE)


def judge_by_rule(
    at: str,
    not_after: str = "2027-03-31T23:59:59",
    issued: datetime = ISSUED,
    **fields: Any,  # noqa: ANN401 - like above
) -> Verdict:
    """Judge by such a rule; times are Japan's."""
    rule = parse_rule(**fields)
    return judge_renewal(rule, issued, japan.parse_instant(not_after), japan.parse_instant(at))


def count_back(day: str, count: int, unit: Unit) -> str:
    """Count back from a day."""
    return find_day_before(DayBefore(count, unit), date.fromisoformat(day), TABLE).isoformat()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2027-03-31", 1, "2027-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2027-01-31", 2, "2026-11-30"),
        ("2027-07-31", 1, "2027-06-30"),
        ("2027-01-15", 13, "2025-12-15"),
        ("0001-02-15", 2, "0001-01-01"),
    ],
)
def test_a_month_before_is_the_same_day_or_the_last_one(day: str, months: int, expected: str) -> None:
    """Civil Code, 143: the corresponding day, and where the month has none, the month's last day."""
    assert count_back(day, months, "months") == expected


@given(st.dates(date(1900, 1, 1)), st.integers(0, 36))
def test_months_keep_their_distance(day: date, months: int) -> None:
    """The month is the one that many before; the day is the same, or the month's last."""
    earlier = find_day_before(DayBefore(months, "months"), day, TABLE)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2027-05-06", 1, "2027-04-30"),  # 3 to 5 May are holidays, 1 and 2 a weekend
        ("2027-05-06", 2, "2027-04-28"),  # 29 April is a holiday
        ("2026-05-07", 1, "2026-05-01"),  # 6 May 2026 stands in for the 3rd, a Sunday
        ("2026-09-24", 1, "2026-09-18"),  # 22 September lies between two holidays, and so is one
        ("2027-01-04", 1, "2026-12-28"),  # offices close from 29 December to 3 January
        ("2027-01-04", 2, "2026-12-25"),
        ("2027-03-31", 7, "2027-03-19"),  # 22 March stands in for the equinox on Sunday the 21st
        ("2027-05-04", 1, "2027-04-30"),  # counted from a holiday: the last business day before it
        ("2027-05-04", 0, "2027-04-30"),
        ("2027-05-06", 0, "2027-05-06"),
    ],
)
def test_business_days_are_those_of_japans_offices(day: str, count: int, expected: str) -> None:
    """Weekends, public holidays with their stand-ins, and the turn of the year do not count."""
    assert count_back(day, count, "business_days") == expected


@given(KNOWN_DAYS, st.integers(1, 200))
def test_business_days_lie_between(day: date, count: int) -> None:
    """From the earlier day, itself included, to the later day there are exactly that many business days."""
    earlier = TABLE.count_back(day, count)
    between = (earlier + timedelta(days=distance) for distance in range((day - earlier).days))
    assert TABLE.is_business_day(earlier)
    assert sum(map(TABLE.is_business_day, between)) == count


def test_days_outside_the_table() -> None:
    """A day outside the years of the table is refused; its verdict is unknown, not wrong."""
    with pytest.raises(OutsideTableError, match=f"{TABLE.last + 1}-03-31 is outside"):
        TABLE.count_back(date(TABLE.last + 1, 3, 31), 1)
    verdict = judge_by_rule("2027-03-10", "2099-03-31T23:59:59", closes={"business_days_before": 5})
    assert verdict == UNKNOWN
    assert judge_by_rule("2027-03-10", "2099-03-31T23:59:59").status == "too_early"


@pytest.mark.parametrize(
    ("closes", "at", "status", "closes_on"),
    [
        ({"time": "17:00"}, "2027-03-10T18:00:00", "open", "2027-03-31"),
        ({"time": "17:00"}, "2027-03-30T23:59:59", "open", "2027-03-31"),
        ({"time": "17:00"}, "2027-03-31T16:59:59", "open", "2027-03-31"),
        ({"time": "17:00"}, "2027-03-31T17:00:00", "too_late", "2027-03-31"),
        ({"time": "17:00"}, "2027-03-31T08:00:00Z", "too_late", "2027-03-31"),
        ({"time": "17:00"}, "2027-04-01T00:00:00", "expired", "2027-03-31"),
        ({"days_after": 30}, "2027-03-31T23:59:59", "open", "2027-04-30"),
        ({"days_after": 30}, "2027-04-30T23:59:59", "open", "2027-04-30"),
        ({"days_after": 30}, "2027-05-01T00:00:00", "expired", "2027-04-30"),
        ({"days_before": 3}, "2027-03-28T23:59:59", "open", "2027-03-28"),
        ({"days_before": 3}, "2027-03-29T00:00:00", "too_late", "2027-03-28"),
        ({"business_days_before": 7}, "2027-03-19T23:59:59", "open", "2027-03-19"),
        ({"business_days_before": 7}, "2027-03-20T00:00:00", "too_late", "2027-03-19"),
        ({"months_before": 1}, "2027-03-01T00:00:00", "too_late", "2027-02-28"),
        ({"at": "never"}, "2027-05-01T00:00:00", "open", None),
        ({"at": "expiry"}, "2027-01-30T23:59:59", "too_early", "2027-03-31"),
        ({"at": "expiry"}, "2027-01-31T00:00:00", "open", "2027-03-31"),
    ],
)
def test_a_window_ends_where_its_rule_says(
    closes: dict[str, Any], at: str, status: str, closes_on: str | None
) -> None:
    """Each kind of end, to the second on both sides; two months before 31 March is 31 January."""
    verdict = judge_by_rule(at, closes=closes)
    assert (verdict.status, verdict.opens_on) == (status, date(2027, 1, 31))
    assert (verdict.closes_on.isoformat() if verdict.closes_on else None) == closes_on


BUSINESS_DAY_AT_FIVE = {"business_days_before": 1, "time": "17:00"}
MONTH_BEFORE = {"months_before": 1, "day_of_month": 20}


@pytest.mark.parametrize(
    ("not_after", "closes", "last_moment", "too_late"),
    [
        ("2027-05-06T23:59:59", BUSINESS_DAY_AT_FIVE, "2027-04-30T16:59:59", "2027-04-30T17:00:00"),
        ("2027-05-04T12:00:00", BUSINESS_DAY_AT_FIVE, "2027-04-30T16:59:59", "2027-04-30T17:00:00"),
        ("2027-03-31", {"days_after": 3, "time": "09:30"}, "2027-04-03T09:29:59", "2027-04-03T09:30:00"),
        ("2027-03-31", MONTH_BEFORE, "2027-02-20T23:59:59", "2027-02-21T00:00:00"),
        ("2027-03-01", MONTH_BEFORE, "2027-02-20T23:59:59", "2027-02-21T00:00:00"),
        # 20 February 2027 is a Saturday; Tuesday the 23rd is the Emperor's birthday.
        (
            "2027-03-31",
            {**MONTH_BEFORE, "if_closed": "earlier"},
            "2027-02-19T23:59:59",
            "2027-02-20T00:00:00",
        ),
        ("2027-03-31", {**MONTH_BEFORE, "if_closed": "later"}, "2027-02-22T23:59:59", "2027-02-23T00:00:00"),
        (
            "2027-03-31",
            {"months_before": 1, "day_of_month": 23, "if_closed": "later", "time": "12:00"},
            "2027-02-24T11:59:59",
            "2027-02-24T12:00:00",
        ),
        (
            "2027-03-15",
            {"months_before": 1, "day_of_month": 31},
            "2027-02-28T23:59:59",
            "2027-03-01T00:00:00",
        ),
        # 30 April 2027 is a Friday; 1 May is a Saturday, and holidays last until 5 May.
        (
            "2027-05-31",
            {"days_before": 30, "if_closed": "later"},
            "2027-05-06T23:59:59",
            "2027-05-07T00:00:00",
        ),
    ],
)
def test_ends_of_rules_found_in_the_wild(
    not_after: str, closes: dict[str, Any], last_moment: str, too_late: str
) -> None:
    """A time of any last day, a day of a month, the business day beside a closed one: to the second."""
    terms = {"opens": {"months_before": 3}, "closes": closes}
    before = judge_by_rule(last_moment, not_after, opens=None, closes=None, terms=terms)
    after = judge_by_rule(too_late, not_after, opens=None, closes=None, terms=terms)
    assert before.status == "open"
    assert after.status == ("expired" if too_late > not_after else "too_late")
    assert before.closes_on == after.closes_on == date.fromisoformat(last_moment[:10])
    assert before.closes_at == closes.get("time")


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2020-01-01", "by_application"),
        ("2027-03-30T16:59:59", "by_application"),
        ("2027-03-30T17:00:00", "too_late"),
        ("2027-04-01", "expired"),
    ],
)
def test_an_application_has_its_last_day(at: str, status: str) -> None:
    """Until then one applies, after it is too late to apply; no day opens it."""
    terms = {"closes": BUSINESS_DAY_AT_FIVE, "changes": [], "deadlines": []}
    verdict = judge_by_rule(at, kind="application", opens=None, closes=None, terms=terms)
    assert (verdict.status, verdict.opens_on, verdict.closes_at) == (status, None, "17:00")
    headline = choose_headline(verdict, "valid", is_ca=False)
    assert headline == ("too_late_to_apply" if status == "too_late" else status)


@pytest.mark.parametrize(
    ("closes", "message"),
    [
        ({"days_before": 3, "day_of_month": 20}, "renewal.closes.day_of_month: got 20"),
        ({"months_before": 3, "day_of_month": 32}, "renewal.closes.day_of_month: got 32"),
        ({"months_before": 3, "if_closed": "never"}, 'renewal.closes.if_closed: got "never"'),
    ],
)
def test_days_that_are_none_are_refused(closes: dict[str, Any], message: str) -> None:
    """The message names the place and what was expected."""
    with pytest.raises(RulesError, match=re.escape(message)):
        parse_rule(closes=closes)


def test_a_time_of_day_and_deadlines() -> None:
    """The last day alone would mislead: the verdict names the time, and the deadlines in their order."""
    deadlines = [{"business_days_before": 7}, {"days_before": 3}]
    verdict = judge_by_rule("2027-03-10", closes={"time": "17:00"}, deadlines=deadlines)
    assert verdict.closes_at == "17:00"
    assert [day.isoformat() for day in verdict.deadlines] == ["2027-03-19", "2027-03-28"]
    application = judge_by_rule(
        "2027-03-10", kind="application", opens=None, closes=None, deadlines=deadlines
    )
    assert (application.status, application.deadlines) == ("by_application", verdict.deadlines)


def test_a_window_that_outlives_a_never_ending_certificate() -> None:
    """Days after 9999-12-31 (RFC 5280 4.1.2.5) do not exist; the last day there is stands for them."""
    assert (
        judge_by_rule("2027-03-10", "9999-12-31T14:59:59Z", closes={"days_after": 30}).closes_on == date.max
    )


CHANGES = [
    {"issued_from": "2026-10-01", "opens": {"days_before": 90}, "closes": {"days_after": 30}},
    {"issued_from": "2026-04-01", "opens": {"days_before": 60}, "closes": {"at": "end_of_day_before"}},
]


@pytest.mark.parametrize(
    ("issued", "opens"),
    [
        ("2026-03-31T23:59:59", "2027-01-31"),
        ("2026-04-01T00:00:00", "2027-01-30"),
        ("2026-09-30T15:00:00Z", "2026-12-31"),
    ],
)
def test_the_day_of_issue_decides_between_rules(issued: str, opens: str) -> None:
    """Of several changes the latest counts that had come into force on the day of notBefore, in Japan."""
    verdict = judge_by_rule("2027-03-10", issued=japan.parse_instant(issued), changes=CHANGES)
    assert verdict.opens_on == date.fromisoformat(opens)


_CALENDAR_DAYS = st.fixed_dictionaries(
    {"months_before": st.integers(1, 12)},
    optional={"day_of_month": st.integers(1, 31), "if_closed": st.sampled_from(["earlier", "later"])},
)


@given(_CALENDAR_DAYS, KNOWN_DAYS.filter(lambda day: day.year > TABLE.first + 1 and day.year < TABLE.last))
def test_a_moved_day_is_the_nearest_business_day(fields: dict[str, Any], last: date) -> None:
    """Between the day that was meant and the one that takes its place there is no business day."""
    if_closed = fields.get("if_closed")
    distance = DayBefore(fields["months_before"], "months", fields.get("day_of_month"))
    meant = find_day_before(distance, last, TABLE)
    moved = find_day_before(replace(distance, if_closed=if_closed), last, TABLE)
    assert (last.year * 12 + last.month) - (meant.year * 12 + meant.month) == fields["months_before"]
    if if_closed is None:
        assert moved == meant
        return
    assert TABLE.is_business_day(moved)
    assert moved <= meant if if_closed == "earlier" else moved >= meant
    first, end = sorted((meant, moved))
    between = [first + timedelta(days=distance) for distance in range((end - first).days + 1)]
    assert [day for day in between if TABLE.is_business_day(day)] == [moved]


OPENS = st.one_of(
    _CALENDAR_DAYS,
    st.builds(lambda days: {"days_before": days}, st.integers(0, 366)),
    st.builds(lambda months: {"months_before": months}, st.integers(1, 12)),
    st.builds(lambda days: {"business_days_before": days}, st.integers(1, 200)),
)
ENDS = st.one_of(
    OPENS,
    st.builds(lambda days: {"days_after": days}, st.integers(1, 400)),
    st.builds(lambda moment: {"time": f"{moment:%H:%M}"}, st.times()),
    st.builds(lambda day, moment: {**day, "time": f"{moment:%H:%M}"}, _CALENDAR_DAYS, st.times()),
    st.sampled_from([{"at": "expiry"}, {"at": "end_of_day_before"}, {"at": "never"}]),
)
_YEARS = datetime(2025, 1, 1), datetime(2045, 1, 1)  # noqa: DTZ001 - hypothesis wants bounds without a zone
_TIMES = st.datetimes(*_YEARS, timezones=st.just(japan.JAPAN))


@given(OPENS, ENDS, _TIMES, st.lists(st.integers(-800 * 86400, 800 * 86400), max_size=8))
def test_time_goes_one_way(
    opens: dict[str, Any], closes: dict[str, Any], not_after: datetime, moments: list[int]
) -> None:
    """Whatever the rule: first too early, then open, then too late, then expired, never back."""
    order = ["too_early", "open", "too_late", "expired"]
    window = parse_rule(opens=opens, closes=closes)
    instants = [not_after + timedelta(seconds=seconds) for seconds in sorted(moments)]
    statuses = [order.index(judge_renewal(window, ISSUED, not_after, at).status) for at in instants]
    assert statuses == sorted(statuses)


@given(OPENS, ENDS, _TIMES, st.integers(-800, 800))
def test_open_means_between_the_verdicts_days(
    opens: dict[str, Any], closes: dict[str, Any], not_after: datetime, days: int
) -> None:
    """A verdict never contradicts the days that it names."""
    at = not_after + timedelta(days=days)
    verdict = judge_renewal(parse_rule(opens=opens, closes=closes), ISSUED, not_after, at)
    assert verdict.opens_on is not None
    today = japan.find_day(at)
    if verdict.status == "open":
        assert verdict.opens_on <= today <= (verdict.closes_on or date.max)
    if verdict.status == "too_early":
        assert today < verdict.opens_on


def test_the_table_of_closed_days() -> None:
    """The years handed to the browser are complete, to the last New Year; weekends are not in the table."""
    assert isinstance(TABLE, BusinessDays)
    assert (TABLE.first, TABLE.last) == (2020, 2050)
    assert not TABLE.is_business_day(date(2050, 12, 30))
    assert all(day.isoweekday() <= 5 for day in TABLE.closed)
