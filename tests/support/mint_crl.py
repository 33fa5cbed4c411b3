"""Revocation lists for tests: sane defaults, so that a test states only its one deviation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.support.mint import Identity, get_root

if TYPE_CHECKING:
    from collections.abc import Iterable

THIS_UPDATE = datetime(2027, 3, 8, tzinfo=UTC)
NEXT_UPDATE = datetime(2027, 3, 15, tzinfo=UTC)
REVOKED_ON = datetime(2027, 2, 1, 3, tzinfo=UTC)  # noon in Japan
SERIAL = 0x1234ABCD  # of what `mint` issues


def build_entry(
    serial: int = SERIAL,
    reason: x509.ReasonFlags | None = None,
    revoked_on: datetime = REVOKED_ON,
    extensions: Iterable[x509.Extension[x509.ExtensionType]] = (),
) -> x509.RevokedCertificate:
    """Build an entry of a list."""
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(revoked_on)
    if reason:
        builder = builder.add_extension(x509.CRLReason(reason), critical=False)
    for extension in extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.build()


def mint_list(
    *entries: x509.RevokedCertificate,
    issuer: Identity | None = None,
    name: x509.Name | None = None,
    this_update: datetime = THIS_UPDATE,
    next_update: datetime = NEXT_UPDATE,
    extensions: Iterable[x509.Extension[x509.ExtensionType]] = (),
) -> bytes:
    """Issue a list, in DER.

    Args:
        entries: the revoked certificates.
        issuer: who signs it; by default the session's CA of the Bank of Japan.
        name: the issuer's name in it, where that is not the signer's.
        this_update: when it is made.
        next_update: when the next one is due.
        extensions: the list's.
    """
    issuer = issuer or get_root()
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(name or issuer.certificate.subject)
        .last_update(this_update)
        .next_update(next_update)
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    for extension in extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def encode_list_pem(data: bytes) -> bytes:
    """Encode a list in PEM."""
    return x509.load_der_x509_crl(data).public_bytes(Encoding.PEM)
