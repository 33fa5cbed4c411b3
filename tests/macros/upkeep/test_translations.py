"""An English text that is older than its Japanese is found; who changes both need not know of the ledger."""

from pathlib import Path

import pytest

from macros.upkeep.translations import TRANSLATIONS, load_translations
from tests.support import ROOT

GUIDE = "abc/renew.yaml"


@pytest.fixture
def root_with_ledger(synthetic_root: Path) -> Path:
    """Add a page written by hand to the invented authority, and record every text in the ledger."""
    for language, words in (("ja", "# 社内で配る"), ("en", "# In a network of your own")):
        (synthetic_root / f"docs/page.{language}.md").write_text(words, encoding="utf-8")
    _record(synthetic_root)
    return synthetic_root


def _record(root: Path, *confirmed: str) -> None:
    """Run what ``scripts/ledger --confirm`` does with the ledger of translations."""
    lines = load_translations(root).compose_lines(set(confirmed))
    (root / TRANSLATIONS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _change(root: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replace passages of a file below ``docs``: pairs of the old one and the new one."""
    path = root / "docs" / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def test_no_english_is_older_than_its_japanese() -> None:
    """Where only the Japanese changes: mend the English, or run scripts/ledger --confirm with the place."""
    assert [pair.place for pair in load_translations(ROOT).find_outdated()] == []


def test_the_japanese_alone_makes_the_english_outdated(root_with_ledger: Path) -> None:
    """The place is the file and line of the English text, which the editor has to look at."""
    assert load_translations(root_with_ledger).find_outdated() == []
    _change(root_with_ledger, "abc/authority.yaml", ("窓口で更新します。", "窓口か郵送で更新します。"))
    (pair,) = load_translations(root_with_ledger).find_outdated()
    assert (pair.place, pair.en) == ("docs/abc/authority.yaml:13", "Renew at the counter.")


def test_both_together_need_nothing(root_with_ledger: Path) -> None:
    """The normal case: the file of hashes is not touched, and nothing is reported."""
    _change(
        root_with_ledger,
        "abc/authority.yaml",
        ("窓口で更新します。", "郵送で更新します。"),
        ("Renew at the counter.", "By mail."),
    )
    translations = load_translations(root_with_ledger)
    assert translations.find_outdated() == []
    assert [pair.en for pair in translations.find_unrecorded()] == ["By mail."]


def test_a_page_written_by_hand_counts_as_one_text(root_with_ledger: Path) -> None:
    """So do words that the build knows: whatever has two languages."""
    _change(root_with_ledger, "page.ja.md", ("# 社内で配る", "# 社内で配布する"))
    assert [pair.place for pair in load_translations(root_with_ledger).find_outdated()] == ["docs/page.en.md"]


def test_recording_hides_no_outdated_text(root_with_ledger: Path) -> None:
    """scripts/ledger for a new step leaves the old line of a text that waits for its translation."""
    _change(root_with_ledger, "abc/authority.yaml", ("窓口で更新します。", "郵送で更新します。"))
    _record(root_with_ledger)
    assert len(load_translations(root_with_ledger).find_outdated()) == 1


def test_confirming_says_that_the_english_still_holds(root_with_ledger: Path) -> None:
    """A correction of the Japanese that changes nothing in English is confirmed by its place."""
    _change(root_with_ledger, "abc/authority.yaml", ("窓口で更新します。", "窓口にて更新します。"))
    _record(root_with_ledger, "docs/abc/authority.yaml:13")
    assert load_translations(root_with_ledger).find_outdated() == []


def test_a_text_may_move(root_with_ledger: Path) -> None:
    """A line is about words and not about a place: another file or step needs no new confirmation."""
    folder = root_with_ledger / "docs/abc"
    (folder / "renew.yaml").rename(folder / "renewal.yaml")
    translations = load_translations(root_with_ledger)
    assert translations.find_outdated() == []
    assert translations.find_unrecorded() == []


def test_english_that_another_text_has_is_not_outdated(root_with_ledger: Path) -> None:
    """A new text may say in English what another says, as long as that one is still there."""
    _change(
        root_with_ledger,
        "abc/authority.yaml",
        ("ja: 何でも, en: Anything", "ja: 窓口の更新, en: Renew at the counter."),
    )
    assert load_translations(root_with_ledger).find_outdated() == []
    _change(root_with_ledger, "abc/authority.yaml", ("窓口で更新します。", "郵送で更新します。"))
    assert {pair.ja for pair in load_translations(root_with_ledger).find_outdated()} >= {"郵送で更新します。"}
