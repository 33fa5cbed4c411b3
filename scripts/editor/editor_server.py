"""The form's server: the page's own files, and the actions below ``/api/`` as JSON."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from typing_extensions import override

from macros.model.language import Language
from scripts.editor.actions import ActionError, Actions
from scripts.editor.change_record import Author
from scripts.editor.guard import find_refusal
from scripts.editor.page_files import PageFile

_API = "/api/"
Query = Mapping[str, str]


class EditorServer(ThreadingHTTPServer):
    """Answers this machine only.

    Attributes:
        token: what every request but that for the page has to carry.
        files: of the page, by their addresses.
        csp: of the page.
        actions: set before :meth:`serve`.
    """

    daemon_threads = True
    block_on_close = False
    actions: Actions

    def __init__(self, port: int, token: str, files: Mapping[str, PageFile]) -> None:
        """Take the port.

        Args:
            port: 0 takes a free one.
            token: of this run.
            files: of the page, by their addresses.

        Raises:
            OSError: the port is taken.
        """
        super().__init__(("127.0.0.1", port), _Handler)
        self.token, self.files, self.csp = token, files, "default-src 'none'"

    @property
    def host(self) -> str:
        """The only Host that is answered."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def origin(self) -> str:
        """The only Origin that may write."""
        return f"http://{self.host}"

    @property
    def url(self) -> str:
        """The address to open: its fragment is the token, which no browser sends to anybody."""
        return f"{self.origin}/#{self.token}"

    def permit_frame(self, preview_origin: str) -> None:
        """Set the page's policy: its own files, and a frame of the preview."""
        self.csp = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
            f"frame-src {preview_origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Answer requests, in other threads, while the block runs."""
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield
        finally:
            self.shutdown()

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Do nothing: a browser that ends a connection early is no error of the server."""


class _Handler(BaseHTTPRequestHandler):
    server: EditorServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Send a file of the page, or what an action returns."""
        self._answer("GET")

    def do_POST(self) -> None:
        """Do what writes."""
        self._answer("POST")

    def _answer(self, method: str) -> None:
        address = urlsplit(self.path)
        file = self.server.files.get(address.path)
        refusal = find_refusal(
            method, self.headers, host=self.server.host, token=self.server.token, is_page=file is not None
        )
        if refusal:
            self.close_connection = True  # its body was not read
            self._send(refusal, "text/plain", b"")
        elif file and method == "GET":
            self._send(HTTPStatus.OK, file.kind, file.body)
        else:
            query = {name: values[-1] for name, values in parse_qs(address.query).items()}
            self._act(method, address.path.removeprefix(_API), query)

    def _act(self, method: str, name: str, query: Query) -> None:
        language: Language = "en" if query.get("lang") == "en" else "ja"
        action = _ACTIONS.get((method, name))
        if action is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"")
            return
        status, actions = HTTPStatus.OK, self.server.actions
        try:
            body = self._read_body() if method == "POST" else {}
            with actions.lock:
                result: Any = action(actions, query, body, language)
        except ActionError as error:
            status = HTTPStatus.CONFLICT
            result = {"error": actions.say(f"error.{error.code}", language, **error.values_of_words)}
        except (KeyError, TypeError, ValueError):  # not what the page sends
            status, result = HTTPStatus.BAD_REQUEST, {"error": ""}
        self._send(status, "application/json", json.dumps(result, default=_encode).encode())

    def _read_body(self) -> Any:  # noqa: ANN401 - any JSON value
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Content-Security-Policy": self.server.csp,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Do nothing: the terminal shows what the preview's builds say."""


def _encode(value: object) -> str:
    """Encode what JSON has no type for: days, as the form has them."""
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(value)


def _read_author(body: Mapping[str, Any]) -> Author:
    return Author(str(body.get("author", "")), str(body.get("mail", "")))


_ACTIONS: dict[tuple[str, str], Callable[[Actions, Query, Any, Language], Any]] = {
    ("GET", "start"): lambda actions, _, __, language: actions.open_start(language),
    ("GET", "document"): lambda actions, query, _, language: actions.open_document(query["path"], language),
    ("GET", "changes"): lambda actions, _, __, language: actions.list_changes(language),
    ("POST", "check"): lambda actions, _, body, language: actions.check(body, language),
    ("POST", "save"): lambda actions, _, body, language: actions.save(body, language),
    ("POST", "guide"): lambda actions, _, body, __: actions.add_guide(
        str(body["folder"]), str(body["name"]), str(body["title"])
    ),
    ("POST", "picture"): lambda actions, _, body, __: actions.add_picture(
        body["path"], body["purpose"], body["name"], body["data"]
    ),
    ("POST", "commit"): lambda actions, _, body, language: actions.commit(
        str(body["message"]), _read_author(body), language
    ),
    ("POST", "patch"): lambda actions, _, body, language: actions.compose_patch(
        str(body["message"]), _read_author(body), language
    ),
}
