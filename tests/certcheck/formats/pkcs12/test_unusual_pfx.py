"""PKCS#12 files as few programs write them, and the iterations that a caller allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from certcheck import InputFile, limits
from certcheck.errors import Failure
from certcheck.inspection import read_input
from tests.support.mint import compute_sha256, mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_plain_part,
    encode_password,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
JAPANESE = "合言葉ガ12"
MANY_FORMS = "がか\u3099１ "
COSTLY_MAC = assemble_pfx(
    build_encrypted_part(build_pbes2(b"secret"), build_certificate_bag(HOLDER), build_key_bag(HOLDER)),
    mac=build_mac(encode_password("secret"), iterations=30_000),
)


@pytest.mark.parametrize(
    ("iterations", "code", "untried"),
    [
        (30_000, "over_limit", None),
        (31_000, "forms_untried", "empty,nfc,nfkc,nfd,trimmed,nfkc_trimmed,legacy_openssl"),
        (61_000, "forms_untried", "nfc,nfkc,nfd,trimmed,nfkc_trimmed,legacy_openssl"),
        (None, "wrong_password", None),
    ],
)
def test_the_iterations_that_the_caller_allows(
    iterations: int | None, code: str, untried: str | None
) -> None:
    """All forms share them; those for which they do not suffice are named, and nothing is "wrong"."""
    outcome = read_input(InputFile("x", COSTLY_MAC, MANY_FORMS, limits.Effort(iterations)))
    assert isinstance(outcome, Failure)
    assert (outcome.code, outcome.detail.get("untried")) == (code, untried)
    if code == "over_limit":
        assert outcome.detail == {"what": "iterations", "found": 31_000, "allowed": iterations}


def test_the_right_password_needs_no_more_than_the_file_asks_for() -> None:
    """The form that was typed comes first."""
    outcome = read_input(InputFile("x", COSTLY_MAC, "secret", limits.Effort(31_000)))
    assert not isinstance(outcome, Failure)


OLD_OPENSSL = b"".join(bytes([0, byte]) for byte in JAPANESE.encode()) + b"\0\0"
MAC_OF_ANOTHER = assemble_pfx(
    build_encrypted_part(build_pbes2(b"secret"), build_certificate_bag(HOLDER)),
    build_plain_part(build_key_bag(HOLDER, build_pbes2(b"secret"))),
    mac=build_mac(encode_password("another")),
)


def test_old_openssl_beside_pbes2(inspect_file: InspectFile) -> None:
    """OpenSSL 1.0.2: each byte a character for the MAC, and the bytes as they are in PBKDF2."""
    data = assemble_pfx(
        build_encrypted_part(build_pbes2(JAPANESE.encode()), build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, build_pbes2(JAPANESE.encode()))),
        mac=build_mac(OLD_OPENSSL),
    )
    file = inspect_file(data, password=JAPANESE)
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == ("as_typed", True)
    assert "failures" not in file


def test_a_mac_of_another_password(inspect_file: InspectFile) -> None:
    """OpenSSL's -twopass: no other than a changed file, until somebody accepts that; and then it is said."""
    error = inspect_file(MAC_OF_ANOTHER, password="secret")["error"]
    assert error == {"code": "damaged", "detail": {"where": "mac"}}
    effort = limits.Effort(accepts_other_mac=True)
    contents = read_input(InputFile("x", MAC_OF_ANOTHER, "secret", effort))
    assert not isinstance(contents, Failure)
    assert [failure.detail for failure in contents.failures] == [{"where": "mac"}]
    assert contents.owners == {compute_sha256(HOLDER)}


@pytest.mark.parametrize("form", ["another", "ａｎｏｔｈｅｒ "])
def test_both_passwords(form: str) -> None:
    """The MAC's own password, in any of its forms, is verified, and the file is whole."""
    contents = read_input(InputFile("x", MAC_OF_ANOTHER, "secret", mac_password=form))
    assert not isinstance(contents, Failure)
    assert not contents.failures
    assert contents.owners == {compute_sha256(HOLDER)}


def test_a_wrong_password_of_the_mac() -> None:
    """It proves nothing: the contents are shown only to somebody who accepts that."""
    outcome = read_input(InputFile("x", MAC_OF_ANOTHER, "secret", mac_password="neither"))
    assert outcome == Failure("damaged", {"where": "mac"})


def test_the_password_of_the_mac_alone(inspect_file: InspectFile) -> None:
    """It is right for the MAC, so the file is whole: what is in it has another password."""
    error = inspect_file(MAC_OF_ANOTHER, password="another")["error"]
    assert error == {"code": "wrong_password", "detail": {"where": "contents"}}


@pytest.mark.parametrize("version", [1, 2])
def test_versions_that_rfc_7292_does_not_have(inspect_file: InspectFile, version: int) -> None:
    """OpenSSL opens them: it does not look at the version."""
    password = encode_password("secret")
    data = assemble_pfx(
        build_encrypted_part(build_pbes1(password), build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(password))),
        mac=build_mac(password),
    )
    at = data.index(b"\x02\x01\x03\x30")
    changed = data[:at] + bytes([2, 1, version]) + data[at + 3 :]
    assert inspect_file(changed, password="secret")["password_form"] == "as_typed"
    assert inspect_file(changed, password="wrong")["error"]["code"] == "wrong_password"
