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
    """The index as other tools read it."""
    loaded: Json = json.loads(json.dumps(publish.build_index(facts, "abc123")))
    return loaded


def complaints(index: Json) -> list[str]:
    """Where an index is not what the schema says, with dates looked at, too."""
    checker = Draft202012Validator(build_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.json_path for error in checker.iter_errors(index)]


def test_the_schema_is_one() -> None:
    """It follows JSON Schema 2020-12 and is JSON."""
    Draft202012Validator.check_schema(json.loads(json.dumps(build_schema())))


def test_the_index_follows_it(index: Json) -> None:
    """Every authority, rule, contact, guide and step."""
    assert complaints(index) == []


def paths(node: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The way to each named value; of lists only their first entry."""
    if isinstance(node, list):
        return [path for entry in node[:1] for path in paths(entry, (*at, 0))]
    if not isinstance(node, dict):
        return []
    return [path for name, value in node.items() for path in [(*at, name), *paths(value, (*at, name))]]


def test_no_value_is_unknown_to_it(index: Json) -> None:
    """Each value of the first authority and its first guide is described: a number instead is refused."""
    first = index["authorities"][0]
    small = {**index, "authorities": [{**first, "guides": first["guides"][:1]}], "shared_guides": []}
    kept = 0
    for path in paths(small):
        changed = copy.deepcopy(small)
        place: Any = changed
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = 0.5
        assert complaints(changed), path
        kept += 1
    assert kept > 50


def test_it_lets_the_index_grow(index: Json) -> None:
    """Schema 1 only grows: a value that is new to a tool is no mistake."""
    grown = copy.deepcopy(index)
    for place in (grown, grown["authorities"][0], grown["authorities"][0]["guides"][0]["steps"][0]):
        place["new"] = {"any": "thing"}
    assert complaints(grown) == []


@pytest.mark.parametrize("name", ["id", "title", "first", "url", "short", "sources"])
def test_a_step_needs_all_its_values(index: Json, name: str) -> None:
    """A tool may count on each of them."""
    poorer = copy.deepcopy(index)
    del poorer["authorities"][0]["guides"][0]["steps"][0][name]
    assert complaints(poorer) == ["$.authorities[0].guides[0].steps[0]"]
