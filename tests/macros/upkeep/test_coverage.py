"""The manuals' sections are all kept in the facts, and coverage counts what cites them."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.upkeep.coverage import measure_coverage

# Of each edition that the guides were written from: its sections, and what it numbers.
SIZES = {
    "boj-manual": ("Copyright 2023", 31, 121),
    "boj-procedure": (None, 7, 9),
    "fsa-admin-manual": ("改訂", 33, 52),
    "jasdec-guide": ("Version. 3. 10", 7, 55),
    "tse-manual": ("Ver. 1.8", 32, 72),
}


@pytest.mark.parametrize("document_id", SIZES)
def test_the_list_of_sections_is_complete(facts: Facts, document_id: str) -> None:
    """Nobody shortens it to look better; a later edition has a list of its own."""
    edition, sections, numbered = SIZES[document_id]
    document = facts.documents[document_id]
    if document.edition != edition:
        pytest.skip(f"counted in {edition}, docs/ has {document.edition}")
    rows = [row for row in measure_coverage(facts) if row.document == document_id]
    assert (len(document.sections), len(rows)) == (sections, numbered)


def test_citing_one_step_does_not_cover_the_next(synthetic_root: Path) -> None:
    """Each numbered step counts by itself, and a note's own source counts."""
    path = synthetic_root / "docs/abc/renew.yaml"
    text = path.read_text(encoding="utf-8").replace('section: "2", step: 3', 'section: "2", step: 2')
    path.write_text(text, encoding="utf-8")
    rows = measure_coverage(load_facts(synthetic_root))
    is_cited = {(row.section, row.step): bool(row.cited_by) for row in rows}
    assert is_cited == {("1", None): True, ("2", 1): True, ("2", 2): True, ("2", 3): False}
