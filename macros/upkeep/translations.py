"""Which English was made from which Japanese, so that a text that changed in one language only is found.

``docs/translations.txt`` holds a line a text: the hash of the English, the hash of the Japanese that it says.
A text keeps its line wherever it moves. Who changes both languages need not touch the file: English that it
does not know is taken as made from the Japanese beside it, and recorded when ``scripts/ledger`` runs next.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.loading.yaml_file import YamlFile, read_yaml
from macros.model.facts import LANGUAGES

TRANSLATIONS = Path("docs/translations.txt")
# Where texts in both languages stand; docs/changes.yaml is a log, and nobody translates it again.
_YAML = ("docs/*/*.yaml", "docs/*/parts/*.yaml", "macros/strings/*.yaml", "macros/strings/*/*.yaml")
_HASH_LENGTH = 16


@dataclass(frozen=True, order=True)
class Pair:
    """The same text in both languages.

    Attributes:
        place: ``docs/boj/renew.yaml:12``, or the file of the English page.
        ja: the Japanese.
        en: the English.
    """

    place: str
    ja: str
    en: str

    @property
    def ledger_line(self) -> str:
        """The line of the ledger for this text."""
        return f"{_hash_text(self.en)} {_hash_text(self.ja)}"


@dataclass(frozen=True)
class Translations:
    """The texts of today beside the ledger.

    Attributes:
        pairs: every text, in the order of its place.
        recorded: the ledger's lines, counted: the same short words may stand in several places.
    """

    pairs: list[Pair]
    recorded: Counter[str]

    def find_outdated(self) -> list[Pair]:
        """Find texts whose Japanese changed after the English was made, and the English did not.

        A text with the English of another is not outdated as long as no line of that English is missing.
        """
        missing = {_get_english_hash(line) for line in self.recorded - self._count_lines()}
        return [pair for pair in self._find_surplus() if _get_english_hash(pair.ledger_line) in missing]

    def find_unrecorded(self) -> list[Pair]:
        """Find texts whose English is new."""
        outdated = set(self.find_outdated())
        return [pair for pair in self._find_surplus() if pair not in outdated]

    def compose_lines(self, confirmed: set[str]) -> list[str]:
        """Compose the ledger anew, without texts that are gone; an outdated text keeps its old line.

        Args:
            confirmed: places whose English somebody has compared with the Japanese of today.
        """
        current = self._count_lines()
        waiting = Counter(pair.ledger_line for pair in self.find_outdated() if pair.place not in confirmed)
        hashes = {_get_english_hash(line) for line in waiting}
        lines = list((current - waiting).elements())
        lines += (line for line in (self.recorded - current).elements() if _get_english_hash(line) in hashes)
        return sorted(lines)

    def _count_lines(self) -> Counter[str]:
        """Count the lines that the texts of today need."""
        return Counter(pair.ledger_line for pair in self.pairs)

    def _find_surplus(self) -> list[Pair]:
        """Find texts beyond those that the ledger holds."""
        counts = self._count_lines() - self.recorded
        surplus: list[Pair] = []
        for pair in self.pairs:
            if counts[pair.ledger_line] > 0:
                counts[pair.ledger_line] -= 1
                surplus.append(pair)
        return surplus


def load_translations(root: Path) -> Translations:
    """Read the texts and the ledger.

    Args:
        root: the repository.

    Raises:
        FactsError: a file is not YAML.
    """
    ledger = root / TRANSLATIONS
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.is_file() else []
    return Translations(sorted({*_read_texts(root), *_read_pages(root)}), Counter(lines))


def _read_texts(root: Path) -> Iterator[Pair]:
    for pattern in _YAML:
        for path in sorted(root.glob(pattern)):
            file = read_yaml(path, root)
            yield from _find_pairs(file, file.values, ())


def _find_pairs(file: YamlFile, data: Any, location: tuple[int | str, ...]) -> Iterator[Pair]:  # noqa: ANN401 - plain YAML values
    if isinstance(data, dict):
        if set(data) == set(LANGUAGES) and all(isinstance(words, str) for words in data.values()):
            line = file.locate([*location, "en"]).line
            yield Pair(f"{file.name}:{line}", data["ja"].strip(), data["en"].strip())
        else:
            for key, value in data.items():
                yield from _find_pairs(file, value, (*location, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _find_pairs(file, value, (*location, index))


def _read_pages(root: Path) -> Iterator[Pair]:
    """Read the pages that are written by hand, each as one text."""
    for english in sorted(root.glob("docs/*.en.md")):
        japanese = english.with_name(english.name.replace(".en.md", ".ja.md"))
        words = (page.read_text(encoding="utf-8") for page in (japanese, english))
        yield Pair(english.relative_to(root).as_posix(), *words)


def _get_english_hash(line: str) -> str:
    """Return the hash of the English in a line of the ledger."""
    return line.partition(" ")[0]


def _hash_text(words: str) -> str:
    """Hash a text: as much of SHA-256 as no two texts of a site share."""
    return hashlib.sha256(words.encode()).hexdigest()[:_HASH_LENGTH]
