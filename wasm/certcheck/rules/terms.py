"""The terms of renewal as typed values: days counted from notAfter, and which certificates they are for.

They are parsed from the rules' JSON; `macros.model.renewal_rule` maps the types of the facts to these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal, TypeAlias, get_args

from certcheck.rules import json_fields
from certcheck.rules.business_days import NONE_KNOWN, BusinessDays

Unit = Literal["days", "months", "business_days"]
Move = Literal["earlier", "later"]
_MOMENTS = ("expiry", "end_of_day_before", "never")
_DAYS_OF_MONTH = range(1, 32)


@dataclass(frozen=True, slots=True)
class DayBefore:
    """A day, counted back from the day of notAfter in Japan.

    Attributes:
        count: 0 for that day itself.
        unit: calendar days, calendar months, or business days in Japan.
        day_of_month: with months: that day of the month so many before, or the month's last.
        if_closed: whether a day that is no business day gives way to the one before it or after it.
    """

    count: int
    unit: Unit = "days"
    day_of_month: int | None = None
    if_closed: Move | None = None


@dataclass(frozen=True, slots=True)
class DayAfter:
    """A day that many calendar days after the day of notAfter."""

    days: int


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A moment of a day, by Japan's clock; at that moment it is too late.

    Attributes:
        time: of the day.
        day: that of notAfter, unless told otherwise.
    """

    time: time
    day: DayBefore | DayAfter = DayBefore(0)


WindowEnd: TypeAlias = "DayBefore | DayAfter | TimeOfDay | None"
"""The end of a window: a day, itself included; a time of day; or None, never."""


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """Renewal within a window.

    Attributes:
        opens: its first day.
        closes: its end.
        deadlines: other days to keep, in the order of the rule.
    """

    opens: DayBefore
    closes: WindowEnd
    deadlines: tuple[DayBefore, ...] = ()


@dataclass(frozen=True, slots=True)
class RenewalByApplication:
    """Renewal that has to be applied for.

    Attributes:
        deadlines: days to keep, in the order of the rule.
        closes: the last day for applying; None where the rule names none.
    """

    deadlines: tuple[DayBefore, ...] = ()
    closes: WindowEnd = None


Terms: TypeAlias = "RenewalWindow | RenewalByApplication"


@dataclass(frozen=True, slots=True)
class RenewalTerms:
    """An authority's renewal rule.

    Attributes:
        terms: of its certificates.
        changes: other terms of those that were issued from a day on (notBefore, in Japan).
        business_days: by which the terms count.
    """

    terms: Terms
    changes: tuple[tuple[date, Terms], ...] = ()
    business_days: BusinessDays = NONE_KNOWN

    def find_terms(self, issued: date) -> Terms:
        """Return the terms of a certificate issued on that day: those of the latest change until then."""
        past = [(since, terms) for since, terms in self.changes if since <= issued]
        return max(past, key=lambda change: change[0])[1] if past else self.terms


def parse_renewal(data: object, where: str, business_days: BusinessDays) -> RenewalTerms:
    """Read a rule from the rules' JSON.

    Raises:
        RulesError: a value is missing or of the wrong kind.
    """
    rule = json_fields.require_mapping(data, where)
    if "terms" in rule:  # what the keys of the schema's first edition cannot say
        rule = {**rule, **json_fields.require_mapping(rule["terms"], f"{where}.terms")}
    changes = json_fields.require_items(rule, "changes", where) if "changes" in rule else []
    return RenewalTerms(
        _parse_terms(rule, where),
        tuple(_parse_change(change, rule, place) for change, place in changes),
        business_days,
    )


def _parse_change(data: object, rule: dict[str, Any], where: str) -> tuple[date, Terms]:
    change = json_fields.require_mapping(data, where)
    terms = _parse_terms({"kind": "window", "deadlines": rule.get("deadlines", []), **change}, where)
    return json_fields.require_day(change.get("issued_from"), f"{where}.issued_from"), terms


def _parse_terms(rule: dict[str, Any], where: str) -> Terms:
    kind = rule.get("kind")
    listed = json_fields.require_items(rule, "deadlines", where) if "deadlines" in rule else []
    deadlines = tuple(_parse_day_before(deadline, place) for deadline, place in listed)
    if kind == "application":
        closes = rule.get("closes")
        return RenewalByApplication(deadlines, closes and _parse_end(closes, f"{where}.closes"))
    if kind != "window":
        json_fields.refuse(f"{where}.kind", kind, "window or application")
    opens = _parse_day_before(rule.get("opens"), f"{where}.opens")
    return RenewalWindow(opens, _parse_end(rule.get("closes"), f"{where}.closes"), deadlines)


def _parse_day_before(data: object, where: str) -> DayBefore:
    day = json_fields.require_mapping(data, where)
    unit: Unit | None = next((unit for unit in get_args(Unit) if f"{unit}_before" in day), None)
    if unit is None:
        json_fields.refuse(
            where, data, 'days_before, months_before or business_days_before, e.g. {"days_before": 30}'
        )
    name = f"{unit}_before"
    count = json_fields.require_count(day[name], f"{where}.{name}", unit.replace("_", " "))
    day_of_month = day.get("day_of_month")
    if day_of_month is not None and (unit != "months" or day_of_month not in _DAYS_OF_MONTH):
        json_fields.refuse(f"{where}.day_of_month", day_of_month, "a day from 1 to 31, with months_before")
    if_closed = day.get("if_closed")
    if if_closed not in {None, *get_args(Move)}:
        json_fields.refuse(f"{where}.if_closed", if_closed, f"one of {', '.join(get_args(Move))}")
    return DayBefore(count, unit, day_of_month, if_closed)


def _parse_end(data: object, where: str) -> WindowEnd:
    end = json_fields.require_mapping(data, where)
    if "time" in end:
        day = {name: value for name, value in end.items() if name not in {"time", "basis"}}
        last = _parse_end(day, where) if day else DayBefore(0)
        moment = _parse_time(end["time"], f"{where}.time")
        return TimeOfDay(moment, last) if isinstance(last, DayBefore | DayAfter) else last
    if "days_after" in end:
        return DayAfter(json_fields.require_count(end["days_after"], f"{where}.days_after", "days"))
    if "at" not in end:
        return _parse_day_before(end, where)
    if end["at"] not in _MOMENTS:
        json_fields.refuse(f"{where}.at", end["at"], f"one of {', '.join(_MOMENTS)}")
    return {"expiry": DayBefore(0), "end_of_day_before": DayBefore(1), "never": None}[end["at"]]


def _parse_time(value: object, where: str) -> time:
    text = json_fields.require_text(value, where, "17:00")
    if not re.fullmatch("([01][0-9]|2[0-3]):[0-5][0-9]", text):
        json_fields.refuse(where, value, "a time of day, e.g. 17:00")
    return time.fromisoformat(text)
