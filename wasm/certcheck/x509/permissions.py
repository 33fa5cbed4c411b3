"""Permissions and constraints that a certificate's extensions state (RFC 5280 4.2), as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from certcheck.asn1 import der

if TYPE_CHECKING:
    from certcheck.x509.extensions import Extensions

# Extensions that are processed, and those that change no verdict on a path: to it, it does not matter where
# revocation is published (`certcheck.revocation` reads the lists that came along).
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
    ExtensionOID.POLICY_CONSTRAINTS,
    ExtensionOID.POLICY_MAPPINGS,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    ExtensionOID.SUBJECT_KEY_IDENTIFIER,
}
# Those whose absence permits more: one that cannot be read is not absent, critical or not. Policies that
# cannot be read permit nothing, as absent ones.
_COUNTED = {
    oid.dotted_string
    for oid in (
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.INHIBIT_ANY_POLICY,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.NAME_CONSTRAINTS,
        ExtensionOID.POLICY_CONSTRAINTS,
        ExtensionOID.POLICY_MAPPINGS,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    )
}
_CLIENT_PURPOSES = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


@dataclass(frozen=True, slots=True)
class Policies:
    """What a certificate's extensions say of policies, as object identifiers in dotted form.

    Attributes:
        identifiers: certificatePolicies (4.2.1.4); None where it is absent or cannot be read.
        mappings: the policies that each policy of the issuer's domain is mapped to (4.2.1.5).
        explicit_after: requireExplicitPolicy (4.2.1.11); None where absent.
        no_mapping_after: inhibitPolicyMapping (4.2.1.11); None where absent.
        no_any_after: inhibitAnyPolicy (4.2.1.14); None where absent.
    """

    identifiers: frozenset[str] | None
    mappings: dict[str, frozenset[str]]
    explicit_after: int | None
    no_mapping_after: int | None
    no_any_after: int | None


@dataclass(frozen=True, slots=True)
class Permissions:
    """The permissions and constraints that path validation depends on.

    Attributes:
        path_length: how many CAs may follow (4.2.1.9); None without a limit.
        has_key_cert_sign: keyUsage is absent or has keyCertSign (4.2.1.3).
        has_digital_signature: keyUsage is absent or has digitalSignature (4.2.1.3).
        has_client_purpose: extendedKeyUsage is absent, or has clientAuth or anyExtendedKeyUsage (4.2.1.12).
        is_fully_processed: every critical extension is processed here (4.2).
        has_unreadable_extension: one that counts cannot be read, is empty or occurs twice (4.2).
        name_constraints: constraints on the names of certificates below it (4.2.1.10); None without any.
        alternative_names: subjectAltName; None where the extension is absent (4.2.1.6).
        policies: what it says of policies.
    """

    path_length: int | None
    has_key_cert_sign: bool
    has_digital_signature: bool
    has_client_purpose: bool
    is_fully_processed: bool
    has_unreadable_extension: bool
    name_constraints: x509.NameConstraints | None
    alternative_names: x509.SubjectAlternativeName | None
    policies: Policies


@asn1.sequence
class _PolicyMapping:
    issuer_domain: ObjectIdentifier
    subject_domain: ObjectIdentifier


def read_permissions(extensions: Extensions) -> Permissions:
    """Read the permissions from a certificate's extensions."""
    values = {extension.oid: extension.value for extension in extensions.readable}
    usage = values.get(ExtensionOID.KEY_USAGE)
    basic_constraints = values.get(ExtensionOID.BASIC_CONSTRAINTS)
    purposes = values.get(ExtensionOID.EXTENDED_KEY_USAGE)
    names = values.get(ExtensionOID.SUBJECT_ALTERNATIVE_NAME)
    name_constraints = values.get(ExtensionOID.NAME_CONSTRAINTS)
    mappings = _read_mappings(values.get(ExtensionOID.POLICY_MAPPINGS))
    return Permissions(
        path_length=basic_constraints.path_length
        if isinstance(basic_constraints, x509.BasicConstraints)
        else None,
        has_key_cert_sign=not isinstance(usage, x509.KeyUsage) or usage.key_cert_sign,
        has_digital_signature=not isinstance(usage, x509.KeyUsage) or usage.digital_signature,
        has_client_purpose=not isinstance(purposes, x509.ExtendedKeyUsage)
        or not _CLIENT_PURPOSES.isdisjoint(purposes),
        is_fully_processed=all(map(_is_processed, extensions.readable))
        and not any(extension.is_critical for extension in extensions.unreadable),
        has_unreadable_extension=mappings is None
        or any(not extension.oid or extension.oid in _COUNTED for extension in extensions.unreadable)
        or any(map(_is_empty, values.values())),
        name_constraints=name_constraints if isinstance(name_constraints, x509.NameConstraints) else None,
        alternative_names=names if isinstance(names, x509.SubjectAlternativeName) else None,
        policies=_read_policies(values, mappings or {}),
    )


def _is_processed(extension: x509.Extension[x509.ExtensionType]) -> bool:
    return not extension.critical or extension.oid in _PROCESSED


def _is_empty(value: x509.ExtensionType) -> bool:
    """Tell whether an extension holds none of the values of which it must have one (4.2.1.3, 4.2.1.6)."""
    if isinstance(value, x509.KeyUsage):
        return not value.public_bytes()[3:].strip(b"\0")
    return isinstance(value, x509.SubjectAlternativeName) and len(list(value)) == 0


def _read_policies(
    values: dict[ObjectIdentifier, x509.ExtensionType], mappings: dict[str, frozenset[str]]
) -> Policies:
    stated = values.get(ExtensionOID.CERTIFICATE_POLICIES)
    constraints = values.get(ExtensionOID.POLICY_CONSTRAINTS)
    inhibition = values.get(ExtensionOID.INHIBIT_ANY_POLICY)
    if not isinstance(constraints, x509.PolicyConstraints):
        constraints = None
    return Policies(
        identifiers=frozenset(policy.policy_identifier.dotted_string for policy in stated)
        if isinstance(stated, x509.CertificatePolicies)
        else None,
        mappings=mappings,
        explicit_after=constraints.require_explicit_policy if constraints else None,
        no_mapping_after=constraints.inhibit_policy_mapping if constraints else None,
        no_any_after=inhibition.skip_certs if isinstance(inhibition, x509.InhibitAnyPolicy) else None,
    )


def _read_mappings(value: x509.ExtensionType | None) -> dict[str, frozenset[str]] | None:
    """Read policyMappings, of which the library hands out the bytes; None where they cannot be read."""
    mappings: dict[str, set[str]] = {}
    if value is None:
        return {}
    try:
        for encoded in der.split_sequence(value.public_bytes()):
            pair = encoded.parse(_PolicyMapping)
            subject_domains = mappings.setdefault(pair.issuer_domain.dotted_string, set())
            subject_domains.add(pair.subject_domain.dotted_string)
    except ValueError:
        return None
    return {policy: frozenset(domains) for policy, domains in mappings.items()} or None
