"""Inspecting files: from their bytes to a report.

1. Read each file by itself: its certificates, or why it cannot be used.
2. Put the certificates of all files into one pool.
3. Recognise the authority of each certificate, and build its path from the pool; the files share one budget.
4. Judge its validity and its renewal by the authority's rules.
5. Look for each certificate in its issuer's revocation lists, where such lists came along.
6. Compare private keys in files of their own with the certificates.
7. Compare the certificates of each holder.
"""

from __future__ import annotations

import itertools
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from certcheck import japan, limits
from certcheck.errors import Failure, UnusableInput, unexpected_errors_as_damaged
from certcheck.formats import file_reader
from certcheck.paths.budget import Budget
from certcheck.paths.recognition import Recogniser
from certcheck.reports.holder_comparison import compare_holders
from certcheck.reports.key_report import report_key
from certcheck.reports.marked_days import list_days
from certcheck.reports.report import CertificateReport, FileError, FileReport, Report
from certcheck.reports.revocation_report import add_revocation
from certcheck.rules import renewal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from certcheck.formats.contents import Contents, Pkcs12
    from certcheck.limits import Effort
    from certcheck.paths.path_building import Chain
    from certcheck.paths.recognition import RecognitionResult
    from certcheck.rules.authority_rules import AuthorityRules, Rules
    from certcheck.rules.pfx_programs import PfxProgram
    from certcheck.rules.renewal import Verdict
    from certcheck.x509.certificate import Certificate

Outcome: TypeAlias = "Contents | Failure"
"""The result of reading a file: certificates and no private key, or why there are none."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to inspect.

    Attributes:
        name: identifies the file in the report; nothing is concluded from it.
        data: its bytes.
        password: of this file; None where nobody has been asked.
        effort: what is allowed for it: as many iterations as the caller's machine does while somebody waits.
        mac_password: of the MAC of a PKCS #12, where that has one of its own.
    """

    name: str
    data: bytes = field(repr=False)
    password: str | None = field(default=None, repr=False)
    effort: Effort = limits.DEFAULT_EFFORT
    mac_password: str | None = field(default=None, repr=False)


def inspect(
    files: Iterable[InputFile],
    rules: Rules,
    at: datetime,
    password: str | None = None,
    authority: str | None = None,
) -> Report:
    """Inspect files; their certificates form one pool for building paths.

    Args:
        files: 200 at most; those beyond are reported as `over_limit`. A file that cannot be used has its
            failure in the report, and hides no other.
        rules: the authorities' rules.
        at: the instant to judge by, aware.
        password: of files that have none of their own.
        authority: id of the authority that the person chose; it overrides what the names in certificates
            say. CA certificates keep their own.

    Raises:
        ValueError: `at` has no offset, or the rules know no such authority.
    """
    files, allowed = list(files), limits.ALLOWED["files"]
    outcomes = [(file.name, read_input(file, password)) for file in files[:allowed]]  # 1.
    outcomes += [(file.name, limits.describe_excess("files", len(files))) for file in files[allowed:]]
    if authority:
        rules.find_authority(authority)
    return judge(outcomes, rules, at, [authority] * len(outcomes))


def judge(
    outcomes: Sequence[tuple[str, Outcome]],
    rules: Rules,
    at: datetime,
    authority_per_file: Sequence[str | None] = (),
    operations: int = limits.ALLOWED["operations"],
) -> Report:
    """Judge files that were read; neither their bytes nor their passwords are needed any more.

    Args:
        outcomes: the name of each file, and the result of :func:`read_input`.
        rules: the authorities' rules.
        at: the instant to judge by, aware.
        authority_per_file: as for :func:`inspect`, for each file; empty where nobody chose any.
        operations: what building all paths may cost.

    Raises:
        ValueError: as :func:`inspect`.
    """
    at = japan.convert_instant(at)
    chosen = [rules.find_authority(authority) if authority else None for authority in authority_per_file]
    chosen = chosen or [None] * len(outcomes)
    with _ignore_warnings():
        files = _report_files(outcomes, chosen, rules, at, operations)
    certificates = itertools.chain.from_iterable(
        file.certificates for file in files if isinstance(file, FileReport)
    )
    return Report(at, files, compare_holders(certificates, rules))  # 7.


def read_input(file: InputFile, password: str | None = None) -> Outcome:
    """Read a file.

    Args:
        file: the file.
        password: used where the file has none of its own.
    """
    password = password if file.password is None else file.password
    with _ignore_warnings():
        try:
            return file_reader.read_contents(file.data, password, file.effort, file.mac_password)
        except UnusableInput as error:
            return error.to_failure()


@contextmanager
def _ignore_warnings() -> Iterator[None]:
    """Ignore the library's deprecations: whoever checks a certificate cannot change it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _report_files(
    outcomes: Sequence[tuple[str, Outcome]],
    chosen: Sequence[AuthorityRules | None],
    rules: Rules,
    at: datetime,
    operations: int,
) -> tuple[FileReport | FileError, ...]:
    """Report on each file: those with the fewest certificates first, which leave the most of their shares.

    Where there are revocation lists, half of the operations is for them, whatever the paths cost.
    """
    readable = {
        number: outcome for number, (_, outcome) in enumerate(outcomes) if not isinstance(outcome, Failure)
    }
    pool = [contents.certificates for contents in readable.values()]
    for_lists = operations // 2 if any(file.revocation_lists for file in readable.values()) else 0
    budget = Budget(operations - for_lists)
    recogniser = Recogniser(rules, pool, at, budget)  # 2.
    reports: dict[int, FileReport | FileError] = {
        number: FileError(name, outcome)
        for number, (name, outcome) in enumerate(outcomes)
        if isinstance(outcome, Failure)
    }
    smallest_first = sorted(readable, key=lambda number: len(readable[number].certificates))
    for position, number in enumerate(smallest_first):
        with budget.share(len(smallest_first) - position) as share:
            judging = _Judging(recogniser, rules.pfx_programs, at, chosen[number], share)
            reports[number] = judging.report_file(outcomes[number][0], readable[number])
    if for_lists:
        reports = add_revocation(reports, readable, rules.list_anchors(), at, for_lists)  # 5.
    for number, contents in readable.items():
        if contents.private_key:  # 6.
            certificates = itertools.chain.from_iterable(pool)
            reports[number] = report_key(outcomes[number][0], contents.private_key, certificates)
    return tuple(reports[number] for number in range(len(outcomes)))


@dataclass(frozen=True, slots=True)
class _Judging:
    """The judging of one file.

    Attributes:
        recogniser: of all files.
        pfx_programs: programs that refuse files.
        at: the instant to judge by.
        chosen: the authority that the person chose for it.
        budget: the file's share.
    """

    recogniser: Recogniser
    pfx_programs: tuple[PfxProgram, ...]
    at: datetime
    chosen: AuthorityRules | None
    budget: Budget

    def report_file(self, name: str, contents: Contents) -> FileReport | FileError:
        try:
            with unexpected_errors_as_damaged():
                return self._report_contents(name, contents)
        except UnusableInput as error:
            return FileError(name, error.to_failure())

    def _report_contents(self, name: str, contents: Contents) -> FileReport:
        file_pool = self.recogniser.build_pool(contents.certificates)
        reports: list[CertificateReport] = []
        for number, certificate in enumerate(contents.certificates):
            with self.budget.share(len(contents.certificates) - number) as share:
                recognition = self.recogniser.recognise(certificate, file_pool, self.chosen, share)  # 3.
            is_owner = certificate.sha256 in contents.owners
            reports.append(_report_certificate(certificate, recognition, self.at, has_private_key=is_owner))
        return FileReport(
            name=name,
            format=contents.format,
            password_form=contents.password_form,
            certificates=tuple(reports),
            chain=_find_chain(reports),
            failures=(*contents.failures, *_describe_excess(self.budget)),
            pkcs12=contents.pkcs12,
            refused_by=tuple(self._find_refusing_programs(contents.pkcs12)),
        )

    def _find_refusing_programs(self, pkcs12: Pkcs12 | None) -> Iterator[str]:
        for program in self.pfx_programs:
            if pkcs12 and program.refuses(pkcs12.encryption, pkcs12.mac):
                yield program.id


def _describe_excess(budget: Budget) -> Iterator[Failure]:
    """Yield that a certificate's share of the budget did not suffice, if that is so."""
    if budget.excess:
        found, allowed = budget.excess
        yield Failure("over_limit", {"what": "operations", "found": found, "allowed": allowed})


def _find_chain(reports: Sequence[CertificateReport]) -> Chain | None:
    """Return the path of the private key's owner, else of the only end-entity certificate, else None."""
    owners = [report for report in reports if report.has_private_key]
    candidates = owners or [report for report in reports if not report.is_ca]
    return candidates[0].chain if len(candidates) == 1 else None


def _report_certificate(
    certificate: Certificate, recognition: RecognitionResult, at: datetime, *, has_private_key: bool
) -> CertificateReport:
    authority = recognition.authority
    validity = renewal.judge_validity(certificate.not_before, certificate.not_after, at)
    ends = certificate.not_after if validity != "never" else None
    verdict = _judge_if_holder(certificate, authority if ends else None, at)  # 4.
    reminders = authority.reminders_days_before if authority and not certificate.is_ca else ()
    return CertificateReport(
        subject=certificate.subject.format_rfc4514(),
        issuer=certificate.issuer.format_rfc4514(),
        subject_attributes=certificate.subject.attributes,
        user_id=_find_user_id(certificate, authority),
        emails=certificate.emails,
        serial=certificate.serial,
        sha256=certificate.sha256,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        validity=validity,
        days_left=renewal.count_days_left(ends, at) if ends else None,
        authority=authority.id if authority else None,
        recognised_by=recognition.evidence,
        renewal=verdict,
        headline=renewal.choose_headline(verdict, validity, is_ca=certificate.is_ca),
        days=list_days(verdict, ends, reminders) if ends else (),
        has_private_key=has_private_key,
        is_ca=certificate.is_ca,
        chain=recognition.chain,
        remarks=certificate.remarks,
    )


def _find_user_id(certificate: Certificate, authority: AuthorityRules | None) -> str | None:
    if authority is None or authority.user_id is None or certificate.is_ca:
        return None
    return authority.user_id.find_user_id(certificate)


def _judge_if_holder(certificate: Certificate, authority: AuthorityRules | None, at: datetime) -> Verdict:
    """Judge a holder's certificate by the authority's rule; a CA certificate is none, and has no verdict."""
    begins, ends = certificate.not_before, certificate.not_after
    if authority is None or certificate.is_ca or begins is None or ends is None:
        return renewal.UNKNOWN
    return renewal.judge_renewal(authority.renewal, begins, ends, at)
