"""Adds new steps to the ledger of addresses, and new texts to that of translations.

Says which published addresses lead nowhere, and which English texts are older than their Japanese.
"""

import argparse
import sys
from pathlib import Path

from macros.errors import FactsError
from macros.ledger import LEDGER, REDIRECTS, load_promises
from macros.load import load_facts
from macros.translations import TRANSLATIONS, load_translations

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the ledgers; 1 when something was lost or is outdated, 2 when the facts are not in order."""
    options = argparse.ArgumentParser(prog="scripts/ledger", description=__doc__)
    options.add_argument(
        "--confirm",
        nargs="+",
        default=[],
        metavar="PLACE",
        help="the English there still says what the Japanese says, e.g. docs/boj/renew.yaml:12",
    )
    chosen = options.parse_args()
    try:
        return max(_addresses(), _translations(set(chosen.confirm)))
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2


def _addresses() -> int:
    promises = load_promises(load_facts(ROOT), ROOT)
    new = promises.unlisted()
    lines = sorted({*promises.listed, *new})
    _write(LEDGER, lines)
    print(f"{len(new)} new of {len(lines)} addresses")
    for ref in promises.lost():
        print(f"{ref} leads nowhere: say in {REDIRECTS} where it went", file=sys.stderr)
    return 1 if promises.lost() else 0


def _translations(confirmed: set[str]) -> int:
    found = load_translations(ROOT)
    places = {pair.place for pair in found.outdated()}
    for place in sorted(confirmed - places):
        print(f"{place}: no English there is older than its Japanese", file=sys.stderr)
    _write(TRANSLATIONS, found.lines(confirmed))
    print(f"{len(found.unrecorded())} new of {len(found.pairs)} texts")
    for place in sorted(places - confirmed):
        print(
            f"{place}: the Japanese changed and the English did not; change it, too, or if it still says the "
            f"same: scripts/ledger --confirm {place}",
            file=sys.stderr,
        )
    return 1 if (places ^ confirmed) else 0


def _write(path: Path, lines: list[str]) -> None:
    (ROOT / path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
