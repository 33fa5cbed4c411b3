"""The index as the build makes it, and the committed queries."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from macros.loading.load import load_facts
from macros.model.facts import Facts
from scripts.site.search_files import write_search_files
from tests.support import ROOT

HERE = Path(__file__).parent
QUERIES = YAML(typ="safe").load(HERE / "queries.yaml")

Engine = Callable[[dict[str, Any]], Any]


@pytest.fixture(scope="session")
def facts() -> Facts:
    """The facts of this repository."""
    return load_facts(ROOT)


@pytest.fixture(scope="session")
def indexes(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``search.ja.json`` and ``search.en.json``."""
    out = tmp_path_factory.mktemp("search")
    write_search_files(ROOT, facts, out)
    return out


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Ask the engine that the pages use, in Node."""

    def ask(question: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        command = ["node", str(HERE / "engine.mjs")]
        said = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, input=json.dumps(question), capture_output=True, text=True, check=True
        )
        return json.loads(said.stdout)

    return ask
