"""The rules' JSON: how it is parsed, and how a mistake in it is reported."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from certcheck import InputFile, RulesError, inspect, japan
from certcheck.reports.report import FileReport
from certcheck.rules import authority_rules
from certcheck.rules.terms import DayBefore, RenewalByApplication, RenewalTerms, RenewalWindow
from tests.certcheck.conftest import AT, RULES
from tests.support.mint import compute_sha256, encode_der, encode_pem, get_root, mint

LATER = {"opens": {"days_before": 60}, "closes": {"at": "expiry"}}


TSE = "Tokyo Stock Exchange SSO CA"


def change_rules(*keys: str | int, to: object) -> str:
    """Return the rules' JSON with a single value changed."""
    rules: Any = copy.deepcopy(RULES)
    parent = rules
    for key in keys[:-1]:
        parent = parent[key]
    parent[keys[-1]] = to
    return json.dumps(rules)


def test_renewal_terms_of_the_authorities() -> None:
    """Each authority's rule, typed; fields that the checker does not need are ignored."""
    rules = authority_rules.parse(change_rules("authorities", 0, "system", to={"ja": "…"}))
    terms = {authority.id: authority.renewal for authority in rules.authorities}
    expected = {
        "boj": RenewalTerms(RenewalWindow(DayBefore(30), DayBefore(0))),
        "tse": RenewalTerms(RenewalWindow(DayBefore(30), DayBefore(1))),
        "fsa": RenewalTerms(RenewalWindow(DayBefore(30), None)),
        "jasdec": RenewalTerms(RenewalByApplication()),
    }
    assert {identifier: terms[identifier] for identifier in expected} == expected


@pytest.mark.parametrize("text", ["", "{", b"\xff"])
def test_no_json(text: str | bytes) -> None:
    """The error says that the text is no JSON."""
    with pytest.raises(RulesError, match="rules: not JSON"):
        authority_rules.parse(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", "rules: got [], expected a mapping of names to values"),
        (change_rules("schema", to=2), "schema: got 2, expected 1"),
        (change_rules("authorities", to=None), "authorities: got null, expected a list, which may be empty"),
        (change_rules("authorities", 0, "id", to=""), 'authorities[0].id: got "", expected text, e.g. boj'),
        (
            change_rules("authorities", 0, "recognise", 0, "field", to="issuer.X"),
            (
                'authorities[0].recognise[0].field: got "issuer.X", '
                "expected subject or issuer, a dot and an attribute, e.g. issuer.CN"
            ),
        ),
        (
            change_rules("authorities", 0, "recognise", 0, "equals", to=5),
            "authorities[0].recognise[0].equals: got 5, expected text, e.g. Gaitame CA - G5",
        ),
        (
            change_rules("authorities", 0, "recognise", 0, to={"field": "issuer.CN", "pattern": "("}),
            'authorities[0].recognise[0].pattern: got "(", expected a pattern, e.g. TSE-CA[0-9]+',
        ),
        (
            change_rules("authorities", 0, "renewal", "kind", to="never"),
            'authorities[0].renewal.kind: got "never", expected window or application',
        ),
        (
            change_rules("authorities", 0, "renewal", "opens", to={"days_before": "30d"}),
            'authorities[0].renewal.opens.days_before: got "30d", expected a whole number of days, e.g. 30',
        ),
        (
            change_rules("authorities", 0, "renewal", "opens", to={"weeks_before": 4}),
            (
                'authorities[0].renewal.opens: got {"weeks_before": 4}, '
                'expected days_before, months_before or business_days_before, e.g. {"days_before": 30}'
            ),
        ),
        (
            change_rules("authorities", 0, "renewal", "deadlines", to=[{"business_days_before": None}]),
            (
                "authorities[0].renewal.deadlines[0].business_days_before: got null, "
                "expected a whole number of business days, e.g. 30"
            ),
        ),
        (
            change_rules("authorities", 0, "renewal", "closes", to={"time": "5 pm"}),
            'authorities[0].renewal.closes.time: got "5 pm", expected a time of day, e.g. 17:00',
        ),
        (
            change_rules("authorities", 0, "renewal", "closes", to={"days_after": "30"}),
            'authorities[0].renewal.closes.days_after: got "30", expected a whole number of days, e.g. 30',
        ),
        (
            change_rules("authorities", 0, "renewal", "changes", to=[{"issued_from": "soon", **LATER}]),
            (
                'authorities[0].renewal.changes[0].issued_from: got "soon", '
                "expected a day as year-month-day, e.g. 2026-04-01"
            ),
        ),
        (
            change_rules("business_days", to={"from": 2026, "to": 2027, "closed": [1]}),
            "business_days.closed[0]: got 1, expected a day as year-month-day, e.g. 2026-04-01",
        ),
        (
            change_rules("authorities", 0, "renewal", "reminders_days_before", to=[30, -1]),
            (
                "authorities[0].renewal.reminders_days_before[1]: got -1, "
                "expected a whole number of days, e.g. 30"
            ),
        ),
        (
            change_rules("authorities", 0, "renewal", "closes", to={"at": "noon"}),
            'authorities[0].renewal.closes.at: got "noon", expected one of expiry, end_of_day_before, never',
        ),
        (
            change_rules("authorities", 0, "trust_anchors", to=[{"sha256": "00"}]),
            'authorities[0].trust_anchors[0].sha256: got "00", expected 64 hexadecimal digits',
        ),
        (
            change_rules("authorities", 0, "trust_anchors", to=[{"pem": "?"}]),
            (
                'authorities[0].trust_anchors[0].pem: got "?", '
                "expected a certificate in PEM, e.g. -----BEGIN CERTIFICATE-----…"
            ),
        ),
        (
            change_rules("authorities", 0, "deleting", "after", to="a while"),
            'authorities[0].deleting.after: got "a while", expected one of login, revocation_mail, none',
        ),
    ],
)
def test_mistakes_are_reported_with_their_place(text: str, message: str) -> None:
    """The message names the place, the value there, and what was expected, with an example."""
    if "authorities[" not in message:
        with pytest.raises(RulesError) as caught:
            authority_rules.parse(text)
        assert str(caught.value) == message
        return
    rules = authority_rules.parse(text)
    assert rules.failures == (message,)
    assert [authority.id for authority in rules.authorities] == ["fsa", "jasdec", "tse"]


def test_one_bad_rule_stops_no_other() -> None:
    """The others' certificates are recognised and judged as ever; the command line says who is left out."""
    rules = authority_rules.parse(change_rules("authorities", 0, "renewal", to=None))
    report = inspect([InputFile("x", encode_der(mint(issuer_cn=TSE)))], rules, japan.parse_instant(AT))
    file = report.files[0]
    assert isinstance(file, FileReport)
    assert (file.certificates[0].authority, file.certificates[0].renewal.status) == ("tse", "open")


@pytest.mark.parametrize(
    "anchor",
    [
        {"pem": encode_pem(get_root()).decode()},
        {"sha256": compute_sha256(get_root())},
        {"sha256": ":".join(f"{byte:02X}" for byte in bytes.fromhex(compute_sha256(get_root())))},
    ],
)
def test_anchors(anchor: dict[str, str]) -> None:
    """An anchor is a certificate, or its fingerprint as Windows or OpenSSL print it."""
    rules = authority_rules.parse(change_rules("authorities", 0, "trust_anchors", to=[anchor]))
    (parsed,) = rules.authorities[0].trust_anchors
    assert parsed.sha256 == compute_sha256(get_root())
    assert (parsed.certificate is not None) == ("pem" in anchor)


def test_a_der_file_is_no_rules() -> None:
    """A certificate handed in as rules is refused."""
    with pytest.raises(RulesError, match="not JSON"):
        authority_rules.parse(encode_der(get_root()))
