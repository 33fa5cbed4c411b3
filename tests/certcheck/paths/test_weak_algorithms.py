"""Weak hashes and short keys: such a signature is verified, and never passes in silence.

The path is ``root (anchor) -> holder``, signed by the root's key.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa

from tests.support.forge import BASIC_CONSTRAINTS_OF_CA, SCHEMES, forge_certificate, make_rsa_key
from tests.support.mint import BOJ, build_name, generate_ec_key, get_rsa_key

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.forge import PrivateKey

ROOT_NAME, HOLDER_NAME = build_name(CN=BOJ), build_name(CN="a123456")


@cache
def get_dsa_key() -> dsa.DSAPrivateKey:
    """Return the session's DSA key."""
    return dsa.generate_private_key(2048)


def get_key(scheme: str) -> PrivateKey:
    """Return a key of the scheme's kind."""
    if scheme.startswith("RSA"):
        return get_rsa_key()
    return generate_ec_key() if scheme.startswith("ECDSA") else get_dsa_key()


def forge_path(scheme: str, root_key: PrivateKey, holder_key: PrivateKey) -> tuple[bytes, bytes]:
    """Forge a root and the certificate of a holder that it signed."""
    root = forge_certificate(
        root_key,
        issuer=ROOT_NAME,
        subject=ROOT_NAME,
        key=root_key,
        extensions=[BASIC_CONSTRAINTS_OF_CA],
        scheme=scheme,
    )
    return root, forge_certificate(
        root_key, issuer=ROOT_NAME, subject=HOLDER_NAME, key=holder_key, scheme=scheme
    )


def judge_holder(
    inspect_file: InspectFile, root: bytes, holder: bytes, *, is_anchored: bool
) -> dict[str, Any]:
    """Return the holder's chain from a file of both."""
    blocks = [
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"
        for data in (holder, root)
    ]
    anchors = {"boj": [{"sha256": hashlib.sha256(root).hexdigest()}]} if is_anchored else {}
    chain: dict[str, Any] = inspect_file(b"".join(blocks), anchors=anchors)["certificates"][0]["chain"]
    return chain


@pytest.mark.parametrize("is_anchored", [True, False])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_weak_hashes(inspect_file: InspectFile, scheme: str, *, is_anchored: bool) -> None:
    """MD5 and SHA-1 with RSA in either padding, with ECDSA and with DSA: verified, and `weak_signature`.

    It is at the holder, and not at the root, whose own signature proves nothing.
    """
    key = get_key(scheme)
    root, holder = forge_path(scheme, key, generate_ec_key())
    chain = judge_holder(inspect_file, root, holder, is_anchored=is_anchored)
    assert (chain["status"], len(chain["path"])) == ("trusted" if is_anchored else "consistent", 2)
    weak = {"code": "weak_signature", "at": hashlib.sha256(holder).hexdigest()}
    assert chain["problems"] == ([] if scheme.endswith("SHA-256") else [weak])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_weak_hashes_by_another_key(inspect_file: InspectFile, scheme: str) -> None:
    """``root (anchor), another key -x-> holder``: a weak hash is no excuse for a false signature."""
    _, holder = forge_path(scheme, get_key(scheme), generate_ec_key())
    other = generate_ec_key()
    root, _ = forge_path("ECDSA, SHA-256", other, other)
    assert judge_holder(inspect_file, root, holder, is_anchored=True)["status"] == "broken"


@pytest.mark.parametrize(("bits", "is_weak"), [(512, True), (768, True), (1022, True), (1024, False)])
def test_short_keys_of_a_root(inspect_file: InspectFile, bits: int, *, is_weak: bool) -> None:
    """An RSA key under 1,024 bits is `weak_key` wherever it is; one of exactly 1,024 bits is not.

    docs-dev/decisions/038-weak-algorithms.md.
    """
    root, holder = forge_path("RSA, SHA-256", make_rsa_key(bits), generate_ec_key())
    chain = judge_holder(inspect_file, root, holder, is_anchored=True)
    weak = {"code": "weak_key", "at": hashlib.sha256(root).hexdigest()}
    assert (chain["status"], chain["problems"]) == ("trusted", [weak] if is_weak else [])


def test_a_short_key_of_a_holder(inspect_file: InspectFile) -> None:
    """``root (anchor) -> holder with 512 bits``: at the holder."""
    root, holder = forge_path("RSA, SHA-256", get_rsa_key(), make_rsa_key(512))
    chain = judge_holder(inspect_file, root, holder, is_anchored=True)
    assert chain["problems"] == [{"code": "weak_key", "at": hashlib.sha256(holder).hexdigest()}]
