"""Recognition of the authority that a certificate is from: by name, by signature, or given by the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck.paths.budget import Budget
from certcheck.paths.certificate_pool import CertificatePool, SignatureVerifier, descendants_of_anchors
from certcheck.paths.path_building import Pools, build_path
from certcheck.paths.rfc5280 import PathRules
from certcheck.rules.patterns import compile_pattern
from certcheck.x509.names import fold_dashes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from certcheck.paths.path_building import Chain
    from certcheck.rules.authority_rules import AuthorityRules, NameRule, Rules
    from certcheck.x509.certificate import Certificate

    _BuildPath = Callable[[AuthorityRules | None], Chain]

RecognitionEvidence = Literal["name", "signature", "given"]


class RecognitionResult(NamedTuple):
    """The authority and the evidence for it, both None where there is none; and the path built meanwhile."""

    authority: AuthorityRules | None
    evidence: RecognitionEvidence | None
    chain: Chain


class Recogniser:
    """Recognises the authorities of the certificates of one inspection."""

    def __init__(
        self, rules: Rules, files: Sequence[Sequence[Certificate]], at: datetime, budget: Budget
    ) -> None:
        """Put together all certificates, and for each authority the CAs below its own anchors.

        Args:
            rules: the authorities' rules.
            files: the certificates of each file.
            at: the instant to judge paths by.
            budget: pays for that, up to the half of it, in even shares for the files.
        """
        self._rules, self._at = rules, at
        self._verifier = SignatureVerifier()
        by_fingerprint = {certificate.sha256: certificate for file in files for certificate in file}
        everything = by_fingerprint.values()
        self._pool_of_all = CertificatePool(everything, at, self._verifier, is_of_many_files=len(files) > 1)
        self._path_rules: dict[str | None, PathRules] = {None: PathRules(frozenset())}
        self._pools_of_anchors: dict[str, CertificatePool] = {}
        shares = [Budget(budget.remaining // (2 * len(files))) for _ in files]
        find_budget = _find_share(files, shares)
        for authority in rules.authorities:
            fingerprints = frozenset(anchor.sha256 for anchor in authority.trust_anchors)
            self._path_rules[authority.id] = PathRules(fingerprints)
            anchors = list(_find_anchors(authority, by_fingerprint))
            if anchors:
                cas = [certificate for certificate in everything if certificate.is_ca]
                descendants, untried = descendants_of_anchors(cas, anchors, self._verifier, find_budget)
                pool = CertificatePool(descendants, at, self._verifier, untried)
                self._pools_of_anchors[authority.id] = pool
        budget.spend(sum(share.allowed - share.remaining for share in shares))

    def build_pool(self, certificates: Iterable[Certificate]) -> CertificatePool:
        """Put certificates together, for example those of one file."""
        return CertificatePool(certificates, self._at, self._verifier)

    def recognise(
        self,
        certificate: Certificate,
        file_pool: CertificatePool,
        chosen: AuthorityRules | None,
        budget: Budget,
    ) -> RecognitionResult:
        """Recognise the authority; a name is only a name until an anchor of that authority has verified it.

        Args:
            certificate: the certificate to recognise.
            file_pool: the certificates of its file.
            chosen: the authority that the person chose; None without a choice.
            budget: pays for the paths.
        """

        def build(authority: AuthorityRules | None) -> Chain:
            identifier = authority.id if authority else None
            pools = Pools(self._pools_of_anchors.get(identifier or ""), file_pool, self._pool_of_all)
            return build_path(certificate, pools, self._path_rules[identifier], self._at, budget)

        named = find_authority_by_name(certificate, self._rules)
        if chosen is not None and chosen is not named and not certificate.is_ca:
            return _verify_authority(chosen, "given", build)
        if named is not None:
            return _verify_authority(named, "name", build)
        return self._recognise_by_signature(build)

    def _recognise_by_signature(self, build: _BuildPath) -> RecognitionResult:
        """Find the only authority whose anchors verify it; two that share a root tell nothing.

        Where it is from an anchor by signature and yet must be rejected, that is the path.
        """
        trusted: list[RecognitionResult] = []
        rejected: list[Chain] = []
        for authority in self._rules.authorities:
            if authority.id in self._pools_of_anchors:
                chain = build(authority)
                if chain.status == "trusted":
                    trusted.append(RecognitionResult(authority, "signature", chain))
                elif chain.status == "broken" and chain.path[-1] in self._path_rules[authority.id].anchors:
                    rejected.append(chain)
        if len(trusted) == 1:
            return trusted[0]
        return RecognitionResult(None, None, rejected[0] if rejected else build(None))


def _verify_authority(
    authority: AuthorityRules, evidence: RecognitionEvidence, build: _BuildPath
) -> RecognitionResult:
    """Build the path to the authority's anchors; the signature is the evidence where it is trusted."""
    chain = build(authority)
    return RecognitionResult(authority, "signature" if chain.status == "trusted" else evidence, chain)


def _find_share(
    files: Sequence[Sequence[Certificate]], shares: Sequence[Budget]
) -> Callable[[Certificate], Budget]:
    """Return a function that finds the share of a certificate's file."""
    by_fingerprint: dict[str, Budget] = {}
    for file, share in zip(files, shares, strict=True):
        for certificate in file:
            by_fingerprint.setdefault(certificate.sha256, share)
    return lambda certificate: by_fingerprint[certificate.sha256]


def _find_anchors(
    authority: AuthorityRules, by_fingerprint: Mapping[str, Certificate]
) -> Iterable[Certificate]:
    """Yield the anchors' certificates: the operator's copy, else the one among the files, if any."""
    for anchor in authority.trust_anchors:
        certificate = anchor.certificate or by_fingerprint.get(anchor.sha256)
        if certificate:
            yield certificate


def find_authority_by_name(certificate: Certificate, rules: Rules) -> AuthorityRules | None:
    """Return the first authority one of whose alternatives the names match."""
    for authority in rules.authorities:
        if any(is_match(certificate, alternative) for alternative in authority.recognise):
            return authority
    return None


def is_match(certificate: Certificate, alternative: NameRule) -> bool:
    """Compare whole values, dashes and spaces folded on both sides; all of what must hold together."""
    values = map(fold_dashes, certificate.find_values(alternative.field))
    if alternative.pattern is not None:
        is_same = any(map(compile_pattern(alternative.pattern).fullmatch, values))
    else:
        is_same = alternative.equals is not None and fold_dashes(alternative.equals) in values
    return is_same and all(is_match(certificate, other) for other in alternative.also)
