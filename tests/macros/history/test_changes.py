"""What differs between two states of the facts is found value by value, and said in both languages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from macros.history.change_sentences import ChangeWords
from macros.history.changes import FactChange, FieldPath, Tree, build_fact_tree, compare_trees, read_tree
from macros.loading.load import load_facts
from macros.model.annotations import find_models
from macros.model.authority import Authority
from macros.model.evidence import Text
from macros.model.guides import Guide
from macros.model.situations import Answers
from tests.macros.conftest import ReplacePassage

SHORT = {"ja": 60, "en": 120}
_DEEPEST = 4


def describe_changes(before: Tree, after: Tree, language: str = "en") -> list[str]:
    """Describe every change as scripts/changes prints it."""
    sentences = ChangeWords().describe(compare_trees(before, after))
    return [f"{sentence.ref}: {sentence.words[language]}" for sentence in sentences]


def load_tree(root: Path) -> Tree:
    """Load the facts of a repository as a tree."""
    return build_fact_tree(load_facts(root))


@pytest.mark.parametrize(
    ("replacement", "sentence"),
    [
        (
            ("abc/authority.yaml", "closes: {at: end_of_day_before}", "closes: {at: expiry}"),
            "abc: renewal window closes: the end of the day before expiry → expiry",
        ),
        (
            ("abc/authority.yaml", "opens: {days_before: 60}", "opens: {months_before: 2}"),
            "abc: renewal window opens: 60 days before expiry → 2 months before expiry",
        ),
        (
            ("abc/authority.yaml", "allowed: true", "allowed: false"),
            "abc: whether it can be transferred to another PC: yes → no",
        ),
        (
            ("abc/authority.yaml", "phone: 000-000-0000", "phone: 000-000-0001"),
            "abc/contacts#desk: phone number: 000-000-0000 → 000-000-0001",
        ),
        (
            ("abc/authority.yaml", "edition: 第2版", "edition: 第3版"),
            "abc: edition of the manual (abc-manual): 第2版 → 第3版",
        ),
        (
            ("abc/authority.yaml", '"2": 3', '"2": 4'),
            "abc: section of the manual (abc-manual, 2): 3 → 4",
        ),
        (
            ("abc/renew.yaml", "checked: 2026-11-21", "checked: 2027-01-02"),
            "abc/renew: day of the last check: 21 November 2026 → 2 January 2027",
        ),
    ],
)
def test_a_changed_value_is_described(
    synthetic_root: Path, replace_passage: ReplacePassage, replacement: tuple[str, str, str], sentence: str
) -> None:
    """By the place that a link leads to and the field's own name, with the value before and after."""
    before = load_tree(synthetic_root)
    assert describe_changes(before, load_tree(replace_passage(*replacement))) == [sentence]


def test_the_same_facts_have_no_changes(synthetic_root: Path) -> None:
    """Reading the same facts twice makes no news."""
    assert describe_changes(load_tree(synthetic_root), load_tree(synthetic_root)) == []


def make_tree(**fields: Any) -> Tree:  # noqa: ANN401 - plain values
    """Make a tree of one guide with two steps; ``fields`` are added to the guide."""
    steps = [{"id": name, "title": {"ja": name, "en": name.upper()}} for name in ("a", "b")]
    return {"x/y": {"title": {"ja": "題", "en": "Title"}, "steps": steps, **fields}}


def test_steps_come_go_and_change_places() -> None:
    """A step is known by its id: the others do not change because one was put before them."""
    before, after = make_tree(), make_tree()
    after["x/y"]["steps"] = [after["x/y"]["steps"][1], {"id": "c", "title": {"ja": "シ", "en": "C"}}]
    assert describe_changes(before, after) == ["x/y#c: added: step: C", "x/y#a: removed: step: A"]
    after["x/y"]["steps"] = before["x/y"]["steps"][::-1]
    assert describe_changes(before, after, "ja") == ["x/y: 順番の変更: ステップ"]


def test_pages_come_and_go() -> None:
    """As one change, with the page's title."""
    assert describe_changes({}, make_tree()) == ["x/y: page added: Title"]
    assert describe_changes(make_tree(), {}, "ja") == ["x/y: ページの削除: 題"]


def test_entries_without_ids_are_compared_by_what_they_say() -> None:
    """A note put before another is one new note."""
    notes = [{"kind": "note", "text": {"ja": word, "en": word}} for word in ("one", "two")]
    assert describe_changes(make_tree(notes=notes[1:]), make_tree(notes=notes)) == ["x/y: added: note: one"]


def test_a_change_in_one_language_is_told_in_both() -> None:
    """Each side knows that the other was revised."""
    after = make_tree(title={"ja": "題", "en": "Another title"})
    assert describe_changes(make_tree(), after) == ["x/y: title: Title → Another title"]
    assert describe_changes(make_tree(), after, "ja") == ["x/y: 英語だけの変更: 題名"]


def test_long_texts_are_not_quoted_to_readers() -> None:
    """That they were revised says enough, and the page stays short; links in what is quoted become words."""
    words = ChangeWords(SHORT)
    quotable = FactChange("x/y", ("summary",), {"ja": "い", "en": "[See](x/y#a)"}, {"ja": "ろ", "en": "b"})
    too_long = FactChange("x/y", ("summary",), {"ja": "い", "en": "a"}, {"ja": "ろ" * 61, "en": "b"})
    sentences = [sentence.words["en"] for sentence in words.describe([quotable, too_long])]
    assert sentences == ["summary: See → b", "revised: summary"]


def test_facts_that_the_model_does_not_know_are_compared_as_they_are(synthetic_root: Path) -> None:
    """An older commit's file has its place in plain YAML; a field without a name is called by its path."""
    before = read_tree(synthetic_root)
    path = synthetic_root / "docs/abc/authority.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("user_id:", "user_number:"), encoding="utf-8")
    assert describe_changes(before, read_tree(synthetic_root)) == [
        "abc: added: user_number: subject.CN",
        "abc: removed: field of the user ID: subject.CN",
    ]


def _list_paths(model: type[BaseModel], path: FieldPath = ()) -> set[FieldPath]:
    """List every path to a value that a change can name; choices of choices are the same again."""
    paths = set[FieldPath]()
    for name, info in model.model_fields.items():
        inner_path = (*path, info.alias or name)
        models = [part for part in find_models(info.annotation) if part is not Text]
        if not models or len(path) > _DEEPEST:
            paths.add(inner_path)
        elif len(path) < _DEEPEST:
            for part in models:
                paths |= _list_paths(part, inner_path)
    return paths


@pytest.mark.parametrize("model", [Guide, Authority, Answers])
def test_every_field_has_a_name_in_both_languages(model: type[BaseModel]) -> None:
    """Who adds a field to the model says in strings/fields.yaml what readers call it."""
    words = ChangeWords()
    paths = [path for path in _list_paths(model) if path[-1] not in ("id", "situation")]
    paths = [path for path in paths if "screen" not in path]
    assert len(paths) > 8
    for path in sorted(paths):
        assert words.find_name(path, "ja"), path


def test_days_are_formatted(replace_passage: ReplacePassage, synthetic_root: Path) -> None:
    """In Japanese with 年, 月 and 日."""
    before = load_tree(synthetic_root)
    root = replace_passage("abc/authority.yaml", "date: 2026-04-01", f"date: {dt.date(2027, 4, 1)}")
    assert describe_changes(before, load_tree(root), "ja") == [
        "abc: マニュアルの日付（abc-manual）: 2026年4月1日 → 2027年4月1日"
    ]
