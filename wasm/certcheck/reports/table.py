"""All certificates of all files as a table, for those who keep a list of PCs and certificates.

It reads the report's JSON, the contract, so that the page can hand back what it was given.
"""

from __future__ import annotations

import csv as csv_format
import io
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from certcheck import japan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certcheck.reports.report import Report

Row: TypeAlias = "dict[str, str | int | None]"

COLUMNS = (
    "file",
    "authority",
    "user_id",
    "cn",
    "serial",
    "not_after",
    "days_left",
    "renewal",
    "opens_on",
    "closes_on",
    "chain",
    "error",
    "newer",
)
"""The columns, in order.

    file       as it was handed in
    authority  its id
    user_id    the field that the authority's rule names
    cn         the subject's CN; several are separated by a comma
    serial     lower-case hexadecimal
    not_after  last valid second on Japan's clock, "2027-03-31 23:59:59"
    days_left  calendar days in Japan, a number; negative once it has expired
    renewal    the verdict's code, `certcheck.rules.renewal.Headline`
    opens_on   first day to renew
    closes_on  last day to renew, itself included
    chain      how far its path verifies
    error      why the file, or a part of it, cannot be used: such a row has no certificate
    newer      serial number of its holder's current certificate, where that one outlasts it
"""

_CODED = {"authority", "renewal", "chain", "error"}

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

# What Excel and others take for the beginning of a formula (OWASP, "CSV Injection"), full-width too.
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
# Digits that they would turn into another number: leading zeros lost, 1e5 multiplied out, over 15 rounded.
_RECKONED = re.compile(r"0[0-9]+|[0-9]+[eE][0-9]+|[0-9]{16,}")


def rows(report: Report | str) -> list[Row]:
    """Return a row a certificate, in the order of files and certificates; and one a file or part unusable.

    Args:
        report: a report, or its JSON.
    """
    data = json.loads(report if isinstance(report, str) else report.to_json())
    newer = dict(_newer(data))
    return [row for file in data["files"] for row in _rows(file, newer)]


def _newer(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the SHA-256 of each certificate that its holder's current one outlasts, and that one's serial."""
    every = (each for file in data["files"] for each in file.get("certificates", ()))
    serials = {each["sha256"]: each["serial"] for each in every}
    for holder in data["holders"]:
        for other in holder["others"]:
            if other["outlasted"]:
                yield other["sha256"], serials[holder["current"]]


def _rows(file: Mapping[str, Any], newer: Mapping[str, str]) -> Iterator[Row]:
    empty: Row = dict.fromkeys(COLUMNS)
    for each in file.get("certificates", ()):
        yield empty | {"file": file["name"], "newer": newer.get(each["sha256"])} | _row(each)
    for failure in [*file.get("failures", ()), *([file["error"]] if "error" in file else ())]:
        yield empty | {"file": file["name"], "error": failure["code"]}


def _row(certificate: Mapping[str, Any]) -> Row:
    names = [each["value"] for each in certificate["subject_attributes"] if each["name"] == "CN"]
    return {
        "authority": certificate["authority"],
        "user_id": certificate["user_id"],
        "cn": ", ".join(names) or None,
        "serial": certificate["serial"],
        "not_after": _in_japan(certificate["not_after"]),
        "days_left": certificate["days_left"],
        "renewal": certificate["headline"],
        "opens_on": certificate["renewal"]["opens_on"],
        "closes_on": certificate["renewal"]["closes_on"],
        "chain": certificate["chain"]["status"],
    }


def _in_japan(instant: str) -> str:
    """Return an instant on Japan's clock; RFC 5280 4.1.2.5's "never expires" stays as it is written there."""
    try:
        return japan.in_japan(datetime.fromisoformat(instant)).replace(tzinfo=None).isoformat(" ")
    except ValueError:
        return instant.replace("T", " ").removesuffix("Z")


def csv(report: Report | str, words: Mapping[str, str] | None = None) -> str:
    """Return the table as CSV (RFC 4180) that Excel opens as it is: to be written in UTF-8.

    It begins with a byte order mark, by which Excel tells UTF-8, and its lines end in CRLF. Text that a
    spreadsheet would run as a formula, or turn into another number, gets an apostrophe in front: it is
    people's own text, names among them, that comes from files of whoever made them.

    Args:
        report: a report, or its JSON.
        words: what to call things: "column.<column>", "authority.<id>", "renewal.<code>", "chain.<code>",
            "error.<code>"; what is missing is called by its code.
    """
    words = words or {}
    text = io.StringIO()
    writer = csv_format.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(words.get(f"column.{column}", column)) for column in COLUMNS])
    for row in rows(report):
        writer.writerow([_cell(_said(column, row[column], words)) for column in COLUMNS])
    return BYTE_ORDER_MARK + text.getvalue()


def _said(column: str, value: str | int | None, words: Mapping[str, str]) -> str | int | None:
    return words.get(f"{column}.{value}", value) if column in _CODED else value


def _cell(value: str | int | None) -> str | int | None:
    """Defuse text; numbers are numbers, a minus sign in front included."""
    if isinstance(value, str) and (_FORMULA.match(value) or _RECKONED.fullmatch(value)):
        return f"'{value}"
    return value
