"""A .pfx whose key derivation takes long: the person may go on, and stop, and is told what was not tried."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, enter_password, select_words
from tests.certcheck.formats.pkcs12.test_unusual_pfx import MAC_OF_ANOTHER
from tests.support.mint import encode_der, mint
from tests.support.mint_pkcs12 import build_costly_pfx

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER = mint(cn="b654321")
WORDS = {
    "wrong_password": ("中身は別のパスワードで", "encrypted with another one"),
    "damaged": ("改ざんの検出が合いません", "the integrity check fails"),
}


def test_going_on_and_stopping(ready: Page, language: Language) -> None:
    """What takes beyond the time is offered and not begun; stopped, it costs no other file its outcome."""
    choose_files(ready, ("x.pfx", build_costly_pfx(1_000_000_000)), ("y.cer", encode_der(HOLDER)))
    costly = ready.locator(".check-panel", has_text="x.pfx")
    expect(costly.locator(".check-error[data-code=over_limit]")).to_be_visible()
    ready.get_by_role("button", name=select_words(language, "続けて試す", "Go on")).click()
    ready.get_by_role("button", name=select_words(language, "止める", "Stop")).click()
    expect(costly.locator(".check-error[data-code=stopped]")).to_be_visible(timeout=60_000)
    expect(ready.locator("article.check-card")).to_contain_text("b654321")


def test_both_passwords(ready: Page, language: Language) -> None:
    """OpenSSL's -twopass: whichever is typed first, the other is asked for, and the file is whole."""
    for first, second, code in (("another", "secret", "wrong_password"), ("secret", "another", "damaged")):
        choose_files(ready, ("x.pfx", MAC_OF_ANOTHER))
        enter_password(ready, first)
        expect(ready.locator(f".check-error[data-code={code}]")).to_contain_text(
            select_words(language, *WORDS[code])
        )
        labels = {
            "wrong_password": ("このファイルのパスワード", "Password of this file"),
            "damaged": ("改ざんの検出のパスワード", "Password of the integrity check"),
        }
        expect(ready.locator("form.check-password label")).to_have_text(select_words(language, *labels[code]))
        if code == "damaged":
            enter_password(ready, "neither")
            expect(ready.locator("form.check-password [id$=hints]")).to_be_visible()
        enter_password(ready, second)
        expect(ready.locator(".check-card").first).to_contain_text("a123456")
        expect(ready.locator(".check-warning")).to_have_count(0)


def test_a_mac_of_another_password(ready: Page, language: Language) -> None:
    """It is shown where the person goes on, with a word on the integrity check."""
    choose_files(ready, ("x.pfx", MAC_OF_ANOTHER))
    enter_password(ready, "secret")
    expect(ready.locator(".check-error[data-code=damaged]")).to_be_visible()
    ready.get_by_role("button", name=select_words(language, "続けて試す", "Go on")).click()
    expect(ready.locator(".check-card")).to_contain_text("a123456")
    expect(ready.locator(".check-warning [data-code=damaged]")).to_be_visible()
