"""The manuals' sections are all kept in the facts, and coverage counts what cites them."""

from pathlib import Path

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.upkeep.coverage import measure_coverage


def test_the_manuals_number_309_things_in_110_sections(facts: Facts) -> None:
    """The list of sections is complete: nobody shortens it to look better."""
    rows = measure_coverage(facts)
    assert len({(row.document, row.section) for row in rows}) == 110
    assert len(rows) == 309


def test_citing_one_step_does_not_cover_the_next(synthetic_root: Path) -> None:
    """Each numbered step counts by itself, and a note's own source counts."""
    path = synthetic_root / "docs/abc/renew.yaml"
    text = path.read_text(encoding="utf-8").replace('section: "2", step: 3', 'section: "2", step: 2')
    path.write_text(text, encoding="utf-8")
    rows = measure_coverage(load_facts(synthetic_root))
    is_cited = {(row.section, row.step): bool(row.cited_by) for row in rows}
    assert is_cited == {("1", None): True, ("2", 1): True, ("2", 2): True, ("2", 3): False}
