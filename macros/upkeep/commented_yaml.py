"""YAML for people to edit: each field under a line that says what it holds, with examples.

What is left out stands there as a comment, ready to be used.
"""

import io
from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from ruamel.yaml import YAML

from macros.exports.yaml_schema import Json, find_help
from macros.loading.validation import find_example
from macros.loading.wording import Strings
from macros.model.annotations import find_models
from macros.model.evidence import Evidence, Text


def format_value(value: object) -> str:
    """Format a value on one line, quoted where YAML needs it."""
    yaml, out = YAML(), io.StringIO()
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = True, 10_000, True
    yaml.dump(value, out)
    return out.getvalue().removesuffix("\n").removesuffix("\n...")


def format_with_comments(model: type[BaseModel], data: Json, words: Strings, language: str) -> str:
    """Format the data of a model as YAML, with an explanation above each field.

    Args:
        model: whose fields they are; they stand in its order.
        data: values of fields, by the names that YAML uses.
        words: of ``macros/strings/help.yaml``.
        language: of the explanations.
    """
    lines = _Formatter(words, language).format_mapping(model, data, is_spaced=True)
    return "".join(f"{line}\n" for line in lines)


class _Formatter:
    def __init__(self, words: Strings, language: str) -> None:
        self._words, self._language = words, language
        self._explained: set[tuple[type[BaseModel], str]] = set()

    def format_mapping(self, model: type[BaseModel], data: Json, *, is_spaced: bool = False) -> Iterator[str]:
        """Format the fields; each is explained where it comes first.

        Args:
            model: whose fields they are.
            data: values of fields.
            is_spaced: an empty line stands before each explanation.
        """
        # The evidence of a fact stands at its end.
        fields = sorted(model.model_fields.items(), key=lambda field: field[0] in Evidence.model_fields)
        for name, info in fields:
            key = info.alias or name
            is_new = (model, key) not in self._explained
            self._explained.add((model, key))
            example = find_example(model, key)
            if is_new and (key in data or example is not None):
                if is_spaced:
                    yield ""
                yield f"# {find_help(model, key, self._words, self._language)}"
            if key in data:
                yield from self._format_field(key, info, data[key])
            elif is_new and example is not None:
                yield f"# {key}: {format_value(example)}"

    def _format_field(self, key: str, info: FieldInfo, value: object) -> Iterator[str]:
        inner = next(find_models(info.annotation), None)
        if inner in {None, Text} or not value:
            yield f"{key}: {format_value(value)}"
        elif isinstance(value, dict):
            yield f"{key}:"
            yield from (f"  {line}" for line in self.format_mapping(inner or Text, value))
        elif isinstance(value, list):
            yield f"{key}:"
            for entry in value:
                yield from _indent_entry(list(self.format_mapping(inner or Text, entry)))


def _indent_entry(lines: list[str]) -> Iterator[str]:
    """Indent the lines of a list's entry; its dash stands before the first that is no comment."""
    first = next(index for index, line in enumerate(lines) if not line.startswith("#"))
    yield from (f"  {line}" for line in lines[:first])
    yield f"  - {lines[first]}"
    yield from (f"    {line}" for line in lines[first + 1 :])
