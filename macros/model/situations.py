"""The start page's questions: which system, then what happened, until an end says what to do.

The names of situations are written once, in ``docs/shared/situations.yaml``. What one leads to is written
for each authority, in ``docs/<authority>/situations.yaml``: an end, or a further question with its choices.
An answer's address joins the ids that lead to it by dots, ``#boj.new-pc.no-back-up``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pydantic import Field, model_validator

from macros.model.constraint_error import ConstraintError
from macros.model.evidence import Evidence, Fact, Slug, Text, hand_down_evidence

# The last part of the address of Situations.other.
FALLBACK = "other"


class Situation(Fact):
    """What may have happened, in words that fit every authority."""

    id: Slug = Field(examples=["expired"])
    title: Text


class Fallback(Fact):
    """The choice for those whom no situation fits: leads to the authority's guides and its contacts."""

    title: Text
    says: Text


class Situations(Fact):
    """All situations in the order in which they are offered, in ``docs/shared/situations.yaml``."""

    question: Text
    situations: list[Situation] = Field(min_length=1)
    other: Fallback


_CHOICE = {
    "id": "old-pc",
    "title": {"ja": "古いパソコンにある", "en": "On the old PC"},
    "says": {"ja": "書き出して移します。", "en": "Export it and move it."},
    "go": ["boj/export"],
}


class Answer(Evidence):
    """Either an end, which says what to do and where it is shown, or a further question.

    Attributes:
        says: plain words; links stand in ``go``.
        go: references to guides and steps, or ``check``; at least one.
        question: what has to be known first.
        choices: what can be answered; one without its own evidence rests on what the question rests on.
    """

    says: Text | None = None
    go: list[str] = Field(default=[], examples=[["boj/troubleshoot#key-leaked"]])
    question: Text | None = Field(
        default=None, examples=[{"ja": "証明書はどこにありますか", "en": "Where is the certificate?"}]
    )
    choices: list["Choice"] = Field(default=[], examples=[[_CHOICE]])

    @model_validator(mode="before")
    @classmethod
    def _hand_down_evidence(cls, data: Any) -> Any:  # noqa: ANN401 - whatever YAML held
        return hand_down_evidence(data, ("choices",))

    @model_validator(mode="after")
    def _require_end_or_question(self) -> Self:
        end, question = (self.says, self.go), (self.question, self.choices)
        if all(end) == all(question) or any(end) == any(question):
            raise ConstraintError("answer.kind")
        return self


class Choice(Answer):
    """One answer to a further question."""

    id: Slug = Field(examples=["no-back-up"])
    title: Text


class SituationAnswer(Answer):
    """What a situation leads to at one authority."""

    situation: Slug = Field(examples=["expired"])


class Answers(Fact):
    """An authority's answers, in ``docs/<authority>/situations.yaml``, for the situations that it knows."""

    answers: list[SituationAnswer] = Field(min_length=1)


@dataclass(frozen=True)
class Node:
    """A node of the tree of questions: one with a further question, or an end that says what to do.

    Attributes:
        address: the ids that lead to it, e.g. ``boj.expired``.
        title: the answer that leads here.
        subtitle: what else names it: an authority's systems.
        answer: the end, where this is one.
        question: the next question, where it is not.
        children: the choices of its question; empty at an end.
    """

    address: str
    title: Text
    subtitle: Text | None = None
    answer: Answer | None = None
    question: Text | None = None
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and every node below it, in order."""
        yield self
        for node in self.children:
            yield from node.walk()

    def find_ends(self) -> Iterator["Node"]:
        """Find every end below it, in order."""
        return (node for node in self.walk() if not node.children)


def build_tree(root: Node, shared: Situations, answers: Answers | None, fallback_refs: list[str]) -> Node:
    """Build one authority's part of the tree.

    Args:
        root: the authority: its id is the address.
        shared: the situations, in their order.
        answers: what the authority says of them; None where it has no ``situations.yaml``.
        fallback_refs: references to which the last choice leads, for those whom no situation fits.
    """
    answers_by_situation = {answer.situation: answer for answer in answers.answers} if answers else {}
    children = [
        _build_node(f"{root.address}.{situation.id}", situation.title, answers_by_situation[situation.id])
        for situation in shared.situations
        if situation.id in answers_by_situation
    ]
    fallback = Answer(basis="site", says=shared.other.says, go=fallback_refs)
    children.append(_build_node(f"{root.address}.{FALLBACK}", shared.other.title, fallback))
    return replace(root, question=shared.question, children=children)


def _build_node(address: str, title: Text, answer: Answer) -> Node:
    children = [_build_node(f"{address}.{choice.id}", choice.title, choice) for choice in answer.choices]
    end = None if children else answer
    return Node(address, title, answer=end, question=answer.question, children=children)
