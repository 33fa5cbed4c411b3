"""The form: every field of the model, with its words, and every mistake at its field."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from macros.exports.yaml_schema import MODELS, build_schemas
from macros.loading.yaml_file import parse_values
from scripts.editor.documents import find_document
from scripts.editor.field_choices import FieldChoices
from scripts.editor.field_problems import find_path, find_problems
from scripts.editor.form_schema import build_form, read_data
from scripts.editor.yaml_edit import edit_yaml

KINDS = [*MODELS, "parts"]


def list_properties(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the properties of a schema and of its definitions, by their codes."""
    definitions = {"": schema, **schema.get("$defs", {})}
    return {
        f"{name}.{field}": value
        for name, definition in definitions.items()
        for field, value in definition.get("properties", {}).items()
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_field_has_label_and_help(kind: str, language: Any) -> None:  # noqa: ANN401 - one of two words
    """Of the model's own words: who adds a field says what it is called in strings/fields.yaml."""
    properties = list_properties(build_form(kind, language, {}, {}))
    assert properties.keys() == list_properties(build_schemas()[kind]).keys()
    for code, value in properties.items():
        if "type" in value or "$ref" in value:
            assert value["title"], code
            assert value["title"] != code.rpartition(".")[2] or language == "en", code
        assert "\n" not in value.get("description", ""), code
        for choice in value.get("oneOf", []):
            assert choice["title"] != choice["const"] or language == "en" or "." in choice["const"], code


def test_values_from_elsewhere_are_chosen_from_lists(synthetic_root: Path) -> None:
    """Manuals by their titles, environments, guides; references are offered."""
    document = find_document("abc/renew.yaml", synthetic_root)
    choices = FieldChoices(synthetic_root, "ja")
    properties = list_properties(
        build_form("guide", "ja", choices.list_choices(document), choices.list_suggestions())
    )
    manuals = [choice["const"] for choice in properties["Source.document"]["oneOf"]]
    assert "abc-manual" in manuals
    assert "abc/renew" in properties["Otherwise.go"]["x-suggestions"]


def test_data_come_back_as_the_files_have_them() -> None:
    """Days as days, fields in the model's order with the evidence last, no ends of lines of Windows."""
    form = build_form("guide", "ja", {}, {})
    data = {
        "checked": "2027-01-02",
        "title": {"en": "a\r\nb ", "ja": "あ"},
        "steps": [{"sources": [], "id": "x"}],
    }
    read = read_data(form, data)
    assert read == {
        "title": {"ja": "あ", "en": "a\nb"},
        "steps": [{"id": "x", "sources": []}],
        "checked": dt.date(2027, 1, 2),
    }
    assert list(read) == ["title", "steps", "checked"]
    assert list(read["steps"][0]) == ["id", "sources"]
    assert read_data(form, {"checked": "tomorrow"}) == {"checked": "tomorrow"}


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("", []),
        ("title.en", ["title", "en"]),
        ("steps.2(choose).do.ja", ["steps", 1, "do", "ja"]),
        ("steps.1(shared/certmgr#open).use", ["steps", 0, "use"]),
        ("sections.2.3 A", ["sections", "2.3 A"]),
        ("steps.3", ["steps", 2]),
    ],
)
def test_a_place_leads_to_its_field(field: str, path: list[str | int]) -> None:
    """As messages count and name, so the form finds it."""
    data = {"steps": [{"use": "shared/certmgr#open"}, {"id": "choose"}], "sections": {"2.3 A": 1}}
    assert find_path(field, data) == path


def test_a_mistake_is_told_at_its_field_before_it_is_written(synthetic_root: Path) -> None:
    """In the model's words; the file stays as it is."""
    document = find_document("abc/renew.yaml", synthetic_root)
    text = document.read()
    data = parse_values(document.name, text.encode())
    assert find_problems(document, text, synthetic_root) == []
    data["summary"]["en"] = ""
    (problem,) = find_problems(document, edit_yaml(text, data), synthetic_root)
    assert problem.path == ["summary", "en"]
    assert problem.problem.message.ja
    assert document.read() == text


def test_a_draft_is_in_order_without_english(synthetic_root: Path) -> None:
    """Japanese may be saved before English while the guide is not published."""
    document = find_document("abc/renew.yaml", synthetic_root)
    text = document.read()
    data = parse_values(document.name, text.encode())
    data["summary"]["en"] = ""
    data["draft"] = True
    assert find_problems(document, edit_yaml(text, data), synthetic_root) == []
