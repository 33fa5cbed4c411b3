r"""Patterns of values in names: so small a part of regular expressions that matching is linear.

A pattern is a row of characters and classes (``[0-9A-Z]``, ``[^ ]``, ``\d``, ``.``), each of which may be
followed by ``{n}``; a single one by ``*``, ``+``, ``?``, ``{n,}`` or ``{n,m}``. So there is one place where a
match may be longer or shorter, and each length is tried once. ``\`` before a sign takes it literally. A
pattern always is for the whole value; ``^`` and ``$`` at its ends may be left out.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 256
"""Characters of a pattern, and of the shortest value that it can match."""

_CLASS = r"\[\^?(?:\\.|[^\[\]\\])+\]"
_ATOM = re.compile(
    rf"(?P<atom>\\.|{_CLASS}|[^\\\[\](){{}}*+?|^$])"
    r"(?P<repeat>[*+?]|\{(?P<least>[0-9]{1,3})(?P<comma>,(?P<most>[0-9]{1,3})?)?\})?",
    re.DOTALL,
)
_REPEATS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_DIGITS = frozenset(string.digits)


class PatternError(ValueError):
    """A text is no pattern; the argument is the rest of it from the first sign that cannot be read."""


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """Characters, or with ``is_negated`` all others."""

    characters: frozenset[str]
    is_negated: bool = False

    def intersects(self, other: CharacterSet) -> bool:
        """Tell whether some character is in both."""
        if self.is_negated and other.is_negated:
            return True  # neither leaves out all of Unicode
        if self.is_negated:
            return bool(other.characters - self.characters)
        if other.is_negated:
            return bool(self.characters - other.characters)
        return bool(self.characters & other.characters)


@dataclass(frozen=True, slots=True)
class Part:
    """A character of a pattern or a class of them.

    Attributes:
        source: as the pattern writes it.
        characters: any of which matches.
        least: how often, at least.
        most: how often, at most; None without bound.
    """

    source: str
    characters: CharacterSet
    least: int = 1
    most: int | None = 1


def parse_pattern(text: str) -> tuple[Part, ...]:
    """Parse a pattern.

    Raises:
        PatternError: it is longer than 256 characters, has a sign of other regular expressions, or may vary
            in two places.
    """
    if len(text) > LONGEST:
        raise PatternError(text[LONGEST:])
    body = text.removeprefix("^")
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    parts: list[Part] = []
    position = 0
    while position < len(body):
        match = _ATOM.match(body, position)
        if match is None:
            raise PatternError(body[position:])
        part = Part(match["atom"], _parse_characters(match["atom"], body[position:]), *_parse_repeat(match))
        if _is_variable(part) and any(map(_is_variable, parts)):
            raise PatternError(body[position:])
        parts.append(part)
        position = match.end()
    if sum(max(part.least, part.most or 0) for part in parts) > LONGEST or not parts:
        raise PatternError(body)
    return tuple(parts)


def compile_pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern, to be matched with the whole of a value.

    Raises:
        PatternError: as :func:`parse_pattern`.
    """
    return re.compile("".join(map(_write_part, parse_pattern(text))), re.DOTALL)


def parse_literal(text: str) -> tuple[Part, ...]:
    """Parse a value that has to be equal, as a pattern of its characters."""
    return tuple(Part(character, CharacterSet(frozenset(character))) for character in text)


def intersects(left: tuple[Part, ...], right: tuple[Part, ...]) -> bool:
    """Tell whether some value matches both patterns.

    1. Write each pattern as a row of places, of which some may be skipped and some repeated.
    2. Walk both rows at once, by characters that both allow there, until both end.
    """
    rows = _list_places(left), _list_places(right)  # 1
    waiting, seen = [(0, 0)], {(0, 0)}
    while waiting:  # 2
        position = waiting.pop()
        if position == (len(rows[0]), len(rows[1])):
            return True
        for following in _step(rows, position):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return False


_Row = list[tuple[CharacterSet, bool, bool]]
"""The places of a pattern: what may stand there, whether it may be skipped, whether it may be repeated."""


def _list_places(parts: tuple[Part, ...]) -> _Row:
    row: _Row = []
    for part in parts:
        row += [(part.characters, False, False)] * part.least
        if part.most is None:
            row.append((part.characters, True, True))
        else:
            row += [(part.characters, True, False)] * (part.most - part.least)
    return row


def _step(rows: tuple[_Row, _Row], position: tuple[int, int]) -> Iterator[tuple[int, int]]:
    first, second = position
    left = rows[0][first] if first < len(rows[0]) else None
    right = rows[1][second] if second < len(rows[1]) else None
    if left and left[1]:
        yield first + 1, second
    if right and right[1]:
        yield first, second + 1
    if left and right and left[0].intersects(right[0]):
        yield first + (not left[2]), second + (not right[2])


def _parse_repeat(match: re.Match[str]) -> tuple[int, int | None]:
    if match["repeat"] is None:
        return 1, 1
    if match["least"] is None:
        return _REPEATS[match["repeat"]]
    least = int(match["least"])
    if match["comma"] is None:
        return least, least
    most = int(match["most"]) if match["most"] else None
    if most is not None and most < least:
        raise PatternError(match[0])
    return least, most


def _parse_characters(atom: str, rest: str) -> CharacterSet:
    if atom == ".":
        return CharacterSet(frozenset(), is_negated=True)
    if not atom.startswith("["):
        return CharacterSet(_unescape(atom, rest))
    is_negated = atom.startswith("[^")
    members = re.findall(r"\\.|.", atom[1 + is_negated : -1], re.DOTALL)
    characters: set[str] = set()
    while members:
        first = members.pop(0)
        if len(members) > 1 and members[0] == "-":
            bounds = _unescape(first, rest) | _unescape(members[1], rest)
            low, high = min(bounds), max(bounds)
            if first[-1] > members[1][-1] or len(bounds) > 2 or ord(high) - ord(low) > LONGEST:  # noqa: PLR2004 - two bounds
                raise PatternError(rest)
            characters.update(map(chr, range(ord(low), ord(high) + 1)))
            del members[:2]
        else:
            characters |= _unescape(first, rest)
    return CharacterSet(frozenset(characters), is_negated)


def _unescape(atom: str, rest: str) -> frozenset[str]:
    r"""Return what a character stands for: ``\d`` for the digits, ``\.`` for the sign itself."""
    if atom == r"\d":
        return _DIGITS
    if len(atom) > 1 and atom[1] not in string.punctuation + " ":
        raise PatternError(rest)
    return frozenset(atom[-1])


def _is_variable(part: Part) -> bool:
    return part.least != part.most


def _write_part(part: Part) -> str:
    """Write a part for Python, which knows further escapes that are none here."""
    characters = "".join(map(re.escape, sorted(part.characters.characters)))
    atom = f"[{'^' * part.characters.is_negated}{characters}]" if characters else "."
    return f"{atom}{{{part.least},{'' if part.most is None else part.most}}}"
