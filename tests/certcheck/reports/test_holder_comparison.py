"""Several certificates of one holder: which is current, and the advice on the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from certcheck import InputFile, inspect, japan
from tests.certcheck.conftest import build_rules
from tests.support.mint import (
    BOJ,
    NOT_AFTER,
    Identity,
    build_name,
    build_p7b,
    build_pfx,
    compute_sha256,
    encode_der,
    encode_pem,
    get_root,
    mint,
    mint_ca,
)

LATER = datetime(2028, 3, 31, 14, 59, 59, tzinfo=UTC)
TSE = "Tokyo Stock Exchange SSO CA"


@cache
def pin_roots() -> dict[str, list[dict[str, str]]]:
    """Pin the roots that `mint` issues under as the authorities' anchors: by default, origins are proven."""
    names = {"boj": [BOJ], "tse": [TSE, "TSE-CA2"], "fsa": ["FSA"], "jasdec": ["J"]}
    return {
        authority: [{"pem": encode_pem(get_root(cn)).decode()} for cn in cns]
        for authority, cns in names.items()
    }


def list_holders(
    *files: Identity | bytes,
    authority: str | None = None,
    at: str = "2027-03-10",
    anchors: dict[str, list[dict[str, str]]] | None = None,
) -> list[dict[str, Any]]:
    """Inspect certificates, each in a file of its own, and return the report's holders."""
    contents = [file if isinstance(file, bytes) else encode_der(file) for file in files]
    inputs = [InputFile(str(number), data, "correct horse") for number, data in enumerate(contents)]
    report = inspect(
        inputs,
        build_rules(pin_roots() if anchors is None else anchors),
        japan.parse_instant(at),
        authority=authority,
    )
    holders: list[dict[str, Any]] = json.loads(report.to_json())["holders"]
    return holders


def find_other(
    *files: Identity | bytes, authority: str | None = None, at: str = "2027-03-10"
) -> dict[str, Any]:
    """Return the report on the only other certificate of the only holder."""
    (holder,) = list_holders(*files, authority=authority, at=at)
    (other,) = holder["others"]
    return dict(other)


def find_advice(*files: Identity | bytes, at: str = "2027-03-10") -> tuple[str, str]:
    """Return advice and reason on the only other certificate of the only holder."""
    other = find_other(*files, at=at)
    return other["advice"], other["reason"]


def mint_fsa(not_after: datetime = NOT_AFTER) -> Identity:
    """Mint a certificate of the FSA."""
    names = {"C": "JP", "O": "Financial Services Agency Business Support Integration System"}
    return mint(issuer_cn="FSA", subject=build_name(**names, CN="F123456-001"), not_after=not_after)


def test_the_contract() -> None:
    """The older may be deleted after a login with the newer; both are named by their fingerprints."""
    old, new = mint(), mint(not_after=LATER)
    assert list_holders(old, new) == [
        {
            "authority": "boj",
            "user_id": "a123456",
            "current": compute_sha256(new),
            "proven": True,
            "others": [
                {
                    "sha256": compute_sha256(old),
                    "advice": "may_delete_after_login",
                    "reason": "current_without_key",
                    "outlasted": True,
                    "outlasted_unproven": False,
                }
            ],
        }
    ]
    assert list_holders(new, old) == list_holders(old, new)


@pytest.mark.parametrize(
    ("at", "outlasted"), [("2027-03-10", True), ("2027-04-10", True), ("2026-01-01", False)]
)
def test_outlasted_certificates(at: str, *, outlasted: bool) -> None:
    """A newer one makes renewing the older needless from its first valid day on, whatever may be deleted."""
    other = find_other(mint_fsa(), mint_fsa(LATER), at=at)
    assert (other["advice"] != "may_delete_after_login", other["outlasted"]) == (True, outlasted)


def test_a_single_certificate_has_no_other() -> None:
    """Nothing is compared, also where two files hold the same certificate, or CAs come along."""
    holder = mint()
    assert list_holders(holder, holder, mint_ca(), mint_ca(not_after=LATER)) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_whether_the_current_certificate_came_with_its_key(*, is_first: bool) -> None:
    """A newer .cer does not prove that its key is on that PC: the reason tells whether a file has it."""
    old, new = mint(), mint(not_after=LATER)
    with_key = (build_pfx(new), new) if is_first else (new, build_pfx(new))
    assert find_advice(old, *with_key) == ("may_delete_after_login", "current_with_key")
    assert find_advice(build_pfx(old), new) == ("may_delete_after_login", "current_without_key")


@pytest.mark.parametrize(
    ("user_id", "newer_user_id", "is_same"),
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
def test_boj_compares_the_beginning_of_the_user_id(
    user_id: str, newer_user_id: str, *, is_same: bool
) -> None:
    """The procedure's a***: names that begin with the same id; a shorter id does not begin a longer one."""
    holders = list_holders(mint(cn=user_id), mint(cn=newer_user_id, not_after=LATER))
    assert [holder["user_id"] for holder in holders] == ([user_id] if is_same else [])


@pytest.mark.parametrize(("user_id", "is_same"), [("t1", True), ("t1 2", False), ("t2", False)])
def test_tse_never_compares_other_user_ids(user_id: str, *, is_same: bool) -> None:
    """Tse-manual 5.3 step 2: the same user id and the earlier expiry; never another user id."""
    old, new = mint(issuer_cn=TSE, cn="t1"), mint(issuer_cn=TSE, cn=user_id, not_after=LATER)
    assert bool(list_holders(old, new)) == is_same
    if is_same:
        assert find_advice(old, new) == ("may_delete_after_login", "current_without_key")


def test_tse_old_issuer() -> None:
    """The older certificate may be from the former CA (tse-manual 5.3 step 2)."""
    old, new = mint(issuer_cn="TSE-CA2", cn="t1"), mint(issuer_cn=TSE, cn="t1", not_after=LATER)
    assert find_advice(old, new)[0] == "may_delete_after_login"


def test_authorities_are_not_mixed() -> None:
    """The same user id at another authority is another holder."""
    assert list_holders(mint(cn="a1"), mint(issuer_cn=TSE, cn="a1", not_after=LATER)) == []
    assert list_holders(mint(issuer_cn="Some CA"), mint(issuer_cn="Some CA", not_after=LATER)) == []


def test_fsa_keeps_until_the_revocation_mail() -> None:
    """Both work until the older ends (9.3.7); the manual deletes after the mail on revocation (1.2.2)."""
    old, new = mint_fsa(), mint_fsa(LATER)
    assert find_advice(old, new) == ("keep", "until_revocation_mail")
    assert find_advice(old, new, at="2027-04-01") == ("no_advice", "not_in_manual")


def test_jasdec_gives_no_advice() -> None:
    """No rule is printed, and only the PC with the certificate can decrypt (jasdec-guide 4 row 20)."""
    early = datetime(2026, 1, 1, tzinfo=UTC)
    old = mint(issuer_cn="J", not_after=LATER, not_before=early)
    new = mint(issuer_cn="J")
    (holder,) = list_holders(old, new, authority="jasdec")
    assert (holder["user_id"], holder["current"]) == (None, compute_sha256(new))  # starts last: 3 step 4
    other = find_other(old, new, authority="jasdec")
    assert (other["advice"], other["reason"]) == ("no_advice", "not_in_manual")


def test_a_certificate_that_is_not_valid_yet_is_not_current() -> None:
    """Nobody can log in with it today: the valid one is current, and both stay."""
    future = mint(not_before=datetime(2027, 3, 20, tzinfo=UTC), not_after=LATER)
    valid = mint()
    (holder,) = list_holders(valid, future)
    assert holder["current"] == compute_sha256(valid)
    assert find_advice(valid, future) == ("keep", "not_older")


def test_none_is_valid_any_more() -> None:
    """With an expired one there is no login after which another could be deleted."""
    assert find_advice(mint(), mint(not_after=LATER), at="2029-01-01") == ("keep", "current_not_valid")


def test_the_same_expiry() -> None:
    """Neither is older: both stay, and which counts as current does not depend on the order."""
    first, second = mint(), mint()
    assert find_advice(first, second) == ("keep", "not_older")
    assert list_holders(first, second) == list_holders(second, first)


def test_a_planted_newer_certificate_displaces_none_that_is_verified() -> None:
    """With an anchor, no certificate that anybody could make causes advice to delete a genuine one."""
    root, evil = mint_ca(), mint_ca()
    genuine, planted = mint(root), mint(evil, not_after=LATER)
    anchors = {"boj": [{"sha256": compute_sha256(root)}]}
    (holder,) = list_holders(genuine, build_p7b(planted, evil), root, anchors=anchors)
    (other,) = holder["others"]
    assert (holder["current"], other["advice"], other["outlasted"]) == (
        compute_sha256(genuine),
        "keep",
        False,
    )


@pytest.mark.parametrize("is_genuine_first", [True, False])
def test_a_later_one_that_nobody_has_proven_decides_nothing(*, is_genuine_first: bool) -> None:
    """``? -> genuine`` and ``forged BOJ -> forged, later``, without anchors: nothing may be deleted.

    Neither is called the current one, and renewing is not called needless.
    """
    forged_root = mint_ca(cn=BOJ)
    genuine, forged = mint(), build_p7b(planted := mint(forged_root, not_after=LATER), forged_root)
    files = (genuine, forged) if is_genuine_first else (forged, genuine)
    (holder,) = list_holders(*files, anchors={})
    assert (holder["current"], holder["proven"]) == (compute_sha256(planted), False)
    assert holder["others"] == [
        {
            "sha256": compute_sha256(genuine),
            "advice": "keep",
            "reason": "not_proven",
            "outlasted": False,
            "outlasted_unproven": True,
        }
    ]


def test_a_proven_old_one_is_not_outlasted_by_an_unproven_one() -> None:
    """``ROOT (anchor) -> expired`` and ``forged BOJ -> forged, valid``: the forged one is not proven."""
    forged_root = mint_ca(cn=BOJ)
    files = (mint(), build_p7b(mint(forged_root, not_after=LATER), forged_root))
    (holder,) = list_holders(*files, at="2027-05-01")
    (other,) = holder["others"]
    assert (holder["proven"], other["advice"], other["outlasted"]) == (False, "keep", False)


def test_others_are_listed_latest_first() -> None:
    """Three of one holder, whatever the order of files."""
    three = [mint(not_after=datetime(2027, month, 1, tzinfo=UTC)) for month in (4, 5, 6)]
    (holder,) = list_holders(*three)
    assert [other["sha256"] for other in holder["others"]] == [
        compute_sha256(three[1]),
        compute_sha256(three[0]),
    ]
