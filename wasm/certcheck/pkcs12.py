"""PKCS #12, .pfx and .p12 (RFC 7292): opened by the library; its outer structure read to say why not.

The library answers every failure alike, so the cause is found from the bytes: a cut file and an unknown
algorithm show in the structure; and where the password opens one of the parts, it was right, and the file
as a whole is damaged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    PKCS12KeyAndCertificates,
    load_pkcs12,
)
from cryptography.x509 import ObjectIdentifier

from certcheck import algorithms, certificate, der, extensions
from certcheck.contents import Contents
from certcheck.errors import UnusableInput
from certcheck.pkcs7 import ContentInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.algorithms import Algorithm
    from certcheck.contents import PasswordForm

_DATA = "1.2.840.113549.1.7.1"
_ENCRYPTED_DATA = "1.2.840.113549.1.7.6"
_SHROUDED_KEY = "1.2.840.113549.1.12.10.1.2"
_WRONG = "Invalid password or PKCS12 data"  # what the library says of all that it cannot open


@asn1.sequence
class _DigestInfo:
    algorithm: asn1.TLV
    digest: bytes


@asn1.sequence
class _MacData:
    mac: _DigestInfo
    salt: bytes
    iterations: Annotated[int, asn1.Default(1)]


@asn1.sequence
class _Pfx:
    version: int
    auth_safe: ContentInfo
    mac_data: _MacData | None


@asn1.sequence
class _PlainContent:
    content_type: ObjectIdentifier
    content: Annotated[bytes, asn1.Explicit(0)]


@asn1.sequence
class _PlainPfx:
    """A file without a MAC, to try single parts."""

    version: int
    auth_safe: _PlainContent


@asn1.sequence
class _EncryptedContent:
    content_type: ObjectIdentifier
    algorithm: asn1.TLV
    content: Annotated[bytes | None, asn1.Implicit(0)]


@asn1.sequence
class _EncryptedData:
    version: int
    content: _EncryptedContent


@asn1.sequence
class _ShroudedKey:
    algorithm: asn1.TLV
    data: bytes


class _Structure(NamedTuple):
    """The outer structure: the parts, each a ContentInfo in DER, and what protects them."""

    parts: tuple[bytes, ...]
    algorithms: tuple[Algorithm, ...]


def read(data: bytes, password: str | None) -> Contents:
    """Open a PKCS #12, with the empty password first, then the one given.

    Raises:
        UnusableInput: `damaged`, `unsupported_algorithm`, `password_required` where None was given and the
            empty one does not open it, `wrong_password`, `no_certificate`.
    """
    structure = _structure(data)
    if structure is not None:
        _refuse_endless(structure)
    attempts = list(_attempts(password))
    for form, attempt in attempts:
        opened = _load(data, attempt)
        if opened is not None:
            return _contents(opened, "none" if structure and not structure.algorithms else form)
    raise _cause(data, structure, attempts, password)


def _attempts(password: str | None) -> Iterator[tuple[PasswordForm, bytes]]:
    """Yield the forms to try: the library takes UTF-8, and stops the whole program at a NUL."""
    yield "empty", b""
    if password and "\0" not in password:
        try:
            yield "as_typed", password.encode()
        except UnicodeEncodeError:  # half a surrogate pair, which no file's password can be
            return


def _load(data: bytes, password: bytes) -> PKCS12KeyAndCertificates | None:
    """Return what the password opens; None where the library cannot tell why it does not.

    Raises:
        UnusableInput: it opened, and what is inside cannot be read.
    """
    try:
        return load_pkcs12(data, password)
    except UnsupportedAlgorithm as error:
        raise UnusableInput("unsupported_algorithm", algorithm="private key") from error
    except (InternalError, TypeError, *extensions.UNREADABLE) as error:  # of a broken key, the first
        if str(error) == _WRONG:
            return None
        raise UnusableInput("damaged") from error


def _contents(opened: PKCS12KeyAndCertificates, form: PasswordForm) -> Contents:
    try:
        owner = _described(opened.cert) if opened.cert else None
        others = [_described(each) for each in opened.additional_certs]
    except extensions.UNREADABLE as error:
        raise UnusableInput("damaged") from error
    certificates = ([owner] if owner else []) + others
    if not certificates:
        raise UnusableInput("no_certificate")
    has_key = owner is not None and opened.key is not None
    return Contents("pkcs12", tuple(certificates), owner.sha256 if owner and has_key else None, form)


def _described(found: PKCS12Certificate) -> certificate.Certificate:
    return certificate.load(found.certificate.public_bytes(Encoding.DER))


def _structure(data: bytes) -> _Structure | None:
    """Read the outer structure; None where that fails, as for BER, which the library may still open."""
    try:
        pfx = asn1.decode_der(_Pfx, data)
        found = list(_mac_algorithms(pfx.mac_data))
        if pfx.auth_safe.content_type.dotted_string != _DATA:
            return _Structure((), (*found, algorithms.named(pfx.auth_safe.content_type.dotted_string)))
        parts = der.elements(pfx.auth_safe.content.parse(bytes))
        for part in parts:
            found += _part_algorithms(part.parse(ContentInfo))
    except ValueError:
        return None
    return _Structure(tuple(map(der.encoded, parts)), tuple(found))


def _mac_algorithms(mac_data: _MacData | None) -> tuple[Algorithm, ...]:
    if mac_data is None:
        return ()
    first, *rest = algorithms.read(mac_data.mac.algorithm)
    if first.iterations == 0:  # the MAC's own key derivation, but for PBMAC1, which carries its rounds inside
        first = algorithms.Algorithm(first.name, first.supported, mac_data.iterations)
    return (first, *rest)


def _part_algorithms(part: ContentInfo) -> tuple[Algorithm, ...]:
    kind = part.content_type.dotted_string
    if kind == _ENCRYPTED_DATA:
        return algorithms.read(part.content.parse(_EncryptedData).content.algorithm)
    if kind != _DATA:
        return (algorithms.named(kind),)
    bags = der.elements(part.content.parse(bytes))
    return tuple(each for bag in bags for each in _key_algorithms(bag))


def _key_algorithms(bag: asn1.TLV) -> tuple[Algorithm, ...]:
    """Read what protects a SafeBag's key (RFC 7292 4.2); its attributes, a SET in any order, stay unread."""
    bag_id, value, *_ = der.elements(der.encoded(bag))
    if bag_id.parse(ObjectIdentifier).dotted_string != _SHROUDED_KEY:
        return ()
    return algorithms.read(asn1.decode_der(_ShroudedKey, bytes(value.data)).algorithm)


def _refuse_endless(structure: _Structure) -> None:
    for algorithm in structure.algorithms:
        if algorithm.iterations > algorithms.ITERATION_LIMIT:
            raise UnusableInput(
                "unsupported_algorithm", algorithm=algorithm.name, iterations=algorithm.iterations
            )


def _cause(
    data: bytes,
    structure: _Structure | None,
    attempts: list[tuple[PasswordForm, bytes]],
    password: str | None,
) -> UnusableInput:
    """Say why none of the attempts opened the file."""
    if structure is None:
        if not _whole_ber(data):
            return UnusableInput("damaged")
    else:
        for algorithm in structure.algorithms:
            if not algorithm.supported:
                return UnusableInput("unsupported_algorithm", algorithm=algorithm.name)
        if any(_opens(part, attempt) for part in structure.parts for _, attempt in attempts):
            return UnusableInput("damaged")
    return UnusableInput("password_required" if password is None else "wrong_password")


def _whole_ber(data: bytes) -> bool:
    """Tell whether a value without a length has its end: two NULs (X.690 8.1.5)."""
    whole = der.header(data)
    return whole is not None and whole.end == der.INDEFINITE and data.endswith(b"\0\0")


def _opens(part: bytes, password: bytes) -> bool:
    """Tell whether the password, and not just any, opens one part by itself, whatever the MAC says."""
    content = _PlainContent(content_type=ObjectIdentifier(_DATA), content=der.element(der.SEQUENCE, part))
    alone = asn1.encode_der(_PlainPfx(version=3, auth_safe=content))

    def loads(attempt: bytes) -> bool:
        try:
            return _load(alone, attempt) is not None
        except UnusableInput:
            return True

    return loads(password) and not loads(password + b"?")
