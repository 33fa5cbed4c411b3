"""What holds for every page of the built site, wherever it lies."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.server import SiteServer

# What makes a browser fetch something, or leads somewhere.
_ADDRESSES = {"href", "src", "action", "data", "formaction", "poster"}
# The search's form is hidden until its script has taken its submission: nobody comes to the address.
NO_TARGET = ("form", "./search")


class _ParsedPage(HTMLParser):
    """A page's addresses, each with its element, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _ADDRESSES:
                self.addresses.append((tag, value or ""))
            elif name == "srcset":
                self.addresses += [(tag, source.split()[0]) for source in (value or "").split(",")]
            elif name == "id":
                self.ids.append(value or "")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, _ParsedPage]:
    """Parse every HTML file, by its path below the site's root."""
    paths = {str(path.relative_to(site)): path for path in sorted(site.rglob("*.html"))}
    return {name: _ParsedPage(path.read_text(encoding="utf-8")) for name, path in paths.items()}


def test_no_page_names_a_host_or_the_root(pages: dict[str, _ParsedPage]) -> None:
    """Every address is relative, or the thing itself (data:); only a person's click leads out, by https."""
    for name, page in pages.items():
        for tag, address in page.addresses:
            parts = urlsplit(address)
            allowed = ("https", "mailto", "tel") if tag == "a" else ("data",)
            assert parts.scheme in allowed or not (parts.scheme or parts.netloc or address.startswith("/")), (
                name,
                tag,
                address,
            )


def test_every_relative_address_leads_to_a_file_and_an_id(site: Path, pages: dict[str, _ParsedPage]) -> None:
    """No link, picture, style sheet or script is missing, and no part of a page that is linked to."""
    for name, page in pages.items():
        for tag, address in page.addresses:
            if urlsplit(address).scheme or (tag, address) == NO_TARGET:
                continue
            target = urlsplit(urljoin(f"/{name}", address))
            path = unquote(target.path).lstrip("/")
            path += "index.html" if path.endswith("/") or not path else ""
            assert (site / path).is_file(), (name, tag, address)
            if target.fragment and path in pages:
                assert unquote(target.fragment) in pages[path].ids, (name, tag, address)


def test_ids_are_unique_in_their_page(pages: dict[str, _ParsedPage]) -> None:
    """A link to a step finds the one step (HTML, the id attribute)."""
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), (
            name,
            sorted(page_id for page_id in page.ids if page.ids.count(page_id) > 1),
        )


def test_both_languages_have_every_page(pages: dict[str, _ParsedPage]) -> None:
    """No page exists in one language only."""
    english = {name.removeprefix("en/") for name in pages if name.startswith("en/")}
    japanese = {name for name in pages if not name.startswith("en/")} - {"404.html"}
    assert english == japanese


def test_every_page_says_that_it_is_unofficial(site: Path, pages: dict[str, _ParsedPage]) -> None:
    """And that the official manual prevails; pages that only lead on, and the one for none, say nothing."""
    silent = []
    for name in pages.keys() - {"404.html"}:
        words = "the official manual prevails" if name.startswith("en/") else "公式のマニュアルに従って"
        html = (site / name).read_text(encoding="utf-8")
        if words not in html and 'http-equiv="refresh"' not in html:
            silent.append(name)
    assert silent == []


def test_files_of_another_host_are_named_nowhere(site: Path) -> None:
    """No style sheet fetches anything from elsewhere."""
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path
        assert "url(http" not in text.replace('"', "").replace("'", ""), path
        assert "url(//" not in text.replace('"', "").replace("'", ""), path


@pytest.mark.parametrize("below", ["", "boj/renew/"])
def test_the_language_switcher_keeps_the_page(page: Page, server: SiteServer, below: str) -> None:
    """From a page to the same page in the other language and back, at the root and below a path."""
    for here, there in ((below, f"en/{below}"), (f"en/{below}", below)):
        page.goto(server.url + here)
        page.get_by_role("link", name="English" if there.startswith("en/") else "日本語", exact=True).click()
        expect(page).to_have_url(server.url + there)
        expect(page.locator("html")).to_have_attribute("lang", "en" if there.startswith("en/") else "ja")


@pytest.mark.parametrize(("below", "first"), [("", "はじめに"), ("en/", "Start")])
def test_the_menu_names_the_site_once(page: Page, server: SiteServer, below: str, first: str) -> None:
    """Its first entry says where it leads; the window's title is the site's name alone."""
    page.goto(server.url + below)
    menu = page.locator(".md-nav--primary")
    expect(menu.get_by_role("link", name=first, exact=True)).to_have_count(1)
    name = page.title()
    assert menu.inner_text().count(name) == 1
    assert name == page.get_by_role("heading", level=1).inner_text()


def test_an_unknown_address_shows_the_way_home(page: Page, server: SiteServer, complaints: list[str]) -> None:
    """At any depth, below any path: the page's script finds the site upwards."""
    response = page.goto(f"{server.url}boj/none/at/all/")
    assert response is not None
    assert response.status == 404
    page.get_by_role("link", name="最初のページへ").click()
    expect(page).to_have_url(server.url)
    # Its own answer and its looks upwards are all that may have failed.
    assert all("status of 404" in complaint for complaint in complaints), complaints
    complaints.clear()


@pytest.mark.parametrize(
    ("below", "leads_to"),
    [
        ("boj/renw/#open-site", "boj/renew/#open-site"),
        ("BOJ/Renew.html", "boj/renew/"),
        ("en/tse/re-new/", "en/tse/renew/"),
        ("boj/certificate/export/", "boj/export/"),
    ],
)
def test_an_unknown_address_offers_what_was_meant(
    page: Page, server: SiteServer, complaints: list[str], below: str, leads_to: str
) -> None:
    """In the language of the address, the step with it; the search works there as everywhere."""
    page.goto(server.url + below)
    guess = page.locator(".guesses:visible a").first
    expect(guess).to_have_attribute("href", f"{urlsplit(server.url).path}{leads_to}")
    expect(page.locator(".not-found:visible")).to_have_count(1)
    page.get_by_role("combobox").fill("certmgr")
    found = page.locator("#search-found a").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator(".step").first).to_be_visible()
    complaints.clear()  # its own answer and its looks upwards


def test_without_scripts_an_unknown_address_names_the_systems(scriptless: Page, server: SiteServer) -> None:
    """In both languages, and what one can do without the links."""
    scriptless.goto(f"{server.url}no/such/page/")
    for name in ("日本銀行", "東京証券取引所", "Financial Services Agency"):
        expect(scriptless.get_by_text(name).first).to_be_visible()
    expect(scriptless.get_by_text("URL の後ろのほうを消して")).to_be_visible()


@pytest.mark.parametrize(("path", "name"), [("boj/renew/", "日本銀行"), ("tse/renew/", "東京証券取引所")])
def test_a_guides_title_says_whose_it_is(page: Page, server: SiteServer, path: str, name: str) -> None:
    """Guides of several authorities have one title: the tab and shared links name the authority first."""
    page.goto(server.url + path)
    assert page.title().startswith(name)
    assert "｜" in page.title()


@pytest.mark.parametrize("width", [390, 960, 1000, 1219])
def test_the_menu_is_as_high_as_the_window(page: Page, server: SiteServer, width: int) -> None:
    """Where the menu is a drawer, it is as high as the window: 48 px of it would show no entry."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}boj/renew/")
    height = page.evaluate("document.querySelector('.md-sidebar--primary').getBoundingClientRect().height")
    assert height > 600, height
