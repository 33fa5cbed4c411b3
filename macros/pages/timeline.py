"""A certificate's life as certcheck draws it, derived from the authority's rule, and the same in words.

Not to scale: the manuals of three of the four do not say how long a certificate is valid.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from certcheck.reports import drawing
from macros.loading.wording import Strings
from macros.model.dates import day_in_words
from macros.model.renewal_rule import Before, Renewal, Window
from macros.pages.rule_sentences import describe_day

# How many days a unit is, for the order on a line that is not to scale.
_DAYS = {"days": 1.0, "months": 30.4, "business_days": 1.45}


@dataclass(frozen=True)
class Mark:
    """One point in the life of a certificate.

    Attributes:
        when: e.g. ``有効期限の30日前``.
        what: what happens then; several things may fall on one day.
        kinds: what stands for it in the picture.
    """

    when: str
    what: tuple[str, ...]
    kinds: tuple[drawing.Kind, ...]

    @property
    def samples(self) -> list[str]:
        """Each kind's drawing, as markup."""
        return [_markup(drawing.sample(kind)) for kind in self.kinds]


@dataclass(frozen=True)
class Life:
    """The picture as markup, and its marks from issue on, in order; the title says of which certificates."""

    title: str
    picture: str
    marks: list[Mark]


@dataclass(frozen=True)
class _Event:
    """Something that happens on the day that many days before that of expiry."""

    days_before: float
    when: str
    what: str
    kind: drawing.Kind
    time: str | None = None

    @property
    def at(self) -> float:
        """Where it stands, in days from the morning of the day of expiry: what ends, ends with its day."""
        if self.time:
            hours, minutes = map(int, self.time.split(":"))
            return (hours * 60 + minutes) / (24 * 60) - self.days_before
        return -self.days_before + (self.kind in {"last", "end"})


def draw_timelines(renewal: Renewal, strings: Strings, language: str) -> list[Life]:
    """A picture for each sentence of the rule."""
    say = strings.of(language)
    others = list(_others(renewal, strings, language))
    if not renewal.windows:
        end = _Event(0, say["life.expiry"], say["life.application"], "end")
        return [_life(say["life.title"], [*others, end], say)]
    return [
        _life(
            _title(window, say, language),
            [*_window(window, strings, language), *others],
            say,
            endless=window.closes.at == "never",
        )
        for window in renewal.windows
    ]


def _title(window: Window, say: dict[str, str], language: str) -> str:
    if window.since is None:
        return say["life.title"]
    return say["life.title.since"].format(since=day_in_words(window.since, language))


def _window(window: Window, strings: Strings, language: str) -> Iterator[_Event]:
    say, closes = strings.of(language), window.closes
    yield _counted(window.opens, strings, language, say["life.opens"], "window")
    if closes.at == "end_of_day_before":
        yield _Event(1, say["life.day_before"], say["life.last_day"], "last")
    elif closes.counted:
        yield _counted(closes, strings, language, say["life.last_day"], "last")
    if closes.time is not None:
        words = say["life.closes_at"].format(time=closes.time)
        yield _Event(0, say["life.expiry"], words, "last", closes.time)
    stays = closes.at == "never" or closes.days_after is not None
    yield _Event(0, say["life.expiry"], say["life.expiry.never" if stays else "life.over"], "end")
    if closes.days_after is not None:
        code = "life.days_after.one" if closes.days_after == 1 else "life.days_after"
        when = strings.say(language, code, n=closes.days_after)
        yield _Event(-closes.days_after, when, say["life.last_day"], "last")


def _others(renewal: Renewal, strings: Strings, language: str) -> Iterator[_Event]:
    """What falls on days of its own, whatever the window."""
    for days in renewal.reminders_days_before:
        mail = strings.say(language, "life.reminder")
        yield _counted(Before(days_before=days), strings, language, mail, "reminder")
    for deadline in renewal.deadlines:
        yield _counted(deadline, strings, language, getattr(deadline.what, language), "deadline")


def _counted(day: Before, strings: Strings, language: str, what: str, kind: drawing.Kind) -> _Event:
    count, unit = day.counted or (0, "days")
    return _Event(count * _DAYS[unit], describe_day(day, strings, language), what, kind)


def _life(title: str, events: list[_Event], say: dict[str, str], *, endless: bool = False) -> Life:
    """Events of one day stand under one mark, in the order in which they come."""
    marks = [Mark(say["life.issued"], (), ("start",))]
    for event in sorted(events, key=lambda event: -event.days_before):
        same = marks.pop() if marks[-1].when == event.when else Mark(event.when, (), ())
        marks.append(Mark(event.when, (*same.what, event.what), (*same.kinds, event.kind)))
    return Life(title, _markup(_picture(events, endless=endless)), marks)


def _picture(events: list[_Event], *, endless: bool) -> drawing.Shape:
    issued = drawing.Moment("start", min(event.at for event in events) - 1)
    moments = [drawing.Moment(event.kind, event.at) for event in events if event.kind != "window"]
    window = None
    for opens in (event.at for event in events if event.kind == "window"):
        closes = [moment.at for moment in moments if moment.mark == "last"]
        window = opens, closes[0] if closes else math.inf if endless else 1.0
    return drawing.draw([issued, *moments], window)


def _markup(shape: drawing.Shape) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in shape.attributes.items())
    return f"<{shape.tag}{attributes}>{''.join(map(_markup, shape.children))}</{shape.tag}>"
