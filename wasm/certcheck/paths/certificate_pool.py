"""The certificates that paths are built from, and the signatures between them.

A certificate leads to another only over a signature that verifies (RFC 5280 6.1.3 (a)(1)); that one of the
same name was planted beside it changes nothing.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from certcheck.paths.budget import BudgetSpentError
from certcheck.paths.rfc5280 import check_validity_period
from certcheck.x509.signatures import load_public_key, verify_signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

    from certcheck.paths.budget import Budget
    from certcheck.x509.certificate import Certificate
    from certcheck.x509.names import FoldedName

_RSA_COST = 20  # operations of a signature by an RSA key of 2,048 bits
_RSA_UNIT = 2048**2 * 17 // _RSA_COST  # bits squared, times the bits of the exponent 65,537
_CURVE_UNIT = 130**2 // _RSA_COST  # in WebAssembly, a curve of 256 bits costs as much as three of those
_OTHER_COST = 10 * _RSA_COST


class SignatureVerifier:
    """Verifies signatures, each once for an issuer's key, however many certificates have that key."""

    def __init__(self) -> None:
        """Begin with no outcome."""
        self._outcomes: dict[tuple[str, bytes], bool] = {}
        self._keys: dict[bytes, tuple[CertificatePublicKeyTypes | None, int]] = {}

    def verify(self, child: Certificate, issuer: Certificate, budget: Budget) -> bool:
        """Tell whether the issuer's key signed the child; the names are not compared.

        Raises:
            BudgetSpentError: it would cost more than is left.
        """
        pair = (child.sha256, issuer.public_key)
        if pair not in self._outcomes:
            key, cost = self._load_key(issuer)
            budget.spend(cost)
            self._outcomes[pair] = key is not None and verify_signature(child, key)
        return self._outcomes[pair]

    def _load_key(self, issuer: Certificate) -> tuple[CertificatePublicKeyTypes | None, int]:
        if issuer.public_key not in self._keys:
            key = load_public_key(issuer)
            self._keys[issuer.public_key] = key, estimate_cost(key)
        return self._keys[issuer.public_key]


def estimate_cost(key: CertificatePublicKeyTypes | None) -> int:
    """Estimate what verifying a signature by the key costs, in operations."""
    if isinstance(key, EllipticCurvePublicKey):
        return key.key_size**2 // _CURVE_UNIT
    if not isinstance(key, RSAPublicKey):
        return _OTHER_COST if key else 1
    return max(1, key.key_size**2 * key.public_numbers().e.bit_length() // _RSA_UNIT)


class CertificatePool:
    """Certificates that may issue one another, without duplicates, ordered whatever the order of files.

    The likeliest issuers come first: those valid at the instant, and of these the ones that last longest.

    Attributes:
        verifier: verifies the signatures between them.
        untried_names: names of CAs that may be missing here, since no budget was left to look at them.
        is_of_many_files: it holds certificates of other files than the one that a path begins in.
    """

    def __init__(
        self,
        certificates: Iterable[Certificate],
        at: datetime,
        verifier: SignatureVerifier,
        untried_names: Iterable[FoldedName] = (),
        *,
        is_of_many_files: bool = False,
    ) -> None:
        """Put certificates together.

        Args:
            certificates: a duplicate counts once.
            at: the instant by which validity is judged.
            verifier: verifies the signatures between them.
            untried_names: as in the class.
            is_of_many_files: as in the class.
        """
        self.verifier = verifier
        self.untried_names = frozenset(untried_names)
        self.is_of_many_files = is_of_many_files
        self._by_name: dict[FoldedName, list[Certificate]] = {}
        self._by_name_and_key: dict[tuple[FoldedName, bytes | None], list[Certificate]] = {}

        def rank(certificate: Certificate) -> tuple[bool, float, str]:
            is_invalid = check_validity_period(certificate, at) is not None
            ends = certificate.not_after.timestamp() if certificate.not_after else -math.inf
            return is_invalid, -ends, certificate.sha256

        unique = {certificate.sha256: certificate for certificate in certificates}
        for certificate in sorted(unique.values(), key=rank):
            name = certificate.subject.folded
            self._by_name.setdefault(name, []).append(certificate)
            self._by_name_and_key.setdefault((name, certificate.key_id), []).append(certificate)

    def iterate_candidates(self, child: Certificate) -> Iterator[Certificate]:
        """Yield the certificates of the issuer's name, which are compared as RFC 5280 7.1 asks.

        Key identifiers order them (4.2.1.1): the same ones first, absent ones, then the rest. The rest is
        left out where it may be another file's: no number of namesakes there costs this file its path.
        """
        name, key_id = child.issuer.folded, child.issuer_key_id
        groups = [self._by_name.get(name, ())]
        if key_id is not None:
            likely = [self._by_name_and_key.get((name, identifier), ()) for identifier in (key_id, None)]
            groups = likely if self.is_of_many_files else [*likely, *groups]
        seen = {child.sha256}
        for certificate in chain.from_iterable(groups):
            if certificate.sha256 not in seen:
                seen.add(certificate.sha256)
                yield certificate

    def find_signers(self, child: Certificate, budget: Budget) -> list[Certificate]:
        """Return the certificates whose key signed the child: of the first key that did, all certificates.

        Raises:
            BudgetSpentError: there are more candidates than can be looked at.
        """
        signers: list[Certificate] = []
        for candidate in self.iterate_candidates(child):
            budget.spend(1)
            if signers and candidate.public_key != signers[0].public_key:
                continue  # no signature is by two keys
            if self.verifier.verify(child, candidate, budget):
                signers.append(candidate)
        return signers

    def has_candidates(self, child: Certificate) -> bool:
        """Tell whether any certificate has the issuer's name."""
        return any(True for _ in self.iterate_candidates(child))


def descendants_of_anchors(
    cas: Iterable[Certificate],
    anchors: Iterable[Certificate],
    verifier: SignatureVerifier,
    find_budget: Callable[[Certificate], Budget],
) -> tuple[list[Certificate], set[FoldedName]]:
    """Find the anchors and the CAs that they have certified, directly or through others.

    The search goes downwards from the anchors, where nobody can plant anything: a CA is reached only over a
    signature by an anchor or by a CA below it. So no number of others can hide a path to an anchor.

    Args:
        cas: CA certificates.
        anchors: the trust anchors.
        verifier: verifies signatures.
        find_budget: returns the budget of a CA's file, which pays for looking at it.

    Returns:
        Anchors and CAs, and the names of CAs that no budget was left for.
    """
    issued: dict[FoldedName, list[Certificate]] = {}
    for certificate in cas:
        issued.setdefault(certificate.issuer.folded, []).append(certificate)
    queue = deque(anchors)
    descendants = {anchor.sha256: anchor for anchor in queue}
    untried: set[FoldedName] = set()
    while queue:
        issuer = queue.popleft()
        for child in issued.get(issuer.subject.folded, ()):
            if child.sha256 in descendants:
                continue
            try:
                is_signed = verifier.verify(child, issuer, find_budget(child))
            except BudgetSpentError:
                untried.add(child.subject.folded)
                continue
            if is_signed:
                descendants[child.sha256] = child
                queue.append(child)
    return list(descendants.values()), untried
