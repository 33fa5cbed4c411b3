"""One certificate, with everything that the checker needs of it read once.

Its structure is read here and its names in `certcheck.x509.names`, so that what the library refuses to read
still shows. Keys, signatures and extensions stay the library's.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck import limits
from certcheck.asn1 import ber, der
from certcheck.errors import UnusableInput
from certcheck.x509 import extensions, names
from certcheck.x509.extensions import NO_ALGORITHM, NO_KEY, UNREADABLE, Email

if TYPE_CHECKING:
    from datetime import datetime

    from certcheck.x509.extensions import Extensions

_VERSION, _INTEGER, _EXTENSIONS = b"\xa0", b"\x02", b"\xa3"
_RSA = "1.2.840.113549.1.1.1"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate's contents, as plain values.

    Attributes:
        loaded: the certificate itself, for keys and algorithms. Where the library refuses to load it, one
            made up of those of its parts that it reads: never ask that for names, serial or signature.
        encoded: the bytes that came, from which another process can load it anew.
        signed: the part that the signature is over, tbsCertificate.
        signature: the signature.
        sha256: fingerprint of the bytes that came, lower-case hexadecimal; tells certificates apart here.
        serial: lower-case hexadecimal without leading zeros; of a negative one its octets, as in Windows.
        subject: whose it is.
        issuer: who issued it.
        not_before: first valid second, UTC.
        not_after: last valid second, UTC.
        emails: subject E first, then subjectAltName.
        is_ca: basicConstraints says that it may issue certificates (RFC 5280 4.2.1.9).
        key_id: subjectKeyIdentifier (4.2.1.2); None where it has none.
        issuer_key_id: keyIdentifier of authorityKeyIdentifier (4.2.1.1); None where it has none.
        extensions: all of them, readable or not.
        refused: the library reads neither it as a whole nor both of its names.
    """

    loaded: x509.Certificate
    encoded: bytes
    signed: bytes
    signature: bytes
    sha256: str
    serial: str
    subject: names.Name
    issuer: names.Name
    not_before: datetime
    not_after: datetime
    emails: tuple[Email, ...]
    is_ca: bool
    key_id: bytes | None
    issuer_key_id: bytes | None
    extensions: Extensions
    refused: bool

    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[explicit-override] # typing's is newer than 3.11
        """Go to another process as bytes: the library's objects cannot."""
        return load, (self.encoded,)

    def values(self, field: str) -> list[str]:
        """Return the values of a field such as ``issuer.CN``."""
        return names.values(field, self.subject, self.issuer)

    def verify_issued_by(self, issuer: Certificate) -> None:
        """Verify that the names meet and that the issuer's key signed it (RFC 5280 6.1.3 (a)(1), (4)).

        Raises:
            InvalidSignature: the key did not sign it.
            ValueError: the names differ, or a key or algorithm is malformed.
            TypeError: a key that signs no certificates.
            UnsupportedAlgorithm: the library does not know the algorithm.
        """
        if not (self.refused or issuer.refused):
            self.loaded.verify_directly_issued_by(issuer.loaded)
        elif self.issuer == issuer.subject:
            self._verify(issuer.loaded.public_key())
        else:
            raise ValueError("the issuer has another name")

    def _verify(self, key: object) -> None:
        scheme, digest = self.loaded.signature_algorithm_parameters, self.loaded.signature_hash_algorithm
        if (
            isinstance(key, rsa.RSAPublicKey)
            and isinstance(scheme, padding.PKCS1v15 | padding.PSS)
            and digest
        ):
            key.verify(self.signature, self.signed, scheme, digest)
        elif isinstance(key, ec.EllipticCurvePublicKey) and isinstance(scheme, ec.ECDSA):
            key.verify(self.signature, self.signed, scheme)
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey) and digest is None:
            key.verify(self.signature, self.signed)
        else:
            raise InvalidSignature


@asn1.sequence
class _Whole:
    """RFC 5280 4.1."""

    signed: asn1.TLV
    algorithm: asn1.TLV
    signature: asn1.BitString


@asn1.sequence
class _PublicKey:
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


def load(data: bytes, normaliser: ber.Normaliser | None = None) -> Certificate:
    """Read a certificate.

    Args:
        data: DER. BER is read too; a signature is then taken to be over its DER (X.509 6.1).
        normaliser: the file's, to count its values together with those of the rest.

    Raises:
        UnusableInput: `damaged`, with `where`; `over_limit`.
    """
    normaliser, library, encoded = normaliser or ber.Normaliser(), _library(data), data
    if library:
        normaliser.count(data)
    else:
        encoded = normaliser.to_der(data)
    try:
        whole = asn1.decode_der(_Whole, encoded)
        fields = _fields(whole.signed)
        subject, issuer = names.read(fields.subject), names.read(fields.issuer)
        _check_size(fields.key)
    except ValueError as error:
        raise UnusableInput("damaged", where="certificate") from error
    library = library or _library(encoded)
    loaded = library or _made_up(fields)
    try:
        not_before, not_after = loaded.not_valid_before_utc, loaded.not_valid_after_utc
    except ValueError as error:  # the year 0
        raise UnusableInput("damaged", where="validity") from error
    found = extensions.read(fields.extensions, loaded, normaliser)
    constraints = found.find(x509.BasicConstraints)
    own_key = found.find(x509.SubjectKeyIdentifier)
    issuer_key = found.find(x509.AuthorityKeyIdentifier)
    return Certificate(
        loaded=loaded,
        encoded=data,
        signed=der.encoded(whole.signed),
        signature=whole.signature.as_bytes(),
        sha256=hashlib.sha256(data).hexdigest(),
        serial=_serial(bytes(fields.serial.data)),
        subject=subject,
        issuer=issuer,
        not_before=not_before,
        not_after=not_after,
        emails=(*(Email(value, "subject.E") for value in subject.values("E")), *found.emails),
        is_ca=constraints is not None and constraints.ca,
        key_id=own_key.digest if own_key else None,
        issuer_key_id=issuer_key.key_identifier if issuer_key else None,
        extensions=found,
        refused=library is None or not _has_readable_names(library),
    )


def public_key(certificate: Certificate) -> bytes | None:
    """Return SubjectPublicKeyInfo as the library writes it, to compare; None where it knows no such key."""
    try:
        key = certificate.loaded.public_key()
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (UnsupportedAlgorithm, *UNREADABLE):
        return None


def _fields(signed: asn1.TLV) -> _Fields:
    """Take tbsCertificate apart.

    Raises:
        ValueError: it is none.
    """
    values = der.elements(der.encoded(signed))
    serial, *rest = values[1:] if values and values[0].tag_bytes == _VERSION else values
    if serial.tag_bytes != _INTEGER:
        raise ValueError("no serial number")
    algorithm, issuer, validity, subject, key = map(der.encoded, rest[:5])
    wrapped = next((each for each in rest[5:] if each.tag_bytes == _EXTENSIONS), None)
    found = der.elements(bytes(wrapped.data)) if wrapped else []
    return _Fields(serial, algorithm, issuer, validity, subject, key, found)


def _check_size(key: bytes) -> None:
    """Look at an RSA key's size before the library computes with it."""
    parsed = asn1.decode_der(_PublicKey, key)
    oid, *_ = der.elements(der.encoded(parsed.algorithm))
    if oid.parse(x509.ObjectIdentifier).dotted_string == _RSA:
        modulus, _ = der.elements(parsed.key.as_bytes())
        limits.check("rsa_bits", int.from_bytes(modulus.data, "big").bit_length())


def _library(encoded: bytes) -> x509.Certificate | None:
    try:
        return x509.load_der_x509_certificate(encoded)
    except UNREADABLE:
        return None


def _has_readable_names(loaded: x509.Certificate) -> bool:
    try:
        _ = loaded.subject, loaded.issuer
    except UNREADABLE:
        return False
    return True


def _made_up(fields: _Fields) -> x509.Certificate:
    """Make a certificate of those fields that the library reads.

    Raises:
        UnusableInput: `damaged`; not even the dates can be read.
    """
    for key, algorithm in itertools.product((fields.key, NO_KEY), (fields.algorithm, NO_ALGORITHM)):
        try:
            return x509.load_der_x509_certificate(extensions.made_up(fields.validity, key, algorithm))
        except UNREADABLE:
            continue
    raise UnusableInput("damaged", where="validity")


def _serial(octets: bytes) -> str:
    return octets.hex() if octets[:1] >= b"\x80" else f"{int.from_bytes(octets, 'big'):x}"
