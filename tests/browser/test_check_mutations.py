"""Mutated files, one after another in one page, which still answers afterwards; scripts/prove tries 500."""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import choose_files, judge_certificate
from tests.certcheck.mutation_seeds import build_seeds
from tests.certcheck.mutations import mutate
from tests.support import mint
from tests.support.slices import WHOLE

pytestmark = [
    pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session"),
    pytest.mark.parametrize("language", ["ja"], scope="module"),
]
MANY, FEW = 500, 25
OUTCOME = ".check-panel :is(.check-card, .check-error, .check-warning, .check-note)"


def test_mutated_files_in_a_row(ready: Page) -> None:
    """Each comes to certificates, an error or the question for a password; the page throws nothing."""
    seeds = build_seeds()
    worker = ready.workers[0]
    for number in range(MANY if os.environ.get(WHOLE) else FEW):
        name = f"{number}.pfx"
        choose_files(ready, (name, mutate(number, seeds)))
        panel = ready.locator(".check-panel", has=ready.locator("h2", has_text=name))
        expect(panel.locator(":scope > div[aria-busy=false] > *").first).to_be_visible(timeout=25_000)
        assert ready.locator(OUTCOME).count() > 0, number
        assert ready.locator(".check-error:is([data-code=crashed], [data-code=timed_out])").count() == 0, (
            number
        )
    assert ready.workers == [worker]
    judge_certificate(ready, mint.mint())
