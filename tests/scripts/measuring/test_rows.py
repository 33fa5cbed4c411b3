"""The rows of scripts/bench run, with few files and one run: what they say is another matter."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scripts.measuring import bench_listing, bench_waits
from scripts.measuring.bench_checker import Bench, open_bench
from scripts.measuring.measure import Row
from tests.support import ROOT


@pytest.fixture(scope="module")
def bench(chromium: Browser) -> Iterator[Bench]:
    """Serve the built site beside the stock page."""
    if not (ROOT / "site/check/index.html.br").is_file():
        pytest.skip("there is no built site with compressed copies: scripts/build makes it")
    with open_bench(chromium.browser_type, is_fair=False) as opened:
        yield opened


def expect_figures(row: Row) -> None:
    """Expect a line of the table with positive figures, the reference's too where there is one."""
    assert row.measured.median > 0
    assert row.reference is None or row.reference.median > 0
    assert str(row).startswith(f"| {row.quantity} | ")


def test_a_list_is_measured() -> None:
    """Beside openssl, and with its memory."""
    for row in bench_listing.measure_listing(3):
        expect_figures(row)


def test_arriving_after_intent_is_measured(bench: Bench) -> None:
    """Beside a cold visit to the stock page."""
    expect_figures(bench_waits.measure_intent(bench, 1, "loopback", ()))


def test_many_files_are_measured(bench: Bench) -> None:
    """Together and one by one; a page that is never busy for 50 milliseconds has 0 for its longest task."""
    together, longest = bench_waits.measure_many_files(bench, 1, 5)
    expect_figures(together)
    assert longest.measured.median >= 0


def test_a_late_choice_is_measured(bench: Bench) -> None:
    """From the choice on, not from opening the page."""
    expect_figures(bench_waits.measure_late_choice(bench, 1, 0.5, 1e9))
