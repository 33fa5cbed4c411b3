"""Measure what is promised about speed and size, and write the tables of docs-dev/performance.md.

checker  from opening the page to the verdict, in a real Chromium
waits    the same after intent, with a file chosen later, with many files; in Firefox
site     what a first visit to a guide loads, and when it is painted
build    the whole build, today's site and with many authorities
list     certcheck's list of many files
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from scripts import ROOT
from scripts.measuring import bench_build, bench_checker, bench_listing, bench_site, bench_waits
from scripts.measuring.marked_block import replace_block
from scripts.measuring.measure import QUICK_RUNS, RUNS, Row, render_table
from scripts.measuring.summary import update_summary

REPORT = ROOT / "docs-dev/performance.md"
PARTS: dict[str, Callable[[int], Sequence[Row]]] = {
    "checker": bench_checker.measure_rows,
    "waits": bench_waits.measure_rows,
    "site": bench_site.measure_rows,
    "build": bench_build.measure_rows,
    "list": bench_listing.measure_rows,
}


def main() -> int:
    """Measure the named parts, or all; 0."""
    options = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("part", nargs="*", metavar="PART")
    options.add_argument(
        "--quick", action="store_true", help=f"{QUICK_RUNS} runs instead of {RUNS}; no file is changed"
    )
    chosen = options.parse_args()
    parts = chosen.part or list(PARTS)
    if unknown := set(parts) - PARTS.keys():
        options.error(f"no such part: {', '.join(sorted(unknown))}")
    for part in parts:
        text = render_table(PARTS[part](QUICK_RUNS if chosen.quick else RUNS))
        print(f"{part}\n\n{text}", flush=True)
        if not chosen.quick:
            replace_block(REPORT, f"bench {part}", text)
            update_summary(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
