"""Certificates of a PKCS #7 bundle, .p7b (RFC 2315 9.1: signed data, often without any signature)."""

from __future__ import annotations

from typing import Annotated

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck import certificate, der
from certcheck.contents import Contents
from certcheck.errors import UnusableInput

SIGNED_DATA = "1.2.840.113549.1.7.2"


@asn1.sequence
class ContentInfo:
    """RFC 2315 7; PKCS #12 is made of these too."""

    content_type: ObjectIdentifier
    content: Annotated[asn1.TLV, asn1.Explicit(0)]


@asn1.sequence
class SignedData:
    """RFC 2315 9.1; sets are read as lists, since Windows does not sort them as DER asks."""

    version: int
    digest_algorithms: asn1.TLV
    content_info: asn1.TLV
    certificates: Annotated[list[asn1.TLV] | None, asn1.Implicit(0)]
    crls: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]
    signer_infos: asn1.TLV


def read(data: bytes) -> Contents:
    """Read the certificates of a bundle; one that cannot be read does not lose the others.

    Raises:
        UnusableInput: `not_a_certificate` where the data are not signed data (mail, for example),
            `no_certificate`, `damaged`.
    """
    certificates: list[certificate.Certificate] = []
    failures: list[UnusableInput] = []
    for number, encoded in enumerate(_encoded_certificates(data), start=1):
        try:
            certificates.append(certificate.load(encoded))
        except UnusableInput as failure:
            failure.detail["certificate"] = number
            failures.append(failure)
    if certificates:
        return Contents("pkcs7", tuple(certificates), failures=tuple(failures))
    raise failures[0] if failures else UnusableInput("no_certificate")


def _encoded_certificates(data: bytes) -> list[bytes]:
    whole = der.header(data)
    if whole is not None and whole.end == der.INDEFINITE:
        return _from_ber(data)
    try:
        outer = asn1.decode_der(ContentInfo, data)
        if outer.content_type.dotted_string != SIGNED_DATA:
            raise UnusableInput("not_a_certificate", found=outer.content_type.dotted_string)
        signed: SignedData = outer.content.parse(SignedData)
    except ValueError as error:
        raise UnusableInput("damaged") from error
    return [der.encoded(each) for each in signed.certificates or () if each.tag_bytes == der.SEQUENCE]


def _from_ber(data: bytes) -> list[bytes]:
    """Leave BER to OpenSSL, which gives all certificates or none."""
    # Loading this module takes a worker long, for the sake of e-mail; hardly any file needs it.
    from cryptography.hazmat.primitives.serialization.pkcs7 import (  # noqa: PLC0415
        load_der_pkcs7_certificates,
    )

    try:
        return [each.public_bytes(Encoding.DER) for each in load_der_pkcs7_certificates(data)]
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableInput("damaged") from error
