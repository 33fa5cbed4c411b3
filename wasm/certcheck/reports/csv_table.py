"""All certificates of all files as a table, for those who keep a list of PCs and certificates.

It reads the report's JSON, the contract, so that the page can hand back the JSON that it received.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from certcheck import japan
from certcheck.reports.report_json import read_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from certcheck.reports.report import Report
    from certcheck.reports.report_json import CertificateJson, FileJson, ReportJson

TableRow: TypeAlias = "dict[str, str | int | None]"

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
    "refused_by",
    "revocation",
    "revoked_on",
    "email",
)
"""The columns, in order.

    file       as it was handed in
    authority  its id
    user_id    the field that the authority's rule names
    cn         the subject's CN; several are separated by a comma
    serial     lower-case hexadecimal
    not_after  last valid second on Japan's clock, "2027-03-31 23:59:59"; empty where it cannot be read
    days_left  calendar days in Japan, a number; negative once it has expired
    renewal    the verdict's code, `certcheck.rules.renewal.Headline`; of a private key in a file of its own
               "key_fits" or "key_fits_none"
    opens_on   first day to renew
    closes_on  last day to renew, itself included
    chain      status of its path, `certcheck.paths.path_building.PathStatus`
    error      code of why the file, or a part of it, cannot be used: such a row has no certificate
    newer      serial number of its holder's current certificate, where that expires later
    refused_by ids of programs that cannot open its file, separated by a comma
    revocation what revocation lists say, `certcheck.revocation.judge.RevocationStatus`; "list" for a
               file of lists without certificates
    revoked_on when it was revoked, on Japan's clock
    email      the addresses, separated by a comma
"""

_COLUMNS_OF_CODES = {"authority", "renewal", "chain", "error", "revocation"}

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"

# Spreadsheets take these for the beginning of a formula (OWASP, "CSV Injection"), full-width too.
_FORMULA = "=+\\-@＝＋－＠"
# They drop blanks, controls and invisible characters in front of it. And where a country's lists are
# separated by ";", a cell is cut there, and quotes no longer hold its lines together.
_BLANKS = r"\s\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2060\ufeff\""
_BEFORE_FORMULA = re.compile(rf"(?<![{_BLANKS};|])[{_BLANKS};|]*(?=[{_FORMULA}])")
_LAST_SEPARATOR = re.compile(r".*[;|\t\r\n]", re.DOTALL)
_CONTROL_START = re.compile(r"[\x00-\x1f]")
# Digits that they would turn into another number: leading zeros lost, 1e5 multiplied out, over 15 rounded.
_CHANGED_NUMBER = re.compile(r"0[0-9]+|[0-9]+[eE][0-9]+|[0-9]{16,}")


def list_rows(report: Report | str) -> list[TableRow]:
    """List a row for each certificate, in the order of files, and a row for each unusable file or part.

    Args:
        report: a report, or its JSON.
    """
    data = read_report(report)
    newer_serials = _find_newer_serials(data)
    rows: list[TableRow] = []
    for file in data["files"]:
        rows += _list_rows_of_file(file, newer_serials)
    return rows


def _find_newer_serials(data: ReportJson) -> dict[str, str]:
    """Return the current certificate's serial number, by the SHA-256 of each one that it outlasts."""
    serials: dict[str, str] = {}
    for file in data["files"]:
        serials |= {
            certificate["sha256"]: certificate["serial"] for certificate in file.get("certificates", ())
        }
    newer_serials: dict[str, str] = {}
    for holder in data["holders"]:
        for other in holder["others"]:
            if other["outlasted"]:
                newer_serials[other["sha256"]] = serials[holder["current"]]
    return newer_serials


def _list_rows_of_file(file: FileJson, newer_serials: Mapping[str, str]) -> Iterator[TableRow]:
    empty: TableRow = dict.fromkeys(COLUMNS)
    refused_by = ", ".join(file.get("refused_by", ())) or None
    for certificate in file.get("certificates", ()):
        newer = newer_serials.get(certificate["sha256"])
        own = {"file": file["name"], "newer": newer, "refused_by": refused_by}
        yield empty | own | _describe_certificate(certificate)
    if file.get("revocation_lists") and not file.get("certificates"):
        yield empty | {"file": file["name"], "revocation": "list"}
    if "private_key" in file:
        is_fitting = bool(file["private_key"]["fits"])
        yield empty | {"file": file["name"], "renewal": "key_fits" if is_fitting else "key_fits_none"}
    failures = [*file.get("failures", ()), *([file["error"]] if "error" in file else ())]
    for failure in failures:
        yield empty | {"file": file["name"], "error": failure["code"]}


def _describe_certificate(certificate: CertificateJson) -> TableRow:
    attributes = certificate["subject_attributes"]
    revocation = certificate.get("revocation")
    revoked_on = revocation["revoked_on"] if revocation else None
    common_names = [attribute["value"] for attribute in attributes if attribute["name"] == "CN"]
    return {
        "authority": certificate["authority"],
        "user_id": certificate["user_id"],
        "cn": ", ".join(common_names) or None,
        "serial": certificate["serial"],
        "not_after": certificate["not_after"] and _format_in_japan(certificate["not_after"]),
        "days_left": certificate["days_left"],
        "renewal": certificate["headline"],
        "opens_on": certificate["renewal"]["opens_on"],
        "closes_on": certificate["renewal"]["closes_on"],
        "chain": certificate["chain"]["status"],
        "revocation": revocation["status"] if revocation else None,
        "revoked_on": _format_in_japan(revoked_on) if revoked_on else None,
        "email": ", ".join(email["value"] for email in certificate["emails"]) or None,
    }


def _format_in_japan(instant: str) -> str:
    """Write an instant on Japan's clock; RFC 5280 4.1.2.5's "never expires" stays as it is written there."""
    try:
        moment = japan.convert_instant(datetime.fromisoformat(instant))
    except ValueError:
        return instant.replace("T", " ").removesuffix("Z")
    return moment.replace(tzinfo=None).isoformat(" ")


def write_csv(report: Report | str, words: Mapping[str, str] | None = None) -> str:
    """Write the table as CSV (RFC 4180) that Excel opens as it is: to be saved in UTF-8.

    It begins with a byte order mark, by which Excel recognises UTF-8, and its lines end in CRLF. Text that a
    spreadsheet would run as a formula, or turn into another number, gets an apostrophe in front: names and
    other text come from files that anybody may have made.

    Args:
        report: a report, or its JSON.
        words: texts by "column.<column>", "authority.<id>", "renewal.<code>", "chain.<code>", "error.<code>",
            "refused_by.<id>", "revocation.<code>"; where one is missing, the code stands for it.
    """
    words = words or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_defuse(words.get(f"column.{column}", column)) for column in COLUMNS])
    for row in list_rows(report):
        writer.writerow([_defuse(_translate(column, row[column], words)) for column in COLUMNS])
    return BYTE_ORDER_MARK + text.getvalue()


def _translate(column: str, value: str | int | None, words: Mapping[str, str]) -> str | int | None:
    if column == "refused_by" and isinstance(value, str):
        return ", ".join(words.get(f"{column}.{program}", program) for program in value.split(", "))
    return words.get(f"{column}.{value}", value) if column in _COLUMNS_OF_CODES else value


def _defuse(value: str | int | None) -> str | int | None:
    """Put an apostrophe before dangerous text; numbers are numbers, a minus sign in front included."""
    if not isinstance(value, str):
        return value
    defused = _BEFORE_FORMULA.sub(_put_apostrophe, value)
    is_dangerous = _CONTROL_START.match(defused) or _CHANGED_NUMBER.fullmatch(defused)
    return f"'{defused}" if is_dangerous else defused


def _put_apostrophe(blanks: re.Match[str]) -> str:
    """Put an apostrophe where a cell may begin: before the text, and behind the last separator."""
    text = blanks[0]
    separator = _LAST_SEPARATOR.match(text)
    if blanks.start() == 0 and not set(text) & {";", "|"}:
        return "'" + text
    if separator is None:
        return text
    front = "'" if blanks.start() == 0 else ""
    return f"{front}{separator[0]}'{text[separator.end() :]}"
