"""A manual's new edition is compared with what cites it: what stays, what is lost, what is new."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.upkeep.editions import Edition, Section, reconcile


def reconcile_synthetic(root: Path, sections: dict[str, int]) -> dict[str, Section]:
    """A synthetic edition of the invented manual, whose present one has 1 (no numbers) and 2 (three)."""
    edition = Edition(edition="第3版", sections=sections)
    return {one.name: one for one in reconcile(load_facts(root), "abc-manual", edition)}


def alone(section: Section) -> set[str]:
    """What has lost its last source there."""
    return {one.place for one in section.lost_citations if one.is_last}


def test_the_same_sections_lose_nothing(synthetic: Path) -> None:
    """A new date alone asks for nothing; who cites a section is listed with it."""
    sections = reconcile_synthetic(synthetic, {"1": 0, "2": 3})
    assert not any(one.lost_citations or one.uncited_numbers for one in sections.values())
    assert "abc: renewal" in {one.place for one in sections["1"].kept_citations}
    assert {one.place.partition("#")[0] for one in sections["2"].kept_citations} == {"abc/renew"}


def test_a_number_that_went_takes_the_source_of_who_cited_it(synthetic: Path) -> None:
    """The steps that cite lower numbers keep theirs, but the count changed: they are to be compared."""
    before = reconcile_synthetic(synthetic, {"1": 0, "2": 3})["2"]
    section = reconcile_synthetic(synthetic, {"1": 0, "2": 2})["2"]
    assert (section.before, section.after) == (3, 2)
    third = {one.place for one in before.kept_citations if one.source.step == 3}
    assert third
    assert {one.place for one in section.lost_citations} == third
    assert all(one.source.step != 3 for one in section.kept_citations)


def test_a_section_that_went_is_listed_last_with_all_who_cited_it(synthetic: Path) -> None:
    """Facts of the authority itself count as steps do: its rule, contacts and marks."""
    sections = reconcile_synthetic(synthetic, {"2": 3, "1a": 0})
    assert list(sections) == ["2", "1a", "1"]
    assert (sections["1"].after, sections["1"].kept_citations) == (None, ())
    assert {"abc: renewal", "abc: transfer", "abc: recognise.0"} <= alone(sections["1"])
    assert sections["1a"].uncited_numbers == (0,)


def test_a_second_source_keeps_a_fact_sourced(synthetic: Path) -> None:
    """It is listed as citing what has gone, but not as unsourced."""
    path = synthetic / "docs/abc/authority.yaml"
    text = path.read_text(encoding="utf-8")
    first = '{document: abc-manual, section: "1"}'
    old = f"  sources: [{first}]\ntransfer"
    assert old in text
    second = '{document: abc-manual, section: "2", step: 1}'
    path.write_text(text.replace(old, f"  sources: [{first}, {second}]\ntransfer"), encoding="utf-8")
    gone = reconcile_synthetic(synthetic, {"2": 3})["1"]
    assert "abc: renewal" in {citation.place for citation in gone.lost_citations}
    assert "abc: renewal" not in alone(gone)


def test_what_a_new_edition_adds_is_named(synthetic: Path) -> None:
    """Numbers that nobody cites yet are the editor's work."""
    sections = reconcile_synthetic(synthetic, {"1": 0, "2": 5, "3": 2})
    assert (sections["2"].uncited_numbers, sections["3"].uncited_numbers) == ((4, 5), (1, 2))
    assert sections["3"].before is None


def test_the_real_manuals_reconcile_with_themselves(facts: Facts) -> None:
    """Every citation of every fact is found again in the edition that it was made from."""
    for document in facts.documents.values():
        sections = reconcile(facts, document.id, Edition(sections=document.sections))
        assert not [one.name for one in sections if one.lost_citations]
        assert any(one.kept_citations for one in sections)


def test_an_unknown_manual_is_refused(facts: Facts) -> None:
    """Its name is a mistake, not an empty report."""
    with pytest.raises(KeyError):
        reconcile(facts, "no-manual", Edition(sections={}))
