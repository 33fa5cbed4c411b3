"""Write ``docs/site.yaml``, whose site it is, from a few answers, asked for or read from a file."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from macros import PACKAGE
from macros.loading.entry_names import show_place
from macros.loading.load import SITE, load_facts
from macros.loading.problems import FactsError
from macros.loading.site_names import check_site
from macros.loading.validation import validate
from macros.loading.wording import load_strings
from macros.loading.yaml_file import read_yaml
from macros.model.facts import LANGUAGES
from macros.model.language import LANGUAGE_VARIABLE, choose_language
from macros.model.location import Location, Place
from macros.model.site import Site
from macros.upkeep import draft
from macros.upkeep.commented_yaml import format_with_comments
from scripts import ROOT
from scripts.editing.interview import Interviewer, require_value

_MARK = "# yaml-language-server: $schema=schemas/site.json\n"


def main() -> int:
    """Write the file; 1 when it is there already or cannot be written, 130 when interrupted."""
    options = argparse.ArgumentParser(prog="scripts/new-site", description=__doc__)
    options.add_argument("--from", dest="file", type=Path, metavar="FILE", help="answers in YAML")
    options.add_argument("--lang", choices=LANGUAGES, help="of questions and messages")
    chosen = options.parse_args()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang or choose_language()
    words, language = draft.load_draft_words(), choose_language()
    target = ROOT / "docs" / SITE
    if target.exists():
        print(words.format(language, "message.exists", folder=f"docs/{SITE}"), file=sys.stderr)
        return 1
    try:
        data = _read_answers(chosen.file) if chosen.file else _ask_for_site(Interviewer(words, language))
    except FactsError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("\n" + words.format(language, "message.stopped"), file=sys.stderr)
        return 130
    help_words = load_strings(PACKAGE / "strings" / "help.yaml", PACKAGE.parent)
    heading = f"# {words.format(language, 'file.site')}\n"
    text = f"{_MARK}{heading}{format_with_comments(Site, data, help_words, language)}"
    target.write_text(text, encoding="utf-8", newline="\n")
    print(words.format(language, "message.written", folder=f"docs/{SITE}"))
    return 0


def _read_answers(path: Path) -> dict[str, Any]:
    """Read and check answers.

    Raises:
        FactsError: with every mistake.
    """
    file = read_yaml(path.resolve(), path.resolve().parent)
    known = [folder.id for folder in load_facts(ROOT).authorities]
    problems = list(check_site(file.values, ROOT / "docs", known, known, file.locate))
    try:
        validate(Site, file.data, file.locate)
    except FactsError as error:
        problems += error.problems
    if problems:
        raise FactsError([show_place(problem, path.resolve().parent) for problem in problems])
    return dict(file.data)


def _ask_for_site(interviewer: Interviewer) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": interviewer.ask_both("ask.site.name"),
        "publisher": interviewer.ask_both("ask.site.publisher"),
    }
    if interviewer.choose("ask.site.official", ["unofficial", "official"]) == "official":
        data["official"] = True
        data["statement"] = interviewer.ask_both("ask.site.statement")
    if interviewer.choose("ask.site.first_language", LANGUAGES) == "en":
        data["first_language"] = "en"
    known = [folder.id for folder in load_facts(ROOT).authorities]

    def parse_authorities(answer: str) -> list[str]:
        names = answer.replace(",", " ").split()
        for name in names:
            interviewer.require_one_of(name, known)
        return names

    if names := interviewer.ask("ask.site.authorities", parse_authorities, known=", ".join(known)):
        data["authorities"] = names
    for field in ("contact", "security_contact"):

        def parse_address(answer: str, field: str = field) -> str | None:
            address = f"mailto:{answer}" if "@" in answer and ":" not in answer else answer
            others = {name: data[name] for name in ("name", "publisher")}
            return require_value(Site, others, field, address) if answer else None

        if address := interviewer.ask(f"ask.site.{field}", parse_address):
            data[field] = address
    validate(Site, data, _locate_nowhere)
    return data


def _locate_nowhere(_: Location) -> Place:
    return Place("", 0)


if __name__ == "__main__":
    sys.exit(main())
