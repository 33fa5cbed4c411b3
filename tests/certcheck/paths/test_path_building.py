"""Path building: which status, over which certificates, and what cannot change the path.

Unless a test draws another path, it is ``ROOT -> ISSUING -> HOLDER``.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from certcheck import InputFile, Rules, inspect, japan
from certcheck.inspection import judge, read_input
from certcheck.reports.report import FileReport
from tests.support import ROOT as REPOSITORY
from tests.support.mint import (
    BOJ,
    NOT_AFTER,
    compute_sha256,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_root,
    get_rsa_key,
    mint,
    mint_ca,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Identity

ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT, cn=BOJ)
HOLDER = mint(ISSUING)
WHOLE = [compute_sha256(HOLDER), compute_sha256(ISSUING), compute_sha256(ROOT)]


def pin_anchor(identity: Identity, authority: str = "boj") -> dict[str, list[dict[str, str]]]:
    """Make a certificate an authority's anchor, by its fingerprint."""
    return {authority: [{"sha256": compute_sha256(identity)}]}


def test_consistent(inspect_file: InspectFile) -> None:
    """``ROOT -> ISSUING -> HOLDER``: consistent, and no more, since anybody can make a root."""
    chain = inspect_file(encode_pem(HOLDER, ISSUING, ROOT))["chain"]
    assert chain == {"status": "consistent", "path": WHOLE, "problems": []}


@pytest.mark.parametrize("pool", [(HOLDER, ISSUING, ROOT), (ROOT, ISSUING, HOLDER), (ISSUING, HOLDER, ROOT)])
def test_the_order_in_the_file_does_not_matter(inspect_file: InspectFile, pool: tuple[Identity, ...]) -> None:
    """Paths follow names and signatures."""
    assert inspect_file(encode_pem(*pool))["chain"]["path"] == WHOLE


@pytest.mark.parametrize("missing", [0, 1])
def test_incomplete(inspect_file: InspectFile, missing: int) -> None:
    """``? -> HOLDER`` and ``? -> ISSUING -> HOLDER``: the path is reported as far as it verifies."""
    present = (HOLDER, ISSUING, ROOT)[: missing + 1]
    chain = inspect_file(encode_pem(*present))["chain"]
    assert chain == {"status": "incomplete", "path": WHOLE[: missing + 1], "problems": []}


def test_namesakes_prove_nothing(inspect_file: InspectFile) -> None:
    """``? -> HOLDER`` beside CAs of the issuer's name: anybody can make those, and they change nothing."""
    chain = inspect_file(encode_pem(HOLDER, mint_ca(cn=BOJ), mint_ca(cn=BOJ)))["chain"]
    assert chain == {"status": "incomplete", "path": WHOLE[:1], "problems": []}


def test_namesakes_prove_nothing_further_up(inspect_file: InspectFile) -> None:
    """``? -> ISSUING -> HOLDER`` beside a CA of the root's name: the path reaches as far as it verifies."""
    chain = inspect_file(encode_pem(HOLDER, ISSUING, mint_ca(cn="Root")))["chain"]
    assert chain == {"status": "incomplete", "path": WHOLE[:2], "problems": []}


def test_broken_at_an_anchor(inspect_file: InspectFile) -> None:
    """``ANCHOR of the issuer's name and another key -x-> HOLDER``: the anchor did not sign it."""
    anchors = {"boj": [{"pem": encode_pem(mint_ca(cn=BOJ)).decode()}]}
    chain = inspect_file(encode_der(HOLDER), anchors=anchors)["chain"]
    assert chain == {"status": "broken", "path": WHOLE[:1], "problems": []}


@pytest.mark.parametrize("trusted", [ISSUING, ROOT])
def test_trusted(inspect_file: InspectFile, trusted: Identity) -> None:
    """``ANCHOR -> … -> HOLDER``: the path ends at an anchor of that very authority, self-signed or not."""
    chain = inspect_file(encode_pem(HOLDER, ISSUING, ROOT), anchors=pin_anchor(trusted))["certificates"][0][
        "chain"
    ]
    assert chain["status"] == "trusted"
    assert chain["path"][-1] == compute_sha256(trusted)


def test_trusted_by_an_anchor_that_did_not_come_along(inspect_file: InspectFile) -> None:
    """``ISSUING (the operator's) -> HOLDER``: then the holder's file alone is enough."""
    anchors = {"boj": [{"pem": encode_pem(ISSUING).decode()}]}
    (certificate,) = inspect_file(encode_der(HOLDER), anchors=anchors)["certificates"]
    assert (certificate["chain"]["status"], certificate["recognised_by"]) == ("trusted", "signature")
    assert certificate["chain"]["path"] == WHOLE[:2]


def test_never_trusted_by_name(inspect_file: InspectFile) -> None:
    """``CA of the anchor's name and another key -> holder``: no more than consistent."""
    fake = mint_ca(cn=BOJ)
    anchors = {"boj": [{"pem": encode_pem(ISSUING).decode()}]}
    certificate = inspect_file(encode_pem(mint(fake), fake), anchors=anchors)["certificates"][0]
    assert certificate["chain"]["status"] == "consistent"
    assert certificate["recognised_by"] == "name"


def test_an_anchor_counts_for_its_own_authority_only(inspect_file: InspectFile) -> None:
    """``ROOT (anchor of tse) -> ISSUING -> HOLDER (of boj)``: not trusted."""
    data = encode_pem(HOLDER, ISSUING, ROOT)
    certificate = inspect_file(data, anchors=pin_anchor(ROOT, "tse"))["certificates"][0]
    assert (certificate["chain"]["status"], certificate["recognised_by"]) == ("consistent", "name")


def test_a_holders_certificate_is_no_anchor(inspect_file: InspectFile) -> None:
    """An anchor is a CA certificate; a holder's own fingerprint does not make it trusted."""
    assert inspect_file(encode_der(HOLDER), anchors=pin_anchor(HOLDER))["chain"]["status"] == "incomplete"


def test_a_holder_cannot_issue(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.4 (k): a holder's key signs, and yet the holder is no CA.

    ``ROOT (anchor) -> ISSUING -> holder a1 -> a2``: broken.
    """
    holder = mint(ISSUING, cn="a1")
    data = encode_pem(mint(holder, cn="a2"), holder, ISSUING, ROOT)
    chain = inspect_file(data, anchors=pin_anchor(ROOT))["certificates"][0]["chain"]
    assert (chain["status"], chain["problems"]) == (
        "broken",
        [{"code": "not_a_ca", "at": compute_sha256(holder)}],
    )


def test_every_candidate_is_tried(inspect_file: InspectFile) -> None:
    """``ROOT -> ISSUING without key identifiers -> holder``, among 20 candidates that have other ones.

    Key identifiers only order the candidates (RFC 5280 4.2.1.1).
    """
    issuing = mint_ca(ROOT, cn=BOJ, key_ids=False)
    holder = mint(issuing)
    planted = [mint_ca(cn=BOJ) for _ in range(20)]
    chain = inspect_file(encode_pem(holder, *planted, issuing, ROOT))["chain"]
    assert chain["path"] == [compute_sha256(holder), compute_sha256(issuing), compute_sha256(ROOT)]


def test_expiry_on_the_way_is_a_problem_and_no_status(inspect_file: InspectFile) -> None:
    """``ROOT -> expired CA -> holder not yet valid``: each is named, and the signatures still verify."""
    old = mint_ca(ROOT, cn=BOJ, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    holder = mint(old, not_before=datetime(2027, 3, 20, tzinfo=UTC))
    chain = inspect_file(encode_pem(holder, old, ROOT))["chain"]
    assert chain["status"] == "consistent"
    assert chain["problems"] == [
        {"code": "not_yet_valid", "at": compute_sha256(holder)},
        {"code": "expired", "at": compute_sha256(old)},
    ]


def test_valid_certificates_are_preferred(inspect_file: InspectFile) -> None:
    """Of two certificates of a CA's key the valid one leads on, and there is no problem.

    ``ROOT -> BOJ, valid -> holder``, not ``ROOT -> BOJ, expired -> holder``.
    """
    key = generate_ec_key()
    old = mint_ca(ROOT, cn=BOJ, key=key, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    new = mint_ca(ROOT, cn=BOJ, key=key)
    holder = mint(old)
    chain = inspect_file(encode_pem(holder, old, new, ROOT))["chain"]
    assert chain == {
        "status": "consistent",
        "path": [compute_sha256(holder), compute_sha256(new), compute_sha256(ROOT)],
        "problems": [],
    }


def test_trust_outweighs_validity(inspect_file: InspectFile) -> None:
    """An expired path to an anchor is trusted, with its problem; a valid one to another root is not better.

    ``ROOT (anchor) -> BOJ, expired -> holder``, not ``Other root -> BOJ, valid -> holder``.
    """
    key = generate_ec_key()
    other = mint_ca(cn="Other root")
    old = mint_ca(ROOT, cn=BOJ, key=key, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    cross = mint_ca(other, cn=BOJ, key=key)
    chain = inspect_file(encode_pem(mint(old), old, cross, ROOT, other), anchors=pin_anchor(ROOT))["chain"]
    assert (chain["status"], [problem["code"] for problem in chain["problems"]]) == ("trusted", ["expired"])


def test_circles_end(inspect_file: InspectFile) -> None:
    """``A -> B -> A -> holder``: two CAs that certify only each other lead to no root."""
    key_a, key_b = generate_ec_key(), generate_ec_key()
    root_a, root_b = mint_ca(cn="A", key=key_a), mint_ca(cn="B", key=key_b)
    circle = mint_ca(root_b, cn="A", key=key_a), mint_ca(root_a, cn="B", key=key_b)
    chain = inspect_file(encode_pem(mint(root_a), *circle))["chain"]
    assert chain["status"] == "incomplete"


def test_the_search_is_bounded(authority_rules: Rules) -> None:
    """With more candidates than the budget pays for, nothing is said of the path but that."""
    crowd = encode_pem(HOLDER, *(mint_ca(cn=BOJ) for _ in range(20)))
    outcomes = [("crowd.pem", read_input(InputFile("crowd.pem", crowd)))]
    (file,) = judge(outcomes, authority_rules, japan.parse_instant("2027-03-10"), operations=1000).files
    assert isinstance(file, FileReport)
    assert file.certificates[0].chain.status == "not_examined"
    (problem,) = file.certificates[0].chain.problems
    assert (problem.code, problem.at) == ("search_limit", compute_sha256(HOLDER))
    (failure,) = file.failures
    assert (failure.code, failure.detail["what"]) == ("over_limit", "operations")
    assert int(failure.detail["found"]) > int(failure.detail["allowed"])


def test_a_crowd_does_not_hide_the_issuer(authority_rules: Rules) -> None:
    """Candidates whose key identifiers match come first, so that others cannot use the budget up."""
    crowd = encode_pem(HOLDER, *(mint_ca(cn=BOJ) for _ in range(20)), ISSUING, ROOT)
    outcomes = [("crowd.pem", read_input(InputFile("crowd.pem", crowd)))]
    (file,) = judge(outcomes, authority_rules, japan.parse_instant("2027-03-10"), operations=10_000).files
    assert isinstance(file, FileReport)
    assert list(file.certificates[0].chain.path) == WHOLE


def test_a_self_signed_certificate(inspect_file: InspectFile) -> None:
    """``holder`` alone: it is its own root."""
    holder = mint(self_signed=True)
    chain = inspect_file(encode_der(holder))["chain"]
    assert chain == {"status": "consistent", "path": [compute_sha256(holder)], "problems": []}


def test_all_files_form_one_pool(authority_rules: Rules) -> None:
    """The .pfx, its issuer and the root may come in files of their own; each file keeps its own outcome."""
    files = [
        InputFile("holder.cer", encode_der(HOLDER)),
        InputFile("bad.cer", b"?"),
        InputFile("issuing.cer", encode_der(ISSUING)),
        InputFile("root.cer", encode_der(ROOT)),
    ]
    report = json.loads(inspect(files, authority_rules, japan.parse_instant("2027-03-10")).to_json())
    holder, bad, issuing, _ = report["files"]
    assert holder["chain"] == {"status": "consistent", "path": WHOLE, "problems": []}
    assert bad["error"]["code"] == "not_a_certificate"
    assert issuing["chain"] is None  # no holder's certificate in that file


def test_the_files_chain_with_two_holders(inspect_file: InspectFile) -> None:
    """Without a key, and with several certificates that are no CA's, the file has no chain of its own."""
    assert inspect_file(encode_pem(mint(cn="a1"), mint(cn="a2"), get_root()))["chain"] is None


def test_revocation_is_stated_as_not_checked(authority_rules: Rules) -> None:
    """The report says so itself."""
    report: dict[str, Any] = json.loads(inspect([], authority_rules, NOT_AFTER).to_json())
    assert report == {
        "schema": 1,
        "at": "2027-03-31T23:59:59+09:00",
        "revocation": "not_checked",
        "files": [],
        "holders": [],
    }


def test_recognised_by_signature_alone(inspect_file: InspectFile) -> None:
    """``ROOT -> CA of no known name -> holder``: the authority of an anchor on the path is recognised.

    An anchor that two authorities share tells nothing.
    """
    issuing = mint_ca(ROOT, cn="Nobody's name")
    data = encode_pem(mint(issuing), issuing, ROOT)
    certificate = inspect_file(data, anchors=pin_anchor(issuing, "jasdec"))["certificates"][0]
    assert (certificate["authority"], certificate["recognised_by"]) == ("jasdec", "signature")
    anchors = {**pin_anchor(ROOT, "jasdec"), **pin_anchor(ROOT, "fsa")}
    certificate = inspect_file(data, anchors=anchors)["certificates"][0]
    assert (certificate["authority"], certificate["recognised_by"]) == (None, None)


def test_sha1_is_verified_and_named(inspect_file: InspectFile) -> None:
    """Old roots are signed with SHA-1: such a path verifies, and names each certificate that rests on it."""
    data = (REPOSITORY / "tests/certcheck/fixtures/sha1.pem").read_bytes()
    holder, issuer = inspect_file(data)["certificates"]
    weak = {"code": "weak_signature", "at": holder["sha256"]}
    assert (holder["chain"]["status"], holder["chain"]["problems"]) == ("consistent", [weak])
    assert (issuer["chain"]["status"], issuer["chain"]["problems"]) == ("consistent", [])


def test_sha1_by_another_key_does_not_verify(inspect_file: InspectFile) -> None:
    """A weak hash is no excuse for a signature that is not the issuer's."""
    data = (REPOSITORY / "tests/certcheck/fixtures/sha1.pem").read_bytes()
    holder, end, _ = data.partition(b"-----END CERTIFICATE-----\n")
    for fake in (mint_ca(cn=BOJ), mint_ca(cn=BOJ, key=get_rsa_key())):
        chain = inspect_file(holder + end + encode_pem(fake))["chain"]
        assert (chain["status"], len(chain["path"])) == ("incomplete", 1)
