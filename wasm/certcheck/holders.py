"""Several certificates of one holder: which is current, and what the manuals say of deleting the others.

Never a bare "delete": at most "may be deleted after a login with the current one on this PC", since a file
proves neither that its key is on that PC nor that the system takes it. What is deleted does not come back
without a back-up. Where a manual gives no rule, none is made up.

What the manuals say is in `_MANUALS`; nothing else here is about one authority.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from certcheck.report import CertificateReport

Advice = Literal["may_delete_after_login", "keep", "no_advice"]
Reason = Literal[
    "current_with_key",
    "current_without_key",
    "not_older",
    "current_not_valid",
    "until_revocation_mail",
    "not_in_manual",
    "needed_to_decrypt",
]
"""Why.

    current_with_key       it is older; some file holds the current one with its private key
    current_without_key    it is older; the current one came without key, which may be on another PC
    not_older              it lasts as long as the current one, or longer
    current_not_valid      nobody can log in with the current one today
    until_revocation_mail  the manual has it deleted once the mail that confirms its revocation has come
    not_in_manual          the manual gives no rule for it
    needed_to_decrypt      the manual gives no rule, and data for it can be decrypted on its PC only
"""


@dataclass(frozen=True, slots=True)
class Other:
    """Another certificate of the holder, by its SHA-256."""

    sha256: str
    advice: Advice
    reason: Reason


@dataclass(frozen=True, slots=True)
class Holder:
    """The certificates of one holder, two or more.

    Attributes:
        authority: its id.
        user_id: what they have in common; None where the authority's rule names no such field.
        current: SHA-256 of the one to use.
        others: the rest, the likeliest to be used first.
    """

    authority: str
    user_id: str | None
    current: str
    others: tuple[Other, ...]


class _Held(NamedTuple):
    """A certificate, and whether any file holds its private key."""

    certificate: CertificateReport
    with_key: bool


def holders(certificates: Iterable[CertificateReport]) -> tuple[Holder, ...]:
    """Compare the certificates of all files, holder by holder, in the order in which they came.

    CAs are nobody's to delete here, and a certificate without authority has no rule.
    """
    groups: dict[tuple[str, str], dict[str, _Held]] = {}
    for each in certificates:
        if each.authority is not None and not each.is_ca:
            whose = _MANUALS.get(each.authority, _SILENT).holder(each)
            group = groups.setdefault((each.authority, whose), {})
            known = group.get(each.sha256)
            group[each.sha256] = _Held(each, each.has_private_key or (known is not None and known.with_key))
    return tuple(
        _compared(authority, whose, list(group.values()))
        for (authority, whose), group in groups.items()
        if len(group) > 1
    )


def _compared(authority: str, whose: str, group: list[_Held]) -> Holder:
    manual = _MANUALS.get(authority, _SILENT)
    current, *others = sorted(group, key=lambda held: _standing(held.certificate, manual), reverse=True)
    return Holder(
        authority=authority,
        user_id=None if current.certificate.user_id is None else whose,
        current=current.certificate.sha256,
        others=tuple(
            Other(each.certificate.sha256, *manual.judge(each.certificate, current)) for each in others
        ),
    )


def _standing(certificate: CertificateReport, manual: _Manual) -> tuple[bool, int, datetime, datetime, str]:
    """Rank for being current: valid today, of proven origin, newest; the rest only makes the order certain.

    A certificate that anybody could have made up never takes the place of one that an anchor vouches for.
    """
    proven = {"trusted": 2, "broken": 0}.get(certificate.chain.status, 1)
    valid, begins, ends = certificate.validity == "valid", certificate.not_before, certificate.not_after
    newest = (begins, ends) if manual.newest == "starts_last" else (ends, begins)
    return valid, proven, *newest, certificate.sha256


def _by_user_id(certificate: CertificateReport) -> str:
    return certificate.user_id or certificate.subject


def _by_beginning_of_user_id(certificate: CertificateReport) -> str:
    """Return the leading letters and digits of the user id.

    The procedure compares certificates that "begin with the same user id (a***)" (boj-procedure 事後作業 2).
    A user id is one word; whatever follows it is set off by another character. So an id is never taken for
    the beginning of a longer one: a123 and a1234 are two users.
    """
    found = re.match("[0-9A-Za-z]+", certificate.user_id or "")
    return found[0] if found else _by_user_id(certificate)


def _by_subject(certificate: CertificateReport) -> str:
    return certificate.subject


def _after_login(other: CertificateReport, current: _Held) -> tuple[Advice, Reason]:
    """Judge by "the one that ends earlier" (boj-procedure 事後作業 2, tse-manual 5.3 step 2)."""
    if current.certificate.validity != "valid":
        return "keep", "current_not_valid"
    if other.not_after >= current.certificate.not_after:
        return "keep", "not_older"
    return "may_delete_after_login", "current_with_key" if current.with_key else "current_without_key"


def _after_revocation(other: CertificateReport, current: _Held) -> tuple[Advice, Reason]:
    """Judge by fsa-admin-manual 1.2.2 and 9.3.7: both work until the older ends; then it is silent."""
    if other.validity == "expired":
        return "no_advice", "not_in_manual"
    if other.not_after >= current.certificate.not_after:
        return "keep", "not_older"
    return "keep", "until_revocation_mail"


def _needed(_other: CertificateReport, _current: _Held) -> tuple[Advice, Reason]:
    """Judge by jasdec-guide 4 row 20: only the PC with the certificate can decrypt."""
    return "no_advice", "needed_to_decrypt"


def _no_rule(_other: CertificateReport, _current: _Held) -> tuple[Advice, Reason]:
    return "no_advice", "not_in_manual"


class _Manual(NamedTuple):
    """What a manual says: whose a certificate is, which is the newest, and what of the others."""

    holder: Callable[[CertificateReport], str]
    newest: Literal["ends_last", "starts_last"]
    judge: Callable[[CertificateReport, _Held], tuple[Advice, Reason]]


_SILENT = _Manual(_by_user_id, "ends_last", _no_rule)
_MANUALS = {
    "boj": _Manual(_by_beginning_of_user_id, "ends_last", _after_login),
    "tse": _Manual(_by_user_id, "ends_last", _after_login),  # never another user id's (5.3 step 2)
    "fsa": _Manual(_by_user_id, "ends_last", _after_revocation),
    "jasdec": _Manual(_by_subject, "starts_last", _needed),  # jasdec-guide 3 step 4
}
