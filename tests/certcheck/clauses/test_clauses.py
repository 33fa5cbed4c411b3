"""Paths for each clause of RFC 5280; ``scripts/prove agreement`` asks two other judges of all of them."""

from __future__ import annotations

import pytest

from tests.certcheck.clauses.agreement import (
    ClauseCase,
    judge_with_certcheck,
    judge_with_library,
    judge_with_openssl,
    list_cases,
)
from tests.support import ROOT
from tests.support.slices import take_slice

CASES = list_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.clause} {case.case.drawing}")
def test_what_rfc_5280_demands(case: ClauseCase) -> None:
    """A path that keeps the clause is trusted without a problem; else the problem is the clause's."""
    assert judge_with_certcheck(case.case) == case.case.code


def test_each_clause_is_kept_and_broken() -> None:
    """No judge passes by accepting all paths, or by refusing all."""
    clauses = {clause for clause, _ in CASES}
    assert {clause for clause, case in CASES if case.code is None} == clauses
    assert {clause for clause, case in CASES if case.code} == clauses


@pytest.mark.parametrize("case", take_slice(CASES, 5), ids=lambda case: f"{case.clause} {case.case.drawing}")
def test_the_table_of_agreement(case: ClauseCase) -> None:
    """docs-dev/agreement.md says which judges contradict RFC 5280; no other of them does."""
    line = next(
        line
        for line in (ROOT / "docs-dev/agreement.md").read_text(encoding="utf-8").splitlines()
        if line.startswith(f"| {case.clause} | {case.case.drawing} |")
    )
    *_, own, by_openssl, by_library, _ = (cell.strip() for cell in line.split("|"))
    is_broken = case.case.code is not None
    assert not own.startswith("**")
    for cell, error in (
        (by_openssl, judge_with_openssl(case.case)),
        (by_library, judge_with_library(case.case)),
    ):
        assert cell.startswith("**") == (bool(error) != is_broken), (cell, error)
