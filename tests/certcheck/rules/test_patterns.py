"""Patterns of names: what they may hold, what they match, and whether two may match the same."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck.rules.patterns import (
    LONGEST,
    PatternError,
    compile_pattern,
    intersects,
    parse_literal,
    parse_pattern,
)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("F[0-9]{6}", "F123456", "F12345"),
        ("^F[0-9]{6}$", "F123456", "xF123456"),
        (r"TSE-CA\d+", "TSE-CA2", "TSE-CA"),
        (r"a\.b", "a.b", "axb"),
        ("a.*b", "a\nb", "ab "),
        ("[^ ]{2,}y", "abxy", "a y"),
        (r"[a\-z]", "-", "b"),
        ("日本{2,3}", "日本本", "日本"),
    ],
)
def test_a_pattern_is_for_the_whole_value(pattern: str, matching: str, other: str) -> None:
    """Characters, classes, counts, and one place that varies."""
    assert compile_pattern(pattern).fullmatch(matching)
    assert not compile_pattern(pattern).fullmatch(other)


@pytest.mark.parametrize(
    ("pattern", "rest"),
    [
        ("a*a*a*a*a*b", "a*a*a*a*b"),
        ("a+b?", "b?"),
        ("(a)", "(a)"),
        ("a|b", "|b"),
        ("a^b", "^b"),
        ("[z-a]", "[z-a]"),
        ("[]", "[]"),
        (r"\w", r"\w"),
        ("a{3,1}", "a{3,1}"),
        ("a**", "*"),
        ("x" * (LONGEST + 1), "x"),
        ("a{200}b{100}", "a{200}b{100}"),
        ("", ""),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, rest: str) -> None:
    """With the rest from the sign on that cannot be taken; two places that vary would take long to match."""
    with pytest.raises(PatternError) as caught:
        parse_pattern(pattern)
    assert str(caught.value) == rest


_ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", "[0-9]", r"\d"])
_FIXED = st.builds(lambda atom, count: f"{atom}{{{count}}}", _ATOMS, st.integers(1, 3))
_VARIABLE = st.builds("{}{}".format, _ATOMS, st.sampled_from(["*", "+", "?", "{1,2}"]))
PATTERNS = st.builds(
    lambda before, middle, after: "".join([*before, middle, *after]),
    st.lists(_FIXED, max_size=2),
    st.one_of(_VARIABLE, _FIXED),
    st.lists(_FIXED, max_size=2),
)


@given(PATTERNS, st.text("ab1", max_size=9))
def test_they_match_as_regular_expressions_do(pattern: str, value: str) -> None:
    """Python's own reading of the same text decides alike."""
    expected = re.fullmatch(pattern, value, re.DOTALL)
    assert bool(compile_pattern(pattern).fullmatch(value)) == bool(expected)


@given(PATTERNS, PATTERNS, st.text("ab1", max_size=6))
def test_what_matches_both_is_known_beforehand(left: str, right: str, value: str) -> None:
    """A value of both proves that they intersect; a value is matched where it intersects as a literal."""
    both = [compile_pattern(pattern).fullmatch(value) is not None for pattern in (left, right)]
    if all(both):
        assert intersects(parse_pattern(left), parse_pattern(right))
    if value:
        assert intersects(parse_pattern(left), parse_literal(value)) == both[0]
