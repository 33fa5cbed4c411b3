"""What protects a PKCS #12: the names of algorithms, and which the library opens."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

ITERATION_LIMIT = 10_000_000
"""Rounds of key derivation; Windows uses 2,000, today's advice is about 1,000,000. More would only stall."""

_PBES2 = "1.2.840.113549.1.5.13"
_PBMAC1 = "1.2.840.113549.1.5.14"
_PBKDF2 = "1.2.840.113549.1.5.12"
_SCRYPT = "1.3.6.1.4.1.11591.4.11"

# OpenSSL, below the library, opens these (its legacy provider included).
_SUPPORTED = {
    "1.2.840.113549.1.12.1.1": "pbeWithSHAAnd128BitRC4",
    "1.2.840.113549.1.12.1.2": "pbeWithSHAAnd40BitRC4",
    "1.2.840.113549.1.12.1.3": "pbeWithSHAAnd3-KeyTripleDES-CBC",
    "1.2.840.113549.1.12.1.4": "pbeWithSHAAnd2-KeyTripleDES-CBC",
    "1.2.840.113549.1.12.1.5": "pbeWithSHAAnd128BitRC2-CBC",
    "1.2.840.113549.1.12.1.6": "pbeWithSHAAnd40BitRC2-CBC",
    _PBKDF2: "PBKDF2",
    _SCRYPT: "scrypt",
    _PBMAC1: "PBMAC1",
    "1.2.840.113549.3.2": "RC2-CBC",
    "1.2.840.113549.3.7": "DES-EDE3-CBC",
    "1.3.14.3.2.7": "DES-CBC",
    "2.16.840.1.101.3.4.1.2": "AES-128-CBC",
    "2.16.840.1.101.3.4.1.22": "AES-192-CBC",
    "2.16.840.1.101.3.4.1.42": "AES-256-CBC",
    "1.2.392.200011.61.1.1.1.2": "Camellia-128-CBC",
    "1.2.392.200011.61.1.1.1.3": "Camellia-192-CBC",
    "1.2.392.200011.61.1.1.1.4": "Camellia-256-CBC",
    "1.2.840.113549.2.5": "MD5",
    "1.3.14.3.2.26": "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "2.16.840.1.101.3.4.2.6": "SHA-512/256",
}
# These it does not; they are named all the same.
_UNSUPPORTED = {
    "1.2.840.113549.1.7.2": "signedData",
    "1.2.840.113549.1.7.3": "envelopedData",
    "1.2.840.113549.2.2": "MD2",
    "1.2.643.2.2.9": "GOST R 34.11-94",
    "1.2.643.2.2.21": "GOST 28147-89",
    "1.2.643.7.1.1.2.2": "Streebog-256",
    "1.2.643.7.1.1.2.3": "Streebog-512",
    "2.16.840.1.101.3.4.1.6": "AES-128-GCM",
    "2.16.840.1.101.3.4.1.26": "AES-192-GCM",
    "2.16.840.1.101.3.4.1.46": "AES-256-GCM",
}


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm that a file uses.

    Attributes:
        name: its usual name, or else its OID.
        supported: whether the library opens it.
        iterations: rounds of key derivation; 0 where it has none.
    """

    name: str
    supported: bool
    iterations: int = 0


@asn1.sequence
class AlgorithmIdentifier:
    """RFC 5280 4.1.1.2, with parameters."""

    algorithm: ObjectIdentifier
    parameters: asn1.TLV


@asn1.sequence
class _Bare:
    """The same without parameters."""

    algorithm: ObjectIdentifier


@asn1.sequence
class _PbeParameters:
    """RFC 7292 C."""

    salt: bytes
    iterations: int


@asn1.sequence
class _Pbes2Parameters:
    """RFC 8018 A.4; PBMAC1's (A.5) have the same shape."""

    derivation: asn1.TLV
    scheme: asn1.TLV


@asn1.sequence
class _Pbkdf2Parameters:
    """RFC 8018 A.2."""

    salt: bytes
    iterations: int
    key_length: int | None
    prf: AlgorithmIdentifier | None


@asn1.sequence
class _ScryptParameters:
    """RFC 7914 7.1."""

    salt: bytes
    cost: int
    block_size: int
    parallelisation: int
    key_length: int | None


def named(oid: str, iterations: int = 0) -> Algorithm:
    """Name an algorithm by its OID."""
    return Algorithm(_SUPPORTED.get(oid) or _UNSUPPORTED.get(oid, oid), oid in _SUPPORTED, iterations)


def read(identifier: asn1.TLV) -> tuple[Algorithm, ...]:
    """Read an AlgorithmIdentifier, with those inside the parameters of PBES2 and PBMAC1.

    Raises:
        ValueError: it is malformed.
    """
    try:
        whole = identifier.parse(AlgorithmIdentifier)
    except ValueError:
        return (named(identifier.parse(_Bare).algorithm.dotted_string),)
    oid: str = whole.algorithm.dotted_string
    if oid in {_PBES2, _PBMAC1}:
        inner = whole.parameters.parse(_Pbes2Parameters)
        return (*read(inner.derivation), *read(inner.scheme))
    return (named(oid, _iterations(oid, whole.parameters)),)


def _iterations(oid: str, parameters: asn1.TLV) -> int:
    if oid == _PBKDF2:
        return int(parameters.parse(_Pbkdf2Parameters).iterations)
    if oid == _SCRYPT:
        scrypt = parameters.parse(_ScryptParameters)
        return int(scrypt.cost * scrypt.block_size * scrypt.parallelisation)
    if oid.startswith("1.2.840.113549.1.12.1."):
        return int(parameters.parse(_PbeParameters).iterations)
    return 0
