"""axe-core in every page of the built site, and what no rule of it sees: keys, forced colours, motion."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from scripts.measuring.axe import find_violations
from scripts.serving.server import SiteServer
from tests.support import mint
from tests.support.slices import take_slice

DARK = ["", "check/", "boj/", "boj/renew/", "en/tse/issue/", "en/fsa/questions/", "boj/all/"]
JAPAN = timezone(timedelta(hours=9))

# What axe-core finds has nothing to do with the path below which the site lies.
pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True)


def list_pages(site: Path, language: str) -> list[str]:
    """Return the addresses of a language's pages, below the site's."""
    pages = [
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in sorted(site.rglob("index.html"))
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")  # leads on to a page at once
    ]
    return [below for below in pages if below.startswith("en/") == (language == "en")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_axe_objects_to_no_page(page: Page, site: Path, server: SiteServer, language: str) -> None:
    """WCAG 2.2 A and AA, and good practice, as far as axe-core's rules go; scripts/prove: on all pages."""
    violations = {}
    for below in take_slice(list_pages(site, language), 6):
        page.goto(server.url + below)
        violations[below] = find_violations(page)
    assert {below: objections for below, objections in violations.items() if objections} == {}


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("dark", 320), ("light", 320)])
def test_axe_objects_to_no_other_look(chromium: Browser, server: SiteServer, scheme: str, width: int) -> None:
    """Pages of every kind in dark colours and on a phone."""
    assert scheme in ("dark", "light")
    violations = {}
    with chromium.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for below in DARK:
            page.goto(server.url + below)
            violations[below] = find_violations(page)
    assert {below: objections for below, objections in violations.items() if objections} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_objects_to_no_card(page: Page, server: SiteServer, scheme: str) -> None:
    """The checker with a certificate read and everything unfolded."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    certificate = mint.mint(not_after=datetime.now(JAPAN) + timedelta(days=20))
    payload = FilePayload(name="x.cer", mimeType="", buffer=mint.encode_der(certificate))
    page.set_input_files("#file", [payload])
    expect(page.locator(".check-card")).to_be_visible()
    page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")
    assert find_violations(page) == []


def test_the_menu_opens_by_keys(page: Page, server: SiteServer) -> None:
    """On a narrow screen: the button, the first link, Escape back; closed, no key leads into it."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{server.url}boj/renew/")
    menu = page.get_by_role("button", name="メニュー")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".md-sidebar--primary").get_by_role("link")).to_have_count(0)
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    focused = page.locator(".md-sidebar--primary a:focus")
    expect(focused).to_have_count(1)
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_a_section_of_the_menu_opens_by_keys(page: Page, server: SiteServer) -> None:
    """Named after what it opens, by space or Enter, with its state; other sections are links."""
    page.goto(f"{server.url}fsa/renew/")
    page.get_by_role("button", name="メニュー").press("Enter")
    section = page.get_by_role("checkbox", name="下のページ: 金融庁")
    inside = page.locator(".md-sidebar--primary a[href='../get/']")
    for key, is_open in (("Space", False), ("Enter", True)):
        section.press(key)
        expect(section).to_be_checked(checked=is_open)
        expect(inside).to_be_visible(visible=is_open)
    expect(page.locator(".md-sidebar--primary a[href='../../boj/']")).to_be_visible()


def test_marks_stay_in_forced_colours(page: Page, server: SiteServer) -> None:
    """With a reader's own colours, backgrounds go: what is marked is marked by borders and outlines."""
    page.emulate_media(forced_colors="active")
    page.goto(f"{server.url}boj/export/#choose-format")
    step = page.locator(".step:has(#choose-format)")
    background = step.evaluate("step => getComputedStyle(step).backgroundColor")

    def read_style(selector: str, name: str) -> str:
        value: str = step.locator(selector).first.evaluate(f"part => getComputedStyle(part).{name}")
        return value

    assert read_style(".win", "borderTopStyle") == "solid"
    assert read_style(".is-pressed .win-label", "outlineStyle") == "solid"
    assert read_style(".win-radio.is-on .win-mark", "borderTopColor") != background
    assert step.evaluate("step => parseFloat(getComputedStyle(step).borderLeftWidth)") > 3
    note = step.locator(".admonition")
    assert note.evaluate("note => parseFloat(getComputedStyle(note).borderLeftWidth)") > 0
    page.goto(f"{server.url}boj/")
    edges = page.locator(".timeline-figure li").evaluate_all(
        "all => all.map(item => getComputedStyle(item).borderTopColor)"
    )
    assert background not in edges


def test_nothing_moves_for_who_wants_no_motion(page: Page, server: SiteServer) -> None:
    """With prefers-reduced-motion there is no transition, no animation and no smooth scrolling."""
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server.url}boj/renew/")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].map(element => getComputedStyle(element)).filter(style =>"
        " style.animationName !== 'none' || style.scrollBehavior === 'smooth'"
        " || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0)).length"
    )
    assert moving == 0


@pytest.mark.parametrize("size", [(320, 640), (640, 360)])
def test_nothing_covers_what_has_the_focus(page: Page, server: SiteServer, size: tuple[int, int]) -> None:
    """By Tab, on a phone and at 200 %: header and progress lie over no focus (WCAG 2.4.11)."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{server.url}boj/export/#choose-format")
    for _ in range(20):
        page.keyboard.press("Tab")
        is_visible = page.evaluate(
            """() => {
                const focus = document.activeElement;
                const { x, y, width, height } = focus.getBoundingClientRect();
                const top = document.elementFromPoint(x + width / 2, y + height / 2);
                return Boolean(top && (focus.contains(top) || top.contains(focus)));
            }"""
        )
        assert is_visible, page.evaluate("document.activeElement.outerHTML")


# Every control that can have the focus, one after the other: the one before has it by Tab, so it shows on
# each (Selectors 4, 9.4). Named is what has no outline of at least 1 px in a colour of its own.
UNSEEN = """() => {
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const unseen = [];
  for (const control of document.querySelectorAll(controls)) {
    if (control.matches(":disabled") || !control.checkVisibility({ visibilityProperty: true })) continue;
    control.focus();
    if (document.activeElement !== control) continue;
    const shown = control.id === "file" ? control.nextElementSibling : control;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
    const isClear = /^rgba.* 0\\)$/.test(outlineColor);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 1 || isClear)
      unseen.push(control.outerHTML.slice(0, 120));
  }
  return unseen;
}"""


def list_unseen_focus(page: Page) -> list[str]:
    """Unfold all there is, give each control the focus as keys do, and list those that do not show it."""
    page.locator("details").evaluate_all("all => all.forEach(details => { details.open = true; })")
    page.keyboard.press("Tab")
    unseen: list[str] = page.evaluate(UNSEEN)
    return unseen


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_has_the_focus_is_seen(page: Page, site: Path, server: SiteServer, language: str) -> None:
    """Each control of each page has a visible outline (WCAG 2.2, 2.4.7), with what is folded unfolded."""
    unseen = {}
    for below in take_slice(list_pages(site, language), 6):
        page.goto(server.url + below)
        page.wait_for_load_state("load")
        unseen[below] = list_unseen_focus(page)
    assert {below: controls for below, controls in unseen.items() if controls} == {}


def test_what_has_the_focus_is_seen_in_a_result(page: Page, server: SiteServer) -> None:
    """The same at the checker with an inventory, one row of which is expanded."""
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    data = mint.encode_der(mint.mint(not_after=datetime.now(JAPAN) + timedelta(days=20)))
    names = ("a.cer", "b.cer", "c.cer")
    page.set_input_files("#file", [FilePayload(name=name, mimeType="", buffer=data) for name in names])
    page.get_by_role("button", name="a.cer").click()
    assert list_unseen_focus(page) == []
    assert page.locator(".check-card button").count() > 5
    assert find_violations(page) == []
