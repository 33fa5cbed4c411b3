"""Mistakes at their fields: what loading the facts says of a document, before anything of it is written."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from macros.loading.load import load_facts
from macros.loading.problems import FactsError, Problem
from macros.loading.yaml_file import parse_values
from scripts.editor.documents import Document

_NUMBERED = re.compile(r"(?P<number>\d+)(?:\(.*\))?")
# Files of git and of text editors are no facts.
_IGNORED = shutil.ignore_patterns(".*")


@dataclass(frozen=True)
class FieldProblem:
    """A mistake with the place of its field.

    Attributes:
        file: path relative to the repository's root.
        path: keys and indices, counted from zero, to the field in the document's data; empty for the whole.
        problem: the mistake in the model's words.
    """

    file: str
    path: list[str | int]
    problem: Problem


def find_problems(document: Document, text: str, root: Path) -> list[FieldProblem]:
    """Load all facts with a document's new text in a copy, and return every mistake.

    Args:
        document: may be new.
        text: that it would have.
        root: the repository.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / "docs", copy / "docs", ignore=_IGNORED)
        (copy / document.name).write_text(text, encoding="utf-8", newline="\n")
        try:
            load_facts(copy, with_drafts=True)
        except FactsError as error:
            return list(_locate_problems(error.problems, document, text))
    return []


def _locate_problems(problems: list[Problem], document: Document, text: str) -> Iterator[FieldProblem]:
    data = parse_values_or_none(text)
    for problem in problems:
        path = find_path(problem.field, data) if problem.file == document.name else []
        yield FieldProblem(problem.file, path, problem)


def parse_values_or_none(text: str) -> Any:  # noqa: ANN401 - plain values
    """Parse a document's text into plain values; None where it is no YAML."""
    try:
        return parse_values("", text.encode())
    except FactsError:
        return None


def find_path(field: str, data: Any) -> list[str | int]:  # noqa: ANN401 - plain values
    """Find the keys and indices of a problem's field, ``steps.5(choose-file).do.ja``.

    Args:
        field: counts the entries of lists from one; a key may hold dots itself, as sections do.
        data: of the document; what it lacks is taken as it is written.
    """
    parts, path = field.split(".") if field else [], list[str | int]()
    while parts:
        key: str | int = parts[0]
        length = 1
        if isinstance(data, list):
            match = _NUMBERED.fullmatch(parts[0])
            if not match:
                break
            key = int(match["number"]) - 1
            data = data[key] if 0 <= key < len(data) else None
        elif isinstance(data, dict):
            ends = range(len(parts), 0, -1)
            length = next((end for end in ends if ".".join(parts[:end]) in data), 1)
            key = ".".join(parts[:length])
            data = data.get(key)
        path.append(key)
        parts = parts[length:]
    return path
