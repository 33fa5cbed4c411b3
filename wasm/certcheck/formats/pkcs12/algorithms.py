"""The algorithms that protect a PKCS #12: their names, their costs, and whether the library knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck.asn1 import der, oids, tags

if TYPE_CHECKING:
    from collections.abc import Iterator

_PBES1 = (  # their parameters are a salt and an iteration count
    *(f"1.2.840.113549.1.12.1.{number}" for number in range(1, 7)),  # RFC 7292 C
    *(f"1.2.840.113549.1.5.{number}" for number in (1, 3, 4, 6, 10, 11)),  # RFC 8018 A.3
)
_SALT_AND_ITERATIONS = 2  # fields that every key derivation begins with

# Ciphers whose modes have numbers in a row: the arc, the number of the first mode, and the modes.
_CIPHERS = (
    ("DES", "1.3.14.3.2", 6, ("ECB", "CBC", "OFB", "CFB")),
    ("SEED", "1.2.410.200004.1", 3, ("ECB", "CBC", "CFB", "OFB")),
    ("ARIA-128", "1.2.410.200046.1.1", 1, ("ECB", "CBC", "CFB", "OFB", "CTR")),
    ("ARIA-192", "1.2.410.200046.1.1", 6, ("ECB", "CBC", "CFB", "OFB", "CTR")),
    ("ARIA-256", "1.2.410.200046.1.1", 11, ("ECB", "CBC", "CFB", "OFB", "CTR")),
    ("SM4", "1.2.156.10197.1.104", 1, ("ECB", "CBC", "OFB", "CFB")),
    ("SM4", "1.2.156.10197.1.104", 7, ("CTR",)),
    ("AES-128", "2.16.840.1.101.3.4.1", 1, ("ECB", "CBC", "OFB", "CFB")),
    ("AES-192", "2.16.840.1.101.3.4.1", 21, ("ECB", "CBC", "OFB", "CFB")),
    ("AES-256", "2.16.840.1.101.3.4.1", 41, ("ECB", "CBC", "OFB", "CFB")),
    ("Camellia-128", "0.3.4401.5.3.1.9", 3, ("OFB", "CFB")),
    ("Camellia-192", "0.3.4401.5.3.1.9", 23, ("OFB", "CFB")),
    ("Camellia-256", "0.3.4401.5.3.1.9", 43, ("OFB", "CFB")),
)


def _name_modes() -> Iterator[tuple[str, str]]:
    """Yield the OID and the name of each mode."""
    for cipher, arc, first, modes in _CIPHERS:
        for number, mode in enumerate(modes, start=first):
            yield f"{arc}.{number}", f"{cipher}-{mode}"


_SUPPORTED = {
    "1.2.840.113549.1.12.1.1": "pbeWithSHAAnd128BitRC4",
    "1.2.840.113549.1.12.1.2": "pbeWithSHAAnd40BitRC4",
    oids.PBE_SHA1_3DES: "pbeWithSHAAnd3-KeyTripleDES-CBC",
    "1.2.840.113549.1.12.1.4": "pbeWithSHAAnd2-KeyTripleDES-CBC",
    oids.PBE_SHA1_RC2_128: "pbeWithSHAAnd128BitRC2-CBC",
    oids.PBE_SHA1_RC2_40: "pbeWithSHAAnd40BitRC2-CBC",
    "1.2.840.113549.1.5.3": "pbeWithMD5AndDES-CBC",
    "1.2.840.113549.1.5.6": "pbeWithMD5AndRC2-CBC",
    "1.2.840.113549.1.5.10": "pbeWithSHA1AndDES-CBC",
    "1.2.840.113549.1.5.11": "pbeWithSHA1AndRC2-CBC",
    oids.PBKDF2: "PBKDF2",
    oids.SCRYPT: "scrypt",
    oids.PBMAC1: "PBMAC1",
    "1.3.6.1.5.5.8.1.1": "HMAC-MD5",
    oids.HMAC_SHA1: "HMAC-SHA-1",
    oids.HMAC_SHA224: "HMAC-SHA-224",
    oids.HMAC_SHA256: "HMAC-SHA-256",
    oids.HMAC_SHA384: "HMAC-SHA-384",
    oids.HMAC_SHA512: "HMAC-SHA-512",
    "1.2.840.113549.2.12": "HMAC-SHA-512/224",
    "1.2.840.113549.2.13": "HMAC-SHA-512/256",
    "2.16.840.1.101.3.4.2.13": "HMAC-SHA3-224",
    "2.16.840.1.101.3.4.2.14": "HMAC-SHA3-256",
    "2.16.840.1.101.3.4.2.15": "HMAC-SHA3-384",
    "2.16.840.1.101.3.4.2.16": "HMAC-SHA3-512",
    "1.2.840.113549.3.2": "RC2-CBC",
    "1.2.840.113549.3.4": "RC4",
    "1.2.840.113549.3.7": "DES-EDE3-CBC",
    "1.2.840.113533.7.66.10": "CAST5-CBC",
    "1.3.6.1.4.1.3029.1.2": "Blowfish-CBC",
    "1.3.6.1.4.1.188.7.1.1.2": "IDEA-CBC",
    "1.2.392.200011.61.1.1.1.2": "Camellia-128-CBC",
    "1.2.392.200011.61.1.1.1.3": "Camellia-192-CBC",
    "1.2.392.200011.61.1.1.1.4": "Camellia-256-CBC",
    "0.3.4401.5.3.1.9.9": "Camellia-128-CTR",
    "0.3.4401.5.3.1.9.29": "Camellia-192-CTR",
    "0.3.4401.5.3.1.9.49": "Camellia-256-CTR",
    **dict(_name_modes()),
    "1.2.840.113549.2.4": "MD4",
    "1.2.840.113549.2.5": "MD5",
    oids.SHA1: "SHA-1",
    "2.16.840.1.101.3.4.2.4": "SHA-224",
    "2.16.840.1.101.3.4.2.1": "SHA-256",
    "2.16.840.1.101.3.4.2.2": "SHA-384",
    "2.16.840.1.101.3.4.2.3": "SHA-512",
    "2.16.840.1.101.3.4.2.5": "SHA-512/224",
    "2.16.840.1.101.3.4.2.6": "SHA-512/256",
    "2.16.840.1.101.3.4.2.7": "SHA3-224",
    "2.16.840.1.101.3.4.2.8": "SHA3-256",
    "2.16.840.1.101.3.4.2.9": "SHA3-384",
    "2.16.840.1.101.3.4.2.10": "SHA3-512",
    "1.3.6.1.4.1.1722.12.2.1.16": "BLAKE2b-512",
    "1.3.6.1.4.1.1722.12.2.2.8": "BLAKE2s-256",
    "1.3.36.3.2.1": "RIPEMD-160",
    "1.2.156.10197.1.401": "SM3",
    "1.0.10118.3.0.55": "Whirlpool",
}
"""Names of what OpenSSL, below the library, decrypts and verifies; its legacy provider included."""

_UNSUPPORTED = {
    oids.SIGNED_DATA: "signedData",
    oids.ENVELOPED_DATA: "envelopedData",
    "1.2.840.113549.1.5.1": "pbeWithMD2AndDES-CBC",
    "1.2.840.113549.1.5.4": "pbeWithMD2AndRC2-CBC",
    "1.2.840.113549.2.2": "MD2",
    "1.2.643.2.2.9": "GOST R 34.11-94",
    "1.2.643.2.2.21": "GOST 28147-89",
    "1.2.643.7.1.1.2.2": "Streebog-256",
    "1.2.643.7.1.1.2.3": "Streebog-512",
    "2.16.840.1.101.3.4.1.6": "AES-128-GCM",
    "2.16.840.1.101.3.4.1.26": "AES-192-GCM",
    "2.16.840.1.101.3.4.1.46": "AES-256-GCM",
}
"""Names of others that occur."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """An algorithm of an encryption, a MAC or a key derivation.

    Attributes:
        name: its usual name, or else its OID.
        is_supported: the library knows it.
        iterations: of the key derivation; 0 where it derives no key.
        memory: bytes that the key derivation needs at a time, for scrypt.
    """

    name: str
    is_supported: bool
    iterations: int = 0
    memory: int = 0


@asn1.sequence
class AlgorithmIdentifier:
    """AlgorithmIdentifier (RFC 5280 4.1.1.2) with parameters."""

    algorithm: ObjectIdentifier
    parameters: asn1.TLV


@asn1.sequence
class _BareAlgorithmIdentifier:
    """AlgorithmIdentifier without parameters."""

    algorithm: ObjectIdentifier


def build_algorithm(oid: str, iterations: int = 0, memory: int = 0) -> Algorithm:
    """Build an algorithm from its OID; numbers as in `Algorithm`."""
    name = _SUPPORTED.get(oid) or _UNSUPPORTED.get(oid, oid)
    return Algorithm(name, oid in _SUPPORTED, iterations, memory)


def format_algorithms(algorithms: tuple[Algorithm, ...]) -> str:
    """Format the algorithms of one AlgorithmIdentifier, as in ``AES-256-CBC (PBKDF2, HMAC-SHA-256)``."""
    *derivation, last = (algorithm.name for algorithm in algorithms)
    return f"{last} ({', '.join(derivation)})" if derivation else last


def parse_algorithms(identifier: asn1.TLV) -> tuple[Algorithm, ...]:
    """Parse an AlgorithmIdentifier, with those in the parameters of PBES2, PBMAC1 and PBKDF2.

    Raises:
        ValueError: it is malformed.
    """
    try:
        parsed = identifier.parse(AlgorithmIdentifier)
    except ValueError:
        return (build_algorithm(identifier.parse(_BareAlgorithmIdentifier).algorithm.dotted_string),)
    oid: str = parsed.algorithm.dotted_string
    if oid in {oids.PBES2, oids.PBMAC1}:  # the key derivation, and the cipher or MAC (RFC 8018 A.4, A.5)
        derivation, scheme = _split_parameters(parsed.parameters)[:2]
        return parse_algorithms(derivation) + parse_algorithms(scheme)
    if oid == oids.PBKDF2:
        return _parse_pbkdf2(_split_parameters(parsed.parameters))
    if oid == oids.SCRYPT:
        return (_parse_scrypt(_split_parameters(parsed.parameters)),)
    if oid in _PBES1:
        _, iterations = _split_parameters(parsed.parameters)[:2]
        return (build_algorithm(oid, _parse_count(iterations)),)
    return (build_algorithm(oid),)


def _parse_pbkdf2(parameters: list[asn1.TLV]) -> tuple[Algorithm, ...]:
    """Parse salt, iterations, an optional key length, and the pseudo-random function (RFC 8018 A.2)."""
    last = parameters[-1]
    has_function = last.tag_bytes == tags.SEQUENCE and len(parameters) > _SALT_AND_ITERATIONS
    function = parse_algorithms(last) if has_function else (build_algorithm(oids.HMAC_SHA1),)
    return (build_algorithm(oids.PBKDF2, _parse_count(parameters[1])), *function)


def _parse_scrypt(parameters: list[asn1.TLV]) -> Algorithm:
    """Parse a salt and three factors (RFC 7914 7): the work is their product.

    A unit of that work takes as long as two iterations of PBKDF2.
    """
    cost, block_size, parallelization = map(_parse_count, parameters[1:4])
    iterations = 2 * cost * block_size * parallelization
    return build_algorithm(oids.SCRYPT, iterations, 128 * block_size * (cost + parallelization))


def _parse_count(integer: asn1.TLV) -> int:
    count: int = integer.parse(int)
    if count < 0:
        raise ValueError("a negative count")
    return count


def _split_parameters(parameters: asn1.TLV) -> list[asn1.TLV]:
    """Return the fields of an algorithm's parameters.

    Raises:
        ValueError: they are no SEQUENCE of two or more.
    """
    fields = der.split_sequence(der.encode_tlv(parameters))
    if len(fields) < _SALT_AND_ITERATIONS:
        raise ValueError("too few parameters")
    return fields
