"""The checker inside a guide's step: opened there, answered there, without leaving the guide."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.measuring.axe import find_violations
from scripts.serving.server import SiteServer
from tests.browser.checker import (
    LONG,
    TODAY,
    Language,
    choose_files,
    compute_day_end,
    select_words,
    unfold_card,
)
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"])
READY = "[data-connection=blocked]"
FIRST = ".step-check > summary"
NOTICE = ("notice.cer", mint.encode_der(mint.mint(not_after=compute_day_end(2027, 3, 17), serial=0xA11)))
RENEWED = ("renewed.cer", mint.encode_der(mint.mint(not_after=compute_day_end(2028, 3, 17), serial=0xB22)))


@pytest.fixture(params=[1280, 390])
def reader(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a tab, wide or narrow, on the day of the tests; the page must raise no exception."""
    with chromium.new_context(
        locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": request.param, "height": 800}
    ) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.clock.set_fixed_time(TODAY)
        yield page
        assert faults == []


def build_address(server: SiteServer, language: Language, below: str) -> str:
    """Build a guide's address in a language."""
    return f"{server.url}{'' if language == 'ja' else 'en/'}{below}"


def open_first_step(page: Page, address: str) -> None:
    """Open the checker in a guide's first step that holds it, and wait until it takes files."""
    page.goto(address)
    page.locator(FIRST).first.click()
    expect(page.locator(READY)).to_be_visible(timeout=LONG)


def list_targets(server: SiteServer) -> list[str]:
    """List what was requested."""
    return [request.target for request in server.requests]


def test_from_the_notice_to_the_deleted_old_one(reader: Page, server: SiteServer, language: Language) -> None:
    """The mail says seven days are left: renew today, then both files, all in one page and its one tab."""
    address = build_address(server, language, "boj/renew/")
    open_first_step(reader, address)
    server.requests.clear()
    choose_files(reader, NOTICE)
    answer = reader.locator("[data-answer=open]")
    yes = select_words(language, "はい。今日、更新できます。", "Yes. You can renew today")
    expect(answer.locator("h3")).to_contain_text(yes)
    assert not find_violations(reader)
    answer.get_by_role("link").first.click()
    expect(reader).to_have_url(f"{address}#sign-in")
    reader.locator("section:has(> #delete-old) .step-check > summary").click()
    expect(reader.locator("section:has(> #delete-old) [data-answer=single]")).to_be_visible()
    choose_files(reader, NOTICE, RENEWED)
    expect(reader.locator("[data-answer=keep]")).to_be_visible()
    expect(reader.locator("[data-answer=newest]")).to_be_visible()
    expect(reader.locator(".check-holder .check-compare")).to_be_visible()
    border = "element => getComputedStyle(element).borderInlineStartWidth"
    assert reader.locator("[data-answer=keep]").evaluate(border) != "0px", "it has lost its style sheet"
    assert not find_violations(reader)
    reader.get_by_role("button", name=select_words(language, "すべて消す", "Clear everything")).click()
    expect(reader.locator(".check-answer")).to_have_count(0)
    assert list_targets(server) == []


def test_which_address_is_in_it(reader: Page, server: SiteServer, language: Language) -> None:
    """By keys alone: open, choose, read the address with its field, unfold the card."""
    address = build_address(server, language, "boj/check-email/")
    reader.goto(address)
    reader.locator(FIRST).focus()
    reader.keyboard.press("Enter")
    expect(reader.locator(READY)).to_be_visible(timeout=LONG)
    assert not find_violations(reader)
    with reader.expect_file_chooser() as chooser:  # from here on the browser leaves the dialogue to the test
        reader.keyboard.press("Tab")
        expect(reader.locator("#file")).to_be_focused()
        reader.keyboard.press("Enter")
    chooser.value.set_files({"name": NOTICE[0], "mimeType": "", "buffer": NOTICE[1]})
    sentence = select_words(
        language,
        "メールアドレスは、user@example.co.jp（サブジェクトの E）です。",
        "The mail address is user@example.co.jp (the subject's E).",
    )
    heading = reader.locator("[data-answer=fine] h3")
    expect(heading).to_have_text(sentence)
    expect(heading).to_be_focused()
    expect(reader.locator(".check-card")).to_be_hidden()
    unfold_card(reader)
    assert not find_violations(reader)
    expect(reader).to_have_url(address)


def test_axe_objects_to_no_state(reader: Page, server: SiteServer) -> None:
    """A password's form, a wrong password, a file that is none, and the table of many files."""
    open_first_step(reader, f"{server.url}boj/renew/")
    choose_files(reader, ("x.pfx", mint.build_pfx()))
    field = reader.locator("form.check-password input")
    expect(field).to_be_visible()
    assert not find_violations(reader)
    field.fill("wrong")
    field.press("Enter")
    expect(reader.locator("form.check-password [id$=hints]")).to_be_visible()
    assert not find_violations(reader)
    choose_files(reader, ("x.cer", b"?"))
    expect(reader.locator(".check-error")).to_be_visible()
    assert not find_violations(reader)
    choose_files(reader, NOTICE, RENEWED, ("x.cer", b"?"))
    expect(reader.locator(".check-files")).to_be_visible()
    assert not find_violations(reader)


def test_an_implausible_clock_is_said_with_the_answer(page: Page, server: SiteServer) -> None:
    """The answer rests on the device's date: the warning is not left to the folded card."""
    page.clock.set_fixed_time("1970-01-02T03:00:00Z")
    open_first_step(page, f"{server.url}boj/renew/")
    choose_files(page, NOTICE)
    warning = page.locator(".check-answer .check-warning")
    expect(warning).to_contain_text("日付が正しいか確かめてください。")


def test_forced_colours_keep_the_answer(chromium: Browser, server: SiteServer) -> None:
    """In a reader's own colours the answer has a border, and its symbol is drawn."""
    with chromium.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.clock.set_fixed_time(TODAY)
        open_first_step(page, f"{server.url}boj/renew/")
        choose_files(page, NOTICE)
        answer = page.locator("[data-answer=open]")
        expect(answer).to_be_visible()
        assert answer.evaluate("element => getComputedStyle(element).borderInlineStartWidth") != "0px"
        assert not find_violations(page)


def test_nothing_is_requested_until_it_is_opened(page: Page, server: SiteServer) -> None:
    """A guide with such steps requests what any guide does; reaching for one fetches the checker ahead."""
    page.goto(f"{server.url}boj/renew/", wait_until="networkidle")
    assert not [target for target in list_targets(server) if "check" in target or ".wasm" in target]
    with page.expect_response("**/*.wasm"), page.expect_response("**/step-checker.mjs"):
        page.locator(FIRST).first.hover()
    fetched = set(list_targets(server))
    page.locator(FIRST).first.click()
    expect(page.locator(READY)).to_be_visible(timeout=LONG)
    assert any(target.endswith("step-checker.mjs") for target in fetched)


def test_a_password_is_pasted_into_its_field(page: Page, server: SiteServer) -> None:
    """A paste goes to the checker wherever it is made in the guide, but not one into the password's field."""
    open_first_step(page, f"{server.url}boj/export/")
    choose_files(page, ("back-up.pfx", mint.build_pfx()))
    field = page.locator("form.check-password input")
    expect(field).to_be_focused()
    field.evaluate(
        """(element, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", text);
          const init = {clipboardData, bubbles: true, composed: true, cancelable: true};
          element.dispatchEvent(new ClipboardEvent("paste", init));
        }""",
        mint.PASSWORD,
    )
    expect(page.locator("#file-1 > h2")).to_have_text("back-up.pfx")
    expect(field).to_be_visible()


SAVES_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true, effectiveType: '4g'}})"
IS_SLOW = "Object.defineProperty(navigator, 'connection', {value: {saveData: false, effectiveType: '3g'}})"


@pytest.mark.parametrize("line", [SAVES_DATA, IS_SLOW], ids=["saves data", "slow"])
def test_nothing_is_fetched_ahead_over_a_poor_line(page: Page, server: SiteServer, line: str) -> None:
    """Who saves data, or has a slow line, fetches the checker only by opening it."""
    page.add_init_script(line)
    page.goto(f"{server.url}boj/renew/", wait_until="networkidle")
    server.requests.clear()
    page.locator(FIRST).first.hover()
    page.locator(FIRST).first.focus()
    page.wait_for_load_state("networkidle")
    assert list_targets(server) == []


def test_opening_it_seals_the_guide(page: Page, server: SiteServer, complaints: list[str]) -> None:
    """From "ready" on the guide can request nothing; its search goes on, from the index that it has."""
    open_first_step(page, f"{server.url}boj/renew/")
    server.requests.clear()
    assert page.evaluate("fetch('../').then(() => 'sent', (error) => error.name)") == "TypeError"
    complaints.clear()
    page.locator(".search-words").fill("パスコード")
    expect(page.locator(".search-step").first).to_be_visible()
    assert list_targets(server) == []
    page.locator("header a[hreflang]").click()
    expect(page).to_have_url(re.compile(rf"{server.url}en/boj/renew/(#.*)?$"))
    assert page.evaluate("fetch('./').then(() => 'sent', (error) => error.name)") == "sent"


def test_the_offline_copy_ends_before_a_file_is_read(chromium: Browser, server: SiteServer) -> None:
    """A copy under way is given up: from "ready" on no request comes, and no service worker is registered."""
    with chromium.new_context() as context:
        context.add_init_script("localStorage.setItem('been-here', 'yes')")
        page = context.new_page()
        page.goto(f"{server.url}boj/renew/", wait_until="commit")
        page.locator(FIRST).first.click()
        expect(page.locator(READY)).to_be_visible(timeout=LONG)
        server.requests.clear()
        registrations = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
        before = page.evaluate(registrations)
        choose_files(page, NOTICE)
        unfold_card(page)
        page.wait_for_timeout(1_000)
        assert list_targets(server) == []
        assert page.evaluate(registrations) == before


@pytest.mark.parametrize(
    "translate",
    [
        "document.documentElement.classList.add('translated-ltr')",
        "document.documentElement.lang = 'fr'",
        "document.querySelector('h1').setAttribute('_msttexthash', '1')",
    ],
)
def test_a_translated_guide_does_not_hold_it(page: Page, server: SiteServer, translate: str) -> None:
    """A translation's script would read what the checker shows: the link to its own page is what is left."""
    page.goto(f"{server.url}boj/renew/")
    page.evaluate(f"() => {{ {translate} }}")
    server.requests.clear()
    page.locator(FIRST).first.click()
    expect(page.locator(".step-check a").first).to_be_visible()
    expect(page.locator(".step-checker")).to_have_count(0)
    assert not [target for target in list_targets(server) if target.endswith("step-checker.mjs")]


def test_an_open_guide_is_not_translated(page: Page, server: SiteServer) -> None:
    """What the checker shows is never for a translation, and once it is open the guide is not either."""
    page.goto(f"{server.url}boj/renew/")
    assert page.evaluate("document.documentElement.translate")
    page.locator(FIRST).first.click()
    expect(page.locator(READY)).to_be_visible(timeout=LONG)
    assert not page.evaluate("document.documentElement.translate")
    assert not page.locator(".step-checker").evaluate("element => element.translate")


def test_without_scripts_a_link_is_left(scriptless: Page, server: SiteServer) -> None:
    """Without scripts the step says all that it says; the fold holds a link to the checker's page."""
    scriptless.goto(f"{server.url}boj/renew/")
    scriptless.locator(FIRST).first.click()
    link = scriptless.locator(".step-check a").first
    expect(link).to_be_visible()
    link.click()
    expect(scriptless).to_have_url(f"{server.url}check/")


def test_without_webassembly_a_link_is_left(context: BrowserContext, server: SiteServer) -> None:
    """Where the browser has no WebAssembly nothing is fetched: the checker's page says what helps."""
    context.add_init_script("delete globalThis.WebAssembly")
    page = context.new_page()
    page.goto(f"{server.url}boj/renew/", wait_until="networkidle")
    server.requests.clear()
    page.locator(FIRST).first.click()
    assert list_targets(server) == []
    page.locator(".step-check a").first.click()
    expect(page).to_have_url(f"{server.url}check/#boj/renew/check-date")


def test_what_cannot_be_loaded_leaves_the_link(page: Page, server: SiteServer, complaints: list[str]) -> None:
    """Where the checker does not arrive the step says so beside the link; opening it again tries again."""
    page.route("**/check/data.json", lambda route: route.abort())
    page.goto(f"{server.url}boj/renew/")
    page.locator(FIRST).first.click()
    expect(page.locator(".step-check [role=status]")).to_contain_text("読み込めませんでした")
    complaints.clear()
    page.unroute("**/check/data.json")
    page.locator(FIRST).first.click()
    page.locator(FIRST).first.click()
    expect(page.locator(READY)).to_be_visible(timeout=LONG)


def test_a_changed_module_does_not_run(page: Page, server: SiteServer, complaints: list[str]) -> None:
    """The checker's module runs in a guide only with the bytes whose hash the checker's data names."""
    changed = "document.documentElement.dataset.planted = 'ran'; export class StepChecker {}"
    page.route(
        "**/step-checker.mjs", lambda route: route.fulfill(body=changed, content_type="text/javascript")
    )
    page.goto(f"{server.url}boj/renew/")
    page.locator(FIRST).first.click()
    expect(page.locator(".step-check [role=status]")).to_contain_text("読み込めませんでした")
    expect(page.locator("html")).not_to_have_attribute("data-planted", "ran")
    assert any("integrity" in complaint for complaint in complaints)
    complaints.clear()


def test_paper_leaves_it_out(page: Page, server: SiteServer) -> None:
    """On paper there is nothing to press."""
    page.goto(f"{server.url}boj/renew/")
    page.emulate_media(media="print")
    expect(page.locator(".step-check").first).to_be_hidden()
