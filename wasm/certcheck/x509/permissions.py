"""What a certificate's extensions permit it (RFC 5280 4.2), as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

if TYPE_CHECKING:
    from certcheck.x509.certificate import Certificate

# What is processed here, and what changes nothing: no policy is demanded (RFC 5280 6.1.1 (c), (e)), so that
# policies cannot fail unless policyConstraints says so; where revocation is published matters to nobody who
# does not look, and every report says that nobody does.
_PROCESSED = {
    ExtensionOID.AUTHORITY_INFORMATION_ACCESS,
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER,
    ExtensionOID.BASIC_CONSTRAINTS,
    ExtensionOID.CERTIFICATE_POLICIES,
    ExtensionOID.CRL_DISTRIBUTION_POINTS,
    ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.FRESHEST_CRL,
    ExtensionOID.INHIBIT_ANY_POLICY,
    ExtensionOID.KEY_USAGE,
    ExtensionOID.NAME_CONSTRAINTS,
    ExtensionOID.POLICY_MAPPINGS,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    ExtensionOID.SUBJECT_KEY_IDENTIFIER,
}
_FOR_CLIENTS = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


@dataclass(frozen=True, slots=True)
class Permissions:
    """What paths depend on.

    Attributes:
        path_length: how many CAs may follow (4.2.1.9); None without a limit.
        signs_certificates: keyUsage is absent or has keyCertSign (4.2.1.3).
        signs_data: keyUsage is absent or has digitalSignature (4.2.1.3).
        for_clients: extendedKeyUsage is absent, or has clientAuth or any purpose (4.2.1.12).
        all_processed: no critical extension is one that nobody here processes (4.2).
        name_constraints: those that it sets for what it issues (4.2.1.10); None without any.
        alternative_names: subjectAltName; None where the extension is absent (4.2.1.6).
    """

    path_length: int | None
    signs_certificates: bool
    signs_data: bool
    for_clients: bool
    all_processed: bool
    name_constraints: x509.NameConstraints | None
    alternative_names: tuple[x509.GeneralName, ...] | None


def of(certificate: Certificate) -> Permissions:
    """Read what the extensions of a certificate permit."""
    extensions = certificate.extensions
    usage = extensions.find(x509.KeyUsage)
    constraints = extensions.find(x509.BasicConstraints)
    purposes = extensions.find(x509.ExtendedKeyUsage)
    names = extensions.find(x509.SubjectAlternativeName)
    return Permissions(
        path_length=constraints.path_length if constraints else None,
        signs_certificates=usage is None or usage.key_cert_sign,
        signs_data=usage is None or usage.digital_signature,
        for_clients=purposes is None or not _FOR_CLIENTS.isdisjoint(purposes),
        # 4.2: a critical one must be refused also where it "contains information that it cannot process".
        all_processed=all(map(_is_processed, extensions.readable))
        and not any(each.critical for each in extensions.unreadable),
        name_constraints=extensions.find(x509.NameConstraints),
        alternative_names=None if names is None else tuple(names),
    )


def _is_processed(extension: x509.Extension[x509.ExtensionType]) -> bool:
    if isinstance(extension.value, x509.PolicyConstraints):  # 4.2.1.11: undemanded, no policy fails
        return extension.value.require_explicit_policy is None
    return not extension.critical or extension.oid in _PROCESSED
