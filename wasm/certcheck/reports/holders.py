"""Several certificates of one holder: which is current, and what the manuals say of deleting the others.

Never a bare "delete": at most "may be deleted after a login with the current one on this PC", since a file
proves neither that its key is on that PC nor that the system takes it. What is deleted does not come back
without a back-up. Where a manual gives no rule, none is made up; what the manuals say is among the rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from certcheck.reports.report import Holder, Other
from certcheck.rules.deletion import Deleting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from certcheck.reports.report import Advice, CertificateReport, Reason
    from certcheck.rules.authority_rules import Rules


class _Held(NamedTuple):
    """A certificate, and whether any file holds its private key."""

    certificate: CertificateReport
    with_key: bool


_SILENT = Deleting()


def holders(certificates: Iterable[CertificateReport], rules: Rules) -> tuple[Holder, ...]:
    """Compare the certificates of all files, holder by holder, in the order in which they came.

    CAs are nobody's to delete here, and a certificate without authority has no rule.
    """
    manuals = {authority.id: authority.deleting or _SILENT for authority in rules.authorities}
    groups: dict[tuple[str, str], dict[str, _Held]] = {}
    for each in certificates:
        if each.authority is not None and not each.is_ca:
            whose = _whose(each, manuals[each.authority])
            group = groups.setdefault((each.authority, whose), {})
            known = group.get(each.sha256)
            group[each.sha256] = _Held(each, each.has_private_key or (known is not None and known.with_key))
    return tuple(
        _compared(authority, whose, list(group.values()), manuals[authority])
        for (authority, whose), group in groups.items()
        if len(group) > 1
    )


def _whose(certificate: CertificateReport, manual: Deleting) -> str:
    """Return what a holder's certificates have in common.

    The beginning of a user id is its leading letters and digits: boj-procedure 事後作業 2 compares
    certificates that "begin with the same user id (a***)". A user id is one word; whatever follows it is set
    off by another character. So an id is never taken for the beginning of a longer one: a123 and a1234 are
    two users.
    """
    if manual.same_holder == "subject" or certificate.user_id is None:
        return certificate.subject
    beginning = re.match("[0-9A-Za-z]+", certificate.user_id)
    return beginning[0] if beginning and manual.same_holder == "beginning_of_user_id" else certificate.user_id


def _compared(authority: str, whose: str, group: list[_Held], manual: Deleting) -> Holder:
    current, *others = sorted(group, key=lambda held: _standing(held.certificate, manual), reverse=True)
    return Holder(
        authority=authority,
        user_id=None if current.certificate.user_id is None else whose,
        current=current.certificate.sha256,
        others=tuple(_other(each.certificate, current, manual) for each in others),
    )


def _other(other: CertificateReport, current: _Held, manual: Deleting) -> Other:
    now = current.certificate
    outlasted = now.validity == "valid" and other.not_after < now.not_after
    return Other(other.sha256, *_judged(other, current, manual), outlasted)


def _standing(certificate: CertificateReport, manual: Deleting) -> tuple[bool, int, datetime, datetime, str]:
    """Rank for being current: valid today, of proven origin, newest; the rest only makes the order certain.

    A certificate that anybody could have made up never takes the place of one that an anchor vouches for.
    """
    proven = {"trusted": 2, "broken": 0}.get(certificate.chain.status, 1)
    valid, begins, ends = certificate.validity == "valid", certificate.not_before, certificate.not_after
    newest = (begins, ends) if manual.newest == "starts_last" else (ends, begins)
    return valid, proven, *newest, certificate.sha256


def _judged(other: CertificateReport, current: _Held, manual: Deleting) -> tuple[Advice, Reason]:
    """Judge one that is not current; only an older one can ever go.

    A mail that confirms revocation is no matter of one that has ended by itself: of that, the manual that
    asks for the mail says nothing (fsa-admin-manual 1.2.2, 9.3.7).
    """
    by_mail = manual.after == "revocation_mail"
    if manual.after == "none" or (by_mail and other.validity == "expired"):
        return "no_advice", "not_in_manual"
    if not by_mail and current.certificate.validity != "valid":
        return "keep", "current_not_valid"
    if other.not_after >= current.certificate.not_after:
        return "keep", "not_older"
    if by_mail:
        return "keep", "until_revocation_mail"
    return "may_delete_after_login", "current_with_key" if current.with_key else "current_without_key"
