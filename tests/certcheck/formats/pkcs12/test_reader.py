"""PKCS #12: files that open, the password that opens them, and why another does not."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

from certcheck import InputFile, Rules, inspect, japan, limits
from tests.support import ROOT
from tests.support.mint import PASSWORD, build_pfx, compute_sha256, get_rsa_key, mint, mint_ca
from tests.support.mint_pkcs12 import (
    Scheme,
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_idea,
    build_key_bag,
    build_mac,
    encode_integer,
    encode_octets,
    encode_oid,
    encode_password,
    encode_sequence,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Protection

FIXTURES = ROOT / "tests/certcheck/fixtures"
HOLDER = mint()
THREE_DES = build_pfx(HOLDER)
AES = build_pfx(HOLDER, protection="aes-256")


@pytest.mark.parametrize("protection", ["3des", "aes-256"])
def test_what_windows_writes(inspect_file: InspectFile, protection: Protection) -> None:
    """3DES, Windows' default, and AES-256, its option, with the RSA keys that the authorities issue for."""
    holder = mint(key=get_rsa_key())
    file = inspect_file(build_pfx(holder, protection=protection), password=PASSWORD)
    assert (file["format"], file["password_form"]) == ("pkcs12", "as_typed")
    assert [certificate["sha256"] for certificate in file["certificates"]] == [compute_sha256(holder)]
    assert file["certificates"][0]["has_private_key"]


@pytest.mark.parametrize(
    "name", ["rc2-40.pfx", "aes-128.pfx", "blowfish.pfx", "cast5.pfx", "seed.pfx", "sm4.pfx", "md4.pfx"]
)
def test_what_other_programs_wrote(inspect_file: InspectFile, name: str) -> None:
    """RC2-40, as Windows up to 8 exported, and what OpenSSL writes when asked to."""
    file = inspect_file((FIXTURES / name).read_bytes(), password=PASSWORD)
    assert file["certificates"][0]["subject"] == "CN=a123456"
    assert file["certificates"][0]["has_private_key"]


def test_idea(inspect_file: InspectFile) -> None:
    """OpenSSL opens it where it is built with that cipher, as the library's is."""
    scheme = build_idea(PASSWORD.encode())
    part = build_encrypted_part(scheme, build_certificate_bag(HOLDER), build_key_bag(HOLDER, scheme))
    file = inspect_file(assemble_pfx(part, mac=build_mac(encode_password(PASSWORD))), password=PASSWORD)
    assert (file["pkcs12"]["encryption"], file["pkcs12"]["key_opened"]) == (
        ["IDEA-CBC (PBKDF2, HMAC-SHA-1)"],
        True,
    )


@pytest.mark.parametrize("name", ["pbeWithMD2AndDES-CBC", "pbeWithMD2AndRC2-CBC"])
def test_md2(inspect_file: InspectFile, name: str) -> None:
    """No OpenSSL has it any more: named before asking, and never called damage."""
    oid = {"pbeWithMD2AndDES-CBC": "1.2.840.113549.1.5.1", "pbeWithMD2AndRC2-CBC": "1.2.840.113549.1.5.4"}[
        name
    ]
    identifier = encode_sequence(encode_oid(oid), encode_sequence(encode_octets(bytes(8)), encode_integer(1)))
    part = build_encrypted_part(Scheme(identifier, bytes), build_certificate_bag(HOLDER))
    error = inspect_file(assemble_pfx(part, mac=build_mac(encode_password(PASSWORD))), password=PASSWORD)[
        "error"
    ]
    assert error == {"code": "unsupported_algorithm", "detail": {"algorithm": name}}


@pytest.mark.parametrize("password", [None, "", PASSWORD])
def test_the_empty_password_is_tried_first(inspect_file: InspectFile, password: str | None) -> None:
    """tse-manual 4.2 step 8 leaves the password empty: such a file opens without asking."""
    file = inspect_file((FIXTURES / "empty-password.pfx").read_bytes(), password=password)
    assert (file["password_form"], len(file["certificates"])) == ("empty", 1)


@pytest.mark.parametrize("password", [None, "", PASSWORD])
def test_a_file_without_protection(inspect_file: InspectFile, password: str | None) -> None:
    """Neither encrypted nor with a MAC: no password is needed, and none is said to have worked."""
    file = inspect_file((FIXTURES / "unprotected.pfx").read_bytes(), password=password)
    assert (file["password_form"], len(file["certificates"])) == ("none", 1)


def test_a_file_with_a_mac_only(inspect_file: InspectFile) -> None:
    """Not encrypted, but its MAC is made with the empty password: that is what opens it."""
    assert inspect_file(build_pfx(HOLDER, None))["password_form"] == "empty"


def test_further_certificates(inspect_file: InspectFile) -> None:
    """All certificates are listed, the key's owner first, and the file's path is the owner's."""
    other = mint(cn="a654321")
    ca = mint_ca()
    owner = mint(ca)
    file = inspect_file(build_pfx(owner, others=[other, ca]), password=PASSWORD)
    assert [certificate["has_private_key"] for certificate in file["certificates"]] == [True, False, False]
    assert file["certificates"][0]["sha256"] == compute_sha256(owner)
    assert file["chain"]["path"] == [compute_sha256(owner), compute_sha256(ca)]


def test_certificates_without_a_key(inspect_file: InspectFile) -> None:
    """A file of certificates only is no error, and nobody owns a key."""
    file = inspect_file(build_pfx(HOLDER, with_key=False), password=PASSWORD)
    assert [certificate["has_private_key"] for certificate in file["certificates"]] == [False]


def test_a_key_alone(inspect_file: InspectFile) -> None:
    """A file that holds only a key has no certificate to judge."""
    file = inspect_file(build_pfx(HOLDER, with_certificate=False), password=PASSWORD)
    assert file["error"] == {"code": "no_certificate", "detail": {}}


@pytest.mark.parametrize("data", [pytest.param(THREE_DES, id="3des"), pytest.param(AES, id="aes-256")])
@pytest.mark.parametrize(
    ("password", "code"),
    [
        (None, "password_required"),
        ("", "wrong_password"),
        ("wrong", "wrong_password"),
        (" " + PASSWORD, "wrong_password"),
        (PASSWORD + "\0", "wrong_password"),
        ("\ud800", "wrong_password"),
        ("合言葉", "wrong_password"),
    ],
)
def test_passwords_that_do_not_open(
    inspect_file: InspectFile, data: bytes, password: str | None, code: str
) -> None:
    """Without a password one is asked for; any other is wrong, also one with a NUL or half a character."""
    assert inspect_file(data, password=password)["error"]["code"] == code


@pytest.mark.parametrize("password", [None, "wrong", PASSWORD])
@pytest.mark.parametrize("length", [10, 100, len(THREE_DES) // 2, len(THREE_DES) - 1])
def test_a_cut_file_is_damaged(inspect_file: InspectFile, length: int, password: str | None) -> None:
    """A truncated file is told before any password: nobody is sent looking for another one."""
    error = inspect_file(THREE_DES[:length], password=password)["error"]
    assert error == {"code": "damaged", "detail": {"size": length, "expected": len(THREE_DES)}}


@pytest.mark.parametrize("data", [pytest.param(THREE_DES, id="3des"), pytest.param(AES, id="aes-256")])
@pytest.mark.parametrize("where", ["certificate", "key", "mac"])
def test_a_changed_byte_is_damage_and_not_a_wrong_password(
    inspect_file: InspectFile, data: bytes, where: str
) -> None:
    """The MAC fails for a wrong password and for damage; a part that the password opens tells which."""
    position = {"certificate": len(data) // 3, "key": len(data) * 3 // 4, "mac": len(data) - 20}[where]
    changed = data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]
    assert inspect_file(changed, password=PASSWORD)["error"]["code"] == "damaged"
    assert inspect_file(changed, password="wrong")["error"]["code"] == "wrong_password"


@pytest.mark.parametrize(
    ("known", "unknown", "name"),
    [
        ("60864801650304012a", "60864801650304012e", "AES-256-GCM"),
        ("6086480165030402010500", "60864801650304020b 0500", "2.16.840.1.101.3.4.2.11"),
        ("2a864886f70d01050c", "2a864886f70d01057f", "1.2.840.113549.1.5.127"),
        ("2a864886f70d010706", "2a864886f70d010703", "envelopedData"),
    ],
)
@pytest.mark.parametrize("password", [None, PASSWORD])
def test_an_unknown_algorithm_is_named(
    inspect_file: InspectFile, known: str, unknown: str, name: str, password: str | None
) -> None:
    """No password helps where the algorithm is not known: it is named, or its OID given, before asking."""
    assert bytes.fromhex(known) in AES
    patched = AES.replace(bytes.fromhex(known), bytes.fromhex(unknown))
    error = inspect_file(patched, password=password)["error"]
    assert error == {"code": "unsupported_algorithm", "detail": {"algorithm": name}}


def test_endless_key_derivation_is_refused(
    inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may ask for so many iterations that the page would stall; it is refused before the first."""
    monkeypatch.setitem(limits.ALLOWED, "iterations", 5999)  # MAC, part and key ask for 2000 each
    for data in (THREE_DES, AES):
        error = inspect_file(data, password=PASSWORD)["error"]
        assert error["code"] == "over_limit"
        assert (error["detail"]["what"], error["detail"]["allowed"]) == ("iterations", 5999)
        assert error["detail"]["found"] >= 6000


def test_a_pkcs12_in_pem_armour(inspect_file: InspectFile) -> None:
    """Windows' certutil wraps a .pfx in a certificate's armour; what it holds shows in the bytes."""
    text = (
        b"-----BEGIN CERTIFICATE-----\r\n" + base64.encodebytes(THREE_DES) + b"-----END CERTIFICATE-----\r\n"
    )
    assert inspect_file(text)["error"]["code"] == "password_required"
    assert inspect_file(text, password=PASSWORD)["format"] == "pkcs12"


def test_each_file_has_its_own_password(authority_rules: Rules) -> None:
    """A file's own password stands above the one for all."""
    files = [InputFile("own", THREE_DES, PASSWORD), InputFile("all", AES), InputFile("bad", AES, "x")]
    report = inspect(files, authority_rules, japan.parse_instant("2027-03-10"), password=PASSWORD)
    outcomes = [file.get("error", {}).get("code") for file in json.loads(report.to_json())["files"]]
    assert outcomes == [None, None, "wrong_password"]


def test_a_file_in_ber(inspect_file: InspectFile) -> None:
    """Other programs write indefinite lengths (X.690 8.1.3.6): opened too, and cut ones told by their end."""
    indefinite = b"\x30\x80" + THREE_DES[4:] + b"\0\0"
    assert inspect_file(indefinite, password=PASSWORD)["password_form"] == "as_typed"
    assert inspect_file(indefinite)["error"]["code"] == "password_required"
    assert inspect_file(indefinite, password="wrong")["error"]["code"] == "wrong_password"
    assert inspect_file(indefinite[:-3], password=PASSWORD)["error"]["code"] == "damaged"
