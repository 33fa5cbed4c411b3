"""Samples of a quantity, and the rows by which docs-dev/performance.md shows them."""

import os
import platform
import re
import statistics
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override  # typing has it from Python 3.12 on

from scripts import ROOT

RUNS = 7
QUICK_RUNS = 2
HEAD = """| | goal | measured: median (least – most) | reference | ratio |
|---|---|---|---|---|
"""


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
        """Median and spread; a quantity that never varies, as a size does, without."""
        least, most = _short(min(self.values)), _short(max(self.values))
        spread = f" ({least} – {most})" if least != most else ""
        return f"{_short(self.median)} {self.unit}{spread}"


@dataclass(frozen=True)
class Row:
    """One goal and how far it is reached.

    Attributes:
        what: what was measured, under which circumstances.
        goal: in words.
        measured: the figures.
        reference: what it is held against, measured in the same run.
        reference_name: what that is.
    """

    what: str
    goal: str
    measured: Sample
    reference: Sample | None = None
    reference_name: str = ""

    @override
    def __str__(self) -> str:
        """As a line of the table."""
        cells = [self.what, self.goal, str(self.measured), "", ""]
        if self.reference:
            ratio = self.measured.median / self.reference.median
            cells[3:] = [f"{self.reference_name}: {self.reference}", f"{ratio:.2f}"]
        return f"| {' | '.join(cells)} |"


def repeated(runs: int, unit: str, *measures: Callable[[], float]) -> list[Sample]:
    """Measure several things in turn, so that what disturbs the machine disturbs all of them.

    Args:
        runs: how often each is measured.
        unit: of what they return.
        measures: each returns one figure.
    """
    values = [[measure() for measure in measures] for _ in range(runs)]
    return [Sample(column, unit) for column in zip(*values, strict=True)]


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, with machine, commit and date below."""
    show = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    commit = subprocess.run(show, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  # fixed words
    return (
        HEAD
        + "".join(f"{row}\n" for row in rows)
        + f"\nMeasured on {machine()}; commit {commit}, {datetime.now(UTC).date()}.\n"
    )


def machine() -> str:
    """Processor, its number and system, as far as the system tells (Linux: proc(5))."""
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.is_file() else ""
    named = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    processor = named[1] if named else platform.machine()
    return f"{os.cpu_count()} × {processor}, {platform.system()}"


def _short(value: float) -> str:
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004  # three digits
