"""Make the folder of a new authority from a few answers, asked for or read from a file.

The folder builds at once; its files explain each field by an example, to be rewritten as the manual has it.
"""

import argparse
import datetime as dt
import functools
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from certcheck.japan import JAPAN
from certcheck.rules.business_days import parse_business_days
from certcheck.rules.renewal import judge_renewal
from certcheck.rules.terms import parse_renewal
from macros.exports import business_calendar
from macros.exports.publish import dump
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import load_site_words
from macros.loading.yaml_file import read_yaml
from macros.markdown.day_format import format_day
from macros.model.evidence import SLUG
from macros.model.facts import LANGUAGES, SHARED
from macros.model.language import LANGUAGE_VARIABLE, choose_language
from macros.model.location import Location, Place
from macros.model.renewal_rule import Renewal
from macros.pages.rule_sentences import describe_rule, explain_rule
from macros.upkeep import draft
from scripts import ROOT
from scripts.editing.command_words import format_words
from scripts.editing.interview import Interviewer, ask_for_draft

_say = functools.partial(format_words, "draft")
# Beside the pages of docs/: what else the site has at its root.
_RESERVED = {SHARED, "schemas", "en", "s", "api", "assets"}


def main() -> int:
    """Write the folder; 1 when it cannot be written, 130 when interrupted."""
    options = argparse.ArgumentParser(prog="scripts/new-authority", description=__doc__)
    options.add_argument("id", metavar="ID", help="its name in addresses, e.g. abc")
    options.add_argument("--from", dest="file", type=Path, metavar="FILE", help="answers in YAML")
    options.add_argument("--lang", choices=LANGUAGES, help="of questions and messages")
    chosen = options.parse_args()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang or choose_language()
    try:
        if refusal := _find_obstacle(chosen.id, chosen.file):
            print(refusal, file=sys.stderr)
            return 1
        renewal = _write_folder(chosen.id, chosen.file)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\n" + _say("message.stopped"), file=sys.stderr)
        return 130
    print(_say("message.understood"))
    for line in _explain_rule(renewal):
        print(f"  {line}")
    print(_say("message.written", folder=f"docs/{chosen.id}/"))
    print(_say("message.next"))
    return 0


def _find_obstacle(identifier: str, file: Path | None) -> str | None:
    """Return why the folder cannot be made; None where it can."""
    pages = {path.name.partition(".")[0] for path in (ROOT / "docs").glob("*.md")}
    if not re.match(SLUG, identifier):
        return _say("message.id", id=identifier)
    if identifier in _RESERVED | pages:
        return _say("message.reserved", id=identifier)
    if (ROOT / "docs" / identifier).exists():
        return _say("message.exists", folder=f"docs/{identifier}/")
    return _say("message.no-file", file=file) if file and not file.is_file() else None


def _write_folder(identifier: str, file: Path | None) -> Renewal:
    """Make the folder elsewhere, load it as a build would, and only then put it in its place.

    Raises:
        FactsError: the answers do not make an authority.
        EOFError: nobody answers any more.
    """
    answers = read_yaml(file.resolve(), file.resolve().parent) if file else None
    interviewer = Interviewer(draft.load_draft_words(), choose_language())
    values = answers.data if answers else ask_for_draft(interviewer)

    def locate(location: Location) -> Place:
        return answers.locate(location) if answers else Place("", 0)

    authority = draft.check_answers(values, locate)
    today = dt.datetime.now(JAPAN).date()
    files = draft.compose_files(identifier, authority, today, locate, choose_language())
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as scratch:
        folder = Path(scratch, "docs", identifier)
        folder.mkdir(parents=True)
        shutil.copytree(ROOT / "docs" / SHARED, folder.parent / SHARED)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (loaded,) = load_facts(Path(scratch)).authorities
        folder.rename(ROOT / "docs" / identifier)  # at once, and never onto what is there
    return loaded.authority.renewal


def _explain_rule(renewal: Renewal) -> Iterator[str]:
    """Yield the rule in words, in both languages, and the days of an example."""
    for language in LANGUAGES:
        yield from describe_rule(renewal, load_site_words(), language)
    yield from explain_rule(renewal, load_site_words(), choose_language())
    if renewal.kind == "application":
        return
    table = parse_business_days(business_calendar.list_closed_days(), "business_days")
    rule = parse_renewal(dump(renewal), "renewal", table)
    expiry = dt.datetime(dt.datetime.now(JAPAN).year + 1, 3, 31, 23, 59, 59, tzinfo=JAPAN)
    verdict = judge_renewal(rule, expiry - dt.timedelta(days=365), expiry, expiry)
    closes = _say("message.example.never")
    if verdict.closes_on:
        day = format_day(verdict.closes_on, choose_language())
        last = f"{day} {verdict.closes_at}" if verdict.closes_at else day
        closes = _say("message.example.until", day=last)
    if verdict.opens_on:
        opens = format_day(verdict.opens_on, choose_language())
        last_day = format_day(expiry.date(), choose_language())
        yield _say("message.example", expiry=last_day, opens=opens, closes=closes)


if __name__ == "__main__":
    sys.exit(main())
