"""Certification paths (RFC 5280 6): from a certificate over its issuers, verified by signature.

A breadth-first search that looks at every certificate once, so that CAs which all certify one another do not
multiply into paths. A link is a signature that verifies: a planted certificate of the same name is no link.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.x509.oid import SignatureAlgorithmOID

from certcheck import renewal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from certcheck.certificate import Certificate

Status = Literal["trusted", "consistent", "incomplete", "broken"]
ProblemCode = Literal["expired", "not_yet_valid", "weak_signature", "search_limit"]

LIMIT = 100
"""Candidates that are tried for one issuer, and certificates that one search looks at."""

_PERIOD_PROBLEMS: dict[renewal.Validity, ProblemCode] = {"not_yet": "not_yet_valid", "expired": "expired"}
_NOT_VERIFIED = (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError)
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
        child.verify_issued_by(issuer)
    except _NOT_VERIFIED:
        return has_weak_signature(child) and _signed_with_sha1(child, issuer)
    return True


def has_weak_signature(certificate: Certificate) -> bool:
    """Tell whether it is signed with SHA-1, as old roots still are; the library's own check refuses that."""
    return certificate.loaded.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1


def _signed_with_sha1(child: Certificate, issuer: Certificate) -> bool:
    try:
        key = issuer.loaded.public_key()
        if child.issuer != issuer.subject or not isinstance(key, RSAPublicKey):
            return False
        key.verify(child.signature, child.signed, PKCS1v15(), SHA1())  # noqa: S303 - named as a problem
    except _NOT_VERIFIED:
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
    # Who believes in a root or an anchor does not do so for its signature.
    followed = best.path[:-1] if best.ends_well else best.path
    problems += [Problem("weak_signature", each.sha256) for each in followed if has_weak_signature(each)]
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
    queue, seen, ends = deque([[leaf]]), {leaf.sha256}, list[_Found]()
    for _ in range(LIMIT):
        if not queue:
            break
        path = queue.popleft()
        last = path[-1]
        if last.sha256 in anchors and (last.is_ca or len(path) > 1):
            return _Found("trusted", path)
        if last.issuer == last.subject and pool.verifies(last, last):
            ends.append(_Found("consistent", path))
            continue
        candidates = [each for each in pool.candidates(last) if usable(each) and each.sha256 != last.sha256]
        issuers = [
            each for each in candidates[:LIMIT] if may_issue(each, anchors) and pool.verifies(last, each)
        ]
        if not issuers:
            cut_short = len(candidates) > LIMIT
            ends.append(_Found("broken" if candidates and not cut_short else "incomplete", path, cut_short))
        new = [each for each in issuers if each.sha256 not in seen]
        seen.update(each.sha256 for each in new)
        queue.extend([*path, each] for each in new)
    if queue:
        ends.append(_Found("incomplete", queue[0], cut_short=True))
    # No end at all: certificates that only issue one another, so that the way on is missing.
    return min(ends, key=_order, default=_Found("incomplete", [leaf]))


def _order(found: _Found) -> tuple[int, int]:
    """Order by status, then the shortest of those that end well (they were found first), else the longest."""
    return _rank(found), 0 if found.ends_well else -len(found.path)
