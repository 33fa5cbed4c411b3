"""What people type and paste finds its step."""

from pathlib import Path
from typing import Any

import pytest

from macros.model.facts import LANGUAGES, Facts
from tests.search.conftest import QUERIES, Engine, list_steps


def test_the_set_is_large_and_names_steps_that_exist(facts: Facts) -> None:
    """At least 60 queries, no two the same in a language, each with steps of this site."""
    steps = set(list_steps(facts))
    for language in LANGUAGES:
        texts = [query["q"] for query in QUERIES[language]]
        assert len(texts) == len(set(texts))
        for query in QUERIES[language]:
            assert set(query["expect"]) <= steps, query
    assert sum(len(QUERIES[language]) for language in LANGUAGES) >= 60


def find_steps(
    engine: Engine, indexes: Path, queries: list[dict[str, Any]], language: str
) -> list[list[str]]:
    """Find the first three steps for each query."""
    question = {"index": str(indexes / f"search.{language}.json"), "find": [query["q"] for query in queries]}
    return [steps[:3] for steps in engine(question)]


def test_95_of_100_queries_find_their_step_in_the_first_three(engine: Engine, indexes: Path) -> None:
    """The goal of the search, on the whole set, those queries included that came after the tuning."""
    missed, count = [], 0
    for language in LANGUAGES:
        queries = QUERIES[language]
        for query, steps in zip(queries, find_steps(engine, indexes, queries, language), strict=True):
            count += 1
            if not set(steps) & set(query["expect"]):
                missed.append((query["q"], steps))
    assert len(missed) <= 0.05 * count, missed


@pytest.mark.parametrize("kind", ["message", "code"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_message_finds_its_answer_first(
    engine: Engine, indexes: Path, kind: str, language: str
) -> None:
    """Whoever pastes an error message or its number need not choose."""
    queries = [query for query in QUERIES[language] if query["kind"] == kind]
    assert queries
    for query, steps in zip(queries, find_steps(engine, indexes, queries, language), strict=True):
        assert steps[0] in query["expect"], query["q"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_at_the_head_of_a_mail_is_find_steps(engine: Engine, indexes: Path, language: str) -> None:
    """Pasted with all that follows it, however long: words that come again and again do not drown it."""
    sentence = "電子証明書のインストールの手順を教えてください。 How do I install it? "
    mail = "CSR の生成に失敗しました " + sentence * 200
    queries = [{"q": mail}, {"q": mail[:300]}]
    whole, beginning = find_steps(engine, indexes, queries, language)
    assert whole[0] == "jasdec/questions#csr-failed"
    assert whole == beginning
