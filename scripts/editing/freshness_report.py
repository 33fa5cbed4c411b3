"""Tell what is out of date or soon will be, as a table, as JSON, or as Markdown for a report.

The exit status is 1 when something is out of date, 2 when the facts are not in order, and 3 when the site
ships something with a known vulnerability that a newer release mends; else 0.
"""

import argparse
import datetime as dt
import json
import sys
from collections import Counter
from itertools import groupby
from operator import attrgetter

from rich.console import Console
from rich.table import Table

from certcheck.japan import JAPAN
from macros import PACKAGE
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import Strings, load_strings
from macros.markdown.day_format import format_day
from macros.upkeep.freshness import Finding, State, assess_freshness
from macros.upkeep.translations import load_translations
from scripts import ROOT
from scripts.editing.advisories import OSV, audit_locks, audit_shipped, list_components, load_examined
from scripts.editing.command_words import add_language_option
from scripts.editing.freshness_network import check_links, compare_components, list_links

STATES: tuple[State, ...] = ("vulnerable", "stale", "soon", "unknown", "known", "good")
COLOURS: dict[State, str] = {
    "known": "magenta",
    "stale": "red",
    "vulnerable": "bold red",
    "soon": "yellow",
    "unknown": "cyan",
    "good": "green",
}
# Entries of a list that are named; of the others, how many there are.
_NAMED = 6
# The exit status where the site ships a vulnerability that is mended elsewhere.
_VULNERABLE = 3
# Columns of a table in a pipe, where none is folded.
_PIPE_WIDTH = 200


class ReportWords:
    """The report's sentences in one language."""

    def __init__(self, strings: Strings, language: str) -> None:
        """Take the words of ``strings/freshness.yaml``."""
        self._strings, self._language = strings, language

    def format(self, code: str, **values: object) -> str:
        """Format one sentence; days and lists become words."""
        words = {name: self._format_value(value) for name, value in values.items()}
        return self._strings.format(self._language, code, **words)

    def describe(self, finding: Finding) -> str:
        """Describe what was found of one subject."""
        return self.format(finding.code, **finding.values)

    def _format_value(self, value: object) -> str:
        if isinstance(value, dt.date):
            return format_day(value, self._language)
        if isinstance(value, list):
            more = f" +{len(value) - _NAMED}" if len(value) > _NAMED else ""
            return ", ".join(value[:_NAMED]) + more or self._strings.format(self._language, "nothing")
        return self._strings.format(self._language, "document.undated") if value is None else str(value)


def render_json(findings: list[Finding], words: ReportWords, day: dt.date) -> str:
    """Render the report for programs; schema 1 only grows."""
    entries = []
    for finding in findings:
        entry = {
            "kind": finding.kind,
            "what": finding.subject,
            "state": finding.state,
            "says": words.describe(finding),
        }
        days = {name: value for name, value in finding.values.items() if isinstance(value, dt.date)}
        entries.append(entry | {name: value.isoformat() for name, value in days.items()})
    report = {"schema": 1, "day": day.isoformat(), "findings": entries}
    return json.dumps(report, ensure_ascii=False, indent=1)


def render_markdown(findings: list[Finding], words: ReportWords, day: dt.date) -> str:
    """Render the report for an issue: what is good is only counted."""
    lines = [f"# {words.format('title', day=day)}", "", _summarize(findings, words)]
    bad = [finding for finding in findings if finding.state != "good"]
    for kind, group in groupby(bad, key=attrgetter("kind")):
        lines += ["", f"## {words.format(f'kind.{kind}')}", ""]
        for finding in group:
            state = words.format(f"state.{finding.state}")
            lines.append(f"- {state}: `{finding.subject}` {words.describe(finding)}")
    return "\n".join(lines)


def print_tables(findings: list[Finding], words: ReportWords, day: dt.date) -> None:
    """Print the report for people: a table a kind."""
    console = Console(width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    console.print(words.format("title", day=day), style="bold")
    for kind, group in groupby(findings, key=attrgetter("kind")):
        table = Table(title=words.format(f"kind.{kind}"), title_justify="left", show_header=False)
        for finding in group:
            state = f"[{COLOURS[finding.state]}]{words.format(f'state.{finding.state}')}"
            table.add_row(state, finding.subject, words.describe(finding))
        console.print(table)
    console.print(_summarize(findings, words))


def _summarize(findings: list[Finding], words: ReportWords) -> str:
    counts = Counter(finding.state for finding in findings)
    return words.format("summary", **{state: counts[state] for state in STATES})


def _parse_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/freshness", description=__doc__)
    options.add_argument(
        "--network", action="store_true", help="also ask whether links answer, for releases and advisories"
    )
    options.add_argument(
        "--osv", default=OSV, metavar="ADDRESS", help="a server with OSV's API; without it: %(default)s"
    )
    form = options.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--markdown", action="store_true")
    add_language_option(options)
    today = dt.datetime.now(JAPAN).date()
    options.add_argument("--day", type=dt.date.fromisoformat, default=today, metavar="YYYY-MM-DD")
    return options.parse_args()


def main() -> int:
    """Print the report."""
    chosen = _parse_options()
    try:
        facts = load_facts(ROOT)
        findings = assess_freshness(facts, load_translations(ROOT), chosen.day)
        words = ReportWords(load_strings(PACKAGE / "strings" / "freshness.yaml", ROOT), chosen.lang)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.network:
        findings += [*check_links(list_links(facts)), *compare_components(ROOT)]
        findings += [*audit_shipped(list_components(ROOT), chosen.osv, load_examined(ROOT)), *audit_locks()]
    if chosen.json or chosen.markdown:
        render = render_json if chosen.json else render_markdown
        print(render(findings, words, chosen.day))
    else:
        print_tables(findings, words, chosen.day)
    states = {finding.state for finding in findings}
    if "vulnerable" in states:
        return _VULNERABLE
    return 1 if "stale" in states else 0


if __name__ == "__main__":
    sys.exit(main())
