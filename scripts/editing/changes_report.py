"""Says in words what changed in the facts between two commits, or adds it to the site's page of changes.

Ends with 0, or with 2 when a commit is not known or the facts of today are not in order.
"""

import argparse
import datetime as dt
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from macros import PACKAGE
from macros.history.change_sentences import ChangeSentence, ChangeWords
from macros.history.changelog import LOG, load_log
from macros.history.changes import Change, Tree, build_fact_tree, compare_trees, read_tree
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import load_strings
from macros.model.facts import LANGUAGES
from macros.model.language import LANGUAGE_VARIABLE, choose_language
from scripts import ROOT
from scripts.editing.git_facts import NoSuchCommitError, git, resolve, state

JAPAN = dt.timezone(dt.timedelta(hours=9))
# What a reader of the page is told in full; longer texts were "revised".
LONGEST = {"ja": 60, "en": 120}
# What editors keep books with or what only the page's look needs; no reader asks for it.
_BOOKKEEPING = {"basis", "sources", "checked", "sections", "also_called", "user_id_label", "open"}


def trees(before: Path, after: Path) -> tuple[Tree, Tree]:
    """Both states as the model reads them; where it cannot read one, both as plain YAML, and why."""
    try:
        return build_fact_tree(load_facts(before)), build_fact_tree(load_facts(after))
    except FactsError as error:
        print(_say("said.plain", count=len(error.problems), first=error.problems[0]), file=sys.stderr)
        return read_tree(before), read_tree(after)


def changes(before: str, after: str | None) -> list[Change]:
    """What changed; ``after`` None: up to the working tree."""
    with ExitStack() as both:
        folders = [both.enter_context(state(commit)) for commit in (before, after)]
        return compare_trees(*trees(folders[0], folders[1]))


def for_readers(found: list[Change]) -> list[Change]:
    """Without what only editors ask for."""
    names = ({part.partition("[")[0] for part in change.path} for change in found)
    return [change for change, parts in zip(found, names, strict=True) if not parts & _BOOKKEEPING]


def _say(code: str, **values: object) -> str:
    return load_strings(PACKAGE / "strings" / "changes.yaml", ROOT).format(choose_language(), code, **values)


def write(said: list[ChangeSentence], commit: str) -> None:
    """Add an entry on top of the log; what stands there stays as it is, comments included."""
    yaml = YAML()
    yaml.width = 1 << 16  # one line a text
    yaml.indent(mapping=2, sequence=4, offset=2)
    log = yaml.load(ROOT / LOG)
    seconds = int(git("show", "--no-patch", "--format=%ct", commit))
    entry: dict[str, Any] = {
        "day": dt.datetime.fromtimestamp(seconds, JAPAN).date(),
        "commit": commit,
        "changes": [{"at": one.ref, "says": dict(one.words)} for one in said],
    }
    log["entries"].insert(0, entry)
    yaml.dump(log, ROOT / LOG)


def main() -> int:
    """Print, or write."""
    options = argparse.ArgumentParser(prog="scripts/changes", description=__doc__)
    options.add_argument(
        "before", nargs="?", metavar="A", help="default: the last commit in docs/changes.yaml"
    )
    options.add_argument(
        "after", nargs="?", metavar="B", help="default: the working tree; with --write: HEAD"
    )
    options.add_argument("--write", action="store_true", help="add an entry to docs/changes.yaml")
    options.add_argument("--lang", choices=LANGUAGES, default=choose_language())
    chosen = options.parse_args()
    os.environ[LANGUAGE_VARIABLE] = chosen.lang
    try:
        entries = load_log(ROOT).entries
        before = resolve(chosen.before or (entries[0].commit if entries else "HEAD"))
        after = resolve(chosen.after or "HEAD") if chosen.write or chosen.after else None
        found = changes(before, after)
    except (FactsError, NoSuchCommitError) as error:
        print(error, file=sys.stderr)
        return 2
    if not chosen.write or after is None:
        for one in ChangeWords().describe(found):
            print(f"{one.ref}: {one.words[chosen.lang]}")
        if not found:
            print(_say("said.none"))
        return 0
    said = ChangeWords(LONGEST).describe(for_readers(found))
    if said:
        write(said, after)
    print(_say("said.written" if said else "said.unwritten", count=len(said), log=LOG))
    return 0


if __name__ == "__main__":
    sys.exit(main())
