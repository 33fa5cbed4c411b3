"""The drawing of a certificate's life: the places of its marks, and that any rule can be drawn."""

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
from tests.support.mint import encode_der, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

TSE = "Tokyo Stock Exchange SSO CA"
NEVER = drawing.draw([Moment("start", 0), Moment("end", 10)], (5, math.inf))


def list_marks(shape: drawing.Shape) -> list[tuple[str, float]]:
    """Return the marks with their places in per cent."""
    marks = [mark for mark in shape.children if mark.children]
    return [
        (mark.children[0].attributes["class"], float(mark.attributes["x"].removesuffix("%")))
        for mark in marks
    ]


def find_stretches(shape: drawing.Shape) -> dict[str, tuple[float, float]]:
    """Return beginning and end of each stretch, in per cent."""
    stretches: dict[str, tuple[float, float]] = {}
    for child in shape.children:
        if child.tag == "rect":
            x, width = (float(child.attributes[name].removesuffix("%")) for name in ("x", "width"))
            stretches[child.attributes["class"]] = x, round(x + width, 2)
    return stretches


def draw_minted(inspect_file: InspectFile, at: str = AT, **deviation: Any) -> drawing.Shape:  # noqa: ANN401 - mint's
    """Draw a minted certificate."""
    (certificate,) = inspect_file(encode_der(mint(**deviation)), at=at)["certificates"]
    picture = drawing.draw_certificate(certificate, japan.parse_instant(at))
    assert picture
    return picture


def test_events_stand_at_even_distances(inspect_file: InspectFile) -> None:
    """Bank of Japan: start, window with the first mail, second mail, expiry; today between two of them."""
    drawn = draw_minted(inspect_file)
    places = dict(list_marks(drawn))
    assert [kind for kind, _ in list_marks(drawn)] == ["start", "end", "today", "reminder", "reminder"]
    assert (places["start"], places["end"]) == (4, 96)
    assert [x for kind, x in list_marks(drawn) if kind == "reminder"] == [34.67, 65.33]
    assert 34.67 < places["today"] < 65.33
    assert find_stretches(drawn) == {"valid": (4, 96), "window": (34.67, 96)}


def test_the_last_day_ends_the_window(inspect_file: InspectFile) -> None:
    """Tokyo Stock Exchange: the window ends with the day before expiry, which has a mark of its own."""
    drawn = draw_minted(inspect_file, issuer_cn=TSE)
    assert find_stretches(drawn)["window"] == (34.67, dict(list_marks(drawn))["last"])
    assert dict(list_marks(drawn))["last"] == 65.33


@pytest.mark.parametrize("time", ["00:00:00", "12:00:00", "23:59:59"])
def test_on_the_day_of_expiry_the_dot_stands_in_the_ring(inspect_file: InspectFile, time: str) -> None:
    """Neither hides the other: at the same place, the smaller above the larger."""
    drawn = draw_minted(inspect_file, at=f"2027-03-31T{time}+09:00", issuer_cn=TSE)
    kinds = [kind for kind, _ in list_marks(drawn)]
    assert kinds.index("end") < kinds.index("today")
    assert dict(list_marks(drawn))["end"] == dict(list_marks(drawn))["today"] == 96


def test_today_lies_beyond_the_line(inspect_file: InspectFile) -> None:
    """Before notBefore and after notAfter the line reaches today, and the certificate's stretch does not."""
    late = draw_minted(inspect_file, at="2028-01-01", issuer_cn=TSE)
    assert dict(list_marks(late))["today"] == 96
    assert find_stretches(late)["valid"][1] == dict(list_marks(late))["end"] < 96
    early = draw_minted(inspect_file, at="2020-01-01", issuer_cn=TSE)
    assert dict(list_marks(early))["today"] == 4
    assert find_stretches(early)["valid"][0] == dict(list_marks(early))["start"] > 4


def test_a_window_without_end_goes_on() -> None:
    """It is drawn beyond the last event."""
    assert find_stretches(NEVER) == {"valid": (4, 65.33), "window": (34.67, 96)}


def test_every_kind_has_a_sample() -> None:
    """Every shape can stand before its explanation."""
    for kind in ("window", *get_args(drawing.EventMark)):
        (shape,) = drawing.draw_sample(kind).children
        assert kind in {shape.attributes.get("class"), *(part.attributes["class"] for part in shape.children)}


@given(
    st.lists(
        st.builds(Moment, st.sampled_from(get_args(drawing.EventMark)), st.floats(-1e6, 1e6)), max_size=12
    ),
    st.none() | st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6) | st.just(math.inf)),
)
def test_any_rule_can_be_drawn(more: list[Moment], window: tuple[float, float] | None) -> None:
    """Everything stands on the line, in the order of time."""
    moments = [Moment("start", 0), Moment("end", 365), *more]
    drawn = drawing.draw(moments, window)
    places = [x for _, x in list_marks(drawn)]
    assert all(4 <= x <= 96 for x in places)
    order = sorted(moments, key=lambda moment: list(drawing._PATHS).index(moment.mark))  # noqa: SLF001 - the order of drawing
    by_time = sorted(zip((moment.at for moment in order), places, strict=True))
    assert [x for _, x in by_time] == sorted(places)
