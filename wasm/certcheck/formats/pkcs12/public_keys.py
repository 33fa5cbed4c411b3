"""The public key of a private key, by which its certificate is found."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
    load_pem_private_key,
)

from certcheck.errors import Failure
from certcheck.x509 import extensions

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

    from certcheck.formats.pkcs12.structure import Bag


class ContradictoryKeyError(ValueError):
    """The numbers of an RSA key contradict each other: the library refuses it, too, after long work."""


def derive_public_key(bag: Bag, password: bytes) -> bytes | Failure | None:
    """Return the public key of a private key, without the proof that an RSA key's factors are prime.

    The library makes that proof whenever it opens a PKCS #12: a quarter of a second in the browser, for a key
    that is not used there. Here an RSA key's numbers have to be consistent.

    Args:
        bag: a private key's, encrypted or not.
        password: UTF-8; of no use for a key that is not encrypted.

    Returns:
        SubjectPublicKeyInfo in DER; `damaged` where its numbers contradict each other; None where this way
        does not open the key, which proves nothing.
    """
    if bag.key is None:
        return None
    try:
        return derive_from_der(bag.key, (password or None) if bag.algorithms else None)
    except UnsupportedAlgorithm:
        return None
    except ContradictoryKeyError:
        return Failure("damaged")


def derive_from_der(encoded: bytes, password: bytes | None) -> bytes | None:
    """Return the public key of a private key: PKCS #8, PKCS #1 or SEC 1 in DER.

    Args:
        encoded: the key.
        password: UTF-8; None of a key that is not encrypted.

    Returns:
        SubjectPublicKeyInfo in DER; None where this way does not open the key.

    Raises:
        ContradictoryKeyError: the numbers of an RSA key contradict each other.
        UnsupportedAlgorithm: the library does not know the key's algorithm, or what encrypts it.
    """
    return _derive(load_der_private_key, encoded, password)


def derive_from_pem(encoded: bytes, password: bytes | None) -> bytes | None:
    """Return the public key of a private key in PEM; else as :func:`derive_from_der`."""
    return _derive(load_pem_private_key, encoded, password)


def _derive(load: Callable[..., PrivateKeyTypes], encoded: bytes, password: bytes | None) -> bytes | None:
    try:
        key = load(encoded, password, unsafe_skip_rsa_key_validation=True)
    except extensions.UNREADABLE:
        return None
    if isinstance(key, rsa.RSAPrivateKey) and not _has_consistent_numbers(key.private_numbers()):
        raise ContradictoryKeyError("no RSA key")
    try:
        return encode_public_key(key)
    except extensions.UNREADABLE:
        return None


def encode_public_key(key: PrivateKeyTypes) -> bytes:
    """Encode the public key of a private key: SubjectPublicKeyInfo (RFC 5280 4.1) in DER."""
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
