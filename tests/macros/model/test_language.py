"""The language of messages."""

import pytest

from macros.model.language import Language, Message, match_language


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        ([None, "", "en_US.UTF-8"], "en"),
        (["ja", "en_US.UTF-8"], "ja"),
        ([None, "ja_JP"], "ja"),
        ([None, "Japanese_Japan"], "ja"),
        ([None, "English_United States"], "en"),
        ([None, None], "ja"),
    ],
)
def test_the_first_locale_that_has_a_name_counts(locales: list[str | None], language: Language) -> None:
    """Under POSIX' names and under Windows', which are words; Japanese unless it is English."""
    assert match_language(locales) == language


def test_a_value_in_both_languages_fills_each() -> None:
    """A word that has a translation stands in neither language in the other's."""
    message = Message("{tool} を {count} 回", "{tool}, {count} times")
    filled = message.fill(tool=Message("道具", "a tool"), count=2)
    assert filled == Message("道具 を 2 回", "a tool, 2 times")
