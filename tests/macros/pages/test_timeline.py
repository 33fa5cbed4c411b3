"""The picture of a certificate's life follows from the rule alone."""

from xml.etree import ElementTree as ET

import pytest

from macros.loading.wording import load_site_words
from macros.model.facts import Facts
from macros.pages.timeline import draw_timelines

OPENS, MAIL = "この日から更新できます", "お知らせのメールが届きます"
EXPECTED = {
    # 5.1.1: from 30 days before; mails 30 and 7 days before.
    "boj": [
        ("発行", "start"),
        (f"有効期限の30日前 {OPENS} {MAIL}", "window reminder"),
        (f"有効期限の7日前 {MAIL}", "reminder"),
        ("有効期限 証明書は使えなくなります", "end"),
    ],
    # 1.1: mails 30 days before; 9.3.5: renewal after expiry, too.
    "fsa": [
        ("発行", "start"),
        (f"有効期限の30日前 {OPENS} {MAIL}", "window reminder"),
        ("有効期限 証明書は使えなくなりますが、更新はできます", "end"),
    ],
    # Row 14: by application; no period is printed.
    "jasdec": [
        ("発行", "start"),
        ("有効期限 証明書は使えなくなります（更新は申請します。期間の記載はありません）", "end"),
    ],
    # 5: from 30 days before until the day before.
    "tse": [
        ("発行", "start"),
        (f"有効期限の30日前 {OPENS}", "window"),
        ("有効期限の前日 更新できる最後の日です", "last"),
        ("有効期限 証明書は使えなくなります", "end"),
    ],
}


def _find_positions(picture: ET.Element) -> dict[str | None, str | None]:
    """Return where each mark stands, by its class."""
    positions = {}
    for mark in picture.iter("svg"):
        for path in mark.findall("path"):
            positions[path.get("class")] = mark.get("x")
    return positions


def _find_right_edge(rect: ET.Element) -> str:
    """Return where a stretch of the line ends, in per cent."""
    left, width = (float(rect.get(name, "")[:-1]) for name in ("x", "width"))
    return f"{left + width:.2f}%"


@pytest.mark.parametrize("authority", EXPECTED)
def test_the_marks_are_those_of_the_rule(facts: Facts, authority: str) -> None:
    """First day, notices, last day and expiry stand in order, each behind what stands for it."""
    folder = next(folder for folder in facts.authorities if folder.id == authority)
    (timeline,) = draw_timelines(folder.authority.renewal, load_site_words(), "ja")
    marks = timeline.marks
    assert [(" ".join([mark.day, *mark.events]), " ".join(mark.kinds)) for mark in marks] == EXPECTED[
        authority
    ]


@pytest.mark.parametrize(
    ("authority", "ends"), [("boj", "expiry"), ("tse", "last"), ("fsa", "edge"), ("jasdec", None)]
)
def test_the_picture_shows_when_renewing_is_possible(facts: Facts, authority: str, ends: str | None) -> None:
    """The window is drawn to expiry, to its last day, or beyond everything; and not at all by application."""
    folder = next(folder for folder in facts.authorities if folder.id == authority)
    (timeline,) = draw_timelines(folder.authority.renewal, load_site_words(), "ja")
    picture = ET.fromstring(timeline.picture)  # noqa: S314 - our own
    positions = _find_positions(picture)
    positions |= {"edge": "96.00%", "expiry": positions["end"]}
    windows = [_find_right_edge(rect) for rect in picture.findall("rect[@class='window']")]
    assert windows == ([positions[ends]] if ends else [])
