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
from tests.browser.offline_host import TODAY, copy_site, judge_pfx


@pytest.fixture(scope="module")
def archived_site(site: Path, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the site and pack its archive."""
    site_copy = copy_site(site, tmp_path_factory.mktemp("packed") / "site")
    write_offline_lists(site_copy, policy)
    pack(site_copy)
    return site_copy


def find_archive(archived_site: Path) -> Path:
    """Return the path of the only archive."""
    (archive,) = (archived_site / "offline").glob("*.zip")
    return archive


def test_the_same_site_makes_the_same_archive(archived_site: Path, tmp_path: Path) -> None:
    """Sorted, no time or attribute of the machine: whoever builds the commit can compare the checksum."""
    first = find_archive(archived_site).read_bytes()
    again = tmp_path / "again"
    shutil.copytree(archived_site, again)  # without the times of the files
    (again / HEADERS).write_text("what scripts/hosting adds")
    pack(again)
    assert find_archive(again).read_bytes() == first
    run(
        "sha256sum",
        "--check",
        "--strict",
        f"{find_archive(archived_site).name}.sha256",
        cwd=archived_site / "offline",
    )


def test_a_server_can_tell_two_archives_apart(archived_site: Path, tmp_path: Path) -> None:
    """A page that changed, but not in size, has another time: servers make ETags of time and size."""
    again = tmp_path / "again"
    shutil.copytree(archived_site, again)
    page = again / "boj/renew/index.html"
    data = page.read_bytes()
    page.write_bytes(data.replace("証明書".encode(), "証明証".encode(), 1))
    pack(again)
    before, after = (
        {
            entry.filename.removeprefix("cert-guides/"): entry.date_time
            for entry in zipfile.ZipFile(archive).infolist()
        }
        for archive in (find_archive(archived_site), find_archive(again))
    )
    assert page.stat().st_size == len(data)
    assert {name for name in before if before[name] != after[name]} == {"boj/renew/index.html"}
    day = re.search(r"(\d+)-(\d+)-(\d+)", find_archive(archived_site).name)
    assert day
    assert {time[:3] for time in before.values()} == {tuple(map(int, day.groups()))}


def test_the_archive_holds_the_site(archived_site: Path) -> None:
    """Every file, below one folder, but no archive, and no compressed copies: they would double it."""
    with zipfile.ZipFile(find_archive(archived_site)) as archive:
        entries = {name.removeprefix("cert-guides/") for name in archive.namelist()}
    files = {
        path.relative_to(archived_site).as_posix() for path in archived_site.rglob("*") if path.is_file()
    }
    assert entries == {name for name in files if "cert-guides-" not in name and not is_copy(Path(name))}


def test_the_archive_is_offered(page: Page, archived_site: Path, policy: Policy) -> None:
    """Its page names it, with size, checksum, what to check it with and what is inside, in both languages."""
    about = json.loads((archived_site / "offline/archive.json").read_bytes())["archive"]
    materials = (archived_site / PUBLISHED).read_bytes()
    version = json.loads(materials)["metadata"]["component"]["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}", version)
    assert about["name"] == f"cert-guides-{version}.zip"
    with SiteServer(archived_site, policy, base_path="/a/") as server, server.serve():
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
            assert Path(download.value.path()).read_bytes() == find_archive(archived_site).read_bytes()


class _PlainHandler(http.server.SimpleHTTPRequestHandler):
    """Answers with MIME types and no header of the policy."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture
def intranet(archived_site: Path, tmp_path: Path) -> Iterator[str]:
    """Serve the unpacked archive below a path of a plain server, under a name that is not this machine's."""
    with zipfile.ZipFile(find_archive(archived_site)) as archive:
        archive.extractall(tmp_path / "www/intern")
    handler = functools.partial(_PlainHandler, directory=str(tmp_path / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://intranet.example:{server.server_port}/intern/cert-guides/"
        server.shutdown()


@pytest.fixture
def intranet_context(chromium: Browser) -> Iterator[BrowserContext]:
    """Start a browser that finds that name."""
    browser = launch_chromium(chromium.browser_type, "--host-resolver-rules=MAP intranet.example 127.0.0.1")
    yield browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    browser.close()


def test_an_institutions_own_server_is_enough(
    intranet_context: BrowserContext, intranet: str, pfx: Path
) -> None:
    """Plain http below a path: the checker reads a .pfx and says what it could not confirm."""
    tab = intranet_context.new_page()
    errors: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    tab.on("request", lambda request: requests.append(request.url))
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
    before = len(requests)
    judge_pfx(tab, pfx)
    assert [url for url in requests[before:] if not url.startswith("blob:")] == []
    assert [url for url in requests if not url.startswith((intranet, "blob:"))] == []
    assert [url for url in requests if "version.json" in url or "service-worker" in url] == []
    assert errors == []


def test_without_a_secure_context_copying_selects(intranet_context: BrowserContext, intranet: str) -> None:
    """The page for helpdesks and the page of the copy promise nothing that plain http cannot do."""
    tab = intranet_context.new_page()
    tab.goto(f"{intranet}send/#steps=boj/renew/open-site&form=short")
    tab.get_by_role("button", name="コピー: 文面").click()
    expect(tab.get_by_role("status").filter(has_text="Ctrl+C")).to_have_count(1)
    assert tab.evaluate("getSelection().toString()") == tab.locator(".send textarea").first.input_value()
    tab.goto(f"{intranet}s/boj/renew/open-site/")
    expect(tab).to_have_url(f"{intranet}boj/renew/#open-site")
    tab.goto(f"{intranet}offline/")
    expect(tab.get_by_text("配られたコピー")).to_be_visible()
    expect(tab.get_by_role("link", name="ZIP をダウンロードする")).to_be_hidden()
