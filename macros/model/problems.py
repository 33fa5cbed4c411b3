"""What is wrong with the facts, said in either language so that an editor can mend it."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from ruamel.yaml import YAML
from typing_extensions import override

from macros import PACKAGE
from macros.model.language import Language, Message, choose_language


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    Attributes:
        file: path relative to the repository's root.
        line: counted from 1; 0 where the file as a whole is meant.
        field: the dotted way to the value, e.g. ``renewal.opens.days_before``; may be empty.
        message: what it is, what was expected, and a valid example.
    """

    file: str
    line: int
    field: str
    message: Message

    def told(self, language: Language) -> str:
        """``file:line: field: message``, the form that editors make clickable."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        message = self.message.get(language)
        return f"{place}: {self.field}: {message}" if self.field else f"{place}: {message}"

    @override
    def __str__(self) -> str:
        """The same in the language of whoever runs the command."""
        return self.told(choose_language())


class FactsError(Exception):
    """The facts cannot be used; carries every problem found in one run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, in the order of files and lines.

        Args:
            problems: none where those of another file are the reason.
        """
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Objection(ValueError):  # noqa: N818 - pydantic asks for a ValueError; it is the model that objects
    """What a rule of the model has against a value, by the message's code."""

    def __init__(self, code: str, **values: object) -> None:
        """Say it.

        Args:
            code: in ``macros/strings/errors.yaml``.
            values: of the message's placeholders.
        """
        self.said = say(code, **values)
        super().__init__(self.said.en)


def say(code: str, **values: object) -> Message:
    """Return a message of ``macros/strings/errors.yaml`` with its placeholders filled.

    A value that is itself a :class:`Message` fills each language with its own words.

    Raises:
        KeyError: no such code, or a placeholder without a value.
    """
    return _read_messages()[code].fill(**values)


@functools.cache
def _read_messages() -> dict[str, Message]:
    """Read the messages without ``macros.loading.wording``, whose own mistakes are told in them."""
    messages = YAML(typ="safe", pure=True).load(PACKAGE / "strings" / "errors.yaml")
    return {code: Message(**words) for code, words in messages.items()}
