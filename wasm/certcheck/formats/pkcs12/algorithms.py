"""What protects a PKCS #12: the names of algorithms, and which the library opens."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck.asn1 import der, oids, tags

_PBES1 = (  # a salt and rounds for parameters
    *(f"1.2.840.113549.1.12.1.{number}" for number in range(1, 7)),  # what PKCS #12 defines itself
    *(f"1.2.840.113549.1.5.{number}" for number in (1, 3, 4, 6, 10, 11)),  # RFC 8018 A.3
)
_SALT_AND_ROUNDS = 2  # fields that every derivation begins with

# OpenSSL, below the library, opens these (its legacy provider included).
_SUPPORTED = {
    "1.2.840.113549.1.12.1.1": "pbeWithSHAAnd128BitRC4",
    "1.2.840.113549.1.12.1.2": "pbeWithSHAAnd40BitRC4",
    oids.PBE_SHA1_3DES: "pbeWithSHAAnd3-KeyTripleDES-CBC",
    "1.2.840.113549.1.12.1.4": "pbeWithSHAAnd2-KeyTripleDES-CBC",
    "1.2.840.113549.1.12.1.5": "pbeWithSHAAnd128BitRC2-CBC",
    "1.2.840.113549.1.12.1.6": "pbeWithSHAAnd40BitRC2-CBC",
    "1.2.840.113549.1.5.1": "pbeWithMD2AndDES-CBC",
    "1.2.840.113549.1.5.3": "pbeWithMD5AndDES-CBC",
    "1.2.840.113549.1.5.4": "pbeWithMD2AndRC2-CBC",
    "1.2.840.113549.1.5.6": "pbeWithMD5AndRC2-CBC",
    "1.2.840.113549.1.5.10": "pbeWithSHA1AndDES-CBC",
    "1.2.840.113549.1.5.11": "pbeWithSHA1AndRC2-CBC",
    oids.PBKDF2: "PBKDF2",
    oids.SCRYPT: "scrypt",
    oids.PBMAC1: "PBMAC1",
    oids.HMAC_SHA1: "HMAC-SHA-1",
    oids.HMAC_SHA224: "HMAC-SHA-224",
    oids.HMAC_SHA256: "HMAC-SHA-256",
    oids.HMAC_SHA384: "HMAC-SHA-384",
    oids.HMAC_SHA512: "HMAC-SHA-512",
    "1.2.840.113549.2.12": "HMAC-SHA-512/224",
    "1.2.840.113549.2.13": "HMAC-SHA-512/256",
    "1.2.840.113549.3.2": "RC2-CBC",
    "1.2.840.113549.3.7": "DES-EDE3-CBC",
    "1.3.14.3.2.7": "DES-CBC",
    oids.AES_128_CBC: "AES-128-CBC",
    oids.AES_192_CBC: "AES-192-CBC",
    oids.AES_256_CBC: "AES-256-CBC",
    "1.2.392.200011.61.1.1.1.2": "Camellia-128-CBC",
    "1.2.392.200011.61.1.1.1.3": "Camellia-192-CBC",
    "1.2.392.200011.61.1.1.1.4": "Camellia-256-CBC",
    "1.2.410.200046.1.1.2": "ARIA-128-CBC",
    "1.2.410.200046.1.1.7": "ARIA-192-CBC",
    "1.2.410.200046.1.1.12": "ARIA-256-CBC",
    "1.2.840.113549.2.5": "MD5",
    oids.SHA1: "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "2.16.840.1.101.3.4.2.6": "SHA-512/256",
}
# These it does not; they are named all the same.
_UNSUPPORTED = {
    oids.SIGNED_DATA: "signedData",
    oids.ENVELOPED_DATA: "envelopedData",
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
        memory: bytes that the derivation needs at a time, for scrypt.
    """

    name: str
    supported: bool
    iterations: int = 0
    memory: int = 0


@asn1.sequence
class AlgorithmIdentifier:
    """RFC 5280 4.1.1.2, with parameters."""

    algorithm: ObjectIdentifier
    parameters: asn1.TLV


@asn1.sequence
class _Bare:
    """The same without parameters."""

    algorithm: ObjectIdentifier


def named(oid: str, iterations: int = 0, memory: int = 0) -> Algorithm:
    """Name an algorithm by its OID."""
    name = _SUPPORTED.get(oid) or _UNSUPPORTED.get(oid, oid)
    return Algorithm(name, oid in _SUPPORTED, iterations, memory)


def label(together: tuple[Algorithm, ...]) -> str:
    """Name algorithms that were read from one place: ``AES-256-CBC (PBKDF2, HMAC-SHA-256)``."""
    *derivation, last = (algorithm.name for algorithm in together)
    return f"{last} ({', '.join(derivation)})" if derivation else last


def read(identifier: asn1.TLV) -> tuple[Algorithm, ...]:
    """Read an AlgorithmIdentifier, with those inside the parameters of PBES2, PBMAC1 and PBKDF2.

    Raises:
        ValueError: it is malformed.
    """
    try:
        whole = identifier.parse(AlgorithmIdentifier)
    except ValueError:
        return (named(identifier.parse(_Bare).algorithm.dotted_string),)
    oid: str = whole.algorithm.dotted_string
    if oid in {oids.PBES2, oids.PBMAC1}:  # RFC 8018 A.4, A.5: the key's derivation, and what uses the key
        return tuple(each for inner in _fields(whole.parameters)[:2] for each in read(inner))
    if oid == oids.PBKDF2:
        return _pbkdf2(_fields(whole.parameters))
    if oid == oids.SCRYPT:
        return (_scrypt(_fields(whole.parameters)),)
    if oid in _PBES1:
        return (named(oid, _number(_fields(whole.parameters)[1])),)
    return (named(oid),)


def _pbkdf2(fields: list[asn1.TLV]) -> tuple[Algorithm, ...]:
    """Read salt, rounds, the key's length if it is there, and the pseudo-random function (RFC 8018 A.2)."""
    last = fields[-1]
    function = read(last) if last.tag_bytes == tags.SEQUENCE and len(fields) > _SALT_AND_ROUNDS else ()
    return (named(oids.PBKDF2, _number(fields[1])), *(function or (named(oids.HMAC_SHA1),)))


def _scrypt(fields: list[asn1.TLV]) -> Algorithm:
    """Read the salt and three factors (RFC 7914 7.1): the work is their product, the memory that of two.

    A unit of that work takes as long as two rounds of PBKDF2.
    """
    cost, block, parallel = map(_number, fields[1:4])
    return named(oids.SCRYPT, 2 * cost * block * parallel, 128 * block * (cost + parallel))


def _number(field: asn1.TLV) -> int:
    number: int = field.parse(int)
    if number < 0:
        raise ValueError("a negative number")
    return number


def _fields(sequence: asn1.TLV) -> list[asn1.TLV]:
    """Take parameters apart.

    Raises:
        ValueError: they are no SEQUENCE of two or more.
    """
    fields = der.split_sequence(der.encode_tlv(sequence))
    if len(fields) < _SALT_AND_ROUNDS:
        raise ValueError("too few parameters")
    return fields
