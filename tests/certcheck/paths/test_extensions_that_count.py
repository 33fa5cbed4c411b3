"""Extensions that count and cannot be read (RFC 5280 4.2): not absent, and never a `trusted` path.

Unless a test draws another path, it is ``ROOT (anchor) -> ISSUING -> holder``.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.forge import BASIC_CONSTRAINTS_OF_CA, build_extension_bytes, forge_certificate
from tests.support.mint import BOJ, build_name, compute_sha256, encode_pem, generate_ec_key, mint_ca
from tests.support.mint_pkcs12 import encode_oid, encode_sequence, encode_tlv

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

ROOT = mint_ca(cn="Root")
ISSUING_KEY, HOLDER_KEY = generate_ec_key(), generate_ec_key()
ISSUING_NAME, HOLDER_NAME = build_name(CN=BOJ), build_name(CN="a123456")
ANCHOR = {"boj": [{"sha256": compute_sha256(ROOT)}]}

KEY_USAGE, PURPOSES, BASIC = "2.5.29.15", "2.5.29.37", "2.5.29.19"
CONSTRAINTS, ALTERNATIVE_NAMES = "2.5.29.30", "2.5.29.17"
VALUES = {
    KEY_USAGE: encode_tlv(0x03, b"\x01\x86"),  # digitalSignature, keyCertSign, cRLSign
    PURPOSES: encode_sequence(encode_oid("1.3.6.1.5.5.7.3.2")),
    BASIC: encode_sequence(b"\1\1\xff"),
    CONSTRAINTS: encode_sequence(encode_tlv(0xA1, encode_sequence(encode_tlv(0x82, b"elsewhere.jp")))),
    ALTERNATIVE_NAMES: encode_sequence(encode_tlv(0x81, b"user@example.co.jp")),
}
EMPTY = {
    KEY_USAGE: encode_tlv(0x03, b"\x00"),
    PURPOSES: encode_sequence(),
    CONSTRAINTS: encode_sequence(),
    ALTERNATIVE_NAMES: encode_sequence(),
}
DAMAGES = ("unreadable", "no bytes", "trailing bytes", "cut")


def damage_value(value: bytes, damage: str) -> bytes:
    """Return an extension's value, damaged in one of the ways."""
    damaged = {
        "unreadable": b"\5\0",
        "no bytes": b"",
        "trailing bytes": value + b"\5\0",
        "cut": value[:-1],
    }
    return damaged[damage]


def forge_path(*, issuing: list[bytes], holder: list[bytes]) -> tuple[bytes, bytes]:
    """Forge an issuing CA and a holder with those extensions, basicConstraints of the CA among them."""
    return (
        forge_certificate(
            ROOT.key,
            issuer=ROOT.certificate.subject,
            subject=ISSUING_NAME,
            key=ISSUING_KEY,
            extensions=issuing,
        ),
        forge_certificate(
            ISSUING_KEY, issuer=ISSUING_NAME, subject=HOLDER_NAME, key=HOLDER_KEY, extensions=holder
        ),
    )


def judge_holder(inspect_file: InspectFile, issuing: bytes, holder: bytes) -> dict[str, Any]:
    """Return the holder's chain from a file of all three certificates."""
    blocks = [
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"
        for data in (holder, issuing)
    ]
    file = inspect_file(b"".join(blocks) + encode_pem(ROOT), anchors=ANCHOR)
    chain: dict[str, Any] = file["certificates"][0]["chain"]
    return chain


def expect_unreadable(chain: dict[str, Any], culprit: bytes) -> None:
    """Check that the path is broken, and the code stands at that certificate and no other."""
    assert chain["status"] == "broken"
    found = [problem["at"] for problem in chain["problems"] if problem["code"] == "unreadable_extension"]
    assert found == [hashlib.sha256(culprit).hexdigest()]


@pytest.mark.parametrize("oid", VALUES)
def test_readable(inspect_file: InspectFile, oid: str) -> None:
    """The same extensions, sound: trusted, so that the other tests prove what they say."""
    extension = build_extension_bytes(oid, VALUES[oid])
    others = [] if oid == BASIC else [BASIC_CONSTRAINTS_OF_CA]
    issuing, holder = forge_path(
        issuing=[*others, extension], holder=[] if oid == CONSTRAINTS else [extension]
    )
    chain = judge_holder(inspect_file, issuing, holder)
    assert (chain["status"], chain["problems"]) == ("trusted", [])


@pytest.mark.parametrize("is_critical", [True, False])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("oid", VALUES)
def test_damaged_at_the_holder(
    inspect_file: InspectFile, oid: str, damage: str, *, is_critical: bool
) -> None:
    """RFC 5280 4.2: an extension of the holder that cannot be read, critical or not."""
    extension = build_extension_bytes(oid, damage_value(VALUES[oid], damage), is_critical=is_critical)
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA], holder=[extension])
    expect_unreadable(judge_holder(inspect_file, issuing, holder), holder)


@pytest.mark.parametrize("is_critical", [True, False])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("oid", [oid for oid in VALUES if oid != BASIC])
def test_damaged_at_the_ca(inspect_file: InspectFile, oid: str, damage: str, *, is_critical: bool) -> None:
    """The same of the CA, whose constraints would be lost."""
    extension = build_extension_bytes(oid, damage_value(VALUES[oid], damage), is_critical=is_critical)
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA, extension], holder=[])
    expect_unreadable(judge_holder(inspect_file, issuing, holder), issuing)


@pytest.mark.parametrize("oid", EMPTY)
def test_empty(inspect_file: InspectFile, oid: str) -> None:
    """RFC 5280 4.2.1.3, 4.2.1.6, 4.2.1.10, 4.2.1.12: at least one value must be there."""
    extension = build_extension_bytes(oid, EMPTY[oid])
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA], holder=[extension])
    expect_unreadable(judge_holder(inspect_file, issuing, holder), holder)


@pytest.mark.parametrize("oid", VALUES)
def test_twice(inspect_file: InspectFile, oid: str) -> None:
    """RFC 5280 4.2: a certificate must not include more than one instance of an extension."""
    twice = [build_extension_bytes(oid, VALUES[oid])] * 2
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA], holder=twice)
    expect_unreadable(judge_holder(inspect_file, issuing, holder), holder)


def test_at_the_anchor(inspect_file: InspectFile) -> None:
    """``anchor with an unreadable keyUsage -> holder``: rejected; stricter than RFC 5280 6.1.

    docs-dev/decisions/039-anchors-are-constrained.md.
    """
    damaged = build_extension_bytes(KEY_USAGE, b"\5\0")
    anchor, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA, damaged], holder=[])
    pem = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(anchor) + b"-----END CERTIFICATE-----\n"
    chain = inspect_file(holder, anchors={"boj": [{"pem": pem.decode()}]})["chain"]
    expect_unreadable(chain, anchor)
    assert len(chain["path"]) == 2


def test_policies_that_cannot_be_read_are_absent(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.3 (e): without policies none is valid, which matters only where one is demanded."""
    damaged = build_extension_bytes("2.5.29.32", b"\5\0")
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA], holder=[damaged])
    assert judge_holder(inspect_file, issuing, holder)["status"] == "trusted"
    demand = build_extension_bytes("2.5.29.36", encode_sequence(encode_tlv(0x80, b"\0")), is_critical=True)
    issuing, holder = forge_path(issuing=[BASIC_CONSTRAINTS_OF_CA, demand], holder=[damaged])
    chain = judge_holder(inspect_file, issuing, holder)
    assert [problem["code"] for problem in chain["problems"]] == ["policy"]
