"""Files made to do harm, of which scripts/prove tries a million: a report, or an error of certcheck's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.certcheck.mutations import Shapes, numbered, outcome, shapes


@pytest.fixture(scope="module")
def made_from() -> Shapes:
    """Return what inputs are made from."""
    return shapes()


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_mutated_files(made_from: Shapes, first: int) -> None:
    """The first inputs of scripts/prove: none raises, takes two seconds, or is unforeseen."""
    for number in range(first, first + 500):
        assert outcome(numbered(number, made_from), made_from.rules).fault is None, number


def test_what_once_went_wrong(made_from: Shapes) -> None:
    """An input that had a fault has none any more."""
    for path in Path(__file__).with_name("regressions").glob("*.bin"):
        assert outcome(path.read_bytes(), made_from.rules).fault is None, path.name
