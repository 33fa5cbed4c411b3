"""The facts as types: what a guide and a step are, and what holds for each by itself.

What holds *between* facts (a source names a known section, a link an existing step) is checked in
``macros.loading.consistency``.
"""

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from macros.model.constraint_error import ConstraintError
from macros.model.evidence import (
    APPROVAL,
    Approval,
    Evidence,
    Fact,
    Slug,
    Text,
    Words,
    hand_down_evidence,
    require_second_person,
)

# What a step asks of a certificate's file; the checker answers that first (wasm/browser/step-answer.mjs).
Check = Literal["renewal", "email", "user-id", "backup", "imported", "chain", "which-to-delete", "issued"]


class Note(Evidence):
    """Something to know beside a step. ``danger`` is kept for what cannot be undone."""

    kind: Literal["note", "tip", "warning", "danger"] = Field(default="note", examples=["warning"])
    text: Text = Field(examples=[{"ja": "元に戻せません。", "en": "This cannot be undone."}])


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


PICTURE = r"^[a-z0-9-]+/pictures/[a-z0-9]+(-[a-z0-9]+)*\.webp$"


class Picture(Fact):
    """A picture in a file of its own, as ``scripts/add-picture`` writes it."""

    file: Annotated[str, StringConstraints(pattern=PICTURE)] = Field(examples=["boj/pictures/export.webp"])
    alt: Text = Field(
        examples=[
            {
                "ja": "「エクスポート」の画面。「次へ(N)」が右下にあります。",
                "en": "The export window, with 「次へ(N)」 (Next) at the bottom right.",
            }
        ]
    )


class Step(Evidence):
    """One thing to do, or one question answered. Its id is permanent: people have mailed links to it."""

    id: Slug = Field(examples=["choose-certificate"])
    title: Text
    variant: Slug | None = Field(default=None, examples=["windows-11"])
    # The condition, as a clause, under which alone the step is done; the page folds such a step.
    only_when: Text | None = Field(
        default=None,
        examples=[
            {
                "ja": "「プロキシ認証」が表示されたとき",
                "en": "「プロキシ認証」 (Proxy authentication) appears",
            }
        ],
    )
    check: Check | None = Field(default=None, examples=["renewal"])
    do: Text
    copies: list[Copyable] = Field(default=[], alias="copy")
    screen: Screen | None = None
    picture: Picture | None = None
    then: Text | None = Field(
        default=None, examples=[{"ja": "「完了」と表示されます。", "en": "「完了」 (Done) is shown."}]
    )
    next: Text | None = Field(
        default=None,
        examples=[{"ja": "[更新する](boj/renew)に進みます。", "en": "Go on with [Renew](boj/renew)."}],
    )
    notes: list[Note] = Field(default=[])
    if_not: list[Otherwise] = Field(default=[])

    @model_validator(mode="before")
    @classmethod
    def _hand_down_evidence(cls, data: Any) -> Any:  # noqa: ANN401 - whatever YAML held
        return hand_down_evidence(data, ("notes", "if_not"))


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
    # Who follows it to the end has a new certificate: the page then says what remains to be done.
    new_certificate: bool = Field(default=False, examples=[True])
    steps: list[Step] = Field(min_length=1)
    # Kept off the published site, and shown in the preview.
    draft: bool = Field(default=False, examples=[True])
    checked: dt.date = Field(examples=[dt.date(2026, 11, 21)])
    # Who compared it, and who else agrees. The page says so.
    checked_by: list[Words] = Field(default=[], examples=[["Taro Yamada"]])
    approved: Approval | None = Field(default=None, examples=[APPROVAL])

    @model_validator(mode="after")
    def _require_second_person(self) -> Self:
        require_second_person(self.checked, self.checked_by, self.approved)
        return self


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
