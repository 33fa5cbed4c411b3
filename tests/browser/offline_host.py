"""Helpers for tests of offline copy and archive: a server that can be cut off, a file, a copy of the site."""

import shutil
import socket
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

from playwright.sync_api import Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.server import SiteServer
from scripts.site.policy import Policy
from tests.support import mint

JAPAN = timezone(timedelta(hours=9))
TODAY = datetime(2027, 3, 10, 10, 0, tzinfo=JAPAN)


class _ConnectionServer(SiteServer):
    """Records its connections, which a browser keeps open."""

    @override
    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.connections = [*getattr(self, "connections", []), connection]
        return connection, address


class Host:
    """A server that can be cut off, and whose site can be changed."""

    def __init__(self, site: Path, policy: Policy) -> None:
        """Serve below a path."""
        self._stack = ExitStack()
        self.server = self._stack.enter_context(_ConnectionServer(site, policy, base_path="/a/b/"))
        self._stack.enter_context(self.server.serve())
        self.url = self.server.url

    def stop(self) -> None:
        """Stop answering, on open connections, too."""
        self._stack.close()
        for connection in self.server.connections:
            with suppress(OSError):  # the browser may have closed it
                connection.shutdown(socket.SHUT_RDWR)
        self.server.connections = []


def write_expiring_pfx(path: Path) -> Path:
    """Write what Windows exports, with a certificate that expires in 20 days; return the path."""
    path.write_bytes(mint.build_pfx(mint.mint(not_after=TODAY + timedelta(days=20))))
    return path


def judge_pfx(tab: Page, pfx: Path) -> None:
    """Choose the file, enter its password and expect a verdict."""
    tab.set_input_files("#file", pfx)
    field = tab.locator("form.check-password input")
    field.fill(mint.PASSWORD)
    field.press("Enter")
    expect(tab.locator(".check-card h3").first).to_contain_text("更新できます", timeout=60_000)


def copy_site(site: Path, out: Path) -> Path:
    """Copy the site without the files that are made last; return the copy's path."""
    made_last = shutil.ignore_patterns("cert-guides-*", "service-worker.js")
    shutil.copytree(site, out, copy_function=shutil.copyfile, ignore=made_last)
    return out
