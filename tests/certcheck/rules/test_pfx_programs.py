"""Which programs cannot open a .pfx, by the facts (docs/shared/pfx-programs.yaml) and its algorithms."""

from __future__ import annotations

import copy
import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from certcheck import InputFile, RulesError, inspect, japan
from certcheck.reports.csv_table import write_csv
from certcheck.rules import authority_rules
from scripts.command import run
from tests.certcheck.conftest import AT, RULES, InspectFile, build_rules
from tests.support.mint import PASSWORD, build_pfx, encode_der, mint

FIXTURES = Path(__file__).parents[1] / "fixtures"
OLD_SYSTEMS = ["older-windows", "older-macos"]


def list_refusing(inspect_file: InspectFile, data: bytes) -> list[str]:
    """Return the ids in a file's report."""
    ids: list[str] = inspect_file(data, password=PASSWORD).get("refused_by", [])
    return ids


def test_minted_files(inspect_file: InspectFile) -> None:
    """AES-256 with a SHA-256 MAC is refused by older systems; of 3DES with SHA-1 nothing is known."""
    assert list_refusing(inspect_file, build_pfx(protection="aes-256")) == OLD_SYSTEMS
    assert list_refusing(inspect_file, build_pfx(protection="3des")) == []
    assert "refused_by" not in inspect_file(encode_der(mint()))


WRITTEN_BY_OPENSSL: dict[str, list[str]] = {
    "rc2-40": ["openssl-3"],
    "rc2-128": ["openssl-3"],
    "rc4-128": [],
    "aes-128": [],
    "unprotected": [],
}


@pytest.mark.parametrize("name", WRITTEN_BY_OPENSSL)
def test_files_of_openssl(inspect_file: InspectFile, name: str) -> None:
    """RC2 needs OpenSSL's legacy provider; where no source says anything, nothing is said."""
    refusing = list_refusing(inspect_file, (FIXTURES / f"{name}.pfx").read_bytes())
    assert refusing == WRITTEN_BY_OPENSSL[name]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="it asks the program itself")
@pytest.mark.parametrize("name", ["rc2-40", "rc2-128"])
@pytest.mark.parametrize("is_legacy", [False, True])
def test_openssl_itself(name: str, *, is_legacy: bool) -> None:
    """What the facts say of OpenSSL 3 is what it does."""
    if not run("openssl", "version").stdout.startswith("OpenSSL 3."):
        pytest.skip("another OpenSSL")
    options = ("-passin", f"pass:{PASSWORD}", "-nokeys", *(["-legacy"] if is_legacy else []))
    done = run("openssl", "pkcs12", "-in", FIXTURES / f"{name}.pfx", *options, check=False)
    assert (done.returncode == 0) is is_legacy


def test_the_facts_name_algorithms_as_reports_do(inspect_file: InspectFile) -> None:
    """A misspelt algorithm would never be found in a file."""
    data = [(FIXTURES / f"{name}.pfx").read_bytes() for name in WRITTEN_BY_OPENSSL]
    found: set[str] = set()
    for file in (*data, build_pfx(protection="aes-256")):
        pkcs12 = inspect_file(file, password=PASSWORD)["pkcs12"]
        found |= {pkcs12["mac"], *(name.partition(" (")[0] for name in pkcs12["encryption"])}
    programs = authority_rules.parse(json.dumps(RULES)).pfx_programs
    assert [program.id for program in programs] == [*OLD_SYSTEMS, "openssl-3"]
    for program in programs:
        assert program.encryption | program.mac <= found


def test_the_table_names_them() -> None:
    """In CSV the programs stand in one cell, under the names that the words give them."""
    file = InputFile("x.pfx", build_pfx(protection="aes-256"), PASSWORD)
    report = inspect([file], build_rules({}), japan.parse_instant(AT))
    text = write_csv(report, {"refused_by.older-windows": "Windows Server 2016"}).removeprefix("\ufeff")
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert row[head.index("refused_by")] == "Windows Server 2016, older-macos"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("id", 1, r"pfx_programs\[0\].id: got 1, expected text"),
        ("encryption", None, r"pfx_programs\[0\].encryption: got null, expected a list"),
        ("mac", [""], r'pfx_programs\[0\].mac\[0\]: got "", expected text'),
    ],
)
def test_mistakes(field: str, value: object, message: str) -> None:
    """A mistake in the rules is told with its place."""
    rules = copy.deepcopy(RULES)
    rules["pfx_programs"][0][field] = value
    with pytest.raises(RulesError, match=message):
        authority_rules.parse(json.dumps(rules))


def test_rules_of_the_first_edition() -> None:
    """Rules without programs, as an operator may have kept them, are read as before."""
    rules = {key: value for key, value in RULES.items() if key != "pfx_programs"}
    assert authority_rules.parse(json.dumps(rules)).pfx_programs == ()
