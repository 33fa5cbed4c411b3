"""Recognition of the authority that a certificate is from: by name, by signature, or given by the person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck.paths.certificate_pool import CertificatePool, SignatureVerifier, descendants_of_anchors
from certcheck.paths.path_building import build_path
from certcheck.x509.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from certcheck.paths.path_building import Chain
    from certcheck.rules.authority_rules import AuthorityRules, NameRule, Rules
    from certcheck.x509.certificate import Certificate

Evidence = Literal["name", "signature", "given"]


class RecognitionResult(NamedTuple):
    """The authority and the evidence for it, both None where there is none; and the path built meanwhile."""

    authority: AuthorityRules | None
    evidence: Evidence | None
    chain: Chain


class Recogniser:
    """Recognises the authorities of the certificates of one inspection."""

    def __init__(self, rules: Rules, certificates: Iterable[Certificate], at: datetime) -> None:
        """Put together all certificates, and for each authority those that its own anchors have issued.

        Args:
            rules: the authorities' rules.
            certificates: those of all files.
            at: the instant to judge paths by.
        """
        self._rules, self._at = rules, at
        self._verifier = SignatureVerifier()
        by_fingerprint = {certificate.sha256: certificate for certificate in certificates}
        everything = by_fingerprint.values()
        self._pool_of_all = self.build_pool(everything)
        self._pools_of_anchors: dict[str, CertificatePool] = {}
        for authority in rules.authorities:
            anchors = list(_find_anchors(authority, by_fingerprint))
            if anchors:
                descendants = descendants_of_anchors(everything, anchors, self._verifier)
                self._pools_of_anchors[authority.id] = self.build_pool(descendants)

    def build_pool(self, certificates: Iterable[Certificate]) -> CertificatePool:
        """Put certificates together, for example those of one file."""
        return CertificatePool(certificates, self._at, self._verifier)

    def recognise(
        self, certificate: Certificate, file_pool: CertificatePool, chosen: AuthorityRules | None
    ) -> RecognitionResult:
        """Recognise the authority; a name is only a name until an anchor of that authority has verified it.

        Args:
            certificate: the certificate to recognise.
            file_pool: the certificates of its file.
            chosen: the authority that the person chose; None without a choice.
        """
        named = find_authority_by_name(certificate, self._rules)
        if chosen is not None and chosen is not named and not certificate.is_ca:
            return self._verify_authority(certificate, file_pool, chosen, "given")
        if named is not None:
            return self._verify_authority(certificate, file_pool, named, "name")
        return self._recognise_by_signature(certificate, file_pool)

    def _verify_authority(
        self,
        certificate: Certificate,
        file_pool: CertificatePool,
        authority: AuthorityRules,
        evidence: Evidence,
    ) -> RecognitionResult:
        """Build the path to the authority's anchors; the signature is the evidence where it is trusted."""
        chain = self._build_path(certificate, file_pool, authority)
        return RecognitionResult(authority, "signature" if chain.status == "trusted" else evidence, chain)

    def _recognise_by_signature(
        self, certificate: Certificate, file_pool: CertificatePool
    ) -> RecognitionResult:
        """Find the only authority whose anchors verify it; two that share a root tell nothing."""
        trusted = []
        for authority in self._rules.authorities:
            if authority.id in self._pools_of_anchors:
                chain = self._build_path(certificate, file_pool, authority)
                if chain.status == "trusted":
                    trusted.append(RecognitionResult(authority, "signature", chain))
        if len(trusted) == 1:
            return trusted[0]
        return RecognitionResult(None, None, self._build_path(certificate, file_pool, None))

    def _build_path(
        self, certificate: Certificate, file_pool: CertificatePool, authority: AuthorityRules | None
    ) -> Chain:
        pools, anchors = [file_pool, self._pool_of_all], frozenset[str]()
        if authority:
            anchors = frozenset(anchor.sha256 for anchor in authority.trust_anchors)
            if authority.id in self._pools_of_anchors:
                pools.insert(0, self._pools_of_anchors[authority.id])
        return build_path(certificate, pools, anchors, self._at)


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
    """Compare the whole value, dashes and spaces folded on both sides."""
    values = map(fold, certificate.find_values(alternative.field))
    if alternative.pattern is not None:
        return any(re.fullmatch(alternative.pattern, value) for value in values)
    return alternative.equals is not None and fold(alternative.equals) in values
