"""What a guide does for the person who follows it."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer
from tests.support.slices import take_slice

UNINSTALL = "boj/uninstall/"
# How many of some elements Tab can reach.
COUNT = """parts => parts.filter((part) =>
  part.tabIndex >= 0 && part.checkVisibility({ visibilityProperty: true })).length"""


def open_menu(page: Page, step: str) -> Locator:
    """Open the menu of the step with that id and return it."""
    menu = page.locator(f".step:has(#{step}) .step-more")
    menu.locator("summary").click()
    return menu


def test_a_value_is_copied_exactly(page: Page, server: SiteServer) -> None:
    """The issuing site's address keeps its capital letters and its last slash, and the copy is said aloud."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server.url}boj/renew/#open-site")
    # The page may not read the clipboard (its policy), so the test looks at what the page writes into it.
    page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
    page.get_by_role("button", name="コピー: https://www.ccissue.opencanvas.ne.jp").click()
    assert (
        page.evaluate("globalThis.copied") == "https://www.ccissue.opencanvas.ne.jp/issueweb/0000/OC0000001C/"
    )
    expect(page.get_by_role("status").filter(has_text="コピーしました")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 1280])
def test_an_address_to_open_is_a_link_with_its_button_beside_it(
    page: Page, server: SiteServer, width: int
) -> None:
    """It tells the other site nothing and leaves the guide open; what is typed into a setting is no link."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}boj/renew/")
    address = "https://www.ccissue.opencanvas.ne.jp/issueweb/0000/OC0000001C/"
    link = page.get_by_role("link", name=address)
    expect(link).to_contain_text("新しいタブで開きます")
    expect(link).to_have_attribute("href", address)
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    value, button = link.bounding_box(), page.get_by_role("button", name=f"コピー: {address}").bounding_box()
    assert value is not None
    assert button is not None
    assert value["x"] + value["width"] <= button["x"]
    assert value["y"] <= button["y"] + button["height"] / 2 <= value["y"] + value["height"]
    assert value["width"] > button["width"]
    page.goto(f"{server.url}jasdec/trusted-site/")
    expect(page.get_by_role("button", name="コピー: https://webra2.secomtrust.net").first).to_be_visible()
    expect(page.locator("main a[href^='https://webra2']")).to_have_count(0)


def test_a_page_says_which_edition_it_follows(page: Page, server: SiteServer) -> None:
    """Version and date as the manual prints them, and its publisher."""
    for below, words in (
        ("jasdec/issue/", "株式会社証券保管振替機構「電子証明書発行ガイド」（Version. 3. 10、2024年5月7日、"),
        ("en/tse/renew/", "(Ver. 1.8, 17 January 2025, checked on"),
    ):
        page.goto(server.url + below)
        expect(page.locator(".about-page").last).to_contain_text(words)


def test_a_steps_link_is_copied_whole(page: Page, server: SiteServer) -> None:
    """A helpdesk pastes the address of one step, with host and path."""
    page.goto(f"{server.url}en/boj/export/")
    page.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
    open_menu(page, "choose-format")
    page.get_by_role("button", name="Copy link: 8. Choose the file format").click()
    assert page.evaluate("globalThis.copied") == f"{server.url}en/boj/export/#choose-format"


def test_without_a_clipboard_the_link_is_selected(page: Page, server: SiteServer) -> None:
    """Over plain http there is no clipboard: the address appears, selected, ready for Ctrl+C."""
    page.goto(f"{server.url}boj/export/")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_menu(page, "choose-format")
    page.get_by_role("button", name="リンクをコピー: 8.").click()
    expect(page.get_by_role("link", name=f"{server.url}boj/export/#choose-format")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == f"{server.url}boj/export/#choose-format"


def test_a_link_opens_the_variant_that_holds_its_step(page: Page, server: SiteServer) -> None:
    """Whoever is sent a step for Windows 10 sees it, although Windows 11 is shown first."""
    page.goto(f"{server.url}{UNINSTALL}#win10-apps")
    expect(page.get_by_role("tab", name="Windows 10")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#win10-apps")).to_be_in_viewport()
    expect(page.locator("#win11-apps")).to_be_hidden()


def test_the_chosen_variant_is_remembered(page: Page, server: SiteServer) -> None:
    """Who chose Windows 10 gets it on the next page, in either language; a sent link changes nothing."""
    page.goto(f"{server.url}{UNINSTALL}")
    expect(page.get_by_role("tab", name="Windows 11")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Windows 11").press("ArrowRight")
    page.goto(f"{server.url}en/{UNINSTALL}#win11-apps")
    expect(page.get_by_role("tab", name="Windows 11")).to_have_attribute("aria-selected", "true")
    page.goto(f"{server.url}en/boj/")
    page.goto(f"{server.url}en/{UNINSTALL}")
    expect(page.get_by_role("tab", name="Windows 10")).to_have_attribute("aria-selected", "true")


def test_a_linked_step_stands_out_below_the_header(page: Page, server: SiteServer) -> None:
    """The step that a link leads to is marked, and no sticky header covers its title."""
    page.goto(f"{server.url}boj/renew/#press-renew")
    title = page.locator("#press-renew")
    expect(title).to_be_in_viewport()
    covered = page.evaluate(
        "document.querySelector('.md-header').getBoundingClientRect().bottom"
        " - document.querySelector('#press-renew').getBoundingClientRect().top"
    )
    assert covered <= 0
    mark = title.locator("xpath=..").evaluate("step => getComputedStyle(step).borderLeftWidth")
    assert float(mark.removesuffix("px")) > 3


def test_the_other_language_shows_the_step_that_was_read(page: Page, server: SiteServer) -> None:
    """Whoever scrolled there, from the top or from another step's link, is not sent back to the beginning."""
    for fragment in ("", "#check-date"):
        page.goto("about:blank")
        page.goto(f"{server.url}boj/renew/{fragment}")
        page.locator("#press-renew").evaluate("title => scrollTo(0, title.offsetTop - innerHeight / 4)")
        page.get_by_role("link", name="English", exact=True).click()
        expect(page).to_have_url(f"{server.url}en/boj/renew/#press-renew")
        expect(page.locator("#press-renew")).to_be_in_viewport()


def test_an_address_that_a_mail_has_spoilt_shows_the_guide(page: Page, server: SiteServer) -> None:
    """A sign that is badly encoded names no step; `complaints` sees that no script stumbles over it."""
    page.goto(f"{server.url}boj/renew/#press-renew%")
    expect(page.locator(".step-done input").first).to_be_visible()


def test_a_guide_is_calm(page: Page, server: SiteServer) -> None:
    """At 1280 pixels boj/renew is at most 60 % of the 8,744 that it was in height, with at most 60 controls.

    Controls are what Tab can reach, on the whole page; what a menu folds is none until it is opened.
    """
    page.set_viewport_size({"width": 1280, "height": 900})
    for prefix in ("", "en/"):
        page.goto(f"{server.url}{prefix}boj/renew/")
        expect(page.locator(".follow-bar")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight") <= 0.6 * 8744
        assert page.locator("a[href], button, input, select, textarea, summary").evaluate_all(COUNT) <= 60


def test_the_menu_of_a_step_holds_all_that_is_beside_it(page: Page, server: SiteServer) -> None:
    """What else may appear, the desk, the source, the link, a message and a report: nothing is lost."""
    page.goto(f"{server.url}boj/renew/")
    menu = open_menu(page, "check-date")
    for text in ("まだ30日前になっていない", "042-359-1029", "出典: 取得・更新マニュアル 5.1.1"):
        expect(menu.get_by_text(text).first).to_be_visible()
    for name in ("リンクをコピー", "送る文面を作る", "このステップの誤りを知らせる"):
        expect(menu.locator("a, button").filter(has_text=name).first).to_be_visible()


def test_a_report_names_the_build(page: Page, server: SiteServer) -> None:
    """Step, manual, language and build are in the mail before its writer has typed a word."""
    page.goto(f"{server.url}en/boj/renew/")
    build = json.loads((server.site / "api/build.json").read_text(encoding="utf-8"))["build"]
    link = open_menu(page, "open-site").locator(".step-report")
    expect(link).to_have_attribute("href", re.compile(re.escape(build)))
    body = parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"][0]
    for words in ("boj/renew#open-site (en)", "boj-manual Copyright 2023", f"Build: {build}"):
        assert words in body


def test_the_menu_of_pages_is_beside_a_guide_when_asked_for(page: Page, server: SiteServer) -> None:
    """On a wide window a guide has the width for itself; the button shows the menu, also without scripts."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{server.url}boj/renew/")
    menu = page.locator(".md-sidebar--primary")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="メニュー").click()
    expect(menu.get_by_role("link", name="金融庁")).to_be_visible()
    page.get_by_role("navigation").get_by_role("link", name="電子証明書の手引き").click()
    expect(page).to_have_url(server.url)


def test_a_guide_says_where_it_is(page: Page, server: SiteServer) -> None:
    """The way back to the first page and to the authority's guides."""
    page.goto(f"{server.url}boj/renew/")
    crumbs = page.locator(".crumbs")
    crumbs.get_by_role("link", name="日本銀行").click()
    expect(page).to_have_url(f"{server.url}boj/")
    page.go_back()
    crumbs.get_by_role("link", name="はじめに").click()
    expect(page).to_have_url(server.url)


def test_headings_become_smaller_and_not_lighter(page: Page, server: SiteServer) -> None:
    """Each level below the one before it, in size, all of one weight."""
    page.goto(f"{server.url}boj/")
    page.evaluate("""() => document.querySelector('.md-content__inner').append(
        ...["h3", "h4"].map((level) => Object.assign(document.createElement(level), {textContent: "a"})))""")
    levels = [
        page.locator(f".md-content__inner h{level}").first.evaluate(
            "heading => [getComputedStyle(heading).fontSize, getComputedStyle(heading).fontWeight]"
        )
        for level in range(1, 5)
    ]
    sizes = [float(size.removesuffix("px")) for size, _ in levels]
    assert sizes == sorted(set(sizes), reverse=True)
    assert len({weight for _, weight in levels}) == 1


def test_a_drawn_window_says_in_words_what_to_do(page: Page, server: SiteServer) -> None:
    """A screen reader hears the window's name, each control, and what to do with it."""
    page.goto(f"{server.url}en/boj/export/")
    window = page.locator("section:has(#choose-format)").get_by_role("figure", name="Picture of the window")
    expect(window.get_by_role("listitem").filter(has_text="証明書のパスにある証明書")).to_contain_text("tick")
    expect(window.get_by_role("listitem").filter(has_text="秘密キーを削除する")).to_contain_text("clear")
    expect(window.get_by_role("listitem").filter(has_text="次へ(N)")).to_contain_text("press")
    expect(window.get_by_role("listitem").filter(has_text="拡張プロパティ")).to_contain_text("either")
    for selector in (".win-radio .win-mark", ".win-check .win-mark", ".win-button .win-label"):
        edge = window.locator(selector).first.evaluate("part => getComputedStyle(part).borderLeftWidth")
        assert float(edge.removesuffix("px")) >= 1, selector


@pytest.mark.parametrize("mounted", ["/"], indirect=True)  # the width has nothing to do with the path
def test_no_page_is_wider_than_a_phone(page: Page, site: Path, server: SiteServer) -> None:
    """Nothing has to be pushed sideways on 320 pixels, not the longest label or address."""
    page.set_viewport_size({"width": 320, "height": 800})
    wide = []
    for path in take_slice(sorted(site.rglob("index.html")), 4):
        below = path.relative_to(site).as_posix().removesuffix("index.html")
        if below.startswith(("s/", "en/s/")):
            continue  # leads on to a page that is looked at
        page.goto(f"{server.url}{below}", wait_until="domcontentloaded")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(below)
    assert wide == []


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("mounted", ["/"], indirect=True)  # the width has nothing to do with the path
def test_the_sites_name_lies_within_the_header(page: Page, server: SiteServer, language: str) -> None:
    """On two lines, too, where a phone is narrow: nothing of it is cut off."""
    page.goto(f"{server.url}{language}boj/renew/")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        header, name = (page.locator(part).bounding_box() for part in (".md-header", ".site-name"))
        assert header
        assert name
        assert header["y"] <= name["y"], width
        assert name["y"] + name["height"] <= header["y"] + header["height"], width


def test_without_scripts_every_variant_is_there_to_read(scriptless: Page, server: SiteServer) -> None:
    """Variants stand one after another, each under its name, and a step's link is a plain link."""
    scriptless.goto(f"{server.url}{UNINSTALL}")
    expect(scriptless.locator("#win10-apps")).to_be_visible()
    expect(scriptless.locator("#win11-apps")).to_be_visible()
    expect(scriptless.get_by_text("Windows 10", exact=True).first).to_be_visible()
    open_menu(scriptless, "win10-apps")
    expect(scriptless.get_by_role("link", name="このステップのリンク").first).to_be_visible()


def test_a_step_under_a_condition_is_folded_and_not_counted(page: Page, server: SiteServer) -> None:
    """One sees title and condition; no number, no tick, no place; a link to it unfolds it."""
    page.goto(f"{server.url}boj/renew/")
    step = page.locator("section:has(> #proxy)")
    expect(step.get_by_role("heading")).to_have_text(re.compile("^[^0-9]"))
    expect(step.locator(".step-fold > summary")).to_have_text("「プロキシ認証」が表示されたときだけ")
    expect(step.get_by_role("figure")).to_be_hidden()
    expect(step.get_by_role("checkbox")).to_have_count(0)
    counted = page.locator(".step:not([data-only-when])").count()
    expect(page.locator(".follow-count")).to_contain_text(f"{counted}個中0個")
    page.goto("about:blank")
    page.goto(f"{server.url}boj/renew/#proxy")
    expect(step.get_by_role("figure")).to_be_visible()
