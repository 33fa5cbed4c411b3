"""The renewal rule as the facts state it, and as certcheck counts it."""

from typing import get_args

from certcheck.rules import terms
from macros.model import renewal_rule


def test_certcheck_counts_by_the_same_units() -> None:
    """A unit that only one side knew could be written and not be counted."""
    assert get_args(renewal_rule.Unit) == get_args(terms.Unit)
