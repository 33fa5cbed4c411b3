"""What is in a .pfx, how it was opened; and of a file that cannot be used, why, and what comes next."""

from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, enter_password, expand_row, find_card
from tests.support import mint, mint_pkcs12
from tests.support.mint_pkcs12 import (
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_plain_part,
    encode_password,
)

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER, OTHER, STRANGER = mint.mint(), mint.mint(cn="a654321"), mint.mint(cn="stranger")
BMP = encode_password(mint.PASSWORD)


def build_pfx_with_open_certificates(*more: bytes) -> bytes:
    """Build what Windows writes with certificate privacy off, with further parts."""
    key_id = b"\1\0\0\0"
    parts = (
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP), "key", key_id)),
        build_plain_part(build_certificate_bag(HOLDER, "名前", key_id)),
    )
    return mint_pkcs12.assemble_pfx(*parts, *more, mac=build_mac(BMP))


def test_everything_in_it_is_listed(ready: Page, language: Language) -> None:
    """Each certificate, each key with its owner; a key that fits none is flagged; more may be hidden."""
    strange = build_plain_part(build_key_bag(STRANGER, build_pbes1(BMP), "strange"))
    hidden = build_encrypted_part(
        build_pbes1(BMP), build_certificate_bag(OTHER), build_key_bag(OTHER, build_pbes1(BMP))
    )
    choose_files(ready, ("x.pfx", build_pfx_with_open_certificates(strange, hidden)))
    ready.locator("[data-half-open] summary").click()
    enter_password(ready, mint.PASSWORD)
    expect(find_card(ready, OTHER)).to_be_visible()
    contents = ready.locator(".check-contents")
    for certificate in (HOLDER, OTHER):
        expect(contents.locator(f"[data-sha256='{mint.compute_sha256(certificate)}']")).to_have_count(1)
    own = contents.locator(f"[data-key='{mint.compute_sha256(HOLDER)}']")
    expect(own).to_contain_text(
        {"ja": "一致を確かめました。", "en": "That they match was checked."}[language]
    )
    stray = contents.locator("[data-key='']")
    expect(stray).to_contain_text(
        {"ja": "どの証明書とも一致しません。", "en": "it fits no certificate in this file."}[language]
    )
    expect(stray).to_have_class("check-warning")
    expect(contents).to_have_attribute("open", "")
    expect(contents.locator(".check-incomplete")).to_have_count(1)


def test_unencrypted_certificates_show_without_a_password(ready: Page, language: Language) -> None:
    """Windows' certificate privacy off: the card at once, the key not opened; the password may follow."""
    choose_files(ready, ("x.pfx", build_pfx_with_open_certificates()))
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(ready.locator("[data-half-open] > p")).to_contain_text(
        {"ja": "秘密キーは開いていません。", "en": "The private key was not opened."}[language]
    )
    key = ready.locator(".check-contents [data-key]")
    not_proven = {"ja": "一致は確かめていません。", "en": "so that was not checked."}[language]
    expect(key).to_contain_text(not_proven)
    ready.locator("[data-half-open] summary").click()
    enter_password(ready, "wrong")
    wrong = {"ja": "パスワードが違います。", "en": "The password is wrong."}[language]
    expect(ready.locator("[data-half-open] .check-warning")).to_have_text(wrong)
    expect(ready.locator("form.check-password input")).to_be_focused()
    expect(find_card(ready, HOLDER)).to_be_visible()
    enter_password(ready, mint.PASSWORD)
    expect(ready.locator("[data-half-open]")).to_have_count(0)
    expect(key).not_to_contain_text(not_proven)


def test_who_cannot_open_the_file(ready: Page, language: Language) -> None:
    """Under the result, in one line, from the algorithms in the file; of 3DES with SHA-1 nothing is known."""
    line = ready.locator("[data-refused-by]")
    choose_files(ready, ("x.pfx", mint.build_pfx(HOLDER, protection="aes-256")))
    enter_password(ready, mint.PASSWORD)
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Windows Server 2016")
    expect(line).to_contain_text(
        {"ja": "パスワードが正しくても、違うと表示されます。", "en": "the password is wrong"}[language]
    )
    choose_files(ready, ("x.pfx", mint.build_pfx(HOLDER, protection="3des")))
    enter_password(ready, mint.PASSWORD)
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(line).to_have_count(0)


FORMS = {
    "as_typed": ("合言葉ガ", "合言葉ガ"),
    "nfkc": ("合言葉12", "合言葉１２"),
    "nfc": ("ガ", "カ\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}"),
    "nfd": ("カ\N{COMBINING KATAKANA-HIRAGANA VOICED SOUND MARK}", "ガ"),
    "trimmed": ("合言葉", "合言葉\N{IDEOGRAPHIC SPACE}"),
    "nfkc_trimmed": ("12", "１２\N{IDEOGRAPHIC SPACE}"),
}


@pytest.mark.parametrize("form", FORMS)
def test_which_form_of_the_password_opened_it(ready: Page, form: str) -> None:
    """Japanese passwords open; the form is said, unless it is the one that was typed."""
    password, typed = FORMS[form]
    choose_files(ready, ("x.pfx", mint.build_pfx(HOLDER, password)))
    enter_password(ready, typed)
    expect(find_card(ready, HOLDER)).to_be_visible()
    note = ready.locator("[data-form]")
    expect(note).to_have_count(0 if form == "as_typed" else 1)
    if form != "as_typed":
        expect(note).to_have_attribute("data-form", form)


def test_full_width_digits_in_words(ready: Page, language: Language) -> None:
    """What to type next time, in the person's words."""
    choose_files(ready, ("x.pfx", mint.build_pfx(HOLDER, "12")))
    enter_password(ready, "１２")
    words = {"ja": "全角の英数字を半角に", "en": "full-width letters and digits"}[language]
    expect(ready.locator("[data-form]")).to_contain_text(words)


def build_unknown_cipher() -> bytes:
    """Return a PKCS #12 whose AES-256-CBC calls itself AES-256-GCM."""
    cbc, gcm = bytes.fromhex("60864801650304012a"), bytes.fromhex("60864801650304012e")
    return mint.build_pfx(protection="aes-256").replace(cbc, gcm)


def build_account_pfx() -> bytes:
    """Return a PKCS #12 whose password is protected to a Windows account."""
    secret = mint_pkcs12.build_secret_bag("1.3.6.1.4.1.311.17.4", b"protected")
    return mint_pkcs12.assemble_pfx(
        build_encrypted_part(build_pbes1(BMP), build_certificate_bag(HOLDER)),
        build_plain_part(secret),
        mac=build_mac(BMP),
    )


def build_request() -> bytes:
    """Return a CSR."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(mint.build_name(CN="a123456"))
    return builder.sign(mint.generate_ec_key(), hashes.SHA256()).public_bytes(Encoding.PEM)


def build_signature() -> bytes:
    """Return a signature in PKCS #7, without certificates."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"text")
    signed = builder.add_signer(HOLDER.certificate, HOLDER.key, hashes.SHA256())
    return signed.sign(Encoding.DER, [pkcs7.PKCS7Options.NoCerts])


def encode_private_key() -> bytes:
    """Return a private key's file."""
    return mint.generate_ec_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def build_oversized_pfx() -> bytes:
    """Return a PKCS #12 with more certificates than are looked at."""
    return mint_pkcs12.assemble_pfx(
        build_plain_part(*[build_certificate_bag(HOLDER)] * 1_501), mac=build_mac(BMP)
    )


# The file; its sentence; the addresses that lead on.
UNUSABLE: dict[str, tuple[Callable[[], bytes], str, tuple[str, ...]]] = {
    "empty_file": (lambda: b"", "ファイルが空です。", ("#no-key-file", "boj/export/")),
    "too_large": (
        lambda: bytes(10_000_001),
        "ファイルが大きすぎます（10 MB まで）。",
        ("#no-key-file",),
    ),
    "over_limit": (
        build_oversized_pfx,
        "このファイルの確認には、時間かメモリーがかかりすぎます。",
        ("#by-hand",),
    ),
    "not_a_certificate": (
        lambda: b"no certificate at all",
        "証明書のファイルではありません。",
        ("#no-key-file",),
    ),
    "certificate_request": (
        build_request,
        "これは証明書ではなく、証明書の発行を申し込むためのファイル（CSR）です。",
        ("boj/issue/", "tse/issue/", "fsa/get/"),
    ),
    "private_key": (
        encode_private_key,
        "これは秘密キーのファイルで、証明書が入っていません。",
        ("#no-key-file", "boj/export/"),
    ),
    "signature": (build_signature, "これは電子署名のファイルで、証明書が入っていません。", ("#no-key-file",)),
    "damaged": (
        lambda: mint.build_pfx()[:-40],
        "ファイルが途中で切れています。",
        ("#no-key-file", "boj/export/"),
    ),
    "password_required": (mint.build_pfx, "このファイルを開くには、パスワードが必要です。", ()),
    "windows_account": (
        build_account_pfx,
        "このファイルは、パスワードではなく Windows のアカウントで保護されています。",
        ("boj/export/",),
    ),
    "unsupported_algorithm": (
        build_unknown_cipher,
        "このファイルの暗号方式（AES-256-GCM）には対応していません。",
        ("#no-key-file",),
    ),
    "no_certificate": (
        lambda: mint.build_pfx(password=None, with_certificate=False),
        "このファイルには証明書が入っていません。",
        ("#no-key-file", "boj/export/"),
    ),
}


@pytest.mark.parametrize("code", UNUSABLE)
def test_what_is_wrong_and_what_to_do_next(ready: Page, language: Language, code: str) -> None:
    """Each code has its own sentence, a next step and the guides that lead on."""
    build, sentence, next_steps = UNUSABLE[code]
    choose_files(ready, ("x", build()))
    error = ready.locator(f".check-error[data-code={code}]")
    expect(error).to_be_visible()
    if language == "ja":
        expect(error.locator("h3")).to_have_text(sentence)
    expect(error.locator("h3 + p")).not_to_be_empty()
    addresses = [link.get_attribute("href") or "" for link in error.locator(".check-next-steps a").all()]
    for step in next_steps:
        assert any(address.endswith(step) for address in addresses), (step, addresses)
    expect(ready.locator("form.check-password")).to_have_count(1 if code == "password_required" else 0)


def test_where_it_is_damaged(ready: Page, language: Language) -> None:
    """A file that was cut off says how much of it is there."""
    data = mint.build_pfx()
    choose_files(ready, ("x.pfx", data[:-40]))
    figures = {
        "ja": f"{len(data)}バイトのうち{len(data) - 40}バイトしかありません",
        "en": f"{len(data) - 40} bytes of {len(data)}",
    }
    expect(ready.locator(".check-error")).to_contain_text(figures[language])


def test_the_figure_of_a_limit(ready: Page, language: Language) -> None:
    """A file beyond a bound says which one, how much it has and how much is taken."""
    choose_files(ready, ("x.pfx", build_oversized_pfx()))
    figures = {"ja": "証明書の数：1,501（上限 500）", "en": "certificates: 1,501 (limit 500)"}
    expect(ready.locator(".check-error")).to_contain_text(figures[language])


def test_a_link_to_the_page_opens_what_it_leads_to(ready: Page) -> None:
    """The way to a file without key lies folded on this page: its link unfolds it."""
    choose_files(ready, ("x", b"no certificate"))
    expect(ready.locator("#no-key-file")).not_to_have_attribute("open", "")
    ready.locator(".check-next-steps a").first.click()
    expect(ready.locator("#no-key-file")).to_have_attribute("open", "")
    ready.locator("#no-key-file > summary").click()


def test_the_hints_after_a_wrong_password(ready: Page, language: Language) -> None:
    """What can be seen of the password that was tried comes first: full-width letters, spaces."""
    choose_files(ready, ("x.pfx", mint.build_pfx()))
    enter_password(ready, "ｗrong ")
    expect(ready.locator(".check-error[data-code=wrong_password]")).to_be_visible()
    hints = ready.locator("form.check-password li")
    expect(hints.nth(0)).to_contain_text({"ja": "全角の文字", "en": "full-width"}[language])
    expect(hints.nth(1)).to_contain_text({"ja": "空白", "en": "space"}[language])
    field = ready.locator("form.check-password input")
    expect(field).to_be_focused()
    ready.get_by_role("button", name={"ja": "表示", "en": "Show"}[language], exact=True).click()
    expect(field).to_have_attribute("type", "text")


def test_the_same_wrong_password_again(ready: Page) -> None:
    """A second attempt with the same outcome is answered, too: the field is empty again."""
    choose_files(ready, ("x.pfx", mint.build_pfx()))
    for _ in range(2):
        enter_password(ready, "wrong")
        expect(ready.locator(".check-error[data-code=wrong_password]")).to_be_visible()
        expect(ready.locator("form.check-password input")).to_have_value("")


def test_one_password_disturbs_no_other_file(ready: Page) -> None:
    """While one file is opened, what was typed for another stays."""
    choose_files(ready, ("a.pfx", mint.build_pfx(HOLDER)), ("b.pfx", mint.build_pfx(OTHER)), ("n.txt", b"no"))
    for name in ("a.pfx", "b.pfx", "n.txt"):
        expand_row(ready, name)
    fields = ready.locator("form.check-password input")
    expect(fields).to_have_count(2)
    fields.nth(1).fill("half a pass")
    fields.nth(0).fill(mint.PASSWORD)
    fields.nth(0).press("Enter")
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(ready.locator("form.check-password input")).to_have_value("half a pass")
    expect(ready.locator(".check-error[data-code=not_a_certificate]")).to_be_visible()
