"""A copy of the site with a planted script, and another origin that records whatever reaches it."""

import hashlib
import os
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.server import SiteServer
from scripts.site.integrity import format_integrity
from scripts.site.policy import Policy
from tests.browser.checker import ADDRESSES, Place
from tests.browser.conftest import complaints, page, policy, site  # noqa: F401  # fixtures

PLANTED = Path(__file__).with_name("channels.js")


@pytest.fixture
def context(chromium: Browser, complaints: list[str]) -> Iterator[BrowserContext]:  # noqa: F811  # the fixture
    """Open a fresh profile, service workers included; a test takes out the complaints that it expects."""
    fresh = chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    fresh.on("console", on_console)
    fresh.on("weberror", lambda error: complaints.append(str(error.error)))
    yield fresh
    fresh.close()
    assert complaints == []


class Listener(ThreadingHTTPServer):
    """Answers every request and records it.

    Attributes:
        targets: of all requests, in the order of their arrival.
        page: HTML to answer with; None answers without content.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        """Take a free port of the loopback address."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.targets: list[str] = []
        self.page: str | None = None

    @property
    def url(self) -> str:
        """Return its first page's address."""
        return f"http://127.0.0.1:{self.server_port}/"

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that a browser ends early."""


class _Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.targets.append(self.path)
        body = (self.server.page or "").encode()
        self.send_response(200 if body else 204)  # 204 leaves a page that was navigated where it is
        self.send_header("Access-Control-Allow-Origin", "*")
        if body:
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815  # as http.server looks for it
    do_OPTIONS = do_GET  # noqa: N815  # the same

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Serve another origin: another port of the same machine."""
    with Listener() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:  # noqa: F811  # as above
    """Copy the site, for a test to plant something in."""
    return Path(shutil.copytree(site, tmp_path / "site", copy_function=os.link))


def replace_file(path: Path, text: str) -> None:
    """Replace a file of the copy, not the file that it is a link to."""
    path.unlink()
    path.write_text(text, encoding="utf-8")


@pytest.fixture(params=["check", "guide"])
def place(request: pytest.FixtureRequest) -> Place:
    """Return where the checker runs: the guarantees are the same in its own page and in a guide's step."""
    chosen: Place = request.param
    return chosen


def plant(site: Path, script: str) -> None:  # noqa: F811  # not the fixture
    """Let a script run in both pages that hold the checker, before their own, and in its worker."""
    (worker,) = site.glob("assets/*/worker.mjs")
    planted = worker.with_name("planted.js")
    planted.write_text(script, encoding="utf-8")
    replace_file(worker, worker.read_text(encoding="utf-8") + script)
    data = worker.read_bytes()
    for name in ("check/index.html", "check/data.json"):
        text, replaced = re.subn(
            r'("name":\s?"worker.mjs","url":\s?"[^"]+"),"sha256":"\w+","size":\d+',
            rf'\1,"sha256":"{hashlib.sha256(data).hexdigest()}","size":{len(data)}',
            (site / name).read_text(encoding="utf-8"),
        )
        assert replaced == 1
        replace_file(site / name, text)
    # Whoever can change the page can name the hash of what is planted.
    integrity = format_integrity(hashlib.sha256(planted.read_bytes()).hexdigest())
    for address in ADDRESSES.values():
        path = site / address / "index.html"
        root = "../" * address.count("/")
        source = f"{root}assets/{worker.parent.name}/planted.js"
        tag = f'<script src="{source}" integrity="{integrity}" crossorigin></script>'
        html = path.read_text(encoding="utf-8")
        assert '<script type="module"' in html
        replace_file(path, html.replace('<script type="module"', f'{tag}<script type="module"', 1))


@pytest.fixture
def planted_server(own_site: Path, policy: Policy) -> Iterator[SiteServer]:  # noqa: F811  # the fixture
    """Serve the site with the planted script."""
    plant(own_site, PLANTED.read_text(encoding="utf-8"))
    with SiteServer(own_site, policy) as running, running.serve():
        yield running
