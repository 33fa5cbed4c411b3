"""The web server for development and for the tests: a site below one path, with the policy's headers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.preview import VERSION
from scripts.site.policy import Policy

if TYPE_CHECKING:
    from scripts.serving.preview import Preview


@dataclass(frozen=True)
class Request:
    """One request, as the server saw it.

    Attributes:
        method: e.g. ``GET``.
        target: the path with its query, as it was sent.
        status: of the response.
    """

    method: str
    target: str
    status: int


class SiteServer(ThreadingHTTPServer):
    """Serves a site to this machine only.

    Attributes:
        site: the built site; may be exchanged while serving, see :meth:`show`.
        policy: resolved, see :meth:`Policy.resolve`.
        base_path: the path that the site lies below, with a slash at both ends.
        compressed: whether a file's compressed copy is sent to who takes it, as public servers do. Only when
            set: a test that changes a file would see the old copy.
        preview: what is shown while the files are being written; None for a site as it is published.
        requests: all so far, in the order of the responses.
    """

    daemon_threads = True
    # A browser keeps connections open: closing must not wait until it lets go of them.
    block_on_close = False

    def __init__(
        self,
        site: Path,
        policy: Policy,
        *,
        port: int = 0,
        base_path: str = "/",
        on_request: Callable[[Request], None] = lambda _: None,
    ) -> None:
        """Take the port; nothing is answered before :meth:`serve`.

        Args:
            site: directory that holds the site's ``index.html``.
            policy: resolved.
            port: 0 takes a free one.
            base_path: the path to serve below, with a slash at both ends.
            on_request: called with each request after its response's headers are sent.

        Raises:
            OSError: the port is taken.
            ValueError: a slash of ``base_path`` is missing.
        """
        if not (base_path.startswith("/") and base_path.endswith("/")):
            raise ValueError(
                f"a path to serve below begins and ends with a slash, as /a/b/ does; got {base_path}"
            )
        super().__init__(("127.0.0.1", port), Handler)
        self.site, self.policy, self.base_path = site, policy, base_path
        self.compressed = False
        self.preview: Preview | None = None
        self.requests: list[Request] = []
        self._on_request = on_request

    @property
    def url(self) -> str:
        """The address of the site's first page."""
        return f"http://127.0.0.1:{self.server_port}{self.base_path}"

    def show(self, site: Path, policy: Policy) -> None:
        """Show another site from now on.

        Args:
            site: directory that holds the site's ``index.html``.
            policy: resolved.
        """
        self.site, self.policy = site, policy

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Answer requests, in other threads, while the block runs."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield
        finally:
            self.shutdown()

    def note(self, request: Request) -> None:
        """Add to the log."""
        self.requests.append(request)
        self._on_request(request)

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Do nothing: a browser that ends a connection early is no error of the server."""


# The ending of a compressed copy by the coding's name in HTTP, the best first.
_COPIES = {"br": ".br", "gzip": ".gz"}


class Handler(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    server: SiteServer
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: the second would wait for the first's acknowledgement, 40 ms (RFC 896).
    disable_nagle_algorithm = True
    server_version = "cert-guides"
    sys_version = ""

    def do_GET(self) -> None:
        """Send the file, the page of a folder, or the page for unknown addresses."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send the same without the body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        site, preview = self.server.site, self.server.preview
        address = urlsplit(self.path)
        path = self._find_path_below_site(address.path)
        if preview and (response := preview.respond(path)):
            self._send(*response, with_body=with_body)
            return
        if preview and path == VERSION:
            _, page = self._find_file(self._find_path_below_site(address.query))
            self._send(*preview.tell_version(page, _read(site / page)), with_body=with_body)
            return
        if path and not path.endswith("/") and (site / path).is_dir():
            self._redirect_into_directory()
            return
        status, path = self._find_file(path)
        file, coding = self._choose_representation(site / path)
        body = _read(file)
        if preview:
            body = preview.add_script(path, preview.replace_body(path, body), self.server.base_path)
        headers = {**self.server.policy.build_response_headers(path), **coding}
        self._send(status, headers, body, with_body=with_body)

    def _send(self, status: HTTPStatus, headers: dict[str, str], body: bytes, *, with_body: bool) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _choose_representation(self, file: Path) -> tuple[Path, dict[str, str]]:
        """Choose the file or its best copy that the client takes (RFC 9110, 12.5.3).

        Returns:
            The chosen file, and the headers that say which it is.
        """
        copies = {coding: file.with_name(file.name + ending) for coding, ending in _COPIES.items()}
        if not self.server.compressed or not copies["gzip"].is_file():
            return file, {}
        accepted = {coding.strip() for coding in self.headers.get("Accept-Encoding", "").split(",")}
        vary = {"Vary": "Accept-Encoding"}
        for coding, copy in copies.items():
            if coding in accepted:
                return copy, {**vary, "Content-Encoding": coding}
        return file, vary

    def _find_file(self, path: str | None) -> tuple[HTTPStatus, str]:
        """Return the status and the path of the file that answers: for unknown addresses, a page."""
        site = self.server.site
        if path is not None and (site / path).is_dir():
            path = f"{path.removesuffix('/')}/index.html".removeprefix("/")
        # pathlib drops a slash at the end: "a.html/" is not the file "a.html".
        if path is None or path.endswith("/") or not (site / path).is_file():
            return HTTPStatus.NOT_FOUND, "404.html"
        return HTTPStatus.OK, path

    def _find_path_below_site(self, address: str) -> str | None:
        """Return the path below the site's root that an address names, or None where it can name none."""
        path = unquote(address)
        if not path.startswith(self.server.base_path):
            return None
        below = path.removeprefix(self.server.base_path)
        parts = below.removesuffix("/").split("/")
        if below and any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
            return None
        return below

    def _redirect_into_directory(self) -> None:
        """Send the address with a slash: at another, the relative links of a folder's page lead astray."""
        address = urlsplit(self.path)
        name = address.path.rsplit("/", 1)[1]
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # "./" before a name keeps one with a colon from being read as a scheme (RFC 3986, 4.2).
        self.send_header("Location", f"./{name}/" + (f"?{address.query}" if address.query else ""))
        self.send_header("Content-Length", "0")
        self.end_headers()

    @override
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.server.note(Request(self.command, self.path, int(code)))

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Do nothing: the log is :attr:`SiteServer.requests`."""


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
