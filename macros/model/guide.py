"""The facts as types: what a guide, a step and a source are, and what holds for each by itself.

What holds *between* facts (a source names a known section, a link an existing step) is checked in
``macros.loading.consistency``.
Every field that an editor writes has an example: the error messages show it.
"""

import datetime as dt
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


class Note(Evidence):
    """Something to know beside a step. ``danger`` is kept for what cannot be undone."""

    kind: Literal["note", "tip", "warning", "danger"] = Field(default="note", examples=["warning"])
    text: Text = Field(examples=[{"ja": "取り消せません。", "en": "This cannot be undone."}])


class Copyable(Fact):
    """A value to type exactly; the page puts a button beside it that copies it."""

    label: Text = Field(examples=[{"ja": "開く名前", "en": "What to open"}])
    value: Words = Field(examples=["certmgr.msc"])
    # An address that the step has one open: it becomes a link. One that is a setting's value does not.
    open: bool = Field(default=False, examples=[True])

    @model_validator(mode="after")
    def _require_https(self) -> Self:
        if self.open and not self.value.startswith("https://"):
            raise ConstraintError("copy.opens")
        return self


class Otherwise(Evidence):
    """What the person may see instead, what it means, and where to go."""

    sees: Text = Field(
        examples=[{"ja": "「次へ(N)」が押せない", "en": "「次へ(N)」 (Next) cannot be pressed"}]
    )
    means: Text = Field(examples=[{"ja": "値が入力されていません。", "en": "The value is missing."}])
    go: str | None = Field(default=None, examples=["boj/troubleshoot#key-not-exportable"])


class Control(Fact):
    """One thing in a drawn window: exactly one of its kinds, with its label as printed on screen."""

    text: Words | None = Field(default=None, examples=["ファイル名を指定してください"])
    field: Words | None = Field(default=None, examples=["名前(O)"])
    radio: Words | None = Field(default=None, examples=["現在のユーザー(C)"])
    check: Words | None = Field(default=None, examples=["すべての拡張プロパティをエクスポートする(A)"])
    tab: Words | None = Field(default=None, examples=["詳細"])
    item: Words | None = Field(default=None, examples=["個人"])
    list: Words | None = Field(default=None, examples=["失効理由"])
    button: Words | None = Field(default=None, examples=["次へ(N)"])
    value: Words | None = Field(default=None, examples=["certmgr.msc"])
    entry: Literal["enter", "read", "empty"] = Field(default="enter", examples=["read"])
    on: bool | None = Field(default=None, examples=[True])
    confirm: bool = Field(default=False, examples=[True])
    press: bool = Field(default=False, examples=[True])
    either: bool = Field(default=False, examples=[True])
    gloss: Words | None = Field(default=None, examples=["Next"])

    @property
    def kind(self) -> str:
        """The kind of control: the name of the field that holds its label."""
        return next(kind for kind in _KINDS if getattr(self, kind) is not None)

    @property
    def label(self) -> str:
        """The label as printed on screen."""
        label: str = getattr(self, self.kind)
        return label

    @model_validator(mode="after")
    def _require_one_kind(self) -> Self:
        if sum(getattr(self, kind) is not None for kind in _KINDS) != 1:
            raise ConstraintError("control.kinds", known=", ".join(_KINDS))
        return self


_KINDS = ("text", "field", "radio", "check", "tab", "item", "list", "button")


class Screen(Fact):
    """A window drawn instead of a screenshot."""

    window: Words = Field(examples=["証明書のエクスポート ウィザード"])
    heading: Words | None = Field(default=None, examples=["秘密キーのエクスポート"])
    gloss: Words | None = Field(default=None, examples=["Certificate Export Wizard"])
    heading_gloss: Words | None = Field(default=None, examples=["Export private key"])
    controls: list[Control] = Field(min_length=1, examples=[[{"button": "次へ(N)", "press": True}]])


class Step(Evidence):
    """One thing to do, or one question answered. Its id is permanent: people have mailed links to it."""

    id: Slug = Field(examples=["choose-certificate"])
    title: Text
    variant: Slug | None = Field(default=None, examples=["windows-11"])
    do: Text
    copies: list[Copyable] = Field(default=[], alias="copy")
    screen: Screen | None = None
    then: Text | None = Field(
        default=None, examples=[{"ja": "「完了」と表示されます。", "en": "「完了」 (Done) is shown."}]
    )
    next: Text | None = Field(
        default=None,
        examples=[{"ja": "[更新する](boj/renew)に進みます。", "en": "Go on with [Renew](boj/renew)."}],
    )
    notes: list[Note] = []
    if_not: list[Otherwise] = []

    @model_validator(mode="before")
    @classmethod
    def _hand_down_evidence(cls, data: Any) -> Any:  # noqa: ANN401 - whatever YAML held
        return hand_down_evidence(data, ("notes", "if_not"))


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


class Guide(Fact):
    """A page: one job from start to end, or a list of answers."""

    title: Text
    summary: Text
    kind: Literal["procedure", "answers"] = Field(default="procedure", examples=["procedure"])
    goal: Text | None = Field(
        default=None, examples=[{"ja": "新しい証明書が使えます。", "en": "The new certificate can be used."}]
    )
    who: Text | None = Field(default=None, examples=[{"ja": "利用者", "en": "The user"}])
    needs: list[Text] = Field(
        default=[], examples=[[{"ja": "証明書の入ったパソコン", "en": "The PC that holds the certificate"}]]
    )
    steps: list[Step] = Field(min_length=1)
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])


class Option(Fact):
    """One variant of a guide, e.g. Windows 11."""

    id: Slug = Field(examples=["windows-11"])
    name: Text


class Axis(Fact):
    """What a guide can vary by; the first option is shown first."""

    id: Slug = Field(examples=["windows"])
    name: Text
    options: list[Option] = Field(min_length=2)


class Variants(Fact):
    """All axes, in ``docs/shared/variants.yaml``."""

    axes: list[Axis]


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
