"""A statement is taken back: what a reader sees who comes, who has the page open, who has a copy."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline_host import Host
from tests.support.copies import copy_project, run_module

ENTRY = """\
withdrawals:
  - id: test
    day: 2026-12-01
    at: boj/renew#open-site
    was: {ja: 古い URL です。, en: The old address.}
    instead:
      ja: "[このステップ](boj/renew#open-site)の URL を開きます。"
      en: "Open the address [here](boj/renew#open-site)."
"""


@pytest.fixture(scope="module")
def later_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of a day later: the same sources, and one statement taken back."""
    copy = copy_project(tmp_path_factory.mktemp("later"))
    (copy / "docs/shared/withdrawals.yaml").write_text(ENTRY, encoding="utf-8")
    built = run_module(copy, "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site")
    assert built.returncode == 0, built.stderr
    return copy / "site"


def test_who_comes_reads_it_on_the_page_at_the_step_and_in_the_changes(
    tab: Page, host: Host, later_site: Path
) -> None:
    """Also by the step's short address, which was passed on in a mail; in both languages."""
    host.server.site = later_site
    for below, words in (("", "古い URL です。"), ("en/", "The old address.")):
        tab.goto(f"{host.url}{below}boj/renew/")
        notice = tab.locator("#withdrawn-test")
        expect(notice).to_contain_text(words)
        expect(notice).to_contain_text("2026年12月1日" if not below else "1 December 2026")
        tab.goto(f"{host.url}{below}s/boj/renew/open-site/")
        tab.wait_for_url(f"{host.url}{below}boj/renew/#open-site")
        step = tab.locator("section.step", has=tab.locator("#open-site"))
        expect(step.locator(".withdrawal")).to_contain_text(words)
        tab.goto(f"{host.url}{below}changes/#withdrawn-test")
        expect(tab.locator("#withdrawn-test")).to_be_in_viewport()
        expect(tab.locator("article").get_by_text(words).first).to_be_visible()


def test_an_open_page_tells_it_when_it_is_looked_at(tab: Page, host: Host, later_site: Path) -> None:
    """Within the hour nothing is asked; then the notice stands above the guide, on its page only."""
    tab.clock.install(time=datetime(2026, 12, 1, tzinfo=UTC))
    other = tab.context.new_page()
    other.clock.install(time=datetime(2026, 12, 1, tzinfo=UTC))
    tab.goto(f"{host.url}boj/renew/", wait_until="networkidle")
    other.goto(f"{host.url}tse/renew/", wait_until="networkidle")
    host.server.site = later_site
    host.server.requests.clear()
    tab.clock.run_for(59 * 60_000)
    assert not [request for request in host.server.requests if "withdrawals" in request.target]
    expect(tab.locator(".withdrawal")).to_have_count(0)
    for page in (tab, other):
        with page.expect_response("**/withdrawals.json"):
            page.clock.run_for(60 * 60_000)
    expect(tab.locator("h1 + .withdrawal")).to_contain_text(
        "古い URL です。 代わりにすること：このステップの URL を開きます。"
    )
    expect(other.locator(".withdrawal")).to_have_count(0)
    with tab.expect_response("**/withdrawals.json"):
        tab.clock.run_for(61 * 60_000)
    expect(tab.locator(".withdrawal")).to_have_count(1)


def test_a_copy_without_a_network_says_from_which_day_it_is(tab: Page, host: Host, later_site: Path) -> None:
    """It cannot know more; the next visit with a network shows the notice, and no age."""
    tab.goto(f"{host.url}boj/renew/")
    tab.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tab.reload(wait_until="networkidle")
    expect(tab.locator("#copy-age")).to_have_count(0)
    host.server.site = later_site
    tab.context.set_offline(True)
    tab.reload()
    today = tab.evaluate(
        "new Intl.DateTimeFormat('ja', {dateStyle: 'long', timeZone: 'Asia/Tokyo'}).format(new Date())"
    )
    expect(tab.locator("#copy-age")).to_contain_text(f"{today}に保存したコピー")
    expect(tab.locator("#withdrawn-test")).to_have_count(0)
    tab.context.set_offline(False)
    tab.reload()
    expect(tab.locator("#withdrawn-test")).to_be_visible()
    expect(tab.locator("#copy-age")).to_have_count(0)
