"""Values of the rules' JSON, each checked before it is used; an error names the place (``a.b[0]``)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NoReturn


class RulesError(ValueError):
    """Rules that cannot be used; the message names the place, the value there and what was expected."""


def require_mapping(value: object, where: str) -> dict[str, Any]:
    """Return the value when it is a mapping of names.

    Raises:
        RulesError: it is not.
    """
    if not isinstance(value, dict):
        refuse(where, value, "a mapping of names to values")
    return value


def require_items(fields: dict[str, Any], name: str, where: str) -> list[tuple[object, str]]:
    """Return the entries of the list of that name, each with its place.

    Raises:
        RulesError: there is no such list.
    """
    where = f"{where}.{name}".lstrip(".")
    value = fields.get(name)
    if not isinstance(value, list):
        refuse(where, value, "a list, which may be empty")
    return [(item, f"{where}[{index}]") for index, item in enumerate(value)]


def require_text(value: object, where: str, example: str) -> str:
    """Return the value when it is text, and not empty.

    Raises:
        RulesError: it is not.
    """
    if not isinstance(value, str) or not value:
        refuse(where, value, f"text, e.g. {example}")
    return value


def require_count(value: object, where: str, unit: str) -> int:
    """Return the value when it is a whole number, not negative.

    Raises:
        RulesError: it is not.
    """
    if type(value) is not int or value < 0:
        refuse(where, value, f"a whole number of {unit}, e.g. 30")
    return value


def require_day(value: object, where: str) -> date:
    """Return the day that the value writes as year-month-day.

    Raises:
        RulesError: it is none.
    """
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        refuse(where, value, "a day as year-month-day, e.g. 2026-04-01")


def refuse(where: str, value: object, expected: str) -> NoReturn:
    """Refuse a value.

    Raises:
        RulesError: always; with the place, the value and what was expected.
    """
    raise RulesError(f"{where}: got {json.dumps(value, ensure_ascii=False)}, expected {expected}")
