"""Values of the rules' JSON, each looked at before it is used; a wrong one is told with its place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn


class RulesError(ValueError):
    """Rules that cannot be used; the message names the place, what is there and what was expected."""


def mapping(value: object, where: str) -> dict[str, Any]:
    """Return the value when it is a mapping of names."""
    if not isinstance(value, dict):
        refuse(where, value, "a mapping of names to values")
    return value


def items(fields: dict[str, Any], name: str, where: str) -> list[tuple[object, str]]:
    """Return the entries of the list of that name, each with its place."""
    where = f"{where}.{name}".lstrip(".")
    value = fields.get(name)
    if not isinstance(value, list):
        refuse(where, value, "a list, which may be empty")
    return [(item, f"{where}[{index}]") for index, item in enumerate(value)]


def text(value: object, where: str, example: str) -> str:
    """Return the value when it is text, and not empty."""
    if not isinstance(value, str) or not value:
        refuse(where, value, f"text, e.g. {example}")
    return value


def count(value: object, where: str, of: str) -> int:
    """Return the value when it is a whole number, not negative."""
    if type(value) is not int or value < 0:
        refuse(where, value, f"a whole number of {of}, e.g. 30")
    return value


def day(value: object, where: str) -> date:
    """Return the day that the value writes as year-month-day."""
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        refuse(where, value, "a day as year-month-day, e.g. 2026-04-01")


def refuse(where: str, got: object, expected: str) -> NoReturn:
    """Tell the place, what is there and what was expected.

    Raises:
        RulesError: always.
    """
    raise RulesError(f"{where}: got {json.dumps(got, ensure_ascii=False)}, expected {expected}")
