"""One word an action, one word a thing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.loading.wording import load_strings
from macros.loading.yaml_file import read_yaml
from macros.model.evidence import Fact, Text, walk
from macros.model.facts import LANGUAGES, SHARED, Facts
from tests.support import ROOT

FOLDERS = ("boj", "fsa", "jasdec", "shared", "tse")
WORDS: dict[str, dict[str, str]] = read_yaml(Path(__file__).with_name("words.yaml"), ROOT).data


def find_avoided(language: str, words: str) -> dict[str, str]:
    """Find the words not to use in a text, each with its better one."""
    return {avoided: better for avoided, better in WORDS[language].items() if avoided in words}


def list_texts(facts: Facts, folder: str) -> Iterator[Text]:
    """Yield every text of an authority, or of what is shared."""
    models: list[Fact] = [page.guide for page in facts.pages if page.folder == folder]
    entry = facts.find_folder(folder)
    if entry:
        models.append(entry.authority)
    if entry and entry.answers:
        models.append(entry.answers.answers)
    if folder == SHARED and facts.situations:
        models += [facts.situations, *facts.axes]
    for model in models:
        for _, part in walk(model):
            if isinstance(part, Text):
                yield part


@pytest.mark.parametrize("folder", FOLDERS)
def test_guides_use_the_words_of_the_site(facts: Facts, folder: str) -> None:
    """A thing has one name in all guides and answers."""
    texts = list(list_texts(facts, folder))
    assert texts
    for text in texts:
        for language in LANGUAGES:
            assert not find_avoided(language, text.get(language)), text.get(language)


def test_the_frame_of_the_pages_uses_them_too() -> None:
    """So have the words around the guides, in pages, checker and messages."""
    strings = (
        load_strings(ROOT / "macros/strings", ROOT).words
        | load_strings(ROOT / "macros/strings/checker", ROOT).words
    )
    assert strings
    for code, words in strings.items():
        for language in LANGUAGES:
            assert not find_avoided(language, words[language]), code


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_pages_written_by_hand_use_them_too(path: Path) -> None:
    """So have the pages that are no guides."""
    language = path.suffixes[0].removeprefix(".")
    assert not find_avoided(language, path.read_text(encoding="utf-8"))
