"""A real nginx with the configuration that scripts/hosting makes."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.command import start
from scripts.site.hosting import render_nginx
from scripts.site.policy import Policy
from tests.support import ROOT


class Nginx:
    """Debian's nginx in front of the site.

    Attributes:
        port: where it listens.
        at: the path that the site lies below.
    """

    def __init__(self, folder: Path, port: int, at: str) -> None:
        """Remember folder, port and path."""
        self._folder, self.port, self.at = folder, port, at

    @property
    def url(self) -> str:
        """Return the address of the site's first page."""
        return f"http://127.0.0.1:{self.port}{self.at}"

    def log(self) -> list[str]:
        """Return status and address of each answer so far."""
        return (self._folder / "access.log").read_text(encoding="utf-8").splitlines()


def find_free_port() -> int:
    """Return a port of the loopback address that nothing listens to."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def name_servers(configuration: str, *names: str) -> str:
    """Copy the server's block once for each name, as deploy/README.md says."""
    before, opening, block = configuration.partition("server {\n")
    return before + "".join(f"{opening}    server_name {name};\n{block}" for name in names)


@contextmanager
def run_nginx(
    folder: Path, site: Path, policy: Policy, at: str, *names: str, port: int | None = None
) -> Iterator[Nginx]:
    """Start nginx, wait until it answers, and end the process that was started.

    Args:
        folder: for its files.
        site: that it serves.
        policy: with the site's headers.
        at: path below which the site lies.
        names: of servers with that site; without any there is one that answers to all.
        port: where it listens; None: any that is free.
    """
    port = port or find_free_port()
    configuration = render_nginx(policy, root=str(site), listen=f"127.0.0.1:{port}", at=at, brotli=True)
    if names:
        configuration = name_servers(configuration, *names)
    (folder / "site.conf").write_text(configuration, encoding="utf-8")
    # As in the image, all around the site's own part: nothing is written outside of the folder.
    main = shutil.copy(ROOT / "deploy/nginx-frame.conf", folder)
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing: scripts/test installs Debian's"
    # As root: the tests' folders are closed to others.
    user = ("-g", "user root;") if os.getuid() == 0 else ()
    with (folder / "access.log").open("w") as log:
        server = start(program, "-e", "stderr", "-p", folder, "-c", main, *user, stdout=log.fileno())
    try:
        while server.poll() is None:
            with socket.socket() as door:
                if door.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        assert server.poll() is None, "nginx did not start: its error stands above"
        yield Nginx(folder, port, at)
    finally:
        server.send_signal(signal.SIGQUIT)
        server.wait()
