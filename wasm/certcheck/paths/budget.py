"""What judging may cost, counted in operations and not by a clock, so that a verdict is the same everywhere.

An operation is about what it takes to look at a candidate: 3 µs in CPython. The whole is divided among the
files, and a file's share among its certificates, evenly. What a share has left goes to the shares after it;
no file or certificate can spend more than its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class BudgetSpentError(Exception):
    """The next step would cost more than is left."""


class Budget:
    """A number of operations.

    Attributes:
        allowed: how many there were.
        remaining: how many are left.
        excess: how many a refused step would have brought it to, and how many were allowed; None where none
            was refused.
    """

    def __init__(self, allowed: int) -> None:
        """Begin with all of them."""
        self.allowed = self.remaining = allowed
        self.excess: tuple[int, int] | None = None

    def spend(self, operations: int) -> None:
        """Take operations before they are done.

        Raises:
            BudgetSpentError: fewer are left; then none is taken.
        """
        if operations > self.remaining:
            self.excess = self.excess or (self.allowed - self.remaining + operations, self.allowed)
            raise BudgetSpentError
        self.remaining -= operations

    @contextmanager
    def share(self, parts: int) -> Iterator[Budget]:
        """Lend an even share of what is left, and take back what of it was not spent.

        Args:
            parts: how many still want a share, this one included.
        """
        part = Budget(self.remaining // parts)
        try:
            yield part
        finally:
            self.remaining -= part.allowed - part.remaining
            self.excess = self.excess or part.excess
