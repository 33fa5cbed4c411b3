"""Mistakes in the facts, described in both languages so that an editor can correct them.

The words are in ``macros/strings/errors.yaml``.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from typing_extensions import override

from macros import PACKAGE
from macros.model.constraint_error import ConstraintError
from macros.model.language import Language, Message, choose_language


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    Attributes:
        file: path relative to the repository's root.
        line: counted from 1; 0 where the file as a whole is meant.
        field: the keys that lead to the value, joined by dots, e.g. ``renewal.opens.days_before`` or
            ``steps.5(choose-file).do``; may be empty.
        message: what the value is, what was expected, and a valid example.
        source: the line as it stands in the file; empty where no line is meant.
    """

    file: str
    line: int
    field: str
    message: Message
    source: str = ""

    def describe(self, language: Language) -> str:
        """Describe the mistake as ``file:line: field: message``, the form that editors make clickable.

        The line itself follows, where it is known.
        """
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f"{self.field}: " if self.field else ""
        source = f"\n    {self.source}" if self.source else ""
        return f"{place}: {field}{self.message.get(language)}{source}"

    @override
    def __str__(self) -> str:
        """Describe the mistake in the language of whoever runs the command."""
        return self.describe(choose_language())


class FactsError(Exception):
    """The facts cannot be used; carries every problem found in one run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, each once, in the order of files and lines.

        Args:
            problems: none where problems of another file are the reason and have been reported there.
        """
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def format_message(code: str, **values: object) -> Message:
    """Format a message of ``macros/strings/errors.yaml``.

    Args:
        code: of the message.
        values: of its placeholders; of a ``Message`` each language takes its own words.

    Raises:
        KeyError: no such code, or a placeholder without a value.
    """
    return Message(**_load_templates()[code]).fill(**values)


def explain_constraint(error: ConstraintError) -> Message:
    """Format the message about a value that the model refuses.

    Raises:
        KeyError: as :func:`format_message`.
    """
    return format_message(error.code, **error.values)


@functools.cache
def _load_templates() -> dict[str, dict[str, str]]:
    """Read the messages without ``macros.loading.wording``, whose own problems are described in them."""
    path = PACKAGE / "strings" / "errors.yaml"
    templates: dict[str, dict[str, str]] = YAML(typ="safe", pure=True).load(path)
    return templates
