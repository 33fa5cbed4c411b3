"""The forms of a password: those that are tried, the one that worked, and the cost of trying."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, get_args

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from certcheck import limits
from certcheck.formats.pkcs12 import containers, passwords, public_keys
from tests.support.mint import mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_pbmac1,
    build_plain_part,
    encode_password,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
JAPANESE = "合言葉ガ12"
MANY_FORMS = "がか\u3099１ "


def build_protected_pfx(password: str) -> bytes:
    """Build a file as Windows protects it."""
    return build_pfx_of_encoded_password(encode_password(password))


def build_pfx_of_encoded_password(password: bytes) -> bytes:
    """Build a file; the password as PKCS #12 encodes it."""
    return assemble_pfx(
        build_encrypted_part(build_pbes1(password), build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(password))),
        mac=build_mac(password),
    )


@pytest.mark.parametrize(
    ("file_password", "typed", "form"),
    [
        pytest.param(JAPANESE, JAPANESE, "as_typed", id="Japanese"),
        pytest.param("𠮷野😀", "𠮷野😀", "as_typed", id="two UTF-16 units"),
        pytest.param("pass123", "ｐａｓｓ１２３", "nfkc", id="full-width letters"),
        pytest.param("合言葉ガ12", "合言葉ガ１２", "nfkc", id="full-width digits"),
        pytest.param("合言葉ガ", "合言葉ｶﾞ", "nfkc", id="half-width kana"),
        pytest.param("ガ", unicodedata.normalize("NFD", "ガ"), "nfc", id="a mark apart, as macOS types"),
        pytest.param(unicodedata.normalize("NFD", "ガ"), "ガ", "nfd", id="made where marks are apart"),
        pytest.param("１２３", "１２３", "as_typed", id="made with full-width digits"),
        pytest.param("secret", "secret ", "trimmed", id="a blank at the end"),
        pytest.param("secret", "secret\r\n", "trimmed", id="a line end"),
        pytest.param("secret", "secret\u3000", "trimmed", id="an ideographic space"),
        pytest.param("pass123", "ｐａｓｓ１２３\u3000", "nfkc_trimmed", id="a blank as wide as the digits"),
        pytest.param("secret ", "secret ", "as_typed", id="a blank that belongs to it"),
    ],
)
def test_forms(inspect_file: InspectFile, file_password: str, typed: str, form: str) -> None:
    """The password as it was typed comes first, then what an input method or a clipboard changes."""
    file = inspect_file(build_protected_pfx(file_password), password=typed)
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == (form, True)


def test_old_openssl(inspect_file: InspectFile) -> None:
    """OpenSSL before 1.1 took each byte of the UTF-8 for a character."""
    widened = b"".join(bytes([0, byte]) for byte in JAPANESE.encode()) + b"\0\0"
    assert (
        inspect_file(build_pfx_of_encoded_password(widened), password=JAPANESE)["password_form"]
        == "legacy_openssl"
    )


@pytest.mark.parametrize(
    "empty", [pytest.param(b"", id="length zero"), pytest.param(b"\0\0", id="two zeros")]
)
@pytest.mark.parametrize("with_mac", [True, False])
def test_the_empty_password_in_both_encodings(
    inspect_file: InspectFile, empty: bytes, *, with_mac: bool
) -> None:
    """RFC 7292 B.1 leaves open whether its two zero bytes are there; with a MAC or without."""
    parts = (
        build_encrypted_part(build_pbes1(empty), build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(empty))),
    )
    file = inspect_file(assemble_pfx(*parts, mac=build_mac(empty) if with_mac else None))
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == ("empty", True)


def test_no_password_is_needed(inspect_file: InspectFile) -> None:
    """Neither encrypted nor with a MAC."""
    file = inspect_file(
        assemble_pfx(build_plain_part(build_certificate_bag(HOLDER), build_key_bag(HOLDER))), password="x"
    )
    assert (file["password_form"], file["pkcs12"]["encryption"]) == ("none", [])


@pytest.mark.parametrize(("password", "form"), [("secret", "as_typed"), ("another", None), (None, None)])
def test_an_open_key_proves_no_password(
    inspect_file: InspectFile, password: str | None, form: str | None
) -> None:
    """The library opens a file without a MAC by its first key alone; another key may still be encrypted."""
    data = assemble_pfx(
        build_plain_part(
            build_certificate_bag(HOLDER),
            build_key_bag(HOLDER),
            build_key_bag(mint(), build_pbes1(encode_password("secret"))),
        )
    )
    file = inspect_file(data, password=password)
    assert file["password_form"] == form
    assert [key["opened"] for key in file["pkcs12"]["keys"]] == [True, form is not None]
    codes = [failure["code"] for failure in file.get("failures", [])]
    assert codes == (["wrong_password"] if password == "another" else [])


def test_forms_that_are_the_same_are_tried_once() -> None:
    """A password of ASCII letters has but one form beside the empty one."""
    assert [form for form, _ in passwords.list_forms("secret")] == ["as_typed", "empty"]
    assert [form for form, _ in passwords.list_forms(MANY_FORMS)] == list(get_args(passwords.Form))[1:-2]
    consoles = {form for form, _ in passwords.list_forms("ä§")} & {"shift_jis", "latin_1"}
    assert consoles == {"latin_1"}  # Shift-JIS has no such letter
    assert "shift_jis" in {form for form, _ in passwords.list_forms(JAPANESE)}


@pytest.mark.parametrize("password", ["a\0b", "\ud800", "\0"])
def test_passwords_without_a_form(password: str) -> None:
    """A NUL stops the library's whole program; half a surrogate pair is no text."""
    assert list(passwords.list_forms(password)) == [("empty", b"")]


@pytest.mark.parametrize("part", [0, 1])
def test_damage_is_told_from_a_wrong_password(inspect_file: InspectFile, part: int) -> None:
    """Where the password opens one piece, it is right: the other piece is damaged, or else the MAC."""
    bad = build_pbes1(encode_password("another"))
    schemes = [bad if number == part else build_pbes1(encode_password("secret")) for number in range(2)]
    parts = (
        build_encrypted_part(schemes[0], build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, schemes[1])),
    )
    error = inspect_file(assemble_pfx(*parts, mac=build_mac(encode_password("secret"))), password="secret")[
        "error"
    ]
    assert error == {"code": "damaged", "detail": {"part": part + 1}}
    good = build_encrypted_part(build_pbes1(encode_password("secret")), build_certificate_bag(HOLDER))
    error = inspect_file(assemble_pfx(good, mac=build_mac(encode_password("another"))), password="secret")[
        "error"
    ]
    assert error == {"code": "damaged", "detail": {"where": "mac"}}


@pytest.mark.parametrize(
    ("trials", "search", "pieces"),
    [(10**6, 10**6, 9), (10**6, 250_000, 3), (10**6, 0, 1), (300_100, 10**6, 3)],
)
def test_a_wrong_password_costs_little(
    inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch, trials: int, search: int, pieces: int
) -> None:
    """Each form costs a MAC's iterations; what then tells damage from a wrong password shares the rest."""
    part = build_encrypted_part(build_pbes2(b"secret", iterations=100_000), build_certificate_bag(HOLDER))
    attempts: list[int] = []

    def load(data: bytes, password: bytes) -> object:
        attempts.append(len(data))
        return load_pkcs12(data, password)

    monkeypatch.setattr(containers, "load_pkcs12", load)
    monkeypatch.setitem(limits.ALLOWED, "iterations", trials)
    monkeypatch.setattr(limits, "DIAGNOSIS_BUDGET", search)
    data = assemble_pfx(part, mac=build_mac(encode_password("secret"), iterations=10))
    assert inspect_file(data, password=MANY_FORMS)["error"]["code"] == "wrong_password"
    whole = attempts.count(len(data))
    assert whole == 8
    assert len(attempts) - whole == pieces  # one a form, two for both encodings of the empty password


CERTIFICATE, KEY = (
    build_certificate_bag(HOLDER),
    build_key_bag(HOLDER, build_pbes1(encode_password("secret"))),
)
COSTLY = build_pbes2(b"secret", iterations=20_000)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            assemble_pfx(
                build_encrypted_part(build_pbes1(encode_password("secret")), CERTIFICATE),
                build_plain_part(KEY),
                mac=build_mac(encode_password("secret")),
            ),
            id="as Windows writes it",
        ),
        pytest.param(
            assemble_pfx(
                build_encrypted_part(COSTLY, CERTIFICATE),
                build_plain_part(build_key_bag(HOLDER, COSTLY)),
                mac=build_mac(encode_password("secret")),
            ),
            id="many iterations for certificate and key",
        ),
        pytest.param(
            assemble_pfx(build_plain_part(CERTIFICATE, KEY), mac=build_mac(encode_password("secret"))),
            id="certificate privacy off",
        ),
        pytest.param(
            assemble_pfx(build_encrypted_part(COSTLY, CERTIFICATE, build_key_bag(HOLDER))),
            id="a single part, no MAC",
        ),
        pytest.param(
            assemble_pfx(
                build_encrypted_part(COSTLY, CERTIFICATE, build_key_bag(HOLDER)), mac=build_pbmac1(b"secret")
            ),
            id="a single part, a MAC that the library verifies",
        ),
    ],
)
def test_nothing_is_opened_twice(
    inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """Finding the password opens each piece; what it opened is read, not derived and decrypted again."""
    opened: list[bytes] = []

    def load_container(encoded: bytes, password: bytes) -> PKCS12KeyAndCertificates:
        loaded = load_pkcs12(encoded, password)
        opened.append(b"whole" if encoded == data else encoded)
        return loaded

    def load_key(encoded: bytes, password: bytes | None, **options: bool) -> PrivateKeyTypes:
        loaded = load_der_private_key(encoded, password, **options)
        opened.append(encoded)
        return loaded

    monkeypatch.setattr(containers, "load_pkcs12", load_container)
    monkeypatch.setattr(public_keys, "load_der_private_key", load_key)
    file = inspect_file(data, password="secret")
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == ("as_typed", True)
    assert len(opened) == len(set(opened))
    assert b"whole" not in opened or len(opened) == 1


@pytest.mark.parametrize(
    ("typed", "code_page", "form"),
    [
        pytest.param("合言葉12", "cp932", "shift_jis", id="Japanese"),
        pytest.param("ﾊﾟｽ①", "cp932", "shift_jis", id="half-width kana, and a sign of Windows' own"),
        pytest.param("naïve", "cp1252", "latin_1", id="a letter of Latin-1"),
        pytest.param("10€", "cp1252", "latin_1", id="a sign of Windows' own"),
    ],
)
@pytest.mark.parametrize("is_modern", [True, False], ids=["PBES2", "3DES"])
def test_the_bytes_of_a_console(
    inspect_file: InspectFile, typed: str, code_page: str, form: str, *, is_modern: bool
) -> None:
    """OpenSSL takes bytes that are no UTF-8 for characters in its own derivation, as they are in PBKDF2."""
    password = typed.encode(code_page)
    encoded = encode_password(password.decode("latin-1"))
    scheme = build_pbes2(password) if is_modern else build_pbes1(encoded)
    data = assemble_pfx(
        build_encrypted_part(scheme, build_certificate_bag(HOLDER)),
        build_plain_part(build_key_bag(HOLDER, scheme)),
        mac=build_mac(encoded, "sha256" if is_modern else "sha1"),
    )
    file = inspect_file(data, password=typed)
    if typed == "naïve" and not is_modern:
        form = "as_typed"  # Unicode's first 256 characters are Latin-1's
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == (form, True)
    assert "failures" not in file
