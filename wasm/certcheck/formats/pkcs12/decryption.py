"""Decrypting a part of a PKCS #12 that the library opens and then refuses, for a bad string in a name.

Only where the library has failed, with its own ciphers, and for what Windows and OpenSSL write today: 3DES,
and AES with PBKDF2 or scrypt. PKCS #12's own key derivation, which it does not hand out, is here.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.x509 import ObjectIdentifier

from certcheck import limits
from certcheck.asn1 import der, oids, tags
from certcheck.formats.pkcs12.algorithms import AlgorithmIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.asn1 import asn1

_AES_KEY_SIZES = {oids.AES_128_CBC: 16, oids.AES_192_CBC: 24, oids.AES_256_CBC: 32}  # bytes
_FUNCTIONS: dict[str, type[hashes.HashAlgorithm]] = {
    oids.HMAC_SHA1: hashes.SHA1,
    oids.HMAC_SHA224: hashes.SHA224,
    oids.HMAC_SHA256: hashes.SHA256,
    oids.HMAC_SHA384: hashes.SHA384,
    oids.HMAC_SHA512: hashes.SHA512,
}
_DIGESTS = {"MD5": "md5", "SHA-1": "sha1"} | {f"SHA-{bits}": f"sha{bits}" for bits in (224, 256, 384, 512)}
_KEY, _IV, _MAC = 1, 2, 3  # what is derived (RFC 7292 B.3)


class Sealed(NamedTuple):
    """What is encrypted, and how."""

    algorithm: asn1.TLV
    data: bytes


class Mac(NamedTuple):
    """The MAC of RFC 7292, its hash by the name that `certcheck.algorithms` gives it."""

    hash: str
    digest: bytes
    salt: bytes
    rounds: int


class _Secret(NamedTuple):
    """A password as PKCS #12 takes it, and what is mixed in."""

    text: bytes
    salt: bytes
    rounds: int


def decrypt(sealed: Sealed, password: bytes) -> list[bytes]:
    """Return what a password may decrypt it to: an empty one has two encodings; a wrong one mostly none.

    Args:
        sealed: what is encrypted.
        password: UTF-8.
    """
    try:
        return list(_decrypt(sealed, password))
    except (ValueError, KeyError, UnsupportedAlgorithm):  # parameters that are not usual
        return []


def is_valid_mac(mac: Mac, content: bytes, password: bytes) -> bool:
    """Tell whether the MAC over some content was made with the password; no where that takes too long."""
    name = _DIGESTS.get(mac.hash, "")
    if not name:
        return False
    size = hashlib.new(name, usedforsecurity=False).digest_size
    secrets = (_Secret(text, mac.salt, mac.rounds) for text in _texts(password))
    made = (hmac.digest(_derive(name, _MAC, size, secret), content, name) for secret in secrets)
    try:
        return any(hmac.compare_digest(each, mac.digest) for each in made)
    except ValueError:
        return False


def _decrypt(sealed: Sealed, password: bytes) -> Iterator[bytes]:
    whole = sealed.algorithm.parse(AlgorithmIdentifier)
    parameters = der.split_sequence(der.encode_tlv(whole.parameters))
    if whole.algorithm.dotted_string == oids.PBES2:
        derivation, cipher = (each.parse(AlgorithmIdentifier) for each in parameters)
        key = _key(derivation, password, _AES_KEY_SIZES[cipher.algorithm.dotted_string])
        yield from _plain(AES(key), cipher.parameters.parse(bytes), sealed.data)
    elif whole.algorithm.dotted_string == oids.PBE_SHA1_3DES:
        salt, rounds = parameters
        for text in _texts(password):
            secret = _Secret(text, salt.parse(bytes), rounds.parse(int))
            key, vector = _derive("sha1", _KEY, 24, secret), _derive("sha1", _IV, 8, secret)
            yield from _plain(TripleDES(key), vector, sealed.data)


def _key(derivation: AlgorithmIdentifier, password: bytes, size: int) -> bytes:
    """Derive a key (RFC 8018 5.2, RFC 7914 6)."""
    salt, *fields = der.split_sequence(der.encode_tlv(derivation.parameters))
    if derivation.algorithm.dotted_string == oids.SCRYPT:
        cost, block, parallel = (field.parse(int) for field in fields[:3])
        return Scrypt(salt.parse(bytes), size, cost, block, parallel).derive(password)
    if derivation.algorithm.dotted_string != oids.PBKDF2:
        raise ValueError("another derivation")
    function = oids.HMAC_SHA1  # the default
    if fields[-1].tag_bytes == tags.SEQUENCE:
        function = der.split_sequence(der.encode_tlv(fields[-1]))[0].parse(ObjectIdentifier).dotted_string
    rounds = fields[0].parse(int)
    return PBKDF2HMAC(_FUNCTIONS[function](), size, salt.parse(bytes), rounds).derive(password)


def _plain(algorithm: AES | TripleDES, vector: bytes, data: bytes) -> Iterator[bytes]:
    decryptor = Cipher(algorithm, CBC(vector)).decryptor()
    unpadder = PKCS7(algorithm.block_size).unpadder()
    try:
        padded = decryptor.update(data) + decryptor.finalize()
        yield unpadder.update(padded) + unpadder.finalize()
    except ValueError:  # the padding of a wrong password
        return


def _texts(password: bytes) -> tuple[bytes, ...]:
    """Return a password as PKCS #12 takes it (RFC 7292 B.1), an empty one also of length zero."""
    text = password.decode().encode("utf-16-be") + b"\0\0"
    return (text,) if password else (b"", text)


def _derive(name: str, purpose: int, size: int, secret: _Secret) -> bytes:
    """Derive a key, an IV or a MAC's key (RFC 7292 B.2).

    Raises:
        ValueError: that takes more rounds than Python does in a second.
    """
    make = partial(getattr(hashlib, name), usedforsecurity=False)
    block = make().block_size
    if secret.rounds * -(-size // make().digest_size) > limits.DIAGNOSIS_BUDGET:
        raise ValueError("too many rounds")
    repeated = b"".join(_repeat(each, -(-len(each) // block) * block) for each in (secret.salt, secret.text))
    derived = b""
    while len(derived) < size:
        digest = _repeat(bytes([purpose]), block) + repeated
        for _ in range(secret.rounds):
            digest = make(digest).digest()
        derived += digest
        added = int.from_bytes(_repeat(digest, block), "big") + 1
        numbers = [int.from_bytes(repeated[at : at + block], "big") for at in range(0, len(repeated), block)]
        repeated = b"".join(((each + added) % 2 ** (8 * block)).to_bytes(block, "big") for each in numbers)
    return derived[:size]


def _repeat(octets: bytes, size: int) -> bytes:
    return (octets * -(-size // len(octets)))[:size] if octets else b""
