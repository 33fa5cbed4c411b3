"""Which authority a certificate is from: by its names, by a signature, or because the person says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck.paths import path_building
from certcheck.paths.certificate_pool import Pool, Signatures, vouched_for
from certcheck.x509 import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from certcheck.paths.path_building import Chain
    from certcheck.rules.authority_rules import Anchor, Authority, Recognition, Rules
    from certcheck.x509.certificate import Certificate

RecognisedBy = Literal["name", "signature", "given"]


class Recognised(NamedTuple):
    """The authority and the evidence for it, both None where nothing tells; and the path found meanwhile."""

    authority: Authority | None
    by: RecognisedBy | None
    chain: Chain


class Recogniser:
    """Recognises the certificates of one pool."""

    def __init__(self, rules: Rules, certificates: Iterable[Certificate], at: datetime) -> None:
        """Put together what came along, and what each authority's own anchors vouch for.

        Args:
            rules: the authorities' rules.
            certificates: all that came along.
            at: the instant to judge paths by.
        """
        self._rules, self._at = rules, at
        self._signatures = Signatures()
        pooled = {each.sha256: each for each in certificates}
        self._all = self.pool(pooled.values())
        self._vouched: dict[str, Pool] = {}
        for authority in rules.authorities:
            anchors = [found for each in authority.trust_anchors if (found := _anchor(each, pooled))]
            if anchors:
                vouched = vouched_for(pooled.values(), anchors, self._signatures)
                self._vouched[authority.id] = self.pool(vouched)

    def pool(self, certificates: Iterable[Certificate]) -> Pool:
        """Put certificates together, for example those of one file."""
        return Pool(certificates, self._at, self._signatures)

    def recognise(self, certificate: Certificate, own: Pool, given: Authority | None) -> Recognised:
        """Tell the authority; a name is only a name until an anchor of that authority has verified it.

        Args:
            certificate: the one to tell.
            own: the certificates of its file.
            given: the authority that the person named; None where nobody did.
        """
        named = by_name(certificate, self._rules)
        if given is not None and given is not named and not certificate.is_ca:
            return self._with_chain(certificate, own, given, "given")
        if named is not None:
            return self._with_chain(certificate, own, named, "name")
        return self._by_signature(certificate, own)

    def _with_chain(
        self, certificate: Certificate, own: Pool, authority: Authority, by: RecognisedBy
    ) -> Recognised:
        chain = self._chain(certificate, own, authority)
        return Recognised(authority, "signature" if chain.status == "trusted" else by, chain)

    def _by_signature(self, certificate: Certificate, own: Pool) -> Recognised:
        """Look for the one authority whose anchors verify it; two that share a root tell nothing."""
        trusted = [
            found
            for authority in self._rules.authorities
            if authority.id in self._vouched
            and (found := self._with_chain(certificate, own, authority, "name")).by == "signature"
        ]
        return (
            trusted[0] if len(trusted) == 1 else Recognised(None, None, self._chain(certificate, own, None))
        )

    def _chain(self, certificate: Certificate, own: Pool, authority: Authority | None) -> Chain:
        anchors = frozenset(anchor.sha256 for anchor in authority.trust_anchors) if authority else frozenset()
        vouched = self._vouched.get(authority.id) if authority else None
        pools = (own, self._all) if vouched is None else (vouched, own, self._all)
        return path_building.build(certificate, pools, anchors, self._at)


def _anchor(anchor: Anchor, pooled: Mapping[str, Certificate]) -> Certificate | None:
    """Return the operator's copy, else the one that came along."""
    return anchor.certificate or pooled.get(anchor.sha256)


def by_name(certificate: Certificate, rules: Rules) -> Authority | None:
    """Return the first authority one of whose alternatives the names match."""
    for authority in rules.authorities:
        if any(matches(certificate, alternative) for alternative in authority.recognise):
            return authority
    return None


def matches(certificate: Certificate, alternative: Recognition) -> bool:
    """Compare the whole value, dashes and spaces folded on both sides."""
    found = map(names.fold, certificate.values(alternative.field))
    if alternative.pattern is not None:
        return any(re.fullmatch(alternative.pattern, value) for value in found)
    return alternative.equals is not None and names.fold(alternative.equals) in found
