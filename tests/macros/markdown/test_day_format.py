"""Days in words: the guides and the checker's page write them alike."""

import datetime as dt
import re

import pytest

from macros.markdown.day_format import format_day
from tests.support import ROOT


def test_both_languages() -> None:
    """The order of each language, whatever the locale."""
    day = dt.date(2027, 3, 31)
    assert (format_day(day, "ja"), format_day(day, "en")) == ("2027年3月31日", "31 March 2027")


@pytest.mark.parametrize("month", range(1, 13))
def test_the_checker_has_the_same_months(month: int) -> None:
    """wasm/browser/japan-time.mjs lists the English months again: it cannot read Python."""
    script = (ROOT / "wasm/browser/japan-time.mjs").read_text(encoding="utf-8")
    listed = re.search(r"const MONTHS = \[(.*?)\]", script, re.DOTALL)
    assert listed
    months = re.findall(r'"(\w+)"', listed[1])
    assert format_day(dt.date(2027, month, 1), "en") == f"1 {months[month - 1]} 2027"
