"""Who is about to open the checker has its files fetched ahead; who is not, or saves data, does not."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer
from scripts.site.policy import Policy

CLOCK = "2027-03-10T10:00:00+09:00"
LATER = "2027-03-10T10:30:00+09:00"
AWAIT_WARMING = """async () => {
    const script = document.querySelector('script[src$="/site.mjs"]').src;
    await (await import(new URL('checker-warming.mjs', script))).warmCache();
}"""


@pytest.fixture
def server(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """Serve the compressed copies, as hosts do: a browser's cache takes no file that is an eighth of it."""
    with SiteServer(site, policy, base_path="/a/b/") as running, running.serve():
        running.compressed = True
        yield running


def list_checker_files(server: SiteServer) -> set[str]:
    """List the files that the checker loads and no guide does, as the build lists them."""
    listed = json.loads((server.site / "offline/checker.json").read_bytes())
    return {path for path in listed if path.startswith("assets/")}


def count_requests(server: SiteServer) -> Counter[str]:
    """Count the requests of each file of the checker."""
    paths = (urlsplit(request.target).path.removeprefix(server.base_path) for request in server.requests)
    return Counter(path for path in paths if path in list_checker_files(server))


def hover(link: Locator) -> None:
    """Move the pointer there, and leave it."""
    link.hover()


def focus(link: Locator) -> None:
    """Reach it with the tabulator key."""
    for _ in range(100):
        link.page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            return
    raise AssertionError("no key leads to the link")


def touch(link: Locator) -> None:
    """Lay a finger on it."""
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    assert box is not None
    session = link.page.context.new_cdp_session(link.page)
    point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})


def find_link(page: Page) -> Locator:
    """Find a link to the checker that is to be seen."""
    return page.locator('a[href$="check/"]:not([href*="jasdec/"]):visible').first


@pytest.mark.parametrize(("below", "reach"), [("", hover), ("en/", focus), ("boj/renew/", touch)])
def test_reaching_for_the_checker_fetches_its_files_once(
    page: Page, server: SiteServer, below: str, reach: Callable[[Locator], None]
) -> None:
    """The checker then takes all of them from the browser's cache: none is requested a second time."""
    page.goto(server.url + below, wait_until="networkidle")
    assert len(server.requests) <= 4
    with page.expect_request("**/offline/checker.json"):
        reach(find_link(page))
    page.evaluate(AWAIT_WARMING)
    expected = Counter(list_checker_files(server))
    assert count_requests(server) == expected
    find_link(page).press("Enter")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=60_000)
    assert count_requests(server) == expected


def test_passing_over_a_link_fetches_nothing(page: Page, server: SiteServer) -> None:
    """Only who stays on it for a tenth of a second means it."""
    page.clock.install(time=CLOCK)
    page.goto(server.url, wait_until="networkidle")
    page.clock.pause_at(LATER)  # until then it goes on by itself
    before = len(server.requests)
    find_link(page).hover()
    page.clock.run_for(90)
    page.mouse.move(0, 0)
    page.clock.run_for(1000)
    page.evaluate("fetch('.')")
    assert [request.target for request in server.requests[before:]] == [server.base_path]


def save_data(page: Page) -> None:
    """Have the browser save data, as a setting of the system does."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    assert page.evaluate("navigator.connection.saveData")


def slow_down(page: Page) -> None:
    """Give the browser a line of the third generation."""
    session = page.context.new_cdp_session(page)
    speed = 60_000
    conditions = {"offline": False, "latency": 400, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", {**conditions, "connectionType": "cellular3g"})
    assert page.evaluate("navigator.connection.effectiveType") != "4g"


@pytest.mark.parametrize("prepare", [save_data, slow_down])
def test_saved_data_and_slow_lines_fetch_nothing(
    page: Page, server: SiteServer, prepare: Callable[[Page], None]
) -> None:
    """Five megabytes that were not asked for are no help there."""
    page.clock.install(time=CLOCK)
    page.goto(server.url, wait_until="networkidle")
    prepare(page)
    before = len(server.requests)
    find_link(page).hover()
    page.clock.run_for(1000)
    page.evaluate("fetch('.')")
    assert [request.target for request in server.requests[before:]] == [server.base_path]


def test_a_stored_checker_is_not_fetched_again(tab: Page, server: SiteServer) -> None:
    """Who keeps the checker for the time without a network has its files already."""
    tab.add_init_script("localStorage.setItem('offline', 'all')")
    tab.goto(f"{server.url}boj/renew/")
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    server.requests.clear()
    tab.goto(f"{server.url}boj/renew/", wait_until="networkidle")
    with tab.expect_request("**/checker-warming.mjs"):
        find_link(tab).hover()
    tab.evaluate(AWAIT_WARMING)
    assert count_requests(server) == Counter()
