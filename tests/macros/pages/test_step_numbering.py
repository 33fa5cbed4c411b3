"""Steps of one axis stand side by side; numbers are derived."""

from pathlib import Path

from macros.loading.load import load_facts
from macros.pages.step_numbering import NumberedStep, group_steps
from tests.macros.conftest import ReplacePassage


def _list_numbers(steps: list[NumberedStep]) -> list[int | None]:
    return [numbered_step.number for numbered_step in steps]


def test_each_option_counts_on_from_the_steps_before_it(synthetic_root: Path) -> None:
    """Windows 11 has two steps here and Windows 10 one; the step after them counts on from the longer."""
    facts = load_facts(synthetic_root)
    page = facts.find_page("abc/renew")
    assert page is not None
    first, variants, last = group_steps(page.guide, facts)
    assert _list_numbers(first.steps) == [1]
    numbers = {choice.option.id: _list_numbers(choice.steps) for choice in variants.choices}
    assert numbers == {"windows-11": [2, 3], "windows-10": [2]}
    assert _list_numbers(last.steps) == [4]


def test_a_step_under_a_condition_is_not_counted(replace_passage: ReplacePassage) -> None:
    """Who never meets it would miss a number: the step after it has the number that it would have had."""
    root = replace_passage(
        "abc/renew.yaml",
        "  - id: menu-11\n",
        "  - id: menu-11\n    only_when: {ja: 聞かれたとき, en: you are asked}\n",
    )
    page = load_facts(root).find_page("abc/renew")
    assert page is not None
    _, variants, last = group_steps(page.guide, load_facts(root))
    numbers = {choice.option.id: _list_numbers(choice.steps) for choice in variants.choices}
    assert numbers == {"windows-11": [None, 2], "windows-10": [2]}
    assert _list_numbers(last.steps) == [3]
