"""What differs between two states of the facts: single values, each with its place.

Both states are trees of plain values, see :func:`build_fact_tree` and :func:`read_tree`. Entries of a list
are the same entry when they have the same id; without ids equal ones are, and the others go by their order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from macros.exports.publish import dump
from macros.loading.yaml_file import read_yaml
from macros.model.facts import CONTACTS, LANGUAGES, Facts

# What is said of a page, by its reference, or of an authority, by its id.
Tree = dict[str, Any]
# Names of fields that lead to a value; an entry's id follows its list's name, ``documents[tse-manual]``.
FieldPath = tuple[str, ...]
# Compared as a whole: that a drawn window changed says enough.
SCREEN = "screen"
# The end of a path where entries are the same but for their order.
ORDER = "order"
# The fields that identify an entry of a list, in the order in which they are looked for.
_ID_FIELDS = ("id", "situation")


@dataclass(frozen=True)
class FactChange:
    """One value that is not what it was.

    Attributes:
        ref: ``tse``, ``tse/renew`` or ``tse/renew#choose-file``.
        path: of the value below it, ``("renewal", "closes", "at")``. Empty where a whole page came or went.
        old: the value before; None where there was none.
        new: the value now; None where there is none.
    """

    ref: str
    path: FieldPath
    old: Any
    new: Any


def build_fact_tree(facts: Facts) -> Tree:
    """Build the tree of facts as the model reads them, with shared steps in their places.

    What is derived, the pages of contacts, is left out.
    """
    tree: Tree = {}
    for folder in facts.authorities:
        answers = dump(folder.answers.answers) if folder.answers else {}
        tree[folder.id] = dump(folder.authority) | answers
    return tree | {page.ref: dump(page.guide) for page in facts.pages if page.id != CONTACTS}


def read_tree(root: Path) -> Tree:
    """Read the tree of YAML files as they are, for facts that today's model does not understand.

    Args:
        root: the repository.

    Raises:
        FactsError: a file is not YAML.
    """
    tree: Tree = {}
    for path in sorted([*root.glob("docs/*/*.yaml"), *root.glob("docs/*/parts/*.yaml")]):
        ref = path.relative_to(root / "docs").with_suffix("").as_posix()
        tree[ref.removesuffix("/authority")] = read_yaml(path, root).data
    return tree


def compare_trees(before: Tree, after: Tree) -> list[FactChange]:
    """Find every change, place by place in the order of what is there now; what went comes last."""
    changes: list[FactChange] = []
    for ref in dict.fromkeys([*after, *before]):
        if ref in before and ref in after:
            changes += _compare_values(ref, (), before[ref], after[ref])
        else:
            changes.append(FactChange(ref, (), before.get(ref), after.get(ref)))
    return changes


def is_bilingual(value: Any) -> bool:  # noqa: ANN401 - plain values
    """Tell whether a value is the same words in both languages."""
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def _compare_values(ref: str, path: FieldPath, old: Any, new: Any) -> Iterator[FactChange]:  # noqa: ANN401 - plain values
    """Compare two values; descend into what has fields or entries on both sides, or one field on one side."""
    if old == new:
        return
    has_both = old is not None and new is not None
    value = new if old is None else old
    is_whole = path[-1:] == (SCREEN,) or is_bilingual(value) or (has_both and type(old) is not type(new))
    if not is_whole and isinstance(value, dict) and (has_both or len(value) == 1):
        for key in dict.fromkeys([*(new or {}), *(old or {})]):
            yield from _compare_values(ref, _append(path, key), (old or {}).get(key), (new or {}).get(key))
    elif not is_whole and isinstance(value, list) and has_both:
        yield from _compare_lists(ref, path, old, new)
    else:
        yield FactChange(ref, path, old, new)


def _append(path: FieldPath, key: str) -> FieldPath:
    """Append a key; sections are entries by their number and no fields."""
    return (*path[:-1], f"sections[{key}]") if path[-1:] == ("sections",) else (*path, key)


def _compare_lists(ref: str, path: FieldPath, old: list[Any], new: list[Any]) -> Iterator[FactChange]:
    if all(_find_id(entry) for entry in (*old, *new)):
        old_by_id = {_find_id(entry): entry for entry in old}
        new_by_id = {_find_id(entry): entry for entry in new}
        yield from _compare_by_id(ref, path, old_by_id, new_by_id)
        return
    removed = [entry for entry in old if entry not in new]
    added = [entry for entry in new if entry not in old]
    if not removed and not added:
        yield FactChange(ref, (*path, ORDER), old, new)
    for old_entry, new_entry in zip_longest(removed, added):
        if isinstance(old_entry, dict) and isinstance(new_entry, dict):
            yield from _compare_values(ref, path, old_entry, new_entry)
        else:
            yield FactChange(ref, path, old_entry, new_entry)


def _compare_by_id(
    ref: str, path: FieldPath, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[FactChange]:
    new_order = [entry_id for entry_id in new if entry_id in old]
    old_order = [entry_id for entry_id in old if entry_id in new]
    if new_order != old_order:
        yield FactChange(ref, (*path, ORDER), list(old), list(new))
    for entry_id in dict.fromkeys([*new, *old]):
        entry_ref, entry_path = _address_entry(ref, path, entry_id)
        if entry_id in old and entry_id in new:
            yield from _compare_values(entry_ref, entry_path, old[entry_id], new[entry_id])
        else:
            yield FactChange(entry_ref, entry_path, old.get(entry_id), new.get(entry_id))


def _address_entry(ref: str, path: FieldPath, entry_id: str) -> tuple[str, FieldPath]:
    """Address an entry: steps and contacts have references of their own, others a path."""
    if path == ("steps",):
        return f"{ref}#{entry_id}", path
    if path == (CONTACTS,):
        return f"{ref}/{CONTACTS}#{entry_id}", path
    return ref, (*path[:-1], f"{path[-1]}[{entry_id}]")


def _find_id(entry: Any) -> str:  # noqa: ANN401 - plain values
    if not isinstance(entry, dict):
        return ""
    return next((str(entry[field]) for field in _ID_FIELDS if field in entry), "")
