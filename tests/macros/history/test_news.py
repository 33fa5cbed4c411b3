"""The log of changes as readers get it: a page and a feed in each language."""

import datetime as dt
import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped]  # comes without types
import pytest

from macros.addressing.urls import build_page_url
from macros.history.changelog import Line, Log, LogEntry, load_log
from macros.history.news import FEED, REF, build_entry_id, build_feed, format_changes
from macros.loading.problems import FactsError
from macros.loading.wording import load_site_words
from macros.model.evidence import Text
from macros.model.facts import LANGUAGES, Facts
from scripts.site.policy import load_policy
from tests.support import ROOT

STRINGS = load_site_words()
LINES = [
    Line(at="tse/renew", says=Text(ja="概要: <あ> → い", en="summary: <a> → b")),
    Line(at="tse", says=Text(ja="終わり", en="renewal window closes")),
    Line(at="tse/gone#step", says=Text(ja="手順", en="step")),
    Line(at="gone/page", says=Text(ja="頁", en="page")),
]
DAY = dt.date(2026, 12, 1)
LOG = Log(
    entries=[
        LogEntry(day=DAY, commit="b" * 40, changes=LINES),
        LogEntry(day=DAY, commit="a" * 40, changes=[]),
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_what_feed_readers_expect(facts: Facts, language: str) -> None:
    """Without a complaint, with ids that stay, a moment with its offset, and links that lead to the site."""
    host = f"https://example.jp/guides/{build_page_url(REF, language)}"
    headers = {"content-location": host + FEED, "content-type": "application/atom+xml"}
    parsed = feedparser.parse(build_feed(facts, STRINGS, LOG, language), response_headers=headers)
    assert not parsed.bozo
    assert (parsed.version, parsed.feed.language) == ("atom10", language)
    (entry,) = parsed.entries  # the one that only says where the log begins is none
    assert entry.updated == "2026-12-01T00:00:00+09:00"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
    assert entry.id != parsed.feed.id
    assert entry.link == f"{host}#{build_entry_id(LOG.entries[0])}"
    assert f'href="{urljoin(host, "../tse/renew/")}"' in entry.content[0].value


def test_ids_differ_between_languages_and_stay(facts: Facts) -> None:
    """A reader who follows both sees both; building again makes nothing new."""
    feeds = [build_feed(facts, STRINGS, LOG, language) for language in (*LANGUAGES, *LANGUAGES)]
    ids = [re.findall(r"urn:uuid:[0-9a-f-]+", feed) for feed in feeds]
    assert ids[:2] == ids[2:]
    assert not set(ids[0]) & set(ids[1])


def test_what_is_still_there_is_linked_and_the_rest_is_named(facts: Facts) -> None:
    """A step that went leads to its page or authority; words are text, whatever letters they hold."""
    html = format_changes(facts, STRINGS, LOG.entries[0], "en")
    assert re.findall(r'href="([^"]+)"', html) == ["../tse/renew/", "../tse/", "../tse/"]
    assert "<li>gone/page: page</li>" in html
    assert "summary: &lt;a&gt; → b" in html
    assert html.count("<h3>Tokyo Stock Exchange</h3>") == 1


def test_a_log_of_nothing_is_a_feed_as_well(facts: Facts) -> None:
    """Valid before the first change."""
    parsed = feedparser.parse(build_feed(facts, STRINGS, Log(entries=[]), "ja"))
    assert (parsed.bozo, parsed.entries) == (False, [])


def test_this_repositorys_log_is_on_its_page(facts: Facts, pages: Path) -> None:
    """Each entry under its day, in both languages; the feed has the type that readers look for."""
    log = load_log(ROOT)
    for language in LANGUAGES:
        text = (pages / f"{REF}.{language}.md").read_text(encoding="utf-8")
        assert text.count("\n## ") == len(log.visible_entries) > 0
        for entry in log.visible_entries:
            assert f"{{ #{build_entry_id(entry)} }}" in text
            assert format_changes(facts, STRINGS, entry, language) in text
    policy = load_policy(ROOT / "deploy/policy.yaml")
    assert policy.build_response_headers(f"{REF}/{FEED}")["Content-Type"] == "application/atom+xml"


def test_a_mistake_in_the_log_is_shown_with_its_line(tmp_path: Path) -> None:
    """It may be mended by hand, so it is checked as the facts are."""
    (tmp_path / "docs").mkdir()
    text = "entries:\n  - day: 2026-12-01\n    commit: abc\n    changes: [{at: tse, says: {ja: あ}}]\n"
    (tmp_path / "docs/changes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=r"docs/changes\.yaml:4: entries\.0\.changes\.0\.says\.en"):
        load_log(tmp_path)
