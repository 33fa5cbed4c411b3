"""The days of a certificate as a calendar file (RFC 5545), for Outlook, Google Calendar and the like.

It reads the report's JSON, the contract, so that the page can hand back the JSON that it received. Wording is
handed in: certcheck holds none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count, groupby
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
    """Write the days of the report's certificates as all-day events in Japan's calendar, each with an alarm.

    Of holders' certificates that have not expired, the days not past (`reports.marked_days`), without
    duplicates. What falls on the same day of a certificate is one event. Its UID is made of fingerprint and
    kind: imported again, from whichever file and on whichever day, it replaces itself.

    Args:
        report: a report, or its JSON.
        words: a summary by kind; where it is missing, the kind's code stands for it. `{authority}`,
            `{user_id}`, `{holder}` (the user id, else the serial number), `{serial}`, `{days}` (before
            expiry), `{url}`, `{opens}`, `{closes}` and `{expiry}` (days as YYYY-MM-DD) are filled in.
            An authority's deadlines may have a summary each, under "deadline.<id>.0" and so on; the last day
            of an application has its own under "last_apply". Under "and" what stands between the summaries of
            a day; under "title" the whole with `{events}`. Under "<kind>.description" a longer text; under
            "authority.<id>" a name for `{authority}`; under "url.<id>" an address to open.
        sha256: fingerprint of a certificate, to write its days alone; None for all.

    Returns:
        The file's text, to be written in UTF-8.
    """
    data = read_report(report)
    stamp = japan.parse_instant(data["at"])
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//certcheck//certcheck//EN"]
    for certificate in _find_certificates(data, sha256):
        days = groupby(_list_events(certificate, japan.find_day(stamp)), lambda event: event.day)
        for _day, events in days:
            lines += _write_event(list(events), certificate, stamp, words)
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
    events: list[_CalendarEvent], certificate: CertificateJson, stamp: datetime, words: Mapping[str, str]
) -> list[str]:
    """Write the events of a day (3.6.1): a whole day, ending before the next (3.8.2.2), that stays free."""
    authority = certificate["authority"] or ""
    *_, last = events  # the most important: marked days have the expiry at their end
    # Other kinds occur once in a certificate.
    identifier = f"{last.kind}-{last.days_before}" if last.kind in {"reminder", "deadline"} else last.kind
    fields = _collect_fields(last, certificate, words)
    title = _write_title(events, fields, words)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{certificate['sha256']}-{identifier}@certcheck",
        f"DTSTAMP:{_remove_separators(stamp.astimezone(UTC).isoformat(timespec='seconds'))[:15]}Z",
        f"DTSTART;VALUE=DATE:{_remove_separators(last.day.isoformat())}",
        f"DTEND;VALUE=DATE:{_remove_separators((last.day + timedelta(days=1)).isoformat())}",
        f"SUMMARY:{title}",
    ]
    if description := words.get(f"{last.kind}.description"):
        lines.append(f"DESCRIPTION:{_escape(_fill_in(description, fields))}")
    if url := words.get(f"url.{authority}"):
        lines.append(f"URL:{_CONTROLS.sub('', url).replace(chr(10), '')}")
    return [*lines, "TRANSP:TRANSPARENT", *_write_alarm(last.kind, title), "END:VEVENT"]


def _collect_fields(
    event: _CalendarEvent, certificate: CertificateJson, words: Mapping[str, str]
) -> dict[str, str]:
    authority = certificate["authority"] or ""
    renewal = certificate["renewal"]
    return {
        "authority": words.get(f"authority.{authority}", authority),
        "user_id": certificate["user_id"] or "",
        "holder": certificate["user_id"] or certificate["serial"],
        "serial": certificate["serial"],
        "url": words.get(f"url.{authority}", ""),
        "days": str(event.days_before),
        "opens": renewal["opens_on"] or "",
        "closes": renewal["closes_on"] or "",
        "expiry": _find_last_day(certificate).isoformat(),
    }


def _write_title(events: list[_CalendarEvent], fields: Mapping[str, str], words: Mapping[str, str]) -> str:
    summaries = [words.get(event.code, words.get(event.kind, event.kind)) for event in events]
    filled_in = [_fill_in(summary, fields) for summary in summaries]
    # The title first: what is filled in may itself hold braces.
    title = words.get("title", "{events}")
    return _escape(_fill_in(title, {**fields, "events": words.get("and", ", ").join(filled_in)}))


def _write_alarm(kind: str, title: str) -> list[str]:
    """Write an alarm (3.6.6): at 9:00, on the day itself, or the day before where something ends on it."""
    trigger = "-PT15H" if kind in {"deadline", "last_day", "expiry"} else "PT9H"
    alarm = ["ACTION:DISPLAY", f"DESCRIPTION:{title}", f"TRIGGER:{trigger}"]
    return ["BEGIN:VALARM", *alarm, "END:VALARM"]


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
