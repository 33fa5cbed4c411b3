"""What a clerk is told of changes: whole sentences, one a guide and one a subject, no names of fields."""

import pytest

from macros.history.changes import FactChange
from macros.history.reader_sentences import summarize_for_readers
from macros.model.facts import Facts

OPENS = FactChange("tse", ("renewal", "opens", "days_before"), 30, 20)
TEXT = {"ja": "長い説明", "en": "a long text"}


def _tell(facts: Facts, *changes: FactChange) -> list[tuple[str, str]]:
    return [(told.ref, told.words["ja"]) for told in summarize_for_readers(changes, facts)]


def test_a_number_that_readers_plan_by_is_told(facts: Facts) -> None:
    """The old and the new value stand in the sentence."""
    ((ref, words),) = _tell(facts, OPENS)
    assert ref == "tse"
    assert words.startswith("更新できる期間の説明を直しました（")
    assert "30日前" in words
    assert "20日前" in words
    assert words.endswith("）。")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (("answers[lost]", "says"), "「状況から手順を探す」の質問と答えを直しました。"),
        (("deleting", "why"), "古い証明書を削除してよい条件の説明を直しました。"),
        (("transfer", "how"), "別のパソコンで使うときの説明を直しました。"),
    ],
)
def test_subjects_of_an_authority_are_named_in_words(facts: Facts, path: tuple[str, ...], words: str) -> None:
    """However many of their values changed, in one sentence."""
    changes = [FactChange("boj", path, None, TEXT), FactChange("boj", path, TEXT, None)]
    assert _tell(facts, *changes) == [("boj", words)]


def test_a_guide_is_told_once_with_its_steps(facts: Facts) -> None:
    """Three steps by name, the others by their number; a single one is linked."""
    page = facts.find_page("boj/renew")
    assert page is not None
    changes = [FactChange(f"boj/renew#{step.id}", ("steps", "do"), TEXT, TEXT) for step in page.guide.steps]
    ((ref, words),) = _tell(facts, *changes)
    assert ref == "boj/renew"
    assert words.startswith("手順「証明書を更新する」のステップの説明を直しました（")
    assert f"ほか{len(changes) - 3}件" in words
    ((ref, _),) = _tell(facts, changes[0])
    assert ref == f"boj/renew#{page.guide.steps[0].id}"


def test_what_came_and_what_went_is_told(facts: Facts) -> None:
    """A guide by its title, a step that is gone by the title that it had."""
    gone = FactChange("boj/renew#gone", ("steps",), {"title": {"ja": "前のこと", "en": "Old"}}, None)
    new = FactChange("shared/find-certificate", (), None, {"title": TEXT})
    assert _tell(facts, gone, new) == [
        ("boj/renew", "手順「証明書を更新する」のステップを削除しました（前のこと）。"),
        ("shared/find-certificate", "手順「証明書が見つからないとき」を加えました。"),
    ]


def test_contacts_are_the_authoritys(facts: Facts) -> None:
    """A number that changed is told with the old one, which people may have noted."""
    change = FactChange("boj/contacts#helpdesk", ("contacts", "phone"), "042-000-0000", "042-359-1029")
    ((ref, words),) = _tell(facts, change)
    assert ref == "boj"
    assert words.startswith("問い合わせ先を直しました（")
    assert "042-000-0000 → 042-359-1029" in words
