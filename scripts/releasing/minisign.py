"""Signatures and keys in minisign's format (its file formats: https://jedisct1.github.io/minisign/).

A signature file has four lines: an untrusted comment; algorithm, key ID and Ed25519 signature in Base64; a
trusted comment; and, in Base64, an Ed25519 signature of the first signature followed by that comment. "ED"
signs the BLAKE2b-512 hash of a file, the older "Ed" the file itself.
"""

import base64
import hashlib
import secrets
import struct
from dataclasses import dataclass
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

_LEGACY, _PREHASHED = b"Ed", b"ED"
_SCRYPT, _NO_KDF, _BLAKE2B = b"Sc", b"\0\0", b"B2"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_ID, _KEY, _SIGNATURE, _SALT, _CHECKSUM = 8, 32, 64, 32, 32  # bytes
# Algorithms of signature, key derivation and checksum; salt, two limits; ID, both keys, checksum.
_SECRET_FILE = struct.Struct(f"<2s2s2s{_SALT}sQQ{_ID + 2 * _KEY + _CHECKSUM}s")
# minisign's own limits for new keys: libsodium's "sensitive" (crypto_pwhash_scryptsalsa208sha256.h).
_OPERATIONS, _MEMORY = 2**25, 2**30
# No key file may ask for more: scrypt's memory in bytes.
_LARGEST_MEMORY = 2**30


class SignatureError(Exception):
    """A key or a signature cannot be read, or does not verify; says why in English."""


class WrongKeyError(SignatureError):
    """The signature is by another key."""


class Signature(NamedTuple):
    """What a signature file says.

    Attributes:
        algorithm: ``Ed`` or ``ED``.
        key_id: of the key that made it, 8 bytes.
        signature: of the file or its hash.
        comment: signed, in one line.
        comment_signature: of ``signature`` and ``comment``.
    """

    algorithm: bytes
    key_id: bytes
    signature: bytes
    comment: str
    comment_signature: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a signature file.

        Raises:
            SignatureError: it is none.
        """
        lines = text.splitlines()
        try:
            untrusted, encoded, trusted, comment_signature = lines
        except ValueError:
            raise SignatureError("a signature has four lines") from None
        if not (untrusted.startswith(_UNTRUSTED) and trusted.startswith(_TRUSTED)):
            raise SignatureError("a signature has an untrusted and a trusted comment")
        packed = _decode(encoded, 2 + _ID + _SIGNATURE)
        if packed[:2] not in {_LEGACY, _PREHASHED}:
            raise SignatureError("unknown signature algorithm")
        return cls(
            packed[:2],
            packed[2 : 2 + _ID],
            packed[2 + _ID :],
            trusted.removeprefix(_TRUSTED),
            _decode(comment_signature, _SIGNATURE),
        )

    def encode(self) -> str:
        """Return the file's text."""
        lines = [
            f"{_UNTRUSTED}signature from minisign secret key",
            _encode(self.algorithm + self.key_id + self.signature),
            f"{_TRUSTED}{self.comment}",
            _encode(self.comment_signature),
        ]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class PublicKey:
    """A key that verifies.

    Attributes:
        key_id: 8 bytes, little-endian where they are shown as a number.
        key: Ed25519, 32 bytes (RFC 8032, 5.1.5).
    """

    key_id: bytes
    key: bytes

    @property
    def name(self) -> str:
        """Return the ID as minisign shows it."""
        return format_key_id(self.key_id)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a public key's file.

        Raises:
            SignatureError: it is none.
        """
        packed = _decode(_second_line(text), 2 + _ID + _KEY)
        if packed[:2] != _LEGACY:
            raise SignatureError("not a public key of minisign")
        return cls(packed[2 : 2 + _ID], packed[2 + _ID :])

    def encode(self) -> str:
        """Return the file's text."""
        return f"{_UNTRUSTED}minisign public key {self.name}\n{_encode(_LEGACY + self.key_id + self.key)}\n"

    def verify(self, data: bytes, signature: Signature) -> str:
        """Verify a file, and return the trusted comment.

        Raises:
            WrongKeyError: another key signed.
            SignatureError: the file or the comment was changed.
        """
        if signature.key_id != self.key_id:
            raise WrongKeyError(f"signed by {format_key_id(signature.key_id)}, not by {self.name}")
        key = Ed25519PublicKey.from_public_bytes(self.key)
        message = data if signature.algorithm == _LEGACY else hashlib.blake2b(data).digest()
        try:
            key.verify(signature.signature, message)
            key.verify(signature.comment_signature, signature.signature + signature.comment.encode())
        except InvalidSignature:
            raise SignatureError("the signature does not fit the file or its comment") from None
        return signature.comment


@dataclass(frozen=True)
class SecretKey:
    """A key that signs.

    Attributes:
        key_id: 8 bytes.
        seed: Ed25519's private key, 32 bytes (RFC 8032, 5.1.5).
    """

    key_id: bytes
    seed: bytes

    @classmethod
    def generate(cls) -> Self:
        """Make a new one."""
        return cls(secrets.token_bytes(_ID), secrets.token_bytes(_KEY))

    @property
    def public(self) -> PublicKey:
        """Return the key that verifies."""
        return PublicKey(self.key_id, self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, data: bytes, comment: str, *, is_legacy: bool = False) -> Signature:
        """Sign a file and a comment of one line.

        Raises:
            ValueError: the comment has several lines.
        """
        if len(comment.splitlines()) > 1:
            raise ValueError("a trusted comment is one line")
        signature = self._key.sign(data if is_legacy else hashlib.blake2b(data).digest())
        algorithm = _LEGACY if is_legacy else _PREHASHED
        return Signature(
            algorithm, self.key_id, signature, comment, self._key.sign(signature + comment.encode())
        )

    @classmethod
    def parse(cls, text: str, password: str) -> Self:
        """Read a secret key's file.

        Args:
            text: of the file.
            password: is ignored where the file is not encrypted (``minisign -W``).

        Raises:
            SignatureError: it is none, or the password is wrong.
        """
        fields = _SECRET_FILE.unpack(_decode(_second_line(text), _SECRET_FILE.size))
        algorithm, derivation, checksum, salt, operations, memory, body = fields
        if (algorithm, checksum) != (_LEGACY, _BLAKE2B) or derivation not in {_SCRYPT, _NO_KDF}:
            raise SignatureError("not a secret key of minisign")
        if derivation == _SCRYPT:
            body = _xor(body, _derive(password, salt, operations, memory, len(body)))
        key_id, pair, expected = body[:_ID], body[_ID:-_CHECKSUM], body[-_CHECKSUM:]
        # minisign leaves the checksum of a file without a password empty.
        if derivation == _SCRYPT and not secrets.compare_digest(_hash_key(key_id, pair), expected):
            raise SignatureError("wrong password")
        return cls(key_id, pair[:_KEY])

    def encode(self, password: str) -> str:
        """Return the file's text, encrypted with the password."""
        salt, pair = secrets.token_bytes(_SALT), self.seed + self.public.key
        body = self.key_id + pair + _hash_key(self.key_id, pair)
        body = _xor(body, _derive(password, salt, _OPERATIONS, _MEMORY, len(body)))
        packed = _SECRET_FILE.pack(_LEGACY, _SCRYPT, _BLAKE2B, salt, _OPERATIONS, _MEMORY, body)
        return f"{_UNTRUSTED}minisign encrypted secret key\n{_encode(packed)}\n"


def format_key_id(key_id: bytes) -> str:
    """Return a key's ID as minisign shows it: a little-endian number in hex."""
    return f"{int.from_bytes(key_id, 'little'):X}"


def _hash_key(key_id: bytes, pair: bytes) -> bytes:
    return hashlib.blake2b(_LEGACY + key_id + pair, digest_size=_CHECKSUM).digest()


def _derive(password: str, salt: bytes, operations: int, memory: int, length: int) -> bytes:
    """Derive what encrypts a key; libsodium's two limits become scrypt's n, r and p (its ``pickparams``).

    Raises:
        SignatureError: the file asks for too much memory.
    """
    r = 8
    operations = max(operations, 2**15)
    largest_n = operations // (r * 4) if operations < memory // 32 else memory // (r * 128)
    n = 2 ** max(1, largest_n.bit_length() - 1)
    p = 1 if operations < memory // 32 else max(1, operations // 4 // n // r)
    if 128 * r * n * p > _LARGEST_MEMORY:
        raise SignatureError("the key's file asks for more memory than minisign's own do")
    return Scrypt(salt=salt, length=length, n=n, r=r, p=p).derive(password.encode())


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))


def _second_line(text: str) -> str:
    lines = text.splitlines()
    if len(lines) < 2 or not lines[0].startswith(_UNTRUSTED):  # noqa: PLR2004  # the two lines of a key
        raise SignatureError("a key has an untrusted comment and a second line")
    return lines[1]


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str, size: int) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise SignatureError("not Base64") from None
    if len(data) != size:
        raise SignatureError(f"{len(data)} bytes instead of {size}")
    return data
