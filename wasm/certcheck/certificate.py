"""One certificate, with everything that the checker needs of it read once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certcheck import names
from certcheck.errors import UnusableInput

if TYPE_CHECKING:
    from datetime import datetime

E = TypeVar("E", bound=x509.ExtensionType)

UNREADABLE = (
    ValueError,
    KeyError,  # a string type in a name that the library does not know
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
"""What the library raises at a certificate that it cannot read."""


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address and the field it stands in, ``subject.E`` or ``subjectAltName.rfc822Name``."""

    value: str
    field: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's contents, as plain values.

    Attributes:
        loaded: the certificate itself, for signatures.
        sha256: fingerprint of its DER, lower-case hexadecimal; what tells certificates apart here.
        subject: whose it is.
        issuer: who issued it.
        not_before: first valid second, UTC.
        not_after: last valid second, UTC.
        emails: subject E first, then subjectAltName.
        is_ca: basicConstraints says that it may issue certificates (RFC 5280 4.2.1.9).
        key_id: subjectKeyIdentifier (4.2.1.2); None where it has none.
        issuer_key_id: keyIdentifier of authorityKeyIdentifier (4.2.1.1); None where it has none.
    """

    loaded: x509.Certificate
    sha256: str
    subject: x509.Name
    issuer: x509.Name
    not_before: datetime
    not_after: datetime
    emails: tuple[Email, ...]
    is_ca: bool
    key_id: bytes | None
    issuer_key_id: bytes | None

    def values(self, field: str) -> list[str]:
        """Return the values of a field such as ``issuer.CN``."""
        return names.values(field, self.subject, self.issuer)


def load(der: bytes) -> Certificate:
    """Read a certificate from DER.

    Raises:
        UnusableInput: `damaged`, where the library cannot read it or one of its names.
    """
    try:
        return describe(x509.load_der_x509_certificate(der))
    except UNREADABLE as error:
        raise UnusableInput("damaged") from error


def describe(certificate: x509.Certificate) -> Certificate:
    """Read the values of a certificate that the library has loaded.

    Raises:
        UNREADABLE: a name or date in it cannot be read; the library looks at them only when asked.
    """
    extensions = _extensions(certificate)
    subject = certificate.subject
    constraints = _find(extensions, x509.BasicConstraints)
    own_key = _find(extensions, x509.SubjectKeyIdentifier)
    issuer_key = _find(extensions, x509.AuthorityKeyIdentifier)
    return Certificate(
        loaded=certificate,
        sha256=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        subject=subject,
        issuer=certificate.issuer,
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        emails=_emails(subject, _find(extensions, x509.SubjectAlternativeName)),
        is_ca=constraints is not None and constraints.ca,
        key_id=own_key.digest if own_key else None,
        issuer_key_id=issuer_key.key_identifier if issuer_key else None,
    )


def _extensions(certificate: x509.Certificate) -> x509.Extensions:
    try:
        return certificate.extensions
    except UNREADABLE:  # the library reads all or none; a bad extension must not lose the certificate
        return x509.Extensions([])


def _find(extensions: x509.Extensions, kind: type[E]) -> E | None:
    try:
        return extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _emails(subject: x509.Name, alternative: x509.SubjectAlternativeName | None) -> tuple[Email, ...]:
    own = [value for _, name, value in names.attributes(subject) if name == "E"]
    other = alternative.get_values_for_type(x509.RFC822Name) if alternative else []
    return (
        *(Email(value, "subject.E") for value in own),
        *(Email(value, "subjectAltName.rfc822Name") for value in other),
    )
