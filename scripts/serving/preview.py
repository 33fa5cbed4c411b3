"""What scripts/serve answers besides the site's files, and how open pages follow the build."""

from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from macros.addressing.urls import split_language
from scripts.serving.preview_pages import render_building_page

SCRIPT = "preview.mjs"
VERSION = "preview.txt"
_FRESH = {"Cache-Control": "no-store"}
# Nothing in such a page can run.
_PAGE = {
    **_FRESH,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}


class Response(NamedTuple):
    """Status, headers and body of a response."""

    status: HTTPStatus
    headers: dict[str, str]
    body: bytes


class Preview:
    """What is shown at the moment.

    Attributes:
        version: the number of builds that have ended; open pages ask for it.
        fault: the page that stands for every page while the files have mistakes.
    """

    def __init__(self) -> None:
        """Nothing is built yet."""
        self.version = 0
        self.fault: str | None = None

    def finish_build(self, fault: str | None = None) -> None:
        """Show the new site, or what was wrong."""
        self.version, self.fault = self.version + 1, fault

    def respond(self, path: str | None) -> Response | None:
        """Return the response to what is not the site's own; None for what is.

        Until the first build has ended this is every address. It is not there yet, and soon will be: 503 with
        Retry-After (RFC 9110, 15.6.4), by which programs that ask can tell; browsers show the page.

        Args:
            path: of a file, below the site's root; None for an address that can name none.
        """
        if self.version == 0:
            headers = {**_PAGE, "Retry-After": "1"}
            return Response(HTTPStatus.SERVICE_UNAVAILABLE, headers, render_building_page().encode())
        if path == VERSION:
            headers = {**_FRESH, "Content-Type": "text/plain"}
            return Response(HTTPStatus.OK, headers, str(self.version).encode())
        if path == SCRIPT:
            headers = {**_FRESH, "Content-Type": "text/javascript"}
            return Response(HTTPStatus.OK, headers, Path(__file__).with_name(SCRIPT).read_bytes())
        if self.fault is not None and path is not None and (path.endswith((".html", "/")) or not path):
            return Response(HTTPStatus.OK, _PAGE, self.fault.encode())
        return None

    def add_script(self, path: str, body: bytes, base_path: str) -> bytes:
        """Put the script that follows the files into a guide's page; the checker's page makes no request.

        Args:
            path: of the file, below the site's root.
            body: of the file.
            base_path: the path that the site lies below.
        """
        if not path.endswith(".html") or split_language(path)[1] == "check/index.html":
            return body
        script = f'<script type="module" src="{base_path}{SCRIPT}?{self.version}"></script></body>'
        return body.replace(b"</body>", script.encode())
