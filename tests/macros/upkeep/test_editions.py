"""A manual's new edition is compared with what cites it: what stays, what is lost, what is new."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.upkeep.editions import Citation, Edition, Section, reconcile


def reconcile_synthetic(root: Path, sections: dict[str, int]) -> dict[str, Section]:
    """Reconcile another edition of the invented manual, whose own has 1 (without numbers) and 2 (three).

    Returns:
        The sections by their names.
    """
    edition = Edition(edition="第3版", sections=sections)
    return {section.name: section for section in reconcile(load_facts(root), "abc-manual", edition)}


def list_unsourced(section: Section) -> set[str]:
    """List the places of facts that have lost their last source there."""
    return {citation.place for citation in section.lost_citations if citation.is_last}


def list_places(citations: Iterable[Citation]) -> set[str]:
    """List the places that cite."""
    return {citation.place for citation in citations}


def test_the_same_sections_lose_nothing(synthetic_root: Path) -> None:
    """A new date alone asks for nothing; who cites a section is listed with it."""
    sections = reconcile_synthetic(synthetic_root, {"1": 0, "2": 3})
    assert not any(section.lost_citations or section.uncited_numbers for section in sections.values())
    assert "abc: renewal" in list_places(sections["1"].kept_citations)
    assert {place.partition("#")[0] for place in list_places(sections["2"].kept_citations)} == {"abc/renew"}


def test_a_number_that_went_takes_the_source_of_who_cited_it(synthetic_root: Path) -> None:
    """The steps that cite lower numbers keep theirs, but the count changed: they are to be compared."""
    before = reconcile_synthetic(synthetic_root, {"1": 0, "2": 3})["2"]
    section = reconcile_synthetic(synthetic_root, {"1": 0, "2": 2})["2"]
    assert (section.before, section.after) == (3, 2)
    third = {citation.place for citation in before.kept_citations if citation.source.step == 3}
    assert third
    assert list_places(section.lost_citations) == third
    assert all(citation.source.step != 3 for citation in section.kept_citations)


def test_a_section_that_went_is_listed_last_with_all_who_cited_it(synthetic_root: Path) -> None:
    """Facts of the authority itself count as steps do: its rule, contacts and marks."""
    sections = reconcile_synthetic(synthetic_root, {"2": 3, "1a": 0})
    assert list(sections) == ["2", "1a", "1"]
    assert (sections["1"].after, sections["1"].kept_citations) == (None, ())
    assert {"abc: renewal", "abc: transfer", "abc: recognise.0"} <= list_unsourced(sections["1"])
    assert sections["1a"].uncited_numbers == (0,)


def test_a_second_source_keeps_a_fact_sourced(synthetic_root: Path) -> None:
    """It is listed as citing what has gone, but not as unsourced."""
    path = synthetic_root / "docs/abc/authority.yaml"
    text = path.read_text(encoding="utf-8")
    source = '{document: abc-manual, section: "1"}'
    old = f"  sources: [{source}]\ntransfer"
    assert old in text
    other_source = '{document: abc-manual, section: "2", step: 1}'
    path.write_text(text.replace(old, f"  sources: [{source}, {other_source}]\ntransfer"), encoding="utf-8")
    section = reconcile_synthetic(synthetic_root, {"2": 3})["1"]
    assert "abc: renewal" in list_places(section.lost_citations)
    assert "abc: renewal" not in list_unsourced(section)


def test_what_a_new_edition_adds_is_named(synthetic_root: Path) -> None:
    """Numbers that nobody cites yet are the editor's work."""
    sections = reconcile_synthetic(synthetic_root, {"1": 0, "2": 5, "3": 2})
    assert (sections["2"].uncited_numbers, sections["3"].uncited_numbers) == ((4, 5), (1, 2))
    assert sections["3"].before is None


def test_the_real_manuals_reconcile_with_themselves(facts: Facts) -> None:
    """Every citation of every fact is found again in the edition that it was made from."""
    for document in facts.documents.values():
        sections = reconcile(facts, document.id, Edition(sections=document.sections))
        assert not [section.name for section in sections if section.lost_citations]
        assert any(section.kept_citations for section in sections)


def test_an_unknown_manual_is_refused(facts: Facts) -> None:
    """Its name is a mistake, not an empty report."""
    with pytest.raises(KeyError):
        reconcile(facts, "no-manual", Edition(sections={}))
