"""Rules about several fields of a certificate: recognition, the user id, which belong to one holder."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from cryptography import x509

from certcheck import InputFile, Report, inspect, japan
from certcheck.reports.report import CertificateReport, FileReport
from certcheck.rules import parse
from tests.certcheck.conftest import AT, RULES
from tests.support.mint import Identity, build_name, encode_der, mint, mint_ca

AUTHORITY = {**RULES["authorities"][0], "id": "abc", "recognise": []}


def inspect_by(rule: dict[str, Any], *certificates: Identity) -> Report:
    """Inspect certificates by the rules of one authority."""
    rules = parse(json.dumps({**copy.deepcopy(RULES), "authorities": [{**AUTHORITY, **rule}]}))
    assert rules.failures == ()
    files = [InputFile(str(number), encode_der(holder)) for number, holder in enumerate(certificates)]
    return inspect(files, rules, japan.parse_instant(AT))


def list_certificates(report: Report) -> list[CertificateReport]:
    """List the certificate of each file."""
    certificates: list[CertificateReport] = []
    for file in report.files:
        assert isinstance(file, FileReport)
        certificates += file.certificates
    return certificates


TOGETHER = {
    "recognise_together": [
        [{"field": "subject.O", "equals": "Imaginary"}, {"field": "subject.OU", "pattern": "Client-[0-9]+"}]
    ]
}


@pytest.mark.parametrize(
    ("names", "is_recognised"),
    [
        ({"O": "Imaginary", "OU": "Client-1"}, True),
        ({"O": "Imaginary", "OU": "Server-1"}, False),
        ({"O": "Other", "OU": "Client-1"}, False),
        ({"O": "Imaginary"}, False),
    ],
)
def test_fields_that_must_match_together(names: dict[str, str], *, is_recognised: bool) -> None:
    """Neither of them alone is enough."""
    (certificate,) = list_certificates(inspect_by(TOGETHER, mint(subject=build_name(CN="a", **names))))
    assert (certificate.authority == "abc") == is_recognised


BY_ISSUER: dict[str, Any] = {"recognise": [{"field": "issuer.CN", "equals": "Imaginary CA"}]}


@pytest.mark.parametrize(
    ("origin", "user_id"),
    [
        ({"field": "subject.CN", "before": "-"}, "a123456"),
        ({"field": "subject.CN", "before": "/"}, "a123456-Tokyo"),
        ({"field": "subject.OU"}, "Unit"),
        ({"field": "subject.O"}, None),
        ({"field": "subjectAltName.rfc822Name", "before": "@"}, "user"),
    ],
)
def test_the_user_id_is_a_part_of_a_field(origin: dict[str, str], user_id: str | None) -> None:
    """Up to a sign, or the whole value without it; also in subjectAltName (RFC 5280 4.2.1.6)."""
    subject = build_name(CN="a123456-Tokyo", OU="Unit")
    holder = mint(mint_ca(cn="Imaginary CA"), subject=subject, san=[x509.RFC822Name("user@example.jp")])
    (certificate,) = list_certificates(inspect_by({**BY_ISSUER, "user_id_from": origin}, holder))
    assert certificate.user_id == user_id


@pytest.mark.parametrize(
    ("names", "is_same"),
    [({"OU": "Osaka"}, True), ({"O": "Other"}, False), ({"CN": "b"}, False)],
)
def test_one_holder_by_the_fields_of_the_rule(names: dict[str, str], *, is_same: bool) -> None:
    """Certificates are one holder's where the fields named are the same, whatever the others say."""
    ca = mint_ca(cn="Imaginary CA")
    first = {"CN": "a", "O": "Imaginary", "OU": "Tokyo"}
    holders = [mint(ca, subject=build_name(**subject)) for subject in (first, {**first, **names})]
    deleting = {"same_holder": "subject", "same_holder_by": ["subject.O", "subject.CN"]}
    rule = {**BY_ISSUER, "deleting": {**deleting, "newest": "ends_last", "after": "login"}}
    assert bool(inspect_by(rule, *holders).holders) == is_same
