"""The checker page as a person uses it, in a real Chromium: from a file to the guide's first step."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import enter_password
from tests.support import mint

JAPAN = timezone(timedelta(hours=9))
TODAY = datetime(2027, 3, 10, 10, 0, tzinfo=JAPAN)

# What the page says, per language.
WORDS = {
    "ja": {
        "path": "check/",
        "ready": "準備ができました。",
        "waiting": "準備が終わるのを待っています。ファイルはまだ読んでいません。",
        "wrong": "パスワードが違います。",
        "open": "今日、更新できます。期間は2027年2月28日から2027年3月30日までです。",
        "left": "有効期限まで、あと20日です。",
        "renew": "更新の手順へ",
        "guide": "boj/renew/",
        "clear": "すべて消す",
        "cleared": "ファイル、パスワード、結果をこのページから消しました。",
    },
    "en": {
        "path": "en/check/",
        "ready": "Ready.",
        "waiting": "Waiting until everything is ready. The file has not been read yet.",
        "wrong": "The password is wrong.",
        "open": "You can renew today. The period is from 28 February 2027 to 30 March 2027.",
        "left": "20 days left until it expires.",
        "renew": "How to renew",
        "guide": "en/boj/renew/",
        "clear": "Clear everything",
        "cleared": "The file, the password and the result have been wiped from this page.",
    },
}
IN_20_DAYS = datetime(2027, 3, 30, 23, 59, 59, tzinfo=JAPAN)


@pytest.fixture(params=["ja", "en"])
def words(request: pytest.FixtureRequest) -> dict[str, str]:
    """Return the expected words in one language."""
    return WORDS[request.param]


@pytest.fixture
def pfx(tmp_path: Path) -> Path:
    """Write what Windows exports: 3DES, with the key, expiring in 20 days."""
    path = tmp_path / "client.pfx"
    path.write_bytes(mint.build_pfx(mint.mint(not_after=IN_20_DAYS)))
    return path


def open_checker(page: Page, server: SiteServer, words: dict[str, str]) -> None:
    """Open the page on a device whose clock says TODAY."""
    page.clock.set_fixed_time(TODAY)
    page.goto(server.url + words["path"])


def wait_until_ready(page: Page, words: dict[str, str]) -> None:
    """Wait until the page says that it takes files."""
    expect(page.locator("[data-connection=blocked]")).to_contain_text(words["ready"], timeout=60_000)


def find_verdict(page: Page) -> Locator:
    """Return the verdict's sentence."""
    return page.locator(".check-card h3")


def finish_journey(page: Page, server: SiteServer, words: dict[str, str]) -> None:
    """Go over a wrong and the right password to the guide; no request comes before the click."""
    before = list(server.requests)
    enter_password(page, "wrong")
    expect(page.locator(".check-error h3")).to_have_text(words["wrong"])
    enter_password(page, mint.PASSWORD)
    expect(find_verdict(page)).to_have_text(words["open"])
    expect(page.locator(".check-card")).to_contain_text(words["left"])
    assert server.requests == before
    page.get_by_role("link", name=words["renew"]).click()
    first_step = page.locator("[id]:target")
    expect(first_step).to_be_visible()
    assert page.url.startswith(server.url + words["guide"] + "#")
    assert len(server.requests) > len(before)


def test_from_a_file_to_the_first_step(
    page: Page, server: SiteServer, words: dict[str, str], pfx: Path
) -> None:
    """The journey with the file chosen once all is ready; no request from the choice to the click."""
    open_checker(page, server, words)
    wait_until_ready(page, words)
    before = list(server.requests)
    page.set_input_files("#file", pfx)
    expect(page.locator("form.check-password input")).to_be_focused()
    assert server.requests == before
    finish_journey(page, server, words)


def hold_back(page: Page, pattern: str) -> list[Route]:
    """Keep the answer to a request waiting until the test lets it go on."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers, which a list's method does not allow
    return held


def test_a_file_chosen_early_waits(page: Page, server: SiteServer, words: dict[str, str], pfx: Path) -> None:
    """The journey with the file chosen while the runtime loads: it waits, and the page says so."""
    held = hold_back(page, "**/pyodide.asm.wasm")
    open_checker(page, server, words)
    page.set_input_files("#file", pfx)
    expect(page.locator(".check-panel")).to_contain_text(words["waiting"])
    expect(page.locator("form.check-password")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator("form.check-password input")).to_be_focused(timeout=60_000)
    finish_journey(page, server, words)


# Records each call by which a script can read a file.
READING = """(() => {
  globalThis.readings = [];
  const watch = (prototype, names) => {
    for (const name of names) {
      const read = prototype[name];
      prototype[name] = function (...rest) { readings.push(name); return read.apply(this, rest); };
    }
  };
  watch(Blob.prototype, ["arrayBuffer", "slice", "stream", "text"]);
  watch(FileReader.prototype, ["readAsArrayBuffer", "readAsDataURL", "readAsText"]);
})()"""


def test_a_waiting_file_is_not_read(page: Page, server: SiteServer, pfx: Path) -> None:
    """Not a byte is read before the last response: a file that changes meanwhile cannot be read.

    Nor does the page itself read any; the worker does, later.
    """
    words = WORDS["ja"]
    page.add_init_script(READING)
    held = hold_back(page, "**/pyodide.asm.wasm")
    open_checker(page, server, words)
    page.set_input_files("#file", pfx)
    expect(page.locator(".check-panel")).to_contain_text(words["waiting"])
    pfx.write_bytes(b"changed")
    for route in held:
        route.continue_()
    expect(page.locator(".check-error[data-code=unreadable]")).to_be_visible(timeout=60_000)
    assert page.evaluate("readings") == []


def test_every_request_is_for_the_site_and_comes_before_the_file(
    page: Page, server: SiteServer, pfx: Path
) -> None:
    """No other host is asked, and after the file nothing at all: not even what is cached."""
    words = WORDS["ja"]
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    open_checker(page, server, words)
    wait_until_ready(page, words)
    # What the page has fetched is run from its memory, by addresses that begin so.
    assert [url for url in requests if not url.startswith((server.url, "blob:"))] == []
    requests.clear()
    for summary in page.locator(".check-drop-zone summary").all():
        summary.click()
    page.set_input_files("#file", pfx)
    enter_password(page, mint.PASSWORD)
    expect(find_verdict(page)).to_have_text(words["open"])
    for summary in page.locator(".check-card summary").all():
        summary.click()
    page.get_by_role("button", name=words["clear"]).click()
    expect(page.locator("#cleared")).to_contain_text(words["cleared"])
    assert [url for url in requests if not url.startswith("blob:")] == []


def test_clearing_wipes_and_says_so(page: Page, server: SiteServer, pfx: Path) -> None:
    """Nothing of the file stays on the page, Python ends; another one starts for the next file."""
    words = WORDS["ja"]
    open_checker(page, server, words)
    wait_until_ready(page, words)
    page.set_input_files("#file", pfx)
    enter_password(page, mint.PASSWORD)
    expect(find_verdict(page)).to_be_visible()
    before = list(server.requests)
    with page.workers[0].expect_event("close"):
        page.get_by_role("button", name=words["clear"]).click()
    expect(page.locator("#cleared")).to_contain_text(words["cleared"])
    assert "a123456" not in page.content()
    assert "client.pfx" not in page.content()
    assert page.workers == []
    expect(page.locator("#file")).to_be_focused()
    page.set_input_files("#file", pfx)
    enter_password(page, mint.PASSWORD)
    expect(find_verdict(page)).to_be_visible()
    assert server.requests == before


def test_the_keyboard_is_enough(page: Page, server: SiteServer, pfx: Path) -> None:
    """Tab, Enter and typing lead from the page's top to the guide."""
    page.on("filechooser", lambda chooser: chooser.set_files(pfx))
    words = WORDS["ja"]
    open_checker(page, server, words)
    wait_until_ready(page, words)
    page.keyboard.press("Tab")
    expect(page.locator(".check-skip")).to_be_focused()
    press_until_focused(page, page.locator("#file"))
    page.keyboard.press("Enter")
    expect(page.locator("form.check-password input")).to_be_focused()
    page.keyboard.type(mint.PASSWORD)
    page.keyboard.press("Enter")
    expect(find_verdict(page)).to_be_focused()
    press_until_focused(page, page.get_by_role("link", name=words["renew"]))
    page.keyboard.press("Enter")
    page.wait_for_url(server.url + words["guide"] + "**")


def press_until_focused(page: Page, target: Locator) -> None:
    """Press Tab until it is reached; a person gives up at some time too."""
    for _ in range(20):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
