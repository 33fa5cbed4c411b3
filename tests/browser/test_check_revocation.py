"""Revocation lists on the page: chosen together with the certificates, without a request."""

import csv
import io

import pytest
from cryptography import x509
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, expand_row, find_card, select_words
from tests.support import mint
from tests.support.mint_crl import build_entry, mint_list

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER = mint.mint()
ROOT = ("root.cer", mint.encode_der(mint.get_root()))
CERTIFICATE = ("x.cer", mint.encode_der(HOLDER))


def test_a_revoked_certificate(ready: Page, language: Language) -> None:
    """The verdict names day and reason; no day to renew is left, in the card or for a calendar."""
    entry = build_entry(reason=x509.ReasonFlags.key_compromise)
    choose_files(ready, CERTIFICATE, ROOT, ("ca.crl", mint_list(entry)))
    card = expand_row(ready, "x.cer").locator(".check-card")
    expect(card).to_have_attribute("data-verdict", "revoked")
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "この証明書は失効しています（失効日 2027年2月1日、理由：鍵の漏えい）。",
            "The certificate has been revoked (on 1 February 2027; reason: key compromise).",
        )
    )
    expect(card.locator("[data-revocation=revoked]")).to_be_visible()
    expect(card.locator(".check-days-left")).to_have_count(0)
    calendar = select_words(language, "カレンダーに入れる", "Save to calendar")
    expect(card.get_by_role("button", name=calendar)).to_have_count(0)
    expect(expand_row(ready, "ca.crl").locator("[data-revocation-list=used]")).to_have_count(1)


def test_not_on_the_list(ready: Page, language: Language) -> None:
    """The day of the list and of the next one stand there, and that nothing later is known."""
    choose_files(ready, CERTIFICATE, ROOT, ("ca.crl", mint_list()))
    note = expand_row(ready, "x.cer").locator("[data-revocation=not_listed]")
    for words in select_words(language, "2027年3月8日 2027年3月15日", "8 March 2027|15 March 2027").split(
        " " if language == "ja" else "|"
    ):
        expect(note).to_contain_text(words)
    expect(note).to_contain_text(
        select_words(language, "そのあとに失効したかどうかは分かりません。", "after that is not known")
    )
    expect(find_card(ready, HOLDER)).to_have_attribute("data-verdict", "open")


def test_a_list_of_another_ca_of_the_same_name(ready: Page, language: Language) -> None:
    """It says neither yes nor no, and the page says why."""
    other = mint.mint_ca(cn=mint.BOJ)
    choose_files(ready, CERTIFICATE, ROOT, ("ca.crl", mint_list(build_entry(), issuer=other)))
    note = expand_row(ready, "x.cer").locator("[data-revocation=unknown]")
    expect(note.locator("[data-code=bad_signature]")).to_have_count(1)
    expect(note).to_contain_text(
        select_words(language, "失効しているかどうか分かりません。", "do not tell whether")
    )
    expect(expand_row(ready, "ca.crl").locator("[data-revocation-list=unused]")).to_have_count(1)


def test_a_list_alone(ready: Page) -> None:
    """It is named, with what to choose together with it."""
    choose_files(ready, ("ca.crl", mint_list(build_entry())))
    expect(ready.locator("[data-revocation-list=unused] h3")).to_be_focused()


def test_the_csv_has_a_column_for_it(ready: Page, language: Language) -> None:
    """Whoever keeps a list of PCs sees which certificates are revoked, and when."""
    choose_files(ready, CERTIFICATE, ROOT, ("ca.crl", mint_list(build_entry())))
    expect(ready.locator(".check-files > tbody > tr")).to_have_count(3)
    button = ready.get_by_role("button", name=select_words(language, "CSV で保存", "Save as CSV"))
    with ready.expect_download() as download:
        button.click()
    text = download.value.path().read_text("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    column = head.index(select_words(language, "失効", "Revocation"))
    words = select_words(language, "失効||失効リスト", "revoked||revocation list").split("|")
    assert [row[column] for row in rows] == words
    assert rows[0][column + 1] == "2027-02-01 12:00:00"
