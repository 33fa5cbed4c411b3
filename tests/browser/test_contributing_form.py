"""The guides for contributors, followed literally in the form: open, press, write and choose."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from macros.loading.load import load_facts
from tests.browser.desk import Desk, start_editor
from tests.support import ROOT
from tests.support.content import find_step
from tests.support.copies import copy_project, git

# The sentences that are followed, by language; (?P<outer>) is the field whose Japanese or English is meant.
SENTENCES = {
    "ja": (
        ("open", r"「(?P<label>[^」]+)」を開きます"),
        ("press", r"「(?P<label>[^」]+)」を押します"),
        ("write", r"(?:「(?P<outer>[^」]+)」の)?「(?P<label>[^」]+)」に `(?P<value>[^`]+)` と書きます"),
        ("choose", r"「(?P<label>[^」]+)」で「(?P<value>[^」]+)」を選びます"),
    ),
    "en": (
        ("open", r'Open "(?P<label>[^"]+)"'),
        ("press", r'Press "(?P<label>[^"]+)"'),
        ("write", r'Write `(?P<value>[^`]+)` into "(?P<label>[^"]+)"(?: of "(?P<outer>[^"]+)")?'),
        ("choose", r'Choose "(?P<value>[^"]+)" for "(?P<label>[^"]+)"'),
    ),
}
GUIDES = {"ja": "CONTRIBUTING.ja.md", "en": "CONTRIBUTING.md"}


class Act(NamedTuple):
    """One thing that a guide says to do in the form."""

    kind: str
    label: str
    value: str
    outer: str


def read_acts(language: str) -> list[Act]:
    """Read what is to be done, from the numbered lists of a guide."""
    acts: list[Act] = []
    for line in (ROOT / GUIDES[language]).read_text(encoding="utf-8").splitlines():
        for kind, pattern in SENTENCES[language]:
            if match := re.match(rf"\d+\. (?:左の一覧の)?{pattern}", line):
                found = match.groupdict()
                acts.append(Act(kind, found["label"], found.get("value") or "", found.get("outer") or ""))
    return acts


def find_last(candidates: Locator) -> Locator:
    """Return the last that can be seen: what has just been opened or added."""
    return candidates.locator("visible=true").last


def do_act(page: Page, act: Act) -> None:
    """Do it as a person would, by the words on the page."""
    if act.kind == "open":
        folded = page.locator("details", has=page.locator("> summary", has_text=act.label)).first
        if folded.get_attribute("open") is None:
            folded.locator("> summary").click()
    elif act.kind == "press":
        # The number of changes may follow a button's words.
        name = re.compile(rf"^{re.escape(act.label)}(?: \(\d+\))?$")
        page.get_by_role("button", name=name).locator("visible=true").first.click()
    else:
        groups = page.locator("fieldset", has=page.locator("> legend", has_text=act.outer))
        scope = find_last(groups) if act.outer else page.locator("main")
        field = find_last(scope.get_by_label(re.compile(rf"^{re.escape(act.label)}")))
        if act.kind == "write":
            field.fill(act.value)
        else:
            field.select_option(label=act.value)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Copy what the site is made from."""
    return copy_project(tmp_path / "clone")


@pytest.fixture
def desk(chromium: Browser, repository: Path, language: str) -> Iterator[Desk]:
    """Open the form in a guide's language."""
    with start_editor(repository, "--no-preview") as address, chromium.new_context() as context:
        desk = Desk(context.new_page(), address)
        if language == "en":
            desk.press("English")
            expect(desk.page.get_by_role("button", name="日本語")).to_be_visible()
        yield desk


def test_whoever_follows_the_guide_gets_through(desk: Desk, repository: Path, language: str) -> None:
    """Correct a phone number, add a step, and record each: with the words that the page shows."""
    recorded = {"ja": "記録する（コミット）", "en": "Record (commit)"}[language]
    for act in read_acts(language):
        do_act(desk.page, act)
        if act.label == recorded:
            expect(desk.page.locator(".changes output")).not_to_be_empty()
            back = {"ja": "編集に戻る", "en": "Back to the form"}[language]
            desk.press(back)
        elif act.label in {"保存する", "Save"}:
            expect(desk.page.locator("main output").first).to_contain_text(re.compile(r"保存しました|Saved"))
    assert git(repository, "log", "--format=%s").splitlines() == [
        "日本銀行: 更新の手順にステップを追加",
        "日本銀行: 電話番号の変更",
        "Start",
    ]
    facts = load_facts(repository)
    assert find_step(facts, "boj/renew#tell-colleagues").title.en == "Tell the others who use the PC"
    contacts = next(folder for folder in facts.authorities if folder.id == "boj").authority.contacts
    assert contacts[0].phone == "042-000-0000"


def test_both_guides_say_the_same() -> None:
    """The same acts, with the same values to write."""
    ja, en = read_acts("ja"), read_acts("en")
    assert [act.kind for act in ja] == [act.kind for act in en]
    assert [act.value for act in ja if act.kind == "write"] == [
        act.value for act in en if act.kind == "write"
    ]
    assert len(ja) == 21
