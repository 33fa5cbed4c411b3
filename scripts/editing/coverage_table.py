"""Print the coverage of the manuals as a table: a line a section, what is missing spelled out."""

import sys
from itertools import groupby

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.upkeep.coverage import CoverageRow, measure_coverage
from scripts import ROOT


def main() -> int:
    """Print the table; 0 when everything is cited."""
    try:
        rows = measure_coverage(load_facts(ROOT))
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    for (document, section), group in groupby(rows, key=lambda row: (row.document, row.section)):
        print(_render_line(document, section, list(group)))
    cited = sum(bool(row.cited_by) for row in rows)
    print(f"\n{cited} of {len(rows)} cited")
    return 0 if cited == len(rows) else 1


def _render_line(document: str, section: str, rows: list[CoverageRow]) -> str:
    cited = sum(bool(row.cited_by) for row in rows)
    pages: dict[str, None] = {}
    for row in rows:
        pages |= dict.fromkeys(ref.partition("#")[0] for ref in row.cited_by)
    missing = ", ".join(str(row.step or "the section") for row in rows if not row.cited_by)
    end = f"missing: {missing}" if missing else " ".join(pages)
    return f"{document:17} {section:18} {cited:3} of {len(rows):3}   {end}"


if __name__ == "__main__":
    sys.exit(main())
