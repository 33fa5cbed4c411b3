"""The base of all facts: what a fact, a text and a source are, and how evidence is handed down.

Every field that an editor writes has an example: the error messages show it.
"""

import datetime as dt
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from macros.model.constraint_error import ConstraintError
from macros.model.location import Location

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SHA256 = r"^[0-9a-f]{64}$"
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Basis = Literal["manual", "derived", "site"]


def fold_width(value: Any) -> Any:  # noqa: ANN401 - unchecked YAML
    """Fold full-width letters, digits and signs to ASCII (Unicode NFKC): what a Japanese keyboard types."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


class Fact(BaseModel):
    """Base of everything read from YAML: no unknown keys, no silent conversion, unchangeable."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Text(Fact):
    """The same words in both languages. Inline Markdown; links name a reference, ``boj/renew#open-site``."""

    ja: Words = Field(examples=["「次へ(N)」を押します。"])
    en: Words = Field(examples=["Press 「次へ(N)」 (Next)."])

    def get(self, language: str) -> str:
        """Return the words in one language, ``ja`` or ``en``.

        Raises:
            KeyError: another language.
        """
        return {"ja": self.ja, "en": self.en}[language]


class Source(Fact):
    """A place in a manual, in the manual's own numbering."""

    document: Slug = Field(examples=["boj-manual"])
    section: Words = Field(examples=["5.1.1(1)"])
    step: int | None = Field(default=None, ge=1, examples=[4])


class Approval(Fact):
    """That a second person agrees, after somebody has compared the facts with the manual."""

    by: Words = Field(examples=["Hanako Sato"])
    on: dt.date = Field(examples=[dt.date(2026, 11, 22)])


APPROVAL = {"by": "Hanako Sato", "on": dt.date(2026, 11, 22)}
"""An example."""


def require_second_person(checked: dt.date, checked_by: list[str], approved: Approval | None) -> None:
    """Require that an approval is another person's than the check's, and no older.

    Raises:
        ConstraintError: it is not.
    """
    if approved is None:
        return
    if not checked_by:
        raise ConstraintError("approval.alone")
    if approved.by in checked_by:
        raise ConstraintError("approval.same-person", by=approved.by)
    if approved.on < checked:
        raise ConstraintError("approval.older", on=approved.on, checked=checked)


class Evidence(Fact):
    """A fact that says what it rests on.

    ``manual``: the sources say it. ``derived``: it follows from the sources. ``site``: general help with
    Windows that no manual gives; it states no authority's rule.
    """

    basis: Basis = Field(default="manual", examples=["manual"])
    sources: list[Source] = Field(default=[], examples=[[{"document": "boj-manual", "section": "5.1.1"}]])

    @model_validator(mode="after")
    def _require_sources(self) -> Self:
        if self.basis == "site" and self.sources:
            raise ConstraintError("evidence.site")
        if self.basis != "site" and not self.sources:
            raise ConstraintError("evidence.missing", basis=self.basis)
        return self


def hand_down_evidence(data: Any, names: tuple[str, ...]) -> Any:  # noqa: ANN401 - whatever YAML held
    """Give the entries of the named lists the evidence of the whole, but for those that have their own.

    Args:
        data: unchecked YAML; what is no mapping is returned as it is.
        names: of the fields that hold lists of entries with evidence.
    """
    if not isinstance(data, dict):
        return data
    inherited = {key: data[key] for key in ("basis", "sources") if key in data}
    filled = dict(data)
    for name in names:
        if isinstance(data.get(name), list):
            filled[name] = [_add_evidence(entry, inherited) for entry in data[name]]
    return filled


def _add_evidence(entry: Any, inherited: dict[str, Any]) -> Any:  # noqa: ANN401 - unchecked YAML
    if isinstance(entry, dict) and not {"basis", "sources"} & entry.keys():
        return {**inherited, **entry}
    return entry


def walk(model: BaseModel, location: tuple[int | str, ...] = ()) -> Iterator[tuple[Location, BaseModel]]:
    """Yield the model and every model inside it, with the location of each in the file's own names."""
    yield location, model
    for name, info in type(model).model_fields.items():
        value, inner = getattr(model, name), (*location, info.alias or name)
        if isinstance(value, BaseModel):
            yield from walk(value, inner)
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from walk(entry, (*inner, index))
