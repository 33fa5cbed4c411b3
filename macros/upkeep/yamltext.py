"""YAML as an editor would like to find it: each field under a line that says what it holds, with examples.

What is left out stands there as a comment, ready to be used.
"""

import io
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML

from macros.exports.yamlschema import help_for
from macros.loading.validation import example_of
from macros.loading.wording import Strings
from macros.model.guide import Evidence, Text

Json = dict[str, Any]


def inline(value: object) -> str:
    """A value on one line, quoted where YAML asks for it."""
    yaml, out = YAML(), io.StringIO()
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = True, 10_000, True
    yaml.dump(value, out)
    return out.getvalue().removesuffix("\n").removesuffix("\n...")


def commented(model: type[BaseModel], data: Json, words: Strings, language: str) -> str:
    """The data of a model as YAML.

    Args:
        model: whose fields they are; they stand in its order.
        data: what is known, by the names that YAML uses.
        words: of ``macros/strings/help.yaml``.
        language: of the explanations.
    """
    lines = _Writer(words, language).mapping(model, data, apart=True)
    return "".join(f"{line}\n" for line in lines)


class _Writer:
    def __init__(self, words: Strings, language: str) -> None:
        self._words, self._language = words, language
        self._explained: set[tuple[type[BaseModel], str]] = set()

    def mapping(self, model: type[BaseModel], data: Json, *, apart: bool = False) -> Iterator[str]:
        """The fields, each explained where it is met for the first time; an empty line keeps them apart."""
        # What a fact rests on is said at its end.
        fields = sorted(model.model_fields.items(), key=lambda field: field[0] in Evidence.model_fields)
        for name, info in fields:
            key = info.alias or name
            new = (model, key) not in self._explained
            self._explained.add((model, key))
            example = example_of(model, key)
            if new and (key in data or example is not None):
                if apart:
                    yield ""
                yield f"# {help_for(model, key, self._words, self._language)}"
            if key in data:
                yield from self._field(key, info, data[key])
            elif new and example is not None:
                yield f"# {key}: {inline(example)}"

    def _field(self, key: str, info: FieldInfo, value: object) -> Iterator[str]:
        inner = next(_models(info.annotation), None)
        if inner in {None, Text} or not value:
            yield f"{key}: {inline(value)}"
        elif isinstance(value, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in self.mapping(inner or Text, value))
        elif isinstance(value, list):
            yield f"{key}:"
            for entry in value:
                yield from _entry(list(self.mapping(inner or Text, entry)))


def _entry(lines: list[str]) -> Iterator[str]:
    """The lines of a list's entry; its dash stands before the first that is no comment."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    yield from (
        f"  {line}" if index != first else f"  - {line}" for index, line in enumerate(lines[: first + 1])
    )
    yield from (f"    {line}" for line in lines[first + 1 :])


def _models(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type of any form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
