"""The configurations that are made of the policy for real servers, and a real nginx with one."""

import gzip
import os
import re
import shutil
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import FilePayload, Page, expect

from scripts.command import run
from scripts.measuring.source_copy import copy_sources
from scripts.serving.server import SiteServer
from scripts.site.compress import compress, is_copy
from scripts.site.hosting import render_header_file
from scripts.site.policy import Policy
from tests.support import mint
from tests.support.copies import run_module
from tests.support.nginx import Nginx, run_nginx


@pytest.fixture(scope="module")
def served_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the site and compress it for nginx."""
    copy = tmp_path_factory.mktemp("hosted") / "site"
    shutil.copytree(site, copy, copy_function=os.link)
    compress(copy)
    return copy


@pytest.fixture(scope="module", params=["/", "/a/b/"], ids=["at-root", "below-a-path"])
def server(
    served_site: Path,
    policy: Policy,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Nginx]:
    """Run nginx with the site at the root, and below a path."""
    with run_nginx(tmp_path_factory.mktemp("nginx"), served_site, policy, request.param) as nginx:
        yield nginx


def get(connection: HTTPConnection, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Request an address; return status, headers and body."""
    connection.request("GET", address, headers=headers)
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read()


def list_names(site: Path) -> list[str]:
    """List every file of the site."""
    files = (path for path in sorted(site.rglob("*")) if path.is_file() and not is_copy(path))
    return [path.relative_to(site).as_posix() for path in files if path.name != "_headers"]


def test_nginx_sends_each_file_with_the_headers_of_its_class(
    server: Nginx, served_site: Path, policy: Policy
) -> None:
    """Type, caching, policy and all others are those that deploy/policy.yaml gives the file."""
    connection = HTTPConnection("127.0.0.1", server.port)
    for name in list_names(served_site):
        status, headers, _ = get(connection, server.at + name)
        assert status == 200, name
        assert headers.items() >= policy.build_response_headers(name).items(), name
    connection.close()


def test_nginx_finds_pages_and_what_is_none(server: Nginx, policy: Policy) -> None:
    """A folder is its page; without the slash it leads there; anything else is the one page for it."""
    connection = HTTPConnection("127.0.0.1", server.port)
    status, headers, _ = get(connection, f"{server.at}boj/renew/")
    assert status == 200
    assert headers.items() >= policy.build_response_headers("boj/renew/index.html").items()
    status, headers, _ = get(connection, f"{server.at}check")
    assert (status, headers["Location"]) == (301, f"{server.at}check/")
    for nothing in ("none", "assets/", "boj/none/at/all"):
        status, headers, _ = get(connection, server.at + nothing)
        assert status == 404
        assert headers.items() >= policy.build_response_headers("404.html").items()
    connection.close()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate", "gzip"), ("gzip, deflate, br", "br")],
)
def test_nginx_sends_the_compressed_copy(
    server: Nginx, served_site: Path, policy: Policy, accepted: str, coding: str
) -> None:
    """To who takes it, under the file's own type, and told apart in caches."""
    (wasm,) = served_site.glob("assets/*/pyodide.asm.wasm")
    name = wasm.relative_to(served_site).as_posix()
    connection = HTTPConnection("127.0.0.1", server.port)
    _, headers, body = get(connection, server.at + name, **{"Accept-Encoding": accepted})
    assert (headers["Content-Encoding"], headers["Vary"]) == (coding, "Accept-Encoding")
    assert headers.items() >= policy.build_response_headers(name).items()
    plain = {"gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert plain(body) == wasm.read_bytes()
    assert len(body) < wasm.stat().st_size / 2
    connection.close()


def test_a_person_checks_a_certificate_at_nginx(page: Page, server: Nginx, complaints: list[str]) -> None:
    """From the checker over a file and its verdict to the guide: nothing is missing and nothing refused."""
    earlier = len(server.log())
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    before = server.log()
    data = mint.encode_der(mint.mint())
    page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=data))
    card = page.locator(".check-card")
    expect(card).to_contain_text("a123456")
    assert server.log() == before
    card.get_by_role("link").first.click()
    expect(page.locator("[id]:target")).to_be_visible()
    assert not [line for line in server.log()[earlier:] if not line.startswith(("200", "304"))]
    assert complaints == []


def test_no_log_names_a_reader(
    served_site: Path, policy: Policy, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """What was asked, and not by whom; the log of errors, too, is silent about pages that are not there."""
    with run_nginx(tmp_path, served_site, policy, "/") as server:
        connection = HTTPConnection("127.0.0.1", server.port)
        assert get(connection, "/none")[0] == 404
        connection.close()
    # It writes the line after the answer, and ends only then.
    assert server.log() == ["404 /none"]
    assert capfd.readouterr().err == ""


REQUEST_IN_TURN = """
local names = { %s }
local at = 0
request = function()
  at = at %% #names + 1
  return wrk.format("GET", names[at], { ["Accept-Encoding"] = "gzip" })
end
"""


def test_nginx_under_load(served_site: Path, policy: Policy, tmp_path: Path) -> None:
    """Sixteen connections at once, pages and the checker's files in turn: not one request fails."""
    addresses = [
        "",
        "check/",
        "en/boj/renew/",
        *(name for name in list_names(served_site) if name.startswith("assets/")),
    ]
    script = tmp_path / "round.lua"
    script.write_text(REQUEST_IN_TURN % ", ".join(f'"/{name}"' for name in addresses), encoding="utf-8")
    with run_nginx(tmp_path, served_site, policy, "/") as server:
        done = run("wrk", "-t1", "-c16", "-d3s", "--timeout=30s", "-s", script, server.url)
        log = server.log()
    requests = re.search(r"(\d+) requests in", done.stdout)
    assert requests
    assert int(requests[1]) > len(addresses), done.stdout
    # wrk writes these lines only where there is something to say.
    assert "Socket errors" not in done.stdout
    assert "Non-2xx" not in done.stdout
    assert {line.partition(" ")[0] for line in log} == {"200"}


def read_headers_file(text: str) -> dict[str, dict[str, str]]:
    """Parse a _headers file, as the hosts describe it: headers by pattern."""
    rules = {}
    for block in text.strip().split("\n\n"):
        address, *lines = block.splitlines()
        rules[address] = dict(line.strip().split(": ", 1) for line in lines)
    return rules


def test_a_static_host_sends_the_same_headers(site: Path, policy: Policy) -> None:
    """Of all rules that match an address none contradicts another; together they are the policy's headers.

    The file is within what hosts allow: 100 rules, 2,000 characters a line.
    """
    text = render_header_file(policy, site)
    rules = read_headers_file(text)
    assert len(rules) <= 100
    assert max(map(len, text.splitlines())) <= 2000
    for name in list_names(site):
        addresses = {f"/{name}", "/" + name.removesuffix("index.html")}
        for address in addresses if name.endswith("/index.html") or name == "index.html" else {f"/{name}"}:
            sent: dict[str, str] = {}
            for pattern, headers in rules.items():
                if address == pattern or (pattern.endswith("*") and address.startswith(pattern[:-1])):
                    assert not headers.keys() & sent.keys(), (address, pattern)
                    sent |= headers
            expected = policy.build_response_headers(name)
            del expected["Content-Type"]
            assert sent == expected, address


def test_every_page_has_the_headers_of_a_page(site: Path, policy: Policy) -> None:
    """On the development server: no referrer, no guessing of types, no frames, no hold from another site."""
    with SiteServer(site, policy) as development, development.serve():
        connection = HTTPConnection("127.0.0.1", development.server_port)
        # A file of each kind; the short addresses alone are hundreds.
        kinds = {(policy.find_class(name).name, Path(name).suffix): name for name in list_names(site)}
        for name in kinds.values():
            _, headers, _ = get(connection, f"/{name}")
            assert headers.items() >= policy.build_response_headers(name).items(), name
            assert headers["X-Content-Type-Options"] == "nosniff", name
            if name.endswith(".html"):
                assert headers["Referrer-Policy"] == "no-referrer", name
                is_guide = policy.find_class(name).name == "guide"
                opener = "same-origin-allow-popups" if is_guide else "same-origin"
                assert headers["Cross-Origin-Opener-Policy"] == opener, name
                assert "camera=()" in headers["Permissions-Policy"], name
                assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], name
        connection.close()


def test_the_script_says_when_there_is_no_site(tmp_path: Path) -> None:
    """Before any build there is nothing to make ready."""
    done = run_module(copy_sources(tmp_path), "scripts.site.hosting")
    assert done.returncode == 1
    assert done.stderr == "There is no site yet: run scripts/build first.\n"
