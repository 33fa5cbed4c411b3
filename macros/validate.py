"""The model's objections, turned into sentences with a place and a valid example."""

import datetime as dt
import types
from collections.abc import Iterator
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros.errors import FactsError, Problem
from macros.model import SHA256, SLUG
from macros.yamlfile import Location, Place

M = TypeVar("M", bound=BaseModel)
_EXPECTED = {
    "int_type": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "list_type": "a list (lines that begin with a dash)",
    "dict_type": "named values",
    "model_type": "named values",
    "model_attributes_type": "named values",
    "date_type": "a day as year-month-day",
    "string_too_short": "some words",
}


_PATTERNS = {SLUG: "small letters and digits, joined by hyphens", SHA256: "64 lower-case hex digits"}


def validated(model: type[M], data: Any, place: Place) -> M:  # noqa: ANN401 - unchecked YAML
    """Make a ``model`` of ``data``.

    Args:
        model: what it should be.
        data: plain YAML values.
        place: tells the file and line of a location in ``data``.

    Raises:
        FactsError: with every objection at its place.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FactsError(list(_problems(model, error, place))) from error


def _problems(model: type[BaseModel], error: ValidationError, place: Place) -> Iterator[Problem]:
    for objection in error.errors():
        location = objection["loc"]
        field = ".".join(map(str, location))
        file, line = place(location)
        yield Problem(file, line, field, _sentence(model, dict(objection)))


def _sentence(model: type[BaseModel], objection: dict[str, Any]) -> str:
    kind, location = objection["type"], objection["loc"]
    example = _example(model, location)
    if kind == "missing":
        return f"missing{example}"
    if kind == "extra_forbidden":
        known = ", ".join(_names(model, location[:-1]))
        hint = (
            ""
            if objection["input"] is not None
            else '; words with a comma inside { } need quotes: {ja: …, en: "a, b"}'
        )
        return f"unknown name; expected one of {known}{hint}"
    if kind == "value_error":
        return str(objection["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        expected = _PATTERNS[objection["ctx"]["pattern"]]
    else:
        expected = _EXPECTED.get(kind) or objection["msg"].removeprefix("Input should be ")
    return f"got {_shown(objection['input'])}, expected {expected}{example}"


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f'"{value}"' if len(value) < 60 else f'"{value[:57]}…"'  # noqa: PLR2004 - what fits a line
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "named values"
    return "nothing" if value is None else _yaml(value)


def _example(model: type[BaseModel], location: Location) -> str:
    examples = _field_examples(model, location)
    return f", e.g. {_yaml(examples)}" if examples is not None else ""


def _yaml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _field_examples(model: type[BaseModel], location: Location) -> object:
    info = _field(model, location)
    if info is None:
        return None
    if info.examples:
        return info.examples[0]
    inner = next(_models(info.annotation), None)
    return _model_example(inner) if inner else None


def _model_example(model: type[BaseModel]) -> object:
    return {
        name: info.examples[0]
        for name, info in model.model_fields.items()
        if info.is_required() and info.examples
    } or None


def _names(model: type[BaseModel], location: Location) -> list[str]:
    inner = model if not location else _model_at(model, location)
    return [info.alias or name for name, info in inner.model_fields.items()] if inner else []


def _model_at(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    info = _field(model, location)
    return next(_models(info.annotation), None) if info else None


def _field(model: type[BaseModel], location: Location) -> FieldInfo | None:
    current: type[BaseModel] | None = model
    info: FieldInfo | None = None
    for part in location:
        if isinstance(part, int):
            continue
        fields = (
            {field.alias or name: field for name, field in current.model_fields.items()} if current else {}
        )
        info = fields.get(part)
        if info is None:
            return None
        current = next(_models(info.annotation), None)
    return info


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type of any form
    """The models inside an annotation such as ``list[Note]`` or ``Text | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {list, dict, Union, types.UnionType}:
        for argument in get_args(annotation):
            yield from _models(argument)
