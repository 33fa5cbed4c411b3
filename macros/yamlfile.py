"""YAML that remembers its lines, so that a mistake can be shown where it was made."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.scalarstring import FoldedScalarString

from macros.errors import FactsError, Problem, Said, say

Location = Sequence[int | str]
# Parts of ruamel's messages, and what is mostly meant by them.
_HINTS = {
    "mapping values are not allowed": "yaml.hint.colon",
    "cannot start any token": "yaml.hint.tab",
    "duplicate key": "yaml.hint.twice",
    "expected <block end>": "yaml.hint.indent",
    "could not find expected": "yaml.hint.indent",
}
# Tells the file and line of a location.
Place = Callable[[Location], tuple[str, int]]


@dataclass(frozen=True)
class YamlFile:
    """One file as read.

    Attributes:
        name: path relative to the repository's root, with ``/``.
        root: ruamel's node, which knows the lines.
    """

    name: str
    root: Any

    @property
    def data(self) -> Any:  # noqa: ANN401 - YAML holds anything until the model has looked at it
        """Plain dicts, lists and scalars."""
        return _plain(self.root)

    def line(self, location: Location) -> int:
        """The line, counted from 1, of the deepest part of ``location`` that is there."""
        node, line = self.root, 0
        for part in location:
            found = _child(node, part)
            if found is None:
                break
            node, line = found
        return line + 1

    def holds(self, location: Location) -> bool:
        """Whether the whole of ``location`` is there."""
        node = self.root
        for part in location:
            found = _child(node, part)
            if found is None:
                return False
            node = found[0]
        return True


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Read one file.

    Raises:
        FactsError: it is not YAML, not UTF-8, empty, or repeats a key.
    """
    name = path.relative_to(root).as_posix()
    try:
        node = YAML().load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        line = mark.line + 1 if mark else 0
        message = say("yaml.syntax", what=what, hint=_hint(what))
        raise FactsError([Problem(name, line, "", message)]) from error
    except UnicodeDecodeError as error:
        raise FactsError([Problem(name, 0, "", say("yaml.utf-8", byte=error.start))]) from error
    if not isinstance(node, CommentedMap):
        raise FactsError([Problem(name, 1, "", say("yaml.values"))])
    return YamlFile(name, node)


def _hint(what: str) -> Said:
    """What helps with a mistake that ruamel names so; empty where it is a rare one."""
    return next((say(code) for part, code in _HINTS.items() if part in what), Said("", ""))


def _child(node: Any, part: int | str) -> tuple[Any, int] | None:  # noqa: ANN401 - ruamel's nodes
    if isinstance(node, CommentedMap) and part in node:
        return node[part], node.lc.key(part)[0]
    if isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
        return node[part], node.lc.item(part)[0]
    return None


def _plain(node: Any, language: str = "") -> Any:  # noqa: ANN401 - ruamel's nodes
    if isinstance(node, dict):
        return {str(key): _plain(value, str(key)) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    if isinstance(node, FoldedScalarString) and language == "ja":
        return _unfolded(node)
    return str(node) if isinstance(node, str) else node


def _unfolded(words: FoldedScalarString) -> str:
    """A Japanese ``>-`` block without the spaces that YAML puts where its lines were broken.

    Between Japanese and Latin letters a space stays, as everywhere in our texts (``証明書の URL``).
    """
    positions: list[int] = getattr(words, "fold_pos", [])  # ruamel sets it only where lines were joined
    folds = {at for at in positions if _joins(words[at - 1]) and _joins(words[at + 1])}
    return "".join(letter for at, letter in enumerate(words) if at not in folds)


def _joins(letter: str) -> bool:
    """Japanese letters, digits, and the marks of Markdown that stand around them."""
    return unicodedata.east_asian_width(letter) in {"W", "F"} or letter.isdigit() or letter in "[]()*`"
