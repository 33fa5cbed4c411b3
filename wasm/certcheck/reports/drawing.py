"""The life of a certificate as a picture: the one drawing of the guides and of the checker's page.

It is data, in the words of SVG: the guides make markup of it, the page makes elements. Lengths along the
line are per cent, so that it fits any width. What happens stands at even distances, to be told apart on a
narrow screen; only today keeps its share of the way between its neighbours. Shapes tell what colours tell,
too; words stand beside the picture, each with its `sample`.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Mark = Literal["start", "reminder", "deadline", "last", "end", "today"]
Kind = Literal["window", Mark]

HEIGHT = 28
_MIDDLE = HEIGHT // 2
_EDGE = 4.0  # per cent at both ends, room for half a mark

# What stands for a moment, drawn around the point 0, 0 on the line; of two, the later lies above.
_PATHS: dict[Mark, str] = {
    "start": "M-1.5 -8h3v16h-3z",
    "last": "M-1.5 -8h3v16h-3z",
    "end": "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0",
    "today": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0",
    "reminder": "M-5 -13h10l-5 8z",
    "deadline": "M-5 13h10l-5 -8z",
}


class Shape(NamedTuple):
    """An element of SVG. In JSON a list of its tag, its attributes and its children."""

    tag: str
    attributes: dict[str, str]
    children: tuple[Shape, ...] = ()


class Moment(NamedTuple):
    """Something that happens.

    Attributes:
        mark: what.
        at: when, in days from wherever one counts.
    """

    mark: Mark
    at: float


def draw(moments: Iterable[Moment], window: tuple[float, float] | None) -> Shape:
    """Draw a life.

    Args:
        moments: from "start" to "end", and whatever happens before, between and after.
        window: when renewing is possible; its end may be infinite.
    """
    moments = sorted(moments, key=lambda moment: list(_PATHS).index(moment.mark))
    place = _scale(moments, window)
    start, end = (next(place(each.at) for each in moments if each.mark == mark) for mark in ("start", "end"))
    stretches = [_stretch("valid", start, end)]
    if window:
        stretches.append(_stretch("window", *map(place, window)))
    marks = (_mark(moment.mark, place(moment.at)) for moment in moments)
    attributes = {"class": "timeline", "width": "100%", "height": str(HEIGHT), "aria-hidden": "true"}
    return Shape("svg", attributes, (*stretches, *marks))


def sample(kind: Kind) -> Shape:
    """Return the mark, or the stretch, as it stands before what is said of it."""
    shape = _stretch(kind, 5, 95) if kind == "window" else _mark(kind, 50)
    attributes = {"class": "sample", "width": "22", "height": str(HEIGHT), "aria-hidden": "true"}
    return Shape("svg", attributes, (shape,))


def samples() -> dict[str, Shape]:
    """Return all samples, by kind."""
    return {kind: sample(kind) for kind in ("window", *get_args(Mark))}


def picture(certificate: Mapping[str, Any], at: datetime) -> Shape:
    """Draw one certificate's life.

    Args:
        certificate: its part of the report's JSON.
        at: the instant that it was judged by, aware.
    """
    start, end = (_clock(datetime.fromisoformat(certificate[name])) for name in ("not_before", "not_after"))
    today = _clock(at)
    # On the day of expiry the two are one place: the dot stands in the ring.
    today = end if int(today) == int(end) else today
    moments = [Moment("start", start), Moment("end", end), Moment("today", today)]
    days = [(day["kind"], float(date.fromisoformat(day["on"]).toordinal())) for day in certificate["days"]]
    moments += [Moment(kind, morning) for kind, morning in days if kind in {"reminder", "deadline"}]
    opens = [morning for kind, morning in days if kind == "opens"]
    closes = [_closes(morning, end, certificate["renewal"]) for kind, morning in days if kind == "last_day"]
    moments += [Moment("last", each) for each in closes if each != end]
    return draw(moments, (opens[0], closes[0] if closes else math.inf) if opens else None)


def _closes(morning: float, end: float, renewal: Mapping[str, Any]) -> float:
    """Return when the last day's window ends: at a time of day, with the certificate, or with the day."""
    if "closes_at" in renewal:
        hours, minutes = map(int, renewal["closes_at"].split(":"))
        return morning + (hours * 60 + minutes) / (24 * 60)
    return end if morning == int(end) else morning + 1


def _clock(instant: datetime) -> float:
    """Return what Japan's clock and calendar show, in days: the whole ones are those of `date.toordinal`."""
    return 1 + (instant - _FIRST + timedelta(hours=9)) / timedelta(days=1)


_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def _scale(moments: Iterable[Moment], window: tuple[float, float] | None) -> Callable[[float], float]:
    """Return what gives each time its place in per cent."""
    today = {moment.at for moment in moments if moment.mark == "today"}
    fixed = {moment.at for moment in moments if moment.mark != "today"}
    fixed.update(at for at in window or () if at != math.inf)
    knots = sorted(fixed | {at for at in today if not min(fixed) <= at <= max(fixed)})
    if window and window[1] == math.inf:
        knots.append(knots[-1] + 1)  # the line goes on beyond what happens last
    share = (100 - 2 * _EDGE) / max(1, len(knots) - 1)

    def place(at: float) -> float:
        before = bisect_right(knots, at) - 1
        if before == len(knots) - 1:
            return _EDGE + before * share
        return _EDGE + share * (before + (at - knots[before]) / (knots[before + 1] - knots[before]))

    return place


def _mark(mark: Mark, per_cent: float) -> Shape:
    path = Shape("path", {"class": mark, "d": _PATHS[mark]})
    return Shape("svg", {"x": f"{per_cent:.2f}%", "y": str(_MIDDLE), "overflow": "visible"}, (path,))


def _stretch(kind: str, start: float, end: float) -> Shape:
    width = f"{max(0.0, round(end, 2) - round(start, 2)):.2f}%"
    place = {"x": f"{start:.2f}%", "y": str(_MIDDLE - 4), "width": width, "height": "8", "rx": "4"}
    return Shape("rect", {"class": kind, **place})
