"""Certificate policies along a path (RFC 5280 6.1), as a graph whose size does not explode (RFC 9618).

Nobody demands a policy here, and any is acceptable (6.1.1 (c), (e), (f), (g)): policies fail only where a CA
on the path demands one (requireExplicitPolicy) and none is valid along it. So of the graph only the policies
of its last depth are held: those above change nothing below.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from certcheck.x509.certificate import Certificate
    from certcheck.x509.permissions import Policies

ANY_POLICY = "2.5.29.32.0"

_ValidPolicies = dict[str, frozenset[str]]


@dataclass(slots=True)
class _State:
    """The state variables (6.1.2).

    Attributes:
        valid: each policy that is valid so far, with those that are expected below it.
        explicit_policy: certificates until a policy must be valid (6.1.2 (d)).
        inhibit_any: certificates until anyPolicy counts for nothing (6.1.2 (e)).
        policy_mapping: certificates until policies may not be mapped (6.1.2 (f)).
    """

    explicit_policy: int
    inhibit_any: int
    policy_mapping: int
    valid: _ValidPolicies = field(default_factory=lambda: {ANY_POLICY: frozenset({ANY_POLICY})})


def find_policy_failure(path: Sequence[Certificate]) -> Certificate | None:
    """Find the first certificate at which no policy is valid, though one is demanded.

    1. Begin at the certificate below the trust anchor, with any policy valid (6.1.2).
    2. Find the policies that each certificate leaves valid (6.1.3 (d), (e)).
    3. Prepare for the next certificate (6.1.4), or wrap up (6.1.5): mappings and counters.
    4. It fails where one is demanded and none is left (6.1.3 (f), 6.1.5 (g)): neither comes back below.

    Args:
        path: from the certificate to validate up to the trust anchor, whose own policies do not count (6.1).
    """
    certificates = list(reversed(path[:-1]))
    state = _State(len(certificates) + 1, len(certificates) + 1, len(certificates) + 1)  # 1.
    for number, certificate in enumerate(certificates, start=1):
        policies = certificate.permissions.policies
        is_last, is_self_issued = number == len(certificates), certificate.issuer == certificate.subject
        allows_any = state.inhibit_any > 0 or (not is_last and is_self_issued)
        state.valid = _find_valid_policies(policies.identifiers, state.valid, allows_any=allows_any)  # 2.
        if is_last:
            _wrap_up(state, policies)  # 3.
        elif not _prepare_next(state, policies, is_self_issued=is_self_issued):
            return certificate
        if state.explicit_policy == 0 and not state.valid:  # 4.
            return certificate
    return None


def count_policies(certificate: Certificate) -> int:
    """Count what processing a certificate's policies looks at."""
    policies = certificate.permissions.policies
    return len(policies.identifiers or ()) + sum(map(len, policies.mappings.values()))


def _find_valid_policies(
    identifiers: frozenset[str] | None, valid: Mapping[str, frozenset[str]], *, allows_any: bool
) -> _ValidPolicies:
    """Return the policies that a certificate's own leave valid (6.1.3 (d), (e))."""
    if identifiers is None:
        return {}
    expected = frozenset[str]().union(*valid.values())
    accepted = identifiers if ANY_POLICY in valid else identifiers & expected  # (1)
    remaining = {policy: frozenset({policy}) for policy in accepted - {ANY_POLICY}}
    if ANY_POLICY in identifiers and allows_any:  # (2)
        remaining |= {policy: frozenset({policy}) for policy in expected if policy not in remaining}
    return remaining


def _prepare_next(state: _State, policies: Policies, *, is_self_issued: bool) -> bool:
    """Map policies and count down (6.1.4 (a), (b), (h) to (j)).

    Returns:
        False where anyPolicy is mapped, which must not be.
    """
    for policy, domains in policies.mappings.items():
        if ANY_POLICY in {policy, *domains}:  # (a)
            return False
        if state.policy_mapping == 0:  # (b) (2)
            state.valid.pop(policy, None)
        elif policy in state.valid or ANY_POLICY in state.valid:  # (b) (1)
            state.valid[policy] = domains
    if not is_self_issued:  # (h)
        state.explicit_policy = max(0, state.explicit_policy - 1)
        state.policy_mapping = max(0, state.policy_mapping - 1)
        state.inhibit_any = max(0, state.inhibit_any - 1)
    if policies.explicit_after is not None:  # (i)
        state.explicit_policy = min(state.explicit_policy, policies.explicit_after)
    if policies.no_mapping_after is not None:
        state.policy_mapping = min(state.policy_mapping, policies.no_mapping_after)
    if policies.no_any_after is not None:  # (j)
        state.inhibit_any = min(state.inhibit_any, policies.no_any_after)
    return True


def _wrap_up(state: _State, policies: Policies) -> None:
    """Count down for the last time (6.1.5 (a), (b))."""
    state.explicit_policy = max(0, state.explicit_policy - 1)
    if policies.explicit_after == 0:
        state.explicit_policy = 0
