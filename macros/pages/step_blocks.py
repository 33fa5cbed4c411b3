"""A guide's steps in the order of the page, numbered, with the steps of each variant side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from macros.model.facts import Facts
from macros.model.guide import Axis, Guide, Option, Step


@dataclass(frozen=True)
class NumberedStep:
    """A step with the number that the page shows: derived, never part of an address."""

    number: int
    step: Step


@dataclass(frozen=True)
class OptionSteps:
    """One option's steps."""

    option: Option
    steps: list[NumberedStep]


@dataclass(frozen=True)
class StepBlock:
    """Either steps for everyone (``axis`` is None, one choice without option) or one choice an option."""

    axis: Axis | None
    steps: list[NumberedStep]
    choices: list[OptionSteps]


def group_steps(guide: Guide, facts: Facts) -> Iterator[StepBlock]:
    """Consecutive steps of one axis make a block; each option counts on from the steps before it."""
    number = 0
    for axis, group in groupby(guide.steps, key=lambda step: _axis(step, facts)):
        steps = list(group)
        if axis is None:
            numbered = [NumberedStep(number + i, step) for i, step in enumerate(steps, 1)]
            yield StepBlock(None, numbered, [])
            number += len(steps)
        else:
            choices = [_choice(option, steps, number) for option in axis.options]
            yield StepBlock(axis, [], [choice for choice in choices if choice.steps])
            number += max(len(choice.steps) for choice in choices)


def _axis(step: Step, facts: Facts) -> Axis | None:
    found = facts.option(step.variant) if step.variant else None
    return found[0] if found else None


def _choice(option: Option, steps: list[Step], number: int) -> OptionSteps:
    own = [step for step in steps if step.variant == option.id]
    return OptionSteps(option, [NumberedStep(number + i, step) for i, step in enumerate(own, 1)])
