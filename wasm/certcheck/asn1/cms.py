"""Structures of CMS (RFC 5652), of which PKCS #7 and PKCS #12 are made."""

from __future__ import annotations

from typing import Annotated

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations


@asn1.sequence
class ContentInfo:
    """ContentInfo (RFC 5652 3): a type, a content of that type."""

    content_type: ObjectIdentifier
    content: Annotated[asn1.TLV, asn1.Explicit(0)]


@asn1.sequence
class SignedData:
    """SignedData (RFC 5652 5.1); its sets are read as lists, since Windows does not sort them as DER asks."""

    version: int
    digest_algorithms: asn1.TLV
    content_info: asn1.TLV
    certificates: Annotated[list[asn1.TLV] | None, asn1.Implicit(0)]
    crls: Annotated[list[asn1.TLV] | None, asn1.Implicit(1)]
    signer_infos: asn1.TLV


@asn1.sequence
class EncryptedContentInfo:
    """EncryptedContentInfo (RFC 5652 6.1)."""

    content_type: ObjectIdentifier
    algorithm: asn1.TLV
    content: Annotated[bytes | None, asn1.Implicit(0)]


@asn1.sequence
class EncryptedData:
    """EncryptedData (RFC 5652 8), as PKCS #12 writes it: without attributes."""

    version: int
    content: EncryptedContentInfo
