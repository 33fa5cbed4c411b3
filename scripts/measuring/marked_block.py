"""Blocks of a Markdown file that a script writes, and the tables in them."""

from pathlib import Path


def replace_block(document: Path, name: str, text: str) -> None:
    """Replace what stands between ``<!-- NAME -->`` and ``<!-- /NAME -->``.

    Args:
        document: a Markdown file that has both lines.
        name: of the block.
        text: Markdown, with a newline at its end.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    before, rest = document.read_text(encoding="utf-8").split(begin)
    after = rest.split(end)[1]
    document.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8", newline="\n")


def read_rows(document: Path) -> list[list[str]]:
    """Read the cells of every table row of a Markdown file, header rows included."""
    lines = document.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    return [row.removeprefix("| ").removesuffix(" |").split(" | ") for row in rows]


def find_row(rows: list[list[str]], beginning: str) -> list[str]:
    """Find the row whose first cell begins with these words.

    Raises:
        ValueError: there is not exactly one.
    """
    (row,) = (row for row in rows if row[0].startswith(beginning))
    return row
