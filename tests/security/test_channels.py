"""Ways in which a script could send something away, tried by a planted one against listening servers.

A table gives the outcome of each try. A directive: the browser stopped it by that part of the policy, and
reports so in an event. Integrity-Policy: by that header, since no hash was named; it reports that, too. An
error's name: there is no such function. “arrives”: the server has received it.
"""

import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Route, Worker, expect

from scripts.command import start
from scripts.serving.chromium import find_chromium
from scripts.serving.server import SiteServer
from scripts.site.policy import Policy
from tests.browser.checker import ADDRESSES, Place, begin_checker, open_checker
from tests.security.conftest import Listener, plant

# In the page as it comes, while it fetches the runtime; then when it takes files, having given itself a
# policy that allows no request. Each to another origin and to the site's own.
PAGE = """
                 | as it comes:                              | when it takes files:
                 | foreign             | own                 | foreign             | own
fetch            | connect-src         | arrives             | connect-src         | connect-src
XMLHttpRequest   | connect-src         | arrives             | connect-src         | connect-src
WebSocket        | connect-src         | arrives             | connect-src         | connect-src
EventSource      | connect-src         | arrives             | connect-src         | connect-src
WebTransport     | connect-src         | WebTransportError   | connect-src         | connect-src
sendBeacon       | connect-src         | arrives             | connect-src         | connect-src
caches           | connect-src         | arrives             | connect-src         | connect-src
an image         | img-src             | img-src             | img-src             | img-src
a background     | img-src             | img-src             | img-src             | img-src
preload          | img-src             | img-src             | img-src             | img-src
a video          | media-src           | media-src           | media-src           | media-src
a font           | font-src            | font-src            | font-src            | font-src
a style sheet    | style-src-elem      | arrives             | style-src-elem      | style-src-elem
modulepreload    | script-src-elem     | Integrity-Policy    | script-src-elem     | script-src-elem
import()         | script-src-elem     | Integrity-Policy    | script-src-elem     | script-src-elem
a script         | trusted types       | trusted types       | trusted types       | trusted types
a worker         | trusted types       | trusted types       | trusted types       | trusted types
a module worker  | trusted types       | trusted types       | trusted types       | trusted types
a shared worker  | trusted types       | trusted types       | trusted types       | trusted types
an object        | trusted types       | trusted types       | trusted types       | trusted types
a service worker | trusted types       | trusted types       | trusted types       | trusted types
a frame          | frame-src           | frame-src           | frame-src           | frame-src
prefetch         | default-src         | arrives             | default-src         | default-src
a form           | form-action         | form-action         | form-action         | form-action
window.open()    | arrives             | arrives             | arrives             | arrives
navigation       | arrives             | arrives             | arrives             | arrives
"""

# A guide as it comes may load pictures of its own site, for its icon, and the modules of its search.
LOOSER_AS_A_GUIDE_COMES = dict.fromkeys(
    ("an image", "a background", "preload", "modulepreload", "import()"), "arrives"
)

# In the worker, which reads the files.
WORKER = """
                 | foreign             | own
fetch            | connect-src         | connect-src
XMLHttpRequest   | connect-src         | connect-src
WebSocket        | connect-src         | connect-src
EventSource      | connect-src         | connect-src
WebTransport     | connect-src         | connect-src
caches           | connect-src         | connect-src
import()         | script-src-elem     | script-src-elem
importScripts()  | TypeError           | TypeError
a worker         | trusted types       | trusted types
a module worker  | trusted types       | trusted types
a font           | font-src            | font-src
sendBeacon       | TypeError           | TypeError
a service worker | TypeError           | TypeError
a shared worker  | ReferenceError      | ReferenceError
WebRTC           | ReferenceError      | ReferenceError
an element       | ReferenceError      | ReferenceError
"""

# Resolves once the browser has reported that it blocked the address (W3C SRI, IntegrityViolationReportBody).
BLOCKED = """(url) => new Promise((resolve) => {
    const look = (reports) => reports.some(({body}) => body.blockedURL === url) && resolve(true);
    new ReportingObserver(look, {types: ["integrity-violation"], buffered: true}).observe();
})"""
LATE = "new Promise((resolve) => setTimeout(resolve, 10000, false))"
ERROR = re.compile(r"\w+Error")


def read_rows(table: str, *, first: int, heads: int) -> Iterator[tuple[str, str, str]]:
    """Yield a table's rows: the try, its outcome to another origin, and to the site's own."""
    for line in table.strip("\n").splitlines()[heads:]:
        name, *cells = (cell.strip() for cell in line.split("|"))
        yield name, cells[first], cells[first + 1]


class Trial:
    """Tries ways in a page or a worker and compares with what is expected."""

    def __init__(self, page: Page, script: Page | Worker, listener: Listener, server: SiteServer) -> None:
        """Begin with empty logs."""
        self._page, self._script, self._listener, self._server = page, script, listener, server
        self._expected: set[tuple[str, str]] = set()

    def run(self, name: str, origin: str, outcome: str) -> None:
        """Try one way to one origin; wait for the evidence of its outcome."""
        base = self._listener.url if origin == "foreign" else f"{self._server.url}api/authorities.json"
        url = f"{base}?channel={quote(name)}"
        error = self._script.evaluate("([name, url]) => tryChannel(name, url)", [name, url])
        if ERROR.fullmatch(outcome):
            assert error == outcome, (name, origin)
        elif outcome == "Integrity-Policy":
            assert self._script.evaluate(f"url => Promise.race([({BLOCKED})(url), {LATE}])", url), (
                name,
                origin,
            )
        elif outcome == "arrives":
            self._expected.add((name, origin))
            self._wait_until(lambda: (name, origin) in self.list_arrivals(), name, origin)
        else:
            directive = "require-trusted-types-for" if outcome == "trusted types" else outcome
            self._wait_until(lambda: directive in self._script.evaluate("violations"), name, origin)

    def list_arrivals(self) -> set[tuple[str, str]]:
        """List which tries reached which origin."""
        names = {quote(name): name for name, *_ in [*read_rows(PAGE, first=0, heads=2)]}
        logs = {
            "foreign": list(self._listener.targets),
            "own": [request.target for request in list(self._server.requests)],
        }
        return {
            (names.get(target.partition("?channel=")[2], target), origin)
            for origin, targets in logs.items()
            for target in targets
            if origin == "foreign" or "?channel=" in target
        }

    def expect_nothing_else(self) -> None:
        """Expect that nothing else has arrived anywhere."""
        assert self.list_arrivals() == self._expected

    def _wait_until(self, holds: Callable[[], bool], name: str, origin: str) -> None:
        for _ in range(500):
            if holds():
                return
            self._page.wait_for_timeout(20)
        violations = self._script.evaluate("violations")
        pytest.fail(f"{name} to {origin}: not the outcome in the table; violations: {violations}")


@contextmanager
def hold_back(page: Page) -> Iterator[None]:
    """Keep the page from getting ready: one of the runtime's files does not come meanwhile."""
    held: list[Route] = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108  # Playwright marks what it calls
    yield
    for route in held:
        route.abort()


@pytest.mark.parametrize("state", ["as it comes", "when it takes files"])
def test_what_a_script_in_the_page_can_send(  # noqa: PLR0913, PLR0917 - each is a fixture
    page: Page,
    planted_server: SiteServer,
    listener: Listener,
    state: str,
    complaints: list[str],
    place: Place,
) -> None:
    """Each way out of the page is stopped by the directive that the table names, or said to be open."""
    is_loading = state == "as it comes"
    looser = LOOSER_AS_A_GUIDE_COMES if is_loading and place == "guide" else {}
    with hold_back(page) if is_loading else nullcontext():
        if is_loading:
            begin_checker(page, planted_server, place)
            expect(page.locator("progress")).to_be_visible()
        else:
            open_checker(page, planted_server, place)
        trial = Trial(page, page, listener, planted_server)
        for name, foreign, own in read_rows(PAGE, first=0 if is_loading else 2, heads=2):
            trial.run(name, "foreign", foreign)
            trial.run(name, "own", looser.get(name, own))
        trial.expect_nothing_else()
        # Chromium may never close a profile of which a page is just being left while a request is held back.
        page.wait_for_url("**/api/authorities.json?channel=navigation")
    assert complaints
    complaints.clear()


def test_what_a_script_in_the_worker_can_send(
    page: Page, planted_server: SiteServer, listener: Listener, complaints: list[str], place: Place
) -> None:
    """Where files are read there is no way out: not to another origin, not to the site's own."""
    open_checker(page, planted_server, place)
    trial = Trial(page, page.workers[0], listener, planted_server)
    for name, foreign, own in read_rows(WORKER, first=0, heads=1):
        trial.run(name, "foreign", foreign)
        trial.run(name, "own", own)
    trial.expect_nothing_else()
    complaints.clear()


def test_webrtc_leaves_the_page(page: Page, planted_server: SiteServer) -> None:
    """No policy that Chromium knows stops WebRTC: a STUN request arrives (RFC 5389, 6)."""
    open_checker(page, planted_server)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stun:
        stun.bind(("127.0.0.1", 0))
        stun.settimeout(30)
        port = stun.getsockname()[1]
        page.evaluate("port => tryChannel('WebRTC', `http://127.0.0.1:${port}/`)", port)
        assert stun.recv(2048)[4:8] == bytes.fromhex("2112a442")


HINTS = """
if (typeof document !== "undefined") document.addEventListener("DOMContentLoaded", () => {
  const hint = (rel, href) =>
    document.head.append(Object.assign(document.createElement("link"), {rel, href}));
  new MutationObserver(() => {
    if (!document.querySelector("[data-connection]") || document.querySelector("[rel=preconnect]")) return;
    hint("dns-prefetch", "//what-is-sent.invalid/");
    hint("preconnect", "http://127.0.0.1:%d/");
  }).observe(document, {subtree: true, childList: true});
});
"""


def test_hints_leave_the_page(own_site: Path, policy: Policy, tmp_path: Path) -> None:
    """No policy that Chromium knows stops dns-prefetch and preconnect: a name is looked up, a host reached.

    Playwright's Chromium gives no hints, so this one is started as a person starts it.
    """
    log = tmp_path / "net.json"
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(60)
        plant(own_site, HINTS % door.getsockname()[1])
        with SiteServer(own_site, policy) as server, server.serve():
            browser = start(
                *(find_chromium(), "--headless", "--no-sandbox", "--disable-gpu"),
                *("--no-first-run", f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}"),
                *("--remote-debugging-port=0", f"{server.url}check/"),
                stderr=subprocess.DEVNULL,
            )
            try:
                door.accept()[0].close()
            finally:
                browser.terminate()
                browser.wait()
    assert "what-is-sent.invalid" in log.read_text(encoding="utf-8")


def test_state_that_a_script_plants_for_other_pages(page: Page, planted_server: SiteServer) -> None:
    """Cookies and storage stay open to a planted script: other pages would send or read them later."""
    open_checker(page, planted_server)
    page.evaluate("document.cookie = 'planted=1; path=/'; localStorage.planted = '1'")
    page.goto(f"{planted_server.url}boj/renew/")
    assert [cookie.get("name") for cookie in page.context.cookies()] == ["planted"]
    assert page.evaluate("localStorage.planted") == "1"


def test_no_other_site_has_a_hold_of_the_page(
    page: Page, planted_server: SiteServer, listener: Listener, place: Place
) -> None:
    """Opened by another site, the page has no opener to send messages to, and the other site no window."""
    listener.page = "<!doctype html><meta charset=utf-8><title>other</title>"
    page.goto(listener.url)
    with page.expect_popup() as popup:
        page.evaluate("url => { window.popup = window.open(url); }", planted_server.url + ADDRESSES[place])
    if place == "guide":
        popup.value.locator(".step-check > summary").first.click()
    expect(popup.value.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    assert popup.value.evaluate("window.opener") is None
    assert page.evaluate("window.popup.closed")


@pytest.mark.parametrize(("below", "has_hold"), [("check/", False), ("tse/renew/", True)])
def test_what_a_guide_has_a_hold_of(
    page: Page, planted_server: SiteServer, below: str, *, has_hold: bool
) -> None:
    """A guide that opens the checker's page has no window of it; of another guide it has one."""
    page.goto(f"{planted_server.url}boj/renew/")
    with page.expect_popup() as popup:
        page.evaluate("url => { window.popup = window.open(url); }", planted_server.url + below)
    popup.value.wait_for_load_state()
    assert popup.value.evaluate("window.opener !== null") is has_hold
    assert page.evaluate("!window.popup.closed") is has_hold


def test_no_other_site_can_frame_the_page(
    page: Page, planted_server: SiteServer, listener: Listener, complaints: list[str], place: Place
) -> None:
    """frame-ancestors: nobody lays something over the page or reads what a person does in it."""
    address = planted_server.url + ADDRESSES[place]
    listener.page = f"<!doctype html><title>other</title><iframe src='{address}'></iframe>"
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(listener.url)
    (frame,) = page.main_frame.child_frames
    frame.wait_for_url("chrome-error://**")
    complaints.clear()
