"""An X.509 certificate (RFC 5280 4.1), with everything that the checker needs of it read once.

Its fields are read in `certcheck.x509.fields`, so that a certificate which the library refuses to load still
shows. Keys, signatures and extensions stay the library's.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck.asn1 import ber
from certcheck.errors import UnusableInput
from certcheck.x509.extensions import (
    NO_ALGORITHM,
    NO_KEY,
    UNREADABLE,
    Email,
    build_stub_certificate,
    read_extensions,
)
from certcheck.x509.fields import read_fields
from certcheck.x509.names import Name, find_values
from certcheck.x509.permissions import Permissions, read_permissions
from certcheck.x509.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certcheck.x509.extensions import Extensions
    from certcheck.x509.fields import Fields


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's contents, as plain values.

    Attributes:
        library_certificate: the library's object, for keys and algorithms. Where the library refuses the
            certificate, a stub built of those fields that it reads: its names, serial and signature are not
            the certificate's.
        data: the bytes that came, from which another process can load it anew.
        tbs_certificate: the part that the signature is over, in DER.
        signature: signatureValue, without its count of unused bits.
        sha256: fingerprint of the bytes that came, lower-case hexadecimal; identifies certificates here.
        serial: lower-case hexadecimal without leading zeros; a negative serial as its octets, like Windows.
            One that is no number is its octets, too.
        subject: the holder's name.
        issuer: the issuer's name.
        not_before: first valid second, UTC; None where it cannot be read.
        not_after: last valid second, UTC; None where it cannot be read.
        emails: subject E first, then subjectAltName.
        is_ca: basicConstraints says that it may issue certificates (RFC 5280 4.2.1.9).
        key_id: subjectKeyIdentifier (4.2.1.2); None where absent.
        issuer_key_id: keyIdentifier of authorityKeyIdentifier (4.2.1.1); None where absent.
        extensions: all of them, readable or not.
        permissions: what the extensions permit.
        public_key: SubjectPublicKeyInfo as it stands in the certificate, in DER.
        remarks: what of it could not be read, or not as RFC 5280 has it.
    """

    library_certificate: x509.Certificate
    data: bytes
    tbs_certificate: bytes
    signature: bytes
    sha256: str
    serial: str
    subject: Name
    issuer: Name
    not_before: datetime | None
    not_after: datetime | None
    emails: tuple[Email, ...]
    is_ca: bool
    key_id: bytes | None
    issuer_key_id: bytes | None
    extensions: Extensions
    permissions: Permissions
    public_key: bytes
    remarks: tuple[Remark, ...]

    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[explicit-override] # typing's is newer than 3.11
        """Go to another process as bytes: the library's objects cannot."""
        return load_certificate, (self.data,)

    @property
    def has_unreadable_field(self) -> bool:
        """A field cannot be read on which a path depends.

        That is none of a name's attributes, nor the key, where it is only of another kind.
        """
        return any(
            remark.code == "unreadable" and remark.detail is None and remark.field != "key_algorithm"
            for remark in self.remarks
        )

    @property
    def has_nonconforming_field(self) -> bool:
        """A field was read that is not written as RFC 5280 asks."""
        return any(remark.code == "nonconforming" for remark in self.remarks)

    def find_values(self, field: str) -> list[str]:
        """Return the values of a field such as ``issuer.CN``."""
        return find_values(field, self.subject, self.issuer)


def load_certificate(data: bytes, normaliser: ber.Normaliser | None = None) -> Certificate:
    """Read a certificate.

    Args:
        data: DER. BER is read too; a signature is then taken to be over its DER (X.509 6.1).
        normaliser: the file's, to count its values together with those of the rest.

    Raises:
        UnusableInput: `damaged`, with `where` or `offset`; `over_limit`.
    """
    normaliser = normaliser or ber.Normaliser()
    fields = read_fields(data, normaliser)
    library_certificate = _load_with_library(data) or _load_with_library(fields.encoded)
    library_certificate = library_certificate or _build_stub(fields)
    extensions = read_extensions(fields.extensions, library_certificate, normaliser)
    basic_constraints = extensions.find(x509.BasicConstraints)
    subject_key = extensions.find(x509.SubjectKeyIdentifier)
    authority_key = extensions.find(x509.AuthorityKeyIdentifier)
    subject = fields.subject
    return Certificate(
        library_certificate=library_certificate,
        data=data,
        tbs_certificate=fields.tbs_certificate,
        signature=fields.signature,
        sha256=hashlib.sha256(data).hexdigest(),
        serial=fields.serial,
        subject=subject,
        issuer=fields.issuer,
        not_before=fields.not_before,
        not_after=fields.not_after,
        emails=(*(Email(address, "subject.E") for address in subject.find_values("E")), *extensions.emails),
        is_ca=basic_constraints is not None and basic_constraints.ca,
        key_id=subject_key.digest if subject_key else None,
        issuer_key_id=authority_key.key_identifier if authority_key else None,
        extensions=extensions,
        permissions=read_permissions(extensions),
        public_key=fields.key,
        remarks=(*fields.remarks, *_list_remarks_on_key(library_certificate, fields), *extensions.remarks),
    )


def encode_spki(certificate: Certificate) -> bytes | None:
    """Encode its SubjectPublicKeyInfo as the library writes it, to compare; None of a key unknown to it."""
    try:
        key = certificate.library_certificate.public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (UnsupportedAlgorithm, *UNREADABLE):
        return None


def _load_with_library(encoded: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(encoded)
    except UNREADABLE:
        return None


def _build_stub(fields: Fields) -> x509.Certificate:
    """Build a certificate of those fields that the library reads, of the key and the algorithm."""
    for key, algorithm in itertools.product((fields.key, NO_KEY), (fields.algorithm, NO_ALGORITHM)):
        stub = _load_with_library(build_stub_certificate(key, algorithm))
        if stub:
            return stub
    raise UnusableInput("damaged", where="certificate")


def _list_remarks_on_key(library_certificate: x509.Certificate, fields: Fields) -> Iterator[Remark]:
    """Yield that the library cannot read the key, or does not know its algorithm."""
    if any(remark.field == "key" for remark in fields.remarks):
        return
    try:
        library_certificate.public_key()
    except UnsupportedAlgorithm:
        yield Remark("key_algorithm", "unreadable")
    except UNREADABLE:
        yield Remark("key", "unreadable")
