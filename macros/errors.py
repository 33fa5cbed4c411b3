"""What is wrong with the facts, said so that an editor can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from typing_extensions import override


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
    message: str

    @override
    def __str__(self) -> str:
        """``file:line: field: message``, the form that editors make clickable."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


class FactsError(Exception):
    """The facts cannot be used; carries every problem found in one run."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, in the order of files and lines.

        Args:
            problems: at least one.
        """
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))
