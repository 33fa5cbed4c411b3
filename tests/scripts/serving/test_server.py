"""The server that development and the browser tests use."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from scripts.serving.server import Request, SiteServer
from scripts.site.policy import load_policy
from tests.support import ROOT

POLICY = load_policy(ROOT / "deploy/policy.yaml").resolve({})


@pytest.fixture(params=["/", "/a/b/"])
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SiteServer]:
    """Yield a small site at the root and below a path, with a secret beside it."""
    site = tmp_path / "site"
    (site / "boj/日本").mkdir(parents=True)
    (site / "index.html").write_text("first")
    (site / "boj/index.html").write_text("boj")
    (site / "404.html").write_text("lost")
    (tmp_path / "secret.txt").write_text("secret")
    with SiteServer(site, POLICY, base_path=request.param) as site_server, site_server.serve():
        yield site_server


def send_request(
    server: SiteServer, path: str, method: str = "GET", accepted: str = "identity"
) -> tuple[HTTPResponse, bytes]:
    """Send an address exactly as it stands; no client tidies it."""
    connection = HTTPConnection("127.0.0.1", server.server_port)
    try:
        connection.request(method, server.base_path + path, headers={"Accept-Encoding": accepted})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_a_page_comes_with_the_headers_of_its_class(server: SiteServer) -> None:
    """Every header of the policy is sent, and the exact length."""
    response, body = send_request(server, "boj/")
    assert (response.status, body) == (200, b"boj")
    headers = dict(response.getheaders())
    assert headers.items() >= POLICY.build_response_headers("boj/index.html").items()
    assert headers["Content-Length"] == "3"


def test_a_directory_without_its_slash_is_redirected_relatively(server: SiteServer) -> None:
    """The redirect names no host and no base path: neither is the site's to know."""
    response, _ = send_request(server, "boj?x=1")
    assert (response.status, response.getheader("Location")) == (301, "./boj/?x=1")


OUTSIDE = ["../secret.txt", "%2e%2e/secret.txt", "boj/..%2f..%2fsecret.txt", "..%5csecret.txt", "/etc/passwd"]
NO_FILE = ["none/", "boj/none", "boj/%E6%97%A5%E6%9C%AC/", "boj//", "./", "index.html/", "index.html%00"]


@pytest.mark.parametrize("path", OUTSIDE + NO_FILE)
def test_what_is_not_a_file_of_the_site_is_not_found(server: SiteServer, path: str) -> None:
    """No listing of a directory, no way out of the site's, and one page for all such addresses."""
    response, body = send_request(server, path)
    assert (response.status, body) == (404, b"lost")
    assert response.getheader("Content-Security-Policy") == POLICY.find_class("404.html").csp


def test_the_log_holds_each_request(server: SiteServer) -> None:
    """The log is what tests read to see that nothing was asked."""
    send_request(server, "boj/?q", "HEAD")
    send_request(server, "none")
    assert server.requests == [
        Request("HEAD", f"{server.base_path}boj/?q", 200),
        Request("GET", f"{server.base_path}none", 404),
    ]


def test_a_head_request_has_no_body(server: SiteServer) -> None:
    """The length is told, the bytes are not sent (RFC 9110, 9.3.2)."""
    response, body = send_request(server, "", "HEAD")
    assert (response.getheader("Content-Length"), body) == ("5", b"")


def test_a_compressed_copy_goes_to_who_takes_it(tmp_path: Path) -> None:
    """Brotli before gzip, under the file's own headers, told apart in caches; if the server is told to."""
    for name in ("a.css", "a.css.br", "a.css.gz"):
        (tmp_path / name).write_text(name)
    chosen = {"gzip, deflate, br": "a.css.br", "gzip": "a.css.gz", "identity": "a.css"}
    with SiteServer(tmp_path, POLICY) as server, server.serve():
        server.compressed = True
        for accepted, name in chosen.items():
            response, body = send_request(server, "a.css", accepted=accepted)
            assert body == name.encode()
            assert response.getheader("Vary") == "Accept-Encoding"
            assert response.getheader("Content-Type") == "text/css; charset=utf-8"
            coding = {"a.css.br": "br", "a.css.gz": "gzip"}.get(name)
            assert response.getheader("Content-Encoding") == coding
    with SiteServer(tmp_path, POLICY) as server, server.serve():
        response, body = send_request(server, "a.css", accepted="br")
        assert (body, response.getheader("Content-Encoding")) == (b"a.css", None)


def test_only_this_machine_can_ask(server: SiteServer) -> None:
    """The development server is bound to the loopback address."""
    assert server.server_address[0] == "127.0.0.1"
