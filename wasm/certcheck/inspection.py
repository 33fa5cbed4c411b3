"""From files to a report: reading, one pool of certificates, recognition, paths, verdicts."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from certcheck import japan, limits
from certcheck.errors import Failure, UnusableInput, unexpected_errors_as_damaged
from certcheck.formats import file_reader
from certcheck.paths.recognition import Recogniser
from certcheck.reports.holder_comparison import compare_holders
from certcheck.reports.marked_days import list_days
from certcheck.reports.report import CertificateReport, FileError, FileReport, Report
from certcheck.rules import renewal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from certcheck.formats.contents import Contents
    from certcheck.paths.path_building import Chain
    from certcheck.paths.recognition import RecognitionResult
    from certcheck.rules.authority_rules import AuthorityRules, Rules
    from certcheck.rules.renewal import Verdict
    from certcheck.x509.certificate import Certificate

Outcome: TypeAlias = "Contents | Failure"
"""What reading a file comes to: certificates and no key, or why there are none."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to inspect.

    Attributes:
        name: only to tell the files apart in the report; nothing is concluded from it.
        data: its bytes.
        password: for this file; None where nobody has been asked.
    """

    name: str
    data: bytes = field(repr=False)
    password: str | None = field(default=None, repr=False)


def inspect(
    files: Iterable[InputFile],
    rules: Rules,
    at: datetime,
    password: str | None = None,
    authority: str | None = None,
) -> Report:
    """Inspect files; all their certificates together form one pool for building paths.

    Args:
        files: what to read, 200 at most. One that cannot be used has its error in the report and hides no
            other.
        rules: the authorities' rules.
        at: the instant to judge by, aware.
        password: for files that bring none of their own.
        authority: id of the authority that the person says the certificates are for; it stands above what
            the names say. CA certificates stay what they are.

    Raises:
        ValueError: `at` has no offset, or the rules know no such authority.
    """
    files, allowed = list(files), limits.ALLOWED["files"]
    outcomes = [(file.name, read(file, password)) for file in files[:allowed]]
    outcomes += [(file.name, limits.describe_excess("files", len(files))) for file in files[allowed:]]
    return judge(outcomes, rules, at, authority)


def judge(
    outcomes: Sequence[tuple[str, Outcome]],
    rules: Rules,
    at: datetime,
    authority: str | None = None,
    each: Sequence[str | None] = (),
) -> Report:
    """Judge what was read, without the files and their passwords; otherwise like :func:`inspect`.

    Args:
        outcomes: the name of each file, and what :func:`read` returned for it.
        rules: as for `inspect`.
        at: as for `inspect`.
        authority: as for `inspect`.
        each: the same for each file, where the person's choice is not for all of them.

    Raises:
        ValueError: as `inspect`.
    """
    at = japan.convert_instant(at)
    given = rules.find_authority(authority) if authority else None
    chosen = [rules.find_authority(name) if name else None for name in each] or [given] * len(outcomes)
    with _without_warnings():
        found = [outcome for _, outcome in outcomes if not isinstance(outcome, Failure)]
        pool = [certificate for contents in found for certificate in contents.certificates]
        recogniser = Recogniser(rules, pool, at)
        files = tuple(
            _file(name, outcome, recogniser, at, given)
            for (name, outcome), given in zip(outcomes, chosen, strict=True)
        )
    readable = (file for file in files if isinstance(file, FileReport))
    return Report(at, files, compare_holders((one for file in readable for one in file.certificates), rules))


def read(file: InputFile, password: str | None = None) -> Outcome:
    """Read one file.

    Args:
        file: the file.
        password: for a file that brings none of its own.
    """
    with _without_warnings():
        try:
            return file_reader.read(file.data, password if file.password is None else file.password)
        except UnusableInput as error:
            return error.to_failure()


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Hide what the library will refuse one day: a reader of other people's files cannot mend them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _file(
    name: str, outcome: Outcome, recogniser: Recogniser, at: datetime, given: AuthorityRules | None
) -> FileReport | FileError:
    if isinstance(outcome, Failure):
        return FileError(name, outcome)
    try:
        with unexpected_errors_as_damaged():
            return _described(name, outcome, recogniser, at, given)
    except UnusableInput as error:
        return FileError(name, error.to_failure())


def _described(
    name: str, outcome: Contents, recogniser: Recogniser, at: datetime, given: AuthorityRules | None
) -> FileReport:
    own = recogniser.build_pool(outcome.certificates)
    described = tuple(
        _certificate(
            each, recogniser.recognise(each, own, given), at, has_private_key=each.sha256 in outcome.owners
        )
        for each in outcome.certificates
    )
    return FileReport(
        name,
        outcome.format,
        outcome.password_form,
        described,
        _chain(described),
        outcome.failures,
        outcome.pkcs12,
    )


def _chain(described: tuple[CertificateReport, ...]) -> Chain | None:
    """Return the path of the key's owner, else of the only certificate that is no CA's."""
    owners = [each for each in described if each.has_private_key]
    asked_about = owners or [each for each in described if not each.is_ca]
    return asked_about[0].chain if len(asked_about) == 1 else None


def _certificate(
    certificate: Certificate, recognised: RecognitionResult, at: datetime, *, has_private_key: bool
) -> CertificateReport:
    authority = recognised.authority
    verdict = _verdict(certificate, authority, at)
    validity = renewal.judge_validity(certificate.not_before, certificate.not_after, at)
    reminders = authority.reminders_days_before if authority and not certificate.is_ca else ()
    return CertificateReport(
        subject=certificate.subject.format_rfc4514(),
        issuer=certificate.issuer.format_rfc4514(),
        subject_attributes=certificate.subject.attributes,
        user_id=_user_id(certificate, authority),
        emails=certificate.emails,
        serial=certificate.serial,
        sha256=certificate.sha256,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        validity=validity,
        days_left=renewal.count_days_left(certificate.not_after, at),
        authority=authority.id if authority else None,
        recognised_by=recognised.evidence,
        renewal=verdict,
        headline=renewal.choose_headline(verdict, validity, is_ca=certificate.is_ca),
        days=list_days(verdict, certificate.not_after, reminders),
        has_private_key=has_private_key,
        is_ca=certificate.is_ca,
        chain=recognised.chain,
    )


def _user_id(certificate: Certificate, authority: AuthorityRules | None) -> str | None:
    if authority is None or authority.user_id is None or certificate.is_ca:
        return None
    return next(iter(certificate.find_values(authority.user_id)), None)


def _verdict(certificate: Certificate, authority: AuthorityRules | None, at: datetime) -> Verdict:
    """Judge by the authority's rule, which is about its holders' certificates, not about its own."""
    if authority is None or certificate.is_ca:
        return renewal.UNKNOWN
    return renewal.judge_renewal(authority.renewal, certificate.not_before, certificate.not_after, at)
