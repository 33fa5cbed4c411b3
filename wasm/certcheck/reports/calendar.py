"""The days of a certificate as a calendar file (RFC 5545), for Outlook, Google Calendar and the like.

It reads the report's JSON, the contract, so that the page can hand back what it was given. Wording is handed
in: certcheck holds none.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from certcheck import japan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certcheck.reports.report import Report

_OCTETS = 75  # of a line, without its end (RFC 5545 3.1)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # no text holds them (3.3.11)
_ESCAPED = re.compile(r"[\\;,]")


class _Event(NamedTuple):
    kind: str
    day: date
    days_before: int  # expiry
    code: str  # of what to call it


def calendar(report: Report | str, words: Mapping[str, str], sha256: str | None = None) -> str:
    """Return the days of the report's certificates as all-day events in Japan's calendar.

    Of holders' certificates that have not expired, the days not past (`reports.marked_days`), each once.
    An event's UID is made of fingerprint and kind: imported again, it replaces itself.

    Args:
        report: a report, or its JSON.
        words: what to call each kind; one that is missing is called by its code. `{authority}`, `{user_id}`,
            `{serial}`, `{days}` (before expiry), `{opens}`, `{closes}` and `{expiry}` (days as YYYY-MM-DD)
            are filled in. An authority's deadlines may each have words of their own, under "deadline.<id>.0"
            and so on. Under "<kind>.description" a longer text; under "authority.<id>" a name for
            `{authority}`; under "url.<id>" an address to open.
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
        for event in _events(each, japan.day(stamp)):
            lines += _lines(event, each, stamp, words)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _events(certificate: Mapping[str, Any], today: date) -> Iterator[_Event]:
    """Return the days of one that has not expired, from today on."""
    if certificate["validity"] == "expired":
        return
    last, deadlines = _last_day(certificate), count()
    for each in certificate["days"]:
        kind, day = each["kind"], date.fromisoformat(each["on"])
        code = f"deadline.{certificate['authority']}.{next(deadlines)}" if kind == "deadline" else kind
        if today <= day < date.max:
            yield _Event(kind, day, (last - day).days, code)


def _last_day(certificate: Mapping[str, Any]) -> date:
    return japan.day(datetime.fromisoformat(certificate["not_after"]))


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
        "days": str(event.days_before),
        "opens": renewal["opens_on"] or "",
        "closes": renewal["closes_on"] or "",
        "expiry": _last_day(certificate).isoformat(),
    }
    # Of the others there is one each.
    kind = f"{event.kind}-{event.days_before}" if event.kind in {"reminder", "deadline"} else event.kind
    lines = [
        "BEGIN:VEVENT",
        f"UID:{certificate['sha256']}-{kind}@certcheck",
        f"DTSTAMP:{_compact(stamp.astimezone(UTC).isoformat(timespec='seconds'))[:15]}Z",
        f"DTSTART;VALUE=DATE:{_compact(event.day.isoformat())}",
        f"DTEND;VALUE=DATE:{_compact((event.day + timedelta(days=1)).isoformat())}",
        f"SUMMARY:{_escaped(_filled(words.get(event.code, words.get(event.kind, event.kind)), fields))}",
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
