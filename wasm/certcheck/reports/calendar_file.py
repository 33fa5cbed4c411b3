"""The days of a certificate as a calendar file (RFC 5545), for Outlook, Google Calendar and the like.

It reads the report's JSON, the contract, so that the page can hand back the JSON that it received. Wording is
handed in: certcheck holds none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from certcheck import japan
from certcheck.reports.report_json import read_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from certcheck.reports.report import Report
    from certcheck.reports.report_json import CertificateJson, ReportJson

_LINE_OCTETS = 75  # without the line's end (RFC 5545 3.1)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # no text holds them (3.3.11)
_SPECIAL = re.compile(r"[\\;,]")


class _CalendarEvent(NamedTuple):
    """An event on a day of a certificate.

    Attributes:
        kind: of the marked day.
        day: when.
        days_before: calendar days before expiry.
        code: key of its summary among the words.
    """

    kind: str
    day: date
    days_before: int
    code: str


def write_calendar(report: Report | str, words: Mapping[str, str], sha256: str | None = None) -> str:
    """Write the days of the report's certificates as all-day events in Japan's calendar.

    Of holders' certificates that have not expired, the days not past (`reports.marked_days`), without
    duplicates. An event's UID is made of fingerprint and kind: imported again, it replaces itself.

    Args:
        report: a report, or its JSON.
        words: a summary by kind; where it is missing, the kind's code stands for it. `{authority}`,
            `{user_id}`, `{serial}`, `{days}` (before expiry), `{opens}`, `{closes}` and `{expiry}` (days as
            YYYY-MM-DD) are filled in. An authority's deadlines may have a summary each, under
            "deadline.<id>.0" and so on; the last day of an application has its own under "last_apply". Under
            "<kind>.description" a longer text; under "authority.<id>" a name for `{authority}`; under
            "url.<id>" an address to open.
        sha256: fingerprint of a certificate, to write its days alone; None for all.

    Returns:
        The file's text, to be written in UTF-8.
    """
    data = read_report(report)
    stamp = japan.parse_instant(data["at"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//certcheck//certcheck//EN"]
    for certificate in _find_certificates(data, sha256):
        for event in _list_events(certificate, japan.find_day(stamp)):
            lines += _write_event(event, certificate, stamp, words)
    return "".join(f"{_fold_line(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _find_certificates(data: ReportJson, sha256: str | None) -> Iterable[CertificateJson]:
    """Return holders' certificates that are not revoked, each once; with a fingerprint, that one alone."""
    certificates: dict[str, CertificateJson] = {}
    for file in data["files"]:
        for certificate in file.get("certificates", ()):
            is_of_use = not certificate["is_ca"] and certificate["headline"] != "revoked"
            if is_of_use and sha256 in {None, certificate["sha256"]}:
                certificates[certificate["sha256"]] = certificate
    return certificates.values()


def _list_events(certificate: CertificateJson, today: date) -> Iterator[_CalendarEvent]:
    """Yield the events of a certificate that has not expired, from today on."""
    if certificate["validity"] == "expired" or not certificate["days"]:
        return
    last, deadline_numbers = _find_last_day(certificate), count()
    for marked in certificate["days"]:
        kind, day = marked["kind"], date.fromisoformat(marked["on"])
        code: str = kind
        if kind == "deadline":
            code = f"deadline.{certificate['authority']}.{next(deadline_numbers)}"
        elif kind == "last_day" and certificate["renewal"]["opens_on"] is None:
            code = "last_apply"  # no window opens: one applies until that day
        if today <= day < date.max:
            yield _CalendarEvent(kind, day, (last - day).days, code)


def _find_last_day(certificate: CertificateJson) -> date:
    """Return the day of notAfter; a certificate that has days has it."""
    return japan.find_day(datetime.fromisoformat(certificate["not_after"] or ""))


def _write_event(
    event: _CalendarEvent, certificate: CertificateJson, stamp: datetime, words: Mapping[str, str]
) -> list[str]:
    """Write an event (3.6.1): a whole day, which ends before the next (3.8.2.2), and leaves the day free."""
    authority = certificate["authority"] or ""
    renewal = certificate["renewal"]
    fields = {
        "authority": words.get(f"authority.{authority}", authority),
        "user_id": certificate["user_id"] or "",
        "serial": certificate["serial"],
        "days": str(event.days_before),
        "opens": renewal["opens_on"] or "",
        "closes": renewal["closes_on"] or "",
        "expiry": _find_last_day(certificate).isoformat(),
    }
    # Other kinds occur once in a certificate.
    identifier = f"{event.kind}-{event.days_before}" if event.kind in {"reminder", "deadline"} else event.kind
    summary = words.get(event.code, words.get(event.kind, event.kind))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{certificate['sha256']}-{identifier}@certcheck",
        f"DTSTAMP:{_remove_separators(stamp.astimezone(UTC).isoformat(timespec='seconds'))[:15]}Z",
        f"DTSTART;VALUE=DATE:{_remove_separators(event.day.isoformat())}",
        f"DTEND;VALUE=DATE:{_remove_separators((event.day + timedelta(days=1)).isoformat())}",
        f"SUMMARY:{_escape(_fill_in(summary, fields))}",
    ]
    if description := words.get(f"{event.kind}.description"):
        lines.append(f"DESCRIPTION:{_escape(_fill_in(description, fields))}")
    if url := words.get(f"url.{authority}"):
        lines.append(f"URL:{_CONTROLS.sub('', url).replace(chr(10), '')}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _fill_in(text: str, fields: Mapping[str, str]) -> str:
    """Fill in the known names; any other brace stays as it is."""
    return re.sub(r"\{(\w+)\}", lambda match: fields.get(match[1], match[0]), text)


def _remove_separators(text: str) -> str:
    """Write a day or an instant without its dashes and colons (3.3.4, 3.3.5)."""
    return text.replace("-", "").replace(":", "")


def _escape(text: str) -> str:
    """Escape text (3.3.11); a carriage return is part of a line's end."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(r"\\\g<0>", plain).replace("\n", "\\n")


def _fold_line(line: str) -> str:
    """Fold to 75 octets (3.1), the space that begins a further line among them, never inside a character."""
    folded, octets = "", 0
    for character in line:
        width = len(character.encode("utf-8", "surrogatepass"))
        if octets + width > _LINE_OCTETS:
            folded += "\r\n "
            octets = 1
        folded += character
        octets += width
    return folded
