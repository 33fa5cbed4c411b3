"""Python ends, by itself or because it must: another takes its place, and only one file is lost."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import LONG, open_checker
from tests.support import mint, slow

# How Python ends has nothing to do with the path below which the site lies.
pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
X_CER = FilePayload(name="x.cer", mimeType="", buffer=mint.encode_der(mint.mint()))


def test_the_worker_dies(page: Page, server: SiteServer) -> None:
    """A program that stopped while nothing was asked of it is replaced, without a request."""
    open_checker(page, server)
    before = list(server.requests)
    with page.workers[0].expect_event("close"):
        page.workers[0].evaluate("() => { setTimeout(() => { throw new Error('panicked'); }); }")
    page.set_input_files("#file", FilePayload(name="x.cer", mimeType="", buffer=mint.encode_der(mint.mint())))
    expect(page.locator(".check-card")).to_contain_text("a123456", timeout=LONG)
    assert server.requests == before


def open_slow_file(page: Page, server: SiteServer) -> None:
    """Let Python work on a file that takes long, beside another one."""
    open_checker(page, server)
    slow_pfx = FilePayload(name="slow.pfx", mimeType="", buffer=slow.build_slow_pfx())
    page.set_input_files("#file", [X_CER, slow_pfx])
    field = page.locator("form.check-password input")
    field.fill(mint.PASSWORD)
    field.press("Enter")
    expect(page.locator(".check-panel").last).to_contain_text("「すべて消す」を押すと、途中で止められます。")


def test_clearing_while_python_works(page: Page, server: SiteServer) -> None:
    """Python cannot be interrupted: clearing ends it. Another one reads the next file, without a request."""
    open_slow_file(page, server)
    before = list(server.requests)
    with page.workers[0].expect_event("close"):
        page.get_by_role("button", name="すべて消す").click()
    expect(page.locator("#cleared")).to_contain_text("このページから消しました。")
    expect(page.locator(".check-panel")).to_have_count(0)
    assert page.workers == []
    page.set_input_files("#file", X_CER)
    expect(page.locator(".check-card")).to_contain_text("a123456", timeout=LONG)
    assert server.requests == before


def expect_only_the_last_file_lost(page: Page, name: str, code: str, words: str) -> None:
    """Expect the last file's error, and verdicts of the first, for another day, too, and of a next one."""
    error = page.locator(".check-panel", has_text=name).locator(f".check-error[data-code={code}]")
    expect(error.locator("h3")).to_have_text(words, timeout=LONG)
    expect(error.get_by_role("link")).to_have_attribute("href", "#by-hand")
    card = page.locator(".check-panel").first.locator(".check-card")
    expect(card).to_contain_text("a123456")
    card.get_by_role("button", name="別の日で判定").click()
    card.get_by_label("判定する日").fill("2027-02-27")
    card.get_by_role("button", name="この日で判定").click()
    expect(card.locator("h3")).to_have_text("2027年3月1日から更新できます（あと2日）。")
    page.set_input_files("#file", X_CER)
    expect(page.locator(".check-card")).to_contain_text("a123456")


def test_a_file_that_takes_too_long_is_stopped(page: Page, server: SiteServer) -> None:
    """After 20 seconds of the page's clock Python is ended and replaced; only that file is lost."""
    page.clock.install()
    open_slow_file(page, server)
    before = list(server.requests)
    with page.workers[0].expect_event("close"):
        page.clock.fast_forward(20_000)
    expect_only_the_last_file_lost(
        page, "slow.pfx", "timed_out", "20秒たっても調べ終わらないため、止めました。"
    )
    assert server.requests == before


# No file is known that ends Python.
END_AT_THREE_BYTES = """message => {
  const read = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = function () {
    if (this.size !== 3) return read.call(this);
    setTimeout(() => { throw new Error(message); });
    return new Promise(() => {});
  };
}"""


@pytest.mark.parametrize(
    ("message", "code", "words"),
    [
        ("unreachable", "crashed", "このファイルを調べる途中で、確認のプログラムが止まりました。"),
        ("out of memory", "no_memory", "メモリーが足りないため、このファイルを調べられませんでした。"),
    ],
)
def test_a_file_that_ends_python(page: Page, server: SiteServer, message: str, code: str, words: str) -> None:
    """A panic in the library's Rust ends all of Python: another one takes its place."""
    open_checker(page, server)
    before = list(server.requests)
    page.workers[0].evaluate(END_AT_THREE_BYTES, message)
    with page.workers[0].expect_event("close"):
        page.set_input_files("#file", [X_CER, FilePayload(name="bad.pfx", mimeType="", buffer=b"bad")])
    expect_only_the_last_file_lost(page, "bad.pfx", code, words)
    assert server.requests == before
