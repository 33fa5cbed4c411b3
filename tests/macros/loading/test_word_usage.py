"""Every text keeps to the glossary, in facts, in the words around them and in pages written by hand."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.word_usage import check_model, check_pages, check_strings
from macros.model.evidence import Text
from macros.model.facts import LANGUAGES, Facts
from macros.model.glossary import Glossary
from macros.model.location import Place
from tests.macros.conftest import ReplacePassage
from tests.support import ROOT

TERM = {
    "id": "import",
    "kind": "action",
    "word": {"ja": "インポートする", "en": "import"},
    "avoid": [
        {"language": "ja", "words": "取り込"},
        {"language": "en", "words": "absorb", "better": "bring in"},
    ],
}
GLOSSARY = Glossary.model_validate({"terms": [TERM], "exceptions": ["「取り込み」"]})


def list_messages(text: Text) -> list[str]:
    """List what is said of a text, in English."""
    problems = check_model(GLOSSARY, text, lambda _: Place("docs/abc/renew.yaml", 1))
    return [f"{problem.field}: {problem.message.en}" for problem in problems]


def test_an_avoided_word_is_named_with_the_better_one() -> None:
    """The term's own word, unless the entry has another; each language has its own words."""
    assert list_messages(Text(ja="取り込みます。", en="Please absorb the file.")) == [
        'ja: got "取り込"; expected "インポートする" (docs/shared/glossary.yaml)',
        'en: got "absorb"; expected "bring in" (docs/shared/glossary.yaml)',
    ]
    assert list_messages(Text(ja="absorb", en="取り込みます。")) == []


def test_exact_labels_and_addresses_are_left_alone() -> None:
    """A phrase of the exceptions is right, and the target of a link is no text."""
    assert list_messages(Text(ja="「取り込み」を押します。", en="See [it](abc/absorb).")) == []
    assert len(list_messages(Text(ja="「取り込み」で取り込みます。", en="-"))) == 1


def test_the_words_around_the_facts_are_held_to_it(tmp_path: Path) -> None:
    """In files of words and in pages written by hand, with file and line."""
    (tmp_path / "checker").mkdir()
    words = '# Words.\nok: {ja: よい, en: good}\nbad: {ja: 取り込む, en: "absorb"}\n'
    (tmp_path / "checker/page.yaml").write_text(words, encoding="utf-8")
    problems = check_strings(GLOSSARY, tmp_path, tmp_path)
    assert [(problem.file, problem.line, problem.field) for problem in problems] == [
        ("checker/page.yaml", 3, "bad.ja"),
        ("checker/page.yaml", 3, "bad.en"),
    ]
    (tmp_path / "index.ja.md").write_text("# 題\n\n取り込みます。\n", encoding="utf-8")
    (problem,) = check_pages(GLOSSARY, tmp_path, tmp_path)
    assert (problem.file, problem.line) == ("index.ja.md", 3)


def test_this_site_keeps_to_its_glossary(facts: Facts) -> None:
    """Loading has held the facts to it; here are the strings and the pages written by hand."""
    assert facts.glossary
    assert list(check_strings(facts.glossary, ROOT / "macros/strings", ROOT)) == []
    assert list(check_pages(facts.glossary, ROOT / "docs", ROOT)) == []


def test_no_word_to_use_is_avoided(facts: Facts) -> None:
    """A better word that holds an avoided one could not be written."""
    assert facts.glossary
    for term in facts.glossary.terms:
        for avoided in term.avoid:
            better = term.suggest(avoided)
            text = Text(**{"ja": "-", "en": "-", avoided.language: better})
            assert not list(check_model(facts.glossary, text, lambda _: Place("", 0))), (term.id, better)


def test_ids_of_terms_differ(facts: Facts) -> None:
    """A term is found by its id."""
    assert facts.glossary
    ids = [term.id for term in facts.glossary.terms]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_avoided_word(facts: Facts, pages: Path, language: str) -> None:
    """Contributors read there what the check knows."""
    text = (pages / f"glossary.{language}.md").read_text(encoding="utf-8")
    assert facts.glossary
    for term in facts.glossary.terms:
        assert term.word.get(language) in text
        for avoided in term.avoid:
            assert (avoided.words in text) or avoided.language != language


def test_a_part_is_named_where_it_stands(replace_passage: ReplacePassage) -> None:
    """A step that several guides use is mended once: the problem leads to its own file."""
    root = replace_passage("abc/parts/common.yaml", "en: A note of the part.", "en: unfold it.")
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    (problem,) = caught.value.problems
    assert problem.file == "docs/abc/parts/common.yaml"
    assert problem.field == "steps.1(open).notes.1.text.en"


def test_a_note_that_a_guide_adds_is_named_in_the_guide(replace_passage: ReplacePassage) -> None:
    """It comes after the notes of the part: the line is its own."""
    root = replace_passage("abc/renew.yaml", "en: Closing it cannot be undone.", "en: Do not unfold it.")
    with pytest.raises(FactsError) as caught:
        load_facts(root)
    (problem,) = caught.value.problems
    assert (problem.file, problem.field) == ("docs/abc/renew.yaml", "steps.1(open).notes.2.text.en")
    line = (root / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert "unfold" in line
