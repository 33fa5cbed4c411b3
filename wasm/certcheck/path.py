"""Certification paths (RFC 5280 6): from a certificate over its issuers, verified by signature.

A breadth-first search that looks at every certificate once: a pool of any shape costs no more than its
pairs of equal names, and a planted certificate can neither hide a path that verifies nor prolong it.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from certcheck import renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from certcheck.certificate import Certificate

Status = Literal["trusted", "consistent", "incomplete", "broken"]
ProblemCode = Literal["expired", "not_yet_valid", "search_limit"]

LIMIT = 500
"""Signatures that are verified for one certificate's path."""

_PERIOD_PROBLEMS: dict[renewal.Validity, ProblemCode] = {"not_yet": "not_yet_valid", "expired": "expired"}
_BEST_FIRST: tuple[Status, ...] = ("trusted", "consistent", "incomplete", "broken")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something amiss on the way, at the certificate with that SHA-256."""

    code: ProblemCode
    at: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The path that was found. Whether a certificate is revoked is never checked.

    Attributes:
        status: trusted: ends at an anchor. consistent: ends at a self-signed certificate that came along.
            incomplete: ends where the issuer is missing. broken: ends where candidates of the issuer's name
            exist and none verifies.
        path: SHA-256 of each certificate, the one asked about first.
        problems: what is amiss on the way; does not change the status.
    """

    status: Status
    path: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


class Pool:
    """All certificates that may issue one another, each once."""

    def __init__(self, certificates: Iterable[Certificate]) -> None:
        """Put certificates together; one that occurs twice counts once."""
        self._by_subject: dict[bytes, dict[str, Certificate]] = {}
        self._verified: dict[tuple[str, str], bool] = {}
        for each in certificates:
            self._by_subject.setdefault(each.subject.public_bytes(), {})[each.sha256] = each

    def candidates(self, child: Certificate) -> list[Certificate]:
        """Return every certificate of the issuer's name, the likeliest first, whatever the order of files.

        Names are compared as encoded, as Windows does; key identifiers only order (RFC 5280 4.2.1.1).
        """
        named = self._by_subject.get(child.issuer.public_bytes(), {})
        return sorted(
            named.values(),
            key=lambda issuer: (
                _key_ids_differ(child, issuer),
                -issuer.not_after.timestamp(),
                issuer.sha256,
            ),
        )

    def verifies(self, child: Certificate, issuer: Certificate) -> bool:
        """Tell whether the issuer's key signed the child; remembered."""
        pair = (child.sha256, issuer.sha256)
        if pair not in self._verified:
            self._verified[pair] = signed_by(child, issuer)
        return self._verified[pair]


def _key_ids_differ(child: Certificate, issuer: Certificate) -> int:
    """Rank a candidate: 0 the key identifiers match, 1 one of them is missing, 2 they differ."""
    if child.issuer_key_id is None or issuer.key_id is None:
        return 1
    return 0 if child.issuer_key_id == issuer.key_id else 2


def signed_by(child: Certificate, issuer: Certificate) -> bool:
    """Verify one signature (RFC 5280 6.1.3 (a)(1))."""
    try:
        child.loaded.verify_directly_issued_by(issuer.loaded)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def may_issue(issuer: Certificate, anchors: frozenset[str]) -> bool:
    """Tell whether it may sign certificates: a CA (RFC 5280 6.1.4 (k)), or one the operator trusts."""
    return issuer.is_ca or issuer.sha256 in anchors


def build(leaf: Certificate, pool: Pool, anchors: frozenset[str], at: datetime) -> Chain:
    """Find the best path: of the best status, then through certificates valid at the time, then the shortest.

    Args:
        leaf: where the path begins.
        pool: the certificates to build it from.
        anchors: SHA-256 of the CA certificates that count for the leaf's authority.
        at: the instant to judge validity by.
    """

    def valid(certificate: Certificate) -> bool:
        return problem(certificate, at) is None

    every = _search(leaf, pool, anchors, lambda _: True)
    current = _search(leaf, pool, anchors, valid)
    best = current if current.ends_well and _rank(current) <= _rank(every) else every
    problems = [found for each in best.path if (found := problem(each, at))]
    if best.cut_short:
        problems.append(Problem("search_limit", best.path[-1].sha256))
    return Chain(best.status, tuple(each.sha256 for each in best.path), tuple(problems))


def problem(certificate: Certificate, at: datetime) -> Problem | None:
    """Check the validity period (RFC 5280 6.1.3 (a)(2))."""
    code = _PERIOD_PROBLEMS.get(renewal.validity(certificate.not_before, certificate.not_after, at))
    return Problem(code, certificate.sha256) if code else None


@dataclass(frozen=True, slots=True)
class _Found:
    status: Status
    path: list[Certificate]
    cut_short: bool = False

    @property
    def ends_well(self) -> bool:
        return self.status in {"trusted", "consistent"}


def _rank(found: _Found) -> int:
    return _BEST_FIRST.index(found.status)


def _search(
    leaf: Certificate, pool: Pool, anchors: frozenset[str], usable: Callable[[Certificate], bool]
) -> _Found:
    queue, seen, ends, looked_at = deque([[leaf]]), {leaf.sha256}, list[_Found](), 0
    while queue:
        path = queue.popleft()
        last = path[-1]
        if last.sha256 in anchors and (last.is_ca or len(path) > 1):
            return _Found("trusted", path)
        if last.issuer == last.subject and pool.verifies(last, last):
            ends.append(_Found("consistent", path))
            continue
        candidates = [each for each in pool.candidates(last) if usable(each) and each is not last]
        room = max(LIMIT - looked_at, 0)
        looked_at += len(candidates)
        issuers = [
            each for each in candidates[:room] if may_issue(each, anchors) and pool.verifies(last, each)
        ]
        if not issuers:
            cut_short = len(candidates) > room
            ends.append(_Found("broken" if candidates and not cut_short else "incomplete", path, cut_short))
        for each in issuers:
            if each.sha256 not in seen:
                seen.add(each.sha256)
                queue.append([*path, each])
    # No end at all: certificates that only issue one another, so that the way on is missing.
    return min(
        ends,
        key=lambda end: (_rank(end), 0 if end.ends_well else -len(end.path)),
        default=_Found("incomplete", [leaf]),
    )
