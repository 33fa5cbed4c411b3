"""An X.509 certificate (RFC 5280 4.1), with everything that the checker needs of it read once.

Its structure is read here and its names in `certcheck.x509.names`, so that a certificate which the library
refuses to load still shows. Keys, signatures and extensions stay the library's.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck import limits
from certcheck.asn1 import ber, der, oids, tags
from certcheck.errors import UnusableInput
from certcheck.x509.extensions import (
    NO_ALGORITHM,
    NO_KEY,
    UNREADABLE,
    Email,
    build_stub_certificate,
    read_extensions,
)
from certcheck.x509.names import Name, find_values, read_name
from certcheck.x509.permissions import Permissions, read_permissions

if TYPE_CHECKING:
    from datetime import datetime

    from certcheck.x509.extensions import Extensions

_VERSION, _EXTENSIONS = tags.CONSTRUCTED_0, tags.CONSTRUCTED_3  # of TBSCertificate (RFC 5280 4.1)


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
        subject: the holder's name.
        issuer: the issuer's name.
        not_before: first valid second, UTC.
        not_after: last valid second, UTC.
        emails: subject E first, then subjectAltName.
        is_ca: basicConstraints says that it may issue certificates (RFC 5280 4.2.1.9).
        key_id: subjectKeyIdentifier (4.2.1.2); None where absent.
        issuer_key_id: keyIdentifier of authorityKeyIdentifier (4.2.1.1); None where absent.
        extensions: all of them, readable or not.
        permissions: what the extensions permit.
        public_key: SubjectPublicKeyInfo as it stands in the certificate, in DER.
    """

    library_certificate: x509.Certificate
    data: bytes
    tbs_certificate: bytes
    signature: bytes
    sha256: str
    serial: str
    subject: Name
    issuer: Name
    not_before: datetime
    not_after: datetime
    emails: tuple[Email, ...]
    is_ca: bool
    key_id: bytes | None
    issuer_key_id: bytes | None
    extensions: Extensions
    permissions: Permissions
    public_key: bytes

    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[explicit-override] # typing's is newer than 3.11
        """Go to another process as bytes: the library's objects cannot."""
        return load_certificate, (self.data,)

    def find_values(self, field: str) -> list[str]:
        """Return the values of a field such as ``issuer.CN``."""
        return find_values(field, self.subject, self.issuer)


@asn1.sequence
class _CertificateSequence:
    """Certificate (RFC 5280 4.1)."""

    tbs_certificate: asn1.TLV
    algorithm: asn1.TLV
    signature: asn1.BitString


@asn1.sequence
class _SubjectPublicKeyInfo:
    algorithm: asn1.TLV
    key: asn1.BitString


class _Fields(NamedTuple):
    """The fields of tbsCertificate (RFC 5280 4.1), each in DER; of the optional ones only the extensions."""

    serial: asn1.TLV
    algorithm: bytes
    issuer: bytes
    validity: bytes
    subject: bytes
    key: bytes
    extensions: list[asn1.TLV]


def load_certificate(data: bytes, normaliser: ber.Normaliser | None = None) -> Certificate:
    """Read a certificate.

    Args:
        data: DER. BER is read too; a signature is then taken to be over its DER (X.509 6.1).
        normaliser: the file's, to count its values together with those of the rest.

    Raises:
        UnusableInput: `damaged`, with `where`; `over_limit`.
    """
    normaliser, library_certificate, encoded = normaliser or ber.Normaliser(), _load_with_library(data), data
    if library_certificate:
        normaliser.count_values(data)
    else:
        encoded = normaliser.to_der(data)
    try:
        sequence = asn1.decode_der(_CertificateSequence, encoded)
        fields = _split_tbs_certificate(sequence.tbs_certificate)
        subject, issuer = read_name(fields.subject), read_name(fields.issuer)
        _check_key_size(fields.key)
    except ValueError as error:
        raise UnusableInput("damaged", where="certificate") from error
    library_certificate = library_certificate or _load_with_library(encoded)
    library_certificate = library_certificate or _build_stub(fields)
    try:
        not_before = library_certificate.not_valid_before_utc
        not_after = library_certificate.not_valid_after_utc
    except ValueError as error:  # the year 0
        raise UnusableInput("damaged", where="validity") from error
    extensions = read_extensions(fields.extensions, library_certificate, normaliser)
    basic_constraints = extensions.find(x509.BasicConstraints)
    subject_key = extensions.find(x509.SubjectKeyIdentifier)
    authority_key = extensions.find(x509.AuthorityKeyIdentifier)
    return Certificate(
        library_certificate=library_certificate,
        data=data,
        tbs_certificate=der.encode_tlv(sequence.tbs_certificate),
        signature=sequence.signature.as_bytes(),
        sha256=hashlib.sha256(data).hexdigest(),
        serial=_format_serial(bytes(fields.serial.data)),
        subject=subject,
        issuer=issuer,
        not_before=not_before,
        not_after=not_after,
        emails=(*(Email(address, "subject.E") for address in subject.find_values("E")), *extensions.emails),
        is_ca=basic_constraints is not None and basic_constraints.ca,
        key_id=subject_key.digest if subject_key else None,
        issuer_key_id=authority_key.key_identifier if authority_key else None,
        extensions=extensions,
        permissions=read_permissions(extensions),
        public_key=fields.key,
    )


def encode_spki(certificate: Certificate) -> bytes | None:
    """Encode its SubjectPublicKeyInfo as the library writes it, to compare; None of a key unknown to it."""
    try:
        key = certificate.library_certificate.public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (UnsupportedAlgorithm, *UNREADABLE):
        return None


def _split_tbs_certificate(tbs_certificate: asn1.TLV) -> _Fields:
    """Split tbsCertificate into its fields.

    Raises:
        ValueError: it is none.
    """
    values = der.split_sequence(der.encode_tlv(tbs_certificate))
    serial, *rest = values[1:] if values and values[0].tag_bytes == _VERSION else values
    if serial.tag_bytes != tags.INTEGER:
        raise ValueError("no serial number")
    algorithm, issuer, validity, subject, key = map(der.encode_tlv, rest[:5])
    wrapper = next((value for value in rest[5:] if value.tag_bytes == _EXTENSIONS), None)
    extensions = der.split_sequence(bytes(wrapper.data)) if wrapper else []
    return _Fields(serial, algorithm, issuer, validity, subject, key, extensions)


def _check_key_size(encoded: bytes) -> None:
    """Look at an RSA key's size before the library computes with it.

    Raises:
        UnusableInput: `over_limit`.
        ValueError: SubjectPublicKeyInfo is malformed.
    """
    key_info = asn1.decode_der(_SubjectPublicKeyInfo, encoded)
    oid, *_ = der.split_sequence(der.encode_tlv(key_info.algorithm))
    if oid.parse(x509.ObjectIdentifier).dotted_string == oids.RSA_ENCRYPTION:
        modulus, _ = der.split_sequence(key_info.key.as_bytes())
        limits.check("rsa_bits", int.from_bytes(modulus.data, "big").bit_length())


def _load_with_library(encoded: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(encoded)
    except UNREADABLE:
        return None


def _build_stub(fields: _Fields) -> x509.Certificate:
    """Build a certificate of those fields that the library reads.

    Raises:
        UnusableInput: `damaged`; not even the dates can be read.
    """
    for key, algorithm in itertools.product((fields.key, NO_KEY), (fields.algorithm, NO_ALGORITHM)):
        stub = _load_with_library(build_stub_certificate(fields.validity, key, algorithm))
        if stub:
            return stub
    raise UnusableInput("damaged", where="validity")


def _format_serial(octets: bytes) -> str:
    return octets.hex() if octets[:1] >= b"\x80" else f"{int.from_bytes(octets, 'big'):x}"
