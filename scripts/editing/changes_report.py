"""Tell in words what changed in the facts between two commits, or add it to the site's page of changes.

The exit status is 0, or 2 when a commit is not known or the facts of today are not in order.
"""

import argparse
import datetime as dt
import functools
import os
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from certcheck.japan import JAPAN
from macros.history.change_sentences import ChangeSentence, ChangeWords
from macros.history.changelog import LOG, load_log
from macros.history.changes import FactChange, Tree, build_fact_tree, compare_trees, read_tree
from macros.history.reader_sentences import summarize_for_readers
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.language import LANGUAGE_VARIABLE
from scripts import ROOT
from scripts.command import git
from scripts.editing.command_words import add_language_option, format_words
from scripts.editing.git_facts import NoSuchCommitError, open_facts, resolve_commit

_say = functools.partial(format_words, "changes")
# Fields that editors keep books with or that only the page's look needs; readers are not told of them.
_BOOKKEEPING = {
    *("basis", "sources", "checked", "checked_by", "approved", "by", "on"),
    *("sections", "also_called", "user_id_label", "open"),
}


def find_changes(before: str, after: str | None) -> list[FactChange]:
    """Find what changed between two commits; ``after`` None: up to the working tree."""
    with open_facts(before) as old, open_facts(after) as new:
        return compare_trees(*_build_trees(old, new))


def select_for_readers(changes: list[FactChange]) -> list[FactChange]:
    """Select the changes that readers are told of."""
    return [change for change in changes if not _name_fields(change) & _BOOKKEEPING]


def write_entry(sentences: list[ChangeSentence], commit: str) -> None:
    """Add an entry on top of the log; what stands there stays as it is, comments included."""
    yaml = YAML()
    yaml.width = 1 << 16  # one line a text
    yaml.indent(mapping=2, sequence=4, offset=2)
    log = yaml.load(ROOT / LOG)
    seconds = int(git("show", "--no-patch", "--format=%ct", commit))
    entry: dict[str, Any] = {
        "day": dt.datetime.fromtimestamp(seconds, JAPAN).date(),
        "commit": commit,
        "changes": [{"at": sentence.ref, "says": dict(sentence.words)} for sentence in sentences],
    }
    log["entries"].insert(0, entry)
    yaml.dump(log, ROOT / LOG)


def _build_trees(before: Path, after: Path) -> tuple[Tree, Tree]:
    """Build both states as the model reads them; where it cannot read one, both as plain YAML."""
    try:
        return build_fact_tree(load_facts(before)), build_fact_tree(load_facts(after))
    except FactsError as error:
        print(_say("message.plain", count=len(error.problems), first=error.problems[0]), file=sys.stderr)
        return read_tree(before), read_tree(after)


def _name_fields(change: FactChange) -> set[str]:
    """Return the names of the fields on the way to a change."""
    return {part.partition("[")[0] for part in change.path}


def _parse_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/changes", description=__doc__)
    options.add_argument(
        "before", nargs="?", metavar="A", help="default: the last commit in docs/changes.yaml"
    )
    options.add_argument(
        "after", nargs="?", metavar="B", help="default: the working tree; with --write: HEAD"
    )
    options.add_argument("--write", action="store_true", help="add an entry to docs/changes.yaml")
    add_language_option(options)
    return options.parse_args()


def main() -> int:
    """Print the changes, or write an entry."""
    chosen = _parse_options()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang
    try:
        entries = load_log(ROOT).entries
        before = resolve_commit(chosen.before or (entries[0].commit if entries else "HEAD"))
        after = resolve_commit(chosen.after or "HEAD") if chosen.write or chosen.after else None
        changes = find_changes(before, after)
    except (FactsError, NoSuchCommitError) as error:
        print(error, file=sys.stderr)
        return 2
    if not chosen.write or after is None:
        for sentence in ChangeWords().describe(changes):
            print(f"{sentence.ref}: {sentence.words[chosen.lang]}")
        if not changes:
            print(_say("message.none"))
        return 0
    sentences = summarize_for_readers(select_for_readers(changes), load_facts(ROOT))
    if sentences:
        write_entry(sentences, after)
    code = "message.written" if sentences else "message.unwritten"
    print(_say(code, count=len(sentences), log=LOG))
    return 0


if __name__ == "__main__":
    sys.exit(main())
