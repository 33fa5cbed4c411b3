"""The search box, as a person with a keyboard, a mouse, a screen reader or an input method uses it."""

from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer

MESSAGE = "有効な証明書申請はありません"


def find_box(page: Page) -> Locator:
    """Return the field for the query."""
    return page.get_by_role("combobox")


@pytest.mark.parametrize(("start", "words"), [("", "更新"), ("en/boj/renew/", "renew")])
def test_a_step_is_found_and_opened(page: Page, server: SiteServer, start: str, words: str) -> None:
    """From any page, at the root and below a path: a result opens at its step, in the page's language."""
    page.goto(server.url + start)
    find_box(page).fill(words)
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    address = urlsplit(first.get_attribute("href") or "")
    first.click()
    expect(page).to_have_url(urljoin(server.url + start, address.geturl()))
    assert urlsplit(page.url).path.startswith(f"{server.base_path}{'en/' if start else ''}")
    expect(page.locator(f"#{address.fragment}")).to_be_in_viewport()


def test_a_pasted_message_opens_its_answer_with_the_keyboard(page: Page, server: SiteServer) -> None:
    """Paste, Enter: the first result opens without a mouse."""
    page.goto(server.url)
    find_box(page).fill(MESSAGE)
    expect(page.get_by_role("option").first).to_contain_text(MESSAGE)
    find_box(page).press("Enter")
    expect(page).to_have_url(f"{server.url}jasdec/questions/#no-valid-application")


def test_arrows_move_along_the_results(page: Page, server: SiteServer) -> None:
    """The focus stays in the box, aria-activedescendant tells what is chosen, and the list goes around."""
    page.goto(server.url)
    find_box(page).fill(MESSAGE)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(find_box(page)).to_have_attribute("aria-expanded", "true")
    find_box(page).press("ArrowDown")
    find_box(page).press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(find_box(page)).to_have_attribute(
        "aria-activedescendant", options.nth(1).get_attribute("id") or "-"
    )
    expect(find_box(page)).to_be_focused()
    find_box(page).press("ArrowUp")
    find_box(page).press("ArrowUp")
    expect(find_box(page)).not_to_have_attribute("aria-activedescendant", "")
    find_box(page).press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")


def test_escape_closes_then_empties(page: Page, server: SiteServer) -> None:
    """The first Escape keeps the words, the second takes them away."""
    page.goto(server.url)
    find_box(page).fill(MESSAGE)
    expect(page.get_by_role("listbox")).to_be_visible()
    find_box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(find_box(page)).to_have_value(MESSAGE)
    find_box(page).press("Escape")
    expect(find_box(page)).to_have_value("")


def test_enter_belongs_to_the_input_method_while_it_converts(page: Page, server: SiteServer) -> None:
    """Who accepts a conversion with Enter does not leave the page (UI Events, isComposing)."""
    page.goto(server.url)
    find_box(page).fill("こうしん")
    expect(page.get_by_role("option").first).to_be_visible()
    composing = {"key": "Enter", "bubbles": True, "isComposing": True}
    find_box(page).evaluate("(box, init) => box.dispatchEvent(new KeyboardEvent('keydown', init))", composing)
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page).to_have_url(server.url)


def list_index_requests(server: SiteServer) -> list[str]:
    """List the addresses of JSON files that were requested: the search's index is the only one."""
    return [request.target for request in server.requests if request.target.endswith(".json")]


def test_the_index_is_loaded_with_the_first_focus_only(page: Page, server: SiteServer) -> None:
    """Who does not search loads no index; who does loads that of the page's language, once."""
    page.goto(f"{server.url}en/", wait_until="networkidle")
    assert not list_index_requests(server)
    find_box(page).focus()
    find_box(page).fill("passcode")
    expect(page.get_by_role("option").first).to_be_visible()
    indexes = list_index_requests(server)
    assert len(indexes) == 1
    assert indexes[0].endswith("/search.en.json")
    before = len(server.requests)
    find_box(page).fill("export")
    expect(page.get_by_role("option").first).to_contain_text("xport")
    assert len(server.requests) == before


def test_nothing_found_is_said(page: Page, server: SiteServer) -> None:
    """No result is seen and heard, not an empty list."""
    page.goto(server.url)
    find_box(page).fill("ψψψ")
    expect(page.get_by_role("status").filter(has_text="見つかりません")).to_be_visible()
    expect(find_box(page)).to_have_attribute("aria-expanded", "false")


def test_the_number_of_results_is_said_once(page: Page, server: SiteServer) -> None:
    """A screen reader hears how many there are after the typing, not at every letter."""
    page.goto(server.url)
    status = page.locator(".search-status")
    status.evaluate(
        "status => { globalThis.heard = []; new MutationObserver(() => {"
        " if (status.textContent) heard.push(status.textContent); }).observe(status, {childList: true}); }"
    )
    find_box(page).press_sequentially("パスコード")
    expect(status).to_have_text("8件")
    assert page.evaluate("heard") == ["8件"]


def test_an_index_that_does_not_come_is_said_and_tried_again(
    page: Page, server: SiteServer, complaints: list[str]
) -> None:
    """Without a connection the box says so; the next letter tries again."""
    page.goto(server.url)
    page.route("**/search.ja.json", lambda route: route.abort())
    find_box(page).fill("更新")
    expect(page.get_by_role("status").filter(has_text="読み込めませんでした")).to_be_visible()
    page.unroute("**/search.ja.json")
    find_box(page).fill("更新する")
    expect(page.get_by_role("option").first).to_be_visible()
    assert all("ERR_FAILED" in complaint for complaint in complaints), complaints
    complaints.clear()


def test_on_a_narrow_screen_a_button_opens_the_box(page: Page, server: SiteServer) -> None:
    """On 320 pixels the box is behind a button that says so, and nothing is wider than the screen."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(server.url)
    expect(find_box(page)).to_be_hidden()
    opener = page.get_by_role("button", name="検索", exact=True)
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(find_box(page)).to_be_focused()
    find_box(page).fill(MESSAGE)
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    find_box(page).press("Escape")
    find_box(page).press("Escape")
    find_box(page).press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_without_scripts_there_is_no_dead_box(scriptless: Page, server: SiteServer) -> None:
    """The box could not work, so it is not shown."""
    scriptless.goto(server.url)
    expect(scriptless.locator(".search")).to_be_hidden()


def read_results(page: Page) -> list[str]:
    """Return what each result shows, once there are any."""
    expect(page.get_by_role("option").first).to_be_visible()
    return page.get_by_role("option").all_inner_texts()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_result_says_whose_it_is_and_what_matched(
    page: Page, server: SiteServer, width: int, prefix: str
) -> None:
    """Each has a title, a line and its authority; marked is what matched, also in the site's own word."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(server.url + prefix)
    if width < 960:
        page.locator(".search-open").click()
    find_box(page).fill("stolen computer" if prefix else "端末を盗まれた")
    read_results(page)
    shown = page.locator(".search-found mark").all_inner_texts()
    for word in ("PC", "stolen") if prefix else ("パソコン", "盗まれ"):
        assert any(word in mark for mark in shown), shown
    for option in page.get_by_role("option").all():
        assert option.locator(".search-line").inner_text()
        assert option.locator(".search-owner").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("prefix", "words"), [("", "更新"), ("en/", "renewal")])
def test_results_are_narrowed_to_a_system(page: Page, server: SiteServer, prefix: str, words: str) -> None:
    """One press above the results leaves out the other systems; Escape leads back to the box."""
    page.goto(server.url + prefix)
    find_box(page).fill(words)
    read_results(page)
    systems = page.locator(".search-narrow button")
    expect(systems).to_have_count(5)
    name = "Tokyo Stock Exchange" if prefix else "東京証券取引所"
    for_all = "All systems" if prefix else "共通"
    systems.filter(has_text=name).click()
    expect(systems.filter(has_text=name)).to_have_attribute("aria-pressed", "true")
    assert set(page.locator(".search-owner").all_inner_texts()) <= {name, for_all}
    systems.filter(has_text=name).press("Escape")
    expect(find_box(page)).to_be_focused()
    find_box(page).press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_narrowed_search_without_results_can_be_widened(page: Page, server: SiteServer) -> None:
    """Where a system has nothing, its button is still pressed, and the others are there."""
    page.goto(server.url)
    find_box(page).fill("更新")
    read_results(page)
    page.locator('.search-narrow button[value="tse"]').click()
    find_box(page).fill("2147023673")
    expect(page.get_by_role("status").filter(has_text="見つかりません")).to_be_visible()
    page.locator('.search-narrow button[value=""]').click()
    expect(page.get_by_role("option").first).to_be_visible()


@pytest.mark.parametrize("system", ["boj", "fsa", "jasdec", "tse"])
@pytest.mark.parametrize(("prefix", "words"), [("", "期限が切れた"), ("en/", "certificate expired")])
def test_on_a_systems_page_its_own_answer_comes_first(
    page: Page, server: SiteServer, prefix: str, words: str, system: str
) -> None:
    """Whoever reads one system's page and asks means that system."""
    page.goto(f"{server.url}{prefix}{system}/")
    find_box(page).fill(words)
    read_results(page)
    href = page.get_by_role("option").first.get_attribute("href") or ""
    assert href.endswith(f"#{system}.expired"), href


@pytest.mark.parametrize(("prefix", "words"), [("", "証明書の確認"), ("en/", "certificate checker")])
def test_the_checker_is_found(page: Page, server: SiteServer, prefix: str, words: str) -> None:
    """It is one press away, by its own name."""
    page.goto(f"{server.url}{prefix}boj/renew/")
    find_box(page).fill(words)
    page.get_by_role("option").first.click()
    expect(page).to_have_url(f"{server.url}{prefix}check/")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_term_opens_at_its_place(page: Page, server: SiteServer, prefix: str) -> None:
    """The glossary's words are found, and the page opens where the word is."""
    page.goto(f"{server.url}{prefix}")
    find_box(page).fill("秘密鍵とは" if not prefix else "what is a private key")
    option = page.locator('.search-step[href$="glossary/#private-key"]')
    expect(option).to_be_visible()
    option.click()
    expect(page.locator("#private-key")).to_be_in_viewport()
