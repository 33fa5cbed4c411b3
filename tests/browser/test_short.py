"""Addresses that lead on: short ones, those of moved steps and pages, the same step in the other language."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from macros.addressing.ledger import build_forwarding_data, build_forwarding_pages, load_ledger
from macros.loading.load import load_facts
from scripts.serving.server import SiteServer
from scripts.site.policy import Policy, insert_policy
from tests.support import ROOT

STEP = "boj/renew/#choose-certificate"


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_a_short_address_opens_the_step(
    page: Page, server: SiteServer, language: str, *, scripts: bool
) -> None:
    """In either language, below any path, without a script: the step is at the top of the window."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=scripts)
    tab = context.new_page()
    tab.goto(f"{server.url}{language}s/boj/renew/choose-certificate/")
    expect(tab).to_have_url(f"{server.url}{language}{STEP}")
    expect(tab.locator("#choose-certificate")).to_be_in_viewport()
    context.close()


def test_a_short_page_is_tiny(site: Path) -> None:
    """Two for each step, below 600 bytes with their policy, and nothing beside them."""
    files = [path for top in ("s", "en/s") for path in (site / top).rglob("*") if path.is_file()]
    listed = (ROOT / "docs/addresses.txt").read_text(encoding="utf-8").split()
    assert len(files) == 2 * sum(not ref.startswith("index#") for ref in listed)
    assert max(path.stat().st_size for path in files) < 600
    assert {path.name for path in files} == {"index.html"}


def test_the_language_link_keeps_the_step(page: Page, server: SiteServer) -> None:
    """Page and step, there and back, also after the step has changed on the page."""
    page.goto(f"{server.url}boj/renew/#open-site")
    page.evaluate("location.hash = '#choose-certificate'")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{server.url}en/{STEP}")
    page.get_by_role("link", name="日本語", exact=True).click()
    expect(page).to_have_url(f"{server.url}{STEP}")


@pytest.fixture(params=["/", "/a/b/"], ids=["at-root", "below-a-path"])
def forwarding_server(
    site: Path, policy: Policy, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[SiteServer]:
    """Serve the site with an invented past: a page that is gone, and a step that has left its page."""
    ledger = load_ledger(load_facts(ROOT), ROOT)
    listed = ["boj/old#gone", "boj/old#open-site", "boj/renew#left"]
    moved = {"boj/old": "boj/renew", "boj/old#gone": "fsa/get", "boj/renew#left": "boj/export#choose-format"}
    ledger = replace(ledger, published_refs=listed, redirects=moved)
    copied = ("boj", "en")
    for entry in site.iterdir():
        if entry.name in copied:
            shutil.copytree(entry, tmp_path / entry.name)
        else:
            (tmp_path / entry.name).symlink_to(entry)
    (script,) = site.glob("assets/*/step-addresses.mjs")
    for path, html in build_forwarding_pages(ledger, script.relative_to(site).as_posix()):
        if not path.startswith("s/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(insert_policy(html, policy.find_class(path)), encoding="utf-8")
    for language, prefix in (("ja", ""), ("en", "en/")):
        living = tmp_path / prefix / "boj/renew/index.html"
        html = living.read_text(encoding="utf-8")
        block = build_forwarding_data(ledger, "boj/renew", language)
        living.write_text(html.replace("</body>", f"{block}</body>"), encoding="utf-8")
    with SiteServer(tmp_path, policy, base_path=request.param) as running, running.serve():
        yield running


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("boj/old/", "boj/renew/"),
        ("boj/old/#open-site", "boj/renew/#open-site"),
        ("boj/old/#gone", "fsa/get/"),
        ("boj/old/#top", "boj/renew/#top"),
        ("boj/renew/#left", "boj/export/#choose-format"),
    ],
)
def test_what_was_published_is_found(
    page: Page, forwarding_server: SiteServer, language: str, old: str, new: str
) -> None:
    """A page that went and a step that left lead on, with the fragment, below any path."""
    page.goto(f"{forwarding_server.url}{language}{old}")
    expect(page).to_have_url(f"{forwarding_server.url}{language}{new}")
    expect(page.locator(".md-content h1")).to_be_attached()


def test_following_a_link_to_a_step_that_left(page: Page, forwarding_server: SiteServer) -> None:
    """Also when the page is open already and only the fragment changes."""
    page.goto(f"{forwarding_server.url}boj/renew/")
    page.evaluate("location.hash = '#left'")
    expect(page).to_have_url(f"{forwarding_server.url}boj/export/#choose-format")


def test_without_scripts_a_page_that_went_leads_to_the_new_one(
    scriptless: Page, forwarding_server: SiteServer
) -> None:
    """The refresh cannot know the fragment; the page is found all the same."""
    scriptless.goto(f"{forwarding_server.url}en/boj/old/")
    expect(scriptless).to_have_url(f"{forwarding_server.url}en/boj/renew/")
