"""What scripts/serve answers besides the site's files, and how open pages follow the build."""

import hashlib
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
        is_built: whether the first build has ended.
        fault: the page that stands for every page while the files have mistakes.
        open_page: path, below the site's root, of the page that a person looked at last.
        page_ahead: path and bytes of a page that was built before the rest of its site.
    """

    def __init__(self) -> None:
        """Nothing is built yet."""
        self.is_built = False
        self.fault: str | None = None
        self.open_page: str | None = None
        self.page_ahead: tuple[str, bytes] | None = None

    def show_page(self, path: str, body: bytes) -> None:
        """Show a page in place of the site's own until the build has ended; it has no mistakes."""
        self.page_ahead, self.fault = (path, body), None

    def finish_build(self, fault: str | None = None) -> None:
        """Show the new site, or what was wrong."""
        self.is_built, self.fault, self.page_ahead = True, fault, None

    def respond(self, path: str | None) -> Response | None:
        """Return the response to what is not the site's own; None for what is.

        Until the first build has ended this is every address. It is not there yet, and soon will be: 503 with
        Retry-After (RFC 9110, 15.6.4), by which programs that ask can tell; browsers show the page.

        Args:
            path: of a file, below the site's root; None for an address that can name none.
        """
        if not self.is_built:
            headers = {**_PAGE, "Retry-After": "1"}
            return Response(HTTPStatus.SERVICE_UNAVAILABLE, headers, render_building_page().encode())
        if path == SCRIPT:
            headers = {**_FRESH, "Content-Type": "text/javascript"}
            return Response(HTTPStatus.OK, headers, Path(__file__).with_name(SCRIPT).read_bytes())
        if self.fault is not None and path is not None and (path.endswith((".html", "/")) or not path):
            return Response(HTTPStatus.OK, _PAGE, self.fault.encode())
        return None

    def replace_body(self, path: str, body: bytes) -> bytes:
        """Return the body of the page that was built ahead, where it is this one."""
        ahead = self.page_ahead
        return ahead[1] if ahead and ahead[0] == path else body

    def tell_version(self, path: str, body: bytes) -> Response:
        """Tell an open page which version it would be now, and take it for the page that a person looks at.

        Args:
            path: of the page's file, below the site's root.
            body: of the file.
        """
        self.open_page = path
        headers = {**_FRESH, "Content-Type": "text/plain"}
        version = "fault" if self.fault is not None else _compute_version(self.replace_body(path, body))
        return Response(HTTPStatus.OK, headers, version.encode())

    def add_script(self, path: str, body: bytes, base_path: str) -> bytes:
        """Put the script that follows the files into a guide's page; the checker's page makes no request.

        Args:
            path: of the file, below the site's root.
            body: of the file.
            base_path: the path that the site lies below.
        """
        if not path.endswith(".html") or split_language(path)[1] == "check/index.html":
            return body
        script = f'<script type="module" src="{base_path}{SCRIPT}?{_compute_version(body)}"></script></body>'
        return body.replace(b"</body>", script.encode())


def _compute_version(body: bytes) -> str:
    """Compute what tells two versions of a page apart."""
    return hashlib.sha256(body).hexdigest()[:16]
