"""The JSON Schemas of the facts' YAML are those of the model, and every file names the one it follows."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from macros.exports.yaml_schema import FOLDER, MODELS, build_schemas, collect_models, find_kind
from macros.loading.wording import load_strings
from macros.loading.yaml_file import read_yaml
from scripts.editing.schema_update import facts_files, mark, written
from tests.macros.conftest import HERE, Break
from tests.support import ROOT

Json = dict[str, Any]
SCHEMAS = build_schemas()
# Mistakes of mistakes.yaml that a look at one file alone can tell.
MARKED = {
    "renewal.opens.days_before",
    "renewal.opens.days",
    "renewal.closes.at",
    "renewal.closes.time",
    "documents",
    "documents.0.date",
    "title.en",
    "summary.en",
    "steps.1.id",
    "steps.1.title.the menu",
    "steps.0.notes.1.basis",
    "checked",
    "transfer.allowed",
    "trust_anchors.0.sha256",
    "name",
}
MISTAKES = [
    mistake
    for mistake in YAML(typ="safe").load(HERE / "mistakes.yaml")["mistakes"]
    if mistake["field"] in MARKED and "used 2 times" not in mistake["en"]
]


def plain(path: Path, root: Path) -> Any:  # noqa: ANN401 - YAML
    """What an editor sees: YAML 1.2 has no days, so they are text."""
    return json.loads(json.dumps(read_yaml(path, root).data, default=dt.date.isoformat))


def complaints(path: Path, root: Path) -> list[str]:
    """What an editor would mark in a file."""
    schema = SCHEMAS[find_kind(path.relative_to(root / "docs").as_posix())]
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{path}: {error.json_path}: {error.message}" for error in checker.iter_errors(plain(path, root))]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_committed_schemas_are_those_of_the_model(kind: str) -> None:
    """When the model or its help changes, scripts/schema writes them anew."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert (ROOT / FOLDER / f"{kind}.json").read_text(encoding="utf-8") == written(SCHEMAS[kind])


@pytest.mark.parametrize("path", facts_files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_follows_the_schema_that_it_names(path: Path) -> None:
    """An editor that knows the schema finds nothing in what the build accepts."""
    assert path.read_text(encoding="utf-8").startswith(mark(path, ROOT))
    assert complaints(path, ROOT) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["field"])
def test_an_editor_marks_what_the_build_refuses(broken: Break, mistake: dict[str, str]) -> None:
    """Whatever one file alone can tell is marked while it is typed."""
    root = broken(mistake["file"], mistake["old"], mistake["new"])
    assert complaints(root / "docs" / mistake["file"], root)


def test_every_field_is_explained_and_nothing_else() -> None:
    """Editors show what a field holds, in both languages; no explanation outlives its field."""
    named = {
        f"{base.__name__}.{info.alias or name}"
        for model in MODELS.values()
        for each in collect_models(model).values()
        for base in each.__mro__
        if base.__name__ != "Fact"
        for name, info in getattr(base, "model_fields", {}).items()
    }
    explained = load_strings(ROOT / "macros/strings/help.yaml", ROOT).words
    assert set(explained) - named == {"use"}


def test_examples_are_shown() -> None:
    """A field that wants a certain form has an example of it."""
    definitions: Json = SCHEMAS["authority"]["$defs"]
    assert definitions["Opens"]["properties"]["days_before"]["examples"] == [30]
    assert definitions["Source"]["properties"]["section"]["examples"] == ["5.1.1(1)"]
