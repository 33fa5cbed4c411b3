"""What a new edition of a manual does to the facts: which keep their sources, and which lose them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from macros.model.evidence import Evidence, Fact, Source, Words, walk
from macros.model.facts import Facts


class Edition(Fact):
    """The new edition, as an editor lists it: as a document in ``authority.yaml``, but without its names."""

    edition: Words | None = Field(default=None, examples=["Ver. 1.9"])
    date: dt.date | None = Field(default=None, examples=["2027-01-17"])
    sections: dict[str, int] = Field(examples=[{"5.1.1(1)": 8}])


@dataclass(frozen=True)
class Citation:
    """Where the manual is cited.

    Attributes:
        place: ``tse/renew#choose-file``, or ``tse: renewal`` for a fact of the authority itself.
        source: the place in the manual.
        is_last: no source of the same fact is left in the new edition.
    """

    place: str
    source: Source
    is_last: bool


@dataclass(frozen=True)
class Section:
    """A section before and after.

    Attributes:
        name: as the manual numbers it.
        before: how many steps it numbered; None where it is new.
        after: how many it numbers now; None where it has gone.
        kept_citations: they still lead somewhere; where the numbers changed, each has to be compared.
        lost_citations: of what is no longer there.
        uncited_numbers: steps that nothing cites; ``(0,)`` where the section numbers none and is not cited.
    """

    name: str
    before: int | None
    after: int | None
    kept_citations: tuple[Citation, ...]
    lost_citations: tuple[Citation, ...]
    uncited_numbers: tuple[int, ...]


def reconcile(facts: Facts, document: str, edition: Edition) -> list[Section]:
    """Compare every section of either edition: the new one's in its order, then those that have gone.

    Args:
        facts: which rest on the old edition.
        document: the manual's id.
        edition: the new one.

    Raises:
        KeyError: the facts know no such manual.
    """
    old, new = facts.documents[document].sections, edition.sections
    citations: dict[str, list[Citation]] = {name: [] for name in (*new, *old)}
    for citation in _list_citations(facts, document, new):
        if citation.source.document == document and citation.source.section in citations:
            citations[citation.source.section].append(citation)
    return [_compare_section(name, old.get(name), new.get(name), citations[name]) for name in citations]


def _compare_section(name: str, before: int | None, after: int | None, citations: list[Citation]) -> Section:
    sections = {} if after is None else {name: after}
    kept_citations = tuple(
        citation for citation in citations if _has_section_and_step(citation.source, sections)
    )
    lost_citations = tuple(citation for citation in citations if citation not in kept_citations)
    cited = {citation.source.step or 0 for citation in kept_citations}
    uncited = tuple(number for number in _list_numbers(after) if number not in cited)
    return Section(name, before, after, kept_citations, lost_citations, uncited)


def _list_numbers(count: int | None) -> list[int]:
    """List the numbers to be cited; 0 stands for a section that numbers no steps.

    As scripts/coverage counts: a section that numbers steps is covered when each of them is cited.
    """
    if count is None:
        return []
    return list(range(1, count + 1)) if count else [0]


def _list_citations(facts: Facts, document: str, sections: dict[str, int]) -> Iterator[Citation]:
    """List each source of each fact once, however many notes of a step repeat it."""
    citations: dict[Citation, None] = {}
    for place, fact in _list_evidence(facts):
        has_source = any(
            source.document != document or _has_section_and_step(source, sections) for source in fact.sources
        )
        citations |= {Citation(place, source, is_last=not has_source): None for source in fact.sources}
    yield from citations


def _list_evidence(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    """List every fact that names sources, with its place."""
    for page in facts.pages:
        for step in page.guide.steps:
            for _, part in walk(step):
                if isinstance(part, Evidence):
                    yield f"{page.ref}#{step.id}", part
    for folder in facts.authorities:
        answers = [folder.answers.answers] if folder.answers else []
        for model in (folder.authority, *answers):
            for location, part in walk(model):
                if isinstance(part, Evidence):
                    yield f"{folder.id}: {'.'.join(map(str, location))}", part


def _has_section_and_step(source: Source, sections: dict[str, int]) -> bool:
    return source.section in sections and (source.step or 0) <= sections[source.section]
