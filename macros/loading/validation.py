"""The model's objections, turned into sentences with a place and a valid example."""

import datetime as dt
import re
import types
from collections.abc import Iterator
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros.loading.yamlfile import Location, Place
from macros.model.guide import SHA256, SLUG
from macros.model.language import Message
from macros.model.problems import FactsError, Objection, Problem, say
from macros.model.renewal_rule import TIME

M = TypeVar("M", bound=BaseModel)
# pydantic's name for an objection, and the code of what was expected.
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
_PATTERNS = {SLUG: "expected.slug", SHA256: "expected.sha256", TIME: "expected.time"}


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


def _sentence(model: type[BaseModel], objection: dict[str, Any]) -> Message:
    kind, location, found = objection["type"], objection["loc"], objection["input"]
    example = _example(model, location)
    if kind == "missing":
        return say("missing", example=example)
    if kind == "extra_forbidden":
        known = ", ".join(_names(model, location[:-1]))
        return say("unknown-name" if found is not None else "unknown-name.comma", known=known)
    if kind == "value_error" and isinstance(objection["ctx"]["error"], Objection):
        return objection["ctx"]["error"].said
    return say("got", value=_shown(found), expected=_expected(objection), example=example)


def _expected(objection: dict[str, Any]) -> Message:
    kind, context = objection["type"], objection.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return say(_PATTERNS[context["pattern"]])
    if kind == "literal_error":
        words: str = context["expected"]
        return say("expected.one-of", known=Message("、".join(re.findall("'([^']*)'", words)), words))
    if kind in {"greater_than_equal", "less_than_equal"}:
        code = "expected.at-least" if "ge" in context else "expected.at-most"
        return say(code, bound=context.get("ge", context.get("le")))
    if kind in _EXPECTED:
        return say(_EXPECTED[kind])
    return say("expected.other", what=objection["msg"].removeprefix("Input should be "))


def _shown(value: object) -> Message | str:
    if isinstance(value, str):
        return f'"{value}"' if len(value) < 60 else f'"{value[:57]}…"'  # noqa: PLR2004 - what fits a line
    if isinstance(value, dict | list):
        return say("a-list" if isinstance(value, list) else "named-values")
    return say("nothing") if value is None else _yaml(value)


def example_of(model: type[BaseModel], field: str) -> object:
    """A valid value of a field, by the examples of the model; None where it has none."""
    example = _field_examples(model, (field,))
    info = _field(model, (field,))
    listed = info is not None and get_origin(info.annotation) is list and isinstance(example, dict)
    return [example] if listed else example


def _example(model: type[BaseModel], location: Location) -> Message:
    examples = _field_examples(model, location)
    return say("example", value=_yaml(examples)) if examples is not None else Message("", "")


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
    """What is required of it, each with its own example."""
    return {
        info.alias or name: _field_examples(model, (info.alias or name,))
        for name, info in model.model_fields.items()
        if info.is_required()
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
