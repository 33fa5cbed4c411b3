"""What people choose, besides files as they should be: too many, two of one name, changed ones, folders."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from tests.browser.checker import LONG, choose_files, expand_row, open_checker
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
DATA = mint.encode_der(mint.mint())


def test_more_files_than_are_taken(page: Page, server: SiteServer) -> None:
    """The first 200 are judged, the next is refused with the figures, and the page answers."""
    open_checker(page, server)
    choose_files(page, *((f"{number}.cer", DATA) for number in range(201)))
    expect(page.locator(".check-files > tbody > tr")).to_have_count(100, timeout=LONG)
    more = page.locator(".check-inventory button", has_text="残りの")
    for rows in (200, 201):
        more.evaluate("button => button.scrollIntoView()")
        expect(page.locator(".check-files > tbody > tr")).to_have_count(rows)
    error = expand_row(page, "200.cer").locator(".check-error[data-code=over_limit]")
    expect(error).to_contain_text("201")
    expect(error).to_contain_text("200")


def test_a_window_that_shows_all_rows(page: Page, server: SiteServer) -> None:
    """A button that stays in view after a batch draws the next one too, until no row is left."""
    page.set_viewport_size({"width": 1280, "height": 20_000})
    open_checker(page, server)
    choose_files(page, *((f"{number}.cer", DATA) for number in range(200)))
    expect(page.locator(".check-files > tbody > tr")).to_have_count(200, timeout=LONG)


def test_two_files_of_one_name(page: Page, server: SiteServer) -> None:
    """Each keeps its own outcome."""
    open_checker(page, server)
    choose_files(page, ("x.cer", DATA), ("x.cer", b"no"))
    expect(page.locator(".check-panel").first.locator(".check-card")).to_be_visible()
    expect(
        page.locator(".check-panel").last.locator(".check-error[data-code=not_a_certificate]")
    ).to_be_visible()


def test_a_file_that_changes_before_its_password_comes(
    page: Page, server: SiteServer, tmp_path: Path
) -> None:
    """It is not the chosen one any more, which is said; a good one beside it stays."""
    path = tmp_path / "x.pfx"
    path.write_bytes(mint.build_pfx())
    (tmp_path / "x.cer").write_bytes(DATA)
    open_checker(page, server)
    page.set_input_files("#file", [path, tmp_path / "x.cer"])
    field = page.locator("form.check-password input")
    expect(field).to_be_visible()
    path.write_bytes(mint.build_pfx() + b"more")
    field.fill(mint.PASSWORD)
    field.press("Enter")
    expect(page.locator(".check-panel").first.locator(".check-error[data-code=unreadable]")).to_be_visible()
    expect(page.locator(".check-panel").last.locator(".check-card")).to_be_visible()


def drop_paths(page: Page, *paths: Path) -> None:
    """Drop files and folders on the page, as from the desktop."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [*map(str, paths)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 20, "y": 20, "data": data})


def test_a_folder_that_is_dropped(page: Page, server: SiteServer, tmp_path: Path) -> None:
    """Its certificates are read, those of folders in it, too; that other files are left out is said."""
    folder, good = tmp_path / "folder", tmp_path / "x.cer"
    (folder / "deep").mkdir(parents=True)
    good.write_bytes(DATA)
    (folder / "a.CER").write_bytes(DATA)
    (folder / "deep" / "b.pem").write_bytes(mint.encode_pem(mint.mint(cn="b1")))
    (folder / "notes.txt").write_bytes(b"?")
    open_checker(page, server)
    drop_paths(page, folder, good)
    for name in ("folder/a.CER", "folder/deep/b.pem", "x.cer"):
        expect(expand_row(page, name).locator(".check-card")).to_be_visible()
    expect(page.locator(".check-panel")).to_have_count(3)
    expect(page.locator("#left-out")).to_contain_text("1個は読んでいません")
    expect(page).to_have_url(f"{server.url}check/")


def test_a_folder_of_more_than_is_taken(page: Page, server: SiteServer, tmp_path: Path) -> None:
    """The first 200 by their paths are read; how many are left out is said."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(203):
        (folder / f"{number:03}.cer").write_bytes(DATA)
    open_checker(page, server)
    drop_paths(page, folder)
    expect(page.locator("#left-out")).to_contain_text("残りの3個は読んでいません")
    expect(page.locator("h2", has_text="200個")).to_be_visible(timeout=LONG)


def test_a_folder_without_certificates(page: Page, server: SiteServer, tmp_path: Path) -> None:
    """It is not silently nothing."""
    (tmp_path / "empty").mkdir()
    open_checker(page, server)
    drop_paths(page, tmp_path / "empty")
    expect(page.locator("#left-out")).to_contain_text("証明書のファイルがありませんでした。")
    page.get_by_role("button", name="すべて消す").wait_for(state="hidden")
