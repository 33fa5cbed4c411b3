"""A certificate's life as a row of marks, derived from the authority's rule; the template draws it.

Not to scale: the manuals of three of the four do not say how long a certificate is valid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.days import day_in_words
from macros.renewal import Before, Renewal, Window
from macros.rulewords import day_before
from macros.words import Strings

Stretch = Literal["wait", "open", "over"]
# How many days a unit is, for the order on a line that is not to scale.
_DAYS = {"days": 1.0, "months": 30.4, "business_days": 1.45}


@dataclass(frozen=True)
class Mark:
    """One point in the life of a certificate.

    Attributes:
        when: e.g. ``有効期限の30日前``.
        what: what happens then; several things may fall on one day.
        until_next: how it stands from here to the next mark: before the window, in it, or past it.
    """

    when: str
    what: tuple[str, ...]
    until_next: Stretch


@dataclass(frozen=True)
class Life:
    """The marks from issue on, in order, under what says of which certificates."""

    title: str
    marks: list[Mark]


@dataclass(frozen=True)
class _Event:
    """Something that happens that many days before expiry; ``turns`` tells how it stands from then on."""

    days_before: float
    when: str
    what: str
    turns: Stretch | None = None


def timelines(renewal: Renewal, strings: Strings, language: str) -> list[Life]:
    """A picture for each sentence of the rule."""
    say = strings.of(language)
    others = list(_others(renewal, strings, language))
    if not renewal.windows:
        end = _Event(0, say["life.expiry"], say["life.application"], "over")
        return [Life(say["life.title"], _marks([*others, end], say))]
    return [
        Life(_title(window, say, language), _marks([*_window(window, strings, language), *others], say))
        for window in renewal.windows
    ]


def _title(window: Window, say: dict[str, str], language: str) -> str:
    if window.since is None:
        return say["life.title"]
    return say["life.title.since"].format(since=day_in_words(window.since, language))


def _window(window: Window, strings: Strings, language: str) -> Iterator[_Event]:
    say, closes = strings.of(language), window.closes
    yield _counted(window.opens, strings, language, say["life.opens"], "open")
    if closes.at == "end_of_day_before":
        yield _Event(1, say["life.day_before"], say["life.last_day"], "over")
    elif closes.counted:
        yield _counted(closes, strings, language, say["life.last_day"], "over")
    if closes.time is not None:
        yield _Event(0, say["life.expiry"], say["life.closes_at"].format(time=closes.time))
    if closes.at == "never" or closes.days_after is not None:
        yield _Event(0, say["life.expiry"], say["life.expiry.never"])
    else:
        yield _Event(0, say["life.expiry"], say["life.over"], "over")
    if closes.days_after is not None:
        code = "life.days_after.one" if closes.days_after == 1 else "life.days_after"
        yield _Event(
            -closes.days_after, strings.say(language, code, n=closes.days_after), say["life.last_day"], "over"
        )


def _others(renewal: Renewal, strings: Strings, language: str) -> Iterator[_Event]:
    """What falls on days of its own, whatever the window."""
    for days in renewal.reminders_days_before:
        yield _counted(Before(days_before=days), strings, language, strings.say(language, "life.reminder"))
    for deadline in renewal.deadlines:
        yield _counted(deadline, strings, language, getattr(deadline.what, language))


def _counted(day: Before, strings: Strings, language: str, what: str, turns: Stretch | None = None) -> _Event:
    count, unit = day.counted or (0, "days")
    return _Event(count * _DAYS[unit], day_before(day, strings, language), what, turns)


def _marks(events: list[_Event], say: dict[str, str]) -> list[Mark]:
    """Events of one day under one mark, in the order in which they come."""
    stands: Stretch = "wait"
    marks = [Mark(say["life.issued"], (), stands)]
    for event in sorted(events, key=lambda event: -event.days_before):
        stands = event.turns or stands
        before = marks.pop().what if marks[-1].when == event.when else ()
        marks.append(Mark(event.when, (*before, event.what), stands))
    return marks
