"""A browser as people have it, and what it sends: Chromium without silencing flags, behind a proxy that logs.

Playwright starts Chromium with many of its services switched off, and a page's own log shows no request that
the browser makes for itself. Here Chromium is started as a person starts it, and every request of the whole
browser is noted.
"""

import json
import re
import socket
import socketserver
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Page
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.command import start
from scripts.serving.chromium import find_chromium

# What a used profile has: no first run, saving passwords and filling forms allowed, Japanese translated.
PREFERENCES = {
    "profile": {"exit_type": "Normal", "name": "Person 1"},
    "autofill": {"profile_enabled": True, "credit_card_enabled": True},
    "credentials_enable_service": True,
    "browser": {"has_seen_welcome_page": True},
    "intl": {"accept_languages": "en-US,en", "selected_languages": "en-US,en"},
    "translate": {"enabled": True},
    "translate_allowlists": {"ja": "en"},
}
_HOP_BY_HOP = re.compile(rb"(?im)^(?:proxy-connection|connection|keep-alive):[^\r]*\r\n")  # RFC 9110, 7.6.1


@dataclass(frozen=True)
class WireRequest:
    """One request that left the browser.

    Attributes:
        at: seconds of the monotonic clock.
        method: ``CONNECT`` for a request over TLS, whose path is not visible.
        host: host and port.
    """

    at: float
    method: str
    host: str


class LoggingProxy(socketserver.ThreadingTCPServer):
    """Notes every request, passes those to the site on, and refuses all others with 502.

    Attributes:
        requests: everything that was asked for, in the order of arrival.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: str) -> None:
        """Take a free port of the loopback address.

        Args:
            site: host and port that answer.
        """
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.requests: list[WireRequest] = []

    def hosts_since(self, moment: float) -> list[str]:
        """Return the hosts other than the site that were asked after a moment of the monotonic clock."""
        return [
            request.host for request in self.requests if request.at >= moment and request.host != self.site
        ]

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that the browser ends early."""


class _Handler(socketserver.StreamRequestHandler):
    server: LoggingProxy

    @override
    def handle(self) -> None:
        words = self.rfile.readline().decode("latin-1").split()
        if len(words) < 2:
            return
        method, target = words[:2]
        host, _, path = re.sub(r"^https?://", "", target).partition("/")
        self.server.requests.append(WireRequest(time.monotonic(), method, host))
        headers = b""
        while (line := self.rfile.readline()) not in (b"\r\n", b"\n", b""):
            headers += line
        if host == self.server.site and method != "CONNECT":
            self._pass_on(f"{method} /{path} HTTP/1.1\r\n".encode(), headers)
        else:
            self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def _pass_on(self, request_line: bytes, headers: bytes) -> None:
        host, _, port = self.server.site.partition(":")
        with socket.create_connection((host, int(port))) as upstream:
            upstream.sendall(request_line + _HOP_BY_HOP.sub(b"", headers) + b"Connection: close\r\n\r\n")
            while data := upstream.recv(65_536):
                self.wfile.write(data)


@contextmanager
def logging_proxy(site_url: str) -> Iterator[LoggingProxy]:
    """Run the proxy in front of a site.

    Args:
        site_url: of the site's server, e.g. ``http://127.0.0.1:8000/``.
    """
    with LoggingProxy(site_url.split("/")[2]) as proxy:
        threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield proxy
        proxy.shutdown()


@contextmanager
def everyday_chromium(chromium: BrowserType, profile: Path, proxy: LoggingProxy) -> Iterator[Page]:
    """Start Chromium as a person starts it and yield its first tab.

    The only flags are those without which it does not run here (no sandbox for root, no window, no GPU),
    those that lead it to the proxy, and the port by which the test steers it. When the block ends, the
    browser has been closed as a person closes it, so that all that it keeps is in the profile.

    Args:
        chromium: Playwright's, which only connects.
        profile: an empty folder, or the profile of an earlier start.
        proxy: what every request of the browser goes through, those to this machine too.

    Raises:
        TimeoutError: it did not start.
    """
    if not (profile / "Default").is_dir():
        (profile / "Default").mkdir(parents=True)
        (profile / "Default/Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")
    door = profile / "DevToolsActivePort"
    door.unlink(missing_ok=True)
    process = start(
        *(
            find_chromium(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--lang=en-US",
        ),
        *(f"--user-data-dir={profile}", "--remote-debugging-port=0"),
        *(f"--proxy-server=127.0.0.1:{proxy.server_address[1]}", "--proxy-bypass-list=<-loopback>"),
        "about:blank",
        stderr=subprocess.DEVNULL,
    )
    try:
        browser = chromium.connect_over_cdp(f"http://127.0.0.1:{_wait_for_port(door)}")
        yield browser.contexts[0].pages[0]
        _close(browser)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()


def _wait_for_port(door: Path) -> str:
    for _ in range(600):
        if door.exists() and (lines := door.read_text(encoding="utf-8").split()):
            return lines[0]
        time.sleep(0.1)
    raise TimeoutError("Chromium did not open its debugging port")


def _close(browser: Browser) -> None:
    """Close the browser itself, not only the connection to it."""
    browser.new_browser_cdp_session().send("Browser.close")
