"""What of a certificate could not be read, or was read by a guess, is said on its card."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, select_words
from tests.certcheck.x509 import test_fields
from tests.certcheck.x509.test_names import CN, TELETEX, encode_attribute, forge_certificate
from tests.support.forge import replace_fields
from tests.support.mint import encode_der, encode_pem, get_root, mint
from tests.support.mint_pkcs12 import encode_octets, encode_sequence

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER = test_fields.HOLDER


def test_a_key_that_cannot_be_read(ready: Page, language: Language) -> None:
    """The name and the dates stand; the key is named, and what to do does not speak of exporting."""
    fields, _ = test_fields.UNREADABLE["RSA key of garbage"]
    choose_files(ready, ("x.cer", replace_fields(HOLDER, get_root(), **fields)))
    card = ready.locator(".check-card[data-verdict=open]")
    expect(card).to_contain_text("a123456")
    words = select_words(
        language, "読めない項目があります：公開鍵。", "These fields cannot be read: public key."
    )
    expect(card.locator("[data-remark=unreadable]")).to_contain_text(words)


def test_dates_that_cannot_be_read(ready: Page, language: Language) -> None:
    """There is a verdict of its own, no drawing, and a dash in place of the day."""
    validity = encode_sequence(test_fields.TIMES[0], encode_octets(b"x"))
    choose_files(ready, ("x.cer", replace_fields(HOLDER, get_root(), validity=validity)))
    card = ready.locator(".check-card[data-verdict=no_dates]")
    expect(card.locator(".check-verdict-label")).to_have_text(
        select_words(language, "有効期間を読めません", "The validity period cannot be read")
    )
    expect(card.locator("svg.timeline")).to_have_count(0)
    expect(card.locator(".check-facts")).to_contain_text("—")
    expect(card).not_to_contain_text("Invalid")


@pytest.mark.parametrize(
    ("octets", "text", "encoding"),
    [
        ("日本銀行".encode("iso2022_jp"), "日本銀行", "ISO-2022-JP"),
        ("COMPAÑIA".encode("latin-1"), "COMPAÑIA", "Latin-1"),
        ("商事".encode("cp932"), "商事", "Shift-JIS"),
    ],
    ids=["ISO-2022-JP", "Latin-1", "Shift-JIS"],
)
def test_text_that_is_a_guess(
    ready: Page, language: Language, octets: bytes, text: str, encoding: str
) -> None:
    """The guess is named above the fields and beside the text."""
    choose_files(ready, ("x.cer", forge_certificate(encode_attribute(CN, TELETEX, octets))))
    card = ready.locator(".check-card")
    subject = select_words(language, f"サブジェクト（{encoding}）", f"subject ({encoding})")
    expect(card.locator("[data-remark=guessed]")).to_contain_text(subject)
    beside = f"{text}（文字コードの推定：{encoding}）", f"{text} (encoding guessed: {encoding})"
    expect(card.locator("dd").get_by_text(select_words(language, *beside))).to_have_count(1)


def test_an_attribute_that_is_no_text(ready: Page, language: Language) -> None:
    """Its octets do not pass for its text."""
    choose_files(ready, ("x.cer", forge_certificate(encode_attribute(CN, 0x0C, b"\xff\xfe"))))
    words = "fffe（文字として読めないため、16進数で表示しています）", "fffe (no text; shown in hexadecimal)"
    expect(ready.locator(".check-card dd").get_by_text(select_words(language, *words))).to_have_count(1)


def test_the_name_is_not_the_certificates(ready: Page, language: Language) -> None:
    """Who chose a .cer is not told to choose one."""
    choose_files(ready, ("a123456.cer", b"something else"))
    error = ready.locator(".check-error[data-code=not_a_certificate]")
    words = "名前は証明書のファイルのものですが", "It is named like a certificate's file"
    expect(error.locator("h3")).to_contain_text(select_words(language, *words))


def test_the_block_of_a_damaged_certificate(ready: Page, language: Language) -> None:
    """Its number stands beside what is wrong, in words and not in certcheck's codes."""
    choose_files(ready, ("x.pem", encode_pem(mint()) + encode_pem(get_root())[:-40]))
    part = ready.locator(".check-panel [data-code=damaged]")
    words = (
        "証明書の文字が、「-----END」の行の前で切れています。（2番目の「-----BEGIN」から）",
        "The certificate's text ends before its line “-----END”. (the “-----BEGIN” number 2)",
    )
    expect(part).to_have_text(select_words(language, *words))


def test_a_certificate_of_another_shape(ready: Page) -> None:
    """How the issuer made it is no reason to export it again."""
    data = encode_der(mint()).replace(b"\x30\x1e\x17\x0d", b"\x31\x1e\x17\x0d")
    choose_files(ready, ("x.cer", data))
    error = ready.locator(".check-error[data-code=damaged]")
    expect(error.locator(".check-next-steps a")).to_have_attribute("href", "#by-hand")
