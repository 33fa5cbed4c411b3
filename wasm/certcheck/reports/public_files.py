"""Certificates as files without any private key, to be sent to somebody: a .cer, a .pem, a chain as .p7b."""

from __future__ import annotations

import base64
import textwrap
from typing import TYPE_CHECKING, Literal

from certcheck.asn1 import der, tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certcheck.x509.certificate import Certificate

PublicFormat = Literal["cer", "pem", "p7b"]

_PEM_LINE = 64  # letters (RFC 7468 2)
_SET = b"\x31"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")  # 1.2.840.113549.1.7.2
_DATA = bytes.fromhex("06092a864886f70d010701")  # 1.2.840.113549.1.7.1
_VERSION_1 = bytes.fromhex("020101")


def write_public_file(path: Sequence[Certificate], form: PublicFormat) -> bytes:
    """Write a certificate, or its path, with the very bytes that came; nothing else of their file goes along.

    Args:
        path: the certificate first, then its issuers, as far as they are known.
        form: "cer" in DER and "pem" hold the first alone, "p7b" all of them (RFC 5652 5.1, without signers).
    """
    first = path[0].data
    if form == "cer":
        return first
    if form == "pem":
        body = "\n".join(textwrap.wrap(base64.b64encode(first).decode(), _PEM_LINE))
        return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n".encode()
    certificates = b"".join(
        sorted(certificate.data for certificate in path)
    )  # DER sorts a SET OF (X.690 11.6)
    signed_data = der.encode(
        tags.SEQUENCE,
        _VERSION_1
        + der.encode(_SET, b"")
        + der.encode(tags.SEQUENCE, _DATA)
        + der.encode(tags.CONSTRUCTED_0, certificates)
        + der.encode(_SET, b""),
    )
    return der.encode(tags.SEQUENCE, _SIGNED_DATA + der.encode(tags.CONSTRUCTED_0, signed_data))
