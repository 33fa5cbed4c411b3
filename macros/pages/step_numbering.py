"""A guide's steps in the order of the page, numbered, with the steps of each variant side by side.

``templates/guide_body.md.jinja`` lays the blocks out, ``templates/step.md.jinja`` writes each step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from macros.model.facts import Facts
from macros.model.guides import Axis, Guide, Option, Step


@dataclass(frozen=True)
class NumberedStep:
    """A step with the number that the page shows: derived, never part of an address.

    Attributes:
        number: None for a step that is done only under a condition.
        step: the step.
    """

    number: int | None
    step: Step


@dataclass(frozen=True)
class OptionSteps:
    """The steps for who has chosen one option of an axis."""

    option: Option
    steps: list[NumberedStep]


@dataclass(frozen=True)
class StepBlock:
    """Consecutive steps.

    Attributes:
        axis: what the steps vary by; None for steps that are for everyone.
        steps: those for everyone.
        choices: those of each option of the axis.
    """

    axis: Axis | None
    steps: list[NumberedStep]
    choices: list[OptionSteps]

    @property
    def all_steps(self) -> list[NumberedStep]:
        """The steps of every option, one option after the other."""
        return [*self.steps, *chain.from_iterable(choice.steps for choice in self.choices)]


def group_steps(guide: Guide, facts: Facts) -> Iterator[StepBlock]:
    """Yield consecutive steps of one axis as a block; each option counts on from the steps before it."""
    count = 0
    for axis, group in groupby(guide.steps, key=lambda step: _find_axis(step, facts)):
        steps = list(group)
        if axis is None:
            yield StepBlock(None, _number_steps(steps, count), [])
            count += _count_unconditional(steps)
        else:
            choices = _group_by_option(axis, steps, count)
            yield StepBlock(axis, [], choices)
            count += max(_count_unconditional(_list_option_steps(steps, option)) for option in axis.options)


def _find_axis(step: Step, facts: Facts) -> Axis | None:
    variant = facts.find_option(step.variant) if step.variant else None
    return variant[0] if variant else None


def _group_by_option(axis: Axis, steps: list[Step], count: int) -> list[OptionSteps]:
    """Return the steps of each option that has any; the numbers follow ``count``."""
    steps_by_option = [(option, _list_option_steps(steps, option)) for option in axis.options]
    return [OptionSteps(option, _number_steps(chosen, count)) for option, chosen in steps_by_option if chosen]


def _list_option_steps(steps: list[Step], option: Option) -> list[Step]:
    return [step for step in steps if step.variant == option.id]


def _count_unconditional(steps: list[Step]) -> int:
    return sum(step.only_when is None for step in steps)


def _number_steps(steps: list[Step], count: int) -> list[NumberedStep]:
    """Give steps their numbers; ``count`` steps stand before them. Conditional ones are not counted."""
    numbered_steps: list[NumberedStep] = []
    for step in steps:
        if step.only_when is None:
            count += 1
        numbered_steps.append(NumberedStep(count if step.only_when is None else None, step))
    return numbered_steps
