"""Measures what is promised about speed and size, and writes the tables into README.md.

checker  from opening the page to the verdict, in a real Chromium
site     what a first visit to a guide loads, and when it is painted
build    the whole build, today's site and with many authorities
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from scripts.measuring import bench_build, bench_checker, bench_site
from scripts.measuring.measure import QUICK_RUNS, RUNS, Row, table, write

PARTS: dict[str, Callable[[int], Sequence[Row]]] = {
    "checker": bench_checker.rows,
    "site": bench_site.rows,
    "build": bench_build.rows,
}


def main() -> int:
    """Measure the named parts, or all."""
    options = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("part", nargs="*", metavar="PART")
    options.add_argument(
        "--quick", action="store_true", help=f"{QUICK_RUNS} runs instead of {RUNS}; README.md stays as it is"
    )
    chosen = options.parse_args()
    parts = chosen.part or list(PARTS)
    if unknown := set(parts) - PARTS.keys():
        options.error(f"no such part: {', '.join(sorted(unknown))}")
    for part in parts:
        text = table(PARTS[part](QUICK_RUNS if chosen.quick else RUNS))
        print(f"{part}\n\n{text}", flush=True)
        if not chosen.quick:
            write(part, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
