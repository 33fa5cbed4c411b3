"""What RFC 5280 demands of the certificates of a path, one small function a rule.

Two kinds. A *barring* problem means that the path does not verify: such a certificate cannot carry or end
it, and where that is proven the path is `broken`. A *noted* problem leaves the status alone, since the status
says where the certificate comes from: its validity period, a weak hash or key, and its key's purposes.

Trust anchors are judged like other CAs, more strictly than 6.1:
docs-dev/decisions/039-anchors-are-constrained.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from certcheck.paths.name_constraints import ConstraintIndex, list_constrained_names
from certcheck.paths.policies import count_policies, find_policy_failure
from certcheck.rules import renewal
from certcheck.x509.signatures import has_weak_key, has_weak_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from certcheck.paths.budget import Budget
    from certcheck.x509.certificate import Certificate

BarringCode = Literal[
    "not_a_ca",
    "key_usage",
    "path_length",
    "unknown_critical_extension",
    "unreadable_extension",
    "unreadable_field",
    "nonconforming",
    "name_constraints",
    "policy",
]
NotedCode = Literal[
    "nonconforming",
    "expired",
    "not_yet_valid",
    "never_valid",
    "weak_signature",
    "weak_key",
    "key_usage",
    "extended_key_usage",
]

_PERIOD_CODES: dict[renewal.Validity, NotedCode] = {
    "not_yet": "not_yet_valid",
    "expired": "expired",
    "never": "never_valid",
}


class PathRules:
    """The rules, and what of them was computed already: an index for each CA, an outcome for each pair."""

    def __init__(self, anchors: frozenset[str]) -> None:
        """Begin with nothing computed.

        Args:
            anchors: SHA-256 of the operator's trust anchors; one of version 1 cannot say that it is a CA.
        """
        self.anchors = anchors
        self._indexes: dict[str, ConstraintIndex | None] = {}
        self._outcomes: dict[tuple[str, str], bool] = {}

    def find_barring_codes(
        self, certificate: Certificate, below: Sequence[Certificate], budget: Budget
    ) -> Iterator[BarringCode]:
        """Yield why a certificate cannot stand in a path.

        Args:
            certificate: the certificate to judge.
            below: the path up to it, the certificate that it starts from first; empty for that one itself.
            budget: pays for it.

        Raises:
            BudgetSpentError: it would cost more than is left.
        """
        budget.spend(1 + len(below))
        permissions = certificate.permissions
        if below:
            if not (certificate.is_ca or certificate.sha256 in self.anchors):
                yield "not_a_ca"  # RFC 5280 6.1.4 (k)
            if not permissions.has_key_cert_sign:
                yield "key_usage"  # RFC 5280 6.1.4 (n)
            if _exceeds_path_length(certificate, below):
                yield "path_length"
            if self._violates_name_constraints(certificate, below, budget):
                yield "name_constraints"
        if permissions.has_unreadable_extension:
            yield "unreadable_extension"  # RFC 5280 4.2
        elif not permissions.is_fully_processed:
            yield "unknown_critical_extension"  # RFC 5280 6.1.4 (o), 6.1.5 (f)
        if certificate.has_unreadable_field:
            yield "unreadable_field"
        if self.anchors and certificate.has_nonconforming_field:
            yield "nonconforming"  # RFC 5280 4.1, 4.1.2.5; without an anchor, nothing rests on the path

    def _violates_name_constraints(
        self, issuer: Certificate, below: Sequence[Certificate], budget: Budget
    ) -> bool:
        """Tell whether a certificate below has a name that is not permitted (RFC 5280 6.1.3 (b), (c)).

        Self-issued intermediate CAs do not count.
        """
        if issuer.sha256 not in self._indexes:
            constraints = issuer.permissions.name_constraints
            budget.spend(_count_subtrees(issuer))
            self._indexes[issuer.sha256] = ConstraintIndex(constraints) if constraints else None
        index = self._indexes[issuer.sha256]
        if index is None:
            return False
        constrained = (
            certificate for certificate in below if certificate is below[0] or not is_self_issued(certificate)
        )
        return not all(self._is_permitted(issuer, index, certificate, budget) for certificate in constrained)

    def _is_permitted(
        self, issuer: Certificate, index: ConstraintIndex, certificate: Certificate, budget: Budget
    ) -> bool:
        pair = (issuer.sha256, certificate.sha256)
        if pair not in self._outcomes:
            budget.spend(_count_names(certificate))
            self._outcomes[pair] = index.permits(list_constrained_names(certificate))
        return self._outcomes[pair]

    def find_policy_failure(self, path: Sequence[Certificate], budget: Budget) -> Certificate | None:
        """Find the certificate of a whole path at which no policy is valid, though one is demanded.

        Raises:
            BudgetSpentError: it would cost more than is left.
        """
        budget.spend(len(path) * (1 + sum(map(count_policies, path))))
        return find_policy_failure(path)


def _count_subtrees(issuer: Certificate) -> int:
    constraints = issuer.permissions.name_constraints
    if constraints is None:
        return 0
    return len(constraints.permitted_subtrees or ()) + len(constraints.excluded_subtrees or ())


def _count_names(certificate: Certificate) -> int:
    """Count the parts of a certificate's names that constraints are compared with."""
    names = certificate.permissions.alternative_names
    return 1 + len(certificate.subject.parts) + (0 if names is None else len(names))


def _exceeds_path_length(issuer: Certificate, below: Sequence[Certificate]) -> bool:
    """Tell whether more CAs follow than pathLenConstraint permits (RFC 5280 6.1.4 (l), (m)).

    Self-issued ones do not count.
    """
    limit = issuer.permissions.path_length
    return limit is not None and sum(not is_self_issued(certificate) for certificate in below[1:]) > limit


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
    permissions = certificate.permissions
    if code := check_validity_period(certificate, at):
        yield code
    if certificate.has_nonconforming_field:
        yield "nonconforming"
    if is_first and not certificate.is_ca and not permissions.has_digital_signature:
        yield "key_usage"  # RFC 5280 4.2.1.3: digitalSignature, with which a client proves who it is
    if (is_first or not is_root) and not permissions.has_client_purpose:
        # RFC 5280 4.2.1.12; of intermediate CAs the RFC demands nothing, and Windows does.
        yield "extended_key_usage"
    if not is_root and has_weak_signature(certificate.library_certificate):
        yield "weak_signature"
    if has_weak_key(certificate):
        yield "weak_key"


def check_validity_period(certificate: Certificate, at: datetime) -> NotedCode | None:
    """Compare an instant with the validity period (RFC 5280 6.1.3 (a)(2)); None where it lies within."""
    return _PERIOD_CODES.get(renewal.judge_validity(certificate.not_before, certificate.not_after, at))


def is_self_issued(certificate: Certificate) -> bool:
    """Tell whether issuer and subject are the same (RFC 5280 6.1)."""
    return certificate.issuer == certificate.subject
