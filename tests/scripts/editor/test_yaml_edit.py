"""Data written into YAML: what nobody changed stays byte for byte, comments and order too."""

import copy
import datetime as dt
import difflib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from macros.loading.yaml_file import parse_values
from scripts.editor.documents import list_documents
from scripts.editor.yaml_edit import edit_yaml
from tests.support import ROOT

TEXT = """\
# yaml-language-server: $schema=../schemas/guide.json
title: {ja: 更新する, en: "Renew: now"}   # as the manual has it
summary:
  ja: >-
    二行に
    わたる文です。
  en: |-
    # no comment
    but two lines
steps:
  # the first
  - id: open   # its name is permanent
    do: {ja: 開く, en: Open}
    sources: &manual
      - {document: abc-manual, section: "3.1"}
    # the end of the first

  # the second
  - id: choose
    notes:
      - text: {ja: 注意, en: Note}
    sources: *manual
  - use: shared/certmgr#open
checked: 2026-11-21
"""
DATA = parse_values("", TEXT.encode())
Place = tuple[str | int, ...]

# Words with what YAML has a meaning for.
words = (
    st.text(st.sampled_from("あい本 ab:#{}[],&*!|>-?%@`\"'\\.0127\n"), min_size=1).map(str.strip).filter(bool)
)


def list_places(value: Any, place: Place = ()) -> Iterator[Place]:  # noqa: ANN401 - plain values
    """Yield the place of every text."""
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from list_places(inner, (*place, key))


def replace_value(place: Place, value: object) -> Any:  # noqa: ANN401 - plain values
    """Return the data with another value at a place."""
    data = copy.deepcopy(DATA)
    node: Any = data
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return data


def list_differences(text: str) -> list[str]:
    """Return the lines that differ from the old text."""
    lines = difflib.ndiff(TEXT.splitlines(), text.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_unchanged_data_leave_every_file_as_it_is() -> None:
    """Byte for byte, also with fields of the form that nobody filled in."""
    documents = list(list_documents(ROOT))
    assert documents
    for document in documents:
        text = document.read()
        data = parse_values(document.name, text.encode())
        assert edit_yaml(text, {**data, "nothing": "", "empty": {"ja": ""}, "none": []}) == text, (
            document.path
        )


@given(place=st.sampled_from(list(list_places(DATA))), value=words)
def test_a_changed_field_changes_its_own_lines_only(place: Place, value: str) -> None:
    """Whatever is written, it is read again; nothing else differs, but for an alias that is written out."""
    data = replace_value(place, value)
    written = edit_yaml(TEXT, data)
    assert parse_values("", written.encode()) == data
    kept = [line for line in list_differences(written) if line.startswith("-")]
    assert len(kept) <= 3
    assert written.count("#") >= TEXT.count("#") - 1


@given(order=st.permutations(range(3)), size=st.integers(1, 3))
def test_moved_and_removed_steps_take_their_comments_along(order: list[int], size: int) -> None:
    """The lines of each step stay together, with the comments above it and in it."""
    steps = [DATA["steps"][index] for index in order[:size]]
    written = edit_yaml(TEXT, {**DATA, "steps": steps})
    assert parse_values("", written.encode())["steps"] == steps
    assert ("  # the first\n  - id: open   # its name is permanent\n" in written) == (
        DATA["steps"][0] in steps
    )
    assert ("    # the end of the first" in written) == (DATA["steps"][0] in steps)
    assert ("  # the second\n  - id: choose\n" in written) == (DATA["steps"][1] in steps)
    assert written.startswith(TEXT[: TEXT.index("steps:")])
    assert written.endswith("\nchecked: 2026-11-21\n")


def test_an_added_step_is_written_as_the_others() -> None:
    """Short collections on one line; a day without quotes, a number of a section with them."""
    step = {
        "id": "close",
        "do": {"ja": "閉じる", "en": ""},
        "notes": [],
        "sources": [{"document": "abc-manual", "section": "3.2", "step": 1}],
    }
    data = {**DATA, "steps": [*DATA["steps"], step], "checked": dt.date(2027, 1, 2)}
    assert list_differences(edit_yaml(TEXT, data)) == [
        "+   - id: close",
        "+     do: {ja: 閉じる}",
        "+     sources:",
        "+       - {document: abc-manual, section: '3.2', step: 1}",
        "- checked: 2026-11-21",
        "+ checked: 2027-01-02",
    ]


def test_a_new_field_stands_after_the_one_before_it() -> None:
    """In the order of the data; what became empty goes, with its lines."""
    data = {"title": DATA["title"], "who": {"ja": "利用者", "en": "The user"}, **DATA, "summary": {"ja": ""}}
    written = edit_yaml(TEXT, data)
    assert list_differences(written)[0] == "+ who: {ja: 利用者, en: The user}"
    assert "summary" not in written


def test_a_comment_never_becomes_text() -> None:
    """At the end of a line whose value becomes a text of several lines, it goes above it."""
    text = "a: x  # why\nb: 1\n"
    assert edit_yaml(text, {"a": "x\ny", "b": 1}) == "# why\na: |-\n  x\n  y\nb: 1\n"


def test_an_alias_is_written_out_where_its_value_differs() -> None:
    """At the alias, it alone changes; at the anchor, every place of it keeps what it said."""
    other = [{"document": "abc-manual", "section": "9"}]
    changed = edit_yaml(TEXT, replace_value(("steps", 1, "sources"), other))
    assert "sources: &manual\n" in changed
    assert "*manual" not in changed
    changed = edit_yaml(TEXT, replace_value(("steps", 0, "sources"), other))
    assert "manual\n      - {document: abc-manual, section: '9'}" not in changed
    assert parse_values("", changed.encode())["steps"][1]["sources"] == DATA["steps"][1]["sources"]
