"""Every text keeps to the glossary: words that it lists as not to be used end the build."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from macros.loading.problems import Problem, format_message
from macros.loading.yaml_file import read_yaml
from macros.markdown.plaintext import remove_links
from macros.model.evidence import Text, walk
from macros.model.facts import LANGUAGES
from macros.model.glossary import Glossary
from macros.model.language import Message
from macros.model.location import Locator


def check_model(glossary: Glossary, model: BaseModel, locate: Locator) -> Iterator[Problem]:
    """Find avoided words in every text of a model.

    Args:
        glossary: the words of the site.
        model: of one file.
        locate: finds places in that file.
    """
    for location, part in walk(model):
        if isinstance(part, Text):
            for language in LANGUAGES:
                for message in _describe_avoided(glossary, language, part.get(language)):
                    field = (*location, language)
                    yield Problem(*locate(field), ".".join(map(str, field)), message)


def check_strings(glossary: Glossary, folder: Path, root: Path) -> Iterator[Problem]:
    """Find avoided words in the files of ``macros/strings``: code → language → words.

    Args:
        glossary: the words of the site.
        folder: with the files, and folders of files.
        root: the repository.
    """
    for path in sorted(folder.rglob("*.yaml")):
        file = read_yaml(path, root)
        for code, words in file.data.items():
            for language in LANGUAGES:
                for message in _describe_avoided(glossary, language, words[language]):
                    yield Problem(*file.locate([code, language]), f"{code}.{language}", message)


def check_pages(glossary: Glossary, folder: Path, root: Path) -> Iterator[Problem]:
    """Find avoided words in pages that are written by hand, ``<name>.<language>.md``.

    Args:
        glossary: the words of the site.
        folder: with the pages.
        root: the repository.
    """
    for language in LANGUAGES:
        for path in sorted(folder.glob(f"*.{language}.md")):
            name = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for message in _describe_avoided(glossary, language, line):
                    yield Problem(name, number, "", message)


def _describe_avoided(glossary: Glossary, language: str, words: str) -> Iterator[Message]:
    words = remove_links(words)
    for phrase in glossary.exceptions:
        words = words.replace(phrase, "")
    for term in glossary.terms:
        for avoided in term.avoid:
            if avoided.language == language and avoided.words in words:
                yield format_message("word", avoided=avoided.words, better=term.suggest(avoided))
