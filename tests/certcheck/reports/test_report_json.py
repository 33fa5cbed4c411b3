"""The typed dictionaries of the report's JSON have the fields of the values that are written."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, cast

import pytest

from certcheck import Report, japan
from certcheck.errors import Failure
from certcheck.paths.path_building import Chain, PathProblem
from certcheck.reports import report, report_json
from certcheck.reports.marked_days import MarkedDay
from certcheck.revocation.judge import ListProblem, Revocation
from certcheck.rules.renewal import Verdict
from certcheck.x509.extensions import Email
from certcheck.x509.names import Attribute
from certcheck.x509.remarks import Remark


def list_fields(value: type) -> set[str]:
    """Return the names of a dataclass's fields, which are those of its JSON."""
    return {field.name for field in fields(cast("Any", value))}


@pytest.mark.parametrize(
    ("value", "in_json", "optional"),
    [
        (Attribute, report_json.AttributeJson, {"undecodable", "encoding"}),
        (Email, report_json.EmailJson, set()),
        (Verdict, report_json.VerdictJson, {"closes_at", "deadlines"}),
        (MarkedDay, report_json.MarkedDayJson, set()),
        (PathProblem, report_json.ProblemJson, set()),
        (Chain, report_json.ChainJson, set()),
        (report.CertificateReport, report_json.CertificateJson, {"remarks", "revocation"}),
        (Revocation, report_json.RevocationJson, set()),
        (ListProblem, report_json.ListProblemJson, set()),
        (report.RevocationListReport, report_json.RevocationListJson, set()),
        (Remark, report_json.RemarkJson, set()),
        (Failure, report_json.FailureJson, set()),
        (report.OtherCertificate, report_json.OtherCertificateJson, set()),
        (report.Holder, report_json.HolderJson, set()),
    ],
)
def test_fields(value: type, in_json: Any, optional: set[str]) -> None:  # noqa: ANN401 - a class of TypedDict
    """Each has all fields; those that are left out where they are empty are optional."""
    assert in_json.__required_keys__ | in_json.__optional_keys__ == list_fields(value)
    assert in_json.__optional_keys__ == optional


def test_fields_of_a_file() -> None:
    """A file is read or has its error: only the name is in both."""
    in_json = report_json.FileJson
    both = list_fields(report.FileReport), list_fields(report.FileError)
    assert in_json.__required_keys__ == both[0] & both[1]
    assert in_json.__optional_keys__ == both[0] ^ both[1]


def test_fields_of_the_report() -> None:
    """The whole is read back from what was written."""
    written = Report(japan.parse_instant("2027-03-10"), ())
    data = report_json.read_report(written)
    assert data.keys() == report_json.ReportJson.__required_keys__
    assert data == report_json.read_report(written.to_json()) == json.loads(written.to_json())
