"""Where a value stands: inside its file's data, and as a line of the file."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

# The keys and list indices that lead to a value, in the file's own names.
Location = Sequence[int | str]


class Place(NamedTuple):
    """A line of a file.

    Attributes:
        file: path relative to the repository's root, with ``/``.
        line: counted from 1; 0 where the file as a whole is meant.
    """

    file: str
    line: int


# Finds the place of a location.
Locator = Callable[[Location], Place]
