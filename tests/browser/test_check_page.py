"""The checker's page around its results: the site's header, paper, narrow windows, words for fingers."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import (
    LONG,
    TODAY,
    Language,
    choose_files,
    compute_day_end,
    judge_certificate,
    open_checker,
    select_words,
)
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
OPEN = mint.mint(not_after=compute_day_end(2027, 3, 30))


def test_the_header_is_the_sites(ready: Page, server: SiteServer, language: Language) -> None:
    """The name leads home, the menu to the systems, the search to the box that opens with its page."""
    header = ready.locator("header.check-frame")
    menu = header.locator("summary")
    menu.press("Enter")
    systems = header.get_by_role("link", name=select_words(language, "日本銀行", "Bank of Japan"))
    expect(systems).to_be_visible()
    expect(header.locator("[aria-current=page]")).to_be_visible()
    menu.press("Enter")
    home = server.url + ("" if language == "ja" else "en/")
    expect(header.locator("#home svg")).to_have_count(1)
    with ready.context.new_page() as page:
        page.goto(f"{home}check/")
        page.get_by_role("link", name=select_words(language, "検索", "Search"), exact=True).click()
        expect(page.locator("#search-words")).to_be_focused()
        expect(page).to_have_url(re.compile(f"^{re.escape(home)}#"))
        tab_icon = page.locator("link[rel=icon]").get_attribute("href") or ""
        drawing = page.request.get(page.evaluate("href => new URL(href, location).href", tab_icon)).text()
        assert 'd="M17 21.5l3 3 6-7"' in drawing
        assert page.locator(".site-logo path").last.get_attribute("d") == "M17 21.5l3 3 6-7"


def test_paper_has_the_verdict_alone(page: Page, server: SiteServer) -> None:
    """Neither zone nor buttons nor help are printed with a result; without one, the help is."""
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    page.emulate_media(media="print")
    expect(page.locator("#by-hand")).to_be_visible()
    page.emulate_media(media="screen")
    card = judge_certificate(page, OPEN)
    page.emulate_media(media="print")
    expect(card.locator("h3")).to_be_visible()
    expect(card.locator(".check-facts")).to_be_visible()
    hidden = [
        ".check-drop-zone",
        "#state",
        "#by-hand",
        ".check-clear",
        "header nav",
        ".check-card .cg-button",
    ]
    for selector in hidden:
        expect(page.locator(selector).first).to_be_hidden()


@pytest.mark.parametrize("count", [1, 3])
def test_nothing_is_lost_at_400_per_cent(page: Page, server: SiteServer, count: int) -> None:
    """In a window of 320 px nothing scrolls sideways, with everything unfolded (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    names = [f"a-rather-long-name-of-a-file-{number}.cer" for number in range(count)]
    choose_files(page, *((name, mint.encode_der(OPEN)) for name in names))
    if count > 1:
        page.get_by_role("button", name=names[0]).click()
    expect(page.locator(".check-card[data-sha256]")).to_be_visible()
    page.locator("main details").evaluate_all("all => all.forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for region in page.locator(".check-scroll").all():
        assert region.evaluate("element => element.scrollWidth - element.clientWidth") <= 0


def test_words_for_fingers(chromium: Browser, server: SiteServer, language: Language) -> None:
    """Where the main pointer is a finger, it taps, and nothing speaks of a PC or of keys."""
    with chromium.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}
    ) as context:
        page = context.new_page()
        page.goto(f"{server.url}{'' if language == 'ja' else 'en/'}check/")
        expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
        zone = page.locator(".check-drop-zone")
        expect(zone).to_contain_text(select_words(language, "をタップして", "Tap “Choose a file”"))
        expect(zone).to_contain_text(select_words(language, "この端末の外へ", "leave this device"))
        expect(zone).not_to_contain_text("Ctrl")


def test_words_for_a_mouse(ready: Page, language: Language) -> None:
    """With a mouse the zone speaks of keys, and of the PC."""
    zone = ready.locator(".check-drop-zone")
    expect(zone).to_contain_text(select_words(language, "このパソコンの外へ", "leave this PC"))
    expect(zone).to_contain_text("Ctrl+V")
