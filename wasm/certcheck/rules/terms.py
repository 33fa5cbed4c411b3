"""The terms of renewal as typed values: days counted from notAfter, and which certificates they are for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, TypeAlias, get_args

from certcheck.rules import json_fields
from certcheck.rules.business_days import NONE_KNOWN, BusinessDays

Unit = Literal["days", "months", "business_days"]
_MOMENTS = ("expiry", "end_of_day_before", "never")


@dataclass(frozen=True, slots=True)
class Before:
    """A day, counted back from the day of notAfter in Japan.

    Attributes:
        count: 0 for that day itself.
        unit: calendar days, calendar months, or business days in Japan.
    """

    count: int
    unit: Unit = "days"


@dataclass(frozen=True, slots=True)
class After:
    """A day that many calendar days after the day of notAfter."""

    days: int


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A moment of the day of notAfter, by Japan's clock; what comes at it is too late."""

    time: time


Closes: TypeAlias = "Before | After | TimeOfDay | None"
"""The end of a window: a day, itself included; a time of day; or None, never."""


@dataclass(frozen=True, slots=True)
class Window:
    """Renewal within a window.

    Attributes:
        opens: its first day.
        closes: its end.
        deadlines: other days to keep, in the order of the rule.
    """

    opens: Before
    closes: Closes
    deadlines: tuple[Before, ...] = ()


@dataclass(frozen=True, slots=True)
class ByApplication:
    """Renewal that has to be applied for; no day opens or closes it."""

    deadlines: tuple[Before, ...] = ()


Terms: TypeAlias = "Window | ByApplication"


@dataclass(frozen=True, slots=True)
class Renewal:
    """An authority's renewal rule.

    Attributes:
        terms: of its certificates.
        changes: other terms of those that were issued from a day on (notBefore, in Japan).
        business_days: by which the terms count.
    """

    terms: Terms
    changes: tuple[tuple[date, Terms], ...] = ()
    business_days: BusinessDays = NONE_KNOWN

    def of(self, issued: date) -> Terms:
        """Return the terms of a certificate issued on that day: those of the latest change before."""
        past = [(since, terms) for since, terms in self.changes if since <= issued]
        return max(past, key=lambda change: change[0])[1] if past else self.terms


def parse(data: object, where: str, business_days: BusinessDays) -> Renewal:
    """Read a rule from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    rule = json_fields.mapping(data, where)
    changes = json_fields.items(rule, "changes", where) if "changes" in rule else []
    return Renewal(_terms(rule, where), tuple(_change(item, rule, at) for item, at in changes), business_days)


def _change(data: object, rule: dict[str, Any], where: str) -> tuple[date, Terms]:
    change = json_fields.mapping(data, where)
    terms = _terms({"kind": "window", "deadlines": rule.get("deadlines", []), **change}, where)
    return json_fields.day(change.get("issued_from"), f"{where}.issued_from"), terms


def _terms(rule: dict[str, Any], where: str) -> Terms:
    kind = rule.get("kind")
    listed = json_fields.items(rule, "deadlines", where) if "deadlines" in rule else []
    deadlines = tuple(_before(item, at) for item, at in listed)
    if kind == "application":
        return ByApplication(deadlines)
    if kind != "window":
        json_fields.refuse(f"{where}.kind", kind, "window or application")
    opens = _before(rule.get("opens"), f"{where}.opens")
    return Window(opens, _closes(rule.get("closes"), f"{where}.closes"), deadlines)


def _before(data: object, where: str) -> Before:
    day = json_fields.mapping(data, where)
    unit: Unit | None = next((unit for unit in get_args(Unit) if f"{unit}_before" in day), None)
    if unit is None:
        json_fields.refuse(
            where, data, 'days_before, months_before or business_days_before, e.g. {"days_before": 30}'
        )
    name = f"{unit}_before"
    return Before(json_fields.count(day[name], f"{where}.{name}", unit.replace("_", " ")), unit)


def _closes(data: object, where: str) -> Closes:
    end = json_fields.mapping(data, where)
    if "time" in end:
        return TimeOfDay(_time(end["time"], f"{where}.time"))
    if "days_after" in end:
        return After(json_fields.count(end["days_after"], f"{where}.days_after", "days"))
    if "at" not in end:
        return _before(end, where)
    if end["at"] not in _MOMENTS:
        json_fields.refuse(f"{where}.at", end["at"], f"one of {', '.join(_MOMENTS)}")
    return {"expiry": Before(0), "end_of_day_before": Before(1), "never": None}[end["at"]]


def _time(value: object, where: str) -> time:
    text = json_fields.text(value, where, "17:00")
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", text):
        json_fields.refuse(where, value, "a time of day, e.g. 17:00")
    return time.fromisoformat(text)
