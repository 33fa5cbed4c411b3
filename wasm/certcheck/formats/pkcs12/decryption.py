"""Decryption of a part of a PKCS #12 that the library decrypts and then refuses to read, as for a bad string.

It uses the library's ciphers, for what Windows and OpenSSL write: 3DES, and AES with PBKDF2 or scrypt; RC2 is
in `certcheck.formats.pkcs12.rc2`.
PKCS #12's own key derivation, which the library does not hand out, is here; so is the MAC that is made by it.
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
from certcheck.formats.pkcs12 import rc2
from certcheck.formats.pkcs12.algorithms import AlgorithmIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cryptography.hazmat.asn1 import asn1

_AES_KEY_SIZES = {oids.AES_128_CBC: 16, oids.AES_192_CBC: 24, oids.AES_256_CBC: 32}  # bytes
_RC2_KEY_SIZES = {oids.PBE_SHA1_RC2_128: 16, oids.PBE_SHA1_RC2_40: 5}  # bytes
_FUNCTIONS: dict[str, type[hashes.HashAlgorithm]] = {
    oids.HMAC_SHA1: hashes.SHA1,
    oids.HMAC_SHA224: hashes.SHA224,
    oids.HMAC_SHA256: hashes.SHA256,
    oids.HMAC_SHA384: hashes.SHA384,
    oids.HMAC_SHA512: hashes.SHA512,
}
_HASHES = {"MD5": "md5", "SHA-1": "sha1"} | {f"SHA-{bits}": f"sha{bits}" for bits in (224, 256, 384, 512)}
"""hashlib's names of the hashes that `certcheck.formats.pkcs12.algorithms` names."""

_KEY, _IV, _MAC_KEY = 1, 2, 3  # the ID of what is derived (RFC 7292 B.3)
_TRIPLE_DES_KEY_SIZE, _TRIPLE_DES_BLOCK_SIZE = 24, 8  # bytes


class Ciphertext(NamedTuple):
    """Encrypted data, and the AlgorithmIdentifier of their encryption."""

    algorithm: asn1.TLV
    data: bytes


class Mac(NamedTuple):
    """The MAC of a PKCS #12 (RFC 7292 4, 5.1).

    Attributes:
        hash: the hash's name, as `certcheck.formats.pkcs12.algorithms` gives it.
        digest: the MAC's value.
        salt: of the key derivation.
        iterations: of the key derivation.
    """

    hash: str
    digest: bytes
    salt: bytes
    iterations: int


class _Secret(NamedTuple):
    """A password as PKCS #12 encodes it, and the salt and iterations of the key derivation."""

    password: bytes
    salt: bytes
    iterations: int


def decrypt(ciphertext: Ciphertext, password: bytes) -> list[bytes]:
    """Decrypt data.

    Args:
        ciphertext: the data.
        password: UTF-8, or the bytes that a console gave.

    Returns:
        What the password may decrypt them to: for an empty one with both of its encodings; mostly none for a
        wrong one; none for other algorithms and parameters.
    """
    try:
        return list(_decrypt(ciphertext, password))
    except (ValueError, KeyError, UnsupportedAlgorithm):
        return []


def derive_sample(iterations: int) -> None:
    """Derive a key as most files ask for it, for a caller who takes the time (RFC 8018 5.2)."""
    PBKDF2HMAC(hashes.SHA256(), 32, bytes(8), iterations).derive(b"sample")


def is_valid_mac(mac: Mac, content: bytes, password: bytes) -> bool:
    """Tell whether a MAC over content was made with a password.

    Args:
        mac: the MAC.
        content: AuthenticatedSafe.
        password: as for :func:`decrypt`.

    Returns:
        False of an unknown hash, too, and of a MAC that takes Python too long.
    """
    name = _HASHES.get(mac.hash)
    if name is None:
        return False
    size = hashlib.new(name, usedforsecurity=False).digest_size
    try:
        for encoded in _encode_password(password):
            key = _derive(name, _MAC_KEY, size, _Secret(encoded, mac.salt, mac.iterations))
            if hmac.compare_digest(hmac.digest(key, content, name), mac.digest):
                return True
    except ValueError:
        return False
    return False


def _decrypt(ciphertext: Ciphertext, password: bytes) -> Iterator[bytes]:
    identifier = ciphertext.algorithm.parse(AlgorithmIdentifier)
    oid = identifier.algorithm.dotted_string
    parameters = der.split_sequence(der.encode_tlv(identifier.parameters))
    if oid == oids.PBES2:
        derivation, cipher = (parameter.parse(AlgorithmIdentifier) for parameter in parameters)
        key = _derive_pbes2_key(derivation, password, _AES_KEY_SIZES[cipher.algorithm.dotted_string])
        yield from _decrypt_cbc(AES(key), cipher.parameters.parse(bytes), ciphertext.data)
    elif oid == oids.PBE_SHA1_3DES:
        salt, iterations = parameters
        for encoded in _encode_password(password):
            secret = _Secret(encoded, salt.parse(bytes), iterations.parse(int))
            key = _derive("sha1", _KEY, _TRIPLE_DES_KEY_SIZE, secret)
            vector = _derive("sha1", _IV, _TRIPLE_DES_BLOCK_SIZE, secret)
            yield from _decrypt_cbc(TripleDES(key), vector, ciphertext.data)
    elif oid in _RC2_KEY_SIZES:
        salt, iterations = parameters
        size = _RC2_KEY_SIZES[oid]
        for encoded in _encode_password(password):
            secret = _Secret(encoded, salt.parse(bytes), iterations.parse(int))
            key = _derive("sha1", _KEY, size, secret)
            vector = _derive("sha1", _IV, rc2.BLOCK_SIZE, secret)
            yield from _unpad(rc2.decrypt_cbc(key, 8 * size, vector, ciphertext.data), rc2.BLOCK_SIZE)


def _derive_pbes2_key(derivation: AlgorithmIdentifier, password: bytes, size: int) -> bytes:
    """Derive a key of some bytes with PBKDF2 (RFC 8018 5.2) or scrypt (RFC 7914 6).

    Raises:
        ValueError: another key derivation, or bad parameters.
        KeyError: another pseudo-random function.
    """
    oid = derivation.algorithm.dotted_string
    salt, *parameters = der.split_sequence(der.encode_tlv(derivation.parameters))
    if oid == oids.SCRYPT:
        cost, block_size, parallelization = (parameter.parse(int) for parameter in parameters[:3])
        return Scrypt(salt.parse(bytes), size, cost, block_size, parallelization).derive(password)
    if oid != oids.PBKDF2:
        raise ValueError("another key derivation")
    function = oids.HMAC_SHA1  # the default (RFC 8018 A.2)
    if parameters[-1].tag_bytes == tags.SEQUENCE:
        function_oid, *_ = der.split_sequence(der.encode_tlv(parameters[-1]))
        function = function_oid.parse(ObjectIdentifier).dotted_string
    iterations = parameters[0].parse(int)
    return PBKDF2HMAC(_FUNCTIONS[function](), size, salt.parse(bytes), iterations).derive(password)


def _decrypt_cbc(algorithm: AES | TripleDES, vector: bytes, data: bytes) -> Iterator[bytes]:
    """Yield the plaintext; nothing where it is no whole blocks, or its padding shows a wrong password."""
    decryptor = Cipher(algorithm, CBC(vector)).decryptor()
    try:
        padded = decryptor.update(data) + decryptor.finalize()
    except ValueError:
        return
    yield from _unpad(padded, algorithm.block_size // 8)


def _unpad(padded: bytes, block_size: int) -> Iterator[bytes]:
    """Yield the plaintext; nothing where its padding shows that the password is wrong."""
    unpadder = PKCS7(8 * block_size).unpadder()
    try:
        yield unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        return


def _encode_password(password: bytes) -> tuple[bytes, ...]:
    """Return a password as PKCS #12 encodes it (RFC 7292 B.1); an empty one also of length zero.

    Bytes that are no UTF-8 count as a character each, as OpenSSL takes them.
    """
    try:
        text = password.decode()
    except UnicodeDecodeError:
        text = password.decode("latin-1")
    encoded = text.encode("utf-16-be") + b"\0\0"
    return (encoded,) if password else (b"", encoded)


def _derive(hash_name: str, purpose: int, size: int, secret: _Secret) -> bytes:
    """Derive a key, an IV or a MAC's key (RFC 7292 B.2), whose step numbers stand at the code.

    Args:
        hash_name: hashlib's name.
        purpose: the ID of what is derived.
        size: bytes to derive.
        secret: password, salt and iterations.

    Raises:
        ValueError: that takes more iterations than Python does in a second.
    """
    new_hash = partial(getattr(hashlib, hash_name), usedforsecurity=False)
    block_size = new_hash().block_size
    if secret.iterations * -(-size // new_hash().digest_size) > limits.DIAGNOSIS_BUDGET:
        raise ValueError("too many iterations")
    diversifier = _repeat(bytes([purpose]), block_size)  # 1.
    filled = _fill_blocks(secret.salt, block_size) + _fill_blocks(secret.password, block_size)  # 2. to 4.
    derived = b""
    while len(derived) < size:  # 5. and 6.
        digest = diversifier + filled
        for _ in range(secret.iterations):
            digest = new_hash(digest).digest()  # A.
        derived += digest
        addend = int.from_bytes(_repeat(digest, block_size), "big") + 1  # B.
        blocks = [filled[at : at + block_size] for at in range(0, len(filled), block_size)]
        filled = b"".join(_add(block, addend) for block in blocks)  # C.
    return derived[:size]  # 7. and 8.


def _add(block: bytes, addend: int) -> bytes:
    """Add a number to a block, modulo the numbers that the block can hold."""
    total = (int.from_bytes(block, "big") + addend) % (1 << 8 * len(block))
    return total.to_bytes(len(block), "big")


def _fill_blocks(octets: bytes, block_size: int) -> bytes:
    """Repeat octets until they fill whole blocks; no octets fill none."""
    return _repeat(octets, -(-len(octets) // block_size) * block_size)


def _repeat(octets: bytes, size: int) -> bytes:
    return (octets * -(-size // len(octets)))[:size] if octets else b""
