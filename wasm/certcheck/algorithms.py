"""What protects a PKCS #12: the names of algorithms, and which the library opens."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck import der

ITERATION_LIMIT = 10_000_000
"""Rounds of key derivation; Windows uses 2,000, today's advice is about 1,000,000. More would only stall."""

_PBES1 = "1.2.840.113549.1.12.1."  # what PKCS #12 defines itself
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
    if oid in {_PBES2, _PBMAC1}:  # RFC 8018 A.4, A.5: the key's derivation, and what uses the key
        return tuple(each for inner in _fields(whole.parameters)[:2] for each in read(inner))
    return (named(oid, _iterations(oid, whole.parameters)),)


def _iterations(oid: str, parameters: asn1.TLV) -> int:
    """Read the rounds, which follow the salt (RFC 7292 C, RFC 8018 A.2); scrypt's are three factors."""
    if oid not in {_PBKDF2, _SCRYPT} and not oid.startswith(_PBES1):
        return 0
    _, *numbers = _fields(parameters)
    return math.prod(number.parse(int) for number in numbers[: 3 if oid == _SCRYPT else 1])


def _fields(sequence: asn1.TLV) -> list[asn1.TLV]:
    return der.elements(der.encoded(sequence))
