"""Opening the encrypted parts and the keys of a PKCS #12 with one password, each by itself and each once.

pyca/cryptography opens whole files only, answers every failure alike, and hands out the first key of a file.
So each piece is put into a PKCS #12 of its own, without a MAC.
"""

from __future__ import annotations

import hmac
from functools import cached_property
from hashlib import sha1
from typing import TYPE_CHECKING, Annotated, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from cryptography.x509 import ObjectIdentifier

from certcheck.asn1 import der, oids, tags
from certcheck.errors import Failure, UnusableInput
from certcheck.formats.pkcs12 import public_keys, structure
from certcheck.formats.pkcs12.decryption import decrypt, is_valid_mac
from certcheck.x509 import extensions

if TYPE_CHECKING:
    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.passwords import Form
    from certcheck.formats.pkcs12.structure import Bag, Part, Pfx

Loaded: TypeAlias = "PKCS12KeyAndCertificates | Failure | None"
"""What opening gives: contents; why they cannot be read; or None where the password does not open them."""

# What the library says of whatever it does not open, and of what is none of its PKCS #12.
_STAYS_CLOSED = {"Invalid password or PKCS12 data", "Could not deserialize PKCS12 data"}
_DATA, _SHA1 = ObjectIdentifier(oids.DATA), ObjectIdentifier(oids.SHA1)
_SALT = bytes(8)


@asn1.sequence
class _Content:
    content_type: ObjectIdentifier
    content: Annotated[bytes, asn1.Explicit(0)]


@asn1.sequence
class _Algorithm:
    algorithm: ObjectIdentifier
    parameters: asn1.Null


@asn1.sequence
class _Digest:
    algorithm: _Algorithm
    digest: bytes


@asn1.sequence
class _Mac:
    digest: _Digest
    salt: bytes


@asn1.sequence
class _Pfx:
    version: int
    content: _Content
    mac: _Mac | None


class Opener:
    """A password, and what it has opened of a file: nothing is derived or decrypted twice.

    Attributes:
        form: the form of the password that was typed.
        password: UTF-8.
    """

    def __init__(self, file: Pfx, form: Form, password: bytes, normaliser: Normaliser) -> None:
        """Open nothing yet.

        Args:
            file: the file.
            form: the form of the password that was typed.
            password: UTF-8.
            normaliser: the file's.
        """
        self.form: Form = form
        self.password = password
        self._file, self._normaliser = file, normaliser
        self._parts: dict[bytes, Loaded] = {}
        self._keys: dict[bytes, bytes | Failure | None] = {}
        self._bags: dict[bytes, tuple[Bag, ...] | None] = {}

    @cached_property
    def has_valid_mac(self) -> bool:
        """The MAC was made with the password; False of one that is not RFC 7292's own, or takes too long."""
        mac = self._file.verifiable
        return mac is not None and is_valid_mac(mac, self._file.content, self.password)

    def open_part(self, part: Part) -> Loaded:
        """Open an encrypted part.

        Returns:
            A failure is `unsupported_algorithm` of a private key in it, or `damaged`.
        """
        if part.encoded not in self._parts:
            self._parts[part.encoded] = _load_without_mac(
                der.encode(tags.SEQUENCE, part.encoded), self.password
            )
        return self._parts[part.encoded]

    def decrypt_part(self, part: Part) -> tuple[Bag, ...] | None:
        """Decrypt an encrypted part that the library refuses to read; None where the password does not.

        Raises:
            UnusableInput: `over_limit`.
        """
        if part.encoded not in self._bags:
            self._bags[part.encoded] = self._decrypt_part(part)
        return self._bags[part.encoded]

    def _decrypt_part(self, part: Part) -> tuple[Bag, ...] | None:
        for contents in decrypt(part.sealed, self.password) if part.sealed else ():
            try:
                return structure.bags(contents, self._normaliser)
            except UnusableInput as error:
                if error.code == "over_limit":
                    raise
            except ValueError:
                continue
        return None

    def open_key(self, bag: Bag) -> bytes | Failure | None:
        """Open a private key.

        Returns:
            Its public key, SubjectPublicKeyInfo in DER; `unsupported_algorithm` or `damaged` of a key that
            opens and cannot be read; None where the password does not open it.
        """
        if bag.encoded not in self._keys:
            self._keys[bag.encoded] = self._open_key(bag)
        return self._keys[bag.encoded]

    def _open_key(self, bag: Bag) -> bytes | Failure | None:
        public_key = public_keys.read_public_key(bag, self.password)
        if public_key is not None:
            return public_key
        loaded = _load_without_mac(_wrap_bag(bag), self.password)
        if isinstance(loaded, PKCS12KeyAndCertificates):
            return public_keys.encode_public_key(loaded.key) if loaded.key else None
        return loaded

    def opens(self, piece: Part | Bag) -> bool:
        """Tell whether the password opens an encrypted part or key, readable or not."""
        opened = self.open_part(piece) if isinstance(piece, structure.Part) else self.open_key(piece)
        return opened is not None

    def opens_whole_file(self) -> bool:
        """Tell whether the library opens the file, its MAC included.

        It hands out what all pieces hold together: which piece holds what shows only where there is but one.
        """
        if self._file.mac:
            loaded = _load(self._file.encoded, self.password)
        else:
            loaded = _load_without_mac(self._file.content, self.password)
        if loaded is not None and self._file.is_single_encrypted_part:
            ((_, part),) = self._file.encrypted_pieces
            self._parts[part.encoded] = loaded
        return loaded is not None


def _wrap_bag(bag: Bag) -> bytes:
    """Return an AuthenticatedSafe of one part, of one bag."""
    octets = der.encode(tags.SEQUENCE, bag.encoded)
    part = asn1.encode_der(_Content(content_type=_DATA, content=octets))
    return der.encode(tags.SEQUENCE, part)


def _load(encoded: bytes, password: bytes) -> Loaded:
    """Open a whole PKCS #12."""
    try:
        return load_pkcs12(encoded, password)
    except UnsupportedAlgorithm:
        return Failure("unsupported_algorithm", {"algorithm": "private key"})
    except extensions.UNREADABLE as error:
        return None if str(error) in _STAYS_CLOSED else Failure("damaged")


def _load_without_mac(content: bytes, password: bytes) -> Loaded:
    """Open an AuthenticatedSafe that has no MAC, with both encodings of an empty password.

    Such a password is of length zero or two zero bytes (RFC 7292 B.1). The library takes it for the former,
    unless a MAC that it can verify was made with the latter. Its key derivation (B.2) is easy for that one:
    a single round of SHA-1 over 64 times 3, the salt, and zeros.
    """
    content_info = _Content(content_type=_DATA, content=content)
    loaded = _load(asn1.encode_der(_Pfx(version=3, content=content_info, mac=None)), password)
    if loaded is not None or password:
        return loaded
    key = sha1(b"\3" * 64 + _SALT * 8 + bytes(64)).digest()  # noqa: S324 - nothing is protected by it
    algorithm = _Algorithm(algorithm=_SHA1, parameters=asn1.Null())
    digest = _Digest(algorithm=algorithm, digest=hmac.digest(key, content, "sha1"))
    mac = _Mac(digest=digest, salt=_SALT)
    return _load(asn1.encode_der(_Pfx(version=3, content=content_info, mac=mac)), password)
