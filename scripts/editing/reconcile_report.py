"""Compares the sections of a manual's new edition with what the facts cite.

The new sections stand in a file (edition, date, sections: as in authority.yaml), or in authority.yaml itself,
edited and not yet committed. Ends with 1 when something has lost its last source, 2 when it cannot compare.
"""

import argparse
import sys
from pathlib import Path

from macros import PACKAGE
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.validation import validate
from macros.loading.wording import Strings, load_strings
from macros.loading.yaml_file import read_yaml
from macros.model.facts import LANGUAGES, Facts
from macros.model.language import choose_language
from macros.model.location import Place
from macros.upkeep.editions import Edition, Section, reconcile
from scripts import ROOT
from scripts.editing.git_facts import NoSuchCommitError, state


def edition_of_file(path: Path) -> Edition:
    """The new edition as a file of its own lists it.

    Raises:
        FactsError: with what is wrong in it.
    """
    file = read_yaml(path, path.parent)
    return validate(Edition, file.data, lambda location: Place(str(path), file.locate(location).line))


def edition_in_tree(document: str) -> Edition | None:
    """The new edition as the working tree's ``authority.yaml`` has it; its guides need not fit it yet.

    Raises:
        FactsError: the file is not YAML, or the edition is not in order.
    """
    for path in sorted(ROOT.glob("docs/*/authority.yaml")):
        file = read_yaml(path, ROOT)
        for index, entry in enumerate(file.data.get("documents") or []):
            if isinstance(entry, dict) and entry.get("id") == document:
                kept = {name: entry[name] for name in Edition.model_fields if name in entry}
                at = ("documents", index)
                return validate(
                    Edition,
                    kept,
                    lambda location: file.locate([*at, *location]),  # noqa: B023 - used at once
                )
    return None


def told(sections: list[Section], strings: Strings, language: str) -> list[str]:
    """The report's lines: sections first, then whatever has no source any more."""
    say = strings.select(language)
    lines = []
    for section in sections:
        lines.append(f"{section.name}: {_how(section, strings, language)}")
        for name, citations in (("kept", section.kept_citations), ("lost", section.lost_citations)):
            places = dict.fromkeys(_place(one.place, one.source.step) for one in citations)
            lines += [f"    {say[name]}: {', '.join(places)}"] if places else []
        if section.uncited_numbers == (0,):
            lines.append(f"    {say['uncited.section']}")
        elif section.uncited_numbers:
            lines.append(f"    {say['uncited']}: {', '.join(map(str, section.uncited_numbers))}")
    alone = unsourced(sections)
    lines += ["", strings.format(language, "unsourced", count=len(alone)) if alone else say["unsourced.none"]]
    return [*lines, *(f"    {where}" for where in alone)]


def unsourced(sections: list[Section]) -> list[str]:
    """Facts of which no source is left."""
    return list(
        dict.fromkeys(one.place for section in sections for one in section.lost_citations if one.is_last)
    )


def _how(section: Section, strings: Strings, language: str) -> str:
    if section.after is None:
        return strings.format(language, "section.gone")
    if section.before is None:
        return strings.format(language, "section.new", after=section.after)
    code = "section.same" if section.before == section.after else "section.changed"
    values = {"before": section.before} if code == "section.changed" else {}
    return strings.format(language, code, after=section.after, **values)


def _place(where: str, step: int | None) -> str:
    return f"{where} ({step})" if step else where


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/reconcile", description=__doc__)
    options.add_argument("document", metavar="MANUAL", help="its id, e.g. tse-manual")
    options.add_argument("file", nargs="?", type=Path, help="default: authority.yaml as it has been edited")
    options.add_argument("--since", default="HEAD", metavar="COMMIT", help="the facts before that edit")
    options.add_argument("--lang", choices=LANGUAGES, default=choose_language())
    return options.parse_args()


def main() -> int:
    """Print the report."""
    chosen = _options()
    try:
        strings = load_strings(PACKAGE / "strings" / "reconcile.yaml", ROOT)
        edition = edition_of_file(chosen.file.resolve()) if chosen.file else edition_in_tree(chosen.document)
        with state(None if chosen.file else chosen.since) as root:
            facts: Facts = load_facts(root)
    except (FactsError, NoSuchCommitError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    manual = facts.documents.get(chosen.document)
    if manual is None or edition is None:
        known = ", ".join(facts.documents)
        print(
            strings.format(chosen.lang, "no-document", document=chosen.document, known=known), file=sys.stderr
        )
        return 2
    undated = strings.format(chosen.lang, "undated")
    old, new = manual.edition or undated, edition.edition or undated
    print(strings.format(chosen.lang, "title", document=chosen.document, old=old, new=new), end="\n\n")
    sections = reconcile(facts, chosen.document, edition)
    print(*told(sections, strings, chosen.lang), sep="\n")
    return 1 if unsourced(sections) else 0


if __name__ == "__main__":
    sys.exit(main())
