"""What has changed, as readers are told: ``docs/changes.yaml``, which ``scripts/changes --write`` adds to.

It is committed, so that the page and the feed need no git: the same sources make the same site.
"""

import datetime as dt
from pathlib import Path

from pydantic import Field

from macros.addressing.ledger import present
from macros.loading.validation import validated
from macros.loading.yamlfile import read_yaml
from macros.model.facts import Facts, parse_reference
from macros.model.guide import Fact, Text, Words

LOG = Path("docs/changes.yaml")


class Line(Fact):
    """One change: where, and what."""

    at: Words = Field(examples=["tse/renew#choose-file"])
    says: Text


class Entry(Fact):
    """The changes up to one commit, by its day in Japan."""

    day: dt.date = Field(examples=["2026-11-21"])
    commit: Words = Field(examples=["5c266ab0c1f6b1d6f0f0bb5f1f4d6c3f4f2f0a11"])
    changes: list[Line]


class Log(Fact):
    """The whole file, newest first."""

    entries: list[Entry]

    @property
    def told(self) -> list[Entry]:
        """Those that readers see: the first only says from which commit on changes are told."""
        return [entry for entry in self.entries if entry.changes]


def load_log(root: Path) -> Log:
    """Read it; empty where there is none.

    Raises:
        FactsError: with what is wrong in it.
    """
    if not (root / LOG).is_file():
        return Log(entries=[])
    file = read_yaml(root / LOG, root)
    return validated(Log, file.data, lambda location: (file.name, file.line(location)))


def target(facts: Facts, at: str) -> str | None:
    """What a line can link to: its page or step, if that is still there, or an authority's page."""
    there, page = present(facts), at.partition("#")[0]
    if at in there:
        return at
    if page in there:
        return page
    folder = page.partition("/")[0]
    return f"{folder}/index" if any(one.id == folder for one in facts.authorities) else None


def where(facts: Facts, at: str, language: str) -> list[str]:
    """The place in words: authority, guide and step, as far as they are still there."""
    folder = next((one for one in facts.authorities if one.id == at.partition("/")[0]), None)
    names = [getattr(folder.authority.name, language)] if folder else []
    reference = parse_reference(at)
    page = facts.page(reference.page) if reference else None
    step = page.step(reference.step) if page and reference and reference.step else None
    names += [getattr(page.guide.title, language)] if page else []
    return names + ([getattr(step.title, language)] if step else [])
