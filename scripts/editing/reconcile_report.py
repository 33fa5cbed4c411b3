"""Compare the sections of a manual's new edition with what the facts cite.

The new sections stand in a file (edition, date, sections: as in authority.yaml), or in authority.yaml itself,
edited and not yet committed. The exit status is 1 when something has lost its last source, 2 when nothing
can be compared, else 0.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from macros import PACKAGE
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.validation import validate
from macros.loading.wording import Strings, load_strings
from macros.loading.yaml_file import YamlFile, read_yaml
from macros.model.location import Place
from macros.upkeep.editions import Citation, Edition, Section, reconcile
from scripts import ROOT
from scripts.editing.command_words import add_language_option
from scripts.editing.git_facts import NoSuchCommitError, open_facts


def read_edition(path: Path) -> Edition:
    """Read the new edition from a file of its own.

    Raises:
        FactsError: with what is wrong in it.
    """
    file = read_yaml(path, path.parent)
    return validate(Edition, file.data, lambda location: Place(str(path), file.locate(location).line))


def find_edition(document: str) -> Edition | None:
    """Find the new edition in the working tree's ``authority.yaml``; its guides need not fit it yet.

    Raises:
        FactsError: the file is not YAML, or the edition is not in order.
    """
    for path in sorted(ROOT.glob("docs/*/authority.yaml")):
        file = read_yaml(path, ROOT)
        for index, entry in enumerate(file.data.get("documents") or []):
            if isinstance(entry, dict) and entry.get("id") == document:
                return _validate_entry(file, index, entry)
    return None


def _validate_entry(file: YamlFile, index: int, entry: dict[str, Any]) -> Edition:
    """Validate the document of that index in ``authority.yaml``, as far as it is an edition."""
    fields = {name: entry[name] for name in Edition.model_fields if name in entry}
    return validate(Edition, fields, lambda location: file.locate(["documents", index, *location]))


def render_report(sections: list[Section], strings: Strings, language: str) -> list[str]:
    """Render the report's lines: sections first, then whatever has no source any more."""
    words = strings.select(language)
    lines = []
    for section in sections:
        lines.append(f"{section.name}: {_describe_change(section, strings, language)}")
        for name, citations in (("kept", section.kept_citations), ("lost", section.lost_citations)):
            if places := dict.fromkeys(map(_render_place, citations)):
                lines.append(f"    {words[name]}: {', '.join(places)}")
        if section.uncited_numbers == (0,):
            lines.append(f"    {words['uncited.section']}")
        elif section.uncited_numbers:
            lines.append(f"    {words['uncited']}: {', '.join(map(str, section.uncited_numbers))}")
    unsourced = find_unsourced(sections)
    count = strings.format(language, "unsourced", count=len(unsourced))
    lines += ["", count if unsourced else words["unsourced.none"]]
    return [*lines, *(f"    {place}" for place in unsourced)]


def find_unsourced(sections: list[Section]) -> list[str]:
    """Find the facts of which no source is left."""
    places: dict[str, None] = {}
    for section in sections:
        places |= {citation.place: None for citation in section.lost_citations if citation.is_last}
    return list(places)


def _describe_change(section: Section, strings: Strings, language: str) -> str:
    if section.after is None:
        return strings.format(language, "section.gone")
    if section.before is None:
        return strings.format(language, "section.new", after=section.after)
    code = "section.same" if section.before == section.after else "section.changed"
    values = {"before": section.before} if code == "section.changed" else {}
    return strings.format(language, code, after=section.after, **values)


def _render_place(citation: Citation) -> str:
    step = citation.source.step
    return f"{citation.place} ({step})" if step else citation.place


def _parse_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="scripts/reconcile", description=__doc__)
    options.add_argument("document", metavar="MANUAL", help="its id, e.g. tse-manual")
    options.add_argument("file", nargs="?", type=Path, help="default: authority.yaml as it has been edited")
    options.add_argument("--since", default="HEAD", metavar="COMMIT", help="the facts before that edit")
    add_language_option(options)
    return options.parse_args()


def main() -> int:
    """Print the report."""
    chosen = _parse_options()
    try:
        strings = load_strings(PACKAGE / "strings" / "reconcile.yaml", ROOT)
        edition = read_edition(chosen.file.resolve()) if chosen.file else find_edition(chosen.document)
        with open_facts(None if chosen.file else chosen.since) as root:
            facts = load_facts(root)
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
    print(*render_report(sections, strings, chosen.lang), sep="\n")
    return 1 if find_unsourced(sections) else 0


if __name__ == "__main__":
    sys.exit(main())
