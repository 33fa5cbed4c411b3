"""Steps that a certificate's file answers: their question, the way on, and the checker in the step."""

from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.pages.check_questions import build_check_questions
from macros.pages.render import render_site
from macros.pages.site_inputs import CHECKER_SITE
from tests.macros.conftest import ASSETS, BUILD


@pytest.mark.parametrize(
    ("fragment", "url"),
    [
        ("boj/renew/check-date", "../boj/renew/#sign-in"),
        ("tse/issue/check-installed", "../tse/issue/#restart-browser"),
        ("boj/renew/delete-old", None),  # the last one
        ("boj/troubleshoot/expired", None),  # an answer, which no step follows
    ],
)
def test_the_next_step(facts: Facts, fragment: str, url: str | None) -> None:
    """A question leads on to the following step of its guide, where there is one."""
    question = build_check_questions(facts, "check/", "ja")[fragment]
    assert (question["next"] and question["next"]["url"]) == url


def test_a_guide_of_nobody_expects_no_authority(facts: Facts) -> None:
    """A step below `shared` asks about certificates of any authority."""
    questions = build_check_questions(facts, "en/check/", "en")
    assert questions["shared/delete-certificate/decide"]["authority"] is None
    assert questions["boj/delete/decide"]["authority"] == "boj"
    assert questions["boj/delete/decide"]["step"]["url"] == "../boj/delete/#decide"


def test_an_origin_of_its_own(synthetic_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the checker has its own origin, a step holds a link to it, and nothing for a script to open."""
    monkeypatch.setenv(CHECKER_SITE, "https://check.guides.example/")
    render_site(load_facts(synthetic_root), tmp_path / "out", ASSETS, BUILD)
    text = (tmp_path / "out/abc/renew.en.md").read_text(encoding="utf-8")
    assert "](https://check.guides.example/en/check/#abc/renew/open)\n{ .step-check }" in text
    assert '<details class="step-check"' not in text
