"""All facts together, and how one finds one's way among them."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import BaseModel

from macros.loading.yamlfile import Place
from macros.model.authority import Authority, Document
from macros.model.freshness_limits import Limits
from macros.model.guide import Axis, Guide, Option, Step, walk
from macros.model.language import Language
from macros.model.situations import Answers, Situations

LANGUAGES: tuple[Language, ...] = ("ja", "en")
SHARED = "shared"
_REFERENCE = re.compile(r"^(?P<page>[a-z0-9-]+/[a-z0-9-]+)(?:#(?P<step>[a-z0-9-]+))?$")


class Reference(NamedTuple):
    """``boj/renew#open-site``: a guide, and perhaps a step of it."""

    page: str
    step: str | None


def parse_reference(text: str) -> Reference | None:
    """Read a reference; None when it is not of that form."""
    match = _REFERENCE.match(text)
    return Reference(match["page"], match["step"]) if match else None


@dataclass(frozen=True)
class GuidePage:
    """A guide with its address.

    Attributes:
        folder: the authority's id, or ``shared``.
        id: the file's name without its ending.
        place: file and line of a location inside the guide's YAML.
    """

    folder: str
    id: str
    guide: Guide
    place: Place = field(compare=False)

    @property
    def ref(self) -> str:
        """``boj/renew``."""
        return f"{self.folder}/{self.id}"

    @functools.cached_property
    def parts(self) -> list[BaseModel]:
        """Every model in the guide; each page that shows it asks, in each language."""
        return [part for _, part in walk(self.guide)]

    def step(self, step_id: str) -> Step | None:
        """The step of that id."""
        return next((step for step in self.guide.steps if step.id == step_id), None)


@dataclass(frozen=True)
class AuthorityFolder:
    """An authority with its guides in the order in which they are offered."""

    id: str
    authority: Authority
    guides: list[GuidePage]
    place: Place = field(compare=False)
    answers: "AnswersFile | None" = None


@dataclass(frozen=True)
class AnswersFile:
    """An authority's answers to what happened, with their places."""

    answers: Answers
    place: Place = field(compare=False)


@dataclass(frozen=True)
class Facts:
    """Everything that ``docs/`` states.

    Attributes:
        authorities: in the order of their folders' names.
        shared: guides of no authority.
        axes: what guides can vary by.
        situations: what may have happened, in the words of the start page.
        limits: how long facts count as checked.
        unreadable: folder and name of each file with mistakes; a link to it, or its use, is no second one.
    """

    authorities: list[AuthorityFolder]
    shared: list[GuidePage]
    axes: list[Axis]
    situations: Situations | None = None
    limits: Limits | None = None
    unreadable: frozenset[str] = frozenset()

    def pages(self) -> Iterator[GuidePage]:
        """Every guide, authority by authority, then the shared ones."""
        for folder in self.authorities:
            yield from folder.guides
        yield from self.shared

    def page(self, ref: str) -> GuidePage | None:
        """The guide with that reference."""
        return self._by_ref.get(ref)

    @functools.cached_property
    def _by_ref(self) -> dict[str, GuidePage]:
        """Every link asks: looking through all pages would take a time that grows with their square."""
        return {page.ref: page for page in self.pages()}

    def documents(self) -> dict[str, Document]:
        """Every manual by its id."""
        return {
            document.id: document for folder in self.authorities for document in folder.authority.documents
        }

    def option(self, variant: str) -> tuple[Axis, Option] | None:
        """The axis and option of a variant's id."""
        found = ((axis, option) for axis in self.axes for option in axis.options if option.id == variant)
        return next(found, None)
