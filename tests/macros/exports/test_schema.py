"""The published JSON Schema says what the published index is."""

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.exports import publish
from macros.exports.schema import build_schema
from macros.model.facts import Facts

Json = dict[str, Any]


@pytest.fixture(scope="module")
def index(facts: Facts) -> Json:
    """Build the index as other tools read it."""
    decoded: Json = json.loads(json.dumps(publish.build_index(facts, "abc123")))
    return decoded


def find_violations(index: Json) -> list[str]:
    """Find where an index violates the schema; the format of dates counts."""
    checker = Draft202012Validator(build_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.json_path for error in checker.iter_errors(index)]


def test_the_schema_is_one() -> None:
    """It follows JSON Schema 2020-12 and is JSON."""
    Draft202012Validator.check_schema(json.loads(json.dumps(build_schema())))


def test_the_index_follows_it(index: Json) -> None:
    """Every authority, rule, contact, guide and step."""
    assert find_violations(index) == []


def list_paths(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the path to each named value; of lists only to those of the first entry."""
    paths: list[tuple[str | int, ...]] = []
    if isinstance(node, list) and node:
        paths += list_paths(node[0], (*path, 0))
    elif isinstance(node, dict):
        for name, value in node.items():
            paths += [(*path, name), *list_paths(value, (*path, name))]
    return paths


def test_no_value_is_unknown_to_it(index: Json) -> None:
    """Each value of an authority with every part and its first guide is described: a number is refused."""
    authority = next(entry for entry in index["authorities"] if "deleting" in entry)
    guides = authority["guides"][:1]
    small_index = {**index, "authorities": [{**authority, "guides": guides}], "shared_guides": []}
    paths = list_paths(small_index)
    assert len(paths) > 50
    for path in paths:
        changed = copy.deepcopy(small_index)
        node: Any = changed
        for key in path[:-1]:
            node = node[key]
        node[path[-1]] = 0.5
        assert find_violations(changed), path


def test_it_lets_the_index_grow(index: Json) -> None:
    """Schema 1 only grows: a value that is new to a tool is no mistake."""
    changed = copy.deepcopy(index)
    authority = changed["authorities"][0]
    for node in (changed, authority, authority["guides"][0]["steps"][0]):
        node["new"] = {"any": "thing"}
    assert find_violations(changed) == []


@pytest.mark.parametrize("name", ["id", "title", "first", "url", "short", "sources"])
def test_a_step_needs_all_its_values(index: Json, name: str) -> None:
    """A tool may count on each of them."""
    changed = copy.deepcopy(index)
    del changed["authorities"][0]["guides"][0]["steps"][0][name]
    assert find_violations(changed) == ["$.authorities[0].guides[0].steps[0]"]
