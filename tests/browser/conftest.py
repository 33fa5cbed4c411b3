"""A built site, a server at the root and one below a path, and a real Chromium in front of them.

A test asks for `page` and `server`: `server.url` is the first page, `server.requests` what was asked for.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

from scripts.command import run
from scripts.serving.server import SiteServer
from scripts.site.policy import Policy, load_policy
from tests.browser import checker
from tests.support import ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Yield the site of this source tree: what scripts/test has just built, else one for all workers."""
    if ready := os.environ.get("CERT_GUIDES_SITE"):
        return Path(ready)
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    directory = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not directory.is_dir():
            run(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", directory)
    return directory


@pytest.fixture(scope="session")
def policy(site: Path) -> Policy:  # noqa: ARG001  # the build leaves the file
    """Return the headers that the build resolved for the site."""
    return load_policy(ROOT / "build/headers.json")


@pytest.fixture(scope="session", params=["/", "/a/b/"], ids=["at-root", "below-a-path"])
def mounted(site: Path, policy: Policy, request: pytest.FixtureRequest) -> Iterator[SiteServer]:
    """Yield the server that all tests of one mount share; they ask for `server`."""
    with SiteServer(site, policy, base_path=request.param) as running, running.serve():
        yield running


@pytest.fixture
def server(mounted: SiteServer) -> SiteServer:
    """Return the site at one of its two mounts, with an empty log."""
    mounted.requests.clear()
    return mounted


@pytest.fixture(scope="module", params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> checker.Language:
    """Return the checker's language; tests that are about something else ask for `ready` alone."""
    chosen: checker.Language = request.param
    return chosen


@pytest.fixture(scope="module")
def ready(chromium: Browser, mounted: SiteServer, language: checker.Language) -> Iterator[Page]:
    """Yield the checker in one language, ready; a module's tests share it."""
    with checker.opened(chromium, mounted, language) as page:
        yield page


@pytest.fixture
def complaints() -> list[str]:
    """Return what the browser complains of: errors on the console, policy violations, uncaught exceptions.

    Whatever is left in it at the end fails the test; one that expects a complaint takes it out.
    """
    return []


@pytest.fixture
def context(chromium: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """Return a fresh profile, as a Japanese reader has it."""
    fresh = chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", accept_downloads=True)
    # test_offline.py looks at the copy for the time without a network; here its requests would disturb.
    fresh.add_init_script("delete Navigator.prototype.serviceWorker")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def on_error(error: WebError) -> None:
        complaints.append(str(error.error))

    fresh.on("console", on_console)
    fresh.on("weberror", on_error)
    yield fresh
    fresh.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty tab; `page.clock` sets the device's date."""
    return context.new_page()


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """Yield a tab of a browser in which scripts are off."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
