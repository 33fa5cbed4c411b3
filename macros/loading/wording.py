"""Words that templates and checker share, by code, in both languages."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from macros import PACKAGE
from macros.loading.yamlfile import YamlFile, read_yaml
from macros.model.facts import LANGUAGES
from macros.model.problems import FactsError, Problem, say

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Strings:
    """A file or folder of ``macros/strings``: code → language → words with ``{placeholders}``."""

    words: dict[str, dict[str, str]]

    def of(self, language: str) -> dict[str, str]:
        """All codes in one language."""
        return {code: words[language] for code, words in self.words.items()}

    def say(self, language: str, code: str, **values: object) -> str:
        """One text with its placeholders filled.

        Raises:
            KeyError: no such code, or a placeholder without a value.
        """
        return self.words[code][language].format(**values)


@functools.cache
def site_words() -> Strings:
    """The words of the pages' frame; read once.

    Raises:
        FactsError: as :func:`load_strings`.
    """
    return load_strings(PACKAGE / "strings" / "site.yaml", PACKAGE.parent)


def load_strings(path: Path, root: Path) -> Strings:
    """Read a file of words, or all files of a folder.

    Raises:
        FactsError: a text is missing, empty or not text, or its placeholders differ between the languages.
    """
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    said = [
        (file, code, words)
        for file in (read_yaml(each, root) for each in paths)
        for code, words in file.data.items()
    ]
    problems = [problem for each in said for problem in _problems(*each)]
    if problems:
        raise FactsError(problems)
    return Strings({code: words for _, code, words in said})


def _problems(file: YamlFile, code: str, words: object) -> list[Problem]:
    line = file.line([code])
    if not isinstance(words, dict) or set(words) != set(LANGUAGES):
        return [Problem(file.name, line, code, say("words.both"))]
    if not all(isinstance(text, str) and text.strip() for text in words.values()):
        return [Problem(file.name, line, code, say("words.text"))]
    placeholders = [set(_PLACEHOLDER.findall(words[language])) for language in LANGUAGES]
    if placeholders[0] != placeholders[1]:
        return [
            Problem(file.name, line, code, say("words.placeholders", ja=placeholders[0], en=placeholders[1]))
        ]
    return []
