"""The calendar file, as icalendar reads it: which days, how they are written, their summaries."""

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
from tests.support.mint import Identity, build_name, compute_sha256, encode_der, encode_pem, mint, mint_ca

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES = build_rules({})
AT = "2027-02-10T12:00:00+09:00"  # before any of the days
TSE = "Tokyo Stock Exchange SSO CA"
FSA = build_name(O="Financial Services Agency Business Support Integration System", CN="F123456-001")


def inspect_holders(*holders: Identity, at: str = AT, authority: str | None = None) -> Report:
    """Inspect certificates, each in a file of its own."""
    files = [InputFile(str(number), encode_der(holder)) for number, holder in enumerate(holders)]
    return inspect(files, RULES, japan.parse_instant(at), authority=authority)


def list_events(report: Report, words: Mapping[str, str] | None = None) -> list[Any]:
    """Return the events that icalendar reads."""
    calendar = icalendar.Calendar.from_ical(write_calendar(report, words or {}))
    assert calendar.errors == []
    assert all(event.errors == [] for event in calendar.walk("VEVENT"))
    return list(calendar.walk("VEVENT"))


def list_days(report: Report) -> list[tuple[str, date]]:
    """Return summary and day of each event."""
    return [(str(event["SUMMARY"]), event["DTSTART"].dt) for event in list_events(report)]


def test_boj() -> None:
    """The window opens, the manual's two mails, the last day and the expiry (boj-manual 5.1.1)."""
    assert list_days(inspect_holders(mint())) == [
        ("opens, reminder", date(2027, 3, 1)),
        ("reminder", date(2027, 3, 24)),
        ("last_day, expiry", date(2027, 3, 31)),
    ]


def test_tse() -> None:
    """No reminders; the last day is the day before (tse-manual 5)."""
    assert list_days(inspect_holders(mint(issuer_cn=TSE))) == [
        ("opens", date(2027, 3, 1)),
        ("last_day", date(2027, 3, 30)),
        ("expiry", date(2027, 3, 31)),
    ]


def test_fsa() -> None:
    """One mail; no last day (fsa-admin-manual 1.1, 9.3.5)."""
    assert list_days(inspect_holders(mint(issuer_cn="FSA", subject=FSA))) == [
        ("opens, reminder", date(2027, 3, 1)),
        ("expiry", date(2027, 3, 31)),
    ]


def test_days_that_are_past_are_left_out() -> None:
    """On 10 March the window has opened and the first mail has come; what falls on the day itself stays."""
    rest = [("reminder", date(2027, 3, 24)), ("last_day, expiry", date(2027, 3, 31))]
    assert list_days(inspect_holders(mint(), at="2027-03-10T12:00:00+09:00")) == rest
    assert list_days(inspect_holders(mint(), at="2027-03-24T23:59:59+09:00")) == rest
    assert list_days(inspect_holders(mint(), at="2027-03-25T00:00:00+09:00")) == rest[1:]


@pytest.mark.parametrize("authority", ["jasdec", None])
def test_only_the_expiry_where_there_is_no_window(authority: str | None) -> None:
    """Renewal by application, or no authority: only the expiry is certain."""
    report = inspect_holders(mint(issuer_cn="Some CA"), authority=authority)
    assert list_days(report) == [("expiry", date(2027, 3, 31))]


def test_deadlines_have_summaries_of_their_own() -> None:
    """A deadline's summary is its authority's, else that of all deadlines, else the kind."""
    authority = dict(RULES_AS_JSON["authorities"][0])
    deadlines = [{"days_before": 20}, {"days_before": 10}]
    authority["renewal"] = {**authority["renewal"], "deadlines": deadlines, "reminders_days_before": []}
    rules = authority_rules.parse(json.dumps({**RULES_AS_JSON, "authorities": [authority]}))
    report = inspect([InputFile("x", encode_der(mint()))], rules, japan.parse_instant(AT))
    events = list_events(report, {"deadline.boj.1": "forms", "deadline": "due"})
    assert [str(event["SUMMARY"]) for event in events] == ["opens", "due", "forms", "last_day, expiry"]
    assert len({str(event["UID"]) for event in events}) == 4


def test_the_last_day_of_an_application_has_words_of_its_own() -> None:
    """Who has to apply is not told that renewing ends."""
    authority = dict(RULES_AS_JSON["authorities"][0])
    application = {"kind": "application", "terms": {"closes": {"days_before": 10}}, "deadlines": []}
    rules = authority_rules.parse(
        json.dumps({**RULES_AS_JSON, "authorities": [{**authority, "renewal": application}]})
    )
    report = inspect([InputFile("x", encode_der(mint()))], rules, japan.parse_instant(AT))
    events = list_events(report, {"last_apply": "apply", "last_day": "renew"})
    assert [str(event["SUMMARY"]) for event in events] == ["apply", "expiry"]


def test_files_without_days() -> None:
    """CAs, expired certificates, those that never expire, and files that cannot be read."""
    never = mint(not_after=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert (
        list_days(inspect_holders(mint_ca(), mint(not_after=datetime(2027, 1, 1, tzinfo=UTC)), never)) == []
    )
    unusable = inspect([InputFile("bad", b"?")], RULES, japan.parse_instant(AT))
    assert list_days(unusable) == []


def test_duplicates_and_a_single_certificate() -> None:
    """The same certificate in two files has its events once; a fingerprint selects a certificate."""
    first, second = mint(issuer_cn=TSE), mint(issuer_cn=TSE, cn="b")
    assert len(list_events(inspect_holders(first, first, second))) == 6
    text = write_calendar(inspect_holders(first, second).to_json(), {}, compute_sha256(first))
    assert text.count("BEGIN:VEVENT") == text.count(compute_sha256(first)) == 3


def test_events_are_whole_days() -> None:
    """VALUE=DATE, ending before the day after (RFC 5545 3.6.1), and leaving the day free."""
    for event in list_events(inspect_holders(mint())):
        assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"


def test_imported_again_it_replaces_itself() -> None:
    """UIDs depend on certificate and kind alone; DTSTAMP is the report's instant, in UTC."""
    holder = mint()
    first, later = (
        list_events(inspect_holders(holder)),
        list_events(inspect_holders(holder, at="2027-02-11T00:00:00+09:00")),
    )
    identifiers = [str(event["UID"]) for event in first]
    assert identifiers == [str(event["UID"]) for event in later]
    assert len(set(identifiers)) == len(identifiers) == 3
    assert {event["DTSTAMP"].dt for event in first} == {datetime(2027, 2, 10, 3, tzinfo=UTC)}
    assert {event["DTSTAMP"].dt for event in later} == {datetime(2027, 2, 10, 15, tzinfo=UTC)}


def test_the_same_from_another_file_and_on_another_day() -> None:
    """A UID is that of the certificate's day, in whichever file it lies, and while earlier days go by."""
    holder = mint()
    first = list_events(inspect_holders(holder))
    file = InputFile("x.pem", encode_pem(holder))
    later = list_events(inspect([file], RULES, japan.parse_instant("2027-03-25T12:00:00+09:00")))
    assert [str(event["UID"]) for event in later] == [str(event["UID"]) for event in first[-1:]]


def test_alarms() -> None:
    """At 9:00: on the day where something begins or is told, the day before where something ends."""
    alarms = [event.walk("VALARM")[0] for event in list_events(inspect_holders(mint()))]
    assert [alarm["TRIGGER"].dt for alarm in alarms] == [
        timedelta(hours=9),
        timedelta(hours=9),
        timedelta(hours=-15),
    ]
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}


def test_a_title_around_the_days_events() -> None:
    """The events of a day stand in one title, with the system and who the certificate is for."""
    words = {
        "authority.tse": "東証",
        "title": "{events}（{authority} {holder}）",
        "and": "・",
        "expiry": "期限",
    }
    *_, expiry = list_events(inspect_holders(mint(issuer_cn=TSE, cn="t1")), words)
    assert expiry["SUMMARY"] == "期限（東証 t1）"
    first, *_ = list_events(inspect_holders(mint()), words)
    assert first["SUMMARY"] == "opens・reminder（boj a123456）"


def test_words() -> None:
    """Known names are filled in, once; any other brace stays as it is."""
    words = {
        "authority.tse": "東証{days}",
        "url.tse": "https://example.jp/tse/renew/#x,y;z\r\nX:1",
        "opens": "{authority}、{user_id}; {serial}\\ {opens}–{closes} {expiry} {nobody} {0} {days}",
        "opens.description": "一行目\r\n二行目, {authority}",
    }
    opens, *rest = list_events(inspect_holders(mint(issuer_cn=TSE, cn="t{serial}")), words)
    assert opens["SUMMARY"] == (
        "東証{days}、t{serial}; 1234abcd\\ 2027-03-01–2027-03-30 2027-03-31 {nobody} {0} 30"
    )
    assert opens["DESCRIPTION"] == "一行目\n二行目, 東証{days}"
    assert {str(event["URL"]) for event in (opens, *rest)} == {"https://example.jp/tse/renew/#x,y;zX:1"}
    assert "DESCRIPTION" not in rest[0]


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_words(text: str, user_id: str) -> None:
    """Lines have 75 octets and end in CRLF, characters stay whole, and the text is read back unchanged."""
    data = json.loads(inspect_holders(mint(issuer_cn=TSE)).to_json())
    data["files"][0]["certificates"][0]["user_id"] = user_id
    calendar = write_calendar(json.dumps(data), {"expiry": text + "{user_id}"})
    for line in calendar.encode("utf-8", "surrogatepass").split(b"\r\n"):
        assert len(line) <= 75
        assert not set(line) & {10, 13}
        line.decode()
    *_, expiry = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    summary = "".join(
        character
        for character in (text + user_id).replace("\r\n", "\n").replace("\r", "\n")
        if character in "\t\n" or not (ord(character) < 32 or ord(character) == 127)
    )
    assert str(expiry["SUMMARY"]) == summary


def test_the_end_of_the_calendar() -> None:
    """A certificate that ends on the last day but one has events; its window may begin before year 1."""
    late = mint(not_after=datetime(9999, 12, 29, 12, tzinfo=UTC), issuer_cn=TSE)
    assert list_days(inspect_holders(late))[-1] == ("expiry", date(9999, 12, 29))


def test_several_in_one_file() -> None:
    """All certificates of a file have their days."""
    report = inspect([InputFile("x", encode_pem(mint(cn="a"), mint(cn="b")))], RULES, japan.parse_instant(AT))
    assert len(list_events(report)) == 6
