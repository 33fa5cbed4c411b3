"""Mutated files, of which scripts/prove tries a million: a report, or a failure that certcheck knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.certcheck.mutation_outcomes import inspect_input
from tests.certcheck.mutation_seeds import Seeds, build_seeds
from tests.certcheck.mutations import mutate


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    """Return the inputs that are mutated."""
    return build_seeds()


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_mutated_files(seeds: Seeds, first: int) -> None:
    """The first inputs of scripts/prove: none raises, takes two seconds, or has an unexpected error."""
    for number in range(first, first + 500):
        assert inspect_input(mutate(number, seeds), seeds.rules).fault is None, number


def test_what_once_went_wrong(seeds: Seeds) -> None:
    """An input that had a fault has none any more."""
    for path in Path(__file__).with_name("regressions").glob("*.bin"):
        assert inspect_input(path.read_bytes(), seeds.rules).fault is None, path.name
