"""Pasting text or a file: anywhere on the page, and into the field for it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import LONG, Language, choose_files, find_card, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER = mint.mint()
PEM = mint.encode_pem(HOLDER).decode()
BARE = "".join(PEM.splitlines()[1:-1])


def copy_text(page: Page, text: str) -> None:
    """Put a text on the clipboard."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def unfold_field(page: Page) -> None:
    """Show the field for pasting."""
    if not page.locator("#paste").is_visible():
        page.locator("details:has(#paste) > summary").click()


@pytest.mark.parametrize("text", [PEM, BARE, f"> {PEM}"], ids=["PEM", "bare Base64", "quoted"])
def test_anywhere(ready: Page, language: Language, text: str) -> None:
    """Ctrl+V with nothing focused reads PEM and bare Base64; the panel says that it was pasted."""
    choose_files(ready, ("n.txt", b"no"))
    copy_text(ready, text)
    ready.locator("body").click(position={"x": 2, "y": 2})
    ready.keyboard.press("Control+V")
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(ready.locator(".check-panel > h2")).to_have_text(
        select_words(language, "貼り付けたテキスト", "pasted text")
    )


def test_into_the_field(ready: Page, language: Language) -> None:
    """The field takes a paste, stays empty, and takes no typing either; beside files it is folded away."""
    choose_files(ready, ("n.txt", b"no"))
    expect(ready.locator(".check-error")).to_be_visible()
    ready.get_by_role("button", name=select_words(language, "すべて消す", "Clear everything")).click()
    unfold_field(ready)
    field = ready.get_by_role("textbox", name=select_words(language, "ここに貼り付ける", "Paste here"))
    field.click()
    ready.keyboard.type("secret")
    expect(field).to_have_text("")
    copy_text(ready, PEM)
    field.press("Control+V")
    expect(find_card(ready, HOLDER)).to_be_visible(timeout=LONG)
    expect(ready.locator("#paste")).to_have_text("")
    assert ready.evaluate("document.body.innerText").count(BARE[:20]) == 0


def test_what_is_no_certificate(ready: Page) -> None:
    """Other text has its error; blanks are nothing."""
    choose_files(ready, ("x.cer", mint.encode_der(HOLDER)))
    expect(find_card(ready, HOLDER)).to_be_visible()
    ready.locator("body").click(position={"x": 2, "y": 2})
    copy_text(ready, " \n")
    ready.keyboard.press("Control+V")
    expect(find_card(ready, HOLDER)).to_be_visible()
    copy_text(ready, "hello")
    ready.keyboard.press("Control+V")
    expect(ready.locator(".check-error[data-code=not_a_certificate]")).to_be_visible()


def test_a_password_can_still_be_pasted(ready: Page) -> None:
    """A paste into a form's field is the field's."""
    choose_files(ready, ("x.pfx", mint.build_pfx(HOLDER)))
    field = ready.locator("form.check-password input")
    expect(field).to_be_focused()
    copy_text(ready, mint.PASSWORD)
    field.press("Control+V")
    field.press("Enter")
    expect(find_card(ready, HOLDER)).to_be_visible()
