"""Without the network: the browser's own copy, and the archive that an institution serves itself."""

import functools
import http.server
import json
import re
import shutil
import socket
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.archive_site import pack
from scripts.compress import is_copy
from scripts.offline import PREVIEW, write_offline
from scripts.policy import Policy
from scripts.sbom import PUBLISHED
from scripts.server import SiteServer
from tests import mint
from tests.conftest import FLAGS

JAPAN = timezone(timedelta(hours=9))
TODAY = datetime(2027, 3, 10, 10, 0, tzinfo=JAPAN)
KEPT = "navigator.serviceWorker.ready.then(one => one.active.scriptURL)"
SETTINGS = "indexedDB.databases().then(all => [{ ...localStorage }, { ...sessionStorage }, all])"


class _Remembering(SiteServer):
    """Knows its connections, which a browser keeps open."""

    @override
    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.connections = [*getattr(self, "connections", []), connection]
        return connection, address


class Host:
    """A server whose cable can be pulled, and its site changed."""

    def __init__(self, site: Path, policy: Policy) -> None:
        """Serve below a path."""
        self._stack = ExitStack()
        self.server = self._stack.enter_context(_Remembering(site, policy, at="/a/b/"))
        self._stack.enter_context(self.server.serving())
        self.url = self.server.url

    def stop(self) -> None:
        """Nobody answers at the address any more, nor on a connection that is open."""
        self._stack.close()
        for connection in self.server.connections:
            with suppress(OSError):  # the browser may have closed it
                connection.shutdown(socket.SHUT_RDWR)
        self.server.connections = []


@pytest.fixture
def host(site: Path, policy: Policy) -> Iterator[Host]:
    """The built site."""
    running = Host(site, policy)
    yield running
    running.stop()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A browser as it is, service workers included."""
    context = chromium.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    yield context.new_page()
    context.close()


@pytest.fixture
def pfx(tmp_path: Path) -> Path:
    """What Windows exports, expiring in 20 days."""
    path = tmp_path / "client.pfx"
    path.write_bytes(mint.pfx(mint.mint(not_after=TODAY + timedelta(days=20))))
    return path


def until(tab: Page, condition: str) -> None:
    """Wait in the page."""
    tab.evaluate(
        f"async () => {{ while (!({condition})) await new Promise((done) => setTimeout(done, 50)); }}"
    )


def judge(tab: Page, pfx: Path) -> None:
    """Choose the file and give the password; the checker answers."""
    tab.set_input_files("#file", pfx)
    field = tab.locator("form.password input")
    field.fill(mint.PASSWORD)
    field.press("Enter")
    expect(tab.locator(".card h3").first).to_contain_text("更新できます", timeout=60_000)


def copy_of(site: Path, out: Path) -> Path:
    """The site without what is made last."""
    made_last = shutil.ignore_patterns("cert-guides-*", "service-worker.js")
    shutil.copytree(site, out, copy_function=shutil.copyfile, ignore=made_last)
    return out


def test_pages_and_checker_open_without_the_network(tab: Page, host: Host, pfx: Path) -> None:
    """After one visit to a guide everything is there, in both languages, under the same policy."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(KEPT)
    host.stop()
    for below in ("boj/renew/#open-site", "en/tse/issue/", "en/", ""):
        answer = tab.goto(host.url + below)
        assert answer is None or answer.from_service_worker
        expect(tab.locator("h1")).to_be_attached()
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    tab.clock.set_fixed_time(TODAY)
    judge(tab, pfx)


def test_nothing_is_asked_and_nothing_stored_once_a_file_is_read(tab: Page, host: Host, pfx: Path) -> None:
    """No request from the file on, with a copy in place, too; and the copy holds the build's files only."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(KEPT)
    tab.clock.set_fixed_time(TODAY)
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    before, settings = list(host.server.requests), tab.evaluate(SETTINGS)
    judge(tab, pfx)
    assert host.server.requests == before
    assert tab.evaluate(SETTINGS) == settings
    stored = tab.evaluate(
        """async () => {
            const names = await caches.keys();
            const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
            return keys.flat().map((key) => key.url);
        }"""
    )
    listed = json.loads((host.server.site / "offline/files.json").read_bytes())
    names = {*(name.removesuffix("index.html") for name in listed), "offline/files.json"}
    assert {url.removeprefix(host.url) for url in stored} == names


def test_the_checkers_page_fetches_no_copy(tab: Page, host: Host) -> None:
    """Who comes to the checker first gets no service worker, and nothing is fetched behind the page."""
    tab.goto(f"{host.url}check/")
    expect(tab.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert [one for one in host.server.requests if "offline/" in one.target] == []


def test_an_altered_copy_is_not_used(tab: Page, host: Host) -> None:
    """Each file's hash is compared before it is shown; what differs counts as not there."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(KEPT)
    tab.evaluate(
        """async (url) => {
            const cache = await caches.open((await caches.keys())[0]);
            await cache.put(url, new Response("<p>altered", { headers: { "content-type": "text/html" } }));
        }""",
        f"{host.url}boj/export/",
    )
    host.stop()
    tab.goto(f"{host.url}boj/renew/")
    with pytest.raises(Error, match="ERR_FAILED"):
        tab.goto(f"{host.url}boj/export/")


def test_a_build_takes_the_place_of_the_one_before_as_a_whole(tab: Page, host: Host, tmp_path: Path) -> None:
    """The next visit fetches what has changed; then the old copy is gone and the new one answers."""
    tab.goto(f"{host.url}boj/renew/")
    first = tab.evaluate(KEPT)
    new = copy_of(host.server.site, tmp_path / "new")
    page = new / "boj/export/index.html"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("<h1", "<p>new</p><h1"), encoding="utf-8")
    write_offline(new)
    host.server.site = new
    host.server.requests.clear()
    tab.goto(f"{host.url}boj/renew/")
    until(tab, f"(await {KEPT}) !== {first!r} && (await caches.keys()).length === 1")
    fetched = [one.target for one in host.server.requests if one.target.endswith("/")]
    assert sorted(fetched) == ["/a/b/boj/export/", "/a/b/boj/renew/"]
    host.stop()
    tab.goto(f"{host.url}boj/export/")
    expect(tab.get_by_text("new", exact=True)).to_be_visible()


def test_a_mix_of_two_builds_is_not_kept(tab: Page, host: Host, tmp_path: Path) -> None:
    """While a build is being laid out, some files are not those of its list: then there is no copy."""
    mixed = copy_of(host.server.site, tmp_path / "mixed")
    write_offline(mixed)
    page = mixed / "boj/export/index.html"
    page.write_text("<!doctype html><p>of another build", encoding="utf-8")
    host.server.site = mixed
    with tab.expect_response("**/boj/export/") as answer:
        tab.goto(f"{host.url}boj/renew/")
    answer.value.finished()
    tab.evaluate(f"navigator.locks.request('cert-guides {host.url} ', () => true)")
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


def test_a_preview_is_not_kept(
    tab: Page, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What scripts/serve builds is kept by no browser, and what one kept from that address before goes."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate(KEPT)
    monkeypatch.setenv(PREVIEW, "1")
    preview = copy_of(host.server.site, tmp_path / "preview")
    write_offline(preview)
    host.server.site = preview
    tab.goto(f"{host.url}boj/renew/")
    until(tab, "(await caches.keys()).length === 0")
    assert tab.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0


@pytest.fixture(scope="module")
def packed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the site with its archive."""
    out = copy_of(site, tmp_path_factory.mktemp("packed") / "site")
    write_offline(out)
    pack(out)
    return out


def archive_of(packed: Path) -> Path:
    """The one archive."""
    (archive,) = (packed / "offline").glob("*.zip")
    return archive


def test_the_same_site_makes_the_same_archive(packed: Path, tmp_path: Path) -> None:
    """Sorted, one date, no attribute of the machine: whoever builds the commit can compare the checksum."""
    first = archive_of(packed).read_bytes()
    again = tmp_path / "again"
    shutil.copytree(packed, again)  # without the times of the files
    pack(again)
    assert archive_of(again).read_bytes() == first
    check = ["sha256sum", "--check", "--strict", f"{archive_of(packed).name}.sha256"]
    subprocess.run(check, cwd=packed / "offline", check=True)  # noqa: S603  # no word is a stranger's


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
    with SiteServer(packed, policy, at="/a/") as server, server.serving():
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
    """The unpacked archive below a path of a plain server, under a name that is not this machine's."""
    with zipfile.ZipFile(archive_of(packed)) as archive:
        archive.extractall(tmp_path / "www/intern")
    handler = functools.partial(_Plain, directory=str(tmp_path / "www"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://intranet.example:{server.server_port}/intern/cert-guides/"
        server.shutdown()


@pytest.fixture
def inside(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser in that network."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"),
        args=[*FLAGS, "--host-resolver-rules=MAP intranet.example 127.0.0.1"],
    )
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
