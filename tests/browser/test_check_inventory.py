"""Many files at once: how many are what, their order, what is taken along; where the result stands."""

import icalendar
import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import (
    FSA,
    LONG,
    TODAY,
    TSE,
    choose_files,
    compute_day_end,
    find_card,
    judge_certificate,
    open_checker,
)
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
EXPIRED = mint.mint(cn="a1", not_after=compute_day_end(2027, 3, 7))
LATER = mint.mint(cn="a2", not_after=compute_day_end(2027, 6, 30))
OPEN = [mint.mint(cn="t3", issuer_cn=TSE, not_after=compute_day_end(2027, 3, day)) for day in (20, 30)]


@pytest.fixture
def opened(page: Page, server: SiteServer) -> Page:
    """Return the page with five files of four kinds, in no order."""
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    certificates = {"later.cer": LATER, "open-2.cer": OPEN[1], "expired.cer": EXPIRED, "open-1.cer": OPEN[0]}
    files = [(name, mint.encode_der(certificate)) for name, certificate in certificates.items()]
    choose_files(page, *files, ("bad.cer", b"no"))
    expect(page.locator(".check-inventory tbody tr")).to_have_count(5, timeout=LONG)
    return page


def test_a_summary_and_the_order_of_urgency(opened: Page) -> None:
    """What cannot be read, what is over, what can be renewed (the earlier end first), what is later."""
    expect(opened.locator(".check-counts")).to_have_text(
        "読めない 1、期限切れなど 1、更新できる 2、まだ更新できない 1"
    )
    names = opened.locator(".check-inventory tbody td:first-child")
    expect(names).to_have_text(["bad.cer", "expired.cer", "open-1.cer", "open-2.cer", "later.cer"])
    expect(opened.locator(".check-inventory tbody tr").nth(1)).to_contain_text("user@example.co.jp")


def test_a_calendar_for_all(opened: Page) -> None:
    """It has the days of all that have days to come, and says whose they are."""
    with opened.expect_download() as download:
        opened.get_by_role("button", name="すべてカレンダーに入れる").click()
    calendar = icalendar.Calendar.from_ical(download.value.path().read_bytes())
    titles = [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]
    assert all(any(name in title for title in titles) for name in ("t3", "a2"))
    assert not any("a1）" in title for title in titles)


def read_clipboard(page: Page) -> str:
    """Paste into another page, since this one may not read."""
    with page.context.new_page() as elsewhere:
        elsewhere.set_content("<textarea></textarea>")
        elsewhere.locator("textarea").focus()
        elsewhere.keyboard.press("Control+V")
        text = elsewhere.locator("textarea").input_value()
    page.bring_to_front()
    return text


def test_names_are_copied_in_groups_of_the_form(page: Page, server: SiteServer) -> None:
    """The FSA's form takes ten certificates: twelve are copied as ten and two, besides all together."""
    page.context.grant_permissions(["clipboard-write"])
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    holders = [mint.mint(issuer_cn="FSA CA", subject=FSA, serial=number + 1) for number in range(12)]
    choose_files(page, *((f"{number}.cer", mint.encode_der(holder)) for number, holder in enumerate(holders)))
    for words, count in (("CN をすべてコピー", 12), ("（1～10枚目）", 10), ("（11～12枚目）", 2)):
        page.locator(".check-overview button", has_text=words).click()
        expect(page.locator(".check-overview [role=status]")).to_have_text(f"{count}件をコピーしました。")
        assert read_clipboard(page).split() == ["F123456-001"] * count


def test_no_copied_name_becomes_a_formula(page: Page, server: SiteServer) -> None:
    """An apostrophe stands before what a sheet would run, behind a blank, too; no line makes a row."""
    page.context.grant_permissions(["clipboard-write"])
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    names = ["=1+1", " @a", "＝1", "a\n=1"]
    choose_files(page, *((f"{name!r}.cer", mint.encode_der(mint.mint(cn=name))) for name in names))
    page.get_by_role("button", name="CN をすべてコピー").click()
    expect(page.locator(".check-overview [role=status]")).to_have_text("4件をコピーしました。")
    lines = read_clipboard(page).splitlines()
    assert sorted(lines) == sorted(["'=1+1", "' @a", "'＝1", "a[U+000A]=1"])


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_main_button_is_on_the_first_screen(
    page: Page, server: SiteServer, width: int, height: int
) -> None:
    """The drop zone is before the help; beside a result it is one line, and the button is in view."""
    page.set_viewport_size({"width": width, "height": height})
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    zone = page.locator(".check-drop-zone").bounding_box()
    assert zone
    assert zone["y"] + zone["height"] <= height
    judge_certificate(page, OPEN[0])
    button = find_card(page, OPEN[0]).locator(".check-main-action")
    expect(button).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="すべて消す").click()
    expect(page.locator(".check-drop-zone.is-compact")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_column_is_cut_off(opened: Page, width: int) -> None:
    """Wide windows show the columns beside each other, narrow ones one below the other."""
    opened.set_viewport_size({"width": width, "height": 800})
    region = opened.locator(".check-inventory .check-scroll")
    assert region.evaluate("element => element.scrollWidth - element.clientWidth") == 0
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(opened.locator(".check-inventory tbody tr").nth(1)).to_contain_text("user@example.co.jp")
