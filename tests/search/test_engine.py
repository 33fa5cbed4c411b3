"""One spelling for what people spell in several ways, and what the index is made of."""

import pytest

from macros.addressing.start_page import build_forest
from macros.model.facts import LANGUAGES, Facts
from macros.pages.search_records import build_records
from tests.search.conftest import Engine, list_steps


@pytest.mark.parametrize(
    "spellings",
    [
        ["ウィザード", "ウイザード", "ｳｨｻﾞｰﾄﾞ", "うぃざーど"],
        ["サーバー", "サーバ", "ｻｰﾊﾞｰ"],
        ["ヴァージョン", "バージョン", "ヴアージョン"],
        ["unknown_error:-2146885628", "UNKNOWN_ERROR:－２１４６８８５６２８", "unknown_error:–2146885628"],
        ["DCM904", "ＤＣＭ９０４", "dcm904"],
        ["e-mail", "E‐mail", "email"],
        ["㈱", "(株)", "（株）"],
        ["プロキシー認証", "ﾌﾟﾛｷｼ認証"],
    ],
    ids=lambda spellings: spellings[0],
)
def test_spellings_of_the_same_word_are_one(engine: Engine, spellings: list[str]) -> None:
    """Width, case, kana, long vowels and strokes make no difference."""
    assert len(set(engine({"fold": spellings}))) == 1


@pytest.mark.parametrize(("word", "other"), [("証明書", "認証書"), ("更新", "更衣"), ("dcm903", "dcm904")])
def test_different_words_stay_different(engine: Engine, word: str, other: str) -> None:
    """Folding joins spellings, not words."""
    first, second = engine({"fold": [word, other]})
    assert first != second


def test_folding_again_changes_nothing(engine: Engine) -> None:
    """What is folded is a fixed point, so it does not matter which side was folded first."""
    texts = ["ヴィザ ウィザード－Ａ", "ﾊﾟｽｺｰﾄﾞ", "が゛ぱ", "TSE-CA 証明書発行サービス"]
    folded = engine({"fold": texts})
    assert engine({"fold": folded}) == folded


def test_every_step_can_be_found_and_opened(facts: Facts) -> None:
    """The index holds each step of each guide once, with its own address, in both languages."""
    steps = list_steps(facts)
    for language in LANGUAGES:
        records = {record["id"]: record for record in build_records(facts, language)}
        assert [record_id for record_id in records if record_id in set(steps)] == steps
        prefix = "" if language == "ja" else "en/"
        assert all(records[step]["url"] == prefix + step.replace("#", "/#") for step in steps)


def test_every_answer_can_be_found_and_opened(facts: Facts) -> None:
    """The answers of the start page are there, but for what a step with the same title says more fully."""
    for language in LANGUAGES:
        records = {record["id"]: record for record in build_records(facts, language)}
        prefix = "" if language == "ja" else "en/"
        for root in build_forest(facts):
            for node in root.walk():
                record = records.get(f"index#{node.address}")
                if record:
                    assert record["url"] == f"{prefix}#{node.address}"
                    assert record["authority"] == root.title.get(language)
                else:
                    is_replaced = bool(node.answer and "「" in node.title.ja and "#" in node.answer.go[0])
                    assert is_replaced or node is root or node.address == f"{root.address}.other"


def test_both_languages_find_the_same(facts: Facts) -> None:
    """What can be found in one language can be found in the other, and has one id."""
    ids = {language: [record["id"] for record in build_records(facts, language)] for language in LANGUAGES}
    assert ids["ja"] == ids["en"]
    assert len(set(ids["ja"])) == len(ids["ja"])


def test_the_index_holds_words_not_markdown(facts: Facts) -> None:
    """A link's target or a star is nothing that a reader sees."""
    for language in LANGUAGES:
        for record in build_records(facts, language):
            text = " ".join(record.values())
            assert not any(mark in text for mark in ("](", "**", "`"))


def test_the_first_step_of_a_guide_stands_for_it(facts: Facts) -> None:
    """Who looks for a guide gets its beginning: only the first step carries its title and purpose."""
    for record in build_records(facts, "ja"):
        page = facts.find_page(record["id"].partition("#")[0])
        if page is not None:
            is_first = record["id"].endswith(f"#{page.guide.steps[0].id}")
            assert ("job" in record) == ("begins" in record) == is_first
