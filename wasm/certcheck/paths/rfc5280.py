"""What RFC 5280 demands of the certificates of a path, one small function a rule.

Two kinds. A *barring* problem means that the path does not verify: such a certificate cannot carry or end it,
and the best path that remains is `broken`. A *noted* problem leaves the status alone, since the status says
where the certificate comes from: its validity period, a weak hash, and the purposes of its key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cryptography.x509.oid import SignatureAlgorithmOID

from certcheck.paths import name_constraints
from certcheck.rules import renewal
from certcheck.x509.permissions import read_permissions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from certcheck.x509.certificate import Certificate

BarringCode = Literal[
    "not_a_ca", "key_usage", "path_length", "unknown_critical_extension", "name_constraints"
]
NotedCode = Literal["expired", "not_yet_valid", "weak_signature", "key_usage", "extended_key_usage"]

_PERIOD_CODES: dict[renewal.Validity, NotedCode] = {"not_yet": "not_yet_valid", "expired": "expired"}


def find_barring_codes(
    certificate: Certificate, below: Sequence[Certificate], anchors: frozenset[str]
) -> Iterator[BarringCode]:
    """Yield why a certificate cannot stand in a path.

    Args:
        certificate: the certificate to judge.
        below: the path up to it, the certificate that it starts from first; empty for that one itself.
        anchors: SHA-256 of the operator's trust anchors; one of version 1 cannot say that it is a CA.
    """
    if below:
        if not (certificate.is_ca or certificate.sha256 in anchors):
            yield "not_a_ca"  # RFC 5280 6.1.4 (k)
        yield from (code for is_violated, code in _ISSUER_RULES if is_violated(certificate, below))
    if not read_permissions(certificate).is_fully_processed:
        yield "unknown_critical_extension"  # RFC 5280 6.1.4 (o), 6.1.5 (f)


def _lacks_key_cert_sign(issuer: Certificate, _below: Sequence[Certificate]) -> bool:
    """Tell whether keyUsage is present without keyCertSign (RFC 5280 6.1.4 (n))."""
    return not read_permissions(issuer).has_key_cert_sign


def _exceeds_path_length(issuer: Certificate, below: Sequence[Certificate]) -> bool:
    """Tell whether more CAs follow than pathLenConstraint permits (RFC 5280 6.1.4 (l), (m)).

    Self-issued ones do not count.
    """
    limit = read_permissions(issuer).path_length
    return limit is not None and sum(not is_self_issued(certificate) for certificate in below[1:]) > limit


def _violates_name_constraints(issuer: Certificate, below: Sequence[Certificate]) -> bool:
    """Tell whether a certificate below has a name that is not permitted (RFC 5280 6.1.3 (b), (c)).

    Self-issued intermediate CAs do not count.
    """
    constraints = read_permissions(issuer).name_constraints
    if constraints is None:
        return False
    constrained = (
        certificate for certificate in below if certificate is below[0] or not is_self_issued(certificate)
    )
    return not all(name_constraints.is_permitted(certificate, constraints) for certificate in constrained)


_ISSUER_RULES: tuple[tuple[Callable[[Certificate, Sequence[Certificate]], bool], BarringCode], ...] = (
    (_lacks_key_cert_sign, "key_usage"),
    (_exceeds_path_length, "path_length"),
    (_violates_name_constraints, "name_constraints"),
)


def find_noted_codes(
    certificate: Certificate, at: datetime, *, is_first: bool, is_root: bool
) -> Iterator[NotedCode]:
    """Yield the problems that do not bar the path.

    Args:
        certificate: the certificate to judge.
        at: the instant to judge by.
        is_first: the path starts from it.
        is_root: the path ends at it, and it is self-signed or an anchor: trust in a root rests neither on its
            signature nor on its purposes.
    """
    permissions = read_permissions(certificate)
    if code := check_validity_period(certificate, at):
        yield code
    if is_first and not certificate.is_ca and not permissions.has_digital_signature:
        yield "key_usage"  # RFC 5280 4.2.1.3: digitalSignature, with which a client proves who it is
    if (is_first or not is_root) and not permissions.has_client_purpose:
        # RFC 5280 4.2.1.12; of intermediate CAs the RFC demands nothing, and Windows does.
        yield "extended_key_usage"
    if not is_root and has_weak_signature(certificate):
        yield "weak_signature"


def check_validity_period(certificate: Certificate, at: datetime) -> NotedCode | None:
    """Compare an instant with the validity period (RFC 5280 6.1.3 (a)(2)); None where it lies within."""
    return _PERIOD_CODES.get(renewal.judge_validity(certificate.not_before, certificate.not_after, at))


def has_weak_signature(certificate: Certificate) -> bool:
    """Tell whether it is signed with SHA-1, as old roots still are; the library's own check refuses that."""
    return certificate.library_certificate.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1


def is_self_issued(certificate: Certificate) -> bool:
    """Tell whether issuer and subject are the same (RFC 5280 6.1)."""
    return certificate.issuer == certificate.subject
