"""What RFC 5280 demands of the certificates of a path, one small function a rule.

Two kinds. What *bars* a path means that it does not verify: such a certificate cannot carry or end it, and
the best that remains is `broken`. What is only *noted* leaves the status alone, since that says where the
certificate comes from: its period, a weak hash, and what the certificate is meant for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cryptography.x509.oid import SignatureAlgorithmOID

from certcheck.paths import name_constraints
from certcheck.rules import renewal
from certcheck.x509 import permissions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from certcheck.x509.certificate import Certificate

Barring = Literal["not_a_ca", "key_usage", "path_length", "unknown_critical_extension", "name_constraints"]
Noted = Literal["expired", "not_yet_valid", "weak_signature", "key_usage", "extended_key_usage"]

_PERIOD: dict[renewal.Validity, Noted] = {"not_yet": "not_yet_valid", "expired": "expired"}


def bars(
    certificate: Certificate, below: Sequence[Certificate], anchors: frozenset[str]
) -> Iterator[Barring]:
    """Yield why a certificate cannot stand in a path.

    Args:
        certificate: the one asked about.
        below: the path up to it, the certificate that it starts from first; empty for that one itself.
        anchors: SHA-256 of what the operator trusts; one of version 1 cannot say that it is a CA.
    """
    if below:
        if not (certificate.is_ca or certificate.sha256 in anchors):
            yield "not_a_ca"  # RFC 5280 6.1.4 (k)
        yield from (code for broken, code in _OF_ISSUERS if broken(certificate, below))
    if not permissions.of(certificate).all_processed:
        yield "unknown_critical_extension"  # RFC 5280 6.1.4 (o), 6.1.5 (f)


def _cannot_sign_certificates(issuer: Certificate, _below: Sequence[Certificate]) -> bool:
    """RFC 5280 6.1.4 (n): keyUsage, where there is one, has keyCertSign."""
    return not permissions.of(issuer).signs_certificates


def _too_long(issuer: Certificate, below: Sequence[Certificate]) -> bool:
    """RFC 5280 6.1.4 (l), (m): no more CAs follow than pathLenConstraint says, self-issued ones uncounted."""
    limit = permissions.of(issuer).path_length
    return limit is not None and sum(not is_self_issued(each) for each in below[1:]) > limit


def _names_not_permitted(issuer: Certificate, below: Sequence[Certificate]) -> bool:
    """RFC 5280 6.1.3 (b), (c): of every certificate below, but for self-issued CAs in between."""
    limits = permissions.of(issuer).name_constraints
    return limits is not None and not all(
        name_constraints.permit(limits, each)
        for each in below
        if each is below[0] or not is_self_issued(each)
    )


_OF_ISSUERS: tuple[tuple[Callable[[Certificate, Sequence[Certificate]], bool], Barring], ...] = (
    (_cannot_sign_certificates, "key_usage"),
    (_too_long, "path_length"),
    (_names_not_permitted, "name_constraints"),
)


def notes(certificate: Certificate, at: datetime, *, first: bool, believed: bool) -> Iterator[Noted]:
    """Yield what is amiss without barring the path.

    Args:
        certificate: the one asked about.
        at: the instant to judge by.
        first: the path starts from it.
        believed: the path ends at it and it is a root or an anchor: who believes in one does not do so for
            its signature or its purposes.
    """
    if code := period(certificate, at):
        yield code
    if first and not certificate.is_ca and not permissions.of(certificate).signs_data:
        yield "key_usage"  # RFC 5280 4.2.1.3: digitalSignature, with which a client proves who it is
    if (first or not believed) and not permissions.of(certificate).for_clients:
        # RFC 5280 4.2.1.12; of CAs in between the RFC demands nothing, and Windows does.
        yield "extended_key_usage"
    if not believed and has_weak_signature(certificate):
        yield "weak_signature"


def period(certificate: Certificate, at: datetime) -> Noted | None:
    """RFC 5280 6.1.3 (a)(2): the instant lies within the validity period."""
    return _PERIOD.get(renewal.validity(certificate.not_before, certificate.not_after, at))


def has_weak_signature(certificate: Certificate) -> bool:
    """Tell whether it is signed with SHA-1, as old roots still are; the library's own check refuses that."""
    return certificate.loaded.signature_algorithm_oid == SignatureAlgorithmOID.RSA_WITH_SHA1


def is_self_issued(certificate: Certificate) -> bool:
    """RFC 5280 6.1: issuer and subject are the same."""
    return certificate.issuer == certificate.subject
