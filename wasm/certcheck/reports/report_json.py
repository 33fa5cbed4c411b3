"""The report's JSON as types: the contract with the page and with other tools, as `Report.to_json` writes it.

Fingerprints and serial numbers are lower-case hexadecimal, days ``2027-03-31``, instants ISO 8601.
"""

import json
from typing import Literal, NotRequired, TypedDict, cast

from certcheck.paths.path_building import PathStatus, ProblemCode
from certcheck.paths.recognition import RecognitionEvidence
from certcheck.reports.marked_days import DayKind
from certcheck.reports.report import Advice, Reason, Report
from certcheck.revocation.judge import ListCode, RevocationStatus
from certcheck.rules.renewal import Headline, RenewalStatus, Validity
from certcheck.x509.remarks import Field, RemarkCode


class AttributeJson(TypedDict):
    """An attribute of a name (`certcheck.x509.names.Attribute`)."""

    oid: str
    name: str
    value: str
    undecodable: NotRequired[bool]
    encoding: NotRequired[str]


class EmailJson(TypedDict):
    """An e-mail address and the field it stands in (`certcheck.x509.extensions.Email`)."""

    value: str
    field: str


class VerdictJson(TypedDict):
    """Whether a certificate can be renewed (`certcheck.rules.renewal.Verdict`)."""

    status: RenewalStatus
    opens_on: str | None
    closes_on: str | None
    closes_at: NotRequired[str]
    deadlines: NotRequired[list[str]]


class MarkedDayJson(TypedDict):
    """A day that counts (`certcheck.reports.marked_days.MarkedDay`)."""

    kind: DayKind
    on: str


class ProblemJson(TypedDict):
    """A problem of a path (`certcheck.paths.path_building.PathProblem`)."""

    code: ProblemCode
    at: str


class ChainJson(TypedDict):
    """A path (`certcheck.paths.path_building.Chain`)."""

    status: PathStatus
    path: list[str]
    problems: list[ProblemJson]


class RemarkJson(TypedDict):
    """A remark on a field (`certcheck.x509.remarks.Remark`)."""

    field: Field
    code: RemarkCode
    detail: str | None


class ListProblemJson(TypedDict):
    """A problem of a list (`certcheck.revocation.judge.ListProblem`)."""

    code: ListCode
    at: str


class RevocationJson(TypedDict):
    """What lists say of a certificate (`certcheck.revocation.judge.Revocation`)."""

    status: RevocationStatus
    list_sha256: str | None
    this_update: str | None
    next_update: str | None
    revoked_on: str | None
    reason: str | None
    problems: list[ListProblemJson]


class CertificateJson(TypedDict):
    """A certificate (`certcheck.reports.report.CertificateReport`)."""

    subject: str
    issuer: str
    subject_attributes: list[AttributeJson]
    user_id: str | None
    emails: list[EmailJson]
    serial: str
    sha256: str
    not_before: str | None
    not_after: str | None
    validity: Validity
    days_left: int | None
    authority: str | None
    recognised_by: RecognitionEvidence | None
    renewal: VerdictJson
    headline: Headline
    days: list[MarkedDayJson]
    has_private_key: bool
    is_ca: bool
    chain: ChainJson
    remarks: NotRequired[list[RemarkJson]]
    revocation: NotRequired[RevocationJson]


class FailureJson(TypedDict):
    """Why a file, or a part of it, cannot be used (`certcheck.errors`)."""

    code: str
    detail: dict[str, str | int]


class RevocationListJson(TypedDict):
    """A revocation list (`certcheck.reports.report.RevocationListReport`)."""

    issuer: str
    sha256: str
    this_update: str
    next_update: str | None
    entries: int
    used: bool


class KeyJson(TypedDict):
    """A private key in a file of its own (`certcheck.reports.report.KeyReport`)."""

    fits: list[str]


class FileJson(TypedDict):
    """A file: `certcheck.reports.report.FileReport`, or `FileError` with name and error alone."""

    name: str
    format: NotRequired[str]
    password_form: NotRequired[str | None]
    certificates: NotRequired[list[CertificateJson]]
    chain: NotRequired[ChainJson | None]
    failures: NotRequired[list[FailureJson]]
    pkcs12: NotRequired[dict[str, object]]
    refused_by: NotRequired[list[str]]
    revocation_lists: NotRequired[list[RevocationListJson]]
    private_key: NotRequired[KeyJson]
    error: NotRequired[FailureJson]


class OtherCertificateJson(TypedDict):
    """A holder's certificate that is not the current one (`certcheck.reports.report.OtherCertificate`)."""

    sha256: str
    advice: Advice
    reason: Reason
    outlasted: bool
    outlasted_unproven: bool


class HolderJson(TypedDict):
    """A holder of several certificates (`certcheck.reports.report.Holder`)."""

    authority: str
    user_id: str | None
    current: str
    proven: bool
    others: list[OtherCertificateJson]


class ReportJson(TypedDict):
    """A report (`certcheck.reports.report.Report`)."""

    schema: int
    at: str
    revocation: Literal["not_checked", "by_lists"]
    files: list[FileJson]
    holders: list[HolderJson]


def read_report(report: Report | str) -> ReportJson:
    """Return a report's JSON, parsed.

    Args:
        report: a report, or its JSON text as this package wrote it.

    Raises:
        ValueError: the text is no JSON.
    """
    return cast("ReportJson", json.loads(report) if isinstance(report, str) else report.to_plain())
