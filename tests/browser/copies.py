"""What the tests of the two copies share: a server with a cable to pull, a checked file, a site to change."""

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


class _Remembering(SiteServer):
    """Knows its connections, which a browser keeps open."""

    @override
    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.connections = [*getattr(self, "connections", []), connection]
        return connection, address


class Host:
    """A server whose cable can be pulled, and its site changed."""

    def __init__(self, site: Path, policy: Policy) -> None:
        """Serve below a path."""
        self._stack = ExitStack()
        self.server = self._stack.enter_context(_Remembering(site, policy, base_path="/a/b/"))
        self._stack.enter_context(self.server.serve())
        self.url = self.server.url

    def stop(self) -> None:
        """Nobody answers at the address any more, nor on a connection that is open."""
        self._stack.close()
        for connection in self.server.connections:
            with suppress(OSError):  # the browser may have closed it
                connection.shutdown(socket.SHUT_RDWR)
        self.server.connections = []


def expiring_soon(path: Path) -> Path:
    """Return what Windows exports, expiring in 20 days."""
    path.write_bytes(mint.build_pfx(mint.mint(not_after=TODAY + timedelta(days=20))))
    return path


def judge(tab: Page, pfx: Path) -> None:
    """Choose the file and give the password; the checker answers."""
    tab.set_input_files("#file", pfx)
    field = tab.locator("form.check-password input")
    field.fill(mint.PASSWORD)
    field.press("Enter")
    expect(tab.locator(".check-card h3").first).to_contain_text("更新できます", timeout=60_000)


def copy_of(site: Path, out: Path) -> Path:
    """Return the site without what is made last."""
    made_last = shutil.ignore_patterns("cert-guides-*", "service-worker.js")
    shutil.copytree(site, out, copy_function=shutil.copyfile, ignore=made_last)
    return out
