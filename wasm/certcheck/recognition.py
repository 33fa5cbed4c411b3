"""Which authority a certificate is from: by its names, by a signature, or because the person says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck import names, path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from certcheck.certificate import Certificate
    from certcheck.path import Chain
    from certcheck.rules import Authority, Recognition, Rules

RecognisedBy = Literal["name", "signature", "given"]


class Recognised(NamedTuple):
    """The authority and the evidence for it, both None where nothing tells; and the path found meanwhile."""

    authority: Authority | None
    by: RecognisedBy | None
    chain: Chain


class Recogniser:
    """Recognises the certificates of one pool."""

    def __init__(
        self, rules: Rules, certificates: Iterable[Certificate], at: datetime, given: Authority | None
    ) -> None:
        """Prepare a pool an authority: the certificates that came along, and that authority's own anchors.

        Args:
            rules: the authorities' rules.
            certificates: all that came along.
            at: the instant to judge paths by.
            given: the authority that the person named; None where nobody did.
        """
        pooled = tuple(certificates)
        self._rules, self._at, self._given = rules, at, given
        self._plain = path.Pool(pooled)
        self._pools = {
            authority.id: path.Pool(
                (*pooled, *filter(None, (a.certificate for a in authority.trust_anchors)))
            )
            for authority in rules.authorities
            if authority.trust_anchors
        }

    def recognise(self, certificate: Certificate) -> Recognised:
        """Tell the authority; a name is only a name until an anchor of that authority has verified it."""
        named = by_name(certificate, self._rules)
        if self._given is not None and self._given is not named and not certificate.is_ca:
            return self._with_chain(certificate, self._given, "given")
        if named is not None:
            return self._with_chain(certificate, named, "name")
        return self._by_signature(certificate)

    def _with_chain(self, certificate: Certificate, authority: Authority, by: RecognisedBy) -> Recognised:
        chain = self._chain(certificate, authority)
        return Recognised(authority, "signature" if chain.status == "trusted" else by, chain)

    def _by_signature(self, certificate: Certificate) -> Recognised:
        """Look for the one authority whose anchors verify it; two that share a root tell nothing."""
        trusted = [
            found
            for authority in self._rules.authorities
            if authority.id in self._pools
            and (found := self._with_chain(certificate, authority, "name")).by == "signature"
        ]
        return trusted[0] if len(trusted) == 1 else Recognised(None, None, self._chain(certificate, None))

    def _chain(self, certificate: Certificate, authority: Authority | None) -> Chain:
        anchors = authority.trust_anchors if authority else ()
        pool = self._pools[authority.id] if authority and anchors else self._plain
        return path.build(certificate, pool, frozenset(anchor.sha256 for anchor in anchors), self._at)


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
