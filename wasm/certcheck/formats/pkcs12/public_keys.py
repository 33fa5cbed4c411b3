"""The public key of a private key, by which its certificate is found."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key

from certcheck.x509 import extensions

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

    from certcheck.formats.pkcs12.structure import Bag


def read_public_key(bag: Bag, password: bytes) -> bytes | None:
    """Return the public key of a private key, of which no more is checked than that its numbers fit.

    Opening a whole PKCS #12, the library proves that an RSA key's factors are prime: a quarter of a second in
    the browser, for a key that nobody uses there. Here its numbers have to fit each other.

    Args:
        bag: a key's.
        password: UTF-8.

    Returns:
        SubjectPublicKeyInfo; None where this way does not open it, which tells nothing.
    """
    if bag.key is None:
        return None
    try:
        key = load_der_private_key(
            bag.key, (password or None) if bag.algorithms else None, unsafe_skip_rsa_key_validation=True
        )
        if isinstance(key, rsa.RSAPrivateKey) and not _has_consistent_numbers(key.private_numbers()):
            return None
        return encode_public_key(key)
    except (UnsupportedAlgorithm, *extensions.UNREADABLE):
        return None


def encode_public_key(key: PrivateKeyTypes) -> bytes:
    """Encode the public key of a private key: SubjectPublicKeyInfo (RFC 5280 4.1), in DER."""
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _has_consistent_numbers(key: rsa.RSAPrivateNumbers) -> bool:
    """Compare the numbers of an RSA key (RFC 8017 3.2), all but whether its factors are prime."""
    p, q, public = key.p, key.q, key.public_numbers
    return (
        min(p, q) > 1
        and p * q == public.n
        and key.d * public.e % lcm(p - 1, q - 1) == 1
        and (key.dmp1, key.dmq1) == (key.d % (p - 1), key.d % (q - 1))
        and key.iqmp * q % p == 1
    )
