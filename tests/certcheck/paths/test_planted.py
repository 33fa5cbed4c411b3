"""Unrelated and planted certificates: they change no path that verifies, and cost little.

The genuine path is ``ROOT -> ISSUING -> HOLDER``.
"""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from certcheck import InputFile, inspect, japan
from certcheck.paths.budget import Budget
from certcheck.paths.recognition import Recogniser
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

if TYPE_CHECKING:
    from certcheck.paths.path_building import Chain

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
        extensions=[build_extension(x509.NameConstraints([x509.RFC822Name("elsewhere.jp")], None))],
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


WORST = {
    **{kind: identity for kind, identity in PLANTED.items() if identity.key != ISSUING.key},
    "a namesake of the issuer, with what identifies its key": mint_ca(
        cn=BOJ,
        extensions=[build_extension(x509.SubjectKeyIdentifier(b"1"), critical=False)],
        key_ids=False,
    ),
}


@given(st.lists(st.sampled_from(sorted(WORST)), max_size=len(WORST)), st.integers(0, len(WORST)))
def test_nothing_unproven_makes_a_certificate_worse(planted: list[str], position: int) -> None:
    """``? -> HOLDER`` stays as it is beside CAs of the issuer's name and others, in any file."""
    files = [encode_der(WORST[kind]) for kind in planted]
    files.insert(position, encode_der(HOLDER))
    expected = {"status": "incomplete", "path": [compute_sha256(HOLDER)], "problems": []}
    assert find_chain_of_holder(files, is_anchored=False) == expected
    bundle = build_p7b(HOLDER, *(WORST[kind] for kind in planted))
    assert find_chain_of_holder([bundle], is_anchored=False) == expected


@pytest.mark.parametrize(
    "kind",
    [
        "same name and key, no CA",
        "same name and key, no keyCertSign",
        "same name and key, no holders allowed",
    ],
)
def test_what_another_file_bars_is_no_verdict(kind: str) -> None:
    """``Evil -> ISSUING's name and key, unfit -> HOLDER``: the reason shows at the unfit one; not `broken`.

    Where the file brings the unfit one along itself, the path that it offers is broken.
    """
    unfit = PLANTED[kind]
    chain = find_chain_of_holder([encode_der(unfit), encode_der(HOLDER)], is_anchored=False)
    assert (chain["status"], chain["path"]) == ("incomplete", [compute_sha256(HOLDER), compute_sha256(unfit)])
    assert {problem["at"] for problem in chain["problems"]} == {compute_sha256(unfit)}
    assert find_chain_of_holder([build_p7b(HOLDER, unfit)], is_anchored=False)["status"] == "broken"


def load_identities(identities: list[Identity]) -> list[Certificate]:
    """Read minted certificates."""
    return [load_certificate(encode_der(identity)) for identity in identities]


def count_operations(certificates: list[Certificate], anchors: tuple[Certificate, ...]) -> tuple[Chain, int]:
    """Return the path of the first of one file's certificates, and the operations that it took."""
    budget = Budget(10_000_000)
    rules = build_rules({"boj": [{"sha256": anchor.sha256} for anchor in anchors]})
    recogniser = Recogniser(rules, [certificates], AT, budget)
    pool, before = recogniser.build_pool(certificates), budget.remaining
    chain = recogniser.recognise(certificates[0], pool, None, budget).chain
    return chain, before - budget.remaining


def test_a_web_of_ca_certificates_costs_little() -> None:
    """``CA 0 <-> CA 1 <-> … <-> CA 9``, all of which certify one another, do not multiply into paths."""
    keys = [generate_ec_key() for _ in range(10)]
    web = [
        mint_ca(mint_ca(cn=f"CA {above}", key=keys[above]), cn=f"CA {below}", key=keys[below])
        for below, above in itertools.permutations(range(10), 2)
    ]
    _, operations = count_operations(load_identities(web), ())
    assert operations < 300 * len(web)  # a signature by such a key counts 77


def mint_crowd(issuers: list[Identity], number: int) -> list[Identity]:
    """Mint certificates for the issuing CA's name and key, each likelier than its own."""
    return [
        mint_ca(issuers[index % len(issuers)], cn=BOJ, key=ISSUING.key, not_after=LATE, serial=index + 1)
        for index in range(number)
    ]


def test_a_crowd_costs_little_and_does_not_hide_an_anchor() -> None:
    """Thousands of candidates of the right name and key: the anchor is found, over three signatures.

    ``ROOT (anchor) -> ISSUING -> HOLDER`` beside 2,000 times ``Evil -> ISSUING's name and key -> HOLDER``.
    """
    holder, *genuine = load_identities(WHOLE)
    crowd = load_identities(mint_crowd([EVIL, mint_ca(cn="Evil 2")], 2000))
    chain, operations = count_operations([holder, *crowd, *genuine], (genuine[-1],))
    assert (chain.status, len(chain.path)) == ("trusted", 3)
    assert operations < 500
    chain, operations = count_operations([holder, *crowd], ())
    assert chain.status == "incomplete"
    assert operations < 1000 * len(crowd)
