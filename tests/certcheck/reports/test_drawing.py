"""The picture of a certificate's life: what stands where, and that any rule can be drawn."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck import japan
from certcheck.reports import drawing
from certcheck.reports.drawing import Moment
from tests.certcheck.conftest import AT
from tests.support.mint import der, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

TSE = "Tokyo Stock Exchange SSO CA"
NEVER = drawing.draw([Moment("start", 0), Moment("end", 10)], (5, math.inf))


def marks(shape: drawing.Shape) -> list[tuple[str, float]]:
    """Return what stands at which per cent."""
    drawn = [
        (each.children[0].attributes["class"], each.attributes["x"])
        for each in shape.children
        if each.children
    ]
    return [(kind, float(x.removesuffix("%"))) for kind, x in drawn]


def stretches(shape: drawing.Shape) -> dict[str, tuple[float, float]]:
    """Return from where to where each goes."""
    rects = [each.attributes for each in shape.children if each.tag == "rect"]
    ends = [(float(rect["x"][:-1]), float(rect["width"][:-1])) for rect in rects]
    return {rect["class"]: (x, round(x + width, 2)) for rect, (x, width) in zip(rects, ends, strict=True)}


def picture(inspect_file: InspectFile, at: str = AT, **deviation: Any) -> drawing.Shape:  # noqa: ANN401 - mint's
    """Draw a minted certificate."""
    (certificate,) = inspect_file(der(mint(**deviation)), at=at)["certificates"]
    return drawing.draw_certificate(certificate, japan.parse_instant(at))


def test_what_happens_stands_at_even_distances(inspect_file: InspectFile) -> None:
    """Bank of Japan: from, window with the first mail, second mail, expiry; today on its way between two."""
    drawn = picture(inspect_file)
    found = dict(marks(drawn))
    assert [kind for kind, _ in marks(drawn)] == ["start", "end", "today", "reminder", "reminder"]
    assert (found["start"], found["end"]) == (4, 96)
    assert [x for kind, x in marks(drawn) if kind == "reminder"] == [34.67, 65.33]
    assert 34.67 < found["today"] < 65.33
    assert stretches(drawn) == {"valid": (4, 96), "window": (34.67, 96)}


def test_the_last_day_ends_the_window(inspect_file: InspectFile) -> None:
    """Tokyo Stock Exchange: the window ends with the day before expiry, which has a mark of its own."""
    drawn = picture(inspect_file, issuer_cn=TSE)
    assert stretches(drawn)["window"] == (34.67, dict(marks(drawn))["last"])
    assert dict(marks(drawn))["last"] == 65.33


@pytest.mark.parametrize("time", ["00:00:00", "12:00:00", "23:59:59"])
def test_on_the_day_of_expiry_the_dot_stands_in_the_ring(inspect_file: InspectFile, time: str) -> None:
    """Neither hides the other: one place, the smaller above the larger."""
    drawn = picture(inspect_file, at=f"2027-03-31T{time}+09:00", issuer_cn=TSE)
    kinds = [kind for kind, _ in marks(drawn)]
    assert kinds.index("end") < kinds.index("today")
    assert dict(marks(drawn))["end"] == dict(marks(drawn))["today"] == 96


def test_today_lies_beyond_the_line(inspect_file: InspectFile) -> None:
    """Before it begins, and after it has ended: the line goes that far, the certificate's part of it less."""
    late = picture(inspect_file, at="2028-01-01", issuer_cn=TSE)
    assert dict(marks(late))["today"] == 96
    assert stretches(late)["valid"][1] == dict(marks(late))["end"] < 96
    early = picture(inspect_file, at="2020-01-01", issuer_cn=TSE)
    assert dict(marks(early))["today"] == 4
    assert stretches(early)["valid"][0] == dict(marks(early))["start"] > 4


def test_a_window_without_end_goes_on() -> None:
    """Beyond whatever happens last."""
    assert stretches(NEVER) == {"valid": (4, 65.33), "window": (34.67, 96)}


def test_every_kind_has_a_sample() -> None:
    """Whatever is drawn can stand before its words."""
    assert set(drawing.draw_samples()) == {"window", *get_args(drawing.Mark)}


@given(
    st.lists(st.builds(Moment, st.sampled_from(get_args(drawing.Mark)), st.floats(-1e6, 1e6)), max_size=12),
    st.none() | st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6) | st.just(math.inf)),
)
def test_any_rule_can_be_drawn(more: list[Moment], window: tuple[float, float] | None) -> None:
    """Everything stands on the line, in the order of time."""
    moments = [Moment("start", 0), Moment("end", 365), *more]
    drawn = drawing.draw(moments, window)
    places = [x for _, x in marks(drawn)]
    assert all(4 <= x <= 96 for x in places)
    order = sorted(moments, key=lambda moment: list(drawing._PATHS).index(moment.mark))  # noqa: SLF001 - what lies above what
    by_time = sorted(zip((moment.at for moment in order), places, strict=True))
    assert [x for _, x in by_time] == sorted(places)
