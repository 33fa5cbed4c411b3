"""Where the ends of the start page's questions lead."""

from pathlib import Path

import pytest

from macros.addressing.start_page import find_destination
from macros.loading.load import load_facts
from macros.loading.wording import load_site_words


@pytest.mark.parametrize(
    ("language", "title", "subtitle"),
    [
        ("ja", "問い合わせ先：何でも", "架空窓口（電話 000-000-0000、平日）"),
        ("en", "Contact: Anything", "架空窓口 (Phone 000-000-0000, weekdays)"),
    ],
)
def test_a_desk_is_named_with_its_number_and_hours(
    synthetic_root: Path, language: str, title: str, subtitle: str
) -> None:
    """Who is told to ask an office sees there which one, its number and its hours."""
    destination = find_destination(
        load_facts(synthetic_root), load_site_words(), "abc/contacts#desk", language
    )
    assert (destination.title, destination.subtitle) == (title, subtitle)


def test_a_step_is_named_with_its_guide(synthetic_root: Path) -> None:
    """A link to a single step says which guide it belongs to; a link to a guide only its title."""
    facts, words = load_facts(synthetic_root), load_site_words()
    step = find_destination(facts, words, "abc/renew#open", "en")
    guide = find_destination(facts, words, "abc/renew", "en")
    assert (step.subtitle, guide.subtitle) == (guide.title, "")
