"""The security policy as Chromium carries it out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from scripts.site.policy import Policy

INLINE = """() => {
    const script = document.createElement("script");
    script.append("window.ran = true");
    document.head.append(script);
    return window.ran === true;
}"""


@pytest.fixture
def bare_server(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """Serve the site with MIME types and no policy: what is left is the policy within the pages."""
    bare = tuple(replace(page_class, csp="", headers={}) for page_class in policy.classes)
    with SiteServer(site, replace(policy, headers={}, classes=bare)) as running, running.serve():
        yield running


@pytest.mark.parametrize("below", ["", "en/", "boj/renew/", "en/boj/renew/"])
def test_a_guide_runs_under_its_policy(page: Page, server: SiteServer, below: str) -> None:
    """Its scripts and its style sheet run; nothing is inline, and nothing is asked of another host."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(server.url + below, wait_until="networkidle")
    # The search is hidden until its script runs.
    expect(page.get_by_role("search")).to_be_visible()
    expect(page.locator(".md-header")).to_have_css("position", "sticky")
    assert page.locator("script:not([src]):not([type='application/json']), style").count() == 0
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(server.url).netloc}


@pytest.mark.parametrize("below", ["boj/renew/", "check/"])
def test_a_foreign_inline_script_is_refused(
    page: Page, server: SiteServer, below: str, complaints: list[str]
) -> None:
    """What the build did not hash does not run."""
    page.goto(server.url + below)
    before = len(complaints)
    has_run = page.evaluate(f"() => {{ try {{ return ({INLINE})(); }} catch (error) {{ return false; }} }}")
    assert has_run is False
    assert len(complaints) > before
    complaints.clear()


@pytest.mark.parametrize("below", ["boj/renew/", "check/"])
def test_a_host_without_headers_changes_nothing_in_the_page(
    page: Page, bare_server: SiteServer, below: str, complaints: list[str]
) -> None:
    """The page carries its policy itself."""
    page.goto(bare_server.url + below)
    has_run = page.evaluate(f"() => {{ try {{ return ({INLINE})(); }} catch (error) {{ return false; }} }}")
    assert has_run is False
    complaints.clear()


def test_the_checker_runs_under_its_policy(page: Page, server: SiteServer) -> None:
    """The checker's page and its worker start without a violation, and nothing is asked of another host."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{server.url}check/", wait_until="networkidle")
    # blob: is this tab's own memory.
    assert {urlsplit(url.removeprefix("blob:")).netloc for url in requests} == {urlsplit(server.url).netloc}
    assert page.locator("script[src]").count() == 2  # the checker, and what tells the page's age


@pytest.mark.parametrize("below", ["boj/renew/", "check/"])
def test_text_becomes_no_markup(page: Page, server: SiteServer, below: str, complaints: list[str]) -> None:
    """Trusted Types: a string given to a sink of markup is refused (Trusted Types, 4.1)."""
    page.goto(server.url + below)
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<p>x'; return false; }"
        " catch (error) { return error instanceof TypeError; } }"
    )
    assert refused is True
    complaints.clear()


def test_the_checker_reaches_no_other_host(
    page: Page, server: SiteServer, bare_server: SiteServer, complaints: list[str]
) -> None:
    """The page may fetch from its own site only; another port is another origin."""
    page.goto(f"{server.url}check/")
    bare_server.requests.clear()
    refused = page.evaluate(
        "url => fetch(url, {mode: 'no-cors'}).then(() => false, () => true)", bare_server.url
    )
    assert refused is True
    assert bare_server.requests == []
    complaints.clear()
