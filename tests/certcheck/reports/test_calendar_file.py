"""The calendar file, as icalendar reads it: which days, how they are written, what they are called."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck import InputFile, Report, inspect, japan
from certcheck.reports.calendar_file import write_calendar
from certcheck.rules import authority_rules
from tests.certcheck.conftest import RULES as RULES_AS_JSON
from tests.certcheck.conftest import build_rules
from tests.support.mint import Identity, der, mint, mint_ca, name, pem, sha256

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = build_rules({})
AT = "2027-02-10T12:00:00+09:00"  # before any of the days
TSE = "Tokyo Stock Exchange SSO CA"
FSA = name(O="Financial Services Agency Business Support Integration System", CN="F123456-001")


def report(*holders: Identity, at: str = AT, authority: str | None = None) -> Report:
    """Inspect certificates, each a file of its own."""
    files = [InputFile(str(number), der(each)) for number, each in enumerate(holders)]
    return inspect(files, RULES, japan.parse_instant(at), authority=authority)


def events(found: Report, words: Mapping[str, str] | None = None) -> list[Any]:
    """Return the events that icalendar reads."""
    read = icalendar.Calendar.from_ical(write_calendar(found, words or {}))
    assert read.errors == []
    assert all(each.errors == [] for each in read.walk("VEVENT"))
    return list(read.walk("VEVENT"))


def days(found: Report) -> list[tuple[str, date]]:
    """Return what is on which day."""
    return [(str(each["SUMMARY"]), each["DTSTART"].dt) for each in events(found)]


def test_boj() -> None:
    """The window opens, the manual's two mails, the last day and the expiry (boj-manual 5.1.1)."""
    assert days(report(mint())) == [
        ("opens", date(2027, 3, 1)),
        ("reminder", date(2027, 3, 1)),
        ("reminder", date(2027, 3, 24)),
        ("last_day", date(2027, 3, 31)),
        ("expiry", date(2027, 3, 31)),
    ]


def test_tse() -> None:
    """No reminders; the last day is the day before (tse-manual 5)."""
    assert days(report(mint(issuer_cn=TSE))) == [
        ("opens", date(2027, 3, 1)),
        ("last_day", date(2027, 3, 30)),
        ("expiry", date(2027, 3, 31)),
    ]


def test_fsa() -> None:
    """One mail; no last day (fsa-admin-manual 1.1, 9.3.5)."""
    assert days(report(mint(issuer_cn="FSA", subject=FSA))) == [
        ("opens", date(2027, 3, 1)),
        ("reminder", date(2027, 3, 1)),
        ("expiry", date(2027, 3, 31)),
    ]


def test_what_is_past_is_left_out() -> None:
    """On 10 March the window has opened and the first mail has come; what falls on the day itself stays."""
    rest = [("reminder", date(2027, 3, 24)), ("last_day", date(2027, 3, 31)), ("expiry", date(2027, 3, 31))]
    assert days(report(mint(), at="2027-03-10T12:00:00+09:00")) == rest
    assert days(report(mint(), at="2027-03-24T23:59:59+09:00")) == rest
    assert days(report(mint(), at="2027-03-25T00:00:00+09:00")) == rest[1:]


@pytest.mark.parametrize("authority", ["jasdec", None])
def test_only_the_expiry_where_there_is_no_window(authority: str | None) -> None:
    """Renewal by application, or no authority: what is certain is the expiry."""
    found = report(mint(issuer_cn="Some CA"), authority=authority)
    assert days(found) == [("expiry", date(2027, 3, 31))]


def test_deadlines_have_words_of_their_own() -> None:
    """A rule's other days: each is called by its authority's words, else as all are, else by its kind."""
    authority = dict(RULES_AS_JSON["authorities"][0])
    deadlines = [{"days_before": 20}, {"days_before": 10}]
    authority["renewal"] = {**authority["renewal"], "deadlines": deadlines, "reminders_days_before": []}
    own = authority_rules.parse(json.dumps({**RULES_AS_JSON, "authorities": [authority]}))
    found = inspect([InputFile("x", der(mint()))], own, japan.parse_instant(AT))
    said = [str(each["SUMMARY"]) for each in events(found, {"deadline.boj.1": "forms", "deadline": "due"})]
    assert said == ["opens", "due", "forms", "last_day", "expiry"]
    assert len({str(each["UID"]) for each in events(found)}) == 5


def test_what_has_no_days() -> None:
    """CAs, expired certificates, those that never expire, and files that cannot be read."""
    never = mint(not_after=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert days(report(mint_ca(), mint(not_after=datetime(2027, 1, 1, tzinfo=UTC)), never)) == []
    bad = inspect([InputFile("bad", b"?")], RULES, japan.parse_instant(AT))
    assert days(bad) == []


def test_each_certificate_once_and_only_those_wanted() -> None:
    """The same certificate in two files has one set of events; one can be asked for by its fingerprint."""
    one, other = mint(issuer_cn=TSE), mint(issuer_cn=TSE, cn="b")
    assert len(events(report(one, one, other))) == 6
    text = write_calendar(report(one, other).to_json(), {}, sha256(one))
    assert text.count("BEGIN:VEVENT") == text.count(sha256(one)) == 3


def test_events_are_whole_days() -> None:
    """VALUE=DATE, ending before the day after (RFC 5545 3.6.1), and leaving the day free."""
    for each in events(report(mint())):
        assert each["DTSTART"].params["VALUE"] == each["DTEND"].params["VALUE"] == "DATE"
        assert each["DTEND"].dt - each["DTSTART"].dt == timedelta(days=1)
        assert each["TRANSP"] == "TRANSPARENT"


def test_imported_again_it_replaces_itself() -> None:
    """UIDs depend on certificate and kind alone; DTSTAMP is the report's instant, in UTC."""
    holder = mint()
    first, later = events(report(holder)), events(report(holder, at="2027-02-11T00:00:00+09:00"))
    identifiers = [str(each["UID"]) for each in first]
    assert identifiers == [str(each["UID"]) for each in later]
    assert len(set(identifiers)) == len(identifiers) == 5
    assert {each["DTSTAMP"].dt for each in first} == {datetime(2027, 2, 10, 3, tzinfo=UTC)}
    assert {each["DTSTAMP"].dt for each in later} == {datetime(2027, 2, 10, 15, tzinfo=UTC)}


def test_words() -> None:
    """What is known is filled in, once; what is not stays as it is."""
    words = {
        "authority.tse": "東証{days}",
        "url.tse": "https://example.jp/tse/renew/#x,y;z\r\nX:1",
        "opens": "{authority}、{user_id}; {serial}\\ {opens}–{closes} {expiry} {nobody} {0} {days}",
        "opens.description": "一行目\r\n二行目, {authority}",
    }
    opens, *rest = events(report(mint(issuer_cn=TSE, cn="t{serial}")), words)
    assert opens["SUMMARY"] == (
        "東証{days}、t{serial}; 1234abcd\\ 2027-03-01–2027-03-30 2027-03-31 {nobody} {0} 30"
    )
    assert opens["DESCRIPTION"] == "一行目\n二行目, 東証{days}"
    assert {str(each["URL"]) for each in (opens, *rest)} == {"https://example.jp/tse/renew/#x,y;zX:1"}
    assert "DESCRIPTION" not in rest[0]


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words(text: str, user_id: str) -> None:
    """Whatever is said: lines of 75 octets that end in CRLF, whole characters, and the same text again."""
    data = json.loads(report(mint(issuer_cn=TSE)).to_json())
    data["files"][0]["certificates"][0]["user_id"] = user_id
    written = write_calendar(json.dumps(data), {"expiry": text + "{user_id}"})
    for line in written.encode("utf-8", "surrogatepass").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & {10, 13}
        line.decode()
    *_, expiry = icalendar.Calendar.from_ical(written).walk("VEVENT")
    said = "".join(
        character
        for character in (text + user_id).replace("\r\n", "\n").replace("\r", "\n")
        if character in "\t\n" or not (ord(character) < 32 or ord(character) == 127)
    )
    assert str(expiry["SUMMARY"]) == said


def test_the_end_of_the_calendar() -> None:
    """A certificate that ends on the last day but one has events; its window may begin before year 1."""
    late = mint(not_after=datetime(9999, 12, 29, 12, tzinfo=UTC), issuer_cn=TSE)
    assert days(report(late))[-1] == ("expiry", date(9999, 12, 29))


def test_several_in_one_file() -> None:
    """All certificates of a file have their days."""
    found = inspect([InputFile("x", pem(mint(cn="a"), mint(cn="b")))], RULES, japan.parse_instant(AT))
    assert len(events(found)) == 10
