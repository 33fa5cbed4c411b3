"""Permissions and constraints that a certificate's extensions state (RFC 5280 4.2), as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

if TYPE_CHECKING:
    from certcheck.x509.certificate import Certificate

# Extensions that are processed, and those that change no verdict here: no policy is demanded (RFC 5280 6.1.1
# (c), (e)), so that policies cannot fail unless policyConstraints says so; and since revocation is not
# checked, as every report says, it does not matter where it is published.
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
_CLIENT_PURPOSES = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


@dataclass(frozen=True, slots=True)
class Permissions:
    """The permissions and constraints that path validation depends on.

    Attributes:
        path_length: how many CAs may follow (4.2.1.9); None without a limit.
        has_key_cert_sign: keyUsage is absent or has keyCertSign (4.2.1.3).
        has_digital_signature: keyUsage is absent or has digitalSignature (4.2.1.3).
        has_client_purpose: extendedKeyUsage is absent, or has clientAuth or anyExtendedKeyUsage (4.2.1.12).
        is_fully_processed: every critical extension is processed here (4.2).
        name_constraints: constraints on the names of certificates below it (4.2.1.10); None without any.
        alternative_names: subjectAltName; None where the extension is absent (4.2.1.6).
    """

    path_length: int | None
    has_key_cert_sign: bool
    has_digital_signature: bool
    has_client_purpose: bool
    is_fully_processed: bool
    name_constraints: x509.NameConstraints | None
    alternative_names: tuple[x509.GeneralName, ...] | None


def read_permissions(certificate: Certificate) -> Permissions:
    """Read the permissions from a certificate's extensions."""
    extensions = certificate.extensions
    usage = extensions.find(x509.KeyUsage)
    basic_constraints = extensions.find(x509.BasicConstraints)
    purposes = extensions.find(x509.ExtendedKeyUsage)
    names = extensions.find(x509.SubjectAlternativeName)
    return Permissions(
        path_length=basic_constraints.path_length if basic_constraints else None,
        has_key_cert_sign=usage is None or usage.key_cert_sign,
        has_digital_signature=usage is None or usage.digital_signature,
        has_client_purpose=purposes is None or not _CLIENT_PURPOSES.isdisjoint(purposes),
        # 4.2: a critical one must be rejected also where it "contains information that it cannot process".
        is_fully_processed=all(map(_is_processed, extensions.readable))
        and not any(extension.is_critical for extension in extensions.unreadable),
        name_constraints=extensions.find(x509.NameConstraints),
        alternative_names=None if names is None else tuple(names),
    )


def _is_processed(extension: x509.Extension[x509.ExtensionType]) -> bool:
    if isinstance(extension.value, x509.PolicyConstraints):  # 4.2.1.11: undemanded, no policy fails
        return extension.value.require_explicit_policy is None
    return not extension.critical or extension.oid in _PROCESSED
