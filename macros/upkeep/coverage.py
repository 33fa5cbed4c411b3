"""Which sections and numbered steps of the manuals the guides cite, and which nobody does."""

from collections.abc import Iterator
from dataclasses import dataclass

from macros.model.authority import Document
from macros.model.facts import Facts
from macros.model.guides import Step


@dataclass(frozen=True)
class CoverageRow:
    """One thing that a manual numbers: a step of a section, or a section that numbers no steps.

    Attributes:
        document: the manual's id.
        section: as the manual numbers it.
        step: counted from 1; None where the section as a whole counts.
        cited_by: the steps of the site that cite it, e.g. ``boj/renew#open-site``.
    """

    document: str
    section: str
    step: int | None
    cited_by: tuple[str, ...]


def measure_coverage(facts: Facts) -> list[CoverageRow]:
    """List every row of every manual in its order. Citing one step of a section does not cover the others."""
    citations: dict[tuple[str, str, int | None], list[str]] = {}
    for page in facts.pages:
        for step in page.guide.steps:
            for source in _list_sources(step):
                citations.setdefault(source, []).append(f"{page.ref}#{step.id}")
    rows: list[CoverageRow] = []
    for document in facts.documents.values():
        for section, number in _list_numbers(document):
            cited_by = dict.fromkeys(citations.get((document.id, section, number), []))
            rows.append(CoverageRow(document.id, section, number, tuple(cited_by)))
    return rows


def _list_sources(step: Step) -> Iterator[tuple[str, str, int | None]]:
    for evidence in (step, *step.notes, *step.if_not):
        for source in evidence.sources:
            yield source.document, source.section, source.step


def _list_numbers(document: Document) -> Iterator[tuple[str, int | None]]:
    """List each section with each of its steps; with None where it numbers none."""
    for section, count in document.sections.items():
        if count:
            yield from ((section, number) for number in range(1, count + 1))
        else:
            yield section, None
