"""Many files at once: how many are what, their order, what is taken along; where the result stands."""

import icalendar
import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import (
    FSA,
    LONG,
    TODAY,
    TSE,
    choose_files,
    compute_day_end,
    enter_password,
    expand_row,
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
    expect(page.locator(".check-files > tbody > tr")).to_have_count(5, timeout=LONG)
    return page


def test_a_summary_and_the_order_of_urgency(opened: Page) -> None:
    """What cannot be read, what is over, what can be renewed (the earlier end first), what is later."""
    expect(opened.locator(".check-counts")).to_have_text(
        "読めない 1、期限切れなど 1、更新できる 2、まだ更新できない 1"
    )
    names = opened.locator(".check-files > tbody > tr > td:first-child")
    expect(names).to_have_text(["bad.cer", "expired.cer", "open-1.cer", "open-2.cer", "later.cer"])
    expect(opened.locator(".check-files > tbody > tr").nth(1)).to_contain_text("user@example.co.jp")


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
    region = opened.locator(".check-scroll:has(> .check-files)")
    assert region.evaluate("element => element.scrollWidth - element.clientWidth") == 0
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(opened.locator(".check-files > tbody > tr").nth(1)).to_contain_text("user@example.co.jp")


def find_row(page: Page, name: str) -> Locator:
    """Return a file's row in the table."""
    return page.locator(".check-files > tbody > tr").filter(has=page.get_by_role("button", name=name))


def test_a_row_expands_into_its_card_by_keys(opened: Page) -> None:
    """Folded at first; Enter expands and folds again, the focus stays, and sorting changes nothing of it."""
    expect(opened.locator(".check-panel")).to_have_count(0)
    button = opened.get_by_role("button", name="open-1.cer")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    expect(find_row(opened, "open-1.cer").locator("+ .check-detail .check-verdict")).to_be_visible()
    opened.get_by_role("button", name="残り日数").press("Enter")
    expect(opened.locator(".check-files > tbody > tr:first-child")).to_contain_text("expired.cer")
    expect(find_row(opened, "open-1.cer").locator("+ .check-detail .check-verdict")).to_be_visible()
    opened.get_by_role("button", name="open-1.cer").press("Enter")
    expect(opened.locator(".check-panel")).to_have_count(0)


def test_a_row_holds_the_form_for_its_password(page: Page, server: SiteServer) -> None:
    """The row says that it is needed; opened there, the file has a verdict and its place in the order."""
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    later = mint.encode_der(LATER)
    choose_files(
        page, ("a.cer", later), ("b.pfx", mint.build_pfx(OPEN[0])), ("bad.cer", b"no"), ("c.cer", later)
    )
    expect(page.locator(".check-counts")).to_have_text(
        "読めない 1、パスワードが必要 1、まだ更新できない 2", timeout=LONG
    )
    expect(find_row(page, "b.pfx")).to_contain_text("パスワードを入力してください")
    expand_row(page, "b.pfx")
    enter_password(page, mint.PASSWORD)
    expect(find_card(page, OPEN[0]).locator("h3")).to_be_focused()
    expect(find_row(page, "b.pfx")).to_contain_text("更新できます")
    expect(page.get_by_role("button", name="b.pfx")).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".check-counts")).to_contain_text("更新できる 1")


def test_a_row_of_a_bundle_shows_its_own_card_first(page: Page, server: SiteServer) -> None:
    """Of a file with many certificates, each row expands into that file's part, its certificate first."""
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    certificates = [mint.mint(cn=f"m{number:02}") for number in range(15)]
    bundle = ("x.pem", mint.encode_pem(*certificates))
    choose_files(page, bundle, ("a.cer", b"no"), ("b.cer", b"no"))
    row = page.locator(".check-files > tbody > tr:not(.check-detail)", has_text="m13")
    row.get_by_role("button").click()
    shown = page.locator(".check-detail .check-card").first
    expect(shown).to_have_attribute("data-sha256", mint.compute_sha256(certificates[13]))
    other = page.locator(".check-files > tbody > tr:not(.check-detail)", has_text="m02")
    other.get_by_role("button").click()
    expect(page.locator(".check-detail")).to_have_count(1)
    expect(row.get_by_role("button")).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(("width", "most"), [(1280, 3500), (390, 6000)])
def test_forty_files_are_a_page_to_look_over(page: Page, server: SiteServer, width: int, most: int) -> None:
    """Unfolded cards made 45,000 px of them, 72,000 on a phone."""
    page.set_viewport_size({"width": width, "height": 800})
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server)
    files = [mint.mint(cn=f"a{number:06}", not_after=compute_day_end(2027, 3, 20)) for number in range(40)]
    choose_files(page, *((f"pc-{number}.cer", mint.encode_der(data)) for number, data in enumerate(files)))
    expect(page.locator(".check-files > tbody > tr")).to_have_count(40, timeout=LONG)
    assert page.evaluate("document.documentElement.scrollHeight") < most
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_in_a_step_it_keeps_to_the_column(page: Page, server: SiteServer) -> None:
    """In a guide's narrower column nothing is cut off, and nothing lies over what is beside it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.clock.set_fixed_time(TODAY)
    open_checker(page, server, "guide")
    names = ("a.cer", "b.cer", "c.cer")
    choose_files(page, *((name, mint.encode_der(LATER)) for name in names))
    table = page.locator(".check-files")
    expect(table).to_be_visible(timeout=LONG)
    step, shown = page.locator("article").bounding_box(), table.bounding_box()
    assert step
    assert shown
    assert step["x"] <= shown["x"]
    assert shown["x"] + shown["width"] <= step["x"] + step["width"]
    region = page.locator(".check-scroll:has(> .check-files)")
    assert region.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
