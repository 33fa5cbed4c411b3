"""scripts/edit in a copy of the project: a step edited, a mistake mended, the change seen and committed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.loading.load import load_facts
from macros.model.guides import Step
from tests.browser.desk import Desk, start_editor
from tests.support.content import find_step
from tests.support.copies import copy_project, git

GUIDE = "docs/boj/renew.yaml"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the site is made from."""
    return copy_project(tmp_path_factory.mktemp("edited"))


@pytest.fixture(scope="module")
def desk(chromium: Browser, repository: Path) -> Iterator[Desk]:
    """Open the form; the module's tests follow each other as an editor's day does."""
    with start_editor(repository) as address, chromium.new_context(locale="ja-JP") as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield Desk(page, address)
        assert complaints == []


def test_a_mistake_stands_at_its_field_until_it_is_mended(desk: Desk, repository: Path) -> None:
    """In the model's own words; until then nothing is written."""
    before = (repository / GUIDE).read_bytes()
    desk.open("boj/renew.yaml")
    desk.fill({"steps.0.title.ja": "期限とパソコンを確かめる", "steps.0.title.en": ""})
    desk.press("保存する")
    wrong = desk.page.locator('[data-field="root_steps_0_title_en"]')
    expect(wrong.locator(".problems")).to_contain_text("書かれていません。")
    assert (repository / GUIDE).read_bytes() == before
    desk.fill({"steps.0.title.en": "Check expiry and PC"})
    desk.save()
    expect(wrong.locator(".problems")).to_have_count(0)
    assert git(repository, "diff", "--stat", "--", "docs").endswith(
        "1 file changed, 1 insertion(+), 1 deletion(-)"
    )


def test_steps_are_added_moved_and_removed(desk: Desk, repository: Path) -> None:
    """By the buttons of each; a new step stands open."""
    steps = [step.id for step in load_guide(repository)]
    desk.add("steps")
    last = len(steps)
    desk.fill(
        {
            f"steps.{last}.id": "tell-colleagues",
            f"steps.{last}.title.ja": "同じパソコンを使う人に知らせる",
            f"steps.{last}.title.en": "Tell the others who use the PC",
            f"steps.{last}.do.ja": "更新したことを知らせます。",
            f"steps.{last}.do.en": "Tell them that it has been renewed.",
            f"steps.{last}.basis": "site",
        }
    )
    entries = desk.page.locator('[data-field="root_steps"] > fieldset > .entries > details')
    entries.nth(last).get_by_role("button", name="上へ").first.click()
    expect(entries.nth(last - 1)).to_contain_text("同じパソコンを使う人に知らせる")
    desk.save()
    assert [step.id for step in load_guide(repository)] == [*steps[:-1], "tell-colleagues", steps[-1]]


def load_guide(repository: Path) -> list[Step]:
    """Return the steps of the guide as they are now."""
    page = load_facts(repository).find_page("boj/renew")
    assert page is not None
    return page.guide.steps


def test_the_preview_shows_it(desk: Desk) -> None:
    """The site's own page in a frame, as it will be; its language can be changed."""
    expect(desk.preview).to_contain_text("期限とパソコンを確かめる", timeout=60_000)
    desk.page.get_by_label("英語のページ").check()
    expect(desk.preview).to_contain_text("Check expiry and PC", timeout=60_000)


def test_what_changed_is_told_and_becomes_one_commit(desk: Desk, repository: Path) -> None:
    """In words, of docs/ alone, whatever else is there; a file to send holds the same."""
    (repository / "mkdocs.yml").write_text("changed", encoding="utf-8")
    desk.page.get_by_role("button", name="変更を記録する").click()
    expect(desk.page.locator(".sentences li").first).to_have_text(
        "boj/renew#check-date: ステップの題名: 更新できる期間とパソコンを確認する → 期限とパソコンを確かめる"
    )
    desk.page.locator('[name="subject"]').fill("日本銀行: 更新の最初のステップ")
    with desk.page.expect_download() as downloading:
        desk.press("送るファイルを作る")
    patch = downloading.value.path().read_text(encoding="utf-8")
    assert "+  - id: tell-colleagues" in patch
    desk.press("記録する（コミット）")
    expect(desk.page.locator(".changes output")).to_contain_text("として記録しました。")
    assert (
        git(repository, "log", "-1", "--format=%s%n%an")
        == "日本銀行: 更新の最初のステップ\neditor@example.com"
    )
    assert "ステップの題名" in git(repository, "log", "-1", "--format=%b")
    files = git(repository, "show", "--name-only", "--format=").splitlines()
    assert files == ["docs/addresses.txt", GUIDE, "docs/translations.txt"]
    assert git(repository, "status", "--porcelain", "docs") == ""
    committed = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "--quiet", "-b", "reviewer", "HEAD~1")
    (repository / "sent.patch").write_text(patch, encoding="utf-8")
    git(repository, "am", "--quiet", "sent.patch")
    assert git(repository, "diff", "--stat", "HEAD", committed, "--", "docs") == ""
    assert find_step(load_facts(repository), "boj/renew#tell-colleagues").title.en
