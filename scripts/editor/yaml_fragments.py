"""New values as YAML, in the style of the facts' files: ruamel quotes and writes, this chooses the form."""

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

# A mapping or list of single values stands on one line up to this length, as ruff has it for code.
_LONGEST_LINE = 110
_STYLES = {'"': DoubleQuotedScalarString, "'": SingleQuotedScalarString, ">": FoldedScalarString}


def is_empty(value: Any) -> bool:  # noqa: ANN401 - plain values
    """Tell whether a value says nothing: a field of the form that nobody filled in."""
    if isinstance(value, dict | list):
        return all(map(is_empty, value.values() if isinstance(value, dict) else value))
    return value is None or value == ""


def remove_empty(value: Any) -> Any:  # noqa: ANN401 - plain values
    """Remove what says nothing, at any depth."""
    if isinstance(value, dict):
        entries = {key: remove_empty(entry) for key, entry in value.items()}
        return {key: entry for key, entry in entries.items() if not is_empty(entry)}
    if isinstance(value, list):
        return [entry for entry in map(remove_empty, value) if not is_empty(entry)]
    return value


def format_entry(key: str, value: Any, style: str | None = None) -> str:  # noqa: ANN401 - plain values
    """Format a mapping's entry at column 0, without the end of the last line.

    Args:
        key: of the entry.
        value: plain values; what says nothing in it is left out.
        style: of a scalar's quotes, as the layout of the old value has it.
    """
    return _dump(CommentedMap({key: _choose_form(remove_empty(value), style)}))


def format_item(value: Any) -> str:  # noqa: ANN401 - plain values
    """Format a list's entry with its dash at column 0, without the end of the last line."""
    lines = _dump(CommentedSeq([_choose_form(remove_empty(value))])).splitlines()
    return "\n".join(line.removeprefix("  ") for line in lines)


def format_in_flow(value: Any, style: str | None = None) -> str:  # noqa: ANN401 - plain values
    """Format a value for a place within ``{}`` or ``[]``, on one line."""
    quoted = value if style == ">" else _quote(value, style)
    return _dump(_flow(CommentedSeq([_convert_to_flow(quoted)])))[1:-1]


def _dump(node: CommentedMap | CommentedSeq) -> str:
    yaml = YAML()
    yaml.width = 1 << 16
    yaml.indent(mapping=2, sequence=4, offset=2)
    output = io.StringIO()
    yaml.dump(node, output)
    return output.getvalue().rstrip("\n")


def _choose_form(value: Any, style: str | None = None) -> Any:  # noqa: ANN401 - plain values
    """Choose one line for short collections of single values, and lines of their own for others."""
    if isinstance(value, dict):
        return _flow_if_short(CommentedMap({key: _choose_form(entry) for key, entry in value.items()}))
    if isinstance(value, list):
        return _flow_if_short(CommentedSeq([_choose_form(entry) for entry in value]))
    return _quote(value, style)


def _flow_if_short(node: CommentedMap | CommentedSeq) -> CommentedMap | CommentedSeq:
    values = node.values() if isinstance(node, CommentedMap) else node
    if any(isinstance(value, (dict, list, LiteralScalarString)) for value in values):
        return node
    plain = type(node)(node)
    return _flow(node) if len(_dump(_flow(plain))) <= _LONGEST_LINE else node


def _convert_to_flow(value: Any) -> Any:  # noqa: ANN401 - plain values
    if isinstance(value, dict):
        return _flow(CommentedMap({key: _convert_to_flow(entry) for key, entry in value.items()}))
    if isinstance(value, list):
        return _flow(CommentedSeq([_convert_to_flow(entry) for entry in value]))
    return value


def _flow(node: CommentedMap | CommentedSeq) -> CommentedMap | CommentedSeq:
    node.fa.set_flow_style()
    return node


def _quote(value: Any, style: str | None) -> Any:  # noqa: ANN401 - plain values
    if not isinstance(value, str):
        return value
    if "\n" in value:
        return LiteralScalarString(value)
    return _STYLES[style](value) if style in _STYLES else value
