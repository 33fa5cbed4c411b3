"""Decisions have one form, and the index lists all of them."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

DECISIONS = sorted((ROOT / "docs-dev/decisions").iterdir())
SECTIONS = ["Context", "Decision", "Figures", "Consequence"]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_form(path: Path) -> None:
    """A decision has number, title, status with date, and four sections, none of them empty."""
    text = path.read_text(encoding="utf-8")
    title, blank, status, *_ = text.splitlines()
    assert re.fullmatch(rf"# {path.stem[:3]}: .+", title)
    assert not blank
    assert re.fullmatch(r"Status: (accepted|rejected|superseded by \d{3}), \d{4}-\d\d-\d\d", status)
    sections = re.findall(r"^## (.+)\n\n(?=[^#\s])", text, re.MULTILINE)
    assert sections == SECTIONS


def test_numbers_are_unique() -> None:
    """A number names one decision, also after two branches were merged."""
    numbers = [path.stem[:3] for path in DECISIONS]
    assert len(set(numbers)) == len(numbers)


def test_index_lists_every_decision() -> None:
    """The index has a row for each decision, with its title and status, in the order of the numbers."""
    index = (ROOT / "docs-dev/README.md").read_text(encoding="utf-8")
    rows = []
    for path in DECISIONS:
        title, _, status = path.read_text(encoding="utf-8").splitlines()[:3]
        number, name = title.removeprefix("# ").split(": ", 1)
        state = status.removeprefix("Status: ").partition(",")[0]
        rows.append(f"| [{number}](decisions/{path.name}) | {name} | {state} |")
    assert [line for line in index.splitlines() if line.startswith("| [0")] == rows
