"""Unrelated and planted certificates: they change no path that verifies, and cost little.

The genuine path is ``ROOT -> ISSUING -> HOLDER``.
"""

from __future__ import annotations

import itertools
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
from tests.support.mint import (
    BOJ,
    Identity,
    build_extension,
    build_key_usage,
    build_p7b,
    compute_sha256,
    encode_der,
    generate_ec_key,
    mint,
    mint_ca,
)

ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT, cn=BOJ)
HOLDER = mint(ISSUING)
WHOLE = [HOLDER, ISSUING, ROOT]
AT = japan.parse_instant("2027-03-10")
LATE = datetime(2090, 1, 1, tzinfo=UTC)
ANCHORED = build_rules({"boj": [{"sha256": compute_sha256(ROOT)}]})

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
        EVIL, cn=BOJ, key=ISSUING.key, extensions=[build_key_usage("digital_signature")]
    ),
    "same name and key, no holders allowed": mint_ca(
        EVIL,
        cn=BOJ,
        key=ISSUING.key,
        extensions=[build_extension(x509.NameConstraints([x509.DNSName("jp")], None))],
    ),
    "holder's name and key, another issuer": mint(EVIL, key=HOLDER.key),
    "the CA as issued by its own holder": mint_ca(HOLDER, cn=BOJ, key=ISSUING.key),
}


def find_chain_of_holder(files: list[bytes], *, is_anchored: bool) -> dict[str, Any]:
    """Inspect files together and return the chain of the holder's certificate."""
    inputs = [InputFile(f"{number}", data) for number, data in enumerate(files)]
    rules = ANCHORED if is_anchored else build_rules({})
    report = json.loads(inspect(inputs, rules, AT).to_json())
    chains: dict[str, dict[str, Any]] = {}
    for file in report["files"]:
        chains |= {certificate["sha256"]: certificate["chain"] for certificate in file["certificates"]}
    return chains[compute_sha256(HOLDER)]


OTHERS = st.lists(st.sampled_from(sorted(PLANTED)), max_size=len(PLANTED))


@given(OTHERS, st.permutations(WHOLE), st.integers(0, len(PLANTED)))
def test_an_anchored_path_stays(planted: list[str], whole: list[Identity], position: int) -> None:
    """With an anchor, whatever else lies before, between or after, in files of their own."""
    files = [encode_der(PLANTED[kind]) for kind in planted]
    files[position:position] = map(encode_der, whole)
    assert find_chain_of_holder(files, is_anchored=True) == {
        "status": "trusted",
        "path": list(map(compute_sha256, WHOLE)),
        "problems": [],
    }


@given(OTHERS, st.permutations(WHOLE), st.integers(0, len(PLANTED)))
def test_a_path_in_one_file_stays(planted: list[str], whole: list[Identity], position: int) -> None:
    """Without one, the path that a file brings along complete, whatever lies in other files."""
    files = [encode_der(PLANTED[kind]) for kind in planted]
    files.insert(position, build_p7b(*whole))
    assert find_chain_of_holder(files, is_anchored=False) == {
        "status": "consistent",
        "path": list(map(compute_sha256, WHOLE)),
        "problems": [],
    }


@pytest.mark.parametrize("planted", PLANTED)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_path_over_several_files_stays_consistent(planted: str, *, is_first: bool) -> None:
    """Without an anchor and in files of their own, no single planted one leads the path elsewhere."""
    genuine, other = list(map(encode_der, WHOLE)), [encode_der(PLANTED[planted])]
    chain = find_chain_of_holder(other + genuine if is_first else genuine + other, is_anchored=False)
    assert chain["path"] == list(map(compute_sha256, WHOLE))


class CountingVerifier(SignatureVerifier):
    """Counts the signatures that a search wants verified."""

    def __init__(self) -> None:
        """Begin at none."""
        super().__init__()
        self.count = 0

    @override
    def verify(self, child: Certificate, issuer: Certificate) -> bool:
        self.count += 1
        return super().verify(child, issuer)


def load_identities(identities: list[Identity]) -> list[Certificate]:
    """Read minted certificates."""
    return [load_certificate(encode_der(identity)) for identity in identities]


def test_a_web_of_ca_certificates_costs_little() -> None:
    """``CA 0 <-> CA 1 <-> … <-> CA 5``, all of which certify one another, do not multiply into paths."""
    keys = [generate_ec_key() for _ in range(6)]
    web = [
        mint_ca(mint_ca(cn=f"CA {above}", key=keys[above]), cn=f"CA {below}", key=keys[below])
        for below, above in itertools.permutations(range(6), 2)
    ]
    certificates, verifier = load_identities(web), CountingVerifier()
    build_path(certificates[0], [CertificatePool(certificates, AT, verifier)], frozenset(), AT)
    # Two searches; each certificate has five candidates of its issuer's name.
    assert verifier.count <= 2 * len(web) * 5


def mint_crowd(issuers: list[Identity], number: int) -> list[Identity]:
    """Mint certificates for the issuing CA's name and key, each likelier than its own."""
    return [
        mint_ca(issuers[index % len(issuers)], cn=BOJ, key=ISSUING.key, not_after=LATE, serial=index + 1)
        for index in range(number)
    ]


def test_a_crowd_costs_little_and_does_not_hide_an_anchor() -> None:
    """Thousands of candidates of the right name and key: tried within limits, and the anchor is found.

    ``ROOT (anchor) -> ISSUING -> HOLDER`` beside 2,000 times ``Evil -> ISSUING's name and key -> HOLDER``.
    """
    verifier = CountingVerifier()
    genuine = load_identities(WHOLE)
    everything = [*load_identities(mint_crowd([EVIL, mint_ca(cn="Evil 2")], 2000)), *genuine]
    holder, _, anchor = genuine
    descendants = descendants_of_anchors(everything, [anchor], verifier)
    pools = [CertificatePool(descendants, AT, verifier), CertificatePool(everything, AT, verifier)]
    chain = build_path(holder, pools, frozenset({anchor.sha256}), AT)
    assert (chain.status, len(chain.path)) == ("trusted", 3)
    assert verifier.count < 20
    unanchored = build_path(holder, pools[1:], frozenset(), AT)
    assert unanchored.status == "incomplete"
    assert [problem.code for problem in unanchored.problems] == ["search_limit"]
    assert verifier.count < 10 * SEARCH_LIMIT
