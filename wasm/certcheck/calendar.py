"""The days of a certificate as a calendar file (RFC 5545), for Outlook, Google Calendar and the like.

It reads the report's JSON, the contract, so that the page can hand back what it was given. Wording is handed
in: certcheck holds none.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from certcheck import japan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certcheck.report import Report
    from certcheck.rules import Rules

_OCTETS = 75  # of a line, without its end (RFC 5545 3.1)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # no text holds them (3.3.11)
_ESCAPED = re.compile(r"[\\;,]")


class _Event(NamedTuple):
    kind: str
    day: date
    days_before: int | None = None  # of a reminder


def calendar(report: Report | str, rules: Rules, words: Mapping[str, str], sha256: str | None = None) -> str:
    """Return the days of the report's certificates as all-day events in Japan's calendar.

    Holders' certificates that have not expired have these, each once: `opens`, the first day to renew;
    `reminder`, the days on which the authority's manual says that it sends one; `last_day` to renew;
    `expiry`. An event's UID is made of fingerprint and kind: imported again, it replaces itself.

    Args:
        report: a report, or its JSON.
        rules: for the reminders' days.
        words: what to call each kind; one that is missing is called by its code. `{authority}`, `{user_id}`,
            `{serial}`, `{days}` (before expiry, of a reminder), `{opens}`, `{closes}` and `{expiry}` (days
            as YYYY-MM-DD) are filled in. Under "<kind>.description" a longer text; under
            "authority.<id>" a name for `{authority}`; under "url.<id>" an address to open.
        sha256: of the only certificate wanted; None for all.

    Returns:
        The file's text, to be written in UTF-8.
    """
    data = json.loads(report if isinstance(report, str) else report.to_json())
    stamp = japan.parse_instant(data["at"])
    certificates = {
        each["sha256"]: each
        for file in data["files"]
        for each in file.get("certificates", ())
        if not each["is_ca"] and sha256 in {None, each["sha256"]}
    }
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//certcheck//certcheck//EN"]
    for each in certificates.values():
        for event in _events(each, rules):
            lines += _lines(event, each, stamp, words)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _events(certificate: Mapping[str, Any], rules: Rules) -> Iterator[_Event]:
    opens, closes = certificate["renewal"]["opens_on"], certificate["renewal"]["closes_on"]
    last = japan.day(datetime.fromisoformat(certificate["not_after"]))
    if certificate["validity"] == "expired" or last == date.max:  # RFC 5280 4.1.2.5: no end at all
        return
    if opens:
        yield _Event("opens", date.fromisoformat(opens))
    for days in _reminders(certificate["authority"], rules):
        yield _Event("reminder", japan.days_before(last, days), days)
    if closes:
        yield _Event("last_day", date.fromisoformat(closes))
    yield _Event("expiry", last)


def _reminders(authority: str | None, rules: Rules) -> tuple[int, ...]:
    return next((each.reminders_days_before for each in rules.authorities if each.id == authority), ())


def _lines(
    event: _Event, certificate: Mapping[str, Any], stamp: datetime, words: Mapping[str, str]
) -> list[str]:
    """Write one event (3.6.1): whole days, which end before the day after (3.8.2.2), and leave one free."""
    authority = certificate["authority"] or ""
    renewal = certificate["renewal"]
    fields = {
        "authority": words.get(f"authority.{authority}", authority),
        "user_id": certificate["user_id"] or "",
        "serial": certificate["serial"],
        "days": "" if event.days_before is None else str(event.days_before),
        "opens": renewal["opens_on"] or "",
        "closes": renewal["closes_on"] or "",
        "expiry": japan.day(datetime.fromisoformat(certificate["not_after"])).isoformat(),
    }
    kind = event.kind if event.days_before is None else f"{event.kind}-{event.days_before}"
    lines = [
        "BEGIN:VEVENT",
        f"UID:{certificate['sha256']}-{kind}@certcheck",
        f"DTSTAMP:{_compact(stamp.astimezone(UTC).isoformat(timespec='seconds'))[:15]}Z",
        f"DTSTART;VALUE=DATE:{_compact(event.day.isoformat())}",
        f"DTEND;VALUE=DATE:{_compact((event.day + timedelta(days=1)).isoformat())}",
        f"SUMMARY:{_escaped(_filled(words.get(event.kind, event.kind), fields))}",
    ]
    if description := words.get(f"{event.kind}.description"):
        lines.append(f"DESCRIPTION:{_escaped(_filled(description, fields))}")
    if url := words.get(f"url.{authority}"):
        lines.append(f"URL:{_CONTROLS.sub('', url).replace(chr(10), '')}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _filled(text: str, fields: Mapping[str, str]) -> str:
    """Fill in the known names; any other brace stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda found: fields.get(found[1], found[0]), text)


def _compact(text: str) -> str:
    """Write a day or an instant without its dashes and colons (3.3.4, 3.3.5)."""
    return text.replace("-", "").replace(":", "")


def _escaped(text: str) -> str:
    """Write text (3.3.11); a carriage return is part of a line's end."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPED.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold to 75 octets (3.1), the space that begins a further line among them, never inside a character."""
    folded, octets = "", 0
    for character in line:
        width = len(character.encode("utf-8", "surrogatepass"))
        if octets + width > _OCTETS:
            folded += "\r\n "
            octets = 1
        folded += character
        octets += width
    return folded
