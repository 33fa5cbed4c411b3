"""What was wrong and is taken back, from its YAML to pages, feed and the file that open pages ask for."""

import datetime as dt
import re
from pathlib import Path

import feedparser  # type: ignore[import-untyped]  # comes without types
import pytest

from macros.addressing.urls import build_page_url
from macros.history.changelog import Log
from macros.history.news import FEED, REF, build_feed
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.loading.wording import load_site_words
from macros.model.facts import LANGUAGES, Facts
from macros.pages.render import render_site
from macros.pages.withdrawal_notices import build_open_page_data, list_withdrawals
from tests.macros.conftest import ASSETS, BUILD

ENTRIES = """\
withdrawals:
  - id: older
    day: 2026-11-30
    at: abc/renew
    was: {ja: 誤りです。, en: An error.}
    instead: {ja: 読んでください。, en: Read it.}
  - id: newer
    day: 2026-12-01
    at: abc/renew#STEP
    was: {ja: "<古い>手順です。", en: "The <old> step."}
    instead: {ja: "[次のステップ](abc/renew#STEP)をします。", en: "Do [this step](abc/renew#STEP)."}
"""


@pytest.fixture
def step_id(synthetic_root: Path) -> str:
    """Return the id of the first step of the invented authority's guide."""
    page = load_facts(synthetic_root).find_page("abc/renew")
    assert page
    return page.guide.steps[0].id


@pytest.fixture
def withdrawing_root(synthetic_root: Path, step_id: str) -> Path:
    """Take two statements back."""
    text = ENTRIES.replace("STEP", step_id)
    (synthetic_root / "docs/shared/withdrawals.yaml").write_text(text, encoding="utf-8")
    return synthetic_root


@pytest.fixture
def withdrawing_facts(withdrawing_root: Path) -> Facts:
    """Load them."""
    return load_facts(withdrawing_root)


def test_a_page_has_its_own_and_a_step_its_own(withdrawing_facts: Facts, step_id: str) -> None:
    """The newest first; what concerns the whole page stands at no step, and no other page has any."""
    assert [entry.id for entry in list_withdrawals(withdrawing_facts, "abc/renew")] == ["newer", "older"]
    assert [entry.id for entry in list_withdrawals(withdrawing_facts, "abc/renew", step_id)] == ["newer"]
    assert list_withdrawals(withdrawing_facts, "abc/contacts") == []


def test_the_page_says_it_above_everything_and_at_the_step(
    withdrawing_facts: Facts, step_id: str, tmp_path: Path
) -> None:
    """With day, what was wrong and what to do instead; links are written as the page needs them."""
    render_site(withdrawing_facts, tmp_path / "pages", ASSETS, BUILD)
    for language, day, word in (("ja", "2026年12月1日", "手順です。"), ("en", "1 December 2026", "step.")):
        text = (tmp_path / f"pages/abc/renew.{language}.md").read_text(encoding="utf-8")
        head, *steps = text.split('<section class="step"')
        assert head.count('id="withdrawn-') == 2
        assert day in head
        assert word in head
        assert steps[0].count('class="withdrawal"') == 1
        assert 'id="withdrawn-' not in steps[0]
        assert not any('class="withdrawal"' in step for step in steps[1:])
        assert f"#{step_id})" in head


def test_the_feed_tells_it_first(withdrawing_facts: Facts, step_id: str) -> None:
    """An entry each, which leads to the step, says what to do instead, and keeps its id."""
    for language in LANGUAGES:
        host = f"https://example.jp/guides/{build_page_url(REF, language)}"
        headers = {"content-location": host + FEED, "content-type": "application/atom+xml"}
        feed = build_feed(withdrawing_facts, load_site_words(), Log(entries=[]), language)
        assert feed == build_feed(withdrawing_facts, load_site_words(), Log(entries=[]), language)
        parsed = feedparser.parse(feed, response_headers=headers)
        assert not parsed.bozo
        newer, older = parsed.entries
        assert newer.id != older.id
        assert newer.updated == "2026-12-01T00:00:00+09:00" == parsed.feed.updated
        page = build_page_url("abc/renew", language)
        assert newer.link == f"https://example.jp/guides/{page}#{step_id}"
        assert newer.content[0].value in {"次のステップをします。", "Do this step."}


def test_open_pages_are_told_in_plain_text(withdrawing_facts: Facts) -> None:
    """By the address of the page in each language; without Markdown, which a script would show as it is."""
    data = build_open_page_data(withdrawing_facts, load_site_words())
    newer, _ = data["withdrawals"]
    assert newer["id"] == "withdrawn-newer"
    assert set(newer["pages"]) == {"abc/renew/", "en/abc/renew/"}
    assert newer["pages"]["en/abc/renew/"].endswith("The <old> step. What to do instead: Do this step.")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("id: newer", "id: older", "withdrawals.2(older).id"),
        ("at: abc/renew\n", "at: abc/gone\n", "withdrawals.1(older).at"),
        ("at: abc/renew\n", "at: check\n", "withdrawals.1(older).at"),
        ("day: 2026-12-01\n", "day: soon\n", "withdrawals.2(newer).day"),
        ("(abc/renew#", "(abc/renew#no-", "withdrawals.2(newer).instead.ja"),
    ],
)
def test_a_mistake_is_shown_with_its_line(withdrawing_root: Path, old: str, new: str, place: str) -> None:
    """An id of its own, a page or step that is there, a day, links that lead somewhere."""
    path = withdrawing_root / "docs/shared/withdrawals.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FactsError, match=rf"docs/shared/withdrawals\.yaml:\d+: {re.escape(place)}"):
        load_facts(withdrawing_root)


def test_a_day_has_no_time(withdrawing_facts: Facts) -> None:
    """Days are Japan's, as everywhere."""
    assert [entry.day for entry in withdrawing_facts.withdrawals] == [
        dt.date(2026, 12, 1),
        dt.date(2026, 11, 30),
    ]
