"""Several certificates and files at once; and that what is in them stays text.

One page serves all tests, as it would serve a person who chooses one file after another.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, expand_row, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
FITS = {
    "ja": "発行者の署名（合っています。ルート証明書は未確認）",
    "en": "Issuer's signature (it fits; the root is not checked)",
}


def test_what_a_certificate_says_is_text(ready: Page) -> None:
    """Markup in a name, an address or a file's name is shown letter by letter (issue: textContent only)."""
    evil = "<img src=x onerror=alert(1)>"
    certificate = mint.mint(cn=evil, issuer_cn="<script>alert(2)</script>", email="<b>@example.jp")
    choose_files(ready, (f"{evil}.cer", mint.encode_der(certificate)))
    expect(ready.locator(".check-panel > h2")).to_have_text(f"{evil}.cer")
    expect(ready.locator(".check-card")).to_contain_text(evil)
    expect(ready.locator(".check-card")).to_contain_text("<b>@example.jp")
    expect(ready.locator("#checker img, #checker script, #checker b")).to_have_count(0)


def test_one_card_for_each_certificate_that_is_no_authoritys(ready: Page, language: Language) -> None:
    """A bundle: a card for each holder's certificate, the issuers' in a list."""
    issuer = mint.get_root()
    choose_files(
        ready, ("x.p7b", mint.build_p7b(mint.mint(issuer, cn="a1"), mint.mint(issuer, cn="a2"), issuer))
    )
    expect(ready.locator(".check-card")).to_have_count(2)
    expect(ready.locator(".check-panel > div > details summary")).to_have_text(
        select_words(
            language, "一緒に入っていた発行者の証明書（1枚）", "Issuers' certificates that came along (1)"
        )
    )
    expect(ready.locator(".check-card summary").first).to_have_text(FITS[language])


def test_files_chosen_together_are_judged_together(ready: Page, language: Language) -> None:
    """No file is lost, and one may hold another's issuer."""
    issuer = mint.get_root()
    choose_files(
        ready,
        ("leaf.cer", mint.encode_der(mint.mint(issuer))),
        ("root.cer", mint.encode_der(issuer)),
        ("n.txt", b"no"),
    )
    expect(ready.locator(".check-unfold")).to_have_text(["n.txt", "leaf.cer", "root.cer"])
    card = expand_row(ready, "leaf.cer").locator(".check-card")
    expect(card.locator("summary").first).to_have_text(FITS[language])
    expect(expand_row(ready, "n.txt").locator(".check-error[data-code=not_a_certificate]")).to_be_visible()


def test_a_file_can_be_dropped_anywhere(ready: Page) -> None:
    """A drop beside the zone does not make the browser leave the page."""
    data = list(mint.encode_der(mint.mint(cn="dropped")))
    transfer = ready.evaluate_handle(
        """bytes => { const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "dropped.cer")); return transfer; }""",
        data,
    )
    ready.dispatch_event("footer", "drop", {"dataTransfer": transfer})
    expect(ready.locator(".check-card")).to_contain_text("dropped")
