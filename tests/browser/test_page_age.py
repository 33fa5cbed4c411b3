"""A page that was right when it was built says when it may no longer be: by the date of its reader."""

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serving.server import SiteServer

PAGES = ["boj/renew/", "en/boj/renew/", "tse/", "fsa/all/", "", "check/", "en/check/"]

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True)


def read_due_time(page: Page) -> dt.datetime:
    """Return the instant from which the first notice of the page holds, midnight in Japan."""
    day = page.locator(".freshness-notice").first.get_attribute("data-since")
    assert day is not None
    return dt.datetime.fromisoformat(f"{day}T00:00:00+09:00")


@pytest.mark.parametrize("below", PAGES)
def test_facts_that_nobody_checked_for_long_are_said_to_be_old(
    page: Page, server: SiteServer, below: str
) -> None:
    """Until the last second of the limit nothing shows, from the next on the notice does.

    The day of the last check always shows.
    """
    page.goto(server.url + below)
    day = "21 November 2026" if "en/" in below else "2026年11月21日"
    expect(page.locator(".about-page, footer", has_text=day).first).to_be_visible()
    due = read_due_time(page)
    notice = page.locator(".freshness-notice").first
    page.clock.install(time=due - dt.timedelta(seconds=60))
    page.goto(server.url + below)
    expect(notice).to_be_hidden()
    page.clock.set_fixed_time(due)
    page.reload()
    expect(notice).to_be_visible()


def test_an_end_of_support_stands_in_the_page_itself(chromium: Browser, server: SiteServer) -> None:
    """Windows 10's has come before the build: no script is needed; jasdec's note says the same day."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for below, words in (("", "2025年10月14日"), ("en/", "14 October 2025")):
        page.goto(f"{server.url}{below}jasdec/environment/")
        expect(page.locator(".freshness-notice:visible")).to_have_count(1)
        expect(page.locator(".freshness-notice:visible")).to_contain_text(words)
    context.close()


def test_a_clock_that_runs_late_hides_nothing(page: Page, server: SiteServer) -> None:
    """What the build has shown stays, whatever the device believes."""
    page.clock.install(time=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    page.goto(f"{server.url}jasdec/environment/")
    expect(page.locator(".freshness-notice:visible")).to_have_count(1)
