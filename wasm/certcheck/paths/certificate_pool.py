"""The certificates that paths are built from, and the signatures between them.

A certificate leads to another only over a signature that verifies (RFC 5280 6.1.3 (a)(1)); that one of the
same name was planted beside it changes nothing.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1

from certcheck.paths.rfc5280 import check_validity_period, has_weak_signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certcheck.x509.certificate import Certificate

SEARCH_LIMIT = 100
"""Candidates that are tried for one certificate's issuer, and certificates that one search visits."""

SIGNATURE_BUDGET = 2_500
"""What all verifications of one report may cost; a signature by an RSA key of 2,048 bits costs 1."""

_RSA_UNIT = 2048**2 * 17  # bits squared, times the bits of the exponent 65,537
_CURVE_UNIT = 130**2  # in WebAssembly, a curve of 256 bits costs 3, one of 521 bits 16
_OTHER_COST = 10

_NOT_VERIFIED = (InvalidSignature, UnsupportedAlgorithm, InternalError, ValueError, TypeError)


class SignatureVerifier:
    """Verifies signatures, each once, within SIGNATURE_BUDGET.

    Attributes:
        skipped_count: how many signatures were not verified since the budget was spent.
    """

    def __init__(self) -> None:
        """Begin with the whole budget and no outcome."""
        self._outcomes: dict[tuple[str, str], bool] = {}
        self._costs: dict[str, int] = {}
        self._budget = SIGNATURE_BUDGET
        self.skipped_count = 0

    def verify(self, child: Certificate, issuer: Certificate) -> bool:
        """Tell whether the issuer's key signed the child; no where that was skipped."""
        pair = (child.sha256, issuer.sha256)
        if pair not in self._outcomes:
            cost = self._costs.get(issuer.sha256)
            if cost is None:
                cost = self._costs[issuer.sha256] = _estimate_cost(issuer)
            if cost > self._budget:
                self.skipped_count += 1
                return False
            self._budget -= cost
            self._outcomes[pair] = verify_signature(child, issuer)
        return self._outcomes[pair]


def _estimate_cost(issuer: Certificate) -> int:
    """Estimate what verifying a signature by the issuer's key costs, in the unit of SIGNATURE_BUDGET."""
    try:
        key = issuer.library_certificate.public_key()
    except _NOT_VERIFIED:
        return 1
    if isinstance(key, EllipticCurvePublicKey):
        return key.key_size**2 // _CURVE_UNIT
    if not isinstance(key, RSAPublicKey):
        return _OTHER_COST
    return max(1, key.key_size**2 * key.public_numbers().e.bit_length() // _RSA_UNIT)


def verify_signature(child: Certificate, issuer: Certificate) -> bool:
    """Tell whether the issuer's key signed the child; names are compared as encoded, as Windows does."""
    try:
        child.verify_issued_by(issuer)
    except _NOT_VERIFIED:
        return has_weak_signature(child) and _verify_sha1_signature(child, issuer)
    return True


def _verify_sha1_signature(child: Certificate, issuer: Certificate) -> bool:
    try:
        key = issuer.library_certificate.public_key()
        if child.issuer != issuer.subject or not isinstance(key, RSAPublicKey):
            return False
        key.verify(child.signature, child.tbs_certificate, PKCS1v15(), SHA1())  # noqa: S303 - named as a problem
    except _NOT_VERIFIED:
        return False
    return True


class CertificatePool:
    """Certificates that may issue one another, without duplicates, ordered whatever the order of files.

    The likeliest issuers come first: those valid at the instant, and of these the ones that last longest.
    """

    def __init__(
        self, certificates: Iterable[Certificate], at: datetime, verifier: SignatureVerifier
    ) -> None:
        """Put certificates together.

        Args:
            certificates: a duplicate counts once.
            at: the instant by which validity is judged.
            verifier: verifies the signatures between them.
        """
        self.verifier = verifier
        self._by_name: dict[bytes, list[Certificate]] = {}
        self._by_name_and_key: dict[tuple[bytes, bytes | None], list[Certificate]] = {}

        def rank(certificate: Certificate) -> tuple[bool, float, str]:
            is_invalid = check_validity_period(certificate, at) is not None
            return is_invalid, -certificate.not_after.timestamp(), certificate.sha256

        unique = {certificate.sha256: certificate for certificate in certificates}
        for certificate in sorted(unique.values(), key=rank):
            name = certificate.subject.encoded
            self._by_name.setdefault(name, []).append(certificate)
            self._by_name_and_key.setdefault((name, certificate.key_id), []).append(certificate)

    def find_candidates(self, child: Certificate) -> list[Certificate]:
        """Return the first SEARCH_LIMIT certificates of the issuer's name, and one more where there are more.

        Key identifiers only order them (RFC 5280 4.2.1.1): the same ones first, absent ones, then the rest.
        """
        candidates: dict[str, Certificate] = {}
        for certificate in self._iterate_issuers(child.issuer.encoded, child.issuer_key_id):
            if certificate.sha256 != child.sha256:
                candidates.setdefault(certificate.sha256, certificate)
            if len(candidates) > SEARCH_LIMIT:
                break
        return list(candidates.values())

    def _iterate_issuers(self, name: bytes, key_id: bytes | None) -> Iterator[Certificate]:
        if key_id is not None:
            yield from self._by_name_and_key.get((name, key_id), ())
            yield from self._by_name_and_key.get((name, None), ())
        yield from self._by_name.get(name, ())


def descendants_of_anchors(
    certificates: Iterable[Certificate], anchors: Iterable[Certificate], verifier: SignatureVerifier
) -> list[Certificate]:
    """Return the anchors and all that they have issued, directly or through CAs.

    The search goes downwards from the anchors, where nobody can plant anything: a certificate is reached only
    over a signature by an anchor or by a CA below it. So no number of others can hide a path to an anchor.
    """
    issued: dict[bytes, list[Certificate]] = {}
    for certificate in certificates:
        issued.setdefault(certificate.issuer.encoded, []).append(certificate)
    queue = deque(anchors)
    descendants = {anchor.sha256: anchor for anchor in queue}
    anchor_fingerprints = frozenset(descendants)
    while queue:
        issuer = queue.popleft()
        if not (issuer.is_ca or issuer.sha256 in anchor_fingerprints):
            continue
        for child in issued.get(issuer.subject.encoded, ()):
            if child.sha256 not in descendants and verifier.verify(child, issuer):
                descendants[child.sha256] = child
                queue.append(child)
    return list(descendants.values())
