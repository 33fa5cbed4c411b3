"""The public key of a private key, without the proof that its factors are prime."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck.asn1.ber import Normaliser
from certcheck.errors import Failure
from certcheck.formats.pkcs12 import parser, public_keys
from tests.support.mint import PASSWORD, Identity, Protection, build_pfx, get_rsa_key, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile


def derive_public_key(data: bytes, password: str) -> bytes | Failure | None:
    """Return the public key of a file's only private key."""
    (bag,) = (bag for bag in parser.parse_pfx(data, Normaliser()).bags if bag.key)
    return public_keys.derive_public_key(bag, password.encode())


def mint_broken_key(**offsets: int) -> Identity:
    """Mint a certificate of an RSA key, and add offsets to the key's numbers."""
    identity = mint(key=get_rsa_key())
    assert isinstance(identity.key, rsa.RSAPrivateKey)
    numbers = identity.key.private_numbers()
    fields = ("p", "q", "d", "dmp1", "dmq1", "iqmp")
    broken = rsa.RSAPrivateNumbers(
        **{name: getattr(numbers, name) + offsets.get(name, 0) for name in fields},
        public_numbers=numbers.public_numbers,
    )
    return Identity(identity.certificate, broken.private_key(unsafe_skip_rsa_key_validation=True))


@pytest.mark.parametrize("protection", ["3des", "aes-256"])
def test_the_public_key(protection: Protection) -> None:
    """It is the certificate's own."""
    identity = mint(key=get_rsa_key())
    public_key = identity.certificate.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert derive_public_key(build_pfx(identity, protection=protection), PASSWORD) == public_key


def test_a_wrong_password_tells_nothing() -> None:
    """What does not open this way is left to the library."""
    assert derive_public_key(build_pfx(), "another") is None


@pytest.mark.parametrize("name", ["d", "dmp1", "dmq1", "iqmp"])
def test_numbers_that_do_not_fit(inspect_file: InspectFile, name: str) -> None:
    """A key whose numbers contradict each other is damaged, as the library finds after long work."""
    data = build_pfx(mint_broken_key(**{name: 2}))
    assert derive_public_key(data, PASSWORD) == Failure("damaged")
    file = inspect_file(data, password=PASSWORD)
    assert "error" in file or not file["certificates"][0]["has_private_key"]
