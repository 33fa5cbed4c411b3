"""YAML that remembers its lines, so that a mistake can be shown where it was made."""

import copy
import pickle
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import FoldedScalarString
from typing_extensions import override

from macros import PACKAGE
from macros.files import cached
from macros.model.language import Message
from macros.model.problems import FactsError, Problem, say

Location = Sequence[int | str]
# Full-width signs in the place of YAML's own, which it takes for letters; it may notice a line later.
_WIDE = re.compile(r"^[ -]*[a-z_]+：|^[ -]*\u3000|[:,{]\u3000|: *[｛［]")
# Parts of ruamel's messages, of the line in question, and what is mostly meant by the two together.
_HINTS = (
    (r"", _WIDE, "yaml.hint.wide"),
    (r"could not find expected", r"^[ -]*[\w-]+:\S", "yaml.hint.space"),
    (r"found '<scalar>'", r"", "yaml.hint.quote"),
    (r"could not find expected|expected <block end>", r"", "yaml.hint.indent"),
    (r"mapping values are not allowed", r"", "yaml.hint.colon"),
    (r"'\\t' that cannot start any token", r"", "yaml.hint.tab"),
    (r"cannot start any token", r"", "yaml.hint.sign"),
    (r"duplicate key", r"", "yaml.hint.twice"),
    (r"expected ',' or|quoted scalar", r"", "yaml.hint.end"),
)
# What ruamel was in the middle of when it saw a mistake that was made where that begins.
_BEGUN = re.compile(r"while (?:scanning a (?:simple key|quoted scalar)|parsing a flow (?:mapping|sequence))")
# What reads, as far as it decides on what is read.
_READER = Path(__file__).read_bytes() + version("ruamel.yaml").encode()
# Tells the file and line of a location.
Place = Callable[[Location], tuple[str, int]]


# A mapping's or list's entries: for each its line, counted from 0, and its own entries.
Lines = dict[Any, tuple[int, Any]]
# What was read of each file: ruamel needs most of a build's time.
_CACHE = PACKAGE.parent / "build/cache/yaml"


@dataclass(frozen=True)
class YamlFile:
    """One file as read.

    Attributes:
        name: path relative to the repository's root, with ``/``.
        values: plain dicts, lists and scalars, shared by all who ask.
        lines: where each of them is.
    """

    name: str
    values: dict[str, Any]
    lines: Lines

    @property
    def data(self) -> Any:  # noqa: ANN401 - YAML holds anything until the model has looked at it
        """Plain dicts, lists and scalars, the caller's own."""
        return copy.deepcopy(self.values)

    def line(self, location: Location) -> int:
        """The line, counted from 1, of the deepest part of ``location`` that is there."""
        lines, line = self.lines, 0
        for part in location:
            if part not in lines:
                break
            line, lines = lines[part]
        return line + 1

    def holds(self, location: Location) -> bool:
        """Whether the whole of ``location`` is there."""
        lines = self.lines
        for part in location:
            if part not in lines:
                return False
            lines = lines[part][1]
        return True


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Read one file.

    Raises:
        FactsError: it is not YAML, not UTF-8, empty, or repeats a key.
    """
    name = path.relative_to(root).as_posix()
    source = path.read_bytes()

    def parse() -> bytes:
        node = _parsed(name, source)
        return pickle.dumps((_plain(node), _lines(node)))

    pickled = cached(_CACHE / f"{name.replace('/', '.')}.pickle", _READER + source, parse)
    values, lines = pickle.loads(pickled)  # noqa: S301 - what `parse` returned, just now or in a build before
    return YamlFile(name, values, lines)


class _Constructor(RoundTripConstructor):
    """Leaves what only looks like a day or a number as the text it is, for the model to object to."""

    @override
    def construct_non_recursive_object(self, node: Any, tag: str | None = None) -> Any:
        try:
            return super().construct_non_recursive_object(node, tag)
        except ValueError:  # 2026-02-30, or a number of 5,000 digits
            return node.value


def _parsed(name: str, source: bytes) -> CommentedMap:
    """Ruamel's node, which knows the lines."""
    yaml = YAML()
    yaml.Constructor = _Constructor
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise FactsError([Problem(name, line, "", say("yaml.utf-8", byte=error.start))]) from error
    try:
        node = yaml.load(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = say("yaml.character", character=f"U+{error.character:04X}")
        raise FactsError([Problem(name, line, "", message)]) from error
    except MarkedYAMLError as error:
        raise FactsError([_syntax(name, text, error)]) from error
    if not isinstance(node, CommentedMap):
        raise FactsError([Problem(name, 1, "", say("yaml.values"))])
    return node


def _syntax(name: str, text: str, error: MarkedYAMLError) -> Problem:
    """Where to look, what ruamel says, and what is mostly meant by it."""
    what = " ".join(filter(None, (error.context, error.problem)))
    marks = (error.problem_mark, error.context_mark)
    mark = next(filter(None, reversed(marks) if _BEGUN.match(what) else marks), None)
    line = mark.line + 1 if mark else 0
    lines = ["", *text.splitlines(), ""]
    line -= bool(line and _WIDE.search(lines[line - 1]) and not _WIDE.search(lines[line]))
    found = (
        say(hint) for said, seen, hint in _HINTS if re.search(said, what) and re.search(seen, lines[line])
    )
    return Problem(name, line, "", say("yaml.syntax", what=what, hint=next(found, Message("", ""))))


def _lines(node: Any) -> Lines:  # noqa: ANN401 - ruamel's nodes
    if isinstance(node, CommentedMap):
        known = node.lc.data or {}  # what a merge key (<<) brought has no line of its own
        return {key: (known.get(key, (node.lc.line,))[0], _lines(value)) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return {at: (node.lc.item(at)[0], _lines(value)) for at, value in enumerate(node)}
    return {}


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
