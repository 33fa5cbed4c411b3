"""Judging whether certificates are revoked, by the lists among the files (RFC 5280 6.3.3).

1. Find the lists of the issuer's name, the newest first.
2. Of these, use the ones that the issuer's own key signed: the key that verified the certificate. A CA of the
   same name with another key revokes nothing.
3. A certificate that one of them lists is revoked, unless it was only on hold and a newer whole list does not
   have it.
4. Else it is not listed, where a list says so: one that covers the certificate and is not out of date.
5. Else it is unknown, and the problems say why each list is of no use.

What a list costs is paid by the share of its own file, so that no list costs a path, or another file's list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from cryptography import x509

from certcheck.asn1 import der, tags
from certcheck.errors import UnusableInput, unexpected_errors_as_damaged
from certcheck.paths.budget import BudgetSpentError
from certcheck.paths.certificate_pool import estimate_cost
from certcheck.revocation.scope import ScopeCode, UselessCode, find_scope_code, find_useless_code
from certcheck.x509.revocation_list import EntryIndex
from certcheck.x509.signatures import has_weak_signature, load_public_key, verify_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from certcheck.paths.budget import Budget
    from certcheck.x509.certificate import Certificate
    from certcheck.x509.names import FoldedName
    from certcheck.x509.revocation_list import ListEntry, RevocationList

RevocationStatus = Literal["revoked", "not_listed", "unknown"]
ListCode = Literal[
    UselessCode,
    ScopeCode,
    "no_issuer",
    "bad_signature",
    "weak_signature",
    "no_crl_sign",
    "search_limit",
]
"""Why a list says nothing of a certificate; besides those of `scope`:

    no_issuer      which key issued the certificate is not known: no path leads to its issuer, or it is broken
    bad_signature  the key that issued the certificate did not sign the list
    weak_signature the list is signed over MD5, SHA-1 or an older hash
    no_crl_sign    the issuer's key may not sign lists (4.2.1.3), or its certificate cannot be read fully
    search_limit   looking at it would cost more than its file's share
"""

_CONSIDERED = 20  # lists of one issuer, the newest; of one whose lists are many parts, more are of no use
_BYTES_PER_OPERATION = 1000  # hashing and splitting; 4.4 MB with 100,000 entries take 4,400 operations
_ENTRIES_PER_OPERATION = 3  # reading an entry's serial number takes 1 µs in CPython
_SUSPECT_COST = 20  # reading an entry's extensions


@dataclass(frozen=True, slots=True)
class ListProblem:
    """A problem of the list with that SHA-256."""

    code: ListCode
    at: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """What the lists say of a certificate.

    Attributes:
        status: revoked: a list of its issuer has it. not_listed: its newest usable list does not.
            unknown: no list of the issuer's name is of use.
        list_sha256: of the list that says so.
        this_update: the instant for which that list was made, UTC.
        next_update: when its issuer promised the next one, UTC.
        revoked_on: when the certificate was revoked, UTC; None where it is not, or that cannot be read.
        reason: reasonCode of RFC 5280 5.3.1 in the library's spelling, for example "key_compromise".
        problems: why other lists of the issuer's name say nothing.
    """

    status: RevocationStatus
    list_sha256: str | None = None
    this_update: datetime | None = None
    next_update: datetime | None = None
    revoked_on: datetime | None = None
    reason: str | None = None
    problems: tuple[ListProblem, ...] = ()


class ListWithBudget(NamedTuple):
    """A list, and the share of its file, which pays for it."""

    revocation_list: RevocationList
    budget: Budget


class _UsableList(NamedTuple):
    revocation_list: RevocationList
    entries: EntryIndex


class _IssuersLists(NamedTuple):
    """The lists that an issuer signed, the newest first, and the problems of others of its name."""

    usable: list[_UsableList]
    problems: list[ListProblem]


class RevocationJudge:
    """Judges the certificates of one inspection; each list is verified and indexed once for an issuer.

    Attributes:
        verified: SHA-256 of lists that the issuer of a certificate signed, and that may be used.
    """

    def __init__(self, lists: Iterable[ListWithBudget], at: datetime) -> None:
        """Put the lists in order.

        Args:
            lists: of all files; a duplicate counts once.
            at: the instant to judge by.
        """
        self._at = at
        self._by_name: dict[FoldedName, list[ListWithBudget]] = {}
        self._by_issuer: dict[str, _IssuersLists] = {}
        self._indexes: dict[str, EntryIndex | None] = {}
        self.verified: set[str] = set()
        unique = {entry.revocation_list.sha256: entry for entry in lists}
        newest_first = sorted(
            unique.values(),
            key=lambda entry: (entry.revocation_list.this_update, entry.revocation_list.sha256),
            reverse=True,
        )
        for entry in newest_first:
            self._by_name.setdefault(entry.revocation_list.issuer.folded, []).append(entry)

    def judge(self, certificate: Certificate, issuer: Certificate | None) -> Revocation | None:
        """Judge a certificate.

        Args:
            certificate: the certificate.
            issuer: the one whose key verified it; None where there is none, or must not issue.

        Returns:
            None where there is no list of its issuer's name.
        """
        lists = self._by_name.get(certificate.issuer.folded, [])  # 1
        if not lists:
            return None
        if issuer is None:
            named = lists[:_CONSIDERED]
            return Revocation("unknown", problems=tuple(_name_problems("no_issuer", named)))
        if issuer.sha256 not in self._by_issuer:
            self._by_issuer[issuer.sha256] = self._select_lists(issuer, lists)
        usable, problems = self._by_issuer[issuer.sha256]
        return self._judge_by_lists(certificate, usable, problems)

    def _judge_by_lists(
        self, certificate: Certificate, usable: list[_UsableList], problems: list[ListProblem]
    ) -> Revocation:
        serial = _read_serial(certificate)
        whole: RevocationList | None = None  # the newest that says that it does not list the certificate
        noted = list(problems)
        for revocation_list, entries in usable:
            entry = entries.find(serial)
            if entry and entry.reason == "remove_from_crl":  # of a delta list (RFC 5280 5.3.1)
                entry = None
            if entry and not (whole and entry.reason == "certificate_hold"):  # 3
                return _describe("revoked", revocation_list, noted, entry)
            code = find_scope_code(revocation_list, certificate, self._at)
            if code is not None:
                noted.append(ListProblem(code, revocation_list.sha256))
            elif whole is None and entry is None:
                whole = revocation_list
        if whole is None:
            return Revocation("unknown", problems=tuple(noted))  # 5
        return _describe("not_listed", whole, noted)  # 4

    def _select_lists(self, issuer: Certificate, lists: list[ListWithBudget]) -> _IssuersLists:
        """Select the lists that the issuer signed and that may be used (step 2)."""
        result = _IssuersLists([], [])
        for entry in lists:
            if len(result.usable) == _CONSIDERED:
                break
            revocation_list = entry.revocation_list
            found = self._examine(entry, issuer)
            if isinstance(found, EntryIndex):
                result.usable.append(_UsableList(revocation_list, found))
                self.verified.add(revocation_list.sha256)
            elif len(result.problems) < _CONSIDERED:
                result.problems.append(ListProblem(found, revocation_list.sha256))
        return result

    def _examine(self, entry: ListWithBudget, issuer: Certificate) -> EntryIndex | ListCode:
        """Return a list's entries, or why it may not be used; an error of the library loses it alone."""
        revocation_list, budget = entry
        try:
            with unexpected_errors_as_damaged():
                try:
                    code = self._find_problem(revocation_list, issuer, budget)
                    index = None if code else self._index_list(revocation_list, budget)
                except BudgetSpentError:
                    return "search_limit"
        except UnusableInput:
            return "unreadable_extension"
        return index or code or "unknown_critical_extension"

    def _find_problem(
        self, revocation_list: RevocationList, issuer: Certificate, budget: Budget
    ) -> ListCode | None:
        key = load_public_key(issuer)
        budget.spend(estimate_cost(key) + len(revocation_list.data) // _BYTES_PER_OPERATION)
        if key is None or not verify_bytes(
            revocation_list.tbs_list, revocation_list.signature, revocation_list.library_list, key
        ):
            return "bad_signature"
        if has_weak_signature(revocation_list.library_list):
            return "weak_signature"
        if not _may_sign_lists(issuer):
            return "no_crl_sign"
        return find_useless_code(revocation_list)

    def _index_list(self, revocation_list: RevocationList, budget: Budget) -> EntryIndex | None:
        """Index a list; None where an entry of it has a critical extension (RFC 5280 5.3).

        Raises:
            BudgetSpentError: it would cost more than is left.
        """
        if revocation_list.sha256 not in self._indexes:
            budget.spend(1 + revocation_list.entry_count // _ENTRIES_PER_OPERATION)
            index = revocation_list.index_entries()
            budget.spend(_SUSPECT_COST * len(index.suspects))
            self._indexes[revocation_list.sha256] = None if index.has_critical_extension() else index
        return self._indexes[revocation_list.sha256]


def _describe(
    status: RevocationStatus,
    revocation_list: RevocationList,
    problems: list[ListProblem],
    entry: ListEntry | None = None,
) -> Revocation:
    return Revocation(
        status=status,
        list_sha256=revocation_list.sha256,
        this_update=revocation_list.this_update,
        next_update=revocation_list.next_update,
        revoked_on=entry.revoked_on if entry else None,
        reason=entry.reason if entry else None,
        problems=tuple(problems),
    )


def _name_problems(code: ListCode, lists: Iterable[ListWithBudget]) -> Iterator[ListProblem]:
    for entry in lists:
        yield ListProblem(code, entry.revocation_list.sha256)


def _may_sign_lists(issuer: Certificate) -> bool:
    """Tell whether keyUsage is absent or has cRLSign (RFC 5280 6.3.3 (f))."""
    usage = issuer.extensions.find(x509.KeyUsage)
    return not issuer.permissions.has_unreadable_extension and (usage is None or usage.crl_sign)


def _read_serial(certificate: Certificate) -> int:
    """Read the serial number from the certificate itself: the library may have refused it."""
    values = der.split_sequence(certificate.tbs_certificate)
    serial = values[1] if values[0].tag_bytes == tags.CONSTRUCTED_0 else values[0]
    return int.from_bytes(serial.data, "big", signed=True)
