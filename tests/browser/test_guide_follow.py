"""Following a procedure: ticks, place, and the way from step to step."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer

EXPORT = "boj/export/"
UNINSTALL = "boj/uninstall/"


def find_checkbox(page: Page, title: str) -> Locator:
    """Return the checkbox of the step whose title begins so."""
    return page.get_by_role("checkbox", name=f"済み: {title}")


def open_contents(page: Page) -> Locator:
    """Unfold the list of a guide's steps and return it."""
    contents = page.locator("details.contents")
    contents.locator("summary").click()
    return contents


def test_a_tick_stays_on_the_device(page: Page, server: SiteServer) -> None:
    """A tick survives a reload, holds in both languages, and is the guide's own."""
    page.goto(f"{server.url}{EXPORT}")
    find_checkbox(page, "1. ").check()
    page.reload()
    expect(find_checkbox(page, "1. ")).to_be_checked()
    expect(find_checkbox(page, "2. ")).not_to_be_checked()
    page.goto(f"{server.url}en/{EXPORT}")
    expect(page.get_by_role("checkbox", name="Done: 1. ")).to_be_checked()
    page.goto(f"{server.url}boj/import/")
    expect(find_checkbox(page, "1. ")).not_to_be_checked()


def test_the_device_keeps_only_which_steps_are_done(page: Page, server: SiteServer) -> None:
    """The ids of the ticked steps and the first open one under the guide's id, and no other word."""
    page.goto(f"{server.url}{EXPORT}")
    find_checkbox(page, "2. ").check()
    find_checkbox(page, "1. ").check()
    assert page.evaluate("({ ...localStorage })") == {
        "done:boj/export": "before-you-start run",
        "begun:boj/export": "2 15 start",
    }


def test_ticks_are_cleared_at_once(page: Page, server: SiteServer) -> None:
    """One button clears the guide's ticks for good, and is not there when there is nothing to clear."""
    page.goto(f"{server.url}{EXPORT}")
    reset = page.get_by_role("button", name="済みの印をすべて消す")
    expect(reset).to_be_hidden()
    find_checkbox(page, "1. ").check()
    reset.click()
    expect(find_checkbox(page, "1. ")).not_to_be_checked()
    expect(reset).to_be_hidden()
    expect(page.get_by_role("status").filter(has_text="済みの印をすべて消しました")).to_have_count(1)
    page.reload()
    expect(find_checkbox(page, "1. ")).not_to_be_checked()


def test_where_storage_is_forbidden_ticks_hold_in_the_page(
    page: Page, server: SiteServer, complaints: list[str]
) -> None:
    """A browser that keeps nothing loses nothing else: ticks, count and tabs work until the page is left."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden') } })"
    )
    page.goto(f"{server.url}{UNINSTALL}")
    find_checkbox(page, "1. ").check()
    expect(page.get_by_text("8個中1個が済み（残り7個）", exact=True).first).to_be_visible()
    page.get_by_role("tab", name="Windows 10").click()
    expect(page.locator("#win10-apps")).to_be_visible()
    assert set(complaints) <= {"forbidden"}
    complaints.clear()  # of the theme's scripts, which do without, but not silently


def test_where_one_is_is_said_once(page: Page, server: SiteServer) -> None:
    """Below the steps: how many are done and left, said aloud when a tick changes it."""
    page.goto(f"{server.url}en/{UNINSTALL}")
    first = page.locator(".step:has(#sign-in)")
    expect(page.locator(".follow-count")).to_have_text("0 of 8 done (8 to go)")
    first.get_by_role("checkbox").check()
    expect(page.get_by_role("status").filter(has_text="1 of 8 done (7 to go)")).to_have_count(1)
    expect(page.get_by_role("progressbar", name="Progress through the steps")).to_have_js_property("value", 1)
    texts = [text for text in page.locator("main").all_inner_texts() if "1 of 8" in text]
    assert sum(text.count("of 8") for text in texts) == 1


def test_only_the_shown_variant_counts(page: Page, server: SiteServer) -> None:
    """A tick under Windows 11 is none under Windows 10; the other's steps are on no way and in no list.

    Windows 10 has one step fewer: the eighth is done only when Windows asks.
    """
    page.goto(f"{server.url}{UNINSTALL}")
    find_checkbox(page, "2. ").check()
    count = page.locator(".follow-count")
    expect(count).to_have_text("8個中1個が済み（残り7個）")
    page.get_by_role("tab", name="Windows 10").click()
    expect(count).to_have_text("7個中0個が済み（残り7個）")
    contents = open_contents(page)
    expect(contents.locator("[href='#win10-apps']")).to_be_visible()
    expect(contents.locator("[href='#win11-apps']")).to_be_hidden()
    find_checkbox(page, "1. ").check()
    page.get_by_role("link", name="続き: 2. ").click()
    expect(page.locator("#win10-settings")).to_be_focused()
    find_checkbox(page, "1. ").uncheck()
    page.get_by_role("tab", name="Windows 11").click()
    expect(count).to_have_text("8個中1個が済み（残り7個）")


def test_the_bar_leads_to_the_next_open_step(page: Page, server: SiteServer) -> None:
    """By keys: the step is in view, below the header, and has the focus; after the last one comes the end."""
    page.goto(f"{server.url}{EXPORT}#run")
    find_checkbox(page, "1. ").check()
    find_checkbox(page, "2. ").check()
    page.get_by_role("link", name="続き: 3. ").press("Enter")
    expect(page).to_have_url(f"{server.url}{EXPORT}#start")
    expect(page.locator("#start")).to_be_focused()
    expect(page.locator("#start")).to_be_in_viewport()
    for checkbox in page.get_by_role("checkbox", name="済み: ").all():
        checkbox.check()
    page.locator(".follow-bar").get_by_role("link", name="終わったら").click()
    expect(page.locator("#what-now")).to_be_in_viewport()


def test_a_begun_guide_is_offered_on_the_first_page(page: Page, server: SiteServer) -> None:
    """With how far one is, in the page's language, at the first open step, until finished or cleared."""
    page.goto(f"{server.url}{EXPORT}")
    find_checkbox(page, "1. ").check()
    page.goto(f"{server.url}boj/import/")
    find_checkbox(page, "2. ").check()
    page.goto(f"{server.url}en/")
    offers = page.get_by_role("region", name="Guides that you have begun")
    expect(offers.get_by_role("listitem")).to_have_count(2)
    expect(offers).to_contain_text("1 of 15 done")
    offers.get_by_role("link", name="Back up your certificate").click()
    expect(page).to_have_url(f"{server.url}en/{EXPORT}#run")
    for checkbox in page.get_by_role("checkbox", name="Done: ").all():
        checkbox.check()
    page.goto(server.url)
    offers = page.get_by_role("region", name="途中の手順")
    expect(offers.get_by_role("listitem")).to_have_count(1)
    offers.get_by_role("button", name="この一覧から消す: 日本銀行").click()
    expect(offers).to_have_count(0)
    page.goto(f"{server.url}boj/import/")
    expect(find_checkbox(page, "2. ")).not_to_be_checked()


@pytest.mark.parametrize(
    ("guide", "width"),
    [("boj/issue/", 390), ("en/jasdec/issue/", 1280), ("fsa/revoke-and-get/", 1280), ("en/tse/issue/", 390)],
)
def test_a_guide_is_followed_to_its_end(page: Page, server: SiteServer, guide: str, width: int) -> None:
    """A guide of each authority, ticked and led from step to step: each step is in view when its turn comes.

    Steps that are done under a condition only have no number, and the way leads past them.
    """
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{server.url}{guide}")
    steps = page.locator(".step:not([data-only-when]):visible")
    onward = page.get_by_role("link", name=re.compile("続き: |Go on: "))
    for index in range(steps.count()):
        step = steps.nth(index)
        expect(step.locator("h2")).to_contain_text(f"{index + 1}. ")
        step.get_by_role("checkbox").check()
        if index + 1 < steps.count():
            onward.click()
            expect(steps.nth(index + 1).locator("h2")).to_be_in_viewport()
    expect(page.locator(".follow-bar")).to_contain_text(re.compile("すべて済みました|All steps are done"))


def test_what_is_left_stays_in_sight(page: Page, server: SiteServer) -> None:
    """From the first step to the last the count and the next open step are on the screen, in one line."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{server.url}{EXPORT}")
    find_checkbox(page, "1. ").check()
    bar = page.locator(".follow-bar")
    for title in ("#before-you-start", "#choose-format", "#close"):
        page.locator(title).scroll_into_view_if_needed()
        expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None
    assert box["height"] < 60
    bar.get_by_role("link", name="続き: 2. ").click()
    expect(page.locator("#run")).to_be_focused()


def test_on_a_low_window_nothing_lies_over_the_steps(page: Page, server: SiteServer) -> None:
    """At 200 % or on a phone on its side the progress stays at the end of the steps."""
    page.set_viewport_size({"width": 640, "height": 360})
    page.goto(f"{server.url}{EXPORT}#choose-format")
    expect(page.locator(".follow-bar")).to_have_css("position", "static")


def test_done_steps_are_marked_in_the_contents(page: Page, server: SiteServer) -> None:
    """With a mark that is read out, not with a colour."""
    page.goto(f"{server.url}{EXPORT}")
    find_checkbox(page, "2. ").check()
    contents = open_contents(page)
    expect(contents.get_by_role("img", name="済み")).to_have_count(1)
    expect(contents.get_by_role("link", name="2. ").get_by_role("img", name="済み")).to_be_visible()
    find_checkbox(page, "2. ").uncheck()
    expect(contents.get_by_role("img", name="済み")).to_have_count(0)


def test_answers_are_not_ticked_off(page: Page, server: SiteServer) -> None:
    """A list of answers has no order and no end."""
    page.goto(f"{server.url}boj/troubleshoot/")
    expect(page.locator(".step-more").first).to_be_visible()
    expect(page.locator(".step-done, .follow-bar, .follow-head")).to_have_count(0)


def test_a_step_leads_to_help(page: Page, server: SiteServer) -> None:
    """Who sees something else finds it in the step's menu: what else may appear, and the desk to call."""
    page.goto(f"{server.url}{EXPORT}")
    step = page.locator(".step:has(#choose-private-key)")
    step.locator(".step-more > summary").click()
    expect(step.locator(".step-more")).to_contain_text("このとおりにならないとき")
    step = page.locator(".step:has(#run)")
    expect(step.get_by_text("042-359-1029")).to_be_hidden()
    step.get_by_text("このとおりにならないとき・出典・リンク").click()
    expect(step.get_by_text("042-359-1029")).to_be_visible()
    expect(step.get_by_text("042-359-1029")).to_contain_text("営業日の 9:00～17:00")


def test_a_desk_is_linked_by_what_it_is_for(page: Page, server: SiteServer) -> None:
    """A link to one of the contacts says that it leads to a contact, and for what."""
    page.goto(f"{server.url}boj/renew/")
    page.locator(".step:has(#confirm-result) .step-more > summary").click()
    page.get_by_role("link", name="「問い合わせ先：").first.click()
    expect(page).to_have_url(re.compile(r"/boj/contacts/#"))


def test_without_scripts_a_procedure_has_all_its_steps(scriptless: Page, server: SiteServer) -> None:
    """Numbered, each with its menu, the contents and the end, and no box that would do nothing."""
    scriptless.goto(f"{server.url}{EXPORT}")
    expect(scriptless.locator(".step > h2")).to_have_count(15)
    step = scriptless.locator(".step:has(#run)")
    step.locator("summary").click()
    expect(step.get_by_text("042-359-1029")).to_be_visible()
    expect(step.get_by_role("link", name="このステップのリンク")).to_be_visible()
    expect(step.locator(".source").first).to_be_visible()
    expect(scriptless.locator("#what-now")).to_be_visible()
    expect(open_contents(scriptless).get_by_role("link")).to_have_count(15)
    expect(scriptless.locator(".step").get_by_role("checkbox")).to_have_count(0)
