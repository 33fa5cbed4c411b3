"""NIST's Public Key Interoperability Test Suite: which cases certcheck judges alike, and why not the others.

Every end-entity case is in `fixtures/pkits.md`, which has been reviewed. After an intended change, write it
again with ``python -m tests.certcheck.paths.test_pkits`` and review the difference.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from typing import NamedTuple

import pytest
from typing_extensions import override

from certcheck import InputFile, inspection, japan, limits
from tests.certcheck.conftest import build_rules
from tests.support import ROOT

TABLE = ROOT / "tests/certcheck/fixtures" / "pkits.md"
CASE = re.compile(r"(?P<outcome>Valid|Invalid)?.*Test\d+EE\.crt")
CERTIFICATES = files("cryptography_vectors") / "x509" / "PKITS_data" / "certs"

# The suite's document rejects these, too, whose names do not say so, with its default settings: any policy is
# acceptable, and none is demanded from outside.
_REJECTED = {f"DifferentPoliciesTest{number}EE.crt" for number in (4, 5, 7, 8, 9, 12)}


class Case(NamedTuple):
    """A line of the table.

    Attributes:
        name: of the end-entity certificate, without EE.crt.
        nist: "accept" or "reject".
        certcheck: status of the chain, and its problems.
        reason: key of the explanation where the two disagree; else empty.
    """

    name: str
    nist: str
    certcheck: str
    reason: str

    @property
    def is_agreement(self) -> bool:
        """Certcheck relies on the path exactly where NIST's document says to."""
        return (self.nist == "accept") == (self.certcheck == "trusted")

    @override
    def __str__(self) -> str:
        """Return the line."""
        return f"| {self.name} | {self.nist} | {self.certcheck} | {self.reason}".rstrip() + " |"


def read_table() -> list[Case]:
    """Read the reviewed cases."""
    rows = [split_row(line) for line in TABLE.read_text(encoding="utf-8").splitlines() if "Test" in line[:80]]
    return [Case(*row) for row in rows if len(row) == 4]


def split_row(line: str) -> list[str]:
    """Return the cells of a row of the table."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def judge_cases() -> list[Case]:
    """Judge all cases, in one pool of all the suite's certificates and with its anchor.

    It is the anchor of any of the authorities, at a day in the suite's validity. A path is relied upon where
    it is trusted without problems.
    """
    contents = {file.name: file.read_bytes() for file in CERTIFICATES.iterdir()}
    anchor = hashlib.sha256(contents["TrustAnchorRootCertificate.crt"]).hexdigest()
    outcomes = [
        (name, inspection.read_input(InputFile(name, data))) for name, data in sorted(contents.items())
    ]
    rules = build_rules({"jasdec": [{"sha256": anchor}]})
    at = japan.parse_instant("2020-01-01")
    chosen = ["jasdec"] * len(outcomes)
    report = json.loads(inspection.judge(outcomes, rules, at, chosen, limits.OPERATIONS_OF_FOLDERS).to_json())
    reasons = {case.name: case.reason for case in read_table()}
    cases = []
    for file in report["files"]:
        if (case := CASE.fullmatch(file["name"])) is None:
            continue
        (certificate,) = file["certificates"]
        problems = sorted({problem["code"] for problem in certificate["chain"]["problems"]})
        verdict = certificate["chain"]["status"] + (f": {', '.join(problems)}" if problems else "")
        is_rejected = case["outcome"] == "Invalid" or file["name"] in _REJECTED
        name = file["name"].removesuffix("EE.crt")
        cases.append(Case(name, "reject" if is_rejected else "accept", verdict, reasons.get(name, "")))
    return cases


def test_agreement() -> None:
    """Certcheck's verdict on each case is the one in the table."""
    assert list(map(str, judge_cases())) == list(map(str, read_table()))


def test_every_disagreement_has_its_reason() -> None:
    """It is one of those that the table explains, and no agreement has any."""
    explained = set(re.findall(r"^\* \*\*(\w+)\*\*", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    for case in read_table():
        assert (case.reason == "") == case.is_agreement, case
        assert case.reason in {"", *explained}, case
    assert {case.reason for case in read_table()} == {"", *explained}


def test_nothing_is_accepted_but_for_revocation() -> None:
    """Where certcheck relies on a path that NIST rejects, it is revoked or its revocation is unknown."""
    accepted = [case for case in read_table() if not case.is_agreement and case.certcheck == "trusted"]
    assert {case.reason for case in accepted} == {"revocation"}


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("nameConstraints|DNnameConstraints|RFC822|DNSname|URIname", 38),
        ("pathLen|basicConstraints|cA", 17),
        ("keyUsage.*keyCertSign", 2),
        ("Date|UTC|GeneralizedTime", 8),
    ],
)
def test_parts_that_agree_in_full(part: str, number: int) -> None:
    """Name constraints, basic constraints, key usage of CAs, validity: no case of theirs differs."""
    cases = [case for case in read_table() if re.search(part, case.name)]
    assert all(case.is_agreement for case in cases)
    assert len(cases) >= number


if __name__ == "__main__":
    head = TABLE.read_text(encoding="utf-8").partition("| --- ")[0] if TABLE.exists() else ""
    body = "\n".join(map(str, judge_cases()))
    TABLE.write_text(f"{head}| --- | --- | --- | --- |\n{body}\n", encoding="utf-8")
