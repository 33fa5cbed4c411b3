"""What a revocation list is able to say, by its extensions and its days (RFC 5280 5.2, 6.3.3).

Two kinds of problems. Those of the list as a whole make it useless. Those of its scope leave its entries
true, but that a certificate is not among them says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cryptography import x509
from cryptography.x509.oid import ExtensionOID

if TYPE_CHECKING:
    from datetime import datetime

    from certcheck.x509.certificate import Certificate
    from certcheck.x509.revocation_list import RevocationList

UselessCode = Literal["unreadable_extension", "unknown_critical_extension", "indirect"]
ScopeCode = Literal["delta", "partial", "not_yet_issued", "stale", "no_next_update", "after_expiry"]
"""Why a certificate's absence says nothing.

    delta           it lists only changes of another list (5.2.4)
    partial         it does not cover this certificate, or not every reason (5.2.5)
    not_yet_issued  it was made later than the instant to judge by
    stale           the next one was due before that instant
    no_next_update  it does not say when the next one is due (5.1.2.5)
    after_expiry    it was made after the certificate expired, and may leave out expired ones (3.3); or when
                    the certificate expires cannot be read
"""

_PROCESSED = {
    ExtensionOID.AUTHORITY_INFORMATION_ACCESS,
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    ExtensionOID.CRL_NUMBER,
    ExtensionOID.DELTA_CRL_INDICATOR,
    ExtensionOID.FRESHEST_CRL,
    ExtensionOID.ISSUER_ALTERNATIVE_NAME,
    ExtensionOID.ISSUING_DISTRIBUTION_POINT,
}


def find_useless_code(revocation_list: RevocationList) -> UselessCode | None:
    """Find why a list must not be used at all, by its extensions (RFC 5280 5.2); None where it may be."""
    extensions = revocation_list.read_extensions()
    if extensions is None:
        return "unreadable_extension"
    if any(extension.critical and extension.oid not in _PROCESSED for extension in extensions):
        return "unknown_critical_extension"
    point = _find_distribution_point(extensions)
    return "indirect" if point and point.indirect_crl else None


def find_scope_code(
    revocation_list: RevocationList, certificate: Certificate, at: datetime
) -> ScopeCode | None:
    """Find why it says nothing that a list does not have a certificate; None where it says that.

    Args:
        revocation_list: a list that may be used.
        certificate: one of its issuer's.
        at: the instant to judge by.
    """
    extensions = revocation_list.read_extensions() or x509.Extensions([])
    if any(extension.oid == ExtensionOID.DELTA_CRL_INDICATOR for extension in extensions):
        return "delta"
    point = _find_distribution_point(extensions)
    if point and not _covers(point, certificate):
        return "partial"
    return _find_day_code(revocation_list, certificate, at)


def _find_day_code(
    revocation_list: RevocationList, certificate: Certificate, at: datetime
) -> ScopeCode | None:
    """Find why the list's days do not fit the instant or the certificate; None where they do."""
    if revocation_list.this_update > at:
        return "not_yet_issued"
    if revocation_list.next_update is None:
        return "no_next_update"
    if revocation_list.next_update < at:
        return "stale"
    ends = certificate.not_after
    return "after_expiry" if ends is None or ends < revocation_list.this_update else None


def _find_distribution_point(extensions: x509.Extensions) -> x509.IssuingDistributionPoint | None:
    try:
        return extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return None


def _covers(point: x509.IssuingDistributionPoint, certificate: Certificate) -> bool:
    """Tell whether a list of that point covers a certificate, for every reason (RFC 5280 6.3.3 (b)(2))."""
    excluded = point.only_contains_user_certs if certificate.is_ca else point.only_contains_ca_certs
    if excluded or point.only_contains_attribute_certs or point.only_some_reasons or point.relative_name:
        return False
    if point.full_name is None:
        return True
    published = certificate.extensions.find(x509.CRLDistributionPoints)
    names = [name for place in published or () for name in place.full_name or ()]
    return any(name in names for name in point.full_name)
