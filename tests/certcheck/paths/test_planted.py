"""Unrelated and planted certificates: they change no path that verifies, and cost little."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from certcheck import InputFile, inspect, japan
from certcheck.paths.certificate_pool import (
    SEARCH_LIMIT,
    CertificatePool,
    SignatureVerifier,
    descendants_of_anchors,
)
from certcheck.paths.path_building import build_path
from certcheck.x509.certificate import Certificate, load_certificate
from tests.certcheck.conftest import build_rules
from tests.support.mint import BOJ, Identity, der, ec_key, extension, key_usage, mint, mint_ca, p7b, sha256

ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT, cn=BOJ)
HOLDER = mint(ISSUING)
WHOLE = [HOLDER, ISSUING, ROOT]
AT = japan.parse_instant("2027-03-10")
LATE = datetime(2090, 1, 1, tzinfo=UTC)
ANCHORED = build_rules({"boj": [{"sha256": sha256(ROOT)}]})

EVIL = mint_ca(cn="Evil", not_after=LATE)
PLANTED = {
    "unrelated": mint_ca(cn="Other"),
    "unrelated holder": mint(mint_ca(cn="Other"), cn="b1"),
    "another root": EVIL,
    "same name": mint_ca(cn=BOJ),
    "same name, no key identifiers": mint_ca(cn=BOJ, key_ids=False),
    "same name, longer valid": mint_ca(cn=BOJ, not_after=LATE),
    "root's name": mint_ca(cn="Root", key_ids=False),
    "same name and key, another root": mint_ca(EVIL, cn=BOJ, key=ISSUING.key),
    "the same, longer valid": mint_ca(EVIL, cn=BOJ, key=ISSUING.key, not_after=LATE),
    "the same, longest valid, expired root": mint_ca(
        mint_ca(cn="Old"), cn=BOJ, key=ISSUING.key, not_after=LATE
    ),
    "root's name and key, another root": mint_ca(EVIL, cn="Root", key=ROOT.key, not_after=LATE),
    "same name and key, no CA": mint(EVIL, cn=BOJ, email=None, key=ISSUING.key, not_after=LATE),
    "same name and key, no keyCertSign": mint_ca(
        EVIL, cn=BOJ, key=ISSUING.key, extensions=[key_usage("digital_signature")]
    ),
    "same name and key, no holders allowed": mint_ca(
        EVIL,
        cn=BOJ,
        key=ISSUING.key,
        extensions=[extension(x509.NameConstraints([x509.DNSName("jp")], None))],
    ),
    "holder's name and key, another issuer": mint(EVIL, key=HOLDER.key),
    "the CA as issued by its own holder": mint_ca(HOLDER, cn=BOJ, key=ISSUING.key),
}


def chain_of_holder(files: list[bytes], *, anchored: bool) -> dict[str, Any]:
    """Inspect files together and return the chain of the holder's certificate."""
    inputs = [InputFile(f"{number}", data) for number, data in enumerate(files)]
    rules = ANCHORED if anchored else build_rules({})
    report = json.loads(inspect(inputs, rules, AT).to_json())
    return next(
        each["chain"]
        for file in report["files"]
        for each in file["certificates"]
        if each["sha256"] == sha256(HOLDER)
    )


others = st.lists(st.sampled_from(sorted(PLANTED)), max_size=len(PLANTED))


@given(others, st.permutations(WHOLE), st.integers(0, len(PLANTED)))
def test_an_anchored_path_stays(planted: list[str], whole: list[Identity], position: int) -> None:
    """With an anchor, whatever else lies before, between or after, in files of their own."""
    files = [der(PLANTED[each]) for each in planted]
    files[position:position] = [der(each) for each in whole]
    assert chain_of_holder(files, anchored=True) == {
        "status": "trusted",
        "path": [sha256(each) for each in WHOLE],
        "problems": [],
    }


@given(others, st.permutations(WHOLE), st.integers(0, len(PLANTED)))
def test_a_path_in_one_file_stays(planted: list[str], whole: list[Identity], position: int) -> None:
    """Without one, the path that a file brings along complete, whatever lies in other files."""
    files = [der(PLANTED[each]) for each in planted]
    files.insert(position, p7b(*whole))
    assert chain_of_holder(files, anchored=False) == {
        "status": "consistent",
        "path": [sha256(each) for each in WHOLE],
        "problems": [],
    }


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("first", [True, False])
def test_a_path_over_several_files_stays_consistent(planted: str, *, first: bool) -> None:
    """Without an anchor and in files of their own, no single one of them leads the path elsewhere."""
    whole, other = [der(each) for each in WHOLE], [der(PLANTED[planted])]
    chain = chain_of_holder(other + whole if first else whole + other, anchored=False)
    assert chain["path"] == [sha256(each) for each in WHOLE]


class Counting(SignatureVerifier):
    """Counts the signatures that are asked about."""

    def __init__(self) -> None:
        """Begin at none."""
        super().__init__()
        self.asked = 0

    @override
    def verify(self, child: Certificate, issuer: Certificate) -> bool:
        self.asked += 1
        return super().verify(child, issuer)


def test_a_web_of_ca_certificates_costs_little() -> None:
    """Each certificate is looked at once: CAs that all certify one another do not multiply into paths."""
    keys = [ec_key() for _ in range(6)]
    web = [
        mint_ca(mint_ca(cn=f"CA {above}", key=keys[above]), cn=f"CA {below}", key=keys[below])
        for below in range(6)
        for above in range(6)
        if above != below
    ]
    loaded, signatures = [load_certificate(der(each)) for each in web], Counting()
    build_path(loaded[0], [CertificatePool(loaded, AT, signatures)], frozenset(), AT)
    # Two searches; each certificate has five candidates of its issuer's name.
    assert signatures.asked <= 2 * len(web) * 5


def crowd(issuers: list[Identity], number: int) -> list[Certificate]:
    """Return certificates for the issuing CA's name and key, each likelier than its own."""
    return [
        load_certificate(
            der(
                mint_ca(
                    issuers[each % len(issuers)], cn=BOJ, key=ISSUING.key, not_after=LATE, serial=each + 1
                )
            )
        )
        for each in range(number)
    ]


def test_a_crowd_costs_little_and_does_not_hide_an_anchor() -> None:
    """Thousands of candidates of the right name and key: tried within bounds, and the anchor is found."""
    signatures = Counting()
    genuine = [load_certificate(der(each)) for each in WHOLE]
    everything = [*crowd([EVIL, mint_ca(cn="Evil 2")], 2000), *genuine]
    anchor = genuine[-1]
    vouched = CertificatePool(descendants_of_anchors(everything, [anchor], signatures), AT, signatures)
    places = [vouched, CertificatePool(everything, AT, signatures)]
    chain = build_path(genuine[0], places, frozenset({anchor.sha256}), AT)
    assert (chain.status, len(chain.path)) == ("trusted", 3)
    assert signatures.asked < 20
    alone = build_path(genuine[0], places[1:], frozenset(), AT)
    assert alone.status == "incomplete"
    assert [each.code for each in alone.problems] == ["search_limit"]
    assert signatures.asked < 10 * SEARCH_LIMIT
