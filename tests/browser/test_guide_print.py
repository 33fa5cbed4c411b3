"""A guide on paper."""

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer

NOT_PRINTED = (
    ".md-header",
    ".md-sidebar",
    ".md-footer",
    ".copy-button",
    ".step-follow",
    ".follow-bar",
    ".follow-head",
    ".variant-tabs",
)


@pytest.fixture
def paper(page: Page, server: SiteServer) -> Page:
    """Open a page with variants as a printer gets it."""
    page.goto(f"{server.url}boj/uninstall/")
    page.locator("#sign-in ~ .step-follow").get_by_role("checkbox").check()
    page.emulate_media(media="print")
    return page


def test_only_the_guide_is_printed(paper: Page) -> None:
    """No navigation, no header, no search, nothing to press."""
    for selector in NOT_PRINTED:
        for part in paper.locator(selector).all():
            expect(part).to_be_hidden()
    expect(paper.get_by_role("heading", level=1)).to_be_visible()


def test_every_variant_is_printed_under_its_name(paper: Page) -> None:
    """Paper has no tabs."""
    for name, step in (("Windows 11", "#win11-apps"), ("Windows 10", "#win10-apps")):
        expect(paper.locator(".variant-name", has_text=name)).to_be_visible()
        expect(paper.locator(step)).to_be_visible()


def test_a_printed_step_has_a_box_and_its_address(paper: Page, server: SiteServer) -> None:
    """A box to tick by hand, ticked where it is ticked on the screen, and the whole address of the step."""
    boxes = paper.locator(".step > h2").evaluate_all(
        "titles => titles.map(title => getComputedStyle(title, '::before').content)"
    )
    assert boxes[0] == '"☑ "'
    assert set(boxes[1:]) == {'"☐ "'}
    address = paper.locator(".step-link").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert address == f'"{server.url}boj/uninstall/#sign-in"'


def test_a_printed_link_has_its_address(page: Page, server: SiteServer) -> None:
    """What leads to another page or site; not what stands on the same paper, nor an address once more."""
    page.goto(f"{server.url}boj/renew/")
    page.emulate_media(media="print")

    def read_printed_address(step: str, href: str) -> str:
        link = page.locator(f".step:has(#{step}) a[href$='{href}']").first
        address: str = link.evaluate("link => getComputedStyle(link, '::after').content")
        return address

    assert read_printed_address("check-date", "check-email/") == f'" ({server.url}boj/check-email/)"'
    assert read_printed_address("open-site", "/OC0000001C/") == "none"
    page.goto(f"{server.url}boj/all/")
    assert read_printed_address("renew--check-date", "check-email/") == "none"
    assert read_printed_address("renew--check-date", "check/") == f'" ({server.url}check/)"'


@pytest.mark.parametrize(("prefix", "button"), [("", "印刷する"), ("en/", "Print")])
def test_an_authority_is_printed_as_one_document(
    page: Page, server: SiteServer, prefix: str, button: str
) -> None:
    """Linked from the authority's page; every guide is there, with the addresses of its own page."""
    page.goto(f"{server.url}{prefix}tse/")
    page.get_by_role("link", name="一つのページで開く" if not prefix else "in one page").click()
    page.wait_for_url(f"{server.url}{prefix}tse/all/")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name=button, exact=True).click()
    assert page.evaluate("window.printed") is True
    expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
    page.emulate_media(media="print")
    expect(page.locator("#issue--choose-pc")).to_have_count(0)
    expect(page.locator("#renew--log-in")).to_be_visible()
    link = page.locator("#renew--log-in ~ p > .step-link")
    address = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert address == f'"{server.url}{prefix}tse/renew/#log-in"'


def test_a_step_under_a_condition_is_printed_with_it(scriptless: Page, server: SiteServer) -> None:
    """Paper cannot be unfolded: condition and step are there, without scripts, too."""
    scriptless.goto(f"{server.url}boj/renew/")
    scriptless.emulate_media(media="print")
    step = scriptless.locator("section:has(> #proxy)")
    expect(step.locator("summary")).to_be_visible()
    height = "step => step.querySelector('.win').getBoundingClientRect().height"
    assert step.evaluate(height) > 20
