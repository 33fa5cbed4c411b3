"""Opening a PKCS #12 with the library: which password, and if none, why.

The library checks the MAC before it decrypts, answers every failure alike, and hands out one key. So the file
as a whole tells whether a password is right, and each piece, an encrypted part or a key, is then opened by
itself. Where no password opens the whole, the cause is found from the bytes: an unknown algorithm shows in
the structure; where a password opens one of the pieces, it is right and the file is damaged; and where all of
them open, the library refuses to read something that others read.
"""

from __future__ import annotations

import hmac
from hashlib import sha1
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from cryptography.x509 import ObjectIdentifier

from certcheck import limits
from certcheck.asn1 import der
from certcheck.errors import UnusableInput
from certcheck.formats.pkcs12 import passwords, public_keys, structure
from certcheck.formats.pkcs12.decryption import decrypt, verifies
from certcheck.x509 import extensions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser
    from certcheck.formats.pkcs12.algorithms import Algorithm
    from certcheck.formats.pkcs12.decryption import Sealed
    from certcheck.formats.pkcs12.structure import Bag, Pfx

_WRONG = "Invalid password or PKCS12 data"  # what the library says of all that it cannot open
_SHA1 = ObjectIdentifier("1.3.14.3.2.26")
_SALT = bytes(8)
_FEW_ROUNDS = 10_000  # of a MAC's derivation, which is slower here than in the library; Windows uses 2,000


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


class Opened(NamedTuple):
    """The password that opens a file, and the form it has."""

    form: passwords.Form
    password: bytes


class Piece(NamedTuple):
    """What is encrypted by itself.

    Attributes:
        encoded: a ContentInfo.
        part: the number of the part that it is or lies in.
        sealed: of a part.
    """

    encoded: bytes
    part: int
    sealed: Sealed | None = None


def find_password(file: Pfx, password: str | None, normaliser: Normaliser) -> Opened | UnusableInput:
    """Return the form that opens a file, or why none does.

    Args:
        file: the file.
        password: None where nobody has been asked.
        normaliser: the file's.

    Returns:
        As errors `unsupported_algorithm`, `windows_account`, `damaged`, `password_required` where no password
        was given and the empty one does not open it, `wrong_password`.
    """
    forms = [Opened(*each) for each in passwords.forms(password)]
    trials, search = _Budget(limits.TRIALS), _Budget(limits.SEARCH)
    for algorithm in _flat((file.mac, *file.encryption)):
        if not algorithm.supported:  # nor are its rounds known
            return _unsupported(file, algorithm)
    for opened in forms:
        if trials.allow(file.mac or _flat(file.encryption)) and _opens_whole(file, opened.password):
            return opened if file.mac or file.encryption else Opened("none", b"")
    if file.windows_account:
        return UnusableInput("windows_account")
    for opened in sorted(forms, key=lambda each: each.form != "as_typed"):
        if search.allow(_flat((file.mac, *file.encryption))) or opened.form == "as_typed":
            found = _in_pieces(file, opened, normaliser)
            if found is not None:
                return found
    return UnusableInput("password_required" if password is None else "wrong_password")


def _in_pieces(file: Pfx, opened: Opened, normaliser: Normaliser) -> Opened | UnusableInput | None:
    """Try what a password opens by itself, where the library does not open the whole.

    Returns:
        The password, where all is in order and the library refuses to read something, as a bad string in a
        name; where the file is damaged; None where the password opens nothing.
    """
    pieces, password = list(_pieces(file)), opened.password
    closed = [piece for piece in pieces if not _opens(piece, password)]
    verified = file.verifiable is not None and verifies(file.verifiable, file.content, password)
    if file.mac and not verified and len(closed) == len(pieces):
        return None
    closed = [each for each in closed if not (each.sealed and decrypted(each.sealed, password, normaliser))]
    if not closed and (verified or not file.mac):
        return opened
    if not verified and len(closed) == len(pieces):
        return None
    return UnusableInput("damaged", part=closed[0].part) if closed else UnusableInput("damaged", where="mac")


def decrypted(sealed: Sealed, password: bytes, normaliser: Normaliser) -> tuple[Bag, ...] | None:
    """Return the bags of a part that the library refuses to read; None where the password does not open it.

    Raises:
        UnusableInput: `over_limit`.
    """
    for contents in decrypt(sealed, password):
        try:
            return structure.bags(contents, normaliser)
        except UnusableInput as failure:
            if failure.code == "over_limit":
                raise
        except ValueError:
            continue
    return None


def alone(encoded: bytes, password: bytes) -> PKCS12KeyAndCertificates | None:
    """Open one part by itself; None where the password does not.

    Args:
        encoded: a ContentInfo.
        password: UTF-8.

    Raises:
        UnusableInput: `unsupported_algorithm` of a key, `damaged`: it opens, and cannot be read.
    """
    return _without_mac(der.element(der.SEQUENCE, encoded), password)


def in_a_part(bag: Bag) -> bytes:
    """Return a part of one bag."""
    oid, octets = ObjectIdentifier(structure.DATA), der.element(der.SEQUENCE, bag.encoded)
    return asn1.encode_der(_Content(content_type=oid, content=octets))


def _unsupported(file: Pfx, algorithm: Algorithm) -> UnusableInput:
    if file.windows_account:
        return UnusableInput("windows_account")
    return UnusableInput("unsupported_algorithm", algorithm=algorithm.name)


class _Budget:
    """Counts the rounds of key derivation that trying costs."""

    def __init__(self, rounds: int) -> None:
        self._left = rounds

    def allow(self, together: tuple[Algorithm, ...]) -> bool:
        self._left -= sum(each.iterations for each in together)
        return self._left >= 0


def _flat(several: tuple[tuple[Algorithm, ...], ...]) -> tuple[Algorithm, ...]:
    return tuple(each for together in several for each in together)


def _pieces(file: Pfx) -> Iterator[Piece]:
    for number, part in enumerate(file.parts, start=1):
        if part.algorithms:
            yield Piece(part.encoded, number, part.sealed)
        for bag in part.bags:
            if bag.algorithms:
                yield Piece(in_a_part(bag), number)


def _opens_whole(file: Pfx, password: bytes) -> bool:
    if _opens_quickly(file, password):
        return True
    try:
        if file.mac:
            return _load(file.encoded, password) is not None
        return _without_mac(file.content, password) is not None
    except UnusableInput:  # it opens, and not all of it can be read
        return True


def _opens_quickly(file: Pfx, password: bytes) -> bool:
    """Tell whether all pieces open and the MAC is the password's, no RSA key validated; no tells nothing."""
    bags = [bag for bag in file.bags if bag.key is not None]
    if not bags or file.verifiable is None or file.verifiable.rounds > _FEW_ROUNDS:
        return False
    parts = (Piece(part.encoded, 0) for part in file.parts if part.algorithms)
    return (
        all(public_keys.public_half(bag, password) for bag in bags)
        and all(_opens(part, password) for part in parts)
        and verifies(file.verifiable, file.content, password)
    )


def _opens(piece: Piece, password: bytes) -> bool:
    try:
        return alone(piece.encoded, password) is not None
    except UnusableInput:  # it opens, and not all of it can be read
        return True


def _load(encoded: bytes, password: bytes) -> PKCS12KeyAndCertificates | None:
    try:
        return load_pkcs12(encoded, password)
    except UnsupportedAlgorithm as error:
        raise UnusableInput("unsupported_algorithm", algorithm="private key") from error
    except extensions.UNREADABLE as error:
        if str(error) == _WRONG:
            return None
        raise UnusableInput("damaged") from error


def _without_mac(content: bytes, password: bytes) -> PKCS12KeyAndCertificates | None:
    """Open content that has no MAC, with both encodings of an empty password.

    Such a password is of length zero or two zero bytes (RFC 7292 B.1). The library takes it for the former,
    unless a MAC that it can verify was made with the latter. Its key derivation (B.2) is easy for that one:
    a single round of SHA-1 over 64 times 3, the salt, and zeros.
    """
    whole = _Content(content_type=ObjectIdentifier(structure.DATA), content=content)
    opened = _load(asn1.encode_der(_Pfx(version=3, content=whole, mac=None)), password)
    if opened is not None or password:
        return opened
    key = sha1(b"\3" * 64 + _SALT * 8 + bytes(64)).digest()  # noqa: S324 - nothing is protected by it
    algorithm = _Algorithm(algorithm=_SHA1, parameters=asn1.Null())
    digest = _Digest(algorithm=algorithm, digest=hmac.digest(key, content, "sha1"))
    mac = _Mac(digest=digest, salt=_SALT)
    return _load(asn1.encode_der(_Pfx(version=3, content=whole, mac=mac)), password)
