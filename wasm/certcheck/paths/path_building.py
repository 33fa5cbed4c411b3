"""Certification paths (RFC 5280 6): from a certificate over its issuers, verified by signature.

A breadth-first search that looks at every certificate once, so that CAs which all certify one another do not
multiply into paths. It is made in three places, one after the other, until a path ends well: among what the
authority's anchors vouch for, where nothing can be planted; in the certificate's own file; among all files.
So what else lies there changes no path to an anchor, and none that a file brings along complete. Where a path
without an anchor has to be put together from several files, another complete way to some other root can be
planted beside it: nobody can tell which is right then, and either is `consistent`, never `trusted`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from certcheck.paths import certificate_pool, rfc5280
from certcheck.paths.rfc5280 import Barring, Noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from certcheck.paths.certificate_pool import Pool
    from certcheck.x509.certificate import Certificate

    Accepts = Callable[[Certificate, Sequence[Certificate]], bool]

Status = Literal["trusted", "consistent", "incomplete", "broken"]
ProblemCode = Literal[Barring, Noted, "search_limit"]

_BEST_FIRST: tuple[Status, ...] = ("trusted", "consistent", "incomplete", "broken")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something amiss on the way, at the certificate with that SHA-256.

    Attributes:
        code: what; of `rfc5280.Barring`, unless it is noted only.
        at: the certificate that is not as it should be. For path_length and name_constraints that is the CA
            whose limit does not fit the certificates below it.
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
        path: SHA-256 of each certificate, the one asked about first.
        problems: what is amiss on the way, in its order.
    """

    status: Status
    path: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def build(leaf: Certificate, pools: Sequence[Pool], anchors: frozenset[str], at: datetime) -> Chain:
    """Find the best path: of the best status, then through certificates valid at the time, then the shortest.

    Args:
        leaf: where the path begins.
        pools: the places to look in, the first that yields a whole path decides; the last holds everything.
        anchors: SHA-256 of the CA certificates that count for the leaf's authority.
        at: the instant to judge validity by.
    """

    def sound(issuer: Certificate, below: Sequence[Certificate]) -> bool:
        return not any(rfc5280.bars(issuer, below, anchors))

    def valid(issuer: Certificate, below: Sequence[Certificate]) -> bool:
        return not rfc5280.period(issuer, at) and sound(issuer, below)

    best = _Found("incomplete", [leaf])
    for place in pools:
        for accepts in (valid, sound):
            best = _search(leaf, place, anchors, accepts)
            if best.ends_well:
                return _described(best, anchors, at)
    if best.status == "broken":
        # Perhaps the signatures do verify, and a certificate on the way must not stand there: then say which.
        signed = _search(leaf, pools[-1], anchors, lambda *_: True)
        best = signed if len(signed.path) > len(best.path) else best
    return _described(best, anchors, at)


@dataclass(frozen=True, slots=True)
class _Found:
    status: Status
    path: list[Certificate]
    cut_short: bool = False

    @property
    def ends_well(self) -> bool:
        return self.status in {"trusted", "consistent"}

    def barred(self, anchors: frozenset[str]) -> Iterator[tuple[int, Barring]]:
        """Yield what bars the path, with the place in it."""
        for index, each in enumerate(self.path):
            yield from ((index, code) for code in rfc5280.bars(each, self.path[:index], anchors))


def _described(found: _Found, anchors: frozenset[str], at: datetime) -> Chain:
    barred = list(found.barred(anchors))
    problems: list[Problem] = []
    for index, each in enumerate(found.path):
        believed = found.ends_well and each is found.path[-1]
        codes = [
            *rfc5280.notes(each, at, first=index == 0, believed=believed),
            *(code for place, code in barred if place == index),
        ]
        problems += [Problem(code, each.sha256) for code in codes]
    if found.cut_short:
        problems.append(Problem("search_limit", found.path[-1].sha256))
    status: Status = "broken" if barred else found.status
    return Chain(status, tuple(each.sha256 for each in found.path), tuple(problems))


def _search(leaf: Certificate, place: Pool, anchors: frozenset[str], accepts: Accepts) -> _Found:
    """Walk upwards over signatures to the first anchor, else to what is best without one."""
    queue, seen, ends = deque([[leaf]]), {leaf.sha256}, list[_Found]()
    verify, left_out, cut_short = place.signatures.verify, place.signatures.left_out, False
    for _ in range(certificate_pool.LIMIT):
        if not queue:
            break
        path = queue.popleft()
        last = path[-1]
        if last.sha256 in anchors and (last.is_ca or len(path) > 1):
            return _Found("trusted", path)
        if rfc5280.is_self_issued(last) and verify(last, last):
            ends.append(_Found("consistent", path))
            continue
        candidates = place.candidates(last)
        cut_short |= len(candidates) > certificate_pool.LIMIT
        issuers = [
            each
            for each in candidates[: certificate_pool.LIMIT]
            if verify(last, each) and accepts(each, path)
        ]
        if not issuers:
            ends.append(_Found("broken" if candidates else "incomplete", path))
        new = [each for each in issuers if each.sha256 not in seen]
        seen.update(each.sha256 for each in new)
        queue.extend([*path, each] for each in new)
    # No end at all: certificates that only issue one another, so that the way on is missing.
    best = min(ends, key=_order, default=_Found("incomplete", [leaf]))
    if best.ends_well or not (queue or cut_short or place.signatures.left_out > left_out):
        return best
    return _Found("incomplete", best.path, cut_short=True)  # what was not tried may verify


def _order(found: _Found) -> tuple[int, int]:
    """Order by status, then the shortest of those that end well (they were found first), else the longest."""
    return _BEST_FIRST.index(found.status), 0 if found.ends_well else -len(found.path)
