"""The words that templates and checker share, by code, in both languages."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from macros import PACKAGE
from macros.loading.problems import FactsError, Problem, format_message
from macros.loading.yaml_file import read_yaml
from macros.model.facts import LANGUAGES
from macros.model.language import Message

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Strings:
    """A file or folder of ``macros/strings``: code → language → words with ``{placeholders}``."""

    words: dict[str, dict[str, str]]

    def select(self, language: str) -> dict[str, str]:
        """Select one language: the words by their codes."""
        return {code: words[language] for code, words in self.words.items()}

    def format(self, language: str, code: str, **values: object) -> str:
        """Format one text: fill its placeholders.

        Raises:
            KeyError: no such code, or a placeholder without a value.
        """
        return self.words[code][language].format(**values)


@functools.cache
def load_site_words() -> Strings:
    """Read the words of the pages' frame; cached.

    Raises:
        FactsError: as :func:`load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "site.yaml", PACKAGE.parent)


@functools.cache
def load_checker_words() -> Strings:
    """Read the words of the checker; cached.

    Raises:
        FactsError: as :func:`load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "checker", PACKAGE.parent)


@functools.cache
def load_command_words() -> Strings:
    """Read the words of certcheck's command line; cached.

    Raises:
        FactsError: as :func:`load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "command.yaml", PACKAGE.parent)


def load_strings(path: Path, root: Path) -> Strings:
    """Read a file of words, or all files of a folder.

    Args:
        path: the file or the folder.
        root: the repository.

    Raises:
        FactsError: a text is missing, empty or not text, or its placeholders differ between the languages.
    """
    strings: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for source in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        file = read_yaml(source, root)
        for code, words in file.data.items():
            if message := _find_mistake(words):
                problems.append(Problem(*file.locate([code]), code, message))
            strings[code] = words
    if problems:
        raise FactsError(problems)
    return Strings(strings)


def _find_mistake(words: object) -> Message | None:
    if not isinstance(words, dict) or set(words) != set(LANGUAGES):
        return format_message("words.both")
    if not all(isinstance(text, str) and text.strip() for text in words.values()):
        return format_message("words.text")
    placeholders = {language: set(_PLACEHOLDER.findall(words[language])) for language in LANGUAGES}
    if placeholders["ja"] != placeholders["en"]:
        return format_message("words.placeholders", **placeholders)
    return None
