"""The certificates that paths are built from, and the signatures between them.

A link is a signature that verifies (RFC 5280 6.1.3 (a)(1)); a planted certificate of the same name is none.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1

from certcheck.paths.rfc5280 import has_weak_signature, period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certcheck.x509.certificate import Certificate

LIMIT = 100
"""Candidates that are tried for one issuer, and certificates that one search looks at."""

WORK = 2_500
"""What verifying the signatures of one report may cost, where one with an RSA key of 2,048 bits costs 1."""

_USUAL = 2048**2 * 17  # such a key, with the exponent 65,537
_CURVE = 130**2  # in WebAssembly, a curve of 256 bits costs 3, one of 521 bits 16
_OTHER = 10

_NOT_VERIFIED = (InvalidSignature, UnsupportedAlgorithm, InternalError, ValueError, TypeError)


class Signatures:
    """Which signature verifies with whose key, each found out once.

    Attributes:
        left_out: how many were not looked at, since all of them together would take too long.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[tuple[str, str], bool] = {}
        self._costs: dict[str, int] = {}
        self._left = WORK
        self.left_out = 0

    def verify(self, child: Certificate, issuer: Certificate) -> bool:
        """Tell whether the issuer's key signed the child; no where that was left out."""
        pair = (child.sha256, issuer.sha256)
        if pair not in self._known:
            cost = self._costs.get(issuer.sha256) or self._costs.setdefault(issuer.sha256, _cost(issuer))
            if cost > self._left:
                self.left_out += 1
                return False
            self._left -= cost
            self._known[pair] = signed_by(child, issuer)
        return self._known[pair]


def _cost(issuer: Certificate) -> int:
    try:
        key = issuer.loaded.public_key()
    except _NOT_VERIFIED:
        return 1
    if isinstance(key, EllipticCurvePublicKey):
        return key.key_size**2 // _CURVE
    if not isinstance(key, RSAPublicKey):
        return _OTHER
    return max(1, key.key_size**2 * key.public_numbers().e.bit_length() // _USUAL)


def signed_by(child: Certificate, issuer: Certificate) -> bool:
    """Verify one signature; names are compared as encoded, as Windows does."""
    try:
        child.verify_issued_by(issuer)
    except _NOT_VERIFIED:
        return has_weak_signature(child) and _signed_with_sha1(child, issuer)
    return True


def _signed_with_sha1(child: Certificate, issuer: Certificate) -> bool:
    try:
        key = issuer.loaded.public_key()
        if child.issuer != issuer.subject or not isinstance(key, RSAPublicKey):
            return False
        key.verify(child.signature, child.signed, PKCS1v15(), SHA1())  # noqa: S303 - named as a problem
    except _NOT_VERIFIED:
        return False
    return True


class Pool:
    """Certificates that may issue one another, each once, the likeliest first whatever the order of files."""

    def __init__(self, certificates: Iterable[Certificate], at: datetime, signatures: Signatures) -> None:
        """Put certificates together.

        Args:
            certificates: one that occurs twice counts once.
            at: the instant at which those that are valid are likelier.
            signatures: what is known of them already.
        """
        self.signatures = signatures
        self._named: dict[bytes, list[Certificate]] = {}
        self._keyed: dict[tuple[bytes, bytes | None], list[Certificate]] = {}
        every = {each.sha256: each for each in certificates}.values()
        for each in sorted(every, key=lambda one: (bool(period(one, at)), _latest_first(one), one.sha256)):
            name = each.subject.encoded
            self._named.setdefault(name, []).append(each)
            self._keyed.setdefault((name, each.key_id), []).append(each)

    def candidates(self, child: Certificate) -> list[Certificate]:
        """Return the first certificates of the issuer's name, no more than LIMIT and one that tells of more.

        Key identifiers only order them (RFC 5280 4.2.1.1): those that are the same, those without, the rest.
        """
        ordered: dict[str, Certificate] = {}
        for each in self._in_order(child.issuer.encoded, child.issuer_key_id):
            if each.sha256 != child.sha256:
                ordered.setdefault(each.sha256, each)
            if len(ordered) > LIMIT:
                break
        return list(ordered.values())

    def _in_order(self, name: bytes, key_id: bytes | None) -> Iterator[Certificate]:
        if key_id is not None:
            yield from self._keyed.get((name, key_id), ())
            yield from self._keyed.get((name, None), ())
        yield from self._named.get(name, ())


def _latest_first(certificate: Certificate) -> float:
    return -certificate.not_after.timestamp()


def vouched_for(
    certificates: Iterable[Certificate], anchors: Iterable[Certificate], signatures: Signatures
) -> list[Certificate]:
    """Return the anchors and all that they have issued, directly or through CAs.

    Looked for from above, where nobody can plant anything: whoever would join needs a signature of an
    anchor's or of a CA's below it. So no number of others can hide a path to an anchor.
    """
    issued: dict[bytes, list[Certificate]] = {}
    for each in certificates:
        issued.setdefault(each.issuer.encoded, []).append(each)
    queue = deque(anchors)
    found = {each.sha256: each for each in queue}
    anchored = frozenset(found)
    while queue:
        issuer = queue.popleft()
        if not (issuer.is_ca or issuer.sha256 in anchored):
            continue
        for each in issued.get(issuer.subject.encoded, ()):
            if each.sha256 not in found and signatures.verify(each, issuer):
                found[each.sha256] = each
                queue.append(each)
    return list(found.values())
