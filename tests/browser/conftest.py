"""A built site, a server at the root and one below a path, and a real Chromium in front of them.

A test asks for `page` and `server`: `server.url` is the first page, `server.requests` lists the requests.
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, WebError

from scripts.command import run
from scripts.serving.server import SiteServer
from scripts.site.policy import Policy, load_resolved_policy
from tests.browser import checker
from tests.browser.offline_host import Host, write_expiring_pfx


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of this tree: of scripts/test, else built once for all workers."""
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
    return load_resolved_policy()


@pytest.fixture(scope="session", params=["/", "/a/b/"], ids=["at-root", "below-a-path"])
def mounted(site: Path, policy: Policy, request: pytest.FixtureRequest) -> Iterator[SiteServer]:
    """Serve the site for all tests of one mount; tests use `server`."""
    with SiteServer(site, policy, base_path=request.param) as running, running.serve():
        yield running


@pytest.fixture
def server(mounted: SiteServer) -> SiteServer:
    """Return the server of one of the two mounts, with an empty log."""
    mounted.requests.clear()
    return mounted


@pytest.fixture(scope="module", params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> checker.Language:
    """Return the checker's language; tests that do not depend on it use `ready` alone."""
    language: checker.Language = request.param
    return language


@pytest.fixture(scope="module")
def ready(chromium: Browser, mounted: SiteServer, language: checker.Language) -> Iterator[Page]:
    """Open the checker in one language and wait until it is ready; a module's tests share it."""
    with checker.start_checker(chromium, mounted, language) as page:
        yield page


@pytest.fixture
def complaints() -> list[str]:
    """Collect errors on the console, policy violations and uncaught exceptions.

    What is left at the end fails the test; a test that expects a complaint takes it out.
    """
    return []


@pytest.fixture
def context(chromium: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """Open a fresh profile, as a Japanese reader has it."""
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
    """Open an empty tab; `page.clock` sets the device's date."""
    return context.new_page()


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """Open a tab of a browser in which scripts are off."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:
    """Copy the site, for a test to alter."""
    return Path(shutil.copytree(site, tmp_path / "site"))


@pytest.fixture
def complaining_page(page: Page, complaints: list[str]) -> Iterator[Page]:
    """Return a tab whose browser must complain: of a missing file, of a failed check, of a refusal."""
    yield page
    assert complaints != []
    complaints.clear()


@pytest.fixture
def pfx(tmp_path: Path) -> Path:
    """Write a file to check."""
    return write_expiring_pfx(tmp_path / "client.pfx")


@pytest.fixture
def host(site: Path, policy: Policy) -> Iterator[Host]:
    """Serve the built site, until it is exchanged or cut off."""
    running = Host(site, policy)
    yield running
    running.stop()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """Open a tab with service workers, of somebody who has seen a page before."""
    context = chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    context.add_init_script("localStorage.setItem('been-here', 'yes')")
    yield context.new_page()
    context.close()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """Open a page whose scripts must raise no exception."""
    with chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo") as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        assert faults == []
