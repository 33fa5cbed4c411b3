"""Several certificates of one holder: which is current, and what the manuals say of deleting the others.

Never a bare "delete": at most "may be deleted after a login with the current one on this PC", since a file
proves neither that its key is on that PC nor that the authority's system accepts it. A deleted key does not
come back without a back-up. Where a manual gives no rule, none is invented; what the manuals say is among the
rules.

Anybody can make a certificate of a later date. So only one that a trust anchor has verified is proven to be
the current one; of others the report says that it is not, and nothing follows from their dates.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from certcheck.reports.report import Holder, OtherCertificate
from certcheck.rules.deletion import DeletionRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from certcheck.reports.report import Advice, CertificateReport, Reason
    from certcheck.rules.authority_rules import Rules


class _HeldCertificate(NamedTuple):
    """A certificate, its validity period, and whether any file holds its private key."""

    certificate: CertificateReport
    begins: datetime
    ends: datetime
    has_private_key: bool


_NO_RULE = DeletionRule()


def compare_holders(certificates: Iterable[CertificateReport], rules: Rules) -> tuple[Holder, ...]:
    """Compare the certificates of all files, holder by holder, in the order in which they came.

    Neither certificates of CAs, which are no holder's, nor those without authority, which have no rule, nor
    those whose dates or holder cannot be read.
    """
    manuals = {authority.id: authority.deleting or _NO_RULE for authority in rules.authorities}
    groups: dict[tuple[str, str], dict[str, _HeldCertificate]] = {}
    for certificate in certificates:
        begins, ends = certificate.not_before, certificate.not_after
        is_comparable = certificate.subject_attributes and not certificate.is_ca
        if is_comparable and certificate.authority is not None and begins is not None and ends is not None:
            identity = _find_identity(certificate, manuals[certificate.authority])
            group = groups.setdefault((certificate.authority, identity), {})
            duplicate = group.get(certificate.sha256)
            has_private_key = certificate.has_private_key or bool(duplicate and duplicate.has_private_key)
            group[certificate.sha256] = _HeldCertificate(certificate, begins, ends, has_private_key)
    return tuple(
        _compare_group(authority, identity, list(group.values()), manuals[authority])
        for (authority, identity), group in groups.items()
        if len(group) > 1
    )


def _find_identity(certificate: CertificateReport, manual: DeletionRule) -> str:
    """Return what a holder's certificates have in common.

    The beginning of a user id is its leading letters and digits: boj-procedure 事後作業 2 compares
    certificates that "begin with the same user id (a***)". A user id is one word; whatever follows it is set
    off by another character. So an id is never taken for the beginning of a longer one: a123 and a1234 are
    two users. Where the rule names fields, their values count; a certificate without one has its subject.
    """
    if manual.same_fields:
        values = [_find_value(certificate, field) for field in manual.same_fields]
        return certificate.subject if None in values else "\n".join(filter(None, values))
    if manual.same_holder == "subject" or certificate.user_id is None:
        return certificate.subject
    beginning = re.match("[0-9A-Za-z]+", certificate.user_id)
    return beginning[0] if beginning and manual.same_holder == "beginning_of_user_id" else certificate.user_id


def _find_value(certificate: CertificateReport, field: str) -> str | None:
    """Return the first value of a field of the subject; None without it."""
    name = field.removeprefix("subject.")
    attributes = certificate.subject_attributes
    return next((attribute.value for attribute in attributes if attribute.name == name), None)


def _compare_group(
    authority: str, identity: str, group: list[_HeldCertificate], manual: DeletionRule
) -> Holder:
    current, *others = sorted(group, key=lambda held: _rank(held, manual), reverse=True)
    user_id = current.certificate.user_id
    return Holder(
        authority=authority,
        user_id=identity if user_id is not None and not manual.same_fields else user_id,
        current=current.certificate.sha256,
        proven=_is_proven(current.certificate),
        others=tuple(_compare_with_current(held, current, manual) for held in others),
    )


def _compare_with_current(
    other: _HeldCertificate, current: _HeldCertificate, manual: DeletionRule
) -> OtherCertificate:
    newer = current.certificate
    is_later = _is_usable(newer) and other.ends < current.ends
    return OtherCertificate(
        other.certificate.sha256,
        *_advise(other, current, manual),
        outlasted=is_later and _is_proven(newer),
        outlasted_unproven=is_later and not _is_proven(newer),
    )


def _is_usable(certificate: CertificateReport) -> bool:
    """Tell whether it is valid today, and no list says that it is revoked."""
    return certificate.validity == "valid" and certificate.headline != "revoked"


def _is_proven(certificate: CertificateReport) -> bool:
    """Tell whether an anchor of the certificate's authority has verified it."""
    return certificate.chain.status == "trusted"


def _rank(held: _HeldCertificate, manual: DeletionRule) -> tuple[bool, bool, datetime, datetime, str]:
    """Rank for being current: usable today, of proven origin, newest; the rest only makes the order certain.

    A certificate that anybody could have made never takes the place of one that an anchor has verified.
    """
    certificate, begins, ends, _ = held
    newest = (begins, ends) if manual.newest == "starts_last" else (ends, begins)
    return _is_usable(certificate), _is_proven(certificate), *newest, certificate.sha256


def _advise(
    other: _HeldCertificate, current: _HeldCertificate, manual: DeletionRule
) -> tuple[Advice, Reason]:
    """Advise on a certificate that is not current; only an older one may ever be deleted.

    Of a certificate that has expired the manual that asks for the revocation mail says nothing
    (fsa-admin-manual 1.2.2, 9.3.7).
    """
    needs_mail = manual.after == "revocation_mail"
    if manual.after == "none" or (needs_mail and other.certificate.validity == "expired"):
        return "no_advice", "not_in_manual"
    if not needs_mail and not _is_usable(current.certificate):
        return "keep", "current_not_valid"
    if other.ends >= current.ends:
        return "keep", "not_older"
    if needs_mail:
        return "keep", "until_revocation_mail"
    if not _is_proven(current.certificate):
        return "keep", "not_proven"
    return "may_delete_after_login", (
        "current_with_key" if current.has_private_key else "current_without_key"
    )
