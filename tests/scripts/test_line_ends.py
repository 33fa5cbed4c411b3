"""What a command writes has the same line ends on every system: on Windows, Python's own would be others."""

import ast
from collections.abc import Iterator

import pytest

from tests.support import ROOT

SOURCES = sorted([*(ROOT / "macros").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])


def find_writing_calls(source: str) -> Iterator[ast.Call]:
    """Find the calls that write text into a file."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            modes = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if node.func.attr == "write_text" or (node.func.attr == "open" and "w" in modes):
                yield node


def has_line_ends(call: ast.Call) -> bool:
    """Tell whether a call says which line ends it writes."""
    values = [keyword.value for keyword in call.keywords if keyword.arg == "newline"]
    return any(isinstance(value, ast.Constant) and value.value == "\n" for value in values)


def test_every_text_is_written_with_the_same_line_ends() -> None:
    """Else scripts/ledger, run on Windows, would change every line of its file."""
    calls: list[tuple[str, ast.Call]] = []
    for path in SOURCES:
        calls += ((str(path), call) for call in find_writing_calls(path.read_text(encoding="utf-8")))
    assert len(calls) > 10
    assert [f"{path}:{call.lineno}" for path, call in calls if not has_line_ends(call)] == []


@pytest.mark.parametrize("source", ['p.write_text("a")', 'p.open("w", encoding="utf-8")'])
def test_such_calls_are_found(source: str) -> None:
    """In either form."""
    (call,) = find_writing_calls(source)
    assert not has_line_ends(call)
