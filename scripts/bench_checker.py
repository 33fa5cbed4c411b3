"""The checker's rows of scripts/bench."""

from collections.abc import Sequence

from scripts.measure import Row


def rows(runs: int) -> Sequence[Row]:  # noqa: ARG001
    """Nothing yet."""
    return []
