"""Steps of one axis stand side by side; numbers are derived."""

from pathlib import Path

from macros.loading.load import load_facts
from macros.pages.step_blocks import group_steps


def test_each_option_counts_on_from_the_steps_before_it(synthetic: Path) -> None:
    """Windows 11 has two steps here and Windows 10 one; the step after them counts on from the longer."""
    facts = load_facts(synthetic)
    page = facts.page("abc/renew")
    assert page is not None
    first, tabs, last = group_steps(page.guide, facts)
    assert [numbered.number for numbered in first.steps] == [1]
    assert {choice.option.id: [numbered.number for numbered in choice.steps] for choice in tabs.choices} == {
        "windows-11": [2, 3],
        "windows-10": [2],
    }
    assert [numbered.number for numbered in last.steps] == [4]
