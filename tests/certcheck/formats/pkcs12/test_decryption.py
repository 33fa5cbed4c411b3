"""Encrypted parts that the library refuses to read, for one bad string, are opened, and nothing more is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from certcheck import limits
from tests.certcheck.x509.test_names import BMP as BMP_STRING
from tests.certcheck.x509.test_names import CN, PRINTABLE, UTF8, encode_attribute, forge_certificate
from tests.support.mint import PASSWORD, mint
from tests.support.mint_pkcs12 import (
    HASHES,
    PRFS,
    Scheme,
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_plain_part,
    build_scrypt,
    encode_password,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
UTF8_PASSWORD, BMP_PASSWORD = PASSWORD.encode(), encode_password(PASSWORD)
UNREADABLE = forge_certificate(encode_attribute(CN, UTF8, b"a\xff"))
SCHEMES = {
    "3des": build_pbes1(BMP_PASSWORD),
    "scrypt": build_scrypt(UTF8_PASSWORD),
    **{prf: build_pbes2(UTF8_PASSWORD, prf) for prf in PRFS},
}


@pytest.mark.parametrize(
    "subject",
    [
        encode_attribute(CN, UTF8, b"a\xff"),
        encode_attribute(CN, PRINTABLE, b"user@example.co.jp"),
        encode_attribute(CN, PRINTABLE, "山田".encode("cp932")),
        encode_attribute(CN, BMP_STRING, b"abc"),
    ],
    ids=["bad UTF-8", "@ in a PrintableString", "Shift-JIS in a PrintableString", "half a letter"],
)
def test_one_bad_string_does_not_lose_the_file(inspect_file: InspectFile, subject: bytes) -> None:
    """The library opens none of it; the certificate shows, and the one beside it with its key."""
    bags = build_certificate_bag(forge_certificate(subject)), build_certificate_bag(HOLDER, "名前", b"\1")
    data = assemble_pfx(
        build_encrypted_part(build_pbes1(BMP_PASSWORD), *bags),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP_PASSWORD))),
        mac=build_mac(BMP_PASSWORD),
    )
    with pytest.raises(ValueError, match=r"Invalid password|error parsing"):
        load_pkcs12(data, UTF8_PASSWORD)
    file = inspect_file(data, password=PASSWORD)
    assert (file["password_form"], len(file["certificates"])) == ("as_typed", 2)
    assert file["certificates"][0]["has_private_key"]
    assert file["pkcs12"]["certificates"][0]["local_key_id"] == "01"  # shows, since it is read here
    assert "failures" not in file


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("name", [None, *HASHES])
def test_schemes_and_macs(inspect_file: InspectFile, scheme: Scheme, name: str | None) -> None:
    """What Windows and OpenSSL write, with every MAC and with none."""
    data = assemble_pfx(
        build_encrypted_part(scheme, build_certificate_bag(UNREADABLE)),
        mac=build_mac(BMP_PASSWORD, name) if name else None,
    )
    assert inspect_file(data, password=PASSWORD)["password_form"] == "as_typed"
    assert inspect_file(data, password="wrong")["error"]["code"] == "wrong_password"
    assert inspect_file(data)["error"]["code"] == "password_required"


@pytest.mark.parametrize("empty", [b"", b"\0\0"])
def test_the_empty_password(inspect_file: InspectFile, empty: bytes) -> None:
    """In both encodings."""
    data = assemble_pfx(
        build_encrypted_part(build_pbes1(empty), build_certificate_bag(UNREADABLE)), mac=build_mac(empty)
    )
    assert inspect_file(data)["password_form"] == "empty"


def test_a_bad_string_that_is_not_encrypted(inspect_file: InspectFile) -> None:
    """The library refuses the whole file for it; the key opens all the same, the MAC being right."""
    data = assemble_pfx(
        build_plain_part(
            build_certificate_bag(UNREADABLE),
            build_certificate_bag(HOLDER),
            build_key_bag(HOLDER, build_pbes1(BMP_PASSWORD)),
        ),
        mac=build_mac(BMP_PASSWORD),
    )
    file = inspect_file(data, password=PASSWORD)
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == ("as_typed", True)


def test_a_mac_that_does_not_verify_is_damage(inspect_file: InspectFile) -> None:
    """Reading what the library refuses must not let through what was changed."""
    parts = (
        build_encrypted_part(build_pbes1(BMP_PASSWORD), build_certificate_bag(UNREADABLE)),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP_PASSWORD))),
    )
    data = assemble_pfx(*parts, mac=build_mac(encode_password("another")))
    error = inspect_file(data, password=PASSWORD)["error"]
    assert error == {"code": "damaged", "detail": {"where": "mac"}}


def test_all_keys_of_such_a_part_are_found(inspect_file: InspectFile) -> None:
    """The library would hand out the first only; here nothing stays hidden."""
    other = mint()
    bags = (
        build_certificate_bag(UNREADABLE),
        build_certificate_bag(HOLDER),
        build_key_bag(other),
        build_key_bag(HOLDER),
    )
    pkcs12 = inspect_file(
        assemble_pfx(build_encrypted_part(build_pbes2(UTF8_PASSWORD), *bags)), password=PASSWORD
    )["pkcs12"]
    assert [key["certificate"] is not None for key in pkcs12["keys"]] == [False, True]
    assert pkcs12["may_hold_more"] is False


def test_limits_hold_inside(inspect_file: InspectFile) -> None:
    """Iterations that a key asks for show once its part is decrypted, before the key is."""
    endless = build_key_bag(HOLDER, build_pbes2(UTF8_PASSWORD, iterations=2**31)._replace(encrypt=bytes))
    data = assemble_pfx(
        build_encrypted_part(build_pbes2(UTF8_PASSWORD), build_certificate_bag(UNREADABLE), endless)
    )
    error = inspect_file(data, password=PASSWORD)["error"]
    assert (error["code"], error["detail"]["what"]) == ("over_limit", "iterations")


def test_nothing_secret_is_reported(inspect_file: InspectFile) -> None:
    """Neither password nor key."""
    data = assemble_pfx(
        build_encrypted_part(
            build_pbes2(UTF8_PASSWORD), build_certificate_bag(UNREADABLE), build_key_bag(HOLDER)
        )
    )
    assert PASSWORD not in json.dumps(inspect_file(data, password=PASSWORD))


@pytest.mark.parametrize(("iterations", "code"), [(500, None), (501, "wrong_password")])
def test_a_key_derivation_that_takes_python_long_is_left_out(
    inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch, iterations: int, code: str | None
) -> None:
    """Python is slower at iterations than the library: beyond a bound the bad string does lose the part."""
    monkeypatch.setattr(limits, "DIAGNOSIS_BUDGET", 1_000)  # the key takes two digests an iteration
    file = inspect_file(
        assemble_pfx(
            build_encrypted_part(build_pbes1(BMP_PASSWORD, iterations), build_certificate_bag(UNREADABLE))
        ),
        password=PASSWORD,
    )
    assert file.get("error", {}).get("code") == code


@pytest.mark.parametrize(("iterations", "form"), [(1_000, "as_typed"), (1_001, None)])
def test_a_mac_that_takes_python_long_is_left_out(
    inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch, iterations: int, form: str | None
) -> None:
    """Likewise: such a MAC counts as another's."""
    monkeypatch.setattr(limits, "DIAGNOSIS_BUDGET", 1_000)
    data = assemble_pfx(
        build_plain_part(build_certificate_bag(UNREADABLE), build_key_bag(HOLDER, build_pbes1(BMP_PASSWORD))),
        mac=build_mac(BMP_PASSWORD, iterations=iterations),
    )
    assert inspect_file(data, password=PASSWORD)["password_form"] == form
