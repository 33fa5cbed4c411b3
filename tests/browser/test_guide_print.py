"""A guide on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer

NOT_PRINTED = (
    ".md-header",
    ".md-sidebar",
    ".md-footer",
    ".copy-button",
    ".step-done",
    ".step-report",
    ".follow-bar",
    ".follow-head",
    ".variant-tabs",
)


def read_printed(page: Page, selector: str) -> str:
    """Return what the style sheet writes behind the first such element."""
    content: str = page.locator(selector).first.evaluate("part => getComputedStyle(part, '::after').content")
    return content


@pytest.fixture
def paper(page: Page, server: SiteServer) -> Page:
    """Open a page with variants as a printer gets it."""
    page.goto(f"{server.url}boj/uninstall/")
    page.locator("#sign-in ~ .step-foot").get_by_role("checkbox").check()
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
    """A box to tick by hand, ticked where it is ticked on the screen; the address in two parts, each once."""
    boxes = paper.locator(".step > h2").evaluate_all(
        "titles => titles.map(title => getComputedStyle(title, '::before').content)"
    )
    assert boxes[0] == '"☑ "'
    assert set(boxes[1:]) == {'"☐ "'}
    assert f"{server.url}boj/uninstall/" in read_printed(paper, "h1")
    assert re.search(r"\d{4}年\d+月\d+日に印刷", read_printed(paper, "h1"))
    assert read_printed(paper, ".step-link") == '"#sign-in"'
    expect(paper.locator(".crumbs")).to_contain_text("日本銀行")


def test_a_printed_link_has_its_address_in_the_list_at_the_end(page: Page, server: SiteServer) -> None:
    """What leads to another page or site, once; not what stands on the same paper, nor an address as text."""
    page.goto(f"{server.url}boj/renew/")
    expect(page.locator(".print-addresses")).to_be_hidden()
    page.emulate_media(media="print")
    addresses = page.locator(".print-addresses li").all_inner_texts()
    assert len(addresses) == len(set(addresses))

    def read_number(step: str, href: str) -> str | None:
        return page.locator(f".step:has(#{step}) a[href$='{href}']").first.get_attribute("data-number")

    number = read_number("check-date", "check-email/")
    assert number is not None
    assert addresses[int(number) - 1] == f"{server.url}boj/check-email/"
    assert number in read_printed(page, f"a[data-number='{number}']")
    assert read_number("open-site", "/OC0000001C/") is None
    page.goto(f"{server.url}boj/all/")
    addresses = page.locator(".print-addresses li").all_inner_texts()
    assert read_number("renew--check-date", "check-email/") is None
    number = read_number("check-root--personal", "find-certificate/")
    assert number is not None
    assert addresses[int(number) - 1] == f"{server.url}shared/find-certificate/"


@pytest.mark.parametrize("mounted", ["/"], indirect=True)  # the length has nothing to do with the path
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_long_guide_is_three_pages(page: Page, server: SiteServer, prefix: str) -> None:
    """Seventeen steps with their windows, what else may appear and the sources on three pages of A4."""
    page.goto(f"{server.url}{prefix}boj/renew/")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 3


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
    assert read_printed(page, "#renew--log-in ~ .step-foot .step-link") == '"#log-in"'
    assert f"{server.url}{prefix}tse/renew/" in read_printed(page, "#renew.guide-title")


def test_a_step_under_a_condition_is_printed_with_it(scriptless: Page, server: SiteServer) -> None:
    """Paper cannot be unfolded: condition and step are there, without scripts, too."""
    scriptless.goto(f"{server.url}boj/renew/")
    scriptless.emulate_media(media="print")
    step = scriptless.locator("section:has(> #proxy)")
    expect(step.locator(".step-fold > summary")).to_be_visible()
    height = "step => step.querySelector('.win').getBoundingClientRect().height"
    assert step.evaluate(height) > 20
