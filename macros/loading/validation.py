"""Unchecked YAML becomes a model; what it refuses becomes sentences with a place and a valid example."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros.loading.problems import FactsError, Problem, explain_constraint, format_message
from macros.model.annotations import find_models
from macros.model.constraint_error import ConstraintError
from macros.model.evidence import SHA256, SLUG
from macros.model.guides import PICTURE
from macros.model.language import Message
from macros.model.location import Location, Locator
from macros.model.renewal_rule import TIME
from macros.model.site import COLOUR, LOGO

M = TypeVar("M", bound=BaseModel)
# pydantic's type of an error, and the code of what was expected.
_EXPECTED = {
    "int_type": "expected.int",
    "string_type": "expected.text",
    "bool_type": "expected.bool",
    "list_type": "expected.list",
    "dict_type": "expected.named",
    "model_type": "expected.named",
    "model_attributes_type": "expected.named",
    "date_type": "expected.date",
    "string_too_short": "expected.words",
    "too_short": "expected.some",
}
_PATTERNS = {
    SLUG: "expected.slug",
    SHA256: "expected.sha256",
    TIME: "expected.time",
    COLOUR: "expected.colour",
    LOGO: "expected.logo",
    PICTURE: "expected.picture",
}
# How many characters of a value a message quotes: what fits a line.
_LONGEST_QUOTE = 60


def validate(model: type[M], data: Any, locate: Locator) -> M:  # noqa: ANN401 - unchecked YAML
    """Make a ``model`` of ``data``.

    Args:
        model: the class of the result.
        data: plain YAML values.
        locate: finds the file and line of a location in ``data``.

    Raises:
        FactsError: with every error at its place.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise FactsError(list(_describe_errors(model, error, locate))) from error


def _describe_errors(model: type[BaseModel], error: ValidationError, locate: Locator) -> Iterator[Problem]:
    for details in error.errors():
        location = details["loc"]
        field = ".".join(map(str, location))
        yield Problem(*locate(location), field, _describe_error(model, dict(details)))


def _describe_error(model: type[BaseModel], details: dict[str, Any]) -> Message:
    kind, location, value = details["type"], details["loc"], details["input"]
    example = _format_example(model, location)
    if kind == "missing":
        return format_message("missing", example=example)
    if kind == "extra_forbidden":
        if re.search("[：，]", str(location[-1])):
            return format_message("unknown-name.wide")
        known = ", ".join(_list_field_names(model, location[:-1]))
        return format_message("unknown-name" if value is not None else "unknown-name.comma", known=known)
    if kind == "value_error" and isinstance(details["ctx"]["error"], ConstraintError):
        return explain_constraint(details["ctx"]["error"])
    expected = _describe_expectation(details)
    return format_message("got", value=_quote(value), expected=expected, example=example)


def _describe_expectation(details: dict[str, Any]) -> Message:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return format_message(_PATTERNS[context["pattern"]])
    if kind == "literal_error":
        words: str = context["expected"]
        known = Message("、".join(re.findall("'([^']*)'", words)), words)
        return format_message("expected.one-of", known=known)
    if kind in {"greater_than_equal", "less_than_equal"}:
        code = "expected.at-least" if "ge" in context else "expected.at-most"
        return format_message(code, bound=context.get("ge", context.get("le")))
    if kind in _EXPECTED:
        return format_message(_EXPECTED[kind])
    return format_message("expected.other", what=details["msg"].removeprefix("Input should be "))


def _quote(value: object) -> Message | str:
    if isinstance(value, str):
        return f'"{value}"' if len(value) < _LONGEST_QUOTE else f'"{value[: _LONGEST_QUOTE - 3]}…"'
    if isinstance(value, list):
        return format_message("a-list" if value else "an-empty-list")
    if isinstance(value, dict):
        return format_message("named-values")
    return format_message("nothing") if value is None else _format_yaml(value)


def find_example(model: type[BaseModel], field: str) -> object:
    """Find a valid value of a field in the examples of the model; None where it has none."""
    example = _find_examples(model, (field,))
    info = _find_field(model, (field,))
    is_entry = info is not None and get_origin(info.annotation) is list and isinstance(example, dict)
    return [example] if is_entry else example


def _format_example(model: type[BaseModel], location: Location) -> Message:
    example = _find_examples(model, location)
    return format_message("example", value=_format_yaml(example)) if example is not None else Message("", "")


def _format_yaml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_format_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_format_yaml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _find_examples(model: type[BaseModel], location: Location) -> object:
    info = _find_field(model, location)
    if info is None:
        return None
    if info.examples:
        return info.examples[0]
    inner = next(find_models(info.annotation), None)
    return _compose_example(inner) if inner else None


def _compose_example(model: type[BaseModel]) -> object:
    """Compose an example of a model: its required fields, each with its own example."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    return {
        name: _find_examples(model, (name,)) for name, info in fields.items() if info.is_required()
    } or None


def _list_field_names(model: type[BaseModel], location: Location) -> list[str]:
    inner = model if not location else _find_model(model, location)
    return [info.alias or name for name, info in inner.model_fields.items()] if inner else []


def _find_model(model: type[BaseModel], location: Location) -> type[BaseModel] | None:
    info = _find_field(model, location)
    return next(find_models(info.annotation), None) if info else None


def _find_field(model: type[BaseModel], location: Location) -> FieldInfo | None:
    current: type[BaseModel] | None = model
    info: FieldInfo | None = None
    for part in location:
        if isinstance(part, int):
            continue
        fields = current.model_fields if current else {}
        info = next((field for name, field in fields.items() if part == (field.alias or name)), None)
        if info is None:
            return None
        current = next(find_models(info.annotation), None)
    return info
