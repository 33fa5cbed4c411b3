"""Traces of a file and its password: in the browser's storage, on the console, in memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, CDPSession, FilePayload, Page, expect
from playwright.sync_api import Error as PlaywrightError

from scripts.serving.server import SiteServer
from scripts.site.policy import Policy
from tests.browser.checker import LONG, Place, open_checker, unfold_card
from tests.security.conftest import plant
from tests.support import mint, slow

PASSWORD = "Tr0ub4dor of these tests"
CLEAR = "すべて消す"

# Everything that a page can leave behind for later, or show to whoever looks over a shoulder.
STATE = """async () => ({
  local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
  databases: (await indexedDB.databases()).map(({name}) => name), caches: await caches.keys(),
  files: await (async () => {
    const names = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    return names;
  })(),
  history: history.length, state: history.state, title: document.title, url: location.href, name: window.name,
})"""


@pytest.fixture
def server(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """Serve the site, for a test to stop."""
    with SiteServer(site, policy) as running, running.serve():
        yield running


@pytest.fixture
def console_lines(context: BrowserContext) -> list[str]:
    """Collect every line on the console, of the page and of its worker."""
    lines: list[str] = []
    context.on("console", lambda message: lines.append(message.text))
    return lines


def choose_pfx(page: Page, data: bytes) -> None:
    """Choose a file and type its password, key by key as a person does."""
    page.set_input_files("#file", FilePayload(name="mine.pfx", mimeType="", buffer=data))
    expect(page.locator("form.check-password input")).to_be_focused(timeout=LONG)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def take_heap_snapshot(session: CDPSession) -> str:
    """Return a snapshot of the page's JavaScript heap, after the browser has collected its garbage."""
    parts: list[str] = []
    session.on("HeapProfiler.addHeapSnapshotChunk", lambda event: parts.append(event["chunk"]))
    session.send("HeapProfiler.enable")
    session.send("HeapProfiler.collectGarbage")
    session.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    session.send("HeapProfiler.disable")
    return "".join(parts)


def count_workers(session: CDPSession) -> int:
    """Count the workers that the browser runs."""
    targets = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
    return sum(target["type"] == "worker" for target in targets)


def test_nothing_is_stored_and_nothing_is_logged(
    page: Page, server: SiteServer, console_lines: list[str], place: Place
) -> None:
    """From the choice to the clearing: no storage of any kind, no new title, no secret on the console."""
    open_checker(page, server, place)
    before = page.evaluate(STATE)
    cookies = page.context.cookies()
    choose_pfx(page, mint.build_pfx(password=PASSWORD))
    unfold_card(page)
    assert page.evaluate(STATE) == before
    page.get_by_role("button", name=CLEAR).click()
    expect(page.locator("#cleared")).not_to_be_empty()
    assert page.evaluate(STATE) == before
    assert page.context.cookies() == cookies == []
    for secret in (PASSWORD, "mine.pfx", "a123456", "user@example.co.jp"):
        assert not [line for line in console_lines if secret in line]


def test_it_works_with_the_network_cut(
    page: Page, site: Path, policy: Policy, complaints: list[str], place: Place
) -> None:
    """Once it is ready, the browser is taken off the network and the server stopped: all still works."""
    with SiteServer(site, policy) as server, server.serve():
        open_checker(page, server, place)
    page.context.set_offline(True)
    choose_pfx(page, mint.build_pfx(password=PASSWORD))
    card = unfold_card(page)
    expect(card).to_contain_text("a123456")
    card.get_by_role("button", name="別の日で判定").click()
    card.get_by_label("判定する日").fill("2027-02-27")
    card.get_by_role("button", name="この日で判定").click()
    expect(unfold_card(page).locator("h3")).to_have_text("2027年3月1日から更新できます（あと2日）。")
    with page.expect_download():
        page.locator(".check-card").get_by_role("button", name="カレンダーに入れる").click()
    page.get_by_role("button", name=CLEAR).click()
    expect(page.locator("#cleared")).not_to_be_empty()
    assert complaints == []


def test_the_password_goes_with_the_verdict(page: Page, server: SiteServer, place: Place) -> None:
    """While a verdict is shown the page has no password; to judge by another day it needs none."""
    open_checker(page, server, place)
    choose_pfx(page, mint.build_pfx(password=PASSWORD))
    unfold_card(page)
    assert PASSWORD not in take_heap_snapshot(page.context.new_cdp_session(page))
    page.locator(".check-card").get_by_role("button", name="別の日で判定").click()
    page.locator(".check-card").get_by_role("button", name="この日で判定").click()
    expect(unfold_card(page).locator(".check-judged-day")).to_contain_text("選んだ日")


def test_clearing_ends_the_worker_and_the_password(page: Page, server: SiteServer, place: Place) -> None:
    """While Python works the heap does hold the password; after clearing it does not, and no worker runs."""
    open_checker(page, server, place)
    session = page.context.new_cdp_session(page)
    running = page.context.browser.new_browser_cdp_session() if page.context.browser else session
    others = count_workers(running) - 1
    choose_pfx(page, slow.build_slow_pfx(PASSWORD))
    expect(page.locator(".check-waiting")).to_be_visible()
    assert PASSWORD in take_heap_snapshot(session)
    with page.workers[0].expect_event("close"):
        page.get_by_role("button", name=CLEAR).click()
    expect(page.locator("#cleared")).not_to_be_empty()
    assert PASSWORD not in take_heap_snapshot(session)
    assert page.workers == []
    assert count_workers(running) == others


# Records every buffer that the worker reads a file into.
RECORD_BUFFERS = """
if (typeof document === "undefined") {
  globalThis.buffers = [];
  const read = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = async function () {
    const buffer = await read.call(this);
    buffers.push(buffer);
    return buffer;
  };
}
"""


def test_the_bytes_are_overwritten(page: Page, own_site: Path, policy: Policy, place: Place) -> None:
    """The worker's copy of a file is zeros once the file was read, and when that failed."""
    plant(own_site, RECORD_BUFFERS)
    with SiteServer(own_site, policy) as server, server.serve():
        open_checker(page, server, place)
        data = mint.build_pfx(password=PASSWORD)
        choose_pfx(page, data)
        unfold_card(page)
        page.set_input_files("#file", FilePayload(name="x", mimeType="", buffer=b"no certificate"))
        expect(page.locator(".check-error")).to_be_visible()
        lengths = page.workers[0].evaluate("buffers.map(({byteLength}) => byteLength)")
        has_content = page.workers[0].evaluate(
            "buffers.map((buffer) => new Uint8Array(buffer).some((byte) => byte))"
        )
    # Twice, before and with the password, then the other file.
    assert lengths == [len(data), len(data), len(b"no certificate")]
    assert has_content == [False, False, False]


@pytest.mark.parametrize("start", ["", "en/"])
@pytest.mark.parametrize("address", ["check/", "boj/renew/"])
def test_how_to_make_sure_is_a_click_away(
    page: Page, server: SiteServer, start: str, address: str, complaints: list[str]
) -> None:
    """The checker leads to the page for whoever wants to see for themselves; its own try holds there."""
    page.goto(f"{server.url}{start}{address}")
    if address != "check/":
        page.locator(".step-check > summary").first.click()
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
    with pytest.raises(PlaywrightError, match="Failed to fetch"):
        page.evaluate('fetch("/")')
    complaints.clear()
    page.locator(".check-drop-zone details:has(a) summary").click()
    page.locator(".check-drop-zone details a").click()
    expect(page).to_have_url(f"{server.url}{start}verify/")
    for name in ("offline", "network", "policy", "storage", "limits"):
        expect(page.locator(f"#{name}")).to_be_visible()
