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

from macros.loading.yamlfile import Location, YamlFile, read_yaml
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
    def line(self) -> str:
        """What the ledger says of it."""
        return f"{_hash(self.en)} {_hash(self.ja)}"


@dataclass(frozen=True)
class Translations:
    """The texts of today beside the ledger.

    Attributes:
        pairs: every text, in the order of its place.
        recorded: the ledger's lines; the same short words may stand in several places.
    """

    pairs: list[Pair]
    recorded: Counter[str]

    def outdated(self) -> list[Pair]:
        """Texts whose Japanese changed after the English was made, and the English did not.

        One with the English of another text is none as long as nothing that was recorded with it is missing.
        """
        missing = {_english(line) for line in self.recorded - self._today()}
        return [pair for pair in self._surplus() if _english(pair.line) in missing]

    def unrecorded(self) -> list[Pair]:
        """Texts whose English is new."""
        outdated = set(self.outdated())
        return [pair for pair in self._surplus() if pair not in outdated]

    def lines(self, confirmed: set[str]) -> list[str]:
        """What the ledger should hold: no text that is gone; an outdated one keeps what it was made from.

        Args:
            confirmed: places whose English somebody has compared with the Japanese of today.
        """
        waiting = Counter(pair.line for pair in self.outdated() if pair.place not in confirmed)
        english = {_english(line) for line in waiting}
        old = (line for line in (self.recorded - self._today()).elements() if _english(line) in english)
        return sorted([*(self._today() - waiting).elements(), *old])

    def _today(self) -> Counter[str]:
        return Counter(pair.line for pair in self.pairs)

    def _surplus(self) -> list[Pair]:
        """Texts beyond those that the ledger knows."""
        left = self._today() - self.recorded
        found = []
        for pair in self.pairs:
            if left[pair.line] > 0:
                left[pair.line] -= 1
                found.append(pair)
        return found


def load_translations(root: Path) -> Translations:
    """Read the texts and the ledger.

    Raises:
        FactsError: a file is not YAML.
    """
    ledger = root / TRANSLATIONS
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.is_file() else []
    return Translations(sorted({*_texts(root), *_pages(root)}), Counter(lines))


def _texts(root: Path) -> Iterator[Pair]:
    for pattern in _YAML:
        for path in sorted(root.glob(pattern)):
            file = read_yaml(path, root)
            yield from _found(file, file.data, ())


def _found(file: YamlFile, data: Any, at: Location) -> Iterator[Pair]:  # noqa: ANN401 - plain YAML values
    if isinstance(data, dict):
        if set(data) == set(LANGUAGES) and all(isinstance(words, str) for words in data.values()):
            yield Pair(f"{file.name}:{file.line([*at, 'en'])}", data["ja"].strip(), data["en"].strip())
        else:
            for key, value in data.items():
                yield from _found(file, value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _found(file, value, (*at, index))


def _pages(root: Path) -> Iterator[Pair]:
    """The pages that are written by hand, each as one text."""
    for english in sorted(root.glob("docs/*.en.md")):
        japanese = english.with_name(english.name.replace(".en.md", ".ja.md"))
        words = (page.read_text(encoding="utf-8") for page in (japanese, english))
        yield Pair(english.relative_to(root).as_posix(), *words)


def _english(line: str) -> str:
    """The hash of the English in a line of the ledger."""
    return line.partition(" ")[0]


def _hash(words: str) -> str:
    """Enough of SHA-256 that no two texts of a site share it."""
    return hashlib.sha256(words.encode()).hexdigest()[:_HASH_LENGTH]
