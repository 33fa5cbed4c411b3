"""What the checker page says where browser or host do not let it work, and that it never pretends."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from tests.browser.checker import LONG, Place, expect_instructions, open_checker
from tests.support import mint


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


@pytest.mark.parametrize("place", ["check", "guide"])
def test_nothing_but_the_worker_passes_the_trusted_types_policy(
    complaining_page: Page, server: SiteServer, place: Place
) -> None:
    """The page's policies refuse markup from text, another policy or a second of a name, any other worker."""
    page = complaining_page
    open_checker(page, server, place)
    refused = page.evaluate(
        """() => {
        const refused = (act) => {
          try { act(); return false; } catch (error) { return error instanceof TypeError; }
        };
        return [
          refused(() => { document.createElement("p").innerHTML = "<b>x</b>"; }),
          refused(() => trustedTypes.createPolicy("other", {})),
          refused(() => trustedTypes.createPolicy("certcheck", {})),
          refused(() => trustedTypes.createPolicy("service-worker", {})),
          refused(() => new Worker("../assets/worker.mjs")),
        ]; }"""
    )
    assert refused == [True] * 5


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
