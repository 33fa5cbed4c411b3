"""Samples of a quantity, and the rows by which docs-dev/performance.md shows them."""

import os
import platform
import re
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override  # typing has it from Python 3.12 on

from scripts.command import git

RUNS = 7
QUICK_RUNS = 2
HEAD = """| | goal | measured: median (least – most) | reference | ratio |
|---|---|---|---|---|
"""
# The least figure with three digits before its point.
_THREE_DIGITS = 100


@dataclass(frozen=True)
class Sample:
    """One quantity, measured again and again.

    Attributes:
        values: in the order in which they were measured; at least one.
        unit: e.g. ``s``, ``ms``, ``kB``.
    """

    values: Sequence[float]
    unit: str

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    @override
    def __str__(self) -> str:
        """Write median and spread; a quantity that never varies, as a size does, without."""
        least, most = _round(min(self.values)), _round(max(self.values))
        spread = f" ({least} – {most})" if least != most else ""
        return f"{_round(self.median)} {self.unit}{spread}"


@dataclass(frozen=True)
class Row:
    """One goal and how far it is reached.

    Attributes:
        quantity: what was measured, under which circumstances.
        goal: in words.
        measured: the figures.
        reference: what it is held against, measured in the same run.
        reference_name: what that is.
    """

    quantity: str
    goal: str
    measured: Sample
    reference: Sample | None = None
    reference_name: str = ""

    @override
    def __str__(self) -> str:
        """Write it as a line of the table."""
        cells = [self.quantity, self.goal, str(self.measured), "", ""]
        if self.reference:
            ratio = self.measured.median / self.reference.median
            cells[3:] = [f"{self.reference_name}: {self.reference}", f"{ratio:.2f}"]
        return f"| {' | '.join(cells)} |"


def measure_in_turn(runs: int, unit: str, *measures: Callable[[], float]) -> list[Sample]:
    """Measure several quantities in turn, so that what disturbs the machine disturbs all of them.

    Args:
        runs: how often each is measured.
        unit: of all of them.
        measures: each returns one figure.
    """
    values: list[list[float]] = [[] for _ in measures]
    for _ in range(runs):
        for column, measure in zip(values, measures, strict=True):
            column.append(measure())
    return [Sample(column, unit) for column in values]


def render_table(rows: Sequence[Row]) -> str:
    """Write the rows in Markdown, with machine, commit and date below."""
    lines = "".join(f"{row}\n" for row in rows)
    day = datetime.now(UTC).date()
    return f"{HEAD}{lines}\nMeasured on {describe_machine()}; commit {describe_commit()}, {day}.\n"


def describe_commit() -> str:
    """Return the commit's short name, marked where files differ from it."""
    return git("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")


def describe_machine() -> str:
    """Return processor, its number and system, as far as the system tells (Linux: proc(5))."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.is_file() else ""
    model = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    processor = model[1] if model else platform.machine()
    return f"{os.cpu_count()} × {processor}, {platform.system()}"


def _round(value: float) -> str:
    """Write three significant digits."""
    return f"{value:,.0f}" if abs(value) >= _THREE_DIGITS else f"{value:.3g}"
