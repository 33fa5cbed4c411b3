"""Certification path building (RFC 5280 6, RFC 4158): from a certificate to a trust anchor, over signatures.

1. Take the pools in turn: what the authority's anchors have issued, where nothing can be planted; the
   certificate's own file; all files.
2. In each pool, search twice: through certificates that are valid at the instant, then through any.
3. A search is breadth-first and takes the shortest path that it has:
   3.1 it ends at an anchor: the path is `trusted`, and the search is over;
   3.2 it ends at a self-signed certificate: it is `consistent`;
   3.3 else it goes on to every certificate of the issuer's name whose key verifies the signature and which
       RFC 5280 lets issue. Each certificate is visited once, so that CAs which all certify one another do not
       multiply into paths;
   3.4 nothing leads on: it is `broken` where such names exist, `incomplete` where none does.
4. The first path that is trusted or consistent is the result.
5. Without any, the result is the best path of all files; where that is broken because a certificate that did
   sign must not issue, the path over that certificate, which shows the reason.
6. Name the problems of every certificate on the path.

So what else lies in the pools changes no path to an anchor, and none that a file brings along complete. Where
a path without an anchor has to be put together from several files, another complete way to some other root
can be planted beside it: nobody can tell which is right then, and either is `consistent`, never `trusted`.

Why this is not `cryptography.x509.verification`: docs-dev/decisions/020-own-path-validation.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from certcheck.paths import certificate_pool, rfc5280
from certcheck.paths.rfc5280 import BarringCode, NotedCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from certcheck.paths.certificate_pool import CertificatePool
    from certcheck.x509.certificate import Certificate

    MayIssue = Callable[[Certificate, Sequence[Certificate]], bool]

PathStatus = Literal["trusted", "consistent", "incomplete", "broken"]
ProblemCode = Literal[BarringCode, NotedCode, "search_limit"]

_BEST_FIRST: tuple[PathStatus, ...] = ("trusted", "consistent", "incomplete", "broken")


@dataclass(frozen=True, slots=True)
class PathProblem:
    """A problem of the path, at the certificate with that SHA-256.

    Attributes:
        code: of `rfc5280.BarringCode` where the path does not verify because of it.
        at: the certificate that is not as it should be. For path_length and name_constraints that is the CA
            whose constraint does not fit the certificates below it.
    """

    code: ProblemCode
    at: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The path that was found. Whether a certificate is revoked is never checked.

    Attributes:
        status: trusted: ends at an anchor. consistent: ends at a self-signed certificate that came along.
            incomplete: ends where the issuer is missing. broken: ends where candidates of the issuer's name
            exist and none verifies, or has a problem that bars it.
        path: SHA-256 of each certificate, the one that the path was built for first.
        problems: in the order of the path.
    """

    status: PathStatus
    path: tuple[str, ...]
    problems: tuple[PathProblem, ...] = ()


def build_path(
    leaf: Certificate, pools: Sequence[CertificatePool], anchors: frozenset[str], at: datetime
) -> Chain:
    """Build the best path: by status, then through certificates valid at the instant, then the shortest.

    Args:
        leaf: where the path begins.
        pools: where to search; the first that yields a complete path decides, and the last holds everything.
        anchors: SHA-256 of the CA certificates that count for the leaf's authority.
        at: the instant to judge validity by.
    """

    def may_issue(issuer: Certificate, below: Sequence[Certificate]) -> bool:
        return not any(rfc5280.find_barring_codes(issuer, below, anchors))

    def is_valid_and_may_issue(issuer: Certificate, below: Sequence[Certificate]) -> bool:
        return not rfc5280.check_validity_period(issuer, at) and may_issue(issuer, below)

    best = _Path("incomplete", [leaf])
    for pool in pools:  # 1
        for condition in (is_valid_and_may_issue, may_issue):  # 2
            best = _search(leaf, pool, anchors, condition)  # 3
            if best.is_complete:
                return _describe(best, anchors, at)  # 4
    if best.status == "broken":  # 5
        signed = _search(leaf, pools[-1], anchors, lambda _issuer, _below: True)
        best = signed if len(signed.certificates) > len(best.certificates) else best
    return _describe(best, anchors, at)


@dataclass(frozen=True, slots=True)
class _Path:
    """A path in the making.

    Attributes:
        status: as in `Chain`, without regard to barring problems.
        certificates: the one that the path is built for first.
        is_cut_short: a limit ended the search: what was not tried may verify.
    """

    status: PathStatus
    certificates: list[Certificate]
    is_cut_short: bool = False

    @property
    def is_complete(self) -> bool:
        return self.status in {"trusted", "consistent"}


def _search(leaf: Certificate, pool: CertificatePool, anchors: frozenset[str], may_issue: MayIssue) -> _Path:
    """Search a pool upwards to the first anchor, else for the best path without one (step 3)."""
    queue, visited, ends = deque([[leaf]]), {leaf.sha256}, list[_Path]()
    verifier = pool.verifier
    skipped_before, has_untried_candidates = verifier.skipped_count, False
    for _ in range(certificate_pool.SEARCH_LIMIT):
        if not queue:
            break
        path = queue.popleft()
        last = path[-1]
        if last.sha256 in anchors and (last.is_ca or len(path) > 1):
            return _Path("trusted", path)  # 3.1
        if rfc5280.is_self_issued(last) and verifier.verify(last, last):
            ends.append(_Path("consistent", path))  # 3.2
            continue
        candidates = pool.find_candidates(last)  # 3.3
        has_untried_candidates |= len(candidates) > certificate_pool.SEARCH_LIMIT
        issuers = [
            candidate
            for candidate in candidates[: certificate_pool.SEARCH_LIMIT]
            if verifier.verify(last, candidate) and may_issue(candidate, path)
        ]
        queue.extend([*path, issuer] for issuer in issuers if issuer.sha256 not in visited)
        visited.update(issuer.sha256 for issuer in issuers)
        if not issuers:
            ends.append(_Path("broken" if candidates else "incomplete", path))  # 3.4
    # No end at all: certificates that only issue one another, so that the issuer is missing.
    best = min(ends, key=_rank, default=_Path("incomplete", [leaf]))
    is_cut_short = bool(queue) or has_untried_candidates or verifier.skipped_count > skipped_before
    if best.is_complete or not is_cut_short:
        return best
    return _Path("incomplete", best.certificates, is_cut_short=True)


def _rank(path: _Path) -> tuple[int, int]:
    """Rank by status, then the shortest of the complete ones (they were found first), else the longest."""
    return _BEST_FIRST.index(path.status), 0 if path.is_complete else -len(path.certificates)


def _describe(path: _Path, anchors: frozenset[str], at: datetime) -> Chain:
    """Return the path as it is reported, with the problems of its certificates (step 6)."""
    barring = list(_find_barring_problems(path, anchors))
    problems: list[PathProblem] = []
    for index, certificate in enumerate(path.certificates):
        is_root = path.is_complete and certificate is path.certificates[-1]
        noted_codes = rfc5280.find_noted_codes(certificate, at, is_first=index == 0, is_root=is_root)
        problems += [PathProblem(code, certificate.sha256) for code in noted_codes]
        problems += [problem for problem in barring if problem.at == certificate.sha256]
    if path.is_cut_short:
        problems.append(PathProblem("search_limit", path.certificates[-1].sha256))
    status: PathStatus = "broken" if barring else path.status
    return Chain(status, tuple(certificate.sha256 for certificate in path.certificates), tuple(problems))


def _find_barring_problems(path: _Path, anchors: frozenset[str]) -> Iterator[PathProblem]:
    """Yield why the path does not verify, in its order."""
    for index, certificate in enumerate(path.certificates):
        for code in rfc5280.find_barring_codes(certificate, path.certificates[:index], anchors):
            yield PathProblem(code, certificate.sha256)
