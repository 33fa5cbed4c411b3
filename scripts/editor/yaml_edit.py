"""New data written into a YAML text: what did not change stays byte for byte, with comments and order.

1. Match the entries of each old list with those of the new one: by id, else equal ones, else by their order.
2. Copy the text of what is the same; write anew what is not. An entry that moved takes its text along, with
   the comment lines above it.
3. Where an anchor's value changed or went, write out the aliases that repeat it: begin again with that.
4. Read the result: it has to be the new data, and else nothing is written.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from macros.loading.problems import FactsError
from macros.loading.yaml_file import parse_values
from scripts.editor.yaml_fragments import format_entry, format_in_flow, format_item, is_empty, remove_empty
from scripts.editor.yaml_layout import Layout, read_layout

_ID_FIELDS = ("id", "situation")


class EditError(Exception):
    """The data cannot be written into the text."""


class _Entry(NamedTuple):
    """An entry of a block: comment lines above it with its indentation, itself, the rest of its last line."""

    lead: str
    body: str
    tail: str


def edit_yaml(text: str, data: dict[str, Any]) -> str:
    r"""Return the text with new data in it.

    Args:
        text: a file of the facts, with lines that end in ``\n``.
        data: plain values; fields that say nothing may be among them.

    Raises:
        EditError: what would be written is not the data.
        FactsError: the text is no YAML.
    """
    old, layout = parse_values("", text.encode()), read_layout(text)
    aliases = layout.list_names("alias")
    expanded: set[str] = set()
    while True:
        editor = _Editor(text, expanded)
        written = (
            text[: layout.start] + editor.edit_value(layout, old, data) + text[layout.end :]
        )  # 1. and 2.
        broken = (editor.changed_anchors & aliases) - expanded
        if not broken and _is_same(_parse_or_none(written), data):  # 4.
            return written
        if aliases <= expanded:
            raise EditError(written)
        expanded = expanded | (broken or aliases)  # 3.


def _parse_or_none(text: str) -> dict[str, Any] | None:
    try:
        return parse_values("", text.encode())
    except FactsError:  # an entry with an anchor may have moved below its alias
        return None


def _is_same(old: Any, new: Any) -> bool:  # noqa: ANN401 - plain values
    """Tell whether two values say the same."""
    return bool(old == new or remove_empty(old) == remove_empty(new))


class _Editor:
    """One attempt at one text.

    Attributes:
        changed_anchors: names of anchors whose values changed or went.
    """

    def __init__(self, text: str, expanded: set[str]) -> None:
        """Prepare.

        Args:
            text: as it is.
            expanded: names of anchors that are given up: each alias is written out.
        """
        self._text = text
        self._expanded = expanded
        self.changed_anchors: set[str] = set()

    def edit_value(self, layout: Layout, old: Any, new: Any) -> str:  # noqa: ANN401 - plain values
        """Return the text of a mapping or a list, between its start and its end, with its new data."""
        if layout.anchor and not _is_same(old, new):
            self.changed_anchors.add(layout.anchor)
        if layout.is_flow:
            return self._edit_flow(layout, old, new)
        entries = self._edit_mapping(layout, old, new) if layout.kind == "mapping" else None
        entries = self._edit_list(layout, old, new) if entries is None else entries
        return "\n".join("".join(entry) for entry in entries).lstrip(" ")

    def _edit_flow(self, layout: Layout, old: Any, new: Any) -> str:  # noqa: ANN401 - plain values
        written, end = "", layout.start
        for value, key in zip(layout.values, old if isinstance(old, dict) else range(len(old)), strict=True):
            written += self._text[end : value.start]
            end = value.end
            if self._is_copy(value, old[key], new[key]):
                written += self._text[value.start : end]
            elif _has_same_entries(value, old[key], new[key]):
                written += self.edit_value(value, old[key], new[key])
            else:
                self._give_up(value)
                written += format_in_flow(remove_empty(new[key]), value.style)
        return written + self._text[end : layout.end]

    def _edit_mapping(self, layout: Layout, old: dict[str, Any], new: dict[str, Any]) -> list[_Entry]:
        starts = [key.start for key in layout.keys]
        column = self._find_column(starts[0])
        entries: dict[str, _Entry] = {}
        for (name, value), (lead, tail), key, part in zip(
            old.items(), self._split_gaps(layout, starts, column), layout.keys, layout.values, strict=True
        ):
            if name not in new or (is_empty(new[name]) and not is_empty(value)):
                self._give_up(part)
                continue
            body = self._edit_entry(key.start, part, value, new[name])
            if body is None:
                fresh = _indent(format_entry(name, new[name], part.style), column)
                entries[name] = _keep_comment(_Entry(lead, fresh, tail), column)
            else:
                entries[name] = _Entry(lead, body, tail)
        order = list(entries)
        previous = None
        for name, value in new.items():
            if name not in old and not is_empty(value):
                order.insert(order.index(previous) + 1 if previous else 0, name)
                entries[name] = _Entry(" " * column, _indent(format_entry(name, value), column), "")
            previous = name if name in entries else previous
        return [entries[name] for name in order]

    def _edit_list(self, layout: Layout, old: list[Any], new: list[Any]) -> list[_Entry]:
        column = self._find_column(layout.dashes[0])
        gaps = list(self._split_gaps(layout, layout.dashes, column))
        filled = [value for value in new if not is_empty(value)]
        matches = _match_entries(old, filled)
        for index, part in enumerate(layout.values):
            if index not in matches:
                self._give_up(part)
        entries = []
        for match, value in zip(matches, filled, strict=True):
            body, lead, tail = None, " " * column, ""
            if match is not None:
                lead, tail = gaps[match]
                body = self._edit_entry(layout.dashes[match], layout.values[match], old[match], value)
            if body is None:
                fresh = _indent(format_item(value), column)
                entries.append(_keep_comment(_Entry(lead, fresh, tail), column))
            else:
                entries.append(_Entry(lead, body, tail))
        return entries

    def _edit_entry(self, start: int, part: Layout, old: Any, new: Any) -> str | None:  # noqa: ANN401 - plain values
        """Return the text of an entry from its key or dash on; None where its value is to be written anew."""
        if self._is_copy(part, old, new):
            return self._text[start : part.end]
        if not _has_same_entries(part, old, new):
            self._give_up(part)
            return None
        beginning = self._text[start : part.start]
        if part.anchor in self._expanded:
            beginning = beginning.replace(f" &{part.anchor}", "", 1)
        return beginning + self.edit_value(part, old, new)

    def _is_copy(self, part: Layout, old: Any, new: Any) -> bool:  # noqa: ANN401 - plain values
        """Tell whether the text of a value stays as it is."""
        return _is_same(old, new) and not any(inner.anchor in self._expanded for inner in part.walk())

    def _give_up(self, part: Layout) -> None:
        """Note the anchors of a text that goes."""
        self.changed_anchors |= part.list_names("anchor")

    def _find_column(self, index: int) -> int:
        return index - self._text.rfind("\n", 0, index) - 1

    def _split_gaps(self, layout: Layout, starts: Sequence[int], column: int) -> Iterator[tuple[str, str]]:
        """Yield the texts before and after each entry of a block: blanks, line ends, comments.

        A comment line belongs to the entry below, unless it is indented further than that.
        """
        lead = " " * column + self._text[layout.start : starts[0]]
        for value, start in zip(layout.values, [*starts[1:], None], strict=True):
            tail, *lines = self._text[value.end : layout.end if start is None else start].split("\n")
            while len(lines) > 1 and lines[0].startswith(" " * (column + 1)) and lines[0].lstrip()[:1] == "#":
                tail += "\n" + lines.pop(0)
            yield lead, tail
            lead = "\n".join(lines)


def _has_same_entries(part: Layout, old: Any, new: Any) -> bool:  # noqa: ANN401 - plain values
    """Tell whether the entries of a value can be edited one by one."""
    if part.kind == "mapping" and isinstance(old, dict) and isinstance(new, dict):
        names = {name for name, value in new.items() if not is_empty(value)}
        return bool(names) and (not part.is_flow or names == set(old))
    if part.kind == "list" and isinstance(old, list) and isinstance(new, list):
        return bool(new) and (not part.is_flow or len(new) == len(old))
    return False


def _keep_comment(entry: _Entry, column: int) -> _Entry:
    """Move a comment from the end of an entry above it, where several lines would make it text."""
    comment, mark, rest = entry.tail.partition("\n")
    if "\n" not in entry.body or not comment.strip():
        return entry
    return _Entry(f"{entry.lead}{comment.lstrip()}\n{' ' * column}", entry.body, mark + rest)


def _match_entries(old: list[Any], new: list[Any]) -> list[int | None]:
    """Return, for each new entry, the index of the old entry that it replaces; None for an added entry."""
    free = dict.fromkeys(range(len(old)))
    matches: list[int | None] = []
    for entry in new:
        match = _find_match(entry, {index: old[index] for index in free})
        free.pop(-1 if match is None else match, None)
        matches.append(match)
    for position, match in enumerate(matches):
        if match is None and position in free:  # changed where it stands
            free.pop(position)
            matches[position] = position
    return matches


def _find_match(entry: Any, candidates: dict[int, Any]) -> int | None:  # noqa: ANN401 - plain values
    """Find the old entry with the same id, or else one that says the same."""
    name = _find_id(entry)
    same_id = (index for index, old in candidates.items() if name and _find_id(old) == name)
    same_words = (index for index, old in candidates.items() if _is_same(old, entry))
    return next(same_id, next(same_words, None))


def _find_id(entry: Any) -> str:  # noqa: ANN401 - plain values
    if not isinstance(entry, dict):
        return ""
    return next((str(entry[name]) for name in _ID_FIELDS if entry.get(name)), "")


def _indent(text: str, column: int) -> str:
    """Indent every line but the first."""
    return text.replace("\n", "\n" + " " * column)
