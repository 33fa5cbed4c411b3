"""Reports are written between two marks, and read again as tables."""

from pathlib import Path

import pytest

from scripts.measuring.marked_block import find_row, read_rows, replace_block

REPORT = """# Report

Words before.

<!-- speed -->
| | goal | measured |
|---|---|---|
| wait (3 runs) |  | 2 s |
<!-- /speed -->

Words after.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Write a report with one block."""
    path = tmp_path / "report.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_only_the_block_changes(report: Path) -> None:
    """The words around a block stay, and so do the marks, so that the block can be written again."""
    replace_block(report, "speed", "first\n")
    replace_block(report, "speed", "second\n")
    before, rest = REPORT.split("<!-- speed -->\n")
    _, after = rest.split("<!-- /speed -->\n")
    text = report.read_text(encoding="utf-8")
    assert text == f"{before}<!-- speed -->\nsecond\n<!-- /speed -->\n{after}"


def test_a_block_that_is_missing_is_an_error(report: Path) -> None:
    """Figures are never written to a place that nobody reads."""
    with pytest.raises(ValueError, match="unpack"):
        replace_block(report, "size", "figures\n")
    assert report.read_text(encoding="utf-8") == REPORT


def test_empty_cells_are_read(report: Path) -> None:
    """A row keeps its empty cells, so that a column is found by its place."""
    replace_block(report, "speed", "| wait | goal |  | 2 s |  |\n")
    assert find_row(read_rows(report), "wait") == ["wait", "goal", "", "2 s", ""]


def test_a_row_that_is_not_unique_is_an_error(report: Path) -> None:
    """No figure is taken from the wrong row."""
    with pytest.raises(ValueError, match="unpack"):
        find_row(read_rows(report), "size")
