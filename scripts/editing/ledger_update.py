"""Add new steps to the ledger of addresses, and new texts to that of translations.

Tell which published addresses lead nowhere, and which English texts are older than their Japanese.
"""

import argparse
import functools
import sys
from pathlib import Path

from macros.addressing.ledger import LEDGER, REDIRECTS, Ledger, load_ledger
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.upkeep.translations import TRANSLATIONS, Translations, load_translations
from scripts import ROOT
from scripts.editing.command_words import format_words

_say = functools.partial(format_words, "ledger")


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
        confirmed = set(chosen.confirm)
        lost = _report_addresses(record_addresses())
        return max(lost, _report_translations(record_translations(confirmed), confirmed))
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2


def record_addresses() -> Ledger:
    """Add the addresses of today to the ledger, and return what was there before.

    Raises:
        FactsError: the facts are not in order.
    """
    ledger = load_ledger(load_facts(ROOT), ROOT)
    _write(LEDGER, sorted({*ledger.published_refs, *ledger.find_unlisted()}))
    return ledger


def record_translations(confirmed: set[str]) -> Translations:
    """Add the texts of today to the ledger, and return what was there before.

    Args:
        confirmed: places whose English still says what the Japanese says.

    Raises:
        FactsError: the facts are not in order.
    """
    translations = load_translations(ROOT)
    _write(TRANSLATIONS, translations.compose_lines(confirmed))
    return translations


def _report_addresses(ledger: Ledger) -> int:
    new = ledger.find_unlisted()
    print(_say("addresses", new=len(new), all=len({*ledger.published_refs, *new})))
    for ref in ledger.find_lost():
        print(_say("lost", ref=ref, redirects=REDIRECTS), file=sys.stderr)
    return 1 if ledger.find_lost() else 0


def _report_translations(translations: Translations, confirmed: set[str]) -> int:
    places = {pair.place for pair in translations.find_outdated()}
    for place in sorted(confirmed - places):
        print(_say("not-older", place=place), file=sys.stderr)
    print(_say("texts", new=len(translations.find_unrecorded()), all=len(translations.pairs)))
    for place in sorted(places - confirmed):
        print(_say("outdated", place=place), file=sys.stderr)
    return 1 if (places ^ confirmed) else 0


def _write(path: Path, lines: list[str]) -> None:
    (ROOT / path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
