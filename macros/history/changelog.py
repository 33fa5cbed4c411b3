"""What has changed, as readers are told: ``docs/changes.yaml``, which ``scripts/changes --write`` adds to.

It is committed, so that the page and the feed need no git: the same sources make the same site.
"""

import datetime as dt
from collections.abc import Collection
from pathlib import Path

from pydantic import Field

from macros.loading.validation import validate
from macros.loading.yaml_file import read_yaml
from macros.model.evidence import Fact, Text, Words
from macros.model.facts import Facts

LOG = Path("docs/changes.yaml")


class Line(Fact):
    """One change: where, and what."""

    at: Words = Field(examples=["tse/renew#choose-file"])
    says: Text


class LogEntry(Fact):
    """The changes up to one commit, by its day in Japan."""

    day: dt.date = Field(examples=["2026-11-21"])
    commit: Words = Field(examples=["5c266ab0c1f6b1d6f0f0bb5f1f4d6c3f4f2f0a11"])
    changes: list[Line]


class Log(Fact):
    """The whole file, newest first."""

    entries: list[LogEntry]

    @property
    def visible_entries(self) -> list[LogEntry]:
        """The entries that readers see: the first only marks the commit from which on changes are logged."""
        return [entry for entry in self.entries if entry.changes]

    def leave_out(self, folders: Collection[str]) -> "Log":
        """Leave out the changes of authorities that the site does not show."""
        entries: list[LogEntry] = []
        for entry in self.entries:
            lines = [line for line in entry.changes if line.at.partition("/")[0] not in folders]
            entries.append(entry.model_copy(update={"changes": lines}))
        return Log(entries=entries)


def load_log(root: Path) -> Log:
    """Read the log; empty where there is none.

    Args:
        root: the repository.

    Raises:
        FactsError: with every mistake in it.
    """
    if not (root / LOG).is_file():
        return Log(entries=[])
    file = read_yaml(root / LOG, root)
    return validate(Log, file.data, file.locate)


def find_target(facts: Facts, references: Collection[str], ref: str) -> str | None:
    """Find what a line can link to: its page or step, if that is still there, or an authority's page.

    Args:
        facts: of today.
        references: all of theirs, as :func:`macros.addressing.ledger.list_references` lists them.
        ref: ``Line.at``.
    """
    page = ref.partition("#")[0]
    if ref in references:
        return ref
    if page in references:
        return page
    folder = facts.find_folder(page.partition("/")[0])
    return f"{folder.id}/index" if folder else None
