"""A document's form: the JSON Schema of its kind, with labels, help and lists of what can be chosen.

Nothing here knows a field by itself, but for those whose values stand elsewhere in the facts
(``field_choices``): a field that the model gains appears in the form.

The page reads a few keywords of its own beside those of JSON Schema: ``x-lines`` (a text of several lines),
``x-flag`` (a switch that is off where nothing is written), ``x-suggestions`` (values to choose from or not),
``x-file`` (a picture to choose), ``x-first`` (fields that are shown before they are filled in).
"""

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from macros.exports.yaml_schema import build_schemas
from macros.history.change_sentences import ChangeWords
from macros.model.evidence import Evidence
from macros.model.facts import LANGUAGES
from macros.model.language import Language
from scripts.editor.picture_files import LOGO, STEP_PICTURE

Json = dict[str, Any]
# What can be chosen for a field: values with their names, by the field's code, ``Source.document``.
Choices = Mapping[str, Mapping[str, str]]
# Fields that hold the name of a file of pictures.
_FILES = {"Picture.file": STEP_PICTURE, ".logo": LOGO}
_ROOT = ""
_TEXT = "Text"


def build_form(kind: str, language: Language, choices: Choices, suggestions: Choices) -> Json:
    """Build the form of a kind of document.

    Args:
        kind: see :func:`macros.exports.yaml_schema.find_kind`.
        language: of labels and help.
        choices: what else cannot be written in a field.
        suggestions: what is offered for a field that takes other words, too.
    """
    schema = build_schemas()[kind]
    words = ChangeWords()
    paths = dict(_find_paths(schema))
    definitions = {_ROOT: schema, **schema.get("$defs", {})}
    for name, definition in definitions.items():
        properties = definition.get("properties", {})
        for field, value in properties.items():
            path, code = (*paths.get(name, ()), field), f"{name}.{field}"
            value["title"] = words.find_label(path, language) or field
            help_words = _choose_language(value.get("description", ""), language)
            value["description"] = help_words if help_words != value["title"] else ""
            _describe_values(value, path, words, language)
            if offered := choices.get(code):
                _offer(value, offered)
            elif offered := suggestions.get(code):
                _innermost(value)["x-suggestions"] = offered
            if purpose := _FILES.get(code):
                value["x-file"] = purpose
            if name == _TEXT:
                value |= {"x-lines": True, "x-language": field}
        definition["properties"] = _order(properties)
        definition["x-first"] = _list_first_fields(definition)
        for keyword in ("anyOf", "description"):  # the page has no use for them
            definition.pop(keyword, None)
    return schema


def read_data(schema: Json, data: Any, definitions: Json | None = None) -> Any:  # noqa: ANN401 - JSON values
    """Read a form's data: fields in the order of their schema, days as days.

    Args:
        schema: that :func:`build_form` has built, or one inside it.
        data: as the page sent it; what is no day stays as it is, for the model to refuse.
        definitions: of the whole schema.
    """
    definitions = schema.get("$defs", {}) if definitions is None else definitions
    schema = definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    if isinstance(data, list):
        return [read_data(schema.get("items", {}), entry, definitions) for entry in data]
    if isinstance(data, dict):
        properties = schema.get("properties", {})
        names = sorted(data, key=[*properties, *data].index)
        return {name: read_data(properties.get(name, {}), data[name], definitions) for name in names}
    if schema.get("format") == "date" and isinstance(data, str):
        return _read_day(data)
    return data.replace("\r\n", "\n").strip() if isinstance(data, str) else data


def _read_day(text: str) -> dt.date | str:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _find_paths(schema: Json) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each definition with the shortest path to it, from which labels are composed."""
    definitions, found = schema.get("$defs", {}), {_ROOT}
    waiting: deque[tuple[Json, tuple[str, ...]]] = deque([(schema, ())])
    while waiting:
        node, path = waiting.popleft()
        for field, value in node.get("properties", {}).items():
            inner = value.get("items", value)
            name = inner.get("$ref", "").rpartition("/")[2]
            target = definitions.get(name, inner)
            if name not in found:
                found |= {name} - {_ROOT}
                yield name, (*path, field)
                waiting.append((target, (*path, field)))
            elif not name and "properties" in inner:
                waiting.append((inner, (*path, field)))


def _choose_language(description: str, language: Language) -> str:
    """Choose the line of a description that is in one language."""
    lines = description.split("\n")
    return lines[LANGUAGES.index(language)] if len(lines) == len(LANGUAGES) else description


def _describe_values(value: Json, path: tuple[str, ...], words: ChangeWords, language: Language) -> None:
    """Name the values that a field can have; leave out what stands for a field that is not written."""
    default = value.pop("default", None)
    value["examples"] = value.get("examples", [])[:1]
    if value.get("type") == "boolean":
        value["x-flag"] = default is False
    if "const" in value:
        value["enum"] = [value.pop("const")]
    if names := value.pop("enum", None):
        labels = {name: words.find_label(path, language, f"={name}") or str(name) for name in names}
        _offer(value, labels)


def _offer(value: Json, labels: Mapping[str, str]) -> None:
    inner = _innermost(value)
    inner["oneOf"] = [{"const": name, "title": label} for name, label in labels.items()]
    inner.pop("pattern", None)


def _innermost(value: Json) -> Json:
    """Return the schema of a field's single values."""
    items: Json = value.get("items", value)
    return items


def _list_first_fields(definition: Json) -> list[str]:
    """List the fields that are shown before they are filled in: those that are required, and evidence."""
    alternatives = [definition, *definition.get("anyOf", [])[:1]]
    required = [name for alternative in alternatives for name in alternative.get("required", [])]
    return [*required, *(name for name in Evidence.model_fields if name in definition.get("properties", {}))]


def _order(properties: Json) -> Json:
    """Put evidence at the end, where the files have it."""
    last = [name for name in Evidence.model_fields if name in properties]
    return {name: properties[name] for name in [*(name for name in properties if name not in last), *last]}
