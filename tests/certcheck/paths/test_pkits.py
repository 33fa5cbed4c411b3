"""NIST's Public Key Interoperability Test Suite: where certcheck's paths agree with it, and where not, why.

Every end-entity case is in `fixtures/pkits.md`, which somebody has read. After a change that is meant, write
it anew with ``python -m tests.certcheck.paths.test_pkits`` and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from typing import NamedTuple

import pytest
from typing_extensions import override

from certcheck import InputFile, inspection, japan
from tests.certcheck.conftest import build_rules
from tests.support import ROOT

TABLE = ROOT / "tests/certcheck/fixtures" / "pkits.md"
CASE = re.compile(r"(?P<outcome>Valid|Invalid)?.*Test\d+EE\.crt")
CERTIFICATES = files("cryptography_vectors") / "x509" / "PKITS_data" / "certs"

# The cases that do not say so in their names, by the suite's document, with its default settings:
# any policy will do, and none is demanded from outside.
_REJECTED = {
    *(f"DifferentPoliciesTest{number}EE.crt" for number in (4, 5, 7, 8, 9, 12)),
}


class Case(NamedTuple):
    """One line of the table."""

    name: str
    nist: str
    certcheck: str
    reason: str

    @property
    def agrees(self) -> bool:
        """Certcheck relies on the path exactly where NIST's document says to."""
        return (self.nist == "accept") == (self.certcheck == "trusted")

    @override
    def __str__(self) -> str:
        """Return the line."""
        return f"| {self.name} | {self.nist} | {self.certcheck} | {self.reason}".rstrip() + " |"


def recorded() -> list[Case]:
    """Read the table."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "Test" in line[:80]]
    return [Case(*each) for each in cells if len(each) == 4]


def found() -> list[Case]:
    """Judge all cases, in one pool of all the suite's certificates and with its anchor.

    The anchor's authority is any one; a day in the suite's life is the time. A path is relied upon where it
    is trusted and nothing is amiss on it.
    """
    everything = {each.name: each.read_bytes() for each in CERTIFICATES.iterdir()}
    anchor = hashlib.sha256(everything["TrustAnchorRootCertificate.crt"]).hexdigest()
    outcomes = [(name, inspection.read(InputFile(name, data))) for name, data in sorted(everything.items())]
    rules = build_rules({"jasdec": [{"sha256": anchor}]})
    at = japan.parse_instant("2020-01-01")
    report = json.loads(inspection.judge(outcomes, rules, at, "jasdec").to_json())
    reasons = {case.name: case.reason for case in recorded()}
    cases = []
    for file in report["files"]:
        if (case := CASE.fullmatch(file["name"])) is None:
            continue
        (certificate,) = file["certificates"]
        problems = sorted({problem["code"] for problem in certificate["chain"]["problems"]})
        says = certificate["chain"]["status"] + (f": {', '.join(problems)}" if problems else "")
        rejected = case["outcome"] == "Invalid" or file["name"] in _REJECTED
        name = file["name"].removesuffix("EE.crt")
        cases.append(Case(name, "reject" if rejected else "accept", says, reasons.get(name, "")))
    return cases


def test_agreement() -> None:
    """What certcheck says of each case is what the table says that it does."""
    assert list(map(str, found())) == list(map(str, recorded()))


def test_every_disagreement_has_its_reason() -> None:
    """Each has one of those that the table explains, and no other case has any."""
    explained = set(re.findall(r"^\* \*\*(\w+)\*\*", TABLE.read_text(encoding="utf-8"), re.MULTILINE))
    for case in recorded():
        assert (case.reason == "") == case.agrees, case
        assert case.reason in {"", *explained}, case
    assert {case.reason for case in recorded()} == {"", *explained}


def test_nothing_is_accepted_but_for_revocation() -> None:
    """Where certcheck relies on a path that NIST rejects, it is revoked or its revocation is unknown."""
    too_much = [case for case in recorded() if not case.agrees and case.certcheck == "trusted"]
    assert {case.reason for case in too_much} == {"revocation"}


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("nameConstraints|DNnameConstraints|RFC822|DNSname|URIname", 38),
        ("pathLen|basicConstraints|cA", 17),
        ("keyUsage.*keyCertSign", 2),
        ("Date|UTC|GeneralizedTime", 8),
    ],
)
def test_the_parts_that_fit_agree_in_full(part: str, number: int) -> None:
    """Name constraints, basic constraints, key usage of CAs, validity: no case of theirs differs."""
    cases = [case for case in recorded() if re.search(part, case.name)]
    assert all(case.agrees for case in cases)
    assert len(cases) >= number


if __name__ == "__main__":
    head = TABLE.read_text(encoding="utf-8").partition("| --- ")[0] if TABLE.exists() else ""
    body = "\n".join(map(str, found()))
    TABLE.write_text(f"{head}| --- | --- | --- | --- |\n{body}\n", encoding="utf-8")
