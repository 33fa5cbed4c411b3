"""A certificate's life as certcheck draws it, derived from the authority's rule, and the same in words.

Not to scale: the manuals of three of the four do not say how long a certificate is valid.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape

from certcheck.reports import drawing
from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.model.renewal_rule import Closes, DayBeforeExpiry, Renewal, RenewalWindow
from macros.pages.rule_sentences import describe_day

# How many calendar days a unit is on average, for the order on a line that is not to scale.
_DAYS = {"days": 1.0, "months": 30.4, "business_days": 1.45}


@dataclass(frozen=True)
class TimelineMark:
    """One day in the life of a certificate.

    Attributes:
        day: in words, e.g. ``有効期限の30日前``.
        events: what happens on it, in words.
        kinds: what stands for each event in the picture; for the day of issue alone there is no event.
    """

    day: str
    events: tuple[str, ...]
    kinds: tuple[drawing.EventKind, ...]

    @property
    def samples(self) -> list[str]:
        """The drawing of each kind, as markup."""
        return [_write_markup(drawing.draw_sample(kind)) for kind in self.kinds]


@dataclass(frozen=True)
class Timeline:
    """A picture and its legend.

    Attributes:
        title: of which certificates.
        picture: as markup.
        marks: from issue on, in order.
    """

    title: str
    picture: str
    marks: list[TimelineMark]


@dataclass(frozen=True)
class _Event:
    """Something that happens.

    Attributes:
        days_before: on which day, in days before that of expiry; negative after it.
        day: the same in words.
        description: what happens, in words.
        kind: what stands for it in the picture.
        time: of the day, ``HH:MM`` in Japan.
    """

    days_before: float
    day: str
    description: str
    kind: drawing.EventKind
    time: str | None = None

    @property
    def position(self) -> float:
        """Where it stands, in days from the morning of the day of expiry: what ends, ends with its day."""
        if self.time:
            hours, minutes = map(int, self.time.split(":"))
            return (hours * 60 + minutes) / (24 * 60) - self.days_before
        return -self.days_before + (self.kind in {"last", "end"})


def draw_timelines(renewal: Renewal, strings: Strings, language: str) -> list[Timeline]:
    """Draw a picture for each sentence of the rule."""
    words = strings.select(language)
    fixed_events = list(_list_fixed_events(renewal, strings, language))
    if not renewal.windows:
        has_days = renewal.last_application or renewal.deadlines
        expiry = _Event(
            0, words["life.expiry"], words["life.over" if has_days else "life.application"], "end"
        )
        last_days = list(_list_last_days(renewal.last_application, strings, language, "life.last_apply"))
        return [_draw_timeline(words["life.title"], [*fixed_events, *last_days, expiry], words)]
    timelines = []
    for window in renewal.windows:
        events = [*_list_window_events(window, strings, language), *fixed_events]
        title = _name_window(window, words, language)
        is_endless = window.closes.at == "never"
        timelines.append(_draw_timeline(title, events, words, is_endless=is_endless))
    return timelines


def _name_window(window: RenewalWindow, words: dict[str, str], language: str) -> str:
    if window.since is None:
        return words["life.title"]
    return words["life.title.since"].format(since=format_day(window.since, language))


def _list_window_events(window: RenewalWindow, strings: Strings, language: str) -> Iterator[_Event]:
    """Yield the first day, the last day where it is another than that of expiry, and expiry."""
    words = strings.select(language)
    yield _count_back(window.opens, strings, language, words["life.opens"], "window")
    yield from _list_last_days(window.closes, strings, language)
    is_renewable = window.closes.at == "never" or window.closes.days_after is not None
    yield _Event(0, words["life.expiry"], words["life.expiry.never" if is_renewable else "life.over"], "end")


def _list_last_days(
    closes: Closes | None, strings: Strings, language: str, code: str = "life.last_day"
) -> Iterator[_Event]:
    """Yield the last day or time on which renewing, or applying, is possible, if it is not that of expiry."""
    words = strings.select(language)
    if closes is None:
        return
    description = words[code]
    if closes.time is not None:
        description = words[_AT_TIME[code]].format(time=closes.time)
    if closes.at == "end_of_day_before":
        yield _Event(1, words["life.day_before"], description, "last")
    elif closes.interval:
        counted = _count_back(closes, strings, language, description, "last")
        yield replace(counted, time=closes.time)
    elif closes.days_after is not None:
        day_code = "life.days_after.one" if closes.days_after == 1 else "life.days_after"
        day = strings.format(language, day_code, n=closes.days_after)
        yield _Event(-closes.days_after, day, description, "last", closes.time)
    elif closes.time is not None:
        yield _Event(0, words["life.expiry"], description, "last", closes.time)


# What is said of a last day that ends at a time.
_AT_TIME = {"life.last_day": "life.closes_at", "life.last_apply": "life.apply_until"}


def _list_fixed_events(renewal: Renewal, strings: Strings, language: str) -> Iterator[_Event]:
    """Yield what falls on days of its own, whatever the window: mails and deadlines."""
    for days in renewal.reminders_days_before:
        mail = strings.format(language, "life.reminder")
        yield _count_back(DayBeforeExpiry(days_before=days), strings, language, mail, "reminder")
    for deadline in renewal.deadlines:
        yield _count_back(deadline, strings, language, deadline.what.get(language), "deadline")


def _count_back(
    day: DayBeforeExpiry, strings: Strings, language: str, description: str, kind: drawing.EventKind
) -> _Event:
    """Return an event on a day that is counted back from expiry."""
    count, unit = day.interval or (0, "days")
    days = count * _DAYS[unit]
    if day.day_of_month is not None:  # as seen from the middle of the month of expiry
        days += _DAYS["months"] / 2 - day.day_of_month
    return _Event(days, describe_day(day, strings, language), description, kind)


def _draw_timeline(
    title: str, events: list[_Event], words: dict[str, str], *, is_endless: bool = False
) -> Timeline:
    """Draw one picture; events of one day stand under one mark, in the order in which they come."""
    marks = [TimelineMark(words["life.issued"], (), ("start",))]
    for event in sorted(events, key=lambda event: -event.days_before):
        mark = marks.pop() if marks[-1].day == event.day else TimelineMark(event.day, (), ())
        marks.append(TimelineMark(event.day, (*mark.events, event.description), (*mark.kinds, event.kind)))
    return Timeline(title, _write_markup(_draw_picture(events, is_endless=is_endless)), marks)


def _draw_picture(events: list[_Event], *, is_endless: bool) -> drawing.Shape:
    issue = drawing.Moment("start", min(event.position for event in events) - 1)
    moments = [drawing.Moment(event.kind, event.position) for event in events if event.kind != "window"]
    opens = next((event.position for event in events if event.kind == "window"), None)
    if opens is None:
        return drawing.draw([issue, *moments], None)
    last = next((event.position for event in events if event.kind == "last"), None)
    expiry = math.inf if is_endless else 1.0
    return drawing.draw([issue, *moments], (opens, expiry if last is None else last))


def _write_markup(shape: drawing.Shape) -> str:
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in shape.attributes.items())
    children = "".join(map(_write_markup, shape.children))
    return f"<{shape.tag}{attributes}>{children}</{shape.tag}>"
