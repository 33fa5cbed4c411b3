"""The administrators' table: its rows, and CSV that Excel opens."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck import InputFile, Report, inspect, japan
from certcheck.reports.csv_table import COLUMNS, list_rows, write_csv
from tests.certcheck.conftest import AT, build_rules
from tests.support.mint import build_name, encode_der, encode_pem, get_root, mint, mint_ca

RULES = build_rules({})
END = datetime(2027, 3, 1, tzinfo=UTC)


def inspect_files(**files: bytes) -> Report:
    """Inspect files, by name."""
    inputs = [InputFile(name, data) for name, data in files.items()]
    return inspect(inputs, RULES, japan.parse_instant(AT))


def parse_csv(text: str) -> list[list[str]]:
    """Read CSV back, as strictly as the library can."""
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def write_with_value(column: str, value: str) -> list[list[str]]:
    """Return the table of a certificate, of which a value was replaced."""
    data: dict[str, Any] = json.loads(inspect_files(x=encode_der(mint())).to_json())
    certificate = data["files"][0]["certificates"][0]
    if column == "file":
        data["files"][0]["name"] = value
    elif column == "cn":
        certificate["subject_attributes"][0]["value"] = value
    else:
        certificate[column] = value
    return parse_csv(write_csv(json.dumps(data)))


def test_rows() -> None:
    """A row for each certificate, in order, and for each file or part that cannot be used."""
    half = encode_pem(mint(cn="b1"), get_root()) + b"-----BEGIN CERTIFICATE-----\n"
    first, second, ca, part, bad = list_rows(inspect_files(whole=encode_der(mint()), half=half, bad=b"?"))
    assert first == {
        "file": "whole",
        "authority": "boj",
        "user_id": "a123456",
        "cn": "a123456",
        "serial": "1234abcd",
        "not_after": "2027-03-31 23:59:59",
        "days_left": 21,
        "renewal": "open",
        "opens_on": "2027-03-01",
        "closes_on": "2027-03-31",
        "chain": "consistent",  # its root came along in another file
        "error": None,
        "newer": None,
        "refused_by": None,
        "revocation": None,
        "revoked_on": None,
        "email": "user@example.co.jp",
    }
    assert (second["file"], second["user_id"], ca["renewal"]) == ("half", "b1", "ca")
    assert part == dict.fromkeys(COLUMNS) | {"file": "half", "error": "damaged"}
    assert bad == dict.fromkeys(COLUMNS) | {"file": "bad", "error": "not_a_certificate"}


def test_the_report_and_its_json_are_the_same() -> None:
    """The page hands the JSON back that it received."""
    report = inspect_files(x=encode_der(mint()), bad=b"?")
    assert list_rows(report) == list_rows(report.to_json())
    assert write_csv(report) == write_csv(report.to_json())


def test_an_expired_certificate_that_can_be_renewed_is_not_called_open() -> None:
    """A list that says "open" of what no longer works would mislead (fsa-admin-manual 9.3.5)."""
    subject = build_name(
        C="JP", O="Financial Services Agency Business Support Integration System", CN="F123456-001"
    )
    (row,) = list_rows(inspect_files(x=encode_der(mint(issuer_cn="X", subject=subject, not_after=END))))
    assert (row["renewal"], row["days_left"]) == ("open_after_expiry", -9)


def test_a_renewed_certificate_names_the_newer() -> None:
    """An administrator who sorts by expiry sees which are renewed already, by the newer serial number."""
    new = mint(not_after=datetime(2028, 3, 31, tzinfo=UTC), serial=0xB22)
    files = [InputFile("old", encode_der(mint())), InputFile("new", encode_der(new))]
    for anchors, newer in [([{"pem": encode_pem(get_root()).decode()}], "b22"), ([], None)]:
        report = inspect(files, build_rules({"boj": anchors}), japan.parse_instant("2027-03-10"))
        assert [row["newer"] for row in list_rows(report)] == [newer, None]  # unproven, it says nothing


def test_missing_values() -> None:
    """No authority, no CN, several CNs; RFC 5280's "never" lies beyond Japan's calendar."""
    never = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    bare, ca = list_rows(
        inspect_files(
            x=encode_der(mint(issuer_cn="Some CA", subject=build_name(O="x"), not_after=never)),
            ca=encode_der(mint_ca(cn="C")),
        )
    )
    assert (bare["authority"], bare["user_id"], bare["cn"]) == (None, None, None)
    assert bare["not_after"] == "9999-12-31 23:59:59"
    assert ca["cn"] == "C"


def test_csv() -> None:
    """UTF-8 with the byte order mark that Excel needs, CRLF, a line for each row (RFC 4180)."""
    text = write_csv(inspect_files(一=encode_der(mint()), bad=b"?"))
    assert text.startswith("\ufefffile,authority,")
    lines = text.split("\r\n")
    assert (len(lines), lines[-1]) == (4, "")
    assert not any("\n" in line for line in lines)
    header, first, bad = parse_csv(text)
    assert tuple(header) == COLUMNS
    assert first[:6] == ["一", "boj", "a123456", "a123456", "1234abcd", "2027-03-31 23:59:59"]
    assert bad == ["bad", *[""] * 10, "not_a_certificate", *[""] * 5]


def test_words() -> None:
    """Columns and codes are replaced by the words handed in, else they stay codes."""
    words = {
        "column.file": "ファイル",
        "authority.boj": "日本銀行",
        "renewal.open": "更新できます",
        "chain.x": "?",
    }
    header, first = parse_csv(write_csv(inspect_files(x=encode_der(mint())), words))
    assert header[:2] == ["ファイル", "authority"]
    assert first[1] == "日本銀行"
    assert first[7] == "更新できます"
    assert first[10] == "incomplete"


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＠x"),
        *(" =1", "\0=1", "\u3000=1", "\u200b@x", "\N{NO-BREAK SPACE}+1", '"=1"', "\x1fx"),
        '=HYPERLINK("https://example.jp/";"x")',
    ],
)
@pytest.mark.parametrize("column", ["file", "user_id", "cn"])
def test_formulas_are_defused(column: str, text: str) -> None:
    """Names come from files that anybody may have made: none of their text may run in a spreadsheet."""
    _, row = write_with_value(column, text)
    assert row[COLUMNS.index(column)] == f"'{text}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("x;=1", "x;'=1"),
        ("x; =1;@y", "x;' =1;'@y"),
        ("x\n=1", "x\n'=1"),
        ("x\t-1", "x\t'-1"),
        (";=1", "';'=1"),
        ("a = b", "a = b"),
        ("a-b;c", "a-b;c"),
    ],
)
def test_formulas_within_a_cell(text: str, written: str) -> None:
    """Where lists are separated by ";", a spreadsheet cuts a cell there: what follows begins no formula."""
    _, row = write_with_value("cn", text)
    assert row[COLUMNS.index("cn")] == written


@pytest.mark.parametrize(
    ("serial", "written"),
    [
        ("0123", "'0123"),
        ("12e5", "'12e5"),
        ("1234567890123456", "'1234567890123456"),
        ("123", "123"),
        ("12ab", "12ab"),
        ("e5", "e5"),
    ],
)
def test_serials_stay_what_they_are(serial: str, written: str) -> None:
    """Excel would make 1200000 of the serial 12e5, drop leading zeros, and round long numbers."""
    _, row = write_with_value("serial", serial)
    assert row[4] == written


def test_a_negative_number_is_a_number() -> None:
    """Spreadsheets compute with the days left; their minus sign begins no formula."""
    expired = mint(not_after=END)
    _, row = parse_csv(write_csv(inspect_files(x=encode_der(expired))))
    assert row[6] == "-9"


@given(st.text(max_size=50), st.sampled_from(["file", "user_id", "cn"]))
def test_any_text(text: str, column: str) -> None:
    """Any text comes back whole, but for apostrophes, and no cell that is cut from it begins a formula."""
    header, row = write_with_value(column, text)
    assert len(header) == len(row) == len(COLUMNS)
    cell = row[COLUMNS.index(column)]
    assert cell.replace("'", "") == text.replace("'", "")
    assert not cell.startswith(("\t", "\r", "\n", "\0"))
    for piece in re.split("[;|\\t\\r\\n]", cell):
        assert not piece.strip(' \0"').startswith(("=", "+", "-", "@"))
