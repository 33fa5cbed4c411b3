"""What a certificate's extensions say, each read by itself: a bad one must not lose the others.

The library reads all extensions of a certificate or raises. Those it raises at are read one by one, each in
a certificate made up around it. Addresses are read from the bytes, since one bad name loses all of them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

from cryptography import x509
from cryptography.exceptions import InternalError
from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck import limits
from certcheck.asn1 import der
from certcheck.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from certcheck.asn1.ber import Normaliser

E = TypeVar("E", bound=x509.ExtensionType)

UNREADABLE = (
    InternalError,  # OpenSSL's own refusals, as of a key of Diffie-Hellman beyond its bounds
    ValueError,
    TypeError,
    KeyError,  # a string type in a name that the library does not know
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises at a certificate that it cannot read."""

_SUBJECT_ALTERNATIVE_NAME = x509.SubjectAlternativeName.oid.dotted_string
# What a certificate is made up of.
NO_ALGORITHM = bytes.fromhex("300406028837")  # OID 2.999, for examples
NO_KEY = der.element(der.SEQUENCE, NO_ALGORITHM + bytes.fromhex("030100"))
_VERSION_3, _SERIAL_1, _NO_NAME, _NO_BITS = map(bytes.fromhex, ("a003020102", "020101", "3000", "030100"))
_VALIDITY = der.element(der.SEQUENCE, 2 * der.element(b"\x17", b"260101000000Z"))
_EXTENSIONS = b"\xa3"

_RFC822_NAME, _OTHER_NAME, _UTF8_STRING = b"\x81", b"\xa0", b"\x0c"
# The kinds of otherName that hold an address: RFC 9598 3, and Windows' user principal name.
_ADDRESSES = {
    "1.3.6.1.5.5.7.8.9": "subjectAltName.SmtpUTF8Mailbox",
    "1.3.6.1.4.1.311.20.2.3": "subjectAltName.UPN",
}


@dataclass(frozen=True, slots=True)
class Email:
    """An address and the field it stands in.

    Attributes:
        value: the address.
        field: ``subject.E``, ``subjectAltName.rfc822Name``, ``subjectAltName.SmtpUTF8Mailbox`` or
            ``subjectAltName.UPN``; the last is how Windows calls the user, and often no mailbox.
    """

    value: str
    field: str


@asn1.sequence
class _Extension:
    """RFC 5280 4.1; an explicit FALSE is no DER and is met all the same."""

    oid: ObjectIdentifier
    critical: bool | None
    value: bytes


@asn1.sequence
class _OtherName:
    oid: ObjectIdentifier
    value: Annotated[asn1.TLV, asn1.Explicit(0)]


class Unreadable(NamedTuple):
    """An extension that cannot be read, or that stands there twice."""

    oid: str
    critical: bool


@dataclass(frozen=True, slots=True)
class Extensions:
    """A certificate's extensions.

    Attributes:
        readable: as the library reads them.
        unreadable: the others. Who relies on a path must refuse a critical one (RFC 5280 4.2).
        emails: subjectAltName's addresses.
    """

    readable: x509.Extensions
    unreadable: tuple[Unreadable, ...]
    emails: tuple[Email, ...]

    def find(self, kind: type[E]) -> E | None:
        """Return an extension's value; None where it is not there or cannot be read."""
        try:
            return self.readable.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            return None


def made_up(validity: bytes, key: bytes, algorithm: bytes, extensions: bytes = b"") -> bytes:
    """Make a certificate around some fields of another, in DER; its names are empty and nobody signed it.

    Args:
        validity: Validity.
        key: SubjectPublicKeyInfo.
        algorithm: AlgorithmIdentifier of the signature.
        extensions: one Extension after another; none leaves them out.
    """
    wrapped = der.element(_EXTENSIONS, der.element(der.SEQUENCE, extensions)) if extensions else b""
    fields = (_VERSION_3, _SERIAL_1, algorithm, _NO_NAME, validity, _NO_NAME, key, wrapped)
    signed = der.element(der.SEQUENCE, b"".join(fields))
    return der.element(der.SEQUENCE, signed + algorithm + _NO_BITS)


def read(encoded: Iterable[asn1.TLV], loaded: x509.Certificate, normaliser: Normaliser) -> Extensions:
    """Read extensions.

    Args:
        encoded: each of them.
        loaded: the certificate with all of them, or with none where the library refuses it.
        normaliser: the file's, to count the values in them together with those of the rest.

    Raises:
        UnusableInput: `damaged` where one of them is no extension, `over_limit`.
    """
    parsed = [_parsed(each) for each in encoded]
    for each in parsed:
        normaliser.count(each.value)
    emails = tuple(_emails(parsed))
    try:
        together = loaded.extensions
    except UNREADABLE:
        together = x509.Extensions([])
    if len(together) == len(parsed):
        return Extensions(together, (), emails)
    limits.check("extensions", len(parsed))
    readable: dict[str, x509.Extension[x509.ExtensionType]] = {}
    unreadable: list[Unreadable] = []
    for each in parsed:
        alone, oid = _alone(each), each.oid.dotted_string
        if alone is None or oid in readable:
            unreadable.append(Unreadable(oid, bool(each.critical)))
        else:
            readable[oid] = alone
    return Extensions(x509.Extensions(readable.values()), tuple(unreadable), emails)


def _alone(extension: _Extension) -> x509.Extension[x509.ExtensionType] | None:
    """Read one extension; None where the library does not."""
    in_der = asn1.encode_der(
        _Extension(oid=extension.oid, critical=extension.critical or None, value=extension.value)
    )
    try:
        made = x509.load_der_x509_certificate(made_up(_VALIDITY, NO_KEY, NO_ALGORITHM, in_der))
        alone: x509.Extension[x509.ExtensionType] = made.extensions[0]
    except UNREADABLE:
        return None
    return alone


def _parsed(extension: asn1.TLV) -> _Extension:
    try:
        parsed: _Extension = extension.parse(_Extension)
    except ValueError as error:
        raise UnusableInput("damaged", where="extensions") from error
    return parsed


def _emails(parsed: list[_Extension]) -> Iterator[Email]:
    for extension in parsed:
        if extension.oid.dotted_string == _SUBJECT_ALTERNATIVE_NAME:
            for name in _elements(extension.value):
                yield from _email(name)


def _elements(sequence: bytes) -> list[asn1.TLV]:
    try:
        return der.elements(sequence)
    except ValueError:
        return []


def _email(name: asn1.TLV) -> Iterator[Email]:
    """Read one GeneralName (RFC 5280 4.2.1.6); most are no addresses."""
    try:
        if name.tag_bytes == _RFC822_NAME:
            yield Email(bytes(name.data).decode(), "subjectAltName.rfc822Name")
        elif name.tag_bytes == _OTHER_NAME:
            other = asn1.decode_der(_OtherName, der.element(der.SEQUENCE, bytes(name.data)))
            field = _ADDRESSES.get(other.oid.dotted_string)
            if field and other.value.tag_bytes == _UTF8_STRING:
                yield Email(bytes(other.value.data).decode(), field)
    except ValueError:  # neither text nor ASN.1
        return
