"""The forms of a password: those that are tried, the one that worked, and the cost of trying."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, get_args

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from certcheck import InputFile, limits
from certcheck.errors import Failure
from certcheck.formats.pkcs12 import containers, passwords, public_keys
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


def test_the_password_of_the_mac_alone(inspect_file: InspectFile) -> None:
    """It is right for the MAC, so the file is whole: what is in it has another password."""
    error = inspect_file(MAC_OF_ANOTHER, password="another")["error"]
    assert error == {"code": "wrong_password", "detail": {"where": "contents"}}


@pytest.mark.parametrize("version", [1, 2])
def test_versions_that_rfc_7292_does_not_have(inspect_file: InspectFile, version: int) -> None:
    """OpenSSL opens them: it does not look at the version."""
    data = build_protected_pfx("secret")
    at = data.index(b"\x02\x01\x03\x30")
    changed = data[:at] + bytes([2, 1, version]) + data[at + 3 :]
    assert inspect_file(changed, password="secret")["password_form"] == "as_typed"
    assert inspect_file(changed, password="wrong")["error"]["code"] == "wrong_password"
