"""The checker's page changes its language in place: the result stays, and nothing is requested for it."""

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import (
    LONG,
    TODAY,
    choose_files,
    compute_day_end,
    enter_password,
    expand_row,
    find_card,
    open_checker,
)
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
OPEN = mint.mint(not_after=compute_day_end(2027, 3, 20))


@pytest.fixture
def opened(page: Page, server: SiteServer) -> Page:
    """Return the Japanese page, ready."""
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    return page


def test_the_result_stays(opened: Page, server: SiteServer) -> None:
    """Words, address and title are the other page's; what was unfolded stays; Back brings the words back."""
    choose_files(opened, ("x.cer", mint.encode_der(OPEN)))
    card = find_card(opened, OPEN)
    card.locator("details").first.locator("summary").click()
    opened.evaluate("window.isSamePage = true")
    before = list(server.requests)
    opened.get_by_role("link", name="English").press("Enter")
    expect(opened).to_have_url(f"{server.url}en/check/")
    expect(opened).to_have_title("Certificate checker - Client certificate guides")
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    expect(opened.locator("h1")).to_have_text("Certificate checker")
    expect(card.locator("h3")).to_contain_text("You can renew")
    expect(card.locator("details").first).to_have_attribute("open", "")
    expect(opened.locator(".check-drop-zone label")).to_have_text("Choose a file")
    expect(opened.locator("#state")).to_contain_text("Ready.")
    expect(opened.get_by_role("button", name="Clear everything")).to_be_visible()
    expect(opened.locator("#by-hand > summary")).to_contain_text("certmgr")
    expect(opened.get_by_role("link", name="日本語")).to_be_focused()
    assert card.locator(".check-main-action").get_attribute("href") == "../boj/renew/#check-date"
    opened.go_back()
    expect(opened.locator("h1")).to_have_text("証明書の確認")
    expect(card.locator("h3")).to_contain_text("更新できます")
    expect(opened).to_have_url(f"{server.url}check/")
    assert opened.evaluate("window.isSamePage")
    assert server.requests == before


def test_what_was_typed_and_sorted_stays(opened: Page) -> None:
    """Rows that were expanded, the order, half a password; the file opens after the change."""
    other = mint.mint(cn="b1", not_after=compute_day_end(2027, 6, 30))
    choose_files(
        opened,
        ("a.cer", mint.encode_der(other)),
        ("b.pfx", mint.build_pfx(OPEN)),
        ("bad.cer", b"no"),
    )
    expand_row(opened, "b.pfx")
    enter_password(opened, "wrong")
    expect(opened.locator(".check-error[data-code=wrong_password] li").first).to_be_visible(timeout=LONG)
    opened.locator("form.check-password input").fill("half a pass")
    opened.get_by_role("button", name="ファイル", exact=True).press("Enter")
    opened.get_by_role("link", name="English").click()
    expect(opened.locator(".check-counts")).to_have_text("cannot be read: 1, need a password: 1, not yet: 1")
    expect(opened.locator("th[aria-sort=ascending]")).to_have_text("File")
    expect(opened.get_by_role("button", name="b.pfx")).to_have_attribute("aria-expanded", "true")
    expect(opened.locator("form.check-password input")).to_have_value("half a pass")
    expect(opened.locator("form.check-password li").first).to_contain_text("Capital and small letters")
    enter_password(opened, mint.PASSWORD)
    expect(find_card(opened, OPEN).locator("h3")).to_contain_text("You can renew")


def test_cleared_it_stays_cleared(opened: Page) -> None:
    """After Clear there is nothing to say again, and new files are read in the new language."""
    choose_files(opened, ("x.cer", mint.encode_der(OPEN)))
    expect(find_card(opened, OPEN)).to_be_visible()
    opened.get_by_role("button", name="すべて消す").click()
    opened.get_by_role("link", name="English").click()
    expect(opened.locator("#cleared")).to_contain_text("have been wiped")
    expect(opened.locator(".check-card")).to_have_count(0)
    choose_files(opened, ("n.txt", b"no"))
    expect(opened.locator(".check-error h3")).to_have_text("This is not a certificate file.")
