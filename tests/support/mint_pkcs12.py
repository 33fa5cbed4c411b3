"""PKCS #12 that the library does not write, built field by field (RFC 7292), with the library's own ciphers.

    pfx(encrypted(pbes2(b"secret"), certificate_bag(holder)), plain(key_bag(holder)), mac=mac("secret"))

A part holds bags; what protects a part or a key is a `Scheme`; a MAC is made over all parts.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

if TYPE_CHECKING:
    from tests.support.mint import Identity

Mac = Callable[[bytes], bytes]
"""Makes MacData over the parts."""

DATA, ENCRYPTED = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
ROUNDS = 1000
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


def tlv(tag: int, *contents: bytes) -> bytes:
    """Encode a value."""
    whole = b"".join(contents)
    if len(whole) < 0x80:
        return bytes([tag, len(whole)]) + whole
    length = len(whole).to_bytes((len(whole).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + whole


def sequence(*contents: bytes) -> bytes:
    """Encode a SEQUENCE."""
    return tlv(0x30, *contents)


def octets(contents: bytes) -> bytes:
    """Encode an OCTET STRING."""
    return tlv(0x04, contents)


def integer(number: int) -> bytes:
    """Encode an INTEGER."""
    return tlv(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """Encode an OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    return tlv(0x06, *(_base128(arc) for arc in (40 * first + second, *rest)))


def _base128(arc: int) -> bytes:
    digits = [arc & 0x7F]
    while arc := arc >> 7:
        digits.append(arc & 0x7F | 0x80)
    return bytes(reversed(digits))


def bmp(password: str) -> bytes:
    """Return a password as PKCS #12 takes it (RFC 7292 B.1)."""
    return password.encode("utf-16-be") + b"\0\0"


class Salted(NamedTuple):
    """A password in the bytes that PKCS #12 takes, and what is mixed in."""

    password: bytes
    salt: bytes
    rounds: int


def derive(name: str, purpose: int, length: int, secret: Salted) -> bytes:
    """Derive a key (RFC 7292 B.2)."""
    block = 128 if name in {"sha384", "sha512"} else 64
    both = (secret.salt, secret.password)
    repeated = b"".join((each * block)[: -(-len(each) // block) * block] for each in both if each)
    derived = b""
    while len(derived) < length:
        digest = bytes([purpose]) * block + repeated
        for _ in range(secret.rounds):
            digest = hashlib.new(name, digest).digest()
        derived += digest
        step = int.from_bytes((digest * block)[:block], "big") + 1
        chunks = [repeated[at : at + block] for at in range(0, len(repeated), block)]
        added = [(int.from_bytes(chunk, "big") + step) % (1 << 8 * block) for chunk in chunks]
        repeated = b"".join(each.to_bytes(block, "big") for each in added)
    return derived[:length]


class Scheme(NamedTuple):
    """An AlgorithmIdentifier and what encrypts by it."""

    identifier: bytes
    encrypt: Callable[[bytes], bytes]


def pbes1(password: bytes, rounds: int = ROUNDS) -> Scheme:
    """Protect with 3DES, as Windows does; the password in the bytes that PKCS #12 takes."""
    salt = os.urandom(8)
    identifier = sequence(oid("1.2.840.113549.1.12.1.3"), sequence(octets(salt), integer(rounds)))

    def encrypt(data: bytes) -> bytes:
        secret = Salted(password, salt, rounds)
        return _cbc(TripleDES(derive("sha1", 1, 24, secret)), derive("sha1", 2, 8, secret), data)

    return Scheme(identifier, encrypt)


def pbes2(password: bytes, prf: str = "sha256", rounds: int = ROUNDS) -> Scheme:
    """Protect with AES-256 and PBKDF2."""
    salt = os.urandom(8)
    function = sequence(oid(PRFS[prf]), _NULL)
    derivation = sequence(
        oid("1.2.840.113549.1.5.12"),
        sequence(octets(salt), integer(rounds), *([function] if prf != "sha1" else [])),
    )
    return _aes(derivation, lambda: hashlib.pbkdf2_hmac(prf, password, salt, rounds, 32))


def scrypt(password: bytes, cost: int = 1024, block: int = 8, parallel: int = 1) -> Scheme:
    """Protect with AES-256 and scrypt."""
    salt = os.urandom(8)
    factors = (integer(cost), integer(block), integer(parallel))
    derivation = sequence(oid("1.3.6.1.4.1.11591.4.11"), sequence(octets(salt), *factors))
    return _aes(
        derivation, lambda: hashlib.scrypt(password, salt=salt, n=cost, r=block, p=parallel, dklen=32)
    )


def _aes(derivation: bytes, key: Callable[[], bytes]) -> Scheme:
    iv = os.urandom(16)
    cipher = sequence(oid("2.16.840.1.101.3.4.1.42"), octets(iv))
    identifier = sequence(oid("1.2.840.113549.1.5.13"), sequence(derivation, cipher))
    return Scheme(identifier, lambda data: _cbc(algorithms.AES(key()), iv, data))


def _cbc(algorithm: algorithms.AES | TripleDES, iv: bytes, data: bytes) -> bytes:
    padder = PKCS7(algorithm.block_size).padder()
    encryptor = Cipher(algorithm, modes.CBC(iv)).encryptor()
    return encryptor.update(padder.update(data) + padder.finalize()) + encryptor.finalize()


def mac(password: bytes, name: str = "sha1", rounds: int | None = ROUNDS) -> Mac:
    """Make the MAC of RFC 7292; without `rounds` it says nothing of the one that it takes."""

    def make(parts: bytes) -> bytes:
        salt = os.urandom(8)
        key = derive(name, 3, hashlib.new(name).digest_size, Salted(password, salt, rounds or 1))
        info = sequence(sequence(oid(HASHES[name]), _NULL), octets(hmac.digest(key, parts, name)))
        return sequence(info, octets(salt), *([integer(rounds)] if rounds else []))

    return make


def pbmac1(password: bytes, name: str = "sha256", rounds: int = ROUNDS) -> Mac:
    """Make the MAC of RFC 9579."""

    def make(parts: bytes) -> bytes:
        salt, function = os.urandom(8), sequence(oid(PRFS[name]), _NULL)
        key = hashlib.pbkdf2_hmac(name, password, salt, rounds, 32)
        parameters = sequence(octets(salt), integer(rounds), integer(32), function)
        derivation = sequence(oid("1.2.840.113549.1.5.12"), parameters)
        identifier = sequence(oid("1.2.840.113549.1.5.14"), sequence(derivation, function))
        info = sequence(identifier, octets(hmac.digest(key, parts, name)))
        return sequence(info, octets(b"NOT USED"), integer(1))

    return make


def pfx(*parts: bytes, mac: Mac | None = None) -> bytes:
    """Put parts together."""
    safe = sequence(*parts)
    return sequence(integer(3), content_info(DATA, octets(safe)), mac(safe) if mac else b"")


def content_info(kind: str, content: bytes) -> bytes:
    """Return a ContentInfo."""
    return sequence(oid(kind), tlv(0xA0, content))


def plain(*bags: bytes) -> bytes:
    """Return a part that is not encrypted."""
    return content_info(DATA, octets(sequence(*bags)))


def encrypted(scheme: Scheme, *bags: bytes) -> bytes:
    """Return an encrypted part."""
    content = tlv(0x80, scheme.encrypt(sequence(*bags)))
    return content_info(ENCRYPTED, sequence(integer(0), sequence(oid(DATA), scheme.identifier, content)))


def bag(number: int, value: bytes, name: str | None = None, key_id: bytes | None = None) -> bytes:
    """Return a SafeBag, with friendlyName and localKeyID."""
    attributes = []
    if name is not None:
        attributes.append(_attribute("20", tlv(0x1E, name.encode("utf-16-be"))))
    if key_id is not None:
        attributes.append(_attribute("21", octets(key_id)))
    rest = tlv(0x31, *attributes) if attributes else b""
    return sequence(oid(f"{_BAGS}{number}"), tlv(0xA0, value), rest)


def _attribute(number: str, value: bytes) -> bytes:
    return sequence(oid(f"1.2.840.113549.1.9.{number}"), tlv(0x31, value))


def certificate_bag(of: Identity | bytes, name: str | None = None, key_id: bytes | None = None) -> bytes:
    """Return the bag of a certificate, or of what stands in its place."""
    der = of if isinstance(of, bytes) else of.certificate.public_bytes(Encoding.DER)
    value = sequence(oid("1.2.840.113549.1.9.22.1"), tlv(0xA0, octets(der)))
    return bag(3, value, name, key_id)


def key_bag(
    of: Identity, scheme: Scheme | None = None, name: str | None = None, key_id: bytes | None = None
) -> bytes:
    """Return the bag of a key, shrouded with a scheme."""
    der = of.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    if scheme is None:
        return bag(1, der, name, key_id)
    return bag(2, sequence(scheme.identifier, octets(scheme.encrypt(der))), name, key_id)


def secret_bag(kind: str, value: bytes) -> bytes:
    """Return the bag of a secret of some kind."""
    return bag(5, sequence(oid(kind), tlv(0xA0, octets(value))))
