"""scripts/serve, run as a person runs it, on a copy of the sources."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.support import ROOT
from tests.support.copies import copied, environment, with_kept

GUIDE = "docs/boj/renew.yaml"
PART = "docs/shared/parts/certmgr.yaml"
GUIDES_WITH_PART = ("boj/delete", "boj/check-root")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """What the site is made from, in a repository of its own."""
    return with_kept(copied(tmp_path))


@pytest.fixture
def serving(sources: Path) -> Iterator[subprocess.Popen[str]]:
    """The running server; its words come from `stdout`."""
    command = [sys.executable, "-m", "scripts.serving.live", "--port", "0", "--at", "/a/b/"]
    with subprocess.Popen(  # noqa: S603  # no word is a stranger's
        command,
        cwd=sources,
        env=environment(sources),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        yield process
        process.kill()


def read_until(words: IO[str] | None, expected: str) -> str:
    """The server's words up to the line that holds what is expected."""
    assert words is not None
    said = ""
    for line in words:
        said += line
        if expected in line:
            return said
        if "Not built" in line:
            break
    raise AssertionError(f"{expected!r} was never said:\n{said}")


def get(url: str) -> str:
    """A page's text."""
    with urlopen(url) as response:  # noqa: S310  # the test's own server
        return bytes(response.read()).decode()


def test_a_page_follows_its_files(sources: Path, serving: subprocess.Popen[str], chromium: Browser) -> None:
    """A change shows in the open page and wherever else it counts, be it of facts, templates or code.

    Mistakes take the page's place, in both languages; mended, it comes back. The search's index alone stays.
    """
    match = re.search(
        r"Serving (http://127\.0\.0\.1:\d+/a/b/)$", read_until(serving.stdout, "Serving"), re.MULTILINE
    )
    assert match is not None
    index = sources / "build/search/search.ja.json"
    found = index.read_bytes()
    with chromium.new_context() as context:
        page, complaints = context.new_page(), list[str]()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{match[1]}boj/renew/")
        expect(page.get_by_role("heading", name="証明書を更新する", exact=True)).to_be_visible()

        guide = (sources / GUIDE).read_text(encoding="utf-8")
        (sources / GUIDE).write_text(guide.replace("\ntitle: {ja: ", "\ntitel: {ja: "), encoding="utf-8")
        assert f"{GUIDE}:2: titel" in read_until(serving.stdout, "Not built")
        for language, said in (("ja", "この名前は使えません"), ("en", "unknown name; expected one of title")):
            mistake = page.locator(f"section[lang={language}] li", has_text=f"titel: {said}")
            expect(mistake.get_by_text(f"{GUIDE}:2", exact=True)).to_be_visible(timeout=30_000)
        expect(page.locator("h1")).to_have_count(1)
        assert "直すところがあります" in get(f"{match[1]}check/")

        (sources / GUIDE).write_text(
            guide.replace("証明書を更新する", "証明書を新しくする"), encoding="utf-8"
        )
        read_until(serving.stdout, "Serving")
        renamed = page.get_by_role("heading", name="証明書を新しくする", exact=True)
        expect(renamed).to_be_visible(timeout=30_000)
        assert "preview.mjs" not in get(f"{match[1]}check/")

        assert "証明書を新しくする" in get(f"{match[1]}boj/delete/"), "the navigation of another page"
        assert index.read_bytes() == found

        part = (sources / PART).read_text(encoding="utf-8")
        (sources / PART).write_text(
            part.replace("証明書マネージャを起動", "証明書の窓を起動"), encoding="utf-8"
        )
        read_until(serving.stdout, "Serving")
        for using in GUIDES_WITH_PART:
            assert "証明書の窓を起動" in get(f"{match[1]}{using}/")

        template = sources / "macros/theme/partials/alternate.html"
        template.write_text(template.read_text(encoding="utf-8") + '<p id="changed"></p>', encoding="utf-8")
        read_until(serving.stdout, "Serving")
        expect(page.locator("#changed").first).to_be_attached(timeout=30_000)

        code = sources / "macros/pages/rule_sentences.py"
        code.write_text(code.read_text(encoding="utf-8") + "x = (\n", encoding="utf-8")
        assert "SyntaxError" in read_until(serving.stdout, "Not built")
        expect(page.locator("pre")).to_contain_text("SyntaxError", timeout=30_000)
        code.write_text(code.read_text(encoding="utf-8").removesuffix("x = (\n"), encoding="utf-8")
        read_until(serving.stdout, "Serving")
        assert complaints == []

    serving.send_signal(signal.SIGTERM)
    assert serving.wait() == 0


def test_a_taken_port_is_said_in_one_sentence() -> None:
    """No traceback, and nothing is built first: which port, and why not."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "scripts.serving.live", "--port", port]
        served = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # as above
    assert served.returncode == 1
    assert served.stderr.count("\n") == 1
    assert f"port {port}" in served.stderr
