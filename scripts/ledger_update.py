"""Adds new steps to the ledger of addresses; says which published ones lead nowhere."""

import sys
from pathlib import Path

from macros.errors import FactsError
from macros.ledger import LEDGER, REDIRECTS, load_promises
from macros.load import load_facts

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the ledger; 1 when an address was lost, 2 when the facts are not in order."""
    try:
        promises = load_promises(load_facts(ROOT), ROOT)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    new = promises.unlisted()
    lines = sorted({*promises.listed, *new})
    (ROOT / LEDGER).write_text("".join(f"{ref}\n" for ref in lines), encoding="utf-8")
    print(f"{len(new)} new of {len(lines)} addresses")
    for ref in promises.lost():
        print(f"{ref} leads nowhere: say in {REDIRECTS} where it went", file=sys.stderr)
    return 1 if promises.lost() else 0


if __name__ == "__main__":
    sys.exit(main())
