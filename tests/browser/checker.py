"""Helpers for tests of the checker's page: open it, choose files, find what it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Literal

from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from scripts.serving.server import SiteServer
from tests.support import mint

Language = Literal["ja", "en"]
Place = Literal["check", "guide"]
"""Where the checker runs: in its own page, or in the first step of a guide, which asks for the renewal."""
ADDRESSES: dict[Place, str] = {"check": "check/", "guide": "boj/renew/"}
LONG = 60_000
JAPAN = timezone(timedelta(hours=9))
TODAY = datetime(2027, 3, 10, 10, 0, tzinfo=JAPAN)
FSA = mint.build_name(
    C="JP", O="Financial Services Agency Business Support Integration System", CN="F123456-001"
)
TSE = "Tokyo Stock Exchange SSO CA"


@contextmanager
def start_checker(chromium: Browser, server: SiteServer, language: Language = "ja") -> Iterator[Page]:
    """Yield the page on a device whose clock says TODAY, far from Japan; it must raise no exception."""
    with chromium.new_context(
        locale="ja-JP", timezone_id="America/New_York", permissions=["clipboard-read", "clipboard-write"]
    ) as context:
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.clock.set_fixed_time(TODAY)
        page.goto(f"{server.url}{'' if language == 'ja' else 'en/'}check/")
        expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
        yield page
        assert faults == [], faults


def select_words(language: Language, japanese: str, english: str) -> str:
    """Return the expected words in a page's language."""
    return japanese if language == "ja" else english


def begin_checker(page: Page, server: SiteServer, place: Place = "check") -> None:
    """Open the Japanese page that holds the checker; in a guide, open the checker in its first step."""
    page.goto(server.url + ADDRESSES[place])
    if place == "guide":
        page.locator(".step-check > summary").first.click()


def open_checker(page: Page, server: SiteServer, place: Place = "check") -> None:
    """Open the checker and wait until it takes files."""
    begin_checker(page, server, place)
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)


def expect_instructions(page: Page, code: str, words: str) -> None:
    """Expect the trouble's sentence with the focus, the instructions unfolded, and no file picker."""
    trouble = page.locator(f"[data-trouble={code}]")
    expect(trouble.locator("h2")).to_have_text(words)
    expect(trouble.locator("h2")).to_be_focused()
    expect(page.locator("#by-hand")).to_have_attribute("open", "")
    expect(page.locator("#by-hand")).to_contain_text("certmgr")
    expect(page.locator("#file")).to_have_count(0)


def unfold_card(page: Page) -> Locator:
    """Wait for the only card of a certificate, unfold it where an answer stands above it, and return it."""
    expect(page.locator(".check-card[data-sha256]")).to_be_attached(timeout=LONG)
    fold = page.locator(".check-everything")
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    card = page.locator(".check-card[data-sha256]")
    expect(card).to_be_visible()
    return card


def choose_files(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files by name and bytes."""
    payloads = [FilePayload(name=name, mimeType="", buffer=data) for name, data in files]
    page.set_input_files("#file", payloads)


def find_card(page: Page, certificate: mint.Identity) -> Locator:
    """Return a certificate's card."""
    return page.locator(f".check-card[data-sha256='{mint.compute_sha256(certificate)}']")


def judge_certificate(page: Page, certificate: mint.Identity) -> Locator:
    """Choose a certificate's .cer and return its card."""
    choose_files(page, ("x.cer", mint.encode_der(certificate)))
    expect(find_card(page, certificate)).to_be_visible()
    return find_card(page, certificate)


def enter_password(page: Page, password: str) -> None:
    """Type a password into the only field for one, and press Enter."""
    field = page.locator("form.check-password input")
    field.fill(password)
    field.press("Enter")


def compute_day_end(year: int, month: int, day: int) -> datetime:
    """Return the last second of a day in Japan."""
    return datetime(year, month, day, 23, 59, 59, tzinfo=JAPAN)


def find_panel(page: Page, name: str) -> Locator:
    """Return the part of the page about a file, unfolded or not."""
    return page.locator(".check-panel", has=page.locator("h2", has_text=name))


def expand_row(page: Page, name: str) -> Locator:
    """Expand a file's row in the table of three files or more, and return the part about that file."""
    page.locator(".check-files").get_by_role("button", name=name, exact=True).click()
    expect(find_panel(page, name)).to_be_visible()
    return find_panel(page, name)
