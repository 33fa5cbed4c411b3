"""An institution's own site, by docs/site.yaml: name, notice, links, colour, one authority; and a picture."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from scripts.editing.add_picture import encode_picture
from scripts.serving.server import SiteServer
from scripts.site.archive_site import pack
from scripts.site.inputs import hash_bytes
from scripts.site.policy import load_resolved_policy
from tests.support.copies import copy_project, run_module

SITE = """\
name: {ja: A&B証券の手引き, en: A&B's guides}
publisher: {ja: A&B証券, en: A&B Securities}
official: true
first_language: en
statement: {ja: A&B証券の公式の案内です。, en: This is A&B's official guide.}
authorities: [boj]
colour: "#005533"
logo: our-logo.svg
notice: {text: {ja: 4月1日は停止します。, en: It pauses on 1 April.}, until: 2099-03-31}
links: [{title: {ja: 社内ポータル, en: Intranet}, url: "https://example.jp/?a=1&b=2"}]
contact: mailto:desk@example.jp
security_contact: https://example.jp/security
"""

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><rect width="7" height="5"/></svg>'

PICTURE = """
    picture:
      file: boj/pictures/desk.webp
      alt: {ja: 架空の画面, en: An imaginary window}
"""


def add_picture(repository: Path) -> None:
    """Add a picture to the last step of boj/renew, as the command does."""
    source, target = repository / "a.png", repository / "docs/boj/pictures/desk.webp"
    Image.effect_noise((640, 320), 20).save(source)
    target.parent.mkdir()
    target.write_bytes(encode_picture(source))
    guide = repository / "docs/boj/renew.yaml"
    guide.write_text(guide.read_text(encoding="utf-8").replace("\nchecked:", f"{PICTURE}checked:"), "utf-8")


@pytest.fixture(scope="module")
def own_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a copy with the file and the picture; nothing else of the copy is changed."""
    copy = copy_project(tmp_path_factory.mktemp("copy"))
    (copy / "docs/site.yaml").write_text(SITE, encoding="utf-8")
    (copy / "docs/our-logo.svg").write_text(LOGO, encoding="utf-8")
    add_picture(copy)
    built = run_module(copy, "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site")
    assert built.returncode == 0, built.stderr
    return copy


@pytest.fixture(scope="module")
def own_server(own_copy: Path) -> Iterator[SiteServer]:
    """Serve it."""
    with SiteServer(own_copy / "site", load_resolved_policy(own_copy)) as server, server.serve():
        yield server


@pytest.mark.parametrize("path", ["#ask", "boj/renew/", "check/"])
def test_every_page_is_the_institutions(own_server: SiteServer, reader: Page, path: str) -> None:
    """Name, notice, sentence, links and contacts, on pages with and without the theme's scripts."""
    reader.goto(f"{own_server.url}{path}")
    expect(reader).to_have_title("A&B証券の手引き" if path == "#ask" else reader.title())
    assert reader.title().endswith("A&B証券の手引き")
    expect(reader.locator(".site-notice")).to_have_text("4月1日は停止します。")
    expect(reader.locator(".site-notice")).to_be_visible()
    expect(reader.locator("body")).to_contain_text("A&B証券の公式の案内です。")
    expect(reader.locator("body")).not_to_contain_text("非公式")
    links = reader.locator(".site-links a")
    expect(links).to_have_text(["社内ポータル", "問い合わせ", "セキュリティの連絡先"])
    expect(links.first).to_have_attribute("href", "https://example.jp/?a=1&b=2")
    brand = "getComputedStyle(document.documentElement).getPropertyValue('--cg-brand').trim()"
    assert reader.evaluate(brand) == "#005533"


def test_the_logo_is_shown(own_server: SiteServer, reader: Page) -> None:
    """At the head of a guide, as the file says."""
    reader.goto(f"{own_server.url}boj/renew/")
    logo = reader.locator(".md-header .md-logo img")
    expect(logo).to_be_visible()
    assert logo.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [7, 5]


def test_the_notice_goes_with_its_day(own_server: SiteServer, reader: Page) -> None:
    """A copy that is read later does not show it any more."""
    reader.clock.set_fixed_time("2099-03-31T23:59:59+09:00")
    reader.goto(f"{own_server.url}en/")
    expect(reader.locator(".site-notice")).to_be_visible()
    reader.clock.set_fixed_time("2099-04-01T00:00:00+09:00")
    reader.reload()
    expect(reader.locator(".site-notice")).to_be_hidden()


def test_nobody_is_asked_which_system(own_server: SiteServer, reader: Page) -> None:
    """The first question is what happened, and answers have their addresses as ever."""
    reader.goto(f"{own_server.url}#boj.expired")
    expect(reader.locator(".situations")).not_to_contain_text("どのシステム")
    expect(reader.locator('[id="boj.expired"] .situation-answer')).to_be_visible()


@pytest.mark.parametrize(
    ("path", "alt"), [("boj/renew/", "架空の画面"), ("en/boj/all/", "An imaginary window")]
)
def test_a_picture_stands_in_its_step(own_server: SiteServer, reader: Page, path: str, alt: str) -> None:
    """From the site itself, when it comes near, with its size before that; under the policy of guides."""
    reader.goto(f"{own_server.url}{path}")
    picture = reader.get_by_role("img", name=alt)
    expect(picture).to_have_attribute("loading", "lazy")
    assert picture.evaluate("(image) => [image.width, image.height]")[0] > 0
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [640, 320]
    assert picture.evaluate("(image) => new URL(image.src).origin === location.origin")


def test_a_picture_is_on_paper(own_server: SiteServer, reader: Page) -> None:
    """Also where nobody has scrolled to it; in its own shape, however high it may be there."""
    reader.goto(f"{own_server.url}boj/renew/")
    assert reader.pdf().count(b"/Subtype /Image") == 1
    reader.emulate_media(media="print")
    picture = reader.get_by_role("img", name="架空の画面")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    box = picture.bounding_box()
    assert box
    assert box["width"] / box["height"] == pytest.approx(2, abs=0.05)


def test_copies_hold_the_picture(own_copy: Path) -> None:
    """What a browser keeps, and the archive: the bytes that were committed."""
    committed = (own_copy / "docs/boj/pictures/desk.webp").read_bytes()
    kept = json.loads((own_copy / "site/offline/pages.json").read_bytes())
    ((name, digest),) = [item for item in kept.items() if item[0].endswith("/desk.webp")]
    assert digest == hash_bytes(committed)
    archive = zipfile.ZipFile(io.BytesIO(pack(own_copy / "site").read_bytes()))
    assert archive.read(f"cert-guides/{name}") == committed


def test_the_root_opens_in_the_first_language(own_server: SiteServer, reader: Page) -> None:
    """For whoever comes from elsewhere; who chooses Japanese there keeps it, also by the site's name."""
    reader.goto(own_server.url)
    reader.wait_for_url(f"{own_server.url}en/")
    reader.get_by_role("link", name="日本語").click()
    expect(reader).to_have_url(own_server.url)
    reader.goto(f"{own_server.url}boj/renew/")
    reader.locator(".site-name").click()
    expect(reader).to_have_url(own_server.url)
    expect(reader.locator("html")).to_have_attribute("lang", "ja")


def test_an_answer_that_was_sent_stays_in_its_language(own_server: SiteServer, reader: Page) -> None:
    """Its address is of the Japanese page, and so is every other without /en/."""
    for path in ("#boj.expired", "boj/renew/", "check/"):
        reader.goto("about:blank")
        reader.goto(f"{own_server.url}{path}")
        expect(reader.locator("html")).to_have_attribute("lang", "ja")
        assert reader.url == f"{own_server.url}{path}"


def test_an_unknown_address_is_told_in_the_first_language_first(own_copy: Path) -> None:
    """As far as the address names none: the page's own language, and the order of its parts."""
    page = (own_copy / "site/404.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert page.index('class="not-found" lang="en"') < page.index('class="not-found" lang="ja"')
