"""A renewal rule in words: one sentence a window, so that an editor sees what was understood."""

from collections.abc import Iterator

from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.model.renewal_rule import Closes, DayBeforeExpiry, Renewal, RenewalWindow


def describe_rule(renewal: Renewal, strings: Strings, language: str) -> Iterator[str]:
    """Yield a sentence for each window of the rule, or that one has to apply."""
    if not renewal.windows:
        yield strings.format(language, "rule.application")
    for window in renewal.windows:
        yield _describe_window(window, strings, language)


def explain_rule(renewal: Renewal, strings: Strings, language: str) -> Iterator[str]:
    """Yield what a reader has to know besides: what is derived from the manual, what a business day is."""
    if any(window.closes.basis == "derived" for window in renewal.windows):
        yield strings.format(language, "rule.derived")
    if any(day.business_days_before is not None for day in renewal.counted_days):
        yield strings.format(language, "rule.business-days")


def describe_day(day: DayBeforeExpiry, strings: Strings, language: str) -> str:
    """Return a day that is counted back from expiry, e.g. ``有効期限の30日前``.

    Raises:
        ValueError: it is counted otherwise.
    """
    if day.interval is None:
        raise ValueError(f"{day} is not counted back from expiry")
    count, unit = day.interval
    code = f"day.{unit}_before"
    return strings.format(language, f"{code}.one" if count == 1 else code, n=count)


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
    if closes.time is not None:
        return strings.format(language, "until.time", time=closes.time)
    if closes.days_after is not None:
        code = "until.days_after.one" if closes.days_after == 1 else "until.days_after"
        return strings.format(language, code, n=closes.days_after)
    return strings.format(language, "until.day", day=describe_day(closes, strings, language))
