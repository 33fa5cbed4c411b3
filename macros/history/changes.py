"""What differs between two states of the facts: single values, each with its place.

Both states are trees of plain values, see :func:`typed_tree` and :func:`plain_tree`. Entries of a list are
the same entry when they have the same id; without ids equal ones are, and the others go by their order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.exports.publish import dump
from macros.loading.contacts import ID as CONTACTS
from macros.loading.yamlfile import read_yaml
from macros.model.facts import LANGUAGES, Facts

# By the reference of a page, or by an authority's id: everything that is said there.
Tree = dict[str, Any]
Way = tuple[str, ...]
# Compared as a whole: that a drawn window changed says enough.
SCREEN = "screen"
# The end of a path where entries are the same but for their order.
ORDER = "order"
_IDS = ("id", "situation")


@dataclass(frozen=True)
class Change:
    """One value that is not what it was.

    Attributes:
        ref: ``tse``, ``tse/renew`` or ``tse/renew#choose-file``.
        path: names of fields below it, ``("renewal", "closes", "at")``; an entry's id follows its
            list's name, ``documents[tse-manual]``. Empty where a whole page came or went.
        old: the value before; None where there was none.
        new: the value now; None where there is none.
    """

    ref: str
    path: tuple[str, ...]
    old: Any
    new: Any


def typed_tree(facts: Facts) -> Tree:
    """The facts as the model reads them, with shared steps in their places; what is derived is left out."""
    answers = {one.id: dump(one.answers.answers) for one in facts.authorities if one.answers}
    authorities = {one.id: dump(one.authority) | answers.get(one.id, {}) for one in facts.authorities}
    pages = {page.ref: dump(page.guide) for page in facts.pages() if page.id != CONTACTS}
    return {**authorities, **pages}


def plain_tree(root: Path) -> Tree:
    """The YAML files as they are, for facts that today's model does not understand.

    Raises:
        FactsError: a file is not YAML.
    """
    paths = sorted([*root.glob("docs/*/*.yaml"), *root.glob("docs/*/parts/*.yaml")])
    refs = (path.relative_to(root / "docs").with_suffix("").as_posix() for path in paths)
    files = zip(refs, paths, strict=True)
    return {ref.removesuffix("/authority"): read_yaml(path, root).data for ref, path in files}


def differences(before: Tree, after: Tree) -> list[Change]:
    """Every change, place by place in the order of what is there now; what went comes last."""
    changes: list[Change] = []
    for ref in dict.fromkeys([*after, *before]):
        if ref in before and ref in after:
            changes += _compared(ref, (), before[ref], after[ref])
        else:
            changes.append(Change(ref, (), before.get(ref), after.get(ref)))
    return changes


def is_text(value: Any) -> bool:  # noqa: ANN401 - plain values
    """Whether it is the same words in both languages."""
    return isinstance(value, dict) and set(value) == set(LANGUAGES)


def _compared(ref: str, path: Way, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401 - plain values
    if old == new:
        return
    both = old is not None and new is not None
    some = new if old is None else old
    if path[-1:] == (SCREEN,) or is_text(some) or (both and type(old) is not type(new)):
        yield Change(ref, path, old, new)
    elif isinstance(some, dict) and (both or len(some) == 1):
        for key in dict.fromkeys([*(new or {}), *(old or {})]):
            yield from _compared(ref, _below(path, key), (old or {}).get(key), (new or {}).get(key))
    elif isinstance(some, list) and both:
        yield from _listed(ref, path, old, new)
    else:
        yield Change(ref, path, old, new)


def _below(path: Way, key: str) -> tuple[str, ...]:
    """Sections are entries by their number and no fields."""
    return (*path[:-1], f"sections[{key}]") if path[-1:] == ("sections",) else (*path, key)


def _listed(ref: str, path: Way, old: list[Any], new: list[Any]) -> Iterator[Change]:
    if all(_id(entry) for entry in (*old, *new)):
        yield from _listed_by_id(ref, path, {_id(one): one for one in old}, {_id(one): one for one in new})
        return
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    if not gone and not come:
        yield Change(ref, (*path, ORDER), old, new)
    for index in range(max(len(gone), len(come))):
        was, is_now = (entries[index] if index < len(entries) else None for entries in (gone, come))
        if isinstance(was, dict) and isinstance(is_now, dict):
            yield from _compared(ref, path, was, is_now)
        else:
            yield Change(ref, path, was, is_now)


def _listed_by_id(ref: str, path: Way, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    kept = [one for one in new if one in old]
    if kept != [one for one in old if one in new]:
        yield Change(ref, (*path, ORDER), list(old), list(new))
    for one in dict.fromkeys([*new, *old]):
        below = _entry(ref, path, one)
        if one in old and one in new:
            yield from _compared(*below, old[one], new[one])
        else:
            yield Change(*below, old.get(one), new.get(one))


def _entry(ref: str, path: Way, one: str) -> tuple[str, tuple[str, ...]]:
    """Steps and contacts have addresses of their own."""
    if path == ("steps",):
        return f"{ref}#{one}", path
    if path == (CONTACTS,):
        return f"{ref}/{CONTACTS}#{one}", path
    return ref, (*path[:-1], f"{path[-1]}[{one}]")


def _id(entry: Any) -> str:  # noqa: ANN401 - plain values
    return next((str(entry[key]) for key in _IDS if key in entry), "") if isinstance(entry, dict) else ""
