"""What differs between two states of the facts is found value by value, and said in both languages."""

import datetime as dt
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from macros.history.change_sentences import ChangeWords
from macros.history.changes import Change, build_tree, compare_trees, read_tree
from macros.loading.load import load_facts
from macros.model.authority import Authority
from macros.model.evidence import Text
from macros.model.guides import Guide
from macros.model.situations import Answers
from tests.macros.conftest import Break

SHORT = {"ja": 60, "en": 120}


def said(before: Path | dict[str, Any], after: Path | dict[str, Any], language: str = "en") -> list[str]:
    """Every change as scripts/changes prints it."""
    trees = [build_tree(load_facts(one)) if isinstance(one, Path) else one for one in (before, after)]
    return [f"{one.ref}: {one.words[language]}" for one in ChangeWords().describe(compare_trees(*trees))]


@pytest.mark.parametrize(
    ("changed", "sentence"),
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
            "abc: whether it can move to another PC: yes → no",
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
def test_a_changed_value_is_said(
    synthetic: Path, broken: Break, changed: tuple[str, str, str], sentence: str
) -> None:
    """By the place that a link leads to and the field's own name, with the value before and after."""
    before = build_tree(load_facts(synthetic))
    assert said(before, broken(*changed)) == [sentence]


def test_nothing_changed_says_nothing(synthetic: Path) -> None:
    """Reading the same facts twice makes no news."""
    assert said(synthetic, synthetic) == []


def _guide(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - plain values
    steps = [{"id": name, "title": {"ja": name, "en": name.upper()}} for name in ("a", "b")]
    return {"x/y": {"title": {"ja": "題", "en": "Title"}, "steps": steps, **more}}


def test_steps_come_go_and_change_places() -> None:
    """A step is known by its id: the others do not change because one was put before them."""
    before, after = _guide(), _guide()
    after["x/y"]["steps"] = [after["x/y"]["steps"][1], {"id": "c", "title": {"ja": "シ", "en": "C"}}]
    assert said(before, after) == ["x/y#c: added: step: C", "x/y#a: removed: step: A"]
    after["x/y"]["steps"] = before["x/y"]["steps"][::-1]
    assert said(before, after, "ja") == ["x/y: 順番の変更: 手順"]


def test_pages_come_and_go() -> None:
    """As one change, with the page's title."""
    assert said({}, _guide()) == ["x/y: page added: Title"]
    assert said(_guide(), {}, "ja") == ["x/y: ページの削除: 題"]


def test_entries_without_ids_are_compared_by_what_they_say() -> None:
    """A note put before another is one new note."""
    notes = [{"kind": "note", "text": {"ja": word, "en": word}} for word in ("one", "two")]
    assert said(_guide(notes=notes[1:]), _guide(notes=notes)) == ["x/y: added: note: one"]


def test_a_change_in_one_language_is_told_in_both() -> None:
    """Each side knows that the other was revised."""
    after = _guide(title={"ja": "題", "en": "Another title"})
    assert said(_guide(), after) == ["x/y: title: Title → Another title"]
    assert said(_guide(), after, "ja") == ["x/y: 英語だけの変更: 題名"]


def test_long_texts_are_not_quoted_to_readers() -> None:
    """That they were revised says enough, and the page stays short; links in what is quoted become words."""
    words = ChangeWords(SHORT)
    short = Change("x/y", ("summary",), {"ja": "い", "en": "[See](x/y#a)"}, {"ja": "ろ", "en": "b"})
    long = Change("x/y", ("summary",), {"ja": "い", "en": "a"}, {"ja": "ろ" * 61, "en": "b"})
    assert [one.words["en"] for one in words.describe([short, long])] == [
        "summary: See → b",
        "revised: summary",
    ]


def test_facts_that_the_model_does_not_know_are_compared_as_they_are(synthetic: Path) -> None:
    """An older commit's file has its place in plain YAML; a field without a name is called by its path."""
    before = read_tree(synthetic)
    path = synthetic / "docs/abc/authority.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("user_id:", "user_number:"), encoding="utf-8")
    assert said(before, read_tree(synthetic)) == [
        "abc: added: user_number: subject.CN",
        "abc: removed: field of the user ID: subject.CN",
    ]


def _fields(model: type[BaseModel], way: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every way to a value that a change can name."""
    found = set()
    for name, info in model.model_fields.items():
        here = (*way, info.alias or name)
        inner = [one for one in _types(info.annotation) if issubclass(one, BaseModel) and one is not Text]
        found |= {here} if not inner or len(way) > 4 else set()
        for one in inner if len(way) < 4 else []:
            found |= _fields(one, here)
    return found


def _types(annotation: Any) -> list[type]:  # noqa: ANN401 - a type in any form
    if get_origin(annotation) in (Union, UnionType, list):
        return [one for part in get_args(annotation) for one in _types(part)]
    return [annotation] if isinstance(annotation, type) and get_origin(annotation) is None else []


@pytest.mark.parametrize("model", [Guide, Authority, Answers])
def test_every_field_has_a_name_in_both_languages(model: type[BaseModel]) -> None:
    """Who adds a field to the model says in strings/fields.yaml what readers call it."""
    words = ChangeWords()
    ways = {way for way in _fields(model) if way[-1] not in ("id", "situation") and "screen" not in way}
    assert len(ways) > 8
    for way in sorted(ways):
        assert words.find_name(way, "ja"), way


def test_days_are_said_as_days(broken: Break, synthetic: Path) -> None:
    """In Japanese as in Japanese."""
    before = build_tree(load_facts(synthetic))
    root = broken("abc/authority.yaml", "date: 2026-04-01", f"date: {dt.date(2027, 4, 1)}")
    assert said(before, root, "ja") == ["abc: マニュアルの日付（abc-manual）: 2026年4月1日 → 2027年4月1日"]
