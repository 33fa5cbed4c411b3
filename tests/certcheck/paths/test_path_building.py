"""Paths: which status, over which certificates, and what cannot change them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from certcheck import InputFile, Rules, inspect, japan
from certcheck.paths import certificate_pool
from tests.support import ROOT as REPOSITORY
from tests.support.mint import BOJ, NOT_AFTER, der, ec_key, mint, mint_ca, pem, root, rsa_key, sha256

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Identity

ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT, cn=BOJ)
HOLDER = mint(ISSUING)
WHOLE = [sha256(HOLDER), sha256(ISSUING), sha256(ROOT)]


def anchor(identity: Identity, authority: str = "boj") -> dict[str, list[dict[str, str]]]:
    """Pin a certificate for an authority, by its fingerprint."""
    return {authority: [{"sha256": sha256(identity)}]}


def test_consistent(inspect_file: InspectFile) -> None:
    """A path to a self-signed root that came along is consistent, and no more: anybody can make a root."""
    chain = inspect_file(pem(HOLDER, ISSUING, ROOT))["chain"]
    assert chain == {"status": "consistent", "path": WHOLE, "problems": []}


@pytest.mark.parametrize("pool", [(HOLDER, ISSUING, ROOT), (ROOT, ISSUING, HOLDER), (ISSUING, HOLDER, ROOT)])
def test_the_order_in_the_file_does_not_matter(inspect_file: InspectFile, pool: tuple[Identity, ...]) -> None:
    """Paths follow names and signatures."""
    assert inspect_file(pem(*pool))["chain"]["path"] == WHOLE


@pytest.mark.parametrize("missing", [0, 1])
def test_incomplete(inspect_file: InspectFile, missing: int) -> None:
    """A path that ends where the issuer is missing is incomplete, as far as it verifies."""
    found = (HOLDER, ISSUING, ROOT)[: missing + 1]
    chain = inspect_file(pem(*found))["chain"]
    assert chain == {"status": "incomplete", "path": WHOLE[: missing + 1], "problems": []}


def test_broken(inspect_file: InspectFile) -> None:
    """Candidates of the issuer's name exist and none verifies."""
    chain = inspect_file(pem(HOLDER, mint_ca(cn=BOJ), mint_ca(cn=BOJ)))["chain"]
    assert chain == {"status": "broken", "path": WHOLE[:1], "problems": []}


def test_broken_further_up(inspect_file: InspectFile) -> None:
    """The path reaches as far as signatures verify."""
    chain = inspect_file(pem(HOLDER, ISSUING, mint_ca(cn="Root")))["chain"]
    assert (chain["status"], chain["path"]) == ("broken", WHOLE[:2])


@pytest.mark.parametrize("trusted", [ISSUING, ROOT])
def test_trusted(inspect_file: InspectFile, trusted: Identity) -> None:
    """A path that ends at an anchor of that very authority, self-signed or not."""
    chain = inspect_file(pem(HOLDER, ISSUING, ROOT), anchors=anchor(trusted))["certificates"][0]["chain"]
    assert chain["status"] == "trusted"
    assert chain["path"][-1] == sha256(trusted)


def test_trusted_by_an_anchor_that_did_not_come_along(inspect_file: InspectFile) -> None:
    """The operator may give the certificate itself: then the holder's file alone is enough."""
    anchors = {"boj": [{"pem": pem(ISSUING).decode()}]}
    found = inspect_file(der(HOLDER), anchors=anchors)["certificates"][0]
    assert (found["chain"]["status"], found["recognised_by"]) == ("trusted", "signature")
    assert found["chain"]["path"] == WHOLE[:2]


def test_never_trusted_by_name(inspect_file: InspectFile) -> None:
    """A CA of the anchor's name and not of its key makes nothing trusted."""
    fake = mint_ca(cn=BOJ)
    found = inspect_file(pem(mint(fake), fake), anchors={"boj": [{"pem": pem(ISSUING).decode()}]})
    assert found["certificates"][0]["chain"]["status"] == "consistent"
    assert found["certificates"][0]["recognised_by"] == "name"


def test_an_anchor_counts_for_its_own_authority_only(inspect_file: InspectFile) -> None:
    """What the operator trusts for tse does not make a boj certificate trusted."""
    found = inspect_file(pem(HOLDER, ISSUING, ROOT), anchors=anchor(ROOT, "tse"))["certificates"][0]
    assert (found["chain"]["status"], found["recognised_by"]) == ("consistent", "name")


def test_a_holders_certificate_is_no_anchor(inspect_file: InspectFile) -> None:
    """An anchor is a CA certificate; a holder's own fingerprint does not make it trusted."""
    assert inspect_file(der(HOLDER), anchors=anchor(HOLDER))["chain"]["status"] == "incomplete"


def test_a_holder_cannot_issue(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.4 (k): whoever holds a certificate has a key that signs, and yet is no CA."""
    other = mint(mint(ISSUING, cn="a1"), cn="a2")
    chain = inspect_file(pem(other, mint(ISSUING, cn="a1"), ISSUING, ROOT), anchors=anchor(ROOT))
    assert chain["certificates"][0]["chain"]["status"] == "broken"


def test_every_candidate_is_tried(inspect_file: InspectFile) -> None:
    """Key identifiers only order the candidates: one without any is found among many that differ."""
    issuing = mint_ca(ROOT, cn=BOJ, key_ids=False)
    holder = mint(issuing)
    planted = [mint_ca(cn=BOJ) for _ in range(20)]
    chain = inspect_file(pem(holder, *planted, issuing, ROOT))["chain"]
    assert chain["path"] == [sha256(holder), sha256(issuing), sha256(ROOT)]


def test_expiry_on_the_way_is_a_problem_and_no_status(inspect_file: InspectFile) -> None:
    """An expired or not yet valid certificate is named where it stands; the signatures still verify."""
    old = mint_ca(ROOT, cn=BOJ, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    holder = mint(old, not_before=datetime(2027, 3, 20, tzinfo=UTC))
    chain = inspect_file(pem(holder, old, ROOT))["chain"]
    assert chain["status"] == "consistent"
    assert chain["problems"] == [
        {"code": "not_yet_valid", "at": sha256(holder)},
        {"code": "expired", "at": sha256(old)},
    ]


def test_valid_certificates_are_preferred(inspect_file: InspectFile) -> None:
    """Of two certificates of one CA key, the one that is valid leads on, and the problem is gone."""
    key = ec_key()
    old = mint_ca(ROOT, cn=BOJ, key=key, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    new = mint_ca(ROOT, cn=BOJ, key=key)
    holder = mint(old)
    chain = inspect_file(pem(holder, old, new, ROOT))["chain"]
    assert chain == {
        "status": "consistent",
        "path": [sha256(holder), sha256(new), sha256(ROOT)],
        "problems": [],
    }


def test_trust_outweighs_validity(inspect_file: InspectFile) -> None:
    """An expired way to an anchor is trusted, with its problem; a valid way to another root is not better."""
    key = ec_key()
    other = mint_ca(cn="Other root")
    old = mint_ca(ROOT, cn=BOJ, key=key, not_after=datetime(2027, 1, 1, tzinfo=UTC))
    cross = mint_ca(other, cn=BOJ, key=key)
    chain = inspect_file(pem(mint(old), old, cross, ROOT, other), anchors=anchor(ROOT))["chain"]
    assert (chain["status"], [each["code"] for each in chain["problems"]]) == ("trusted", ["expired"])


def test_circles_end(inspect_file: InspectFile) -> None:
    """Two CAs that certify only each other lead nowhere: the way on is missing."""
    one, two = ec_key(), ec_key()
    first, second = mint_ca(cn="One", key=one), mint_ca(cn="Two", key=two)
    circle = mint_ca(second, cn="One", key=one), mint_ca(first, cn="Two", key=two)
    chain = inspect_file(pem(mint(first), *circle))["chain"]
    assert chain["status"] == "incomplete"


def test_the_search_is_bounded(monkeypatch: pytest.MonkeyPatch, inspect_file: InspectFile) -> None:
    """With more candidates than are tried, nothing is called broken, and the report says why."""
    monkeypatch.setattr(certificate_pool, "SEARCH_LIMIT", 3)
    chain = inspect_file(pem(HOLDER, *(mint_ca(cn=BOJ) for _ in range(4))))["chain"]
    assert chain["status"] == "incomplete"
    assert chain["problems"] == [{"code": "search_limit", "at": sha256(HOLDER)}]


def test_a_crowd_does_not_hide_the_issuer(monkeypatch: pytest.MonkeyPatch, inspect_file: InspectFile) -> None:
    """Candidates whose key identifiers match come first, so that others cannot use the bound up."""
    monkeypatch.setattr(certificate_pool, "SEARCH_LIMIT", 3)
    crowd = [mint_ca(cn=BOJ) for _ in range(20)]
    assert inspect_file(pem(*crowd, HOLDER, ISSUING, ROOT))["certificates"][20]["chain"]["path"] == WHOLE


def test_a_self_signed_certificate(inspect_file: InspectFile) -> None:
    """It is its own root."""
    own = mint(self_signed=True)
    assert inspect_file(der(own))["chain"] == {"status": "consistent", "path": [sha256(own)], "problems": []}


def test_all_files_form_one_pool(authority_rules: Rules) -> None:
    """The .pfx, its issuer and the root may come in files of their own; each file keeps its own outcome."""
    files = [
        InputFile("holder.cer", der(HOLDER)),
        InputFile("bad.cer", b"?"),
        InputFile("issuing.cer", der(ISSUING)),
        InputFile("root.cer", der(ROOT)),
    ]
    report = json.loads(inspect(files, authority_rules, japan.parse_instant("2027-03-10")).to_json())
    holder, bad, issuing, _ = report["files"]
    assert holder["chain"] == {"status": "consistent", "path": WHOLE, "problems": []}
    assert bad["error"]["code"] == "not_a_certificate"
    assert issuing["chain"] is None  # no holder's certificate in that file


def test_the_files_chain_with_two_holders(inspect_file: InspectFile) -> None:
    """Without a key, and with more than one certificate that is no CA's, the file has no one chain."""
    assert inspect_file(pem(mint(cn="a1"), mint(cn="a2"), root()))["chain"] is None


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
    """Where no name tells, the one authority whose anchor verified it does; two that share one do not."""
    issuing = mint_ca(ROOT, cn="Nobody's name")
    data = pem(mint(issuing), issuing, ROOT)
    alone = inspect_file(data, anchors=anchor(issuing, "jasdec"))["certificates"][0]
    assert (alone["authority"], alone["recognised_by"]) == ("jasdec", "signature")
    shared = inspect_file(data, anchors={**anchor(ROOT, "jasdec"), **anchor(ROOT, "fsa")})["certificates"][0]
    assert (shared["authority"], shared["recognised_by"]) == (None, None)


def test_sha1_is_verified_and_named(inspect_file: InspectFile) -> None:
    """Old roots are signed with SHA-1: such a path verifies, and says so of every link that rests on it."""
    data = (REPOSITORY / "tests/certcheck/fixtures/sha1.pem").read_bytes()
    holder, issuer = inspect_file(data)["certificates"]
    weak = {"code": "weak_signature", "at": holder["sha256"]}
    assert (holder["chain"]["status"], holder["chain"]["problems"]) == ("consistent", [weak])
    assert (issuer["chain"]["status"], issuer["chain"]["problems"]) == ("consistent", [])


def test_sha1_by_another_key_does_not_verify(inspect_file: InspectFile) -> None:
    """A weak hash is no excuse for a signature that is not the issuer's."""
    data = (REPOSITORY / "tests/certcheck/fixtures/sha1.pem").read_bytes()
    holder_only = data.partition(b"-----END CERTIFICATE-----\n")
    for fake in (mint_ca(cn=BOJ), mint_ca(cn=BOJ, key=rsa_key())):
        chain = inspect_file(holder_only[0] + holder_only[1] + pem(fake))["chain"]
        assert chain["status"] == "broken"
