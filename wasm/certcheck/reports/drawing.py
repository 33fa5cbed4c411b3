"""The life of a certificate as a picture: the one drawing of the guides and of the checker's page.

It is data, in the terms of SVG: the guides make markup of it, the page makes elements. Lengths along the line
are per cent, so that it fits any width. Events stand at even distances, to be told apart on a narrow screen;
only today keeps its proportion between its neighbours. Shapes differ as well as colours; words stand beside
the picture, in the guides each with a sample of its shape.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from certcheck.reports.report_json import CertificateJson, VerdictJson

EventMark = Literal["start", "reminder", "deadline", "last", "end", "today"]
EventKind = Literal["window", EventMark]

HEIGHT = 28
_MIDDLE = HEIGHT // 2
_EDGE = 4.0  # per cent at both ends, room for half a mark

# The marks, drawn around the point 0, 0 on the line; of two, the later lies above.
_PATHS: dict[EventMark, str] = {
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
    """An event in a certificate's life.

    Attributes:
        mark: its kind.
        at: when, in days from any common beginning.
    """

    mark: EventMark
    at: float


def draw(moments: Iterable[Moment], window: tuple[float, float] | None) -> Shape:
    """Draw the line of a certificate's life with its marks, and the window in which it can be renewed.

    Args:
        moments: among them "start" and "end".
        window: first and last moment at which renewing is possible; the last may be infinite.
    """
    moments = sorted(moments, key=lambda moment: list(_PATHS).index(moment.mark))
    place = _make_scale(moments, window)
    shapes = [_draw_stretch("valid", place(_find_time(moments, "start")), place(_find_time(moments, "end")))]
    if window:
        shapes.append(_draw_stretch("window", *map(place, window)))
    shapes += [_draw_mark(moment.mark, place(moment.at)) for moment in moments]
    attributes = {"class": "timeline", "width": "100%", "height": str(HEIGHT), "aria-hidden": "true"}
    return Shape("svg", attributes, tuple(shapes))


def _find_time(moments: Iterable[Moment], mark: EventMark) -> float:
    return next(moment.at for moment in moments if moment.mark == mark)


def draw_sample(kind: EventKind) -> Shape:
    """Draw a mark or a stretch by itself, to stand before its explanation."""
    shape = _draw_stretch(kind, 5, 95) if kind == "window" else _draw_mark(kind, 50)
    attributes = {"class": "timeline-sample", "width": "22", "height": str(HEIGHT), "aria-hidden": "true"}
    return Shape("svg", attributes, (shape,))


def draw_certificate(certificate: CertificateJson, at: datetime) -> Shape | None:
    """Draw the line for a certificate of a report.

    Args:
        certificate: its part of the report's JSON.
        at: the instant that it was judged by, aware.

    Returns:
        None where its beginning or its end cannot be read.
    """
    if certificate["not_before"] is None or certificate["not_after"] is None:
        return None
    start = _read_clock(datetime.fromisoformat(certificate["not_before"]))
    end = _read_clock(datetime.fromisoformat(certificate["not_after"]))
    today = _read_clock(at)
    # On the day of expiry the two share a place: the dot stands in the ring.
    today = end if int(today) == int(end) else today
    moments = [Moment("start", start), Moment("end", end), Moment("today", today)]
    opens, closes = None, math.inf
    for day in certificate["days"]:
        kind, morning = day["kind"], float(date.fromisoformat(day["on"]).toordinal())
        if kind in {"reminder", "deadline"}:
            moments.append(Moment(kind, morning))
        elif kind == "opens":
            opens = morning
        elif kind == "last_day":
            closes = _find_window_end(morning, end, certificate["renewal"])
    if closes not in {math.inf, end}:
        moments.append(Moment("last", closes))
    return draw(moments, None if opens is None else (opens, closes))


def _find_window_end(morning: float, end: float, renewal: VerdictJson) -> float:
    """Return when the window ends: at a time of its last day, with the certificate, or with the day."""
    if "closes_at" in renewal:
        hours, minutes = map(int, renewal["closes_at"].split(":"))
        return morning + (hours * 60 + minutes) / (24 * 60)
    return end if morning == int(end) else morning + 1


def _read_clock(instant: datetime) -> float:
    """Return what Japan's clock and calendar show, in days: the whole ones are those of `date.toordinal`."""
    return 1 + (instant - _FIRST + timedelta(hours=9)) / timedelta(days=1)


_FIRST = datetime(1, 1, 1, tzinfo=UTC)


def _make_scale(moments: Iterable[Moment], window: tuple[float, float] | None) -> Callable[[float], float]:
    """Return a function that gives each time its place in per cent."""
    today = {moment.at for moment in moments if moment.mark == "today"}
    fixed = {moment.at for moment in moments if moment.mark != "today"}
    fixed.update(time for time in window or () if time != math.inf)
    knots = sorted(fixed | {time for time in today if not min(fixed) <= time <= max(fixed)})
    if window and window[1] == math.inf:
        knots.append(knots[-1] + 1)  # the line goes on beyond the last event
    share = (100 - 2 * _EDGE) / max(1, len(knots) - 1)

    def place(time: float) -> float:
        index = bisect_right(knots, time) - 1
        if index == len(knots) - 1:
            return _EDGE + index * share
        return _EDGE + share * (index + (time - knots[index]) / (knots[index + 1] - knots[index]))

    return place


def _draw_mark(mark: EventMark, per_cent: float) -> Shape:
    path = Shape("path", {"class": mark, "d": _PATHS[mark]})
    return Shape("svg", {"x": f"{per_cent:.2f}%", "y": str(_MIDDLE), "overflow": "visible"}, (path,))


def _draw_stretch(kind: str, start: float, end: float) -> Shape:
    width = f"{max(0.0, round(end, 2) - round(start, 2)):.2f}%"
    place = {"x": f"{start:.2f}%", "y": str(_MIDDLE - 4), "width": width, "height": "8", "rx": "4"}
    return Shape("rect", {"class": kind, **place})
