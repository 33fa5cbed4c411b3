"""An English text that is older than its Japanese is found; who changes both need not know of the ledger."""

from pathlib import Path

import pytest

from macros.upkeep.translations import TRANSLATIONS, load_translations
from tests.support import ROOT

GUIDE = "abc/renew.yaml"


@pytest.fixture
def recorded(synthetic: Path) -> Path:
    """The invented authority and a page written by hand, every text in the ledger."""
    for language, words in (("ja", "# 社内で配る"), ("en", "# In a network of your own")):
        (synthetic / f"docs/page.{language}.md").write_text(words, encoding="utf-8")
    _record(synthetic)
    return synthetic


def _record(root: Path, *confirmed: str) -> None:
    lines = load_translations(root).compose_lines(set(confirmed))
    (root / TRANSLATIONS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _change(root: Path, file: str, *changes: tuple[str, str]) -> None:
    path = root / "docs" / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_no_english_is_older_than_its_japanese() -> None:
    """Where only the Japanese changes: mend the English, or run scripts/ledger --confirm with the place."""
    assert [pair.place for pair in load_translations(ROOT).find_outdated()] == []


def test_the_japanese_alone_makes_the_english_outdated(recorded: Path) -> None:
    """The place is the file and line of the English text, which the editor has to look at."""
    assert load_translations(recorded).find_outdated() == []
    _change(recorded, "abc/authority.yaml", ("窓口で更新します。", "窓口か郵送で更新します。"))
    (pair,) = load_translations(recorded).find_outdated()
    assert (pair.place, pair.en) == ("docs/abc/authority.yaml:13", "Renew at the counter.")


def test_both_together_need_nothing(recorded: Path) -> None:
    """The normal case: the file of hashes is not touched, and nothing is reported."""
    _change(
        recorded,
        "abc/authority.yaml",
        ("窓口で更新します。", "郵送で更新します。"),
        ("Renew at the counter.", "By mail."),
    )
    found = load_translations(recorded)
    assert found.find_outdated() == []
    assert [pair.en for pair in found.find_unrecorded()] == ["By mail."]


def test_a_page_written_by_hand_counts_as_one_text(recorded: Path) -> None:
    """So do words that the build knows: whatever has two languages."""
    _change(recorded, "page.ja.md", ("# 社内で配る", "# 社内で配布する"))
    assert [pair.place for pair in load_translations(recorded).find_outdated()] == ["docs/page.en.md"]


def test_recording_hides_no_outdated_text(recorded: Path) -> None:
    """scripts/ledger for a new step leaves the old line of a text that waits for its translation."""
    _change(recorded, "abc/authority.yaml", ("窓口で更新します。", "郵送で更新します。"))
    _record(recorded)
    assert len(load_translations(recorded).find_outdated()) == 1


def test_confirming_says_that_the_english_still_holds(recorded: Path) -> None:
    """A correction of the Japanese that changes nothing in English is confirmed by its place."""
    _change(recorded, "abc/authority.yaml", ("窓口で更新します。", "窓口にて更新します。"))
    _record(recorded, "docs/abc/authority.yaml:13")
    assert load_translations(recorded).find_outdated() == []


def test_a_text_may_move(recorded: Path) -> None:
    """A line is about words and not about a place: another file or step needs no new confirmation."""
    folder = recorded / "docs/abc"
    (folder / "renew.yaml").rename(folder / "renewal.yaml")
    found = load_translations(recorded)
    assert found.find_outdated() == []
    assert found.find_unrecorded() == []


def test_english_that_another_text_has_is_not_outdated(recorded: Path) -> None:
    """A new text may say in English what another says, as long as that one is still there."""
    _change(
        recorded,
        "abc/authority.yaml",
        ("ja: 何でも, en: Anything", "ja: 窓口の更新, en: Renew at the counter."),
    )
    assert load_translations(recorded).find_outdated() == []
    _change(recorded, "abc/authority.yaml", ("窓口で更新します。", "郵送で更新します。"))
    assert {pair.ja for pair in load_translations(recorded).find_outdated()} >= {"郵送で更新します。"}
