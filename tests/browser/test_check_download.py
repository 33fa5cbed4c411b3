"""What the checker page says where a file of its own does not arrive as the site has published it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.serving.server import Handler, SiteServer
from scripts.site.policy import Policy
from tests.browser.checker import LONG, expect_instructions, open_checker


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
