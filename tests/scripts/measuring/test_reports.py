"""Every report has the blocks that the scripts which measure write."""

from pathlib import Path

import pytest

from scripts.measuring import bench, search_comparison
from tests.support import ROOT

BLOCKS = [
    *((bench.REPORT, f"bench {part}") for part in bench.PARTS),
    (search_comparison.REPORT, "search-compare"),
    (ROOT / "README.md", "results"),
]


@pytest.mark.parametrize(("report", "name"), BLOCKS, ids=lambda value: str(value).removeprefix(f"{ROOT}/"))
def test_each_block_has_its_place(report: Path, name: str) -> None:
    """A measurement of an hour does not end in an error because its place is missing or stands twice."""
    text = report.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    assert text.count(begin) == text.count(end) == 1
    assert text.index(begin) < text.index(end)
