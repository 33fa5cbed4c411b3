"""PKCS #12 that the library does not write, built field by field (RFC 7292), with the library's own ciphers.

    certificates = build_encrypted_part(build_pbes2(b"secret"), build_certificate_bag(holder))
    assemble_pfx(certificates, build_plain_part(build_key_bag(holder)), mac=build_mac(b"secret"))

A part holds bags; a `Scheme` encrypts a part or a key; a `MacBuilder` makes the MAC over all parts.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.decrepit.ciphers.algorithms import IDEA, TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

if TYPE_CHECKING:
    from tests.support.mint import Identity

MacBuilder = Callable[[bytes], bytes]
"""Builds MacData over the parts."""

DATA, ENCRYPTED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
ITERATIONS = 1000
PRFS = {
    "sha1": "1.2.840.113549.2.7",
    "sha224": "1.2.840.113549.2.8",
    "sha256": "1.2.840.113549.2.9",
    "sha384": "1.2.840.113549.2.10",
    "sha512": "1.2.840.113549.2.11",
}
HASHES = {
    "md5": "1.2.840.113549.2.5",
    "sha1": "1.3.14.3.2.26",
    "sha224": "2.16.840.1.101.3.4.2.4",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_BAGS = "1.2.840.113549.1.12.10.1."
_NULL = b"\x05\0"


def encode_tlv(tag: int, *contents: bytes) -> bytes:
    """Encode a value."""
    whole = b"".join(contents)
    if len(whole) < 0x80:
        return bytes([tag, len(whole)]) + whole
    length = len(whole).to_bytes((len(whole).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + whole


def encode_sequence(*contents: bytes) -> bytes:
    """Encode a SEQUENCE."""
    return encode_tlv(0x30, *contents)


def encode_octets(contents: bytes) -> bytes:
    """Encode an OCTET STRING."""
    return encode_tlv(0x04, contents)


def encode_integer(number: int) -> bytes:
    """Encode an INTEGER."""
    return encode_tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def encode_oid(dotted: str) -> bytes:
    """Encode an OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    return encode_tlv(0x06, *(_encode_base128(arc) for arc in (40 * first + second, *rest)))


def _encode_base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(arc & 0x7F | 0x80)
    return bytes(reversed(digits))


def encode_password(password: str) -> bytes:
    """Encode a password as PKCS #12 does (RFC 7292 B.1)."""
    return password.encode("utf-16-be") + b"\0\0"


class Secret(NamedTuple):
    """A password as PKCS #12 encodes it, and the salt and iterations of the key derivation."""

    password: bytes
    salt: bytes
    iterations: int


def derive_key(name: str, purpose: int, length: int, secret: Secret) -> bytes:
    """Derive a key (RFC 7292 B.2)."""
    block = hashlib.new(name).block_size
    filled = _fill_blocks(secret.salt, block) + _fill_blocks(secret.password, block)
    derived = b""
    while len(derived) < length:
        digest = bytes([purpose]) * block + filled
        for _ in range(secret.iterations):
            digest = hashlib.new(name, digest).digest()
        derived += digest
        step = int.from_bytes((digest * block)[:block], "big") + 1
        chunks = [filled[at : at + block] for at in range(0, len(filled), block)]
        sums = [(int.from_bytes(chunk, "big") + step) % (1 << 8 * block) for chunk in chunks]
        filled = b"".join(total.to_bytes(block, "big") for total in sums)
    return derived[:length]


def _fill_blocks(octets: bytes, block: int) -> bytes:
    return (octets * block)[: -(-len(octets) // block) * block]


class Scheme(NamedTuple):
    """An AlgorithmIdentifier and what encrypts by it."""

    identifier: bytes
    encrypt: Callable[[bytes], bytes]


def build_pbes1(password: bytes, iterations: int = ITERATIONS) -> Scheme:
    """Build a scheme of 3DES, as Windows uses it; the password as PKCS #12 encodes it."""
    salt = os.urandom(8)
    identifier = encode_sequence(
        encode_oid("1.2.840.113549.1.12.1.3"),
        encode_sequence(encode_octets(salt), encode_integer(iterations)),
    )

    def encrypt(data: bytes) -> bytes:
        secret = Secret(password, salt, iterations)
        return _encrypt_cbc(
            TripleDES(derive_key("sha1", 1, 24, secret)), derive_key("sha1", 2, 8, secret), data
        )

    return Scheme(identifier, encrypt)


def build_pbes2(password: bytes, prf: str = "sha256", iterations: int = ITERATIONS) -> Scheme:
    """Build a scheme of AES-256 and PBKDF2; the password in UTF-8."""
    salt = os.urandom(8)
    function = encode_sequence(encode_oid(PRFS[prf]), _NULL)
    derivation = _build_pbkdf2(salt, iterations, *([function] if prf != "sha1" else []))
    return _build_aes(derivation, lambda: hashlib.pbkdf2_hmac(prf, password, salt, iterations, 32))


def build_scrypt(password: bytes, cost: int = 1024, block: int = 8, parallel: int = 1) -> Scheme:
    """Build a scheme of AES-256 and scrypt; the password in UTF-8."""
    salt = os.urandom(8)
    factors = (encode_integer(cost), encode_integer(block), encode_integer(parallel))
    derivation = encode_sequence(
        encode_oid("1.3.6.1.4.1.11591.4.11"), encode_sequence(encode_octets(salt), *factors)
    )
    return _build_aes(
        derivation, lambda: hashlib.scrypt(password, salt=salt, n=cost, r=block, p=parallel, dklen=32)
    )


def build_idea(password: bytes) -> Scheme:
    """Build a scheme of IDEA and PBKDF2, which few OpenSSL write; the password in UTF-8."""
    salt, iv = os.urandom(8), os.urandom(8)
    derivation = _build_pbkdf2(salt, ITERATIONS)
    cipher = encode_sequence(encode_oid("1.3.6.1.4.1.188.7.1.1.2"), encode_octets(iv))
    identifier = encode_sequence(encode_oid("1.2.840.113549.1.5.13"), encode_sequence(derivation, cipher))
    key = hashlib.pbkdf2_hmac("sha1", password, salt, ITERATIONS, 16)
    return Scheme(identifier, lambda data: _encrypt_cbc(IDEA(key), iv, data))


def _build_pbkdf2(salt: bytes, iterations: int, *fields: bytes) -> bytes:
    """Build the AlgorithmIdentifier of PBKDF2; further fields as in RFC 8018 A.2."""
    parameters = encode_sequence(encode_octets(salt), encode_integer(iterations), *fields)
    return encode_sequence(encode_oid("1.2.840.113549.1.5.12"), parameters)


def _build_aes(derivation: bytes, key: Callable[[], bytes]) -> Scheme:
    iv = os.urandom(16)
    cipher = encode_sequence(encode_oid("2.16.840.1.101.3.4.1.42"), encode_octets(iv))
    identifier = encode_sequence(encode_oid("1.2.840.113549.1.5.13"), encode_sequence(derivation, cipher))
    return Scheme(identifier, lambda data: _encrypt_cbc(algorithms.AES(key()), iv, data))


def _encrypt_cbc(algorithm: algorithms.AES | TripleDES | IDEA, iv: bytes, data: bytes) -> bytes:
    padder = PKCS7(algorithm.block_size).padder()
    encryptor = Cipher(algorithm, modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(data) + padder.finalize()) + encryptor.finalize()


def build_mac(password: bytes, name: str = "sha1", iterations: int | None = ITERATIONS) -> MacBuilder:
    """Build the MAC of RFC 7292; without `iterations` it leaves out their number, which means one."""

    def build(parts: bytes) -> bytes:
        salt = os.urandom(8)
        key = derive_key(name, 3, hashlib.new(name).digest_size, Secret(password, salt, iterations or 1))
        info = encode_sequence(
            encode_sequence(encode_oid(HASHES[name]), _NULL), encode_octets(hmac.digest(key, parts, name))
        )
        return encode_sequence(
            info, encode_octets(salt), *([encode_integer(iterations)] if iterations else [])
        )

    return build


def build_pbmac1(password: bytes, name: str = "sha256", iterations: int = ITERATIONS) -> MacBuilder:
    """Build the MAC of RFC 9579."""

    def build(parts: bytes) -> bytes:
        salt, function = os.urandom(8), encode_sequence(encode_oid(PRFS[name]), _NULL)
        key = hashlib.pbkdf2_hmac(name, password, salt, iterations, 32)
        derivation = _build_pbkdf2(salt, iterations, encode_integer(32), function)
        identifier = encode_sequence(
            encode_oid("1.2.840.113549.1.5.14"), encode_sequence(derivation, function)
        )
        info = encode_sequence(identifier, encode_octets(hmac.digest(key, parts, name)))
        return encode_sequence(info, encode_octets(b"NOT USED"), encode_integer(1))

    return build


def assemble_pfx(*parts: bytes, mac: MacBuilder | None = None) -> bytes:
    """Assemble a PKCS #12 from its parts."""
    safe = encode_sequence(*parts)
    return encode_sequence(
        encode_integer(3), build_content_info(DATA, encode_octets(safe)), mac(safe) if mac else b""
    )


def build_content_info(kind: str, content: bytes) -> bytes:
    """Build a ContentInfo."""
    return encode_sequence(encode_oid(kind), encode_tlv(0xA0, content))


def build_plain_part(*bags: bytes) -> bytes:
    """Build a part that is not encrypted."""
    return build_content_info(DATA, encode_octets(encode_sequence(*bags)))


def build_encrypted_part(scheme: Scheme, *bags: bytes) -> bytes:
    """Build an encrypted part."""
    content = encode_tlv(0x80, scheme.encrypt(encode_sequence(*bags)))
    return build_content_info(
        ENCRYPTED,
        encode_sequence(encode_integer(0), encode_sequence(encode_oid(DATA), scheme.identifier, content)),
    )


def build_bag(number: int, value: bytes, name: str | None = None, key_id: bytes | None = None) -> bytes:
    """Build a SafeBag, with friendlyName and localKeyID."""
    attributes = []
    if name is not None:
        attributes.append(_build_attribute("20", encode_tlv(0x1E, name.encode("utf-16-be"))))
    if key_id is not None:
        attributes.append(_build_attribute("21", encode_octets(key_id)))
    rest = encode_tlv(0x31, *attributes) if attributes else b""
    return encode_sequence(encode_oid(f"{_BAGS}{number}"), encode_tlv(0xA0, value), rest)


def _build_attribute(number: str, value: bytes) -> bytes:
    return encode_sequence(encode_oid(f"1.2.840.113549.1.9.{number}"), encode_tlv(0x31, value))


def build_certificate_bag(
    certificate: Identity | bytes, name: str | None = None, key_id: bytes | None = None
) -> bytes:
    """Build the bag of a certificate, or of bytes in its place."""
    if isinstance(certificate, bytes):
        der = certificate
    else:
        der = certificate.certificate.public_bytes(Encoding.DER)
    value = encode_sequence(encode_oid("1.2.840.113549.1.9.22.1"), encode_tlv(0xA0, encode_octets(der)))
    return build_bag(3, value, name, key_id)


def build_key_bag(
    identity: Identity, scheme: Scheme | None = None, name: str | None = None, key_id: bytes | None = None
) -> bytes:
    """Build the bag of a private key, shrouded with a scheme."""
    der = identity.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    if scheme is None:
        return build_bag(1, der, name, key_id)
    return build_bag(2, encode_sequence(scheme.identifier, encode_octets(scheme.encrypt(der))), name, key_id)


def build_secret_bag(kind: str, value: bytes) -> bytes:
    """Build the bag of a secret of some kind."""
    return build_bag(5, encode_sequence(encode_oid(kind), encode_tlv(0xA0, encode_octets(value))))


def build_costly_pfx(iterations: int) -> bytes:
    """Build a file whose MAC says to be made in so many iterations; nothing opens it in fewer."""
    algorithm = encode_sequence(encode_oid(HASHES["sha1"]), _NULL)
    digest = encode_sequence(algorithm, encode_octets(bytes(20)))
    mac = encode_sequence(digest, encode_octets(bytes(8)), encode_integer(iterations))
    part = build_content_info(DATA, encode_octets(encode_sequence()))
    return assemble_pfx(part, mac=lambda _: mac)
