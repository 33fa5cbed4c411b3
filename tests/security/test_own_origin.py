"""The checker under a second name of a real nginx, as deploy/README.md describes it for institutions."""

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from macros.pages.site_inputs import CHECKER_SITE
from scripts.command import run
from scripts.measuring.source_copy import build_environment
from scripts.site.policy import load_resolved_policy
from tests.support import mint
from tests.support.copies import copy_project
from tests.support.nginx import find_free_port, run_nginx

# Browsers take such names for this machine (RFC 6761, 6.3).
GUIDES, CHECKER = "guides.localhost", "check.localhost"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Build the site with the checker's address, and serve it under both names; return nginx' port."""
    port = find_free_port()
    copy = copy_project(tmp_path_factory.mktemp("copy"))
    environment = build_environment(copy) | {CHECKER_SITE: f"http://{CHECKER}:{port}/"}
    words = ("-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site")
    run(sys.executable, *words, cwd=copy, env=environment)
    folder = tmp_path_factory.mktemp("nginx")
    with run_nginx(folder, copy / "site", load_resolved_policy(copy), "/", GUIDES, CHECKER, port=port):
        yield port


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_step_leads_to_the_checker_on_its_origin_and_back(page: Page, port: int, language: str) -> None:
    """The guides' origin loads nothing of the checker; the other answers the step and leads to its guide."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(f"http://{GUIDES}:{port}/{language}boj/renew/")
    expect(page.locator("details.step-check")).to_have_count(0)
    page.locator(".step-check").first.get_by_role("link").click()
    expect(page).to_have_url(f"http://{CHECKER}:{port}/{language}check/#boj/renew/check-date")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    data = mint.encode_der(mint.mint())
    page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=data))
    expect(page.locator(".check-answer")).to_be_visible()
    runtime = {urlsplit(url).hostname for url in requested if "pyodide" in url or "check/data" in url}
    assert runtime == {CHECKER}
    page.locator("a[href*='#check-date']").first.click()
    expect(page).to_have_url(f"http://{CHECKER}:{port}/{language}boj/renew/#check-date")
