"""Files made to stall the judging, on the page: small to send, costly to judge."""

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import LONG, choose_files, expand_row, find_card, open_checker
from tests.certcheck.stalling_paths import STALLS
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HONEST = mint.mint()
MOST_CARDS = 200  # the first ten of each file that is unfolded


@pytest.mark.parametrize("kind", STALLS)
def test_an_honest_file_beside_it(page: Page, server: SiteServer, kind: str) -> None:
    """``honest.cer`` beside files that would stall has the verdict it has alone; clearing leaves nothing.

    No file runs into the page's clock: the budget in operations ends it before. What is drawn is bounded, so
    that clearing costs the same as after a few files.
    """
    open_checker(page, server)
    choose_files(page, ("honest.cer", mint.encode_der(HONEST)))
    expect(find_card(page, HONEST)).to_be_visible(timeout=LONG)
    alone = find_card(page, HONEST).get_attribute("data-verdict")
    hostile = [(f"{number}.p7b", data) for number, data in enumerate(STALLS[kind]())]
    choose_files(page, ("honest.cer", mint.encode_der(HONEST)), *hostile)
    expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=LONG)
    expect(page.locator(".check-error[data-code=timed_out]")).to_have_count(0)
    if hostile[1:]:
        expand_row(page, "honest.cer")
    assert find_card(page, HONEST).first.get_attribute("data-verdict") == alone
    assert page.locator(".check-card").count() <= MOST_CARDS
    # By key: more cards are drawn as the button comes into view, and it would move away below a pointer.
    page.get_by_role("button", name="すべて消す").press("Enter")
    expect(page.locator(".check-panel")).to_have_count(0, timeout=LONG)
    choose_files(page, ("honest.cer", mint.encode_der(HONEST)))
    expect(find_card(page, HONEST)).to_have_attribute("data-verdict", alone or "", timeout=LONG)
