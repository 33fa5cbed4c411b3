"""YAML that remembers its lines, so that a mistake can be shown where it was made."""

import copy
import pickle
import re
import unicodedata
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
from macros.files import CACHE, make_once
from macros.loading.problems import FactsError, Problem, format_message
from macros.model.language import Message
from macros.model.location import Location, Place

# Full-width characters in the place of YAML's own: YAML reads them as letters, and may notice a line later.
_FULL_WIDTH = re.compile(
    r"^[ -]*[a-z_]+：|^[ -]*[\u3000\u00a0]|^ *[ー－―–—] *[a-z_]+:"
    r"|[:,{][\u3000\u00a0]|: *[｛［]|[{,] *[a-z_]+：|\{.*， *[a-z_]+ *[:：]|｝ *$"
)
# Quotes that word processors put in the place of those of the keyboard: to YAML they are letters.
_CURLY_QUOTE = re.compile("[:{,[] *[“”‘’„]")
# Patterns of ruamel's message and of the line in question, and the hint for where both match.
_HINTS = (
    (r"", _FULL_WIDTH, "yaml.hint.wide"),
    (r"", _CURLY_QUOTE, "yaml.hint.curly"),
    (r"could not find expected", r"^[ -]*[\w-]+:\S", "yaml.hint.space"),
    (r"found '<scalar>'", r"", "yaml.hint.quote"),
    (r"could not find expected|expected <block end>", r"", "yaml.hint.indent"),
    (r"mapping values are not allowed", r"", "yaml.hint.colon"),
    (r"undefined alias|expected alphabetic or numeric", r"", "yaml.hint.sign"),
    (r"'\\t' that cannot start any token", r"", "yaml.hint.tab"),
    (r"cannot start any token", r"", "yaml.hint.sign"),
    (r"duplicate key", r"", "yaml.hint.twice"),
    (r"expected ',' or|quoted scalar", r"", "yaml.hint.end"),
)
# What git writes around the two sides of a conflict.
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
# Contexts of ruamel's messages whose mistake stands where the context begins, not where ruamel noticed it.
_MISTAKE_AT_CONTEXT = re.compile(
    r"while (?:scanning a (?:simple key|quoted scalar)|parsing a flow (?:mapping|sequence))"
)
# The code that reads, as far as it decides on the result.
_READER = Path(__file__).read_bytes() + version("ruamel.yaml").encode()
# The results by file: ruamel takes most of a build's time.
_CACHE = PACKAGE.parent / CACHE / "yaml"
# A mapping's or list's entries: for each its line, counted from 0, and its own entries.
Lines = dict[Any, tuple[int, Any]]


@dataclass(frozen=True)
class YamlFile:
    """One file as read.

    Attributes:
        name: path relative to the repository's root, with ``/``.
        values: plain dicts, lists and scalars; not to be changed.
        lines: where each of them is.
    """

    name: str
    values: dict[str, Any]
    lines: Lines

    @property
    def data(self) -> Any:  # noqa: ANN401 - YAML holds anything until the model has validated it
        """Plain dicts, lists and scalars; a copy, which the caller may change."""
        return copy.deepcopy(self.values)

    def locate(self, location: Location) -> Place:
        """Find the place of the deepest part of ``location`` that is in the file."""
        lines, line = self.lines, 0
        for part in location:
            if part not in lines:
                break
            line, lines = lines[part]
        return Place(self.name, line + 1)

    def has(self, location: Location) -> bool:
        """Tell whether the whole of ``location`` is in the file."""
        lines = self.lines
        for part in location:
            if part not in lines:
                return False
            lines = lines[part][1]
        return True


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Read one file.

    Args:
        path: of the file.
        root: the repository.

    Raises:
        FactsError: it is not YAML, not UTF-8, empty, or repeats a key.
    """
    name = path.relative_to(root).as_posix()
    source = path.read_bytes()

    def parse() -> bytes:
        node = _parse(name, source)
        return pickle.dumps((_convert_to_plain(node), _collect_lines(node)))

    pickled = make_once(_CACHE / f"{name.replace('/', '.')}.pickle", _READER + source, parse)
    values, lines = pickle.loads(pickled)  # noqa: S301 - what `parse` returned, just now or in a build before
    return YamlFile(name, values, lines)


def parse_values(name: str, source: bytes) -> dict[str, Any]:
    """Parse a file's source into plain values, as :func:`read_yaml` has them.

    Args:
        name: what messages call the file.
        source: its bytes.

    Raises:
        FactsError: as :func:`read_yaml`.
    """
    values: dict[str, Any] = _convert_to_plain(_parse(name, source))
    return values


class _Constructor(RoundTripConstructor):
    """Leaves what only looks like a day or a number as text, for the model to refuse."""

    @override
    def construct_non_recursive_object(self, node: Any, tag: str | None = None) -> Any:
        try:
            return super().construct_non_recursive_object(node, tag)
        except ValueError:  # 2026-02-30, or a number of 5,000 digits
            return node.value


def _parse(name: str, source: bytes) -> CommentedMap:
    """Parse the source into ruamel's nodes, which know their lines."""
    yaml = YAML()
    yaml.Constructor = _Constructor
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        code = "yaml.shift-jis" if _is_shift_jis(source) else "yaml.utf-8"
        raise FactsError([Problem(name, line, "", format_message(code, byte=error.start))]) from error
    try:
        node = yaml.load(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = format_message("yaml.character", character=f"U+{error.character:04X}")
        raise FactsError([Problem(name, line, "", message)]) from error
    except MarkedYAMLError as error:
        raise FactsError([_describe_syntax_error(name, text, error)]) from error
    if not isinstance(node, CommentedMap):
        raise FactsError([Problem(name, 1, "", format_message("yaml.values"))])
    return node


def _is_shift_jis(source: bytes) -> bool:
    """Tell whether the source is text as Windows' editors in Japan once saved it (code page 932)."""
    try:
        text = source.decode("cp932")
    except UnicodeDecodeError:
        return False
    return re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", text) is not None


def _describe_syntax_error(name: str, text: str, error: MarkedYAMLError) -> Problem:
    """Describe where to look, ruamel's message, and the mistake that usually causes it."""
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        return Problem(name, line, "", format_message("yaml.conflict"))
    words = " ".join(filter(None, (error.context, error.problem)))
    marks = (error.problem_mark, error.context_mark)
    mark = next(filter(None, reversed(marks) if _MISTAKE_AT_CONTEXT.match(words) else marks), None)
    line = mark.line + 1 if mark else 0
    lines = ["", *text.splitlines(), ""]
    line -= bool(line and _FULL_WIDTH.search(lines[line - 1]) and not _FULL_WIDTH.search(lines[line]))
    # ruamel speaks English only.
    message = format_message(
        "yaml.syntax", what=Message("", f"{words}; "), hint=_find_hint(words, lines[line])
    )
    return Problem(name, line, "", message)


def _find_hint(words: str, line: str) -> Message:
    for pattern, line_pattern, code in _HINTS:
        if re.search(pattern, words) and re.search(line_pattern, line):
            return format_message(code)
    return Message("", "")


def _collect_lines(node: Any) -> Lines:  # noqa: ANN401 - ruamel's nodes
    if isinstance(node, CommentedMap):
        positions = node.lc.data or {}  # an entry of a merge key (<<) has no line of its own
        own_line = (node.lc.line,)
        return {key: (positions.get(key, own_line)[0], _collect_lines(value)) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return {index: (node.lc.item(index)[0], _collect_lines(entry)) for index, entry in enumerate(node)}
    return {}


def _convert_to_plain(node: Any, key: str = "") -> Any:  # noqa: ANN401 - ruamel's nodes
    """Convert ruamel's nodes to plain values.

    Args:
        node: a mapping, a list or a scalar.
        key: under which it stands in its mapping; ``ja`` marks Japanese text.
    """
    if isinstance(node, dict):
        return {str(name): _convert_to_plain(value, str(name)) for name, value in node.items()}
    if isinstance(node, list):
        return [_convert_to_plain(value) for value in node]
    if isinstance(node, FoldedScalarString) and key == "ja":
        return _join_folds(node)
    return str(node) if isinstance(node, str) else node


def _join_folds(text: FoldedScalarString) -> str:
    """Remove the spaces that YAML puts where the lines of a Japanese ``>-`` block were broken.

    Between Japanese and Latin letters a space stays, as everywhere in our texts (``証明書の URL``).
    """
    positions: list[int] = getattr(text, "fold_pos", [])  # ruamel sets it only where lines were joined
    folds = {
        fold for fold in positions if _needs_no_space(text[fold - 1]) and _needs_no_space(text[fold + 1])
    }
    return "".join(letter for position, letter in enumerate(text) if position not in folds)


def _needs_no_space(letter: str) -> bool:
    """Tell whether it is a Japanese letter, a digit, or a mark of Markdown that stands around these."""
    return unicodedata.east_asian_width(letter) in {"W", "F"} or letter.isdigit() or letter in "[]()*`"
