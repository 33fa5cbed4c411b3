"""What leaves the browser, measured on the wire, and what it leaves in its profile.

Chromium as people have it, its own services included, behind a proxy that records every request it makes.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from playwright.sync_api import Browser, FilePayload, Page, expect

from scripts.serving.server import SiteServer
from scripts.site.policy import Policy
from tests.browser.checker import LONG, Place, open_checker, unfold_card
from tests.support import mint
from tests.support.slices import take_slice
from tests.support.wire import everyday_chromium, logging_proxy

PASSWORD = "Tr0ub4dor of the wire"
# The autofill service was asked 0.1 s after a field appeared, and again after 0.9 s and 2.4 s.
SETTLE_MS = 2_500
# What Chromium asks at times of its own: updates, the clock, the account, hints; nothing about a page.
BROWSERS_OWN = {
    f"{name}:443"
    for name in (
        "accounts.google.com",
        "clients2.google.com",
        "optimizationguide-pa.googleapis.com",
        "redirector.gvt1.com",
        "update.googleapis.com",
    )
} | {"clients2.google.com", "update.googleapis.com", "redirector.gvt1.com"}

# Fields that appear after the page was loaded, as no page of the site may have them.
LATE_FIELDS = """() => {
  const field = (type) => Object.assign(document.createElement("input"), { type });
  document.body.append(field("password"), field("date"));
}"""


@pytest.fixture
def server(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """Serve the site alone on a port."""
    with SiteServer(site, policy) as running, running.serve():
        yield running


def choose_file(page: Page, name: str, data: bytes) -> None:
    """Choose one file, as a person does in the browser's dialogue."""
    page.set_input_files("#file", FilePayload(name=name, mimeType="", buffer=data))


def paste_text(page: Page, text: str) -> None:
    """Paste into the field for it, from the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".check-drop-zone details:has(#paste) > summary").click()
    page.locator("#paste").press("Control+V")
    expect(page.locator(".check-panel > h2")).to_have_text("貼り付けたテキスト")
    unfold_card(page)


def walk_through(page: Page, certificate: mint.Identity, settle_ms: int = SETTLE_MS) -> None:
    """Use the checker: paste, .cer, copying, another day, .pfx with its password, calendar.

    Args:
        page: ready.
        certificate: the holder's.
        settle_ms: how long each field stands before the next step, in milliseconds.
    """
    paste_text(page, mint.encode_pem(certificate).decode())
    page.wait_for_timeout(settle_ms)
    choose_file(page, "mine.cer", mint.encode_der(certificate))
    unfold_card(page)
    page.get_by_role("button", name="問い合わせ用の要約をコピー").click()
    page.get_by_role("button", name="別の日で判定").click()
    page.wait_for_timeout(settle_ms)
    choose_file(page, "mine.pfx", mint.build_pfx(certificate, password=PASSWORD))
    expect(page.locator("form.check-password input")).to_be_focused(timeout=LONG)
    page.wait_for_timeout(settle_ms)
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("form.check-password")).to_have_count(0, timeout=LONG)
    unfold_card(page)
    page.get_by_role("button", name="問い合わせ用の要約をコピー").click()
    page.get_by_role("button", name="カレンダーに入れる").first.click()
    page.wait_for_timeout(settle_ms)


def count_foreign_hosts(
    browser: Browser,
    server: SiteServer,
    profile: Path,
    act: Callable[[Page], None],
    place: Place = "check",
) -> Counter[str]:
    """Return the hosts other than the site that the whole browser asked from "ready" to its end."""
    with logging_proxy(server.url) as proxy, everyday_chromium(browser.browser_type, profile, proxy) as page:
        open_checker(page, server, place)
        ready = time.monotonic()
        act(page)
        return Counter(proxy.hosts_since(ready))


@pytest.mark.parametrize("run", take_slice(range(5), 5))
def test_the_journey_adds_no_request(
    chromium: Browser, server: SiteServer, tmp_path: Path, run: int, place: Place
) -> None:
    """Choosing, opening, copying and clearing make the browser ask no host that it does not ask when idle.

    Requests of an idle browser (its own updates) come at times of their own, so they are compared by host.
    """
    idle = count_foreign_hosts(
        chromium, server, tmp_path / "idle", lambda page: page.wait_for_timeout(4 * SETTLE_MS), place
    )
    certificate = mint.mint()

    def use_and_clear(page: Page) -> None:
        walk_through(page, certificate)
        page.get_by_role("button", name="すべて消す").click()
        page.wait_for_timeout(SETTLE_MS)
        page.go_back()

    used = count_foreign_hosts(chromium, server, tmp_path / "used", use_and_clear, place)
    services = {host for host in used if "autofill" in host or "translate" in host}
    assert not services, (run, used)
    assert set(used) <= set(idle) | BROWSERS_OWN, (run, used, idle)


def test_a_late_field_is_seen_on_the_wire(chromium: Browser, server: SiteServer, tmp_path: Path) -> None:
    """Fields that appear late make the browser ask: otherwise the test above would be blind."""

    def add_fields(page: Page) -> None:
        page.evaluate(LATE_FIELDS)
        page.wait_for_timeout(SETTLE_MS)

    hosts = count_foreign_hosts(chromium, server, tmp_path / "control", add_fields)
    assert any("autofill" in host for host in hosts), hosts


def find_secrets(profile: Path, secrets: dict[str, str]) -> set[tuple[str, str]]:
    """Return which secrets stand in which files of a profile, as UTF-8 or UTF-16."""
    traces = set()
    for path in (path for path in profile.rglob("*") if path.is_file()):
        data = path.read_bytes()
        for name, secret in secrets.items():
            if secret.encode() in data or secret.encode("utf-16-le") in data:
                traces.add((name, str(path.relative_to(profile))))
    return traces


@pytest.mark.parametrize(
    ("place", "cleared"),
    [("check", True), ("check", False), ("guide", False)],
    ids=["cleared", "left as it is", "a guide left as it is"],
)
def test_the_profile_keeps_nothing_of_the_file(
    chromium: Browser, server: SiteServer, tmp_path: Path, place: Place, *, cleared: bool
) -> None:
    """After the journey, no file of the closed browser's profile holds what file, paste or password said."""
    # The FSA's certificates are told by their subject: the page itself names no issuer of theirs.
    organization = "Financial Services Agency Business Support Integration System"
    certificate = mint.mint(
        issuer_cn="Zq Issuing CA",
        subject=mint.build_name(C="JP", O=organization, CN="F881472-309"),
        san=[x509.RFC822Name("zq@secret.example.co.jp")],
    )
    secrets = {
        "CN": "F881472-309",
        "e-mail": "zq@secret.example.co.jp",
        "issuer": "Zq Issuing CA",
        "serial": f"{certificate.certificate.serial_number:x}",
        "SHA-256": mint.compute_sha256(certificate),
        "password": PASSWORD,
        "name of the file": "mine.pfx",
        "pasted text": mint.encode_pem(certificate).decode().splitlines()[5],
    }

    def use_and_clear(page: Page) -> None:
        walk_through(page, certificate, settle_ms=0)
        if cleared:
            page.get_by_role("button", name="すべて消す").click()
        page.wait_for_timeout(SETTLE_MS)

    profile = tmp_path / "profile"
    count_foreign_hosts(chromium, server, profile, use_and_clear, place)
    assert find_secrets(profile, secrets) == set()


def test_what_back_brings_to_view_again(
    chromium: Browser, server: SiteServer, tmp_path: Path, place: Place
) -> None:
    """A page that the browser keeps for Back has the finished result, and no file, password or Python.

    Playwright switches that cache off; people have it.
    """
    certificate = mint.mint()
    encrypted = mint.build_pfx(certificate, password=PASSWORD)
    with (
        logging_proxy(server.url) as proxy,
        everyday_chromium(chromium.browser_type, tmp_path / "profile", proxy) as page,
    ):
        open_checker(page, server, place)
        files = [("mine.cer", mint.encode_der(certificate)), ("mine.pfx", encrypted)]
        payloads = [FilePayload(name=name, mimeType="", buffer=data) for name, data in files]
        page.set_input_files("#file", payloads)
        page.locator("form.check-password input").fill(PASSWORD)
        page.evaluate("window.isSamePage = true")
        assert len(page.workers) == 1
        page.goto(f"{server.url}tse/renew/")
        page.go_back(wait_until="commit")
        expect(page.locator(".check-card[data-sha256]")).to_have_count(1)
        assert page.evaluate("window.isSamePage"), "the browser has not kept the page: this test is blind"
        expect(page.locator("#file-2")).to_contain_text("もう一度ファイルを選んでください。")
        expect(page.locator("input[type=password], [data-asks-again]")).to_have_count(0)
        assert page.workers == []
        expect(page.get_by_text("タブを閉じるまで、このページに残ります")).to_be_visible()
        choose_file(page, "mine.pfx", encrypted)
        expect(page.locator("form.check-password input")).to_be_focused(timeout=LONG)
        page.get_by_role("button", name="すべて消す").click()
        expect(page.locator(".check-card")).to_have_count(0)
