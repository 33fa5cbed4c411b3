"""The fields of a certificate (RFC 5280 4.1): one that cannot be read costs that field only.

1. Split the certificate and its tbsCertificate; what has not the shape of one is no certificate.
2. Read each field by itself. One that cannot be read has a remark, and a value that stands for none.
3. Where any cannot be read, convert the whole from BER, and take that if more of it can be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509
from cryptography.hazmat.asn1 import asn1

from certcheck import limits
from certcheck.asn1 import der, oids, tags, times
from certcheck.errors import UnusableInput
from certcheck.x509.names import Name, build_unreadable_name, read_name
from certcheck.x509.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certcheck.asn1.ber import Normaliser
    from certcheck.x509.remarks import Field, RemarkCode

_VERSION, _EXTENSIONS = tags.CONSTRUCTED_0, tags.CONSTRUCTED_3  # of TBSCertificate (RFC 5280 4.1)
# Of algorithm, issuer, validity, subject and subjectPublicKeyInfo.
_TYPES = 5 * [tags.SEQUENCE]


@asn1.sequence
class _CertificateSequence:
    """Certificate (RFC 5280 4.1)."""

    tbs_certificate: asn1.TLV
    algorithm: asn1.TLV
    signature: asn1.TLV


@asn1.sequence
class _SubjectPublicKeyInfo:
    algorithm: asn1.TLV
    key: asn1.BitString


@asn1.sequence
class _Signature:
    value: asn1.BitString


class Fields(NamedTuple):
    """A certificate's fields; of the optional ones only the extensions.

    Attributes:
        encoded: the certificate, in DER.
        tbs_certificate: what the signature is over.
        signature: signatureValue, without its count of unused bits.
        serial: lower-case hexadecimal without leading zeros; a negative or an unreadable one as its octets.
        algorithm: AlgorithmIdentifier of the signature.
        issuer: the issuer's name.
        not_before: first valid second, UTC; None where it cannot be read.
        not_after: last valid second, UTC; None where it cannot be read.
        subject: the holder's name.
        key: SubjectPublicKeyInfo.
        extensions: each an Extension.
        remarks: in the order of the fields.
    """

    encoded: bytes
    tbs_certificate: bytes
    signature: bytes
    serial: str
    algorithm: bytes
    issuer: Name
    not_before: datetime | None
    not_after: datetime | None
    subject: Name
    key: bytes
    extensions: list[asn1.TLV]
    remarks: tuple[Remark, ...]

    def count_unreadable(self) -> int:
        """Count the fields that cannot be read, an attribute of a name among them."""
        return sum(remark.code == "unreadable" for remark in self.remarks)


def read_fields(data: bytes, normaliser: Normaliser) -> Fields:
    """Read the fields of a certificate.

    Args:
        data: DER, or BER; a signature is then taken to be over its DER (X.509 6.1).
        normaliser: the file's.

    Raises:
        UnusableInput: `damaged`, with `where` or `offset`; `over_limit`.
    """
    normaliser.count_values(data)
    try:
        fields = _FieldReader().read(data)
    except ValueError:
        return _read_converted(data, normaliser)
    if fields.count_unreadable() == 0:
        return fields
    try:
        converted = _read_converted(data, normaliser)  # 3.
    except UnusableInput as error:
        if error.code == "over_limit":
            raise
        return fields
    return min(fields, converted, key=Fields.count_unreadable)


def _read_converted(data: bytes, normaliser: Normaliser) -> Fields:
    encoded = normaliser.to_der(data)
    try:
        return _FieldReader().read(encoded)
    except ValueError as error:
        raise UnusableInput("damaged", where="certificate") from error


class _FieldReader:
    """Reads the fields of one certificate, and remembers what is to be said of them."""

    def __init__(self) -> None:
        self._remarks: list[Remark] = []

    def _remark(self, field: Field, code: RemarkCode, detail: str | None = None) -> None:
        self._remarks.append(Remark(field, code, detail))

    def read(self, encoded: bytes) -> Fields:
        """Read all fields.

        Raises:
            ValueError: it is no certificate in DER.
            UnusableInput: `over_limit`.
        """
        sequence = asn1.decode_der(_CertificateSequence, encoded)  # 1.
        serial, values, rest = _split_tbs_certificate(sequence.tbs_certificate)
        algorithm, issuer, validity, subject, key = values
        not_before, not_after = _split_validity(validity)
        return Fields(
            encoded,
            der.encode_tlv(sequence.tbs_certificate),
            serial=self._read_serial(serial),  # 2.
            algorithm=self._read_algorithm(algorithm, sequence.algorithm),
            issuer=self._read_name("issuer", issuer),
            not_before=self._read_time("not_before", not_before),
            not_after=self._read_time("not_after", not_after),
            subject=self._read_name("subject", subject),
            key=self._read_key(key),
            extensions=self._read_extensions(rest),
            signature=self._read_signature(sequence.signature),
            remarks=tuple(self._remarks),
        )

    def _read_serial(self, serial: asn1.TLV) -> str:
        octets = bytes(serial.data)
        if serial.tag_bytes != tags.INTEGER:
            self._remark("serial", "unreadable")
            return octets.hex()
        return octets.hex() if octets[:1] >= b"\x80" else f"{int.from_bytes(octets, 'big'):x}"

    def _read_algorithm(self, algorithm: asn1.TLV, outer: asn1.TLV) -> bytes:
        encoded = der.encode_tlv(algorithm)
        try:
            _read_algorithm_oid(algorithm)
        except ValueError:
            self._remark("signature_algorithm", "unreadable")
        else:
            if der.encode_tlv(outer) != encoded:  # RFC 5280 4.1.1.2
                self._remark("signature_algorithm", "nonconforming")
        return encoded

    def _read_name(self, field: Field, value: asn1.TLV) -> Name:
        encoded = der.encode_tlv(value)
        try:
            name = read_name(encoded)
        except ValueError:
            self._remark(field, "unreadable")
            return build_unreadable_name(encoded)
        self._remarks += _list_remarks_on_name(field, name)
        return name

    def _read_time(self, field: Field, value: asn1.TLV | None) -> datetime | None:
        try:
            time = times.read_time(value) if value else None
        except ValueError:
            time = None
        if time is None:
            self._remark(field, "unreadable")
            return None
        if not time.is_conforming:
            self._remark(field, "nonconforming")
        return time.instant

    def _read_key(self, key: asn1.TLV) -> bytes:
        encoded = der.encode_tlv(key)
        try:
            _check_key(key)
        except ValueError:
            self._remark("key", "unreadable")
        return encoded

    def _read_extensions(self, fields: list[asn1.TLV]) -> list[asn1.TLV]:
        wrapper = next((field for field in fields if field.tag_bytes == _EXTENSIONS), None)
        try:
            return der.split_sequence(bytes(wrapper.data)) if wrapper else []
        except ValueError:
            self._remark("extensions", "unreadable")
            return []

    def _read_signature(self, signature: asn1.TLV) -> bytes:
        try:
            parsed = asn1.decode_der(_Signature, der.encode(tags.SEQUENCE, der.encode_tlv(signature)))
        except ValueError:
            self._remark("signature", "unreadable")
            return b""
        return parsed.value.as_bytes()


def _split_tbs_certificate(tbs_certificate: asn1.TLV) -> tuple[asn1.TLV, list[asn1.TLV], list[asn1.TLV]]:
    """Split tbsCertificate into its serial number, the five fields that every one has, and the others.

    Raises:
        ValueError: it is none. Without a version nothing else tells it from other signed structures.
    """
    values = der.split_sequence(der.encode_tlv(tbs_certificate))
    has_version = bool(values) and values[0].tag_bytes == _VERSION
    serial, *rest = values[1:] if has_version else values
    if [value.tag_bytes for value in rest[:5]] != _TYPES:
        raise ValueError("no TBSCertificate")
    if not has_version:
        if serial.tag_bytes != tags.INTEGER:
            raise ValueError("no serial number")
        for time in der.split_contents(rest[2]):
            times.read_time(time)
        _check_key(rest[4])
    return serial, rest[:5], rest[5:]


def _split_validity(validity: asn1.TLV) -> tuple[asn1.TLV | None, asn1.TLV | None]:
    """Return both times (RFC 5280 4.1.2.5); None in place of each where there are not two."""
    try:
        not_before, not_after = der.split_contents(validity)
    except ValueError:
        return None, None
    return not_before, not_after


def _read_algorithm_oid(identifier: asn1.TLV) -> str:
    oid, *_ = der.split_contents(identifier)
    dotted: str = oid.parse(x509.ObjectIdentifier).dotted_string
    return dotted


def _check_key(value: asn1.TLV) -> None:
    """Look at a key's structure, and at an RSA key's size before the library computes with it.

    Raises:
        UnusableInput: `over_limit`.
        ValueError: SubjectPublicKeyInfo, or RSAPublicKey in it, is malformed (RFC 8017 A.1.1).
    """
    key_info = value.parse(_SubjectPublicKeyInfo)
    if _read_algorithm_oid(key_info.algorithm) == oids.RSA_ENCRYPTION:
        modulus, *others = der.split_sequence(key_info.key.as_bytes())
        limits.check("rsa_bits", int.from_bytes(modulus.data, "big").bit_length())
        if len(others) != 1:
            raise ValueError("RSAPublicKey has two fields")


def _list_remarks_on_name(field: Field, name: Name) -> Iterator[Remark]:
    """Yield what cannot be read in a name, and the encodings that were guessed, each once."""
    for attribute in name.attributes:
        if attribute.undecodable:
            yield Remark(field, "unreadable", attribute.name or "?")
    encodings = (attribute.encoding for attribute in name.attributes if attribute.encoding)
    for encoding in dict.fromkeys(encodings):
        yield Remark(field, "guessed", encoding)
