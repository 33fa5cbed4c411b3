"""All facts together, and how pages, steps, manuals and variants are found among them."""

import functools
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import BaseModel

from macros.model.authority import Authority, Document
from macros.model.evidence import walk
from macros.model.freshness_limits import FreshnessLimits
from macros.model.glossary import Glossary
from macros.model.guides import Axis, Guide, Option, Step
from macros.model.language import Language
from macros.model.location import Locator
from macros.model.pfx_programs import PfxProgram
from macros.model.site import Site
from macros.model.situations import Answers, Situations
from macros.model.synonyms import Synonyms
from macros.model.withdrawals import Withdrawal, Withdrawals

LANGUAGES: tuple[Language, ...] = ("ja", "en")
# The folder of what belongs to no authority.
SHARED = "shared"
# The id of an authority's page of contacts.
CONTACTS = "contacts"
# Pages that are not guides and may be linked to from any text.
STANDALONE_PAGES = frozenset({"check", "index"})
_REFERENCE = re.compile(r"^(?P<page>[a-z0-9-]+/[a-z0-9-]+)(?:#(?P<step>[a-z0-9-]+))?$")


class Reference(NamedTuple):
    """A guide, and perhaps a step of it: ``boj/renew#open-site``."""

    page: str
    step: str | None


def parse_reference(text: str) -> Reference | None:
    """Parse a reference; None when the text is not of that form."""
    match = _REFERENCE.match(text)
    return Reference(match["page"], match["step"]) if match else None


@dataclass(frozen=True)
class GuidePage:
    """A guide with its address.

    Attributes:
        folder: the authority's id, or ``shared``.
        id: the file's name without its ending.
        guide: what the file says.
        locate: finds the file and line of a location inside the guide's YAML.
    """

    folder: str
    id: str
    guide: Guide
    locate: Locator = field(compare=False)

    @property
    def ref(self) -> str:
        """The reference of the page, ``boj/renew``."""
        return f"{self.folder}/{self.id}"

    @functools.cached_property
    def parts(self) -> list[BaseModel]:
        """Every model in the guide; cached, since each page that shows it needs them, in each language."""
        return [part for _, part in walk(self.guide)]

    def find_step(self, step_id: str) -> Step | None:
        """Find the step of that id."""
        return next((step for step in self.guide.steps if step.id == step_id), None)


@dataclass(frozen=True)
class AnswersFile:
    """An authority's answers to what happened, with their places."""

    answers: Answers
    locate: Locator = field(compare=False)


@dataclass(frozen=True)
class AuthorityFolder:
    """An authority with its guides in the order in which they are offered."""

    id: str
    authority: Authority
    guides: list[GuidePage]
    locate: Locator = field(compare=False)
    answers: AnswersFile | None = None


class PictureSize(NamedTuple):
    """Width and height of a picture, in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class WithdrawalsFile:
    """What the site takes back, with its places.

    Attributes:
        withdrawals: what the file says.
        locate: finds the line of a value.
    """

    withdrawals: Withdrawals
    locate: Locator = field(compare=False)


@dataclass(frozen=True)
class Facts:
    """Everything that ``docs/`` states.

    Attributes:
        authorities: in the order of their folders' names.
        shared: guides of no authority.
        axes: what guides can vary by.
        situations: what may have happened, in the words of the start page.
        limits: how long facts count as checked.
        glossary: one word for one thing.
        pfx_programs: programs that refuse files for their algorithms.
        withdrawn: what was said and is taken back; None without such a file.
        synonyms: words that the search takes for the same.
        unreadable: folder and name of each file with mistakes; a link to it, or its use, is no second one.
        drafts: folder and name of each file that is kept off the site.
        site: whose site it is; None for the project's own.
        hidden: ids of the authorities that the site does not show.
        pictures: sizes of the steps' pictures, by path below ``docs/``.
    """

    authorities: list[AuthorityFolder]
    shared: list[GuidePage]
    axes: list[Axis]
    situations: Situations | None = None
    limits: FreshnessLimits | None = None
    glossary: Glossary | None = None
    pfx_programs: list[PfxProgram] = field(default_factory=list)
    withdrawn: WithdrawalsFile | None = None
    synonyms: Synonyms | None = None
    unreadable: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    site: Site | None = None
    hidden: frozenset[str] = frozenset()
    pictures: dict[str, PictureSize] = field(default_factory=dict)

    @functools.cached_property
    def pages(self) -> list[GuidePage]:
        """Every guide, authority by authority, then the shared ones."""
        pages: list[GuidePage] = []
        for folder in self.authorities:
            pages += folder.guides
        return [*pages, *self.shared]

    @functools.cached_property
    def withdrawals(self) -> list[Withdrawal]:
        """What is taken back, the newest first."""
        entries = self.withdrawn.withdrawals.withdrawals if self.withdrawn else []
        return sorted(entries, key=lambda withdrawal: withdrawal.day, reverse=True)

    @functools.cached_property
    def documents(self) -> dict[str, Document]:
        """Every manual by its id."""
        documents: dict[str, Document] = {}
        for folder in self.authorities:
            documents |= {document.id: document for document in folder.authority.documents}
        return documents

    @functools.cached_property
    def _pages_by_ref(self) -> dict[str, GuidePage]:
        """Every guide by its reference; cached, since every link needs one."""
        return {page.ref: page for page in self.pages}

    def find_page(self, ref: str) -> GuidePage | None:
        """Find the guide with that reference."""
        return self._pages_by_ref.get(ref)

    def find_folder(self, folder_id: str) -> AuthorityFolder | None:
        """Find the authority with that id."""
        return next((folder for folder in self.authorities if folder.id == folder_id), None)

    def find_option(self, variant: str) -> tuple[Axis, Option] | None:
        """Find the axis and the option that a variant's id names."""
        for axis in self.axes:
            for option in axis.options:
                if option.id == variant:
                    return axis, option
        return None
