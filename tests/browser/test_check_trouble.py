"""What the checker page says where it cannot work, and that it never pretends."""

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.chromium import launch_chromium
from scripts.serving.server import Handler, SiteServer
from scripts.site.policy import Policy
from tests.browser.checker import LONG, open_checker
from tests.support import mint


@pytest.fixture
def own_site(site: Path, tmp_path: Path) -> Path:
    """Copy the site, for a test to alter."""
    return Path(shutil.copytree(site, tmp_path / "site"))


@pytest.fixture
def complaining_page(page: Page, complaints: list[str]) -> Iterator[Page]:
    """Return a tab whose browser must complain: of a missing file, of a failed check, of a refusal."""
    yield page
    assert complaints != []
    complaints.clear()


def find_file(site: Path, pattern: str) -> Path:
    """Return the path of the only shipped file that matches."""
    (path,) = site.glob(f"assets/*/{pattern}")
    return path


def change_a_byte(path: Path) -> None:
    """Change the byte in the middle."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    """Leave the first half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def lengthen(path: Path) -> None:
    """Append bytes after the end."""
    path.write_bytes(path.read_bytes() + bytes(1_000_000))


def open_altered_site(page: Page, site: Path, policy: Policy) -> None:
    """Open the Japanese checker of an altered site, and wait until it gives up."""
    with SiteServer(site, policy) as server, server.serve():
        page.goto(f"{server.url}check/")
        expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)


def expect_instructions(page: Page, code: str, words: str) -> None:
    """Expect the trouble's sentence with the focus, the instructions unfolded, and no file picker."""
    trouble = page.locator(f"[data-trouble={code}]")
    expect(trouble.locator("h2")).to_have_text(words)
    expect(trouble.locator("h2")).to_be_focused()
    expect(page.locator("#by-hand")).to_have_attribute("open", "")
    expect(page.locator("#by-hand")).to_contain_text("certmgr")
    expect(page.locator("#file")).to_have_count(0)


@pytest.mark.parametrize("name", ["cryptography-*.whl", "certcheck-*.whl", "pyodide.asm.wasm", "pyodide.mjs"])
@pytest.mark.parametrize("alter", [change_a_byte, truncate, lengthen])
def test_a_file_that_is_not_the_published_one_is_not_run(
    page: Page, own_site: Path, policy: Policy, name: str, alter: Callable[[Path], None]
) -> None:
    """Every runtime file is checked against the manifest before anything of it runs."""
    blobs: list[str] = []  # what the page has fetched is run by such addresses
    page.on("request", lambda request: blobs.append(request.url) if request.url.startswith("blob:") else None)
    alter(find_file(own_site, name))
    open_altered_site(page, own_site, policy)
    expect_instructions(page, "altered", "届いたファイルが、このサイトの公開したものと違います。")
    while page.workers:
        page.wait_for_timeout(20)
    assert len(blobs) <= 1, "more than the worker's own script, which compares"


class Endless(Handler):
    """Answers for one file with more than the manifest lists, and then neither goes on nor ends."""

    @override
    def do_GET(self) -> None:
        if not self.path.endswith("/pyodide.mjs"):
            super().do_GET()
            return
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/javascript")
        self.end_headers()
        self.wfile.write(bytes(1_000_000))
        self.rfile.read(1)  # until the browser gives it up


def test_a_response_that_does_not_end_is_given_up(page: Page, server: SiteServer, policy: Policy) -> None:
    """What is longer than listed is another file as soon as that shows: nobody waits for its end."""
    with SiteServer(server.site, policy) as endless, endless.serve():
        endless.RequestHandlerClass = Endless
        page.goto(f"{endless.url}check/")
        expect(page.locator("[data-trouble=altered]")).to_be_visible(timeout=LONG)


def test_without_a_secure_context_the_browser_checks(
    complaining_page: Page, own_site: Path, policy: Policy
) -> None:
    """Where crypto.subtle is missing (http from another host), fetch's integrity refuses the file."""
    page = complaining_page
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    change_a_byte(find_file(own_site, "cryptography-*.whl"))
    open_altered_site(page, own_site, policy)
    expect_instructions(page, "network", "必要なファイルを受け取れませんでした。")


def test_without_a_secure_context_it_works(page: Page, server: SiteServer) -> None:
    """The browser's own check lets the true files pass."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    open_checker(page, server)


def test_a_missing_file(complaining_page: Page, own_site: Path, policy: Policy) -> None:
    """A file that the host does not have."""
    page = complaining_page
    find_file(own_site, "cffi-*.whl").unlink()
    open_altered_site(page, own_site, policy)
    expect_instructions(page, "network", "必要なファイルを受け取れませんでした。")


def test_a_page_in_place_of_a_file(page: Page, server: SiteServer) -> None:
    """A proxy that answers with its own page instead of a wheel is recognised as such."""
    page.route(
        "**/cffi-*.whl", lambda route: route.fulfill(content_type="text/html", body="<h1>Blocked</h1>")
    )
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)
    expect_instructions(page, "page_instead", "必要なファイルの代わりに、別のページが届きました。")


def test_a_file_chosen_before_the_trouble_is_let_go(page: Page, own_site: Path, policy: Policy) -> None:
    """A file that waited is not left waiting."""
    truncate(find_file(own_site, "python_stdlib.zip"))
    with SiteServer(own_site, policy) as server, server.serve():
        held: list[object] = []
        page.route("**/python_stdlib.zip", lambda route: held.append(route))  # noqa: PLW0108 - see test_check
        page.goto(f"{server.url}check/")
        page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=b"x"))
        expect(page.locator(".check-panel")).to_be_visible()
        page.unroute("**/python_stdlib.zip")
        expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)
        expect(page.locator(".check-panel")).to_have_count(0)


@pytest.mark.parametrize(
    ("lack", "code", "words"),
    [
        ("delete globalThis.WebAssembly", "webassembly", "このブラウザーでは WebAssembly が使えません。"),
        ("WebAssembly.validate = () => false", "old", "このブラウザーは古いため、確認できません。"),
    ],
)
def test_below_the_floor(page: Page, server: SiteServer, lack: str, code: str, words: str) -> None:
    """A browser that lacks something is told which ones work, before anything is fetched for nothing."""
    page.add_init_script(lack)
    page.goto(f"{server.url}check/")
    expect_instructions(page, code, words)
    expect(page.locator("[data-trouble]")).to_contain_text("Firefox 114以降")
    assert not any("pyodide" in request.target for request in server.requests)


def test_a_browser_without_jit(chromium: Browser, server: SiteServer) -> None:
    """Without JIT, by a policy, there is no WebAssembly; the page names the policy for the IT desk."""
    with closing(launch_chromium(chromium.browser_type, "--js-flags=--jitless")) as browser:
        page = browser.new_page()
        page.goto(f"{server.url}check/")
        expect(page.locator("[data-trouble=webassembly]")).to_contain_text("JavaScriptJitAllowedForSites")


@pytest.mark.parametrize("path", ["check/", "en/check/"])
def test_without_scripts(chromium: Browser, server: SiteServer, path: str) -> None:
    """Without JavaScript the page offers no drop zone, and says how to look with certmgr."""
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.url + path)
        assert "JavaScript" in page.locator("noscript").inner_text()
        page.locator("#by-hand summary").click()
        expect(page.locator("#by-hand")).to_contain_text("certmgr.msc")
        expect(page.locator("#file")).to_have_count(0)


@contextmanager
def serve_plainly(site: Path, policy: str | None = None) -> Iterator[str]:
    """Serve a site without its headers, perhaps with a policy of the host's own; yield the address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        @override
        def end_headers(self) -> None:
            if policy is not None:
                self.send_header("Content-Security-Policy", policy)
            super().end_headers()

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{host.server_port}/"
        host.shutdown()


@pytest.mark.parametrize("host_policy", [None, "frame-src 'none'"])
def test_a_host_without_headers(page: Page, site: Path, host_policy: str | None) -> None:
    """The page's own policies hold for the worker, too; that the host sends none, the page says plainly."""
    with serve_plainly(site, host_policy) as url:
        page.goto(f"{url}check/")
        expect(page.locator("[data-connection=unguarded]")).to_contain_text(
            "サーバーは、保護の設定（ヘッダー）を送っていません", timeout=LONG
        )
        data = mint.encode_der(mint.mint())
        page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=data))
        expect(page.locator(".check-card")).to_contain_text("a123456")


def test_a_worker_that_can_connect(page: Page, own_site: Path) -> None:
    """Where the worker's attempt succeeds, in a browser that does not hand policies on, the page says so."""
    checker = own_site / "check/index.html"
    html = checker.read_text(encoding="utf-8")
    policy = 'http-equiv="Content-Security-Policy"'
    assert policy in html
    checker.write_text(html.replace(policy, 'name="no-policy"'), encoding="utf-8")
    page.add_init_script("HTMLHeadElement.prototype.append = () => {}")  # nor the one that the page adds
    with serve_plainly(own_site) as url:
        page.goto(f"{url}check/")
        expect(page.locator("[data-connection=open]")).to_contain_text(
            "ブラウザーで止められていません", timeout=LONG
        )


def test_a_clock_before_the_build(page: Page, server: SiteServer) -> None:
    """A device whose date is before the build's is warned of: the verdict rests on that date."""
    page.clock.set_fixed_time("2026-01-15T03:00:00Z")
    open_checker(page, server)
    data = mint.encode_der(mint.mint())
    page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=data))
    expect(page.locator(".check-card .check-warning")).to_contain_text("日付が正しいか確かめてください。")


def test_a_clock_far_after_the_build(page: Page, server: SiteServer) -> None:
    """A device whose date is more than a year after the build is warned of: date or page may be wrong."""
    page.clock.set_fixed_time("2029-01-15T03:00:00Z")
    open_checker(page, server)
    data = mint.encode_der(mint.mint())
    page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=data))
    expect(page.locator(".check-card .check-warning")).to_contain_text(
        "このページが古くないか確かめてください。"
    )


def test_nothing_but_the_worker_passes_the_trusted_types_policy(
    complaining_page: Page, server: SiteServer
) -> None:
    """The page's policy refuses markup from text, a second policy, and any other worker."""
    page = complaining_page
    open_checker(page, server)
    refused = page.evaluate(
        """() => {
        const refused = (act) => {
          try { act(); return false; } catch (error) { return error instanceof TypeError; }
        };
        return [
          refused(() => { document.createElement("p").innerHTML = "<b>x</b>"; }),
          refused(() => trustedTypes.createPolicy("other", {})),
          refused(() => trustedTypes.createPolicy("certcheck", {})),
          refused(() => new Worker("../assets/worker.mjs")),
        ]; }"""
    )
    assert refused == [True, True, True, True]


@pytest.mark.parametrize(
    ("flag", "code", "words"),
    [
        ("--jitless", "webassembly", "このブラウザーでは WebAssembly が使えません。"),
        ("--wasm-max-mem-pages=100", "memory", "メモリーが足りないため、確認できません。"),
    ],
)
def test_an_engine_that_cannot(
    chromium: Browser, server: SiteServer, flag: str, code: str, words: str
) -> None:
    """Chromium with WebAssembly switched off, and one that gives it next to no memory."""
    with closing(launch_chromium(chromium.browser_type, f"--js-flags={flag}")) as limited:
        page = limited.new_page(locale="ja-JP")
        page.goto(f"{server.url}check/")
        expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)
        expect_instructions(page, code, words)


def test_a_download_that_breaks_off(complaining_page: Page, server: SiteServer) -> None:
    """A connection that ends before the file does."""
    page = complaining_page
    page.route("**/python_stdlib.zip", lambda route: route.abort("connectionreset"))
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)
    expect_instructions(page, "network", "必要なファイルを受け取れませんでした。")


@contextmanager
def serve_with_types(site: Path, policy: Policy, **types: str) -> Iterator[SiteServer]:
    """Serve the site with other MIME types."""
    changed = policy.types | {f".{ending}": value for ending, value in types.items()}
    with SiteServer(site, replace(policy, types=changed)) as server, server.serve():
        yield server


def test_modules_under_a_wrong_type(complaining_page: Page, site: Path, policy: Policy) -> None:
    """The browser refuses to run the page's own script: the sentence with which the page came stays."""
    page = complaining_page
    with serve_with_types(site, policy, mjs="text/plain") as server:
        page.goto(f"{server.url}check/")
        expect(page.locator("#checker .check-idle")).to_contain_text("このブラウザーでは確認できません")
        page.get_by_role("link", name="証明書を Windows（certmgr）で見る手順へ").click()
        expect(page.locator("#by-hand")).to_contain_text("certmgr")
        expect(page.locator("#file")).to_have_count(0)


def test_other_files_under_a_wrong_type(page: Page, site: Path, policy: Policy) -> None:
    """What the page fetches by itself it knows by its bytes."""
    with serve_with_types(site, policy, wasm="text/plain", whl="text/plain", zip="text/plain") as server:
        open_checker(page, server)


def test_a_login_page_for_the_worker(page: Page, server: SiteServer) -> None:
    """A proxy that answers with its own page instead of the worker's script."""
    page.route("**/worker.mjs", lambda route: route.fulfill(content_type="text/html", body="<h1>Log in</h1>"))
    page.goto(f"{server.url}check/")
    expect(page.locator("[data-trouble]")).to_be_visible(timeout=LONG)
    expect_instructions(page, "page_instead", "必要なファイルの代わりに、別のページが届きました。")
