"""Makes the folder of a new authority from a few answers, asked for or read from a file.

The folder builds at once; its files explain each field by an example, to be rewritten as the manual has it.
"""

import argparse
import datetime as dt
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from certcheck.rules.business_days import parse_business_days
from certcheck.rules.renewal import judge_renewal
from certcheck.rules.terms import parse_renewal
from macros.exports import business_calendar
from macros.exports.publish import dump
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.validation import validate
from macros.loading.wording import load_site_words
from macros.loading.yaml_file import read_yaml
from macros.model.day_format import format_day
from macros.model.evidence import SLUG
from macros.model.facts import LANGUAGES, SHARED
from macros.model.language import LANGUAGE_VARIABLE, choose_language
from macros.model.location import Location, Place
from macros.model.renewal_rule import Renewal
from macros.pages.rule_sentences import describe_rule, explain_rule
from macros.upkeep import draft
from scripts import ROOT
from scripts.editing.asking import Asker, ask_for_draft

JAPAN = dt.timezone(dt.timedelta(hours=9))
# Beside the pages of docs/: what else the site has at its root.
TAKEN = {SHARED, "schemas", "en", "s", "api", "assets"}


def main() -> int:
    """Write the folder; 1 when it cannot be written, 130 when interrupted."""
    options = argparse.ArgumentParser(prog="scripts/new-authority", description=__doc__)
    options.add_argument("id", metavar="ID", help="its name in addresses, e.g. abc")
    options.add_argument("--from", dest="file", type=Path, metavar="FILE", help="answers in YAML")
    options.add_argument("--lang", choices=LANGUAGES, help="of questions and messages")
    chosen = options.parse_args()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang or choose_language()
    try:
        if refusal := _refusal(chosen.id, chosen.file):
            print(refusal, file=sys.stderr)
            return 1
        renewal = _write(chosen.id, chosen.file)
    except FactsError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\n" + _say("said.stopped"), file=sys.stderr)
        return 130
    print(_say("said.understood"))
    for line in _understood(renewal):
        print(f"  {line}")
    print(_say("said.written", folder=f"docs/{chosen.id}/"))
    print(_say("said.next"))
    return 0


def _say(code: str, **values: object) -> str:
    return draft.load_draft_words().format(choose_language(), code, **values)


def _refusal(identifier: str, file: Path | None) -> str | None:
    """Why the folder cannot be made; None where it can."""
    pages = {path.name.partition(".")[0] for path in (ROOT / "docs").glob("*.md")}
    if not re.match(SLUG, identifier):
        return _say("said.id", id=identifier)
    if identifier in TAKEN | pages:
        return _say("said.reserved", id=identifier)
    if (ROOT / "docs" / identifier).exists():
        return _say("said.exists", folder=f"docs/{identifier}/")
    return _say("said.no-file", file=file) if file and not file.is_file() else None


def _write(identifier: str, file: Path | None) -> Renewal:
    """Make the folder elsewhere, load it as a build would, and only then put it in its place.

    Raises:
        FactsError: the answers do not make an authority.
        EOFError: nobody answers any more.
    """
    answers = read_yaml(file.resolve(), file.resolve().parent) if file else None
    given = answers.data if answers else ask_for_draft(Asker(draft.load_draft_words(), choose_language()))

    def locate(location: Location) -> Place:
        return answers.locate(location) if answers else Place("", 0)

    wanted = validate(draft.Draft, given, locate)
    today = dt.datetime.now(JAPAN).date()
    made = draft.compose_files(identifier, wanted, today, locate, choose_language())
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as elsewhere:
        folder = Path(elsewhere, "docs", identifier)
        folder.mkdir(parents=True)
        shutil.copytree(ROOT / "docs" / SHARED, folder.parent / SHARED)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8")
        (loaded,) = load_facts(Path(elsewhere)).authorities
        folder.rename(ROOT / "docs" / identifier)  # at once, and never onto what is there
    return loaded.authority.renewal


def _understood(renewal: Renewal) -> Iterator[str]:
    """The rule in words, in both languages, and the days of an example."""
    for language in LANGUAGES:
        yield from describe_rule(renewal, load_site_words(), language)
    yield from explain_rule(renewal, load_site_words(), choose_language())
    if renewal.kind == "application":
        return
    table = parse_business_days(business_calendar.list_closed_days(), "business_days")
    rule = parse_renewal(dump(renewal), "renewal", table)
    expiry = dt.datetime(dt.datetime.now(JAPAN).year + 1, 3, 31, 23, 59, 59, tzinfo=JAPAN)
    found = judge_renewal(rule, expiry - dt.timedelta(days=365), expiry, expiry)
    until = _say("said.example.never")
    if found.closes_on:
        day = format_day(found.closes_on, choose_language())
        until = _say("said.example.until", day=f"{day} {found.closes_at}" if found.closes_at else day)
    if found.opens_on:
        opens, ends = (
            format_day(found.opens_on, choose_language()),
            format_day(expiry.date(), choose_language()),
        )
        yield _say("said.example", expiry=ends, opens=opens, closes=until)


if __name__ == "__main__":
    sys.exit(main())
