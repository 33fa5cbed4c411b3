"""scripts/serve, run as a person runs it, on a copy of the sources."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from scripts.command import run, start
from scripts.measuring.source_copy import build_environment
from scripts.serving.build_server import END_OF_BUILD, Task
from tests.support.copies import copy_project

GUIDE = "docs/boj/renew.yaml"
PART = "docs/shared/parts/certmgr.yaml"
GUIDES_WITH_PART = ("boj/delete", "boj/check-root")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return what the site is made from, in a repository of its own."""
    return copy_project(tmp_path)


@pytest.fixture
def server(sources: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield the running server; what it tells comes from `stdout`."""
    words = (sys.executable, "-m", "scripts.serving.live", "--port", "0", "--at", "/a/b/")
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with start(*words, cwd=sources, env=build_environment(sources), **streams) as process:
        yield process
        process.kill()


def read_until(lines: IO[str] | None, expected: str) -> str:
    """Read what the server tells, up to the line that holds what is expected."""
    assert lines is not None
    output = ""
    for line in lines:
        output += line
        if expected in line:
            return output
        if "Not built" in line:
            break
    raise AssertionError(f"{expected!r} was never told:\n{output}")


def read_address(lines: IO[str] | None, verb: str) -> str:
    """Read up to the address that is being built or served, and return it."""
    match = re.search(rf"^{verb} (http://127\.0\.0\.1:\d+/a/b/)", read_until(lines, verb), re.MULTILINE)
    assert match is not None
    return match[1]


def find_builder(server: subprocess.Popen[str]) -> int:
    """Wait for the process that builds, and return its id."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    while not (listed := children.read_text().split()):
        assert server.poll() is None
    return int(listed[0])


def get(url: str) -> str:
    """Return a page's text."""
    with urlopen(url) as response:  # noqa: S310  # the test's own server
        return bytes(response.read()).decode()


ADDRESSES = ("/a/b/", "/a/b/boj/renew/", "/a/b/check", "/a/b/assets/a.css", "/a/b/none", "/")


def test_every_address_tells_that_the_first_build_runs(
    server: subprocess.Popen[str], chromium: Browser
) -> None:
    """In both languages, as a thing of the moment (503); the open page then becomes the site's by itself."""
    address = read_address(server.stdout, "Building")
    builder = find_builder(server)
    os.kill(builder, signal.SIGSTOP)  # the build lasts until everything has been asked
    for path in ADDRESSES:
        with pytest.raises(HTTPError) as refused:
            get(address.removesuffix("/a/b/") + path)
        assert (refused.value.code, refused.value.headers["Retry-After"]) == (503, "1")
        body = refused.value.read().decode()
        assert "<h1>The site is being built</h1>" in body
        assert '<section lang="ja"><h2>サイトを作っています</h2>' in body
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}boj/renew/")
        expect(page.get_by_role("heading", name="サイトを作っています")).to_be_visible()
        os.kill(builder, signal.SIGCONT)
        heading = page.get_by_role("heading", name="証明書を更新する", exact=True)
        expect(heading).to_be_visible(timeout=120_000)
        assert page.url == f"{address}boj/renew/"


def test_a_page_follows_its_files(sources: Path, server: subprocess.Popen[str], chromium: Browser) -> None:
    """A change shows in the open page first, then wherever else it counts, be it of facts, templates or code.

    Mistakes take the page's place, in both languages; mended, it comes back. The search's index alone stays.
    """
    address = read_address(server.stdout, "Serving")
    index = sources / "build/search/search.ja.json"
    found = index.read_bytes()
    with chromium.new_context() as context:
        page, complaints = context.new_page(), list[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}boj/renew/")
        expect(page.get_by_role("heading", name="証明書を更新する", exact=True)).to_be_visible()

        guide = (sources / GUIDE).read_text(encoding="utf-8")
        (sources / GUIDE).write_text(guide.replace("\ntitle: {ja: ", "\ntitel: {ja: "), encoding="utf-8")
        assert f"{GUIDE}:2: titel" in read_until(server.stdout, "Not built")
        for language, message in (
            ("ja", "この名前は使えません"),
            ("en", "unknown name; expected one of title"),
        ):
            mistake = page.locator(f"section[lang={language}] li", has_text=f"titel: {message}")
            expect(mistake.get_by_text(f"{GUIDE}:2", exact=True)).to_be_visible(timeout=30_000)
        expect(page.locator("h1")).to_have_count(1)
        assert "直すところがあります" in get(f"{address}check/")

        (sources / GUIDE).write_text(
            guide.replace("証明書を更新する", "証明書を新しくする"), encoding="utf-8"
        )
        told = read_until(server.stdout, "Serving")
        assert f"Showing {address}boj/renew/ before the rest\n" in told
        renamed = page.get_by_role("heading", name="証明書を新しくする", exact=True)
        expect(renamed).to_be_visible(timeout=30_000)
        assert "preview.mjs" not in get(f"{address}check/")

        assert "証明書を新しくする" in get(f"{address}boj/delete/"), "the navigation of another page"
        assert index.read_bytes() == found

        part = (sources / PART).read_text(encoding="utf-8")
        (sources / PART).write_text(
            part.replace("証明書マネージャを起動", "証明書の窓を起動"), encoding="utf-8"
        )
        read_until(server.stdout, "Serving")
        for using in GUIDES_WITH_PART:
            assert "証明書の窓を起動" in get(f"{address}{using}/")

        template = sources / "macros/theme/partials/alternate.html"
        template.write_text(template.read_text(encoding="utf-8") + '<p id="changed"></p>', encoding="utf-8")
        read_until(server.stdout, "Serving")
        expect(page.locator("#changed").first).to_be_attached(timeout=30_000)

        code = sources / "macros/pages/rule_sentences.py"
        code.write_text(code.read_text(encoding="utf-8") + "x = (\n", encoding="utf-8")
        assert "SyntaxError" in read_until(server.stdout, "Not built")
        expect(page.locator("pre")).to_contain_text("SyntaxError", timeout=30_000)
        code.write_text(code.read_text(encoding="utf-8").removesuffix("x = (\n"), encoding="utf-8")
        read_until(server.stdout, "Serving")
        assert complaints == []

    server.send_signal(signal.SIGTERM)
    assert server.wait() == 0


def test_a_system_without_forks_builds_too(sources: Path) -> None:
    """Windows has none: there each build has a process of its own; the protocol is the same."""
    code = "import os; del os.fork; from scripts.serving import build_server; build_server.main()"
    tasks = Task("site of windows"), Task("a page", "en/boj/renew/"), Task("mkdocs.yml/no-folder")
    lines = "".join(f"{task.encode()}\n" for task in tasks)
    built = run(sys.executable, "-c", code, cwd=sources, env=build_environment(sources), stdin=lines)
    statuses = [after.splitlines()[0] for after in built.stdout.split(END_OF_BUILD)[1:]]
    assert statuses[:2] == ["0", "0"]
    assert statuses[2] != "0"
    page = "en/boj/renew/index.html"
    assert (sources / "a page" / page).read_bytes() == (sources / "site of windows" / page).read_bytes()
    assert [str(path.relative_to(sources / "a page")) for path in (sources / "a page").rglob("*.*")] == [page]


def test_a_taken_port_is_said_in_one_sentence() -> None:
    """No traceback, and nothing is built first: which port, and why not."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = run(sys.executable, "-m", "scripts.serving.live", "--port", port, check=False)
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"port {port}" in refused.stderr
