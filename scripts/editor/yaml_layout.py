"""Where each value of a YAML text stands, from ruamel's events: what an edit leaves as it is, it copies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamStartEvent,
)

_BLOCK_STYLES = ("|", ">")
_DASH = re.compile(r"(?<![^\s])-(?=\s)")
_LINE_END_COMMENT = re.compile(r"[ \t]+#[^\n]*")
_COMMENT_LINE = re.compile(r"[ \t]*#[^\n]*\n")


@dataclass
class Layout:
    """One value, or one key, and the part of the text that it takes.

    Attributes:
        kind: what it is.
        start: index of its first character. Of a block mapping that is its first key; of a block list its
            first dash, or the comment lines above that.
        end: index after its last character that is not white space; of a block after its last line's comment.
        is_flow: whether it is a mapping in ``{}`` or a list in ``[]``.
        style: of a scalar: its quote, ``|``, ``>``, or nothing.
        anchor: the name by which aliases repeat it; of an alias the name of what it repeats.
        keys: of a mapping.
        values: of a mapping or a list, in their order.
        dashes: of a block list: the index of each entry's dash.
    """

    kind: Literal["mapping", "list", "scalar", "alias"]
    start: int
    end: int
    is_flow: bool = False
    style: str | None = None
    anchor: str | None = None
    keys: list["Layout"] = field(default_factory=list)
    values: list["Layout"] = field(default_factory=list)
    dashes: list[int] = field(default_factory=list)

    def walk(self) -> Iterator["Layout"]:
        """Yield this value and every value in it."""
        yield self
        for value in self.values:
            yield from value.walk()

    def list_names(self, kind: str) -> set[str]:
        """List the anchors in it: those of ``alias``, or of the other kinds for any other word."""
        return {
            part.anchor for part in self.walk() if part.anchor and (part.kind == "alias") == (kind == "alias")
        }


def read_layout(text: str) -> Layout:
    """Read the layout of a text's only document.

    Raises:
        ruamel.yaml.error.YAMLError: it is no YAML.
        ValueError: it holds no document.
    """
    events = iter(YAML().parse(text))
    for event in events:
        if not isinstance(event, (StreamStartEvent, DocumentStartEvent)):
            return _read_value(text, event, events)
    raise ValueError("no document")


def _read_value(text: str, event: Any, events: Iterator[Any]) -> Layout:  # noqa: ANN401 - ruamel has no types for events
    start, end, anchor = event.start_mark.index, event.end_mark.index, event.anchor
    if isinstance(event, ScalarEvent):
        if event.style in _BLOCK_STYLES:  # ruamel ends it where the next token begins
            end = start + len(text[start:end].rstrip())
        return Layout("scalar", start, end, style=event.style, anchor=anchor)
    if isinstance(event, AliasEvent):
        return Layout("alias", start, end, anchor=anchor)
    kind: Literal["mapping", "list"] = "mapping" if isinstance(event, MappingStartEvent) else "list"
    layout = Layout(kind, start, end, is_flow=bool(event.flow_style), anchor=anchor)
    for entry in events:
        if isinstance(entry, (MappingEndEvent, SequenceEndEvent)):
            layout.end = entry.end_mark.index
            break
        if kind == "mapping":
            layout.keys.append(_read_value(text, entry, events))
        layout.values.append(_read_value(text, next(events) if kind == "mapping" else entry, events))
    if not layout.is_flow:
        _find_borders(text, layout)
    return layout


def _find_borders(text: str, layout: Layout) -> None:
    """Find where a block begins and ends: its events tell where the next token is."""
    layout.end = layout.values[-1].end
    if comment := _LINE_END_COMMENT.match(text, layout.end):
        layout.end = comment.end()
    if layout.kind == "mapping":
        layout.start = layout.keys[0].start
        return
    begin = layout.start
    for value in layout.values:
        # Comment lines between two entries may hold dashes, too: the entry's own is the last.
        *_, dash = _DASH.finditer(text, begin, value.start)
        layout.dashes.append(dash.start())
        begin = value.end
    layout.start = _skip_comment_lines_back(text, layout.dashes[0])


def _skip_comment_lines_back(text: str, index: int) -> int:
    """Return the index of the first of the comment lines right above a line, or the line's own index."""
    start = index
    line_start = text.rfind("\n", 0, index) + 1
    while line_start:
        above = text.rfind("\n", 0, line_start - 1) + 1
        if text[line_start:index].strip() or not _COMMENT_LINE.fullmatch(text[above:line_start]):
            break
        index = line_start = above
        start = above + len(text[above:]) - len(text[above:].lstrip(" \t"))
    return start
