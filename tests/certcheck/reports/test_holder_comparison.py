"""Several certificates of one holder: which is current, and what is said of the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from certcheck import InputFile, inspect, japan
from tests.certcheck.conftest import build_rules
from tests.support.mint import NOT_AFTER, Identity, der, mint, mint_ca, name, p7b, pfx, sha256

LATER = datetime(2028, 3, 31, 14, 59, 59, tzinfo=UTC)
TSE = "Tokyo Stock Exchange SSO CA"


def holders(
    *files: Identity | bytes,
    authority: str | None = None,
    at: str = "2027-03-10",
    anchors: dict[str, list[dict[str, str]]] | None = None,
) -> list[dict[str, Any]]:
    """Inspect certificates, each a file of its own."""
    inputs = [
        InputFile(str(number), each if isinstance(each, bytes) else der(each), "correct horse")
        for number, each in enumerate(files)
    ]
    report = inspect(inputs, build_rules(anchors or {}), japan.parse_instant(at), authority=authority)
    found: list[dict[str, Any]] = json.loads(report.to_json())["holders"]
    return found


def advice(*files: Identity | bytes, authority: str | None = None, at: str = "2027-03-10") -> tuple[str, str]:
    """Return advice and reason of the only other certificate of the only holder."""
    ((other,),) = (holder["others"] for holder in holders(*files, authority=authority, at=at))
    return other["advice"], other["reason"]


def fsa(not_after: datetime = NOT_AFTER) -> Identity:
    """Mint a certificate of the FSA's."""
    names = {"C": "JP", "O": "Financial Services Agency Business Support Integration System"}
    return mint(issuer_cn="FSA", subject=name(**names, CN="F123456-001"), not_after=not_after)


def test_the_contract() -> None:
    """The older may go, after a login with the newer; both are named by their fingerprints."""
    old, new = mint(), mint(not_after=LATER)
    assert holders(old, new) == [
        {
            "authority": "boj",
            "user_id": "a123456",
            "current": sha256(new),
            "others": [
                {
                    "sha256": sha256(old),
                    "advice": "may_delete_after_login",
                    "reason": "current_without_key",
                    "outlasted": True,
                }
            ],
        }
    ]
    assert holders(new, old) == holders(old, new)


@pytest.mark.parametrize(
    ("at", "outlasted"), [("2027-03-10", True), ("2027-04-10", True), ("2026-01-01", False)]
)
def test_what_the_current_one_outlasts(at: str, *, outlasted: bool) -> None:
    """A newer one makes renewing the older needless from its first valid day on, whatever may be deleted."""
    ((other,),) = (holder["others"] for holder in holders(fsa(), fsa(LATER), at=at))
    assert (other["advice"] != "may_delete_after_login", other["outlasted"]) == (True, outlasted)


def test_a_single_certificate_has_no_other() -> None:
    """Nothing is compared, also where two files hold the same certificate, or CAs come along."""
    one = mint()
    assert holders(one, one, mint_ca(), mint_ca(not_after=LATER)) == []


@pytest.mark.parametrize("first", [True, False])
def test_whether_the_current_one_was_seen_with_its_key(*, first: bool) -> None:
    """A newer .cer does not prove that its key is on that PC: any file with the key is said, none too."""
    old, new = mint(), mint(not_after=LATER)
    with_key = (pfx(new), new) if first else (new, pfx(new))
    assert advice(old, *with_key) == ("may_delete_after_login", "current_with_key")
    assert advice(pfx(old), new) == ("may_delete_after_login", "current_without_key")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a123456", "a123456", True),
        ("a123456", "a123456 (2)", True),
        ("a123456", "a123456-2", True),
        ("a123456", "a1234567", False),
        ("a123456", "a123457", False),
        ("a123456", "A123456", False),
        ("山田", "山田", True),
        ("山田", "山田 2", False),
    ],
)
def test_boj_compares_the_beginning_of_the_user_id(one: str, other: str, *, same: bool) -> None:
    """The procedure's a***: what begins with the same id; a shorter id is not the beginning of a longer."""
    found = holders(mint(cn=one), mint(cn=other, not_after=LATER))
    assert [each["user_id"] for each in found] == ([one] if same else [])


@pytest.mark.parametrize(("other", "same"), [("t1", True), ("t1 2", False), ("t2", False)])
def test_tse_never_compares_other_user_ids(other: str, *, same: bool) -> None:
    """Tse-manual 5.3 step 2: the same user id and the earlier expiry; never another user id."""
    old, new = mint(issuer_cn=TSE, cn="t1"), mint(issuer_cn=TSE, cn=other, not_after=LATER)
    assert bool(holders(old, new)) == same
    if same:
        assert advice(old, new) == ("may_delete_after_login", "current_without_key")


def test_tse_old_issuer() -> None:
    """The old one may be from the former CA (tse-manual 5.3 step 2)."""
    old, new = mint(issuer_cn="TSE-CA2", cn="t1"), mint(issuer_cn=TSE, cn="t1", not_after=LATER)
    assert advice(old, new)[0] == "may_delete_after_login"


def test_authorities_are_not_mixed() -> None:
    """The same user id at another authority is another holder."""
    assert holders(mint(cn="a1"), mint(issuer_cn=TSE, cn="a1", not_after=LATER)) == []
    assert holders(mint(issuer_cn="Some CA"), mint(issuer_cn="Some CA", not_after=LATER)) == []


def test_fsa_keeps_until_the_revocation_mail() -> None:
    """Both work until the older ends (9.3.7); the manual deletes after the mail on revocation (1.2.2)."""
    old, new = fsa(), fsa(LATER)
    assert advice(old, new) == ("keep", "until_revocation_mail")
    assert advice(old, new, at="2027-04-01") == ("no_advice", "not_in_manual")


def test_jasdec_gives_no_advice() -> None:
    """No rule is printed, and only the PC with the certificate can decrypt (jasdec-guide 4 row 20)."""
    early = datetime(2026, 1, 1, tzinfo=UTC)
    old = mint(issuer_cn="J", not_after=LATER, not_before=early)
    new = mint(issuer_cn="J")
    (found,) = holders(old, new, authority="jasdec")
    assert (found["user_id"], found["current"]) == (None, sha256(new))  # starts last: 3 step 4
    assert [(each["advice"], each["reason"]) for each in found["others"]] == [("no_advice", "not_in_manual")]


def test_a_certificate_that_is_not_valid_yet_is_not_current() -> None:
    """Nobody can log in with it today: the one that is valid is current, and both stay."""
    future = mint(not_before=datetime(2027, 3, 20, tzinfo=UTC), not_after=LATER)
    now = mint()
    (found,) = holders(now, future)
    assert found["current"] == sha256(now)
    assert advice(now, future) == ("keep", "not_older")


def test_none_is_valid_any_more() -> None:
    """With an expired one there is no login after which another could go."""
    assert advice(mint(), mint(not_after=LATER), at="2029-01-01") == ("keep", "current_not_valid")


def test_the_same_expiry() -> None:
    """Neither is older: both stay, and which counts as current does not depend on the order."""
    one, other = mint(), mint()
    assert advice(one, other) == ("keep", "not_older")
    assert holders(one, other) == holders(other, one)


def test_a_planted_newer_one_displaces_none_that_is_proven() -> None:
    """With an anchor, what anybody could have made makes no genuine certificate deletable or renewed."""
    root, evil = mint_ca(), mint_ca()
    genuine, planted = mint(root), mint(evil, not_after=LATER)
    anchors = {"boj": [{"sha256": sha256(root)}]}
    (found,) = holders(genuine, p7b(planted, evil), root, anchors=anchors)
    (other,) = found["others"]
    assert (found["current"], other["advice"], other["outlasted"]) == (sha256(genuine), "keep", False)


def test_others_are_listed_latest_first() -> None:
    """Three of one holder, whatever the order of files."""
    three = [mint(not_after=datetime(2027, month, 1, tzinfo=UTC)) for month in (4, 5, 6)]
    (found,) = holders(*three)
    assert [each["sha256"] for each in found["others"]] == [sha256(three[1]), sha256(three[0])]
