"""Renewal verdicts at every boundary, in days of Japan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from certcheck.rules.renewal import UNKNOWN, Headline, Validity, Verdict, choose_headline
from tests.support.mint import build_name, encode_der, mint, mint_ca

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

# All certificates end at 23:59:59 on 31 March 2027 in Japan unless a test says otherwise: D is 31 March.


def judge_certificate(
    inspect_file: InspectFile, authority: str, at: str, not_after: str = "2027-03-31T23:59:59+09:00"
) -> dict[str, Any]:
    """Return the verdict, and the validity, of a certificate for which the person chose that authority."""
    minted = mint(issuer_cn="Some CA", not_after=datetime.fromisoformat(not_after))
    (certificate,) = inspect_file(encode_der(minted), at=at, authority=authority)["certificates"]
    assert certificate["authority"] == authority
    return {**certificate["renewal"], "validity": certificate["validity"]}


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2027-02-28T23:59:59", "too_early"),
        ("2027-03-01T00:00:00", "open"),
        ("2027-03-31T00:00:00", "open"),
        ("2027-03-31T23:59:59", "open"),
        ("2027-04-01T00:00:00", "expired"),
    ],
)
def test_boj_renews_from_thirty_days_before_until_expiry(
    inspect_file: InspectFile, at: str, status: str
) -> None:
    """The window opens on D - 30 (boj-manual 5.1.1) and ends with the certificate, notAfter included."""
    verdict = judge_certificate(inspect_file, "boj", at)
    assert (verdict["status"], verdict["opens_on"], verdict["closes_on"]) == (
        status,
        "2027-03-01",
        "2027-03-31",
    )


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2027-02-28T23:59:59", "too_early"),
        ("2027-03-01T00:00:00", "open"),
        ("2027-03-30T23:59:59", "open"),
        ("2027-03-31T00:00:00", "too_late"),
        ("2027-03-31T23:59:59", "too_late"),
        ("2027-04-01T00:00:00", "expired"),
    ],
)
def test_tse_renews_until_the_end_of_the_day_before_expiry(
    inspect_file: InspectFile, at: str, status: str
) -> None:
    """The window is D - 30 to D - 1; on D, until notAfter, it is too late (tse-manual 5, 8.3)."""
    verdict = judge_certificate(inspect_file, "tse", at)
    assert (verdict["status"], verdict["opens_on"], verdict["closes_on"]) == (
        status,
        "2027-03-01",
        "2027-03-30",
    )


def test_tse_example_of_the_manual(inspect_file: InspectFile) -> None:
    """A certificate that expires on 1 May 2021 renews from 1 to 30 April (tse-manual 5)."""
    verdict = judge_certificate(inspect_file, "tse", "2027-01-01", not_after="2027-05-01T23:59:59+09:00")
    assert (verdict["opens_on"], verdict["closes_on"]) == ("2027-04-01", "2027-04-30")


@pytest.mark.parametrize(
    ("at", "status", "validity"),
    [
        ("2027-02-28T23:59:59", "too_early", "valid"),
        ("2027-03-01T00:00:00", "open", "valid"),
        ("2027-03-31T23:59:59", "open", "valid"),
        ("2027-04-01T00:00:00", "open", "expired"),
        ("2030-01-01T00:00:00", "open", "expired"),
    ],
)
def test_fsa_renews_even_after_expiry(inspect_file: InspectFile, at: str, status: str, validity: str) -> None:
    """The window opens on D - 30 and has no end (fsa-admin-manual 1.1, 9.3.5)."""
    assert judge_certificate(inspect_file, "fsa", at) == {
        "status": status,
        "opens_on": "2027-03-01",
        "closes_on": None,
        "validity": validity,
    }


@pytest.mark.parametrize("at", ["2026-01-01", "2027-03-10", "2027-04-01", "2030-01-01"])
def test_jasdec_renews_by_application_whatever_the_day(inspect_file: InspectFile, at: str) -> None:
    """No window is printed: renewal is applied for (jasdec-guide 4, row 14)."""
    verdict = judge_certificate(inspect_file, "jasdec", at)
    assert (verdict["status"], verdict["opens_on"], verdict["closes_on"]) == ("by_application", None, None)


@pytest.mark.parametrize(
    ("not_after", "opens", "closes"),
    [
        ("2027-03-31T14:59:59+00:00", "2027-03-01", "2027-03-31"),
        ("2027-03-31T15:00:00+00:00", "2027-03-02", "2027-04-01"),
        ("2027-03-31T23:59:59+00:00", "2027-03-02", "2027-04-01"),
    ],
)
def test_days_are_those_of_japan(inspect_file: InspectFile, not_after: str, opens: str, closes: str) -> None:
    """From 15:00 UTC on, notAfter falls on the next day in Japan, and so does all that is counted from it."""
    verdict = judge_certificate(inspect_file, "boj", "2027-01-01", not_after=not_after)
    assert (verdict["opens_on"], verdict["closes_on"]) == (opens, closes)


def test_tse_certificate_that_ends_at_midnight(inspect_file: InspectFile) -> None:
    """Ending at 00:00 on 1 April, its D is 1 April: 31 March is the window's last day."""
    midnight = "2027-04-01T00:00:00+09:00"
    assert judge_certificate(inspect_file, "tse", "2027-03-31T23:59:59", midnight)["status"] == "open"
    assert judge_certificate(inspect_file, "tse", "2027-04-01T00:00:00", midnight)["status"] == "too_late"
    assert judge_certificate(inspect_file, "tse", "2027-04-01T00:00:01", midnight)["status"] == "expired"


@pytest.mark.parametrize(
    ("at", "days"),
    [("2027-03-10T12:00:00", 21), ("2027-03-31T23:59:59", 0), ("2027-04-01T00:00:00", -1)],
)
def test_days_left_are_calendar_days(inspect_file: InspectFile, at: str, days: int) -> None:
    """The day of notAfter minus today, both in Japan; the time of day does not matter."""
    assert inspect_file(encode_der(mint()), at=at)["certificates"][0]["days_left"] == days


@pytest.mark.parametrize(
    ("at", "validity"),
    [
        ("2026-03-31T14:59:58Z", "not_yet"),
        ("2026-03-31T14:59:59Z", "valid"),
        ("2027-03-31T14:59:59Z", "valid"),
        ("2027-03-31T14:59:59.999Z", "valid"),
        ("2027-03-31T15:00:00Z", "expired"),
    ],
)
def test_both_ends_of_the_validity_belong_to_it(inspect_file: InspectFile, at: str, validity: str) -> None:
    """RFC 5280 4.1.2.5: from notBefore through notAfter, inclusive, in whole seconds."""
    assert inspect_file(encode_der(mint()), at=at)["certificates"][0]["validity"] == validity


def test_not_yet_valid_has_the_same_arithmetic(inspect_file: InspectFile) -> None:
    """A certificate whose validity has not begun is judged by its end like any other."""
    minted = mint(not_before=datetime(2027, 3, 20, tzinfo=UTC))
    (certificate,) = inspect_file(encode_der(minted))["certificates"]
    assert (certificate["validity"], certificate["renewal"]["status"]) == ("not_yet", "open")


@pytest.mark.parametrize(
    ("verdict", "validity", "headline"),
    [
        (UNKNOWN, "not_yet", "unknown"),
        (Verdict("open", closes_on=date(2027, 3, 31)), "not_yet", "not_yet"),
        (Verdict("open", closes_on=date(2027, 3, 31)), "valid", "open"),
        (Verdict("open", closes_on=date(2027, 4, 30)), "expired", "open_after_expiry"),
        (Verdict("open"), "valid", "open_without_end"),
        (Verdict("open"), "expired", "open_after_expiry"),
        (Verdict("too_late"), "valid", "too_late"),
        (Verdict("by_application"), "expired", "by_application"),
    ],
)
def test_headlines(verdict: Verdict, validity: Validity, headline: Headline) -> None:
    """A status alone would call a certificate that cannot be used yet, or any more, simply renewable."""
    assert choose_headline(verdict, validity, is_ca=False) == headline
    assert choose_headline(verdict, validity, is_ca=True) == "ca"


def test_never_expiring_certificate(inspect_file: InspectFile) -> None:
    """9999-12-31T23:59:59Z (RFC 5280 4.1.2.5) lies beyond Japan's calendar and is judged all the same."""
    minted = mint(not_after=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    (certificate,) = inspect_file(encode_der(minted))["certificates"]
    assert (certificate["validity"], certificate["renewal"]["status"]) == ("valid", "too_early")
    assert certificate["not_after"] == "9999-12-31T23:59:59Z"


def test_unknown_without_an_authority(inspect_file: InspectFile) -> None:
    """Without an authority there is no rule to judge by."""
    (certificate,) = inspect_file(encode_der(mint(issuer_cn="Some CA")))["certificates"]
    assert certificate["authority"] is None
    assert certificate["renewal"] == {"status": "unknown", "opens_on": None, "closes_on": None}


def test_a_ca_certificate_is_not_renewed_by_its_holders_rule(inspect_file: InspectFile) -> None:
    """The rule is about holders' certificates; the CA's own, of the same issuer, gets no verdict."""
    (certificate,) = inspect_file(encode_der(mint_ca()))["certificates"]
    assert (certificate["authority"], certificate["user_id"]) == ("boj", None)
    assert certificate["renewal"]["status"] == "unknown"


def test_fsa_subject(inspect_file: InspectFile) -> None:
    """FSA's certificates are recognised by the subject's O (fsa-admin-manual 1.1), whoever issued them."""
    subject = build_name(
        C="JP",
        O="Financial Services Agency Business Support Integration System",
        OU="F123456",
        CN="F123456-001",
    )
    (certificate,) = inspect_file(encode_der(mint(issuer_cn="Some CA", subject=subject)))["certificates"]
    assert (certificate["authority"], certificate["user_id"]) == ("fsa", "F123456-001")
