"""The index as the build makes it, and the committed queries."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.pages.search_records import build_records
from scripts.command import run
from scripts.site.search_files import write_search_files
from tests.support import ROOT

HERE = Path(__file__).parent
QUERIES = YAML(typ="safe").load(HERE / "queries.yaml")

Engine = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Load the facts of this repository."""
    return load_facts(ROOT)


@pytest.fixture(scope="session")
def indexes(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with ``search.ja.json`` and ``search.en.json``."""
    out = tmp_path_factory.mktemp("search")
    write_search_files(ROOT, facts, out)
    return out


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Return a function that asks the engine that the pages use, in Node."""

    def ask(question: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        return json.loads(run("node", HERE / "engine.mjs", stdin=json.dumps(question)).stdout)

    return ask


def list_ids(facts: Facts) -> set[str]:
    """List the ids of everything that can be found: steps, answers, the checker, terms."""
    return {record["id"] for record in build_records(facts, "ja")}


def list_steps(facts: Facts) -> list[str]:
    """List the references of all steps, in the order of the site."""
    steps = []
    for page in facts.pages:
        steps += [f"{page.ref}#{step.id}" for step in page.guide.steps]
    return steps
