"""A renewal rule in words: one sentence a window, so that an editor sees what was understood."""

from collections.abc import Iterator

from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.model.renewal_rule import Closes, DayBeforeExpiry, Renewal, RenewalWindow

_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_SUFFIXES = {1: "st", 21: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}


def describe_rule(renewal: Renewal, strings: Strings, language: str) -> Iterator[str]:
    """Yield a sentence for each window of the rule, or that one has to apply."""
    if renewal.last_application:
        closes = _describe_end(renewal.last_application, strings, language)
        yield strings.format(language, "rule.application.until", closes=closes)
    elif not renewal.windows:
        yield strings.format(language, "rule.application")
    for window in renewal.windows:
        yield _describe_window(window, strings, language)


def explain_rule(renewal: Renewal, strings: Strings, language: str) -> Iterator[str]:
    """Yield what a reader has to know besides: what is derived from the manual, what a business day is."""
    ends = [renewal.last_application, *(window.closes for window in renewal.windows)]
    if any(end is not None and end.basis == "derived" for end in ends):
        yield strings.format(language, "rule.derived")
    if any(day.needs_business_days for day in renewal.counted_days):
        yield strings.format(language, "rule.business-days")


def describe_day(day: DayBeforeExpiry, strings: Strings, language: str) -> str:
    """Return a day that is counted back from expiry, e.g. ``有効期限の30日前``.

    Raises:
        ValueError: it is counted otherwise.
    """
    if day.interval is None:
        raise ValueError(f"{day} is not counted back from expiry")
    count, unit = day.interval
    code = f"day.{unit}_before" if day.day_of_month is None else "day.of-month"
    in_month = _describe_day_of_month(day.day_of_month or 0, strings, language)
    words = strings.format(language, f"{code}.one" if count == 1 else code, n=count, day=in_month)
    return strings.format(language, f"day.moved.{day.if_closed}", day=words) if day.if_closed else words


def _describe_day_of_month(day: int, strings: Strings, language: str) -> str:
    """Return a day of a month: of a month that is too short for it, the last one is meant."""
    if day == _LONGEST_MONTH:
        return strings.format(language, "day.in-month.last")
    number = str(day) if language == "ja" else f"{day}{_SUFFIXES.get(day, 'th')}"
    code = "day.in-month" if day <= _SHORTEST_MONTH else "day.in-month.or-last"
    return strings.format(language, code, day=number)


def _describe_window(window: RenewalWindow, strings: Strings, language: str) -> str:
    code = "rule.window" if window.since is None else "rule.window.since"
    return strings.format(
        language,
        code,
        opens=describe_day(window.opens, strings, language),
        closes=_describe_end(window.closes, strings, language),
        since="" if window.since is None else format_day(window.since, language),
    )


def _describe_end(closes: Closes, strings: Strings, language: str) -> str:
    if closes.at is not None:
        return strings.format(language, f"until.{closes.at}")
    if closes.time is not None and closes.interval is None and closes.days_after is None:
        return strings.format(language, "until.time", time=closes.time)
    day = describe_last_day(closes, strings, language)
    if closes.time is not None:
        return strings.format(language, "until.day.time", day=day, time=closes.time)
    return strings.format(language, "until.day", day=day)


def describe_last_day(closes: Closes, strings: Strings, language: str) -> str:
    """Return the last day that is counted from expiry, backwards or onwards.

    Raises:
        ValueError: it is not counted.
    """
    if closes.days_after is None:
        return describe_day(closes, strings, language)
    code = "until.days_after.day.one" if closes.days_after == 1 else "until.days_after.day"
    return strings.format(language, code, n=closes.days_after)
