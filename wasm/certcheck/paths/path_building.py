"""Certification path building (RFC 5280 6, RFC 4158): from a certificate to a trust anchor, over signatures.

1. Take the pools in turn: the authority's anchors and the CAs below them, where nothing can be planted; the
   certificate's own file; all files.
2. In each pool, search twice: through certificates that are valid at the instant, then through any.
3. A search is breadth-first and takes the shortest path that it has:
   3.1 it ends at an anchor: the path is `trusted`, and the search is over;
   3.2 it ends at a self-signed certificate: it is `consistent`;
   3.3 else it goes on to every certificate of the issuer's name whose key verifies the signature and which
       RFC 5280 lets issue. Each certificate is visited once, so that CAs which all certify one another do not
       multiply into paths;
   3.4 nothing leads on: it is `incomplete`.
4. The first path that is trusted or consistent is the result.
5. Without any, search through whatever did sign, to show the reason why it must not: such a path is `broken`
   where it ends at an anchor or is the file's own.
6. It is `broken`, too, where an anchor of the issuer's name, or a CA below one, did not sign the certificate.
7. Else the longest path of all files is the result.
8. Name the problems of every certificate on the path. Where the budget ended, nothing but that is said.

So evidence that nobody has proven makes no certificate worse: what else lies in the pools changes no path to
an anchor and none that a file brings along complete, and never makes a path `broken`. Where a path without an
anchor has to be put together from several files, another complete way to some other root can be planted
beside it: nobody can tell which is right then, and either is `consistent`, never `trusted`.

Why this is not `cryptography.x509.verification`: docs-dev/decisions/020-own-path-validation.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck.paths import rfc5280
from certcheck.paths.budget import BudgetSpentError
from certcheck.paths.rfc5280 import BarringCode, NotedCode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from certcheck.paths.budget import Budget
    from certcheck.paths.certificate_pool import CertificatePool
    from certcheck.paths.rfc5280 import PathRules
    from certcheck.x509.certificate import Certificate

PathStatus = Literal["trusted", "consistent", "incomplete", "broken", "not_examined"]
ProblemCode = Literal[BarringCode, NotedCode, "search_limit"]
_Condition = Literal["valid_issuers", "fit_issuers", "any_signers"]


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
            incomplete: no certificate that may have issued the last one is there. broken: a certificate of
            the path must be rejected, or an anchor of the issuer's name did not sign it. not_examined:
            building it would have cost more than the file's share; its only problem is `search_limit`.
        path: SHA-256 of each certificate, the one that the path was built for first.
        problems: in the order of the path.
    """

    status: PathStatus
    path: tuple[str, ...]
    problems: tuple[PathProblem, ...] = ()


class Pools(NamedTuple):
    """Where to search, in this order.

    Attributes:
        proven: the authority's anchors and the CAs below them; None without anchors.
        own: the certificate's own file.
        all_files: all of them.
    """

    proven: CertificatePool | None
    own: CertificatePool
    all_files: CertificatePool


def build_path(leaf: Certificate, pools: Pools, rules: PathRules, at: datetime, budget: Budget) -> Chain:
    """Build the best path: by status, then through certificates valid at the instant, then the shortest.

    Args:
        leaf: where the path begins.
        pools: where to search.
        rules: with the anchors that count for the leaf's authority.
        at: the instant to judge validity by.
        budget: pays for the search.
    """
    try:
        return _Search(leaf, rules, at, budget).build(pools)
    except BudgetSpentError:
        return Chain("not_examined", (leaf.sha256,), (PathProblem("search_limit", leaf.sha256),))


@dataclass(frozen=True, slots=True)
class _Path:
    """A path in the making.

    Attributes:
        status: as in `Chain`, without regard to barring problems.
        certificates: the one that the path is built for first.
    """

    status: PathStatus
    certificates: list[Certificate]

    @property
    def is_complete(self) -> bool:
        return self.status in {"trusted", "consistent"}


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for one certificate's path."""

    leaf: Certificate
    rules: PathRules
    at: datetime
    budget: Budget

    def build(self, pools: Pools) -> Chain:
        best = _Path("incomplete", [self.leaf])
        conditions: tuple[_Condition, ...] = ("valid_issuers", "fit_issuers")
        for pool in filter(None, pools):  # 1.
            for condition in conditions:  # 2.
                best = self._search(pool, condition)  # 3.
                if best.is_complete:
                    return self._describe(best)  # 4.
        for pool in filter(None, pools):  # 5.
            signed = self._search(pool, "any_signers")
            is_longer = signed.is_complete or len(signed.certificates) > len(best.certificates)
            if signed.status == "trusted" or (is_longer and pool is not pools.proven):
                is_proven = signed.status == "trusted" or pool is pools.own
                return self._describe(signed, is_proven=is_proven)
        has_no_issuer = len(best.certificates) == 1
        if pools.proven and has_no_issuer and pools.proven.has_candidates(self.leaf):  # 6.
            return Chain("broken", (self.leaf.sha256,), self._describe(best).problems)
        return self._describe(best)  # 7.

    def _search(self, pool: CertificatePool, condition: _Condition) -> _Path:
        """Search a pool upwards to the first anchor, else for the best path without one (step 3).

        Raises:
            BudgetSpentError: it costs more than is left, or the pool is not complete.
        """
        queue, visited = deque([[self.leaf]]), {self.leaf.sha256}
        best, is_cut_short = _Path("incomplete", [self.leaf]), False
        while queue:
            path = queue.popleft()
            self.budget.spend(len(path))
            last = path[-1]
            if last.sha256 in self.rules.anchors and (last.is_ca or len(path) > 1):
                return _Path("trusted", path)  # 3.1.
            if rfc5280.is_self_issued(last) and pool.verifier.verify(last, last, self.budget):
                best = best if best.is_complete else _Path("consistent", path)  # 3.2.
                continue
            is_cut_short |= last.issuer.folded in pool.untried_names
            signers = pool.find_signers(last, self.budget)  # 3.3.
            issuers = [
                signer
                for signer in signers
                if signer.sha256 not in visited and self._may_issue(signer, path, condition)
            ]
            queue.extend([*path, issuer] for issuer in issuers)
            visited.update(issuer.sha256 for issuer in issuers)
            if not issuers and not best.is_complete and len(path) > len(best.certificates):
                best = _Path("incomplete", path)  # 3.4.
        if is_cut_short:
            raise BudgetSpentError  # an anchor might be above what was not looked at
        return best

    def _may_issue(self, issuer: Certificate, path: list[Certificate], condition: _Condition) -> bool:
        if condition == "any_signers":
            return True
        if condition == "valid_issuers" and rfc5280.check_validity_period(issuer, self.at):
            return False
        if any(self.rules.find_barring_codes(issuer, path, self.budget)):
            return False
        is_end = issuer.sha256 in self.rules.anchors or rfc5280.is_self_issued(issuer)
        return not is_end or self.rules.find_policy_failure([*path, issuer], self.budget) is None

    def _describe(self, path: _Path, *, is_proven: bool = True) -> Chain:
        """Return the path as it is reported, with the problems of its certificates (step 8).

        Args:
            path: the path.
            is_proven: what bars it is proven: only what is in the certificate itself counts else.
        """
        barring = list(self._find_barring_problems(path))
        problems: list[PathProblem] = []
        for index, certificate in enumerate(path.certificates):
            is_root = path.is_complete and certificate is path.certificates[-1]
            noted = rfc5280.find_noted_codes(certificate, self.at, is_first=index == 0, is_root=is_root)
            problems += [PathProblem(code, certificate.sha256) for code in noted]
            problems += [problem for problem in barring if problem.at == certificate.sha256]
        status: PathStatus = path.status
        if barring:
            is_rejected = is_proven or any(problem.at == self.leaf.sha256 for problem in barring)
            status = "broken" if is_rejected else "incomplete"
        unique = tuple(dict.fromkeys(problems))  # what is noted may bar the path as well
        return Chain(status, tuple(certificate.sha256 for certificate in path.certificates), unique)

    def _find_barring_problems(self, path: _Path) -> Iterator[PathProblem]:
        """Yield why the path does not verify, in its order."""
        for index, certificate in enumerate(path.certificates):
            below = path.certificates[:index]
            for code in self.rules.find_barring_codes(certificate, below, self.budget):
                yield PathProblem(code, certificate.sha256)
        if path.is_complete:
            failure = self.rules.find_policy_failure(path.certificates, self.budget)
            if failure:
                yield PathProblem("policy", failure.sha256)
