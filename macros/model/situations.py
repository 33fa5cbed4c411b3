"""The start page's questions: which system, then what happened, until an end says what to do.

The names of situations are written once, in ``docs/shared/situations.yaml``. What one leads to is written
for each authority, in ``docs/<authority>/situations.yaml``: an end, or a further question with its choices.
An answer's address is the way to it, ``#boj.new-pc.no-back-up``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pydantic import Field, model_validator

from macros.model.guide import Evidence, Fact, Slug, Text, hand_down_evidence
from macros.model.problems import Objection

# The last part of the address of Situations.other.
OTHER = "other"


class Situation(Fact):
    """What may have happened, in words that fit every authority."""

    id: Slug = Field(examples=["expired"])
    title: Text


class Other(Fact):
    """For who finds nothing that fits: leads to the authority's list of guides and its contacts."""

    title: Text
    says: Text


class Situations(Fact):
    """All situations in the order in which they are offered, in ``docs/shared/situations.yaml``."""

    question: Text
    situations: list[Situation] = Field(min_length=1)
    other: Other


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
    def _choices_rest_on_the_same(cls, data: Any) -> Any:  # noqa: ANN401 - whatever YAML held
        return hand_down_evidence(data, ("choices",))

    @model_validator(mode="after")
    def _is_end_or_question(self) -> Self:
        end, question = (self.says, self.go), (self.question, self.choices)
        if all(end) == all(question) or any(end) == any(question):
            raise Objection("answer.kind")
        return self


class Choice(Answer):
    """One answer to a further question."""

    id: Slug = Field(examples=["no-back-up"])
    title: Text


class Met(Answer):
    """What a situation leads to at one authority."""

    situation: Slug = Field(examples=["expired"])


class Answers(Fact):
    """An authority's answers, in ``docs/<authority>/situations.yaml``, for the situations that it knows."""

    answers: list[Met] = Field(min_length=1)


@dataclass(frozen=True)
class Node:
    """One place of the tree as the page shows it.

    Attributes:
        address: the way to it, e.g. ``boj.expired``.
        title: the answer that leads here.
        more: what else names it: an authority's systems.
        answer: the end, where this is one.
        question: what is asked next, where it is not.
        nodes: the choices of its question; empty at an end.
    """

    address: str
    title: Text
    more: Text | None = None
    answer: Answer | None = None
    question: Text | None = None
    nodes: list["Node"] = field(default_factory=list)

    def all(self) -> Iterator["Node"]:
        """Itself and every node below it, in order."""
        yield self
        for node in self.nodes:
            yield from node.all()

    def ends(self) -> Iterator["Node"]:
        """Every end below it, in order."""
        return (node for node in self.all() if not node.nodes)


def tree(root: Node, shared: Situations, answers: Answers | None, ways_on: list[str]) -> Node:
    """One authority's part of the tree.

    Args:
        root: the authority: its id is the address.
        shared: the situations, in their order.
        answers: what it says of them; None where it has no ``situations.yaml``.
        ways_on: where who finds nothing that fits is led.
    """
    known = {met.situation: met for met in answers.answers} if answers else {}
    nodes = [
        _node(f"{root.address}.{situation.id}", situation.title, known[situation.id])
        for situation in shared.situations
        if situation.id in known
    ]
    other = Answer(basis="site", says=shared.other.says, go=ways_on)
    nodes.append(_node(f"{root.address}.{OTHER}", shared.other.title, other))
    return replace(root, question=shared.question, nodes=nodes)


def _node(address: str, title: Text, answer: Answer) -> Node:
    nodes = [_node(f"{address}.{choice.id}", choice.title, choice) for choice in answer.choices]
    return Node(address, title, answer=None if nodes else answer, question=answer.question, nodes=nodes)
