"""The JSON Schemas of the facts' YAML are those of the model, and every file names the one it follows."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.exports.yaml_schema import FOLDER, MODELS, build_schemas, collect_models, find_kind
from macros.loading.wording import load_strings
from macros.loading.yaml_file import read_yaml
from macros.model.evidence import Fact
from scripts.editing.schema_update import compose_mark, encode_schema, list_facts_files
from tests.macros.conftest import ReplacePassage, load_mistakes
from tests.support import ROOT

Json = dict[str, Any]
SCHEMAS = build_schemas()
# Mistakes of mistakes/ that a look at one file alone can tell.
FIELDS_IN_ONE_FILE = {
    "renewal.opens.days_before",
    "renewal.opens.days",
    "renewal.closes.at",
    "renewal.closes.time",
    "documents",
    "documents.1(abc-manual).date",
    "title.en",
    "summary.en",
    "steps.2(Menu 11).id",
    "steps.2(menu-11).title.the menu",
    "steps.1(open).notes.2.basis",
    "checked",
    "transfer.allowed",
    "trust_anchors.1.sha256",
    "name",
}
MISTAKES = [
    mistake
    for mistake in load_mistakes()
    if mistake["field"] in FIELDS_IN_ONE_FILE and "used 2 times" not in mistake["en"]
]


def read_as_json(path: Path, root: Path) -> Any:  # noqa: ANN401 - YAML
    """Read what an editor sees: YAML 1.2 has no days, so they are text."""
    return json.loads(json.dumps(read_yaml(path, root).data, default=dt.date.isoformat))


def find_violations(path: Path, root: Path) -> list[str]:
    """Find what an editor would mark in a file."""
    schema = SCHEMAS[find_kind(path.relative_to(root / "docs").as_posix())]
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = checker.iter_errors(read_as_json(path, root))
    return [f"{path}: {error.json_path}: {error.message}" for error in errors]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_committed_schemas_are_those_of_the_model(kind: str) -> None:
    """When the model or its help changes, scripts/schema writes them anew."""
    Draft202012Validator.check_schema(SCHEMAS[kind])
    assert (ROOT / FOLDER / f"{kind}.json").read_text(encoding="utf-8") == encode_schema(SCHEMAS[kind])


@pytest.mark.parametrize("path", list_facts_files(ROOT), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_follows_the_schema_that_it_names(path: Path) -> None:
    """An editor that knows the schema finds nothing in what the build accepts."""
    assert path.read_text(encoding="utf-8").startswith(compose_mark(path, ROOT))
    assert find_violations(path, ROOT) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["field"])
def test_an_editor_marks_what_the_build_refuses(
    replace_passage: ReplacePassage, mistake: dict[str, str]
) -> None:
    """Whatever one file alone can tell is marked while it is typed."""
    root = replace_passage(mistake["file"], mistake["old"], mistake["new"])
    assert find_violations(root / "docs" / mistake["file"], root)


def test_every_field_is_explained_and_nothing_else() -> None:
    """Editors show what a field holds, in both languages; no explanation outlives its field."""
    bases = set[type]()
    for model in MODELS.values():
        for part in collect_models(model).values():
            bases.update(part.__mro__)
    fields = set[str]()
    for base in bases - {Fact}:
        for name, info in getattr(base, "model_fields", {}).items():
            fields.add(f"{base.__name__}.{info.alias or name}")
    explained = load_strings(ROOT / "macros/strings/help.yaml", ROOT).words
    assert set(explained) - fields == {"use"}


def test_examples_are_shown() -> None:
    """A field that wants a certain form has an example of it."""
    definitions: Json = SCHEMAS["authority"]["$defs"]
    assert definitions["Opens"]["properties"]["days_before"]["examples"] == [30]
    assert definitions["Source"]["properties"]["section"]["examples"] == ["5.1.1(1)"]
