"""The structure that CMS and what is built on it begin with (RFC 5652 3)."""

from __future__ import annotations

from typing import Annotated

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations


@asn1.sequence
class ContentInfo:
    """A content and its type; PKCS #7 is one (RFC 2315 7), and each part of a PKCS #12 (RFC 7292 4)."""

    content_type: ObjectIdentifier
    content: Annotated[asn1.TLV, asn1.Explicit(0)]
