"""Certificates that the library would not make: any extensions, names, dates and signature algorithms.

`forge_certificate` writes them field by field and signs them with the issuer's key, so that they stand in a
path as any other.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.mint_pkcs12 import (
    encode_integer,
    encode_octets,
    encode_oid,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cryptography import x509

    from tests.support.mint import Identity

    PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey

TRUE = b"\1\1\xff"
_NULL = b"\5\0"


class Scheme(NamedTuple):
    """A signature algorithm.

    Attributes:
        identifier: AlgorithmIdentifier, in DER.
        sign: signs bytes with a key of its kind.
    """

    identifier: bytes
    sign: Callable[..., bytes]


def build_extension_bytes(oid: str, value: bytes, *, is_critical: bool = False) -> bytes:
    """Return an Extension whose extnValue holds any bytes."""
    return encode_sequence(encode_oid(oid), TRUE if is_critical else b"", encode_octets(value))


BASIC_CONSTRAINTS_OF_CA = build_extension_bytes("2.5.29.19", encode_sequence(TRUE), is_critical=True)


def _sign_with_pss(key: rsa.RSAPrivateKey, data: bytes) -> bytes:
    return key.sign(data, padding.PSS(padding.MGF1(hashes.SHA1()), 20), hashes.SHA1())  # noqa: S303 - weak on purpose


def _build_pkcs1(oid: str, digest: hashes.HashAlgorithm) -> Scheme:
    return Scheme(
        encode_sequence(encode_oid(oid), _NULL), lambda key, data: key.sign(data, padding.PKCS1v15(), digest)
    )


SCHEMES = {
    "RSA, MD5": _build_pkcs1("1.2.840.113549.1.1.4", hashes.MD5()),  # noqa: S303 - weak on purpose
    "RSA, SHA-1": _build_pkcs1("1.2.840.113549.1.1.5", hashes.SHA1()),  # noqa: S303 - weak on purpose
    "RSA, SHA-256": _build_pkcs1("1.2.840.113549.1.1.11", hashes.SHA256()),
    "RSA-PSS, SHA-1": Scheme(
        encode_sequence(encode_oid("1.2.840.113549.1.1.10"), encode_sequence()),  # RFC 4055 3.1: the defaults
        _sign_with_pss,
    ),
    "ECDSA, SHA-1": Scheme(
        encode_sequence(encode_oid("1.2.840.10045.4.1")),
        lambda key, data: key.sign(data, ec.ECDSA(hashes.SHA1())),  # noqa: S303 - weak on purpose
    ),
    "ECDSA, SHA-256": Scheme(
        encode_sequence(encode_oid("1.2.840.10045.4.3.2")),
        lambda key, data: key.sign(data, ec.ECDSA(hashes.SHA256())),
    ),
    "DSA, SHA-1": Scheme(
        encode_sequence(encode_oid("1.2.840.10040.4.3")),
        lambda key, data: key.sign(data, hashes.SHA1()),  # noqa: S303 - weak on purpose
    ),
    "DSA, SHA-256": Scheme(
        encode_sequence(encode_oid("2.16.840.1.101.3.4.3.2")),
        lambda key, data: key.sign(data, hashes.SHA256()),
    ),
}


def forge_certificate(  # noqa: PLR0913 - like mint
    issuer_key: PrivateKey,
    *,
    issuer: x509.Name | bytes,
    subject: x509.Name | bytes,
    key: PrivateKey,
    extensions: Iterable[bytes] = (),
    scheme: str = "ECDSA, SHA-256",
    not_before: str = "20260101000000Z",
    not_after: str = "20400101000000Z",
) -> bytes:
    """Return a certificate in DER.

    Args:
        issuer_key: signs it.
        issuer: its name, or the name's DER.
        subject: its name, or the name's DER.
        key: its own.
        extensions: each an Extension, for example of `build_extension_bytes`; none leaves the field out.
        scheme: a key of `SCHEMES`, for the issuer's kind of key.
        not_before: GeneralizedTime.
        not_after: GeneralizedTime.
    """
    algorithm = SCHEMES[scheme]
    names = [name if isinstance(name, bytes) else name.public_bytes() for name in (issuer, subject)]
    period = encode_sequence(encode_tlv(0x18, not_before.encode()), encode_tlv(0x18, not_after.encode()))
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    wrapper = encode_tlv(0xA3, encode_sequence(*extensions)) if list(extensions) else b""
    version, serial = encode_tlv(0xA0, encode_integer(2)), encode_integer(7)
    signed = encode_sequence(
        version, serial, algorithm.identifier, names[0], period, names[1], public, wrapper
    )
    signature = encode_tlv(0x03, b"\0", algorithm.sign(issuer_key, signed))
    return encode_sequence(signed, algorithm.identifier, signature)


def make_rsa_key(bits: int) -> rsa.RSAPrivateKey:
    """Make an RSA key of any even number of bits, always the same; the library makes none below 1,024."""
    random = Random(bits)  # noqa: S311 - nothing is protected by it
    p, q = _draw_prime(random, bits // 2), _draw_prime(random, bits // 2)
    private = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=private,
        dmp1=private % (p - 1),
        dmq1=private % (q - 1),
        iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(65537, p * q),
    )
    return numbers.private_key()


def _draw_prime(random: Random, bits: int) -> int:
    """Draw a probable prime with its two highest bits set, so that a product has all its bits."""
    while True:
        number = random.getrandbits(bits) | 3 << bits - 2 | 1
        if number % 65537 != 1 and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5)):
            return number


TBS_FIELDS = ("version", "serial", "algorithm", "issuer", "validity", "subject", "key", "extensions")
"""The fields of a certificate of version 3 that `mint` makes (RFC 5280 4.1)."""


def replace_fields(minted: Identity, ca: Identity, **fields: bytes) -> bytes:
    """Return a certificate with some fields of tbsCertificate replaced, signed anew.

    Args:
        minted: all other fields are its own.
        ca: its key signs, a curve's.
        fields: the DER of each, or any bytes, by the names of `TBS_FIELDS`; `signature` of the outer one.
    """
    signature = fields.pop("signature", None)
    values = dict(zip(TBS_FIELDS, split_values(minted.certificate.tbs_certificate_bytes), strict=True))
    assert set(fields) <= set(values)
    signed = encode_sequence(*(values | fields).values())
    scheme = SCHEMES["ECDSA, SHA-256"]
    signature = signature or encode_tlv(0x03, b"\0", scheme.sign(ca.key, signed))
    return encode_sequence(signed, scheme.identifier, signature)


def split_values(encoded: bytes) -> list[bytes]:
    """Return the values in a SEQUENCE in DER."""
    values: list[bytes] = []
    at = _find_contents(encoded, 0)
    while at < len(encoded):
        start = _find_contents(encoded, at)
        octets = start - at - 2
        length = int.from_bytes(encoded[at + 2 : start], "big") if octets else encoded[at + 1]
        values.append(encoded[at : start + length])
        at = start + length
    return values


def _find_contents(encoded: bytes, at: int) -> int:
    """Return where the contents of the value at an offset begin."""
    first = encoded[at + 1]
    return at + 2 + (first & 0x7F if first & 0x80 else 0)
