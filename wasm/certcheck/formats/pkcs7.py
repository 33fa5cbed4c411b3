"""Certificates of a PKCS #7 bundle, .p7b (RFC 2315 9.1: signed data, often without any signature)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cryptography.hazmat.asn1 import asn1

from certcheck import limits
from certcheck.asn1 import der, oids, tags
from certcheck.asn1.cms import ContentInfo
from certcheck.errors import Failure, UnusableInput
from certcheck.formats.contents import Contents
from certcheck.x509 import certificate

if TYPE_CHECKING:
    from certcheck.asn1.ber import Normaliser


@asn1.sequence
class _SignedData:
    """RFC 2315 9.1; sets are read as lists, since Windows does not sort them as DER asks."""

    version: int
    digest_algorithms: asn1.TLV
    content_info: asn1.TLV
    certificates: Annotated[list[asn1.TLV] | None, asn1.Implicit(0)]
    crls: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]
    signer_infos: asn1.TLV


def read(data: bytes, normaliser: Normaliser) -> Contents:
    """Read the certificates of a bundle; one that cannot be read does not lose the others.

    Those that came with a signature, as of mail or a program, are certificates like any others.

    Args:
        data: BER or DER.
        normaliser: the file's.

    Raises:
        UnusableInput: `not_a_certificate` where the data are not signed data (encrypted mail, for example),
            `signature` of something, without certificates, `no_certificate`, `damaged`, `over_limit`.
    """
    signed = _parse_signed_data(normaliser.to_der(data))
    encoded = [der.encode_tlv(tlv) for tlv in signed.certificates or () if tlv.tag_bytes == tags.SEQUENCE]
    limits.check("certificates", len(encoded))
    certificates: list[certificate.Certificate] = []
    failures: list[Failure] = []
    for number, value in enumerate(encoded, start=1):
        try:
            certificates.append(certificate.load_certificate(value, normaliser))
        except UnusableInput as error:
            failures.append(error.to_failure(certificate=number))
    if certificates:
        return Contents("pkcs7", tuple(certificates), failures=tuple(failures))
    if failures:
        raise failures[0].to_error()
    raise UnusableInput("signature" if signed.signer_infos.data else "no_certificate")


def _parse_signed_data(encoded: bytes) -> _SignedData:
    try:
        outer = asn1.decode_der(ContentInfo, encoded)
        if outer.content_type.dotted_string != oids.SIGNED_DATA:
            raise UnusableInput("not_a_certificate", found=outer.content_type.dotted_string)
        signed: _SignedData = outer.content.parse(_SignedData)
    except ValueError as error:
        raise UnusableInput("damaged", where="signedData") from error
    return signed
