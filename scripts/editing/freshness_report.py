"""Says what is out of date or soon will be, as a table, as JSON, or as Markdown for a report.

The exit status is 1 when something is out of date, 2 when the facts are not in order, else 0.
"""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table

from macros import PACKAGE
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import Strings, load_strings
from macros.model.day_format import format_day
from macros.model.facts import LANGUAGES
from macros.model.language import choose_language
from macros.upkeep.freshness import Finding, State, assess_freshness
from macros.upkeep.translations import load_translations
from scripts import ROOT
from scripts.editing.freshness_network import check_links, compare_components, list_links

JAPAN = dt.timezone(dt.timedelta(hours=9))
STATES: tuple[State, ...] = ("stale", "soon", "unknown", "known", "good")
COLOURS: dict[State, str] = {
    "known": "magenta",
    "stale": "red",
    "soon": "yellow",
    "unknown": "cyan",
    "good": "green",
}
# Beyond these a list says how many more there are.
_LISTED = 6


class Words:
    """The report's sentences in one language."""

    def __init__(self, strings: Strings, language: str) -> None:
        """Take the words of ``strings/freshness.yaml``."""
        self._strings, self._language = strings, language

    def say(self, code: str, **values: Any) -> str:  # noqa: ANN401 - what a sentence tells
        """One sentence; days and lists become words."""
        return self._strings.format(
            self._language, code, **{name: self._word(v) for name, v in values.items()}
        )

    def about(self, finding: Finding) -> str:
        """What is said of one thing."""
        return self.say(finding.code, **finding.values)

    def _word(self, value: Any) -> str:  # noqa: ANN401 - as above
        if isinstance(value, dt.date):
            return format_day(value, self._language)
        if isinstance(value, list):
            more = f" +{len(value) - _LISTED}" if len(value) > _LISTED else ""
            return ", ".join(value[:_LISTED]) + more or self._strings.format(self._language, "nothing")
        return self._strings.format(self._language, "document.undated") if value is None else str(value)


def as_json(found: list[Finding], words: Words, day: dt.date) -> str:
    """For programs; schema 1 only grows."""
    entries = [
        {
            "kind": one.kind,
            "what": one.subject,
            "state": one.state,
            "says": words.about(one),
            **{name: value.isoformat() for name, value in one.values.items() if isinstance(value, dt.date)},
        }
        for one in found
    ]
    whole = {"schema": 1, "day": day.isoformat(), "findings": entries}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_markdown(found: list[Finding], words: Words, day: dt.date) -> str:
    """For a report: what is good is only counted."""
    lines = [f"# {words.say('title', day=day)}", "", _summary(found, words)]
    for kind, group in groupby((one for one in found if one.state != "good"), key=lambda one: one.kind):
        lines += ["", f"## {words.say(f'kind.{kind}')}", ""]
        lines += (f"- {words.say(f'state.{one.state}')}: `{one.subject}` {words.about(one)}" for one in group)
    return "\n".join(lines)


def print_tables(found: list[Finding], words: Words, day: dt.date) -> None:
    """For people."""
    # In a pipe no table is folded at some width that nobody chose.
    console = Console(width=None if sys.stdout.isatty() else 200)
    console.print(words.say("title", day=day), style="bold")
    for kind, group in groupby(found, key=lambda one: one.kind):
        table = Table(title=words.say(f"kind.{kind}"), title_justify="left", show_header=False)
        for one in group:
            colour = COLOURS[one.state]
            table.add_row(f"[{colour}]{words.say(f'state.{one.state}')}", one.subject, words.about(one))
        console.print(table)
    console.print(_summary(found, words))


def _summary(found: list[Finding], words: Words) -> str:
    counts = Counter(one.state for one in found)
    return words.say("summary", **{state: counts[state] for state in STATES})


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/freshness", description=__doc__)
    options.add_argument(
        "--network", action="store_true", help="also ask whether links answer, and for releases"
    )
    form = options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--markdown", action="store_true")
    options.add_argument("--lang", choices=LANGUAGES, default=choose_language())
    today = dt.datetime.now(JAPAN).date()
    options.add_argument("--day", type=dt.date.fromisoformat, default=today, metavar="YYYY-MM-DD")
    return options.parse_args()


def main() -> int:
    """Print the report."""
    chosen = _options()
    try:
        facts = load_facts(ROOT)
        found = assess_freshness(facts, load_translations(ROOT), chosen.day)
        words = Words(load_strings(PACKAGE / "strings" / "freshness.yaml", ROOT), chosen.lang)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.network:
        found += [*check_links(list_links(facts)), *compare_components(ROOT)]
    if chosen.json or chosen.markdown:
        print((as_json if chosen.json else as_markdown)(found, words, chosen.day))
    else:
        print_tables(found, words, chosen.day)
    return 1 if any(one.state == "stale" for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
