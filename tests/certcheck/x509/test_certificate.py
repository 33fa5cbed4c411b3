"""A certificate in the report: the contract's fields, names, e-mail addresses, the recognised authority."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509

from certcheck import InputFile, Rules, inspect, japan
from certcheck.inspection import judge, read_input
from certcheck.x509.names import fold_dashes
from tests.support.mint import build_name, compute_sha256, encode_der, encode_pem, mint, mint_ca

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile


def test_contract_field_by_field(authority_rules: Rules) -> None:
    """The JSON of a holder's certificate, field by field."""
    minted = mint()
    report = inspect(
        [InputFile("y.cer", encode_der(minted))], authority_rules, japan.parse_instant("2027-03-10T12:00")
    )
    fingerprint = compute_sha256(minted)
    chain = {"status": "incomplete", "path": [fingerprint], "problems": []}
    assert json.loads(report.to_json()) == {
        "schema": 1,
        "at": "2027-03-10T12:00:00+09:00",
        "revocation": "not_checked",
        "files": [
            {
                "name": "y.cer",
                "format": "der",
                "password_form": None,
                "certificates": [
                    {
                        "subject": "1.2.840.113549.1.9.1=user@example.co.jp,CN=a123456",
                        "issuer": "CN=Gaitame CA - G5",
                        "subject_attributes": [
                            {"oid": "2.5.4.3", "name": "CN", "value": "a123456"},
                            {"oid": "1.2.840.113549.1.9.1", "name": "E", "value": "user@example.co.jp"},
                        ],
                        "user_id": "a123456",
                        "emails": [{"value": "user@example.co.jp", "field": "subject.E"}],
                        "serial": "1234abcd",
                        "sha256": fingerprint,
                        "not_before": "2026-03-31T14:59:59Z",
                        "not_after": "2027-03-31T14:59:59Z",
                        "validity": "valid",
                        "days_left": 21,
                        "authority": "boj",
                        "recognised_by": "name",
                        "renewal": {"status": "open", "opens_on": "2027-03-01", "closes_on": "2027-03-31"},
                        "headline": "open",
                        "days": [
                            {"kind": "opens", "on": "2027-03-01"},
                            {"kind": "reminder", "on": "2027-03-01"},
                            {"kind": "reminder", "on": "2027-03-24"},
                            {"kind": "last_day", "on": "2027-03-31"},
                            {"kind": "expiry", "on": "2027-03-31"},
                        ],
                        "has_private_key": False,
                        "is_ca": False,
                        "chain": chain,
                    }
                ],
                "chain": chain,
            }
        ],
        "holders": [],
    }


def test_json_is_ascii(authority_rules: Rules) -> None:
    """The same bytes on every console and in the browser, whatever a file is called or a name says."""
    files = [InputFile("証明書\ud800.cer", encode_der(mint(cn="山田")))]
    assert inspect(files, authority_rules, japan.parse_instant("2027-03-10")).to_json().isascii()


def test_emails_of_the_subject_come_first(inspect_file: InspectFile) -> None:
    """Subject E, then subjectAltName's addresses, each with its field, also if it is the same."""
    san = [
        x509.RFC822Name("second@example.co.jp"),
        x509.DNSName("x.jp"),
        x509.RFC822Name("user@example.co.jp"),
    ]
    assert inspect_file(encode_der(mint(san=san)))["certificates"][0]["emails"] == [
        {"value": "user@example.co.jp", "field": "subject.E"},
        {"value": "second@example.co.jp", "field": "subjectAltName.rfc822Name"},
        {"value": "user@example.co.jp", "field": "subjectAltName.rfc822Name"},
    ]


def test_no_email(inspect_file: InspectFile) -> None:
    """A certificate without an address has an empty list."""
    assert inspect_file(encode_der(mint(email=None)))["certificates"][0]["emails"] == []


def test_markup_is_data(inspect_file: InspectFile) -> None:
    """Whatever a name holds is handed on as it is; showing it safely is the page's part."""
    (certificate,) = inspect_file(encode_der(mint(cn="<b>&amp;\u202e")))["certificates"]
    assert certificate["user_id"] == "<b>&amp;\u202e"


def test_attributes_without_a_short_name(inspect_file: InspectFile) -> None:
    """An attribute that has no short name here is named by its OID."""
    description = x509.NameAttribute(x509.ObjectIdentifier("2.5.4.13"), "description")
    subject = x509.Name([*build_name(CN="a123456"), description])
    attributes = inspect_file(encode_der(mint(subject=subject)))["certificates"][0]["subject_attributes"]
    assert attributes[1] == {"oid": "2.5.4.13", "name": "2.5.4.13", "value": "description"}


@pytest.mark.parametrize(
    ("issuer", "authority"),
    [
        ("Gaitame CA - G5", "boj"),
        ("Gaitame CA – G5", "boj"),
        ("Gaitame CA — G5", "boj"),
        ("Gaitame CA − G5", "boj"),
        ("Gaitame CA － G5", "boj"),
        ("Gaitame　CA\u00a0-  G5 ", "boj"),
        ("Tokyo Stock Exchange SSO CA", "tse"),
        ("TSE-CA2", "tse"),
        ("TSE–CA2", "tse"),
        ("Gaitame CA G5", None),
        ("GAITAME CA - G5", None),
        ("Gaitame CA - G55", None),
        ("Gаitame CA - G5", None),
        ("Ｇaitame CA - G5", None),
        ("X TSE-CA2", None),
        ("TSE-CA2 X", None),
    ],
)
def test_names_are_folded_in_dashes_and_spaces_only(
    inspect_file: InspectFile, issuer: str, authority: str | None
) -> None:
    """Manuals print both hyphen and dash; case, width and script stay (one of the letters is Cyrillic)."""
    (certificate,) = inspect_file(encode_der(mint(mint_ca(cn=issuer))))["certificates"]
    assert certificate["authority"] == authority
    assert certificate["recognised_by"] == ("name" if authority else None)


def test_long_vowel_mark_is_no_dash() -> None:
    """Katakana's ー looks like a dash and is a letter."""
    assert fold_dashes("サーバー ‐ 1") == "サーバー - 1"


def test_an_authority_given_by_the_person(inspect_file: InspectFile) -> None:
    """Where the manual names no issuer, the person names the authority, and the verdict follows its rule."""
    (certificate,) = inspect_file(encode_der(mint(issuer_cn="Some CA")), authority="jasdec")["certificates"]
    assert (certificate["authority"], certificate["recognised_by"]) == ("jasdec", "given")
    assert certificate["renewal"]["status"] == "by_application"


def test_the_persons_choice_stands_above_a_name(inspect_file: InspectFile) -> None:
    """A name is only a name; where the person agrees with it, it stays the evidence."""
    (contradicted,) = inspect_file(encode_der(mint()), authority="tse")["certificates"]
    (confirmed,) = inspect_file(encode_der(mint()), authority="boj")["certificates"]
    assert (contradicted["authority"], contradicted["recognised_by"]) == ("tse", "given")
    assert (confirmed["authority"], confirmed["recognised_by"]) == ("boj", "name")


def test_the_persons_choice_is_about_holders(inspect_file: InspectFile) -> None:
    """A CA certificate beside the holder's does not become that authority's client certificate."""
    ca = mint_ca(cn="Some CA")
    holder, issuer = inspect_file(encode_pem(mint(ca), ca), authority="tse")["certificates"]
    assert (holder["authority"], issuer["authority"]) == ("tse", None)


def test_a_choice_for_one_file_leaves_the_others(authority_rules: Rules) -> None:
    """The person's choice may be for a single file; another is recognised by its name."""
    files = [
        InputFile("u.cer", encode_der(mint(issuer_cn="Some CA"))),
        InputFile("k.cer", encode_der(mint())),
    ]
    outcomes = [(file.name, read_input(file)) for file in files]
    report = judge(outcomes, authority_rules, japan.parse_instant("2027-03-10"), ["jasdec", None])
    first, second = json.loads(report.to_json())["files"]
    assert [read_recognition(first), read_recognition(second)] == [("jasdec", "given"), ("boj", "name")]


def read_recognition(file: dict[str, Any]) -> tuple[str, str]:
    """Return authority and evidence of a file's only certificate."""
    (certificate,) = file["certificates"]
    return certificate["authority"], certificate["recognised_by"]


def test_an_unknown_authority_is_a_mistake_of_the_caller(authority_rules: Rules) -> None:
    """The error names it together with those that the rules have."""
    with pytest.raises(
        ValueError, match="no authority 'bank' in the rules, which know boj, fsa, jasdec, tse"
    ):
        inspect([], authority_rules, japan.parse_instant("2027-03-10"), authority="bank")


def test_an_instant_needs_an_offset(authority_rules: Rules) -> None:
    """Only the command line and the page may take Japan's time for granted."""
    naive = japan.parse_instant("2027-03-10").replace(tzinfo=None)
    with pytest.raises(ValueError, match="no offset"):
        inspect([], authority_rules, naive)
