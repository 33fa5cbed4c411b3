"""The borders between rooms: what the packages within certcheck, macros and scripts may import.

A room is a folder of modules with one purpose, which the docstring of its `__init__` states. The last
sentence of that docstring, "May import: …", names rooms and modules beside it, and others under their full
names. What is for all rooms, the package's own docstring names ("For all …: …"). An import for type checkers
alone counts like any other: to understand the importing module one has to read the imported one.
"""

from __future__ import annotations

import ast
import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import grimp
import pytest

from tests.support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = {"certcheck": ROOT / "wasm/certcheck", "macros": ROOT / "macros", "scripts": ROOT / "scripts"}
FORBIDDEN = {
    "certcheck": {"macros", "scripts", "tests"},
    "macros": {"scripts", "tests", "mkdocs", "material"},
    "scripts": {"tests"},
}
GRAPH = grimp.build_graph(*FOLDERS, include_external_packages=True, cache_dir=None)


def find_rooms() -> dict[str, Path]:
    """Return each room's full name with its `__init__`."""
    rooms: dict[str, Path] = {}
    for package, folder in FOLDERS.items():
        for path in sorted(folder.rglob("*/__init__.py")):
            rooms[".".join((package, *path.parent.relative_to(folder).parts))] = path
    return rooms


def list_imports() -> list[tuple[str, str]]:
    """Return each module with each module, or package from elsewhere, that it imports."""
    imports: list[tuple[str, str]] = []
    for importer in sorted(GRAPH.modules):
        imports += [
            (importer, imported) for imported in sorted(GRAPH.find_modules_directly_imported_by(importer))
        ]
    return imports


ROOMS = find_rooms()
IMPORTS = list_imports()


def find_room(module: str) -> str:
    """Return a module's innermost room, ``macros.model`` of ``macros.model.guides``; in none, its name."""
    parts = module.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
    return next((name for name in names if name in ROOMS), module)


def find_outer_room(module: str) -> str:
    """Return a module's outermost room: ``certcheck.formats`` of ``certcheck.formats.pkcs12.rc2``."""
    return ".".join(module.split(".")[:2])


def read_permitted(room: str) -> list[str]:
    """Return the full names that a room's docstring permits it to import."""
    docstring = ast.get_docstring(ast.parse(ROOMS[room].read_text(encoding="utf-8"))) or ""
    _, sentence, names = docstring.partition("May import: ")
    assert sentence, f"the docstring of {room} does not say what the room may import"
    package = room.partition(".")[0]
    return [
        name if name.partition(".")[0] in FOLDERS else f"{package}.{name}"
        for name in re.findall(r"`([\w.]+)`", names)
    ]


def read_foundation(package: str) -> list[str]:
    """Return the package and the modules beside its rooms that are for all of them, as its docstring says."""
    docstring = ast.get_docstring(ast.parse((FOLDERS[package] / "__init__.py").read_text("utf-8"))) or ""
    sentence = re.search(r"For all[\w ]*: ([^.]*)\.", docstring)
    assert sentence, f"the docstring of {package} does not say what is for all rooms"
    return [package, *(f"{package}.{name}" for name in re.findall(r"`(\w+)`", sentence[1]))]


def find_circle(imports: list[tuple[str, str]]) -> list[str]:
    """Return modules or rooms that import one another, the first again at the end; empty without any."""
    graph: dict[str, set[str]] = {}
    for importer, imported in imports:
        graph.setdefault(importer, set()).add(imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_what_its_docstring_permits(room: str) -> None:
    """Besides itself, and what its package holds for all rooms."""
    package = room.partition(".")[0]
    permitted = tuple(f"{name}." for name in (room, *read_permitted(room)))
    foundation = read_foundation(package)
    strangers = [
        f"{importer} imports {imported}"
        for importer, imported in IMPORTS
        if find_room(importer) == room
        and imported.partition(".")[0] in FOLDERS
        and imported not in foundation
        and not f"{imported}.".startswith(permitted)
    ]
    assert strangers == []


def test_what_docstrings_permit_exists() -> None:
    """A permission for a room that was renamed would permit nothing, and mislead."""
    permitted = {name for room in ROOMS for name in read_permitted(room)}
    assert permitted <= GRAPH.modules


@pytest.mark.parametrize("package", FOLDERS)
def test_what_is_for_all_rooms_imports_none(package: str) -> None:
    """It can be understood before any room."""
    foundation = read_foundation(package)
    imports = [edge for edge in IMPORTS if edge[0] in foundation[1:]]
    assert set(foundation) <= GRAPH.modules
    assert [edge for edge in imports if find_room(edge[1]) in ROOMS] == []


def test_nothing_imports_in_a_circle() -> None:
    """Neither modules nor rooms: each can be understood after those that it imports."""
    assert find_circle(IMPORTS) == []
    between_rooms = [(find_outer_room(importer), find_outer_room(imported)) for importer, imported in IMPORTS]
    assert find_circle([edge for edge in between_rooms if edge[0] != edge[1]]) == []


@pytest.mark.parametrize("package", FORBIDDEN)
def test_what_is_kept_apart(package: str) -> None:
    """The checker knows no site, the site's model no site builder, and nothing that runs is in the tests."""
    imports = [edge for edge in IMPORTS if edge[0].partition(".")[0] == package]
    assert [edge for edge in imports if edge[1].partition(".")[0] in FORBIDDEN[package]] == []


def test_wasm_beside_certcheck_imports_no_site() -> None:
    """What lies under wasm/ in no package is held to the same."""
    modules = set((ROOT / "wasm").rglob("*.py")) - set(FOLDERS["certcheck"].rglob("*.py"))
    for path in modules:
        assert not re.search(
            r"^\s*(from|import) (macros|scripts|tests)\b", path.read_text("utf-8"), re.MULTILINE
        )
