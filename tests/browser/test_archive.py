"""The archive that an institution serves itself: one file, from any web server, over plain http."""

import functools
import http.server
import json
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.command import run
from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.archive_site import pack
from scripts.site.compress import is_copy
from scripts.site.hosting import HEADERS
from scripts.site.offline_lists import write_offline_lists
from scripts.site.policy import Policy
from scripts.site.sbom import PUBLISHED
from tests.browser.copies import TODAY, copy_of, expiring_soon, judge


@pytest.fixture(scope="module")
def packed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site with its archive."""
    out = copy_of(site, tmp_path_factory.mktemp("packed") / "site")
    write_offline_lists(out)
    pack(out)
    return out


@pytest.fixture
def pfx(tmp_path: Path) -> Path:
    """Return a file to check."""
    return expiring_soon(tmp_path / "client.pfx")


def archive_of(packed: Path) -> Path:
    """Return the one archive."""
    (archive,) = (packed / "offline").glob("*.zip")
    return archive


def test_the_same_site_makes_the_same_archive(packed: Path, tmp_path: Path) -> None:
    """Sorted, no time or attribute of the machine: whoever builds the commit can compare the checksum."""
    first = archive_of(packed).read_bytes()
    again = tmp_path / "again"
    shutil.copytree(packed, again)  # without the times of the files
    (again / HEADERS).write_text("what scripts/hosting adds")
    pack(again)
    assert archive_of(again).read_bytes() == first
    run("sha256sum", "--check", "--strict", f"{archive_of(packed).name}.sha256", cwd=packed / "offline")


def test_a_server_can_tell_two_archives_apart(packed: Path, tmp_path: Path) -> None:
    """A page that changed, but not in size, has another time: servers make ETags of time and size."""
    again = tmp_path / "again"
    shutil.copytree(packed, again)
    page = again / "boj/renew/index.html"
    data = page.read_bytes()
    page.write_bytes(data.replace("証明書".encode(), "証明証".encode(), 1))
    pack(again)
    before, after = (
        {
            entry.filename.removeprefix("cert-guides/"): entry.date_time
            for entry in zipfile.ZipFile(archive).infolist()
        }
        for archive in (archive_of(packed), archive_of(again))
    )
    assert page.stat().st_size == len(data)
    assert {name for name in before if before[name] != after[name]} == {"boj/renew/index.html"}
    day = re.search(r"(\d+)-(\d+)-(\d+)", archive_of(packed).name)
    assert day
    assert {stamp[:3] for stamp in before.values()} == {tuple(map(int, day.groups()))}


def test_the_archive_holds_the_site(packed: Path) -> None:
    """Every file, below one folder, but no archive, and no compressed copies: they would double it."""
    with zipfile.ZipFile(archive_of(packed)) as archive:
        inside = {name.removeprefix("cert-guides/") for name in archive.namelist()}
    files = {path.relative_to(packed).as_posix() for path in packed.rglob("*") if path.is_file()}
    assert inside == {name for name in files if "cert-guides-" not in name and not is_copy(Path(name))}


def test_the_archive_is_offered(page: Page, packed: Path, policy: Policy) -> None:
    """Its page names it, with size, checksum, what to check it with and what is inside, in both languages."""
    about = json.loads((packed / "offline/archive.json").read_bytes())["archive"]
    materials = (packed / PUBLISHED).read_bytes()
    version = json.loads(materials)["metadata"]["component"]["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}", version)
    assert about["name"] == f"cert-guides-{version}.zip"
    with SiteServer(packed, policy, base_path="/a/") as server, server.serve():
        for language, words in (("", "ZIP をダウンロードする"), ("en/", "Download the ZIP file")):
            page.goto(f"{server.url}{language}offline/")
            expect(page.get_by_text(about["sha256"])).to_be_visible()
            expect(page.get_by_text(f"certutil -hashfile {about['name']} SHA256")).to_be_visible()
            for ending, contents in (
                (".sha256", f"{about['sha256']}  {about['name']}\n".encode()),
                (".cdx.json", materials),
            ):
                address = page.locator(f"[data-ending='{ending}']").evaluate("link => link.href")
                assert page.request.get(address).body() == contents
            with page.expect_download() as download:
                page.get_by_role("link", name=words).click()
            assert Path(download.value.path()).read_bytes() == archive_of(packed).read_bytes()


class _Plain(http.server.SimpleHTTPRequestHandler):
    """A server that knows MIME types, and no header of ours."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def intranet(packed: Path, tmp_path: Path) -> Iterator[str]:
    """Yield the unpacked archive below a path of a plain server, under a name that is not this machine's."""
    with zipfile.ZipFile(archive_of(packed)) as archive:
        archive.extractall(tmp_path / "www/intern")
    handler = functools.partial(_Plain, directory=str(tmp_path / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://intranet.example:{server.server_port}/intern/cert-guides/"
        server.shutdown()


@pytest.fixture
def inside(chromium: Browser) -> Iterator[BrowserContext]:
    """Yield a browser in that network."""
    browser = launch_chromium(chromium.browser_type, "--host-resolver-rules=MAP intranet.example 127.0.0.1")
    yield browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    browser.close()


def test_an_institutions_own_server_is_enough(inside: BrowserContext, intranet: str, pfx: Path) -> None:
    """Plain http below a path: the checker reads a .pfx and says what it could not confirm."""
    tab = inside.new_page()
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda request: asked.append(request.url))
    tab.clock.set_fixed_time(TODAY)
    tab.goto(intranet)
    assert (
        tab.evaluate("[isSecureContext, 'serviceWorker' in navigator, 'clipboard' in navigator]")
        == [False] * 3
    )
    assert tab.evaluate("crypto.subtle === undefined")
    tab.goto(f"{intranet}check/")
    expect(tab.locator("[data-connection]")).to_be_visible(timeout=60_000)
    assert tab.locator("[data-connection]").get_attribute("data-connection") != "blocked"
    before = len(asked)
    judge(tab, pfx)
    assert [url for url in asked[before:] if not url.startswith("blob:")] == []
    assert [url for url in asked if not url.startswith((intranet, "blob:"))] == []
    assert [url for url in asked if "version.json" in url or "service-worker" in url] == []
    assert said == []


def test_without_a_secure_context_copying_selects(inside: BrowserContext, intranet: str) -> None:
    """The page for helpdesks and the page of the copy promise nothing that plain http cannot do."""
    tab = inside.new_page()
    tab.goto(f"{intranet}send/#steps=boj/renew/open-site&form=short")
    tab.get_by_role("button", name="コピー: テキスト").click()
    expect(tab.get_by_role("status").filter(has_text="Ctrl+C")).to_have_count(1)
    assert tab.evaluate("getSelection().toString()") == tab.locator(".send textarea").first.input_value()
    tab.get_by_role("button", name="コピー: メール").click()
    assert "証明書発行サイトを開く" in tab.evaluate("getSelection().toString()")
    tab.goto(f"{intranet}s/boj/renew/open-site/")
    expect(tab).to_have_url(f"{intranet}boj/renew/#open-site")
    tab.goto(f"{intranet}offline/")
    expect(tab.get_by_text("配られたコピー")).to_be_visible()
    expect(tab.get_by_role("link", name="ZIP をダウンロードする")).to_be_hidden()
