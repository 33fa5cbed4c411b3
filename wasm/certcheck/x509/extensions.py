"""A certificate's extensions (RFC 5280 4.2): a malformed extension must not lose the others.

The library reads all extensions of a certificate or raises. Where it raises they are read one by one, each
in a stub certificate built around it, and converted to DER where that helps. E-mail addresses are read from
the bytes, since the library reads all alternative names or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

from cryptography import x509
from cryptography.exceptions import InternalError
from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck import limits
from certcheck.asn1 import der, tags
from certcheck.errors import UnusableInput
from certcheck.x509.remarks import Remark

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
"""Exceptions of the library at a certificate that it cannot read."""

_SUBJECT_ALTERNATIVE_NAME = x509.SubjectAlternativeName.oid.dotted_string
# The fields of a stub certificate.
NO_ALGORITHM = bytes.fromhex("300406028837")  # OID 2.999, for examples
NO_KEY = der.encode(tags.SEQUENCE, NO_ALGORITHM + bytes.fromhex("030100"))
_VERSION_3, _SERIAL_1, _NO_NAME, _NO_BITS = map(bytes.fromhex, ("a003020102", "020101", "3000", "030100"))
_VALIDITY = der.encode(tags.SEQUENCE, 2 * der.encode(tags.UTC_TIME, b"260101000000Z"))

_EXTENSIONS = tags.CONSTRUCTED_3  # of TBSCertificate (RFC 5280 4.1)
_RFC822_NAME, _OTHER_NAME = tags.CONTEXT_1, tags.CONSTRUCTED_0  # of GeneralName (4.2.1.6)
# Types of otherName that hold an address: RFC 9598 3, and Windows' user principal name.
_ADDRESS_TYPES = {
    "1.3.6.1.5.5.7.8.9": "subjectAltName.SmtpUTF8Mailbox",
    "1.3.6.1.4.1.311.20.2.3": "subjectAltName.UPN",
}


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address and the field it stands in.

    Attributes:
        value: the address.
        field: ``subject.E``, ``subjectAltName.rfc822Name``, ``subjectAltName.SmtpUTF8Mailbox`` or
            ``subjectAltName.UPN``; the last is the user's name in Windows, and often no mailbox.
    """

    value: str
    field: str


@asn1.sequence
class _Extension:
    """Extension (RFC 5280 4.1); an explicit FALSE is no DER and occurs all the same."""

    oid: ObjectIdentifier
    critical: bool | None
    value: bytes


@asn1.sequence
class _OtherName:
    oid: ObjectIdentifier
    value: Annotated[asn1.TLV, asn1.Explicit(0)]


class UnreadableExtension(NamedTuple):
    """An extension that cannot be read, its OID perhaps neither, or that occurs a second time."""

    oid: str
    is_critical: bool


@dataclass(frozen=True, slots=True)
class Extensions:
    """A certificate's extensions.

    Attributes:
        readable: those that the library reads.
        unreadable: the others. Whoever relies on a path must reject a critical one (RFC 5280 4.2).
        emails: subjectAltName's addresses.
        nonconforming: OIDs of those that are read, though they are not in DER (RFC 5280 4.1).
    """

    readable: x509.Extensions
    unreadable: tuple[UnreadableExtension, ...]
    emails: tuple[Email, ...]
    nonconforming: tuple[str, ...] = ()

    @property
    def remarks(self) -> Iterator[Remark]:
        """What of them could not be read, or not as RFC 5280 has it."""
        for extension in self.unreadable:
            yield Remark("extension", "unreadable", extension.oid or None)
        for oid in self.nonconforming:
            yield Remark("extension", "nonconforming", oid)

    def find(self, extension_type: type[E]) -> E | None:
        """Return an extension's value; None where it is absent or cannot be read."""
        try:
            return self.readable.get_extension_for_class(extension_type).value
        except x509.ExtensionNotFound:
            return None


def build_stub_certificate(key: bytes, algorithm: bytes, extension: bytes = b"") -> bytes:
    """Build a certificate in DER around some fields of another; its names are empty and nobody signed it.

    Args:
        key: SubjectPublicKeyInfo.
        algorithm: AlgorithmIdentifier of the signature.
        extension: Extension; without any the field is left out.
    """
    wrapper = der.encode(_EXTENSIONS, der.encode(tags.SEQUENCE, extension)) if extension else b""
    fields = (_VERSION_3, _SERIAL_1, algorithm, _NO_NAME, _VALIDITY, _NO_NAME, key, wrapper)
    tbs_certificate = der.encode(tags.SEQUENCE, b"".join(fields))
    return der.encode(tags.SEQUENCE, tbs_certificate + algorithm + _NO_BITS)


def read_extensions(
    encoded: Iterable[asn1.TLV], library_certificate: x509.Certificate, normaliser: Normaliser
) -> Extensions:
    """Read extensions.

    Args:
        encoded: all of the certificate's.
        library_certificate: the certificate with all of them; a stub without any where that is refused.
        normaliser: the file's, to count the values in them together with those of the rest.

    Raises:
        UnusableInput: `over_limit`.
    """
    values = list(encoded)
    extensions = [_parse_in_der(value) for value in values]
    for extension in filter(None, extensions):
        normaliser.count_values(extension.value)
    try:
        readable = library_certificate.extensions
    except UNREADABLE:
        readable = x509.Extensions([])
    if len(readable) == len(values):
        return Extensions(readable, (), tuple(_find_emails(filter(None, extensions))))
    limits.check("extensions", len(values))
    return _ExtensionReader(normaliser).read(values)


class _ExtensionReader:
    """Reads extensions one by one, those in BER too."""

    def __init__(self, normaliser: Normaliser) -> None:
        self._normaliser = normaliser
        self._readable: dict[str, x509.Extension[x509.ExtensionType]] = {}
        self._unreadable: list[UnreadableExtension] = []
        self._nonconforming: list[str] = []
        self._emails: list[Email] = []

    def read(self, values: list[asn1.TLV]) -> Extensions:
        for value in values:
            extension = _parse_in_der(value)
            converted = extension or self._parse_in_ber(value)
            if converted is None:
                self._unreadable.append(UnreadableExtension("", is_critical=True))
            else:
                self._read_extension(converted, is_in_der=extension is not None)
        readable, emails = x509.Extensions(self._readable.values()), tuple(self._emails)
        return Extensions(readable, tuple(self._unreadable), emails, tuple(self._nonconforming))

    def _read_extension(self, extension: _Extension, *, is_in_der: bool) -> None:
        oid, is_critical = extension.oid.dotted_string, bool(extension.critical)
        library_extension = _read_in_stub(extension)
        if library_extension is None:
            value = self._convert(extension.value)
            is_in_der &= value == extension.value
            extension = _Extension(oid=extension.oid, critical=extension.critical, value=value)
            library_extension = _read_in_stub(extension)
        self._emails += _find_emails([extension])
        if library_extension is None or oid in self._readable:
            self._unreadable.append(UnreadableExtension(oid, is_critical))
            return
        self._readable[oid] = library_extension
        if not is_in_der:
            self._nonconforming.append(oid)

    def _parse_in_ber(self, value: asn1.TLV) -> _Extension | None:
        encoded = self._convert(der.encode_tlv(value))
        (wrapped,) = der.split_sequence(der.encode(tags.SEQUENCE, encoded))
        return _parse_in_der(wrapped)

    def _convert(self, value: bytes) -> bytes:
        """Convert a value from BER to DER; what is no value of either stays."""
        try:
            return self._normaliser.convert_whole(value)
        except UnusableInput as error:
            if error.code == "over_limit":
                raise
            return value


def _read_in_stub(extension: _Extension) -> x509.Extension[x509.ExtensionType] | None:
    """Read an extension in a stub certificate; None where the library refuses it."""
    encoded = asn1.encode_der(
        _Extension(oid=extension.oid, critical=extension.critical or None, value=extension.value)
    )
    stub = build_stub_certificate(NO_KEY, NO_ALGORITHM, encoded)
    try:
        library_extension: x509.Extension[x509.ExtensionType] = x509.load_der_x509_certificate(
            stub
        ).extensions[0]
    except UNREADABLE:
        return None
    return library_extension


def _parse_in_der(value: asn1.TLV) -> _Extension | None:
    try:
        extension: _Extension = value.parse(_Extension)
    except ValueError:
        return None
    return extension


def _find_emails(extensions: Iterable[_Extension]) -> Iterator[Email]:
    for extension in extensions:
        if extension.oid.dotted_string == _SUBJECT_ALTERNATIVE_NAME:
            for name in _split_general_names(extension.value):
                yield from _read_email(name)


def _split_general_names(sequence: bytes) -> list[asn1.TLV]:
    try:
        return der.split_sequence(sequence)
    except ValueError:
        return []


def _read_email(name: asn1.TLV) -> Iterator[Email]:
    """Read a GeneralName (RFC 5280 4.2.1.6); yield nothing where it is no address."""
    try:
        if name.tag_bytes == _RFC822_NAME:
            yield Email(bytes(name.data).decode(), "subjectAltName.rfc822Name")
        elif name.tag_bytes == _OTHER_NAME:
            other_name = asn1.decode_der(_OtherName, der.encode(tags.SEQUENCE, bytes(name.data)))
            field = _ADDRESS_TYPES.get(other_name.oid.dotted_string)
            if field and other_name.value.tag_bytes == tags.UTF8_STRING:
                yield Email(bytes(other_name.value.data).decode(), field)
    except ValueError:  # neither text nor ASN.1
        return
