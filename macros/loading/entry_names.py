"""Where a mistake is, as a person counts and names: ``steps.5(choose-file).do.ja``, not ``steps.4.do.ja``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from macros.loading.problems import FactsError, Problem
from macros.loading.yaml_file import read_yaml

# Characters of a line that are quoted.
_LONGEST_LINE = 100
# The beginning of a text in the lines below it (YAML 1.2, 8.1).
_FOLDED = re.compile(r": [>|][+-]?$")
# What names an entry of a list, the first that it has.
_NAMES = ("id", "use", "situation")


def show_place(problem: Problem, root: Path) -> Problem:
    """Count the entries of lists from one, with the name that each has in its file; and quote the line.

    Args:
        problem: its field counts from zero.
        root: the repository.
    """
    path = root / problem.file
    values: Any = None
    if path.is_file() and path.suffix == ".yaml":
        try:
            values = read_yaml(path, root).values
        except FactsError:
            values = None  # it could not be read: that is the problem
    field = ".".join(_name_parts(problem.field.split("."), values))
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
    if not 0 < problem.line <= len(lines):
        return replace(problem, field=field)
    line = _find_quoted_line(lines, problem)
    return replace(problem, field=field, line=line, source=lines[line - 1].strip()[:_LONGEST_LINE])


def _find_quoted_line(lines: list[str], problem: Problem) -> int:
    """Find the line of a folded text that holds what the message quotes; else the problem's own line."""
    first = lines[problem.line - 1]
    quoted = re.findall('"([^"]+)"', problem.message.ja)
    if not quoted or not _FOLDED.search(first):
        return problem.line
    for number, line in enumerate(lines[problem.line :], problem.line + 1):
        if line.strip() and _measure_indent(line) <= _measure_indent(first):
            break
        if any(words in line for words in quoted):
            return number
    return problem.line


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _name_parts(parts: Sequence[str], values: Any) -> list[str]:  # noqa: ANN401 - plain YAML values
    """Name each part of a field; a key may hold dots itself, as sections do."""
    if not parts:
        return []
    if isinstance(values, list) and parts[0].isdecimal():
        index = int(parts[0])
        entry = values[index] if index < len(values) else None
        return [f"{index + 1}{_find_name(entry)}", *_name_parts(parts[1:], entry)]
    if isinstance(values, dict):
        for end in range(len(parts), 0, -1):
            key = ".".join(parts[:end])
            if key in values:
                return [key, *_name_parts(parts[end:], values[key])]
    return list(parts)


def _find_name(entry: Any) -> str:  # noqa: ANN401 - plain YAML values
    names = (entry.get(name) for name in _NAMES) if isinstance(entry, dict) else ()
    name = next((name for name in names if isinstance(name, str)), None)
    return f"({name})" if name else ""
