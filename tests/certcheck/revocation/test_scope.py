"""What a revocation list is able to say: its days, its extensions, what it covers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509

from tests.certcheck.revocation.judging import (
    build_point,
    judge_holder,
    list_codes,
)
from tests.support.mint import (
    build_extension,
    mint,
)
from tests.support.mint_crl import (
    THIS_UPDATE,
    build_entry,
    mint_list,
)

POINT = "http://crl.example.jp/1.crl"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2027-03-08T08:59:59+09:00", "not_yet_issued"),
        ("2027-03-15T09:00:00+09:00", None),
        ("2027-03-15T09:00:01+09:00", "stale"),
    ],
)
def test_days_of_the_list(at: str, code: str | None) -> None:
    """Before its day and after the next one is due, absence says nothing; an entry still does."""
    revocation = judge_holder(mint_list(), at=at)
    assert revocation["status"] == ("unknown" if code else "not_listed")
    assert list_codes(revocation) == ([code] if code else [])
    assert judge_holder(mint_list(build_entry()), at=at)["status"] == "revoked"


def test_an_expired_certificate_may_have_left_the_list() -> None:
    """RFC 5280 3.3: an entry may go once the certificate has expired."""
    holder = mint(not_after=THIS_UPDATE - timedelta(seconds=1))
    assert list_codes(judge_holder(mint_list(), holder=holder)) == ["after_expiry"]


UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")
USELESS = {
    "unknown_critical_extension": [build_extension(UNKNOWN)],
    "indirect": [build_point(indirect_crl=True)],
}


@pytest.mark.parametrize("code", USELESS)
def test_lists_that_must_not_be_used(code: str) -> None:
    """RFC 5280 5.2: neither for nor against; an unknown extension that is not critical is ignored."""
    revocation = judge_holder(mint_list(build_entry(), extensions=USELESS[code]))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", [code])
    harmless = [build_extension(UNKNOWN, critical=False)]
    assert judge_holder(mint_list(build_entry(), extensions=harmless))["status"] == "revoked"


def test_a_critical_extension_of_an_entry() -> None:
    """RFC 5280 5.3: such a list must not be used, whichever entry has it."""
    strange = build_entry(7, extensions=[build_extension(UNKNOWN)])
    revocation = judge_holder(mint_list(strange, build_entry()))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", ["unknown_critical_extension"])


def test_bytes_that_only_look_critical() -> None:
    """The bytes of BOOLEAN TRUE in a serial number make no list useless."""
    assert judge_holder(mint_list(build_entry(0x0101FF), build_entry()))["status"] == "revoked"


OF_POINT = [x509.UniformResourceIdentifier(POINT)]
PARTS = {
    "CA certificates only": build_point(only_contains_ca_certs=True),
    "attribute certificates only": build_point(only_contains_attribute_certs=True),
    "some reasons": build_point(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])),
    "another distribution point": build_point(full_name=OF_POINT),
}


@pytest.mark.parametrize("part", PARTS)
def test_partial_lists(part: str) -> None:
    """A list that does not cover the certificate says nothing by not having it; its entries count."""
    revocation = judge_holder(mint_list(extensions=[PARTS[part]]))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", ["partial"])
    assert judge_holder(mint_list(build_entry(), extensions=[PARTS[part]]))["status"] == "revoked"


def test_the_list_of_the_certificates_own_distribution_point() -> None:
    """Where the certificate names the list's point, the list covers it (RFC 5280 6.3.3 (b)(2)(i))."""
    place = x509.DistributionPoint(OF_POINT, None, None, None)
    published = build_extension(x509.CRLDistributionPoints([place]), critical=False)
    holder = mint(extensions=[published])
    partial = [build_point(full_name=OF_POINT, only_contains_user_certs=True)]
    assert judge_holder(mint_list(extensions=partial), holder=holder)["status"] == "not_listed"


def test_delta_lists() -> None:
    """Changes alone do not say that a certificate is not revoked; one that they list is."""
    delta = [build_extension(x509.DeltaCRLIndicator(1))]
    assert list_codes(judge_holder(mint_list(extensions=delta))) == ["delta"]
    assert judge_holder(mint_list(build_entry(), extensions=delta))["status"] == "revoked"
    removed = build_entry(reason=x509.ReasonFlags.remove_from_crl)
    assert list_codes(judge_holder(mint_list(removed, extensions=delta))) == ["delta"]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (x509.ReasonFlags.certificate_hold, "not_listed"),
        (x509.ReasonFlags.superseded, "revoked"),
    ],
)
def test_an_older_list_beside_a_newer_one(reason: x509.ReasonFlags, status: str) -> None:
    """A hold can end; nothing else can: an entry may only have gone since the certificate expired."""
    older = mint_list(build_entry(reason=reason), this_update=THIS_UPDATE - timedelta(days=3))
    assert judge_holder(older, mint_list())["status"] == status
    assert judge_holder(mint_list(), older)["status"] == status
