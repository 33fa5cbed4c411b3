"""Which certificates a private key in a file of its own fits; the key itself is in no report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certcheck.reports.report import FileError, FileReport, KeyReport
from certcheck.x509.certificate import encode_spki

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certcheck.formats.private_key import PrivateKey
    from certcheck.x509.certificate import Certificate


def report_key(name: str, key: PrivateKey, certificates: Iterable[Certificate]) -> FileReport | FileError:
    """Compare a key with certificates.

    Args:
        name: of the key's file.
        key: the key.
        certificates: of all files.

    Returns:
        Those that have its public key; an error where there are no certificates, or it was not opened.
    """
    unique = {certificate.sha256: certificate for certificate in certificates}
    if not unique:
        return FileError(name, key.alone)
    if key.failure is not None:
        return FileError(name, key.failure)
    fits = [sha256 for sha256, certificate in unique.items() if encode_spki(certificate) == key.public_key]
    return FileReport(
        name=name,
        format="private_key",
        password_form=key.password_form,
        certificates=(),
        chain=None,
        private_key=KeyReport(tuple(fits)),
    )
