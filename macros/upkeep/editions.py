"""What a new edition of a manual does to the facts: whose sources stay, and who loses them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from macros.model.facts import Facts
from macros.model.guide import Evidence, Fact, Source, Words, walk


class Edition(Fact):
    """The new edition, as an editor lists it: as a document in ``authority.yaml``, but without its names."""

    edition: Words | None = Field(default=None, examples=["Ver. 1.9"])
    date: dt.date | None = Field(default=None, examples=["2027-01-17"])
    sections: dict[str, int] = Field(examples=[{"5.1.1(1)": 8}])


@dataclass(frozen=True)
class Citation:
    """Where the manual is cited.

    Attributes:
        where: ``tse/renew#choose-file``, or ``tse: renewal`` for a fact of the authority itself.
        source: the place in the manual.
        alone: no other source of the same fact is left in the new edition.
    """

    where: str
    source: Source
    alone: bool


@dataclass(frozen=True)
class Section:
    """A section before and after.

    Attributes:
        name: as the manual numbers it.
        before: how many steps it numbered; None where it is new.
        after: how many it numbers now; None where it has gone.
        kept: citations that still lead somewhere; where the numbers changed, each has to be compared.
        lost: citations of what is there no more.
        uncited: numbers that nobody cites; ``[0]`` where the section numbers none and nobody cites it.
    """

    name: str
    before: int | None
    after: int | None
    kept: tuple[Citation, ...]
    lost: tuple[Citation, ...]
    uncited: tuple[int, ...]


def reconciled(facts: Facts, document: str, edition: Edition) -> list[Section]:
    """Every section of either edition: the new one's in its order, then those that have gone.

    Args:
        facts: which rest on the old edition.
        document: the manual's id.
        edition: the new one.

    Raises:
        KeyError: the facts know no such manual.
    """
    old, new = facts.documents()[document].sections, edition.sections
    citations = [one for one in _citations(facts, document, new) if one.source.document == document]
    return [
        _section(name, old.get(name), new.get(name), [one for one in citations if one.source.section == name])
        for name in dict.fromkeys([*new, *old])
    ]


def _section(name: str, before: int | None, after: int | None, citations: list[Citation]) -> Section:
    kept = tuple(one for one in citations if _is_there(one.source, {} if after is None else {name: after}))
    lost = tuple(one for one in citations if one not in kept)
    cited = {one.source.step or 0 for one in kept}
    # As scripts/coverage counts: a section that numbers steps is covered when each of them is cited.
    numbers = [] if after is None else range(1, after + 1) if after else [0]
    return Section(
        name, before, after, kept, lost, tuple(number for number in numbers if number not in cited)
    )


def _citations(facts: Facts, document: str, sections: dict[str, int]) -> Iterator[Citation]:
    """Each source of each fact once, however many notes of a step repeat it."""
    found: dict[Citation, None] = {}
    for where, fact in _facts(facts):
        left = [one for one in fact.sources if one.document != document or _is_there(one, sections)]
        found |= {Citation(where, source, alone=not left): None for source in fact.sources}
    yield from found


def _facts(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    for page in facts.pages():
        for step in page.guide.steps:
            for _, part in walk(step):
                if isinstance(part, Evidence):
                    yield f"{page.ref}#{step.id}", part
    for folder in facts.authorities:
        answers = [folder.answers.answers] if folder.answers else []
        for model in (folder.authority, *answers):
            for at, part in walk(model):
                if isinstance(part, Evidence):
                    yield f"{folder.id}: {'.'.join(map(str, at))}", part


def _is_there(source: Source, sections: dict[str, int]) -> bool:
    return source.section in sections and (source.step or 0) <= sections[source.section]
