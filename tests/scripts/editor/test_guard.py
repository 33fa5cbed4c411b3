"""What the form's server refuses: another Host, Origin, token, type or length, and paths out of docs/."""

import http.client
import json
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from scripts.editor.actions import Actions
from scripts.editor.documents import UnknownDocumentError, find_document, list_documents
from scripts.editor.editor_server import EditorServer
from scripts.editor.guard import TOKEN_HEADER
from scripts.editor.page_files import PageFile

TOKEN = "the-token"
PAGE = {"/": PageFile("text/html", b"<!doctype html>")}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make docs/ with one authority, and a file outside."""
    folder = tmp_path / "docs/abc"
    (folder / "parts").mkdir(parents=True)
    (tmp_path / "docs/shared").mkdir()
    (folder / "authority.yaml").write_text("name: {ja: あ, en: a}\n", encoding="utf-8")
    (folder / "renew.yaml").write_text("title: {ja: あ, en: a}\n", encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("a: 1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def server(repository: Path) -> Iterator[EditorServer]:
    """Serve it."""
    with EditorServer(0, TOKEN, PAGE) as running, running.serve():
        running.actions = Actions("http://127.0.0.1:1/", repository)
        running.permit_frame("http://127.0.0.1:1")
        yield running


def send(
    server: EditorServer, method: str, path: str, headers: dict[str, str], body: object = None
) -> http.client.HTTPResponse:
    """Send a request with exactly these headers, and Content-Length."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    text = json.dumps(body) if body is not None else None
    connection.request(method, path, text, headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def write_headers(server: EditorServer, **changed: str | None) -> dict[str, str]:
    """Return the headers with which the page writes, but for some."""
    headers = {TOKEN_HEADER: TOKEN, "Origin": server.origin, "Content-Type": "application/json"}
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    return {name: value for name, value in {**headers, **named}.items() if value is not None}


DRAFT = {"path": "abc/renew.yaml", "data": {"title": {"ja": "い", "en": "b"}}, "digest": ""}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Host": "localhost:1"}, HTTPStatus.MISDIRECTED_REQUEST),
        ({"Host": "editor.example"}, HTTPStatus.MISDIRECTED_REQUEST),
        ({TOKEN_HEADER.replace("-", "_"): "another"}, HTTPStatus.FORBIDDEN),
        ({TOKEN_HEADER.replace("-", "_"): None}, HTTPStatus.FORBIDDEN),
        ({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN),
        ({"Origin": "null"}, HTTPStatus.FORBIDDEN),
        ({"Origin": None}, HTTPStatus.FORBIDDEN),
        ({"Content_Type": "text/plain"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content_Length": "x"}, HTTPStatus.LENGTH_REQUIRED),
        ({"Content_Length": "99999999"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_a_request_of_another_page_is_refused(
    server: EditorServer, repository: Path, changed: dict[str, str | None], status: HTTPStatus
) -> None:
    """Each of these alone is enough, and nothing is written."""
    before = (repository / "docs/abc/renew.yaml").read_bytes()
    answered = send(server, "POST", "/api/save", write_headers(server, **changed), DRAFT)
    assert answered.status == status
    assert (repository / "docs/abc/renew.yaml").read_bytes() == before


def test_reading_needs_the_token_too(server: EditorServer) -> None:
    """Only the page's own files are for whoever asks; they hold no facts."""
    assert send(server, "GET", "/", {}).status == HTTPStatus.OK
    assert send(server, "GET", "/api/document?path=abc/renew.yaml", {}).status == HTTPStatus.FORBIDDEN
    assert send(server, "GET", "/", {"Host": "localhost"}).status == HTTPStatus.MISDIRECTED_REQUEST
    assert send(server, "GET", "/api/none", {TOKEN_HEADER: TOKEN}).status == HTTPStatus.NOT_FOUND


def test_the_page_may_do_little(server: EditorServer) -> None:
    """No script but its own, no markup from text, no frame but the preview, in no frame itself."""
    policy = send(server, "GET", "/", {}).headers["Content-Security-Policy"]
    directives = dict(directive.strip().split(" ", 1) for directive in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "data:",
        "connect-src": "'self'",
        "frame-src": "http://127.0.0.1:1",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize(
    "path",
    [
        "../secret.yaml",
        "abc/../../secret.yaml",
        "/etc/passwd",
        "abc/renew.yaml/..",
        "abc/renew.yml",
        "abc/.hidden.yaml",
        "abc/renew.yaml.txt",
        "abc/Renew.yaml",
        "abc/other/renew.yaml",
        "abc/parts/deep/renew.yaml",
        "abc\\renew.yaml",
        "abc/renew.yaml\0",
        "other.yaml",
        "unknown/renew.yaml",
        "schemas/guide.yaml",
        "parts/renew.yaml",
        "",
    ],
)
def test_only_documents_are_opened(repository: Path, path: str) -> None:
    """No way out of docs/, no other ending, no folder that is no authority's."""
    with pytest.raises(UnknownDocumentError):
        find_document(path, repository)


def test_a_link_is_no_document(repository: Path) -> None:
    """Neither a file nor a folder that leads elsewhere is read or written."""
    docs = repository / "docs"
    (docs / "abc/link.yaml").symlink_to(repository / "secret.yaml")
    (docs / "abc/parts").rmdir()
    (docs / "abc/parts").symlink_to(repository)
    for path in ("abc/link.yaml", "abc/parts/secret.yaml"):
        with pytest.raises(UnknownDocumentError):
            find_document(path, repository)
    assert [document.path for document in list_documents(repository)] == [
        "abc/authority.yaml",
        "abc/renew.yaml",
    ]


def test_lines_keep_their_ends(repository: Path) -> None:
    """A file that Windows has written stays one."""
    document = find_document("abc/renew.yaml", repository)
    document.file.write_bytes(b"a: 1\r\nb: 2\r\n")
    assert document.read() == "a: 1\nb: 2\n"
    document.write("a: 1\nb: 3\n")
    assert document.file.read_bytes() == b"a: 1\r\nb: 3\r\n"


def test_two_requests_do_not_meet(server: EditorServer) -> None:
    """While an action runs, another waits."""
    answered: list[int] = []

    def ask() -> None:
        answered.append(
            send(server, "GET", "/api/document?path=abc/renew.yaml", {TOKEN_HEADER: TOKEN}).status
        )

    with server.actions.lock:
        asking = threading.Thread(target=ask)
        asking.start()
        assert answered == []
    asking.join()
    assert answered == [HTTPStatus.OK]
