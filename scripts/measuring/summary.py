"""The table of five results in README.md, derived from the reports in docs-dev."""

from pathlib import Path

from scripts.measuring.marked_block import find_row, read_rows, replace_block

HEAD = """| | goal | measured | reference | report |
|---|---|---|---|---|
"""
# The names in README.md, and the beginnings of the rows that scripts/bench writes.
BENCHMARKS = {
    "Checker opened → verdict on a `.pfx`": "page opened → verdict on a 3DES .pfx, first visit, loopback",
    "… its download, Brotli": "bytes of that first visit",
    "A guide's download, Brotli": "a guide, first visit",
}


def update_summary(root: Path) -> None:
    """Write the table into README.md.

    Args:
        root: of the repository.
    """
    replace_block(root / "README.md", "results", render_summary(root / "docs-dev"))


def render_summary(reports: Path) -> str:
    """Render the table.

    Args:
        reports: the folder with performance.md, search.md and prove.md.
    """
    performance = read_rows(reports / "performance.md")
    rows = [_render_benchmark(name, find_row(performance, row)) for name, row in BENCHMARKS.items()]
    rows.append(_render_search(read_rows(reports / "search.md")))
    rows.append(_render_fuzzing(find_row(read_rows(reports / "prove.md"), "hostile")))
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _render_benchmark(name: str, row: list[str]) -> list[str]:
    _, goal, measured, reference, ratio = row
    return [name, goal, measured, f"{reference}; ratio {ratio}", "[performance](docs-dev/performance.md)"]


def _render_search(rows: list[list[str]]) -> list[str]:
    """Compare the shares of queries whose step is among the first three: the site's search, the theme's."""
    shares = {}
    for engine in ("minisearch", "lunr"):
        shares[engine] = ", ".join(cell.partition(", ")[2] for cell in find_row(rows, engine)[1:3])
    name = "Search: step among the first three (ja, en)"
    reference = f"the theme's lunr: {shares['lunr']}"
    return [name, "95%", shares["minisearch"], reference, "[search](docs-dev/search.md)"]


def _render_fuzzing(row: list[str]) -> list[str]:
    """Tell how many mutated files gave a report or one of certcheck's errors."""
    measured = row[1].partition(":")[0]
    return ["Hostile input without a fault", "all", measured, "", "[proofs](docs-dev/prove.md)"]
