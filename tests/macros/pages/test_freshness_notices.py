"""What a page rests on has dates; from them follows when the page says that it may be out of date."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.facts import LANGUAGES, Facts
from macros.pages.freshness_notices import FreshnessNotice, list_cited_documents, list_freshness_notices
from macros.pages.render import render_site
from tests.macros.conftest import ASSETS, BUILD, ReplacePassage

DAY = dt.date(2026, 11, 21)


def _list_notices(facts: Facts, ref: str) -> list[FreshnessNotice]:
    page = facts.find_page(ref)
    assert page is not None
    return list_freshness_notices(facts, [page])


def test_the_oldest_check_counts(replace_passage: ReplacePassage) -> None:
    """A guide is as old as the oldest of its own check and those of the manuals that it cites."""
    root = replace_passage("abc/authority.yaml", "checked: 2026-11-21", "checked: 2026-02-01")
    facts = load_facts(root)
    assert facts.limits is not None
    days = facts.limits.stale_after_days
    (notice, *_) = _list_notices(facts, "abc/renew")
    assert notice.day == dt.date(2026, 2, 1)
    assert (notice.since - notice.day).days == days + 1  # on the last of the days it still counts


def test_the_manual_of_a_note_counts(facts: Facts) -> None:
    """Where only a note cites it, the guide rests on it all the same."""
    page = facts.find_page("boj/check-root")
    assert page is not None
    cited_by_steps: set[str] = set()
    for step in page.guide.steps:
        cited_by_steps.update(source.document for source in step.sources)
    documents = [document.id for document in list_cited_documents(facts, page)]
    assert [document for document in documents if document not in cited_by_steps] == ["boj-procedure"]


def test_a_page_that_names_an_unsupported_system_says_so(facts: Facts) -> None:
    """By its name in a text or by steps for it; nobody keeps a list of pages."""
    notice = FreshnessNotice(dt.date(2025, 10, 15), "aged.support", dt.date(2025, 10, 14), "Windows 10")
    for ref in ("jasdec/environment", "tse/environment", "fsa/duties", "boj/uninstall"):
        assert notice in _list_notices(facts, ref), ref
    assert notice not in _list_notices(facts, "boj/renew")


def test_a_longer_version_number_is_another_system(replace_passage: ReplacePassage) -> None:
    """Windows 10 is not named by Windows 100."""
    root = replace_passage("abc/renew.yaml", "title: {ja: ", "title: {ja: Windows 100 で")
    facts = load_facts(root)
    page = facts.find_page("abc/renew")
    assert page is not None
    steps = [step.model_copy(update={"variant": None}) for step in page.guide.steps]
    page = replace(page, guide=page.guide.model_copy(update={"steps": steps}))
    assert [notice.code for notice in list_freshness_notices(facts, [page])] == ["aged.facts"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_facts_carries_its_dates(facts: Facts, pages: Path, language: str) -> None:
    """Guides, authorities, the start page and the checker; only what has come is shown at build time."""
    refs = [page.ref for page in facts.pages]
    for folder in facts.authorities:
        refs += [f"{folder.id}/index", f"{folder.id}/all"]
    for ref in (*refs, "index", "check"):
        text = (pages / f"{ref}.{language}.md").read_text(encoding="utf-8")
        notices = re.findall(r'<p class="freshness-notice" data-since="([\d-]+)"( hidden)?>', text)
        assert notices, ref
        for since, hidden in notices:
            assert (dt.date.fromisoformat(since) > BUILD.day) == bool(hidden), ref


def test_a_late_build_shows_the_banner_by_itself(synthetic_root: Path, tmp_path: Path) -> None:
    """Without scripts, what the build wrote stands."""
    facts = load_facts(synthetic_root)
    render_site(facts, tmp_path / "out", ASSETS, replace(BUILD, day=dt.date(2028, 1, 1)))
    text = (tmp_path / "out/abc/renew.en.md").read_text(encoding="utf-8")
    assert re.search(
        r'<p class="freshness-notice" data-since="2027-11-22">This was last checked on 21 November 2026', text
    )


def test_a_limit_that_is_none_is_refused_with_its_line(synthetic_root: Path) -> None:
    """As every mistake in the facts."""
    path = synthetic_root / "docs/shared/freshness.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("stale_after_days: 365", "stale_after_days: a year"), encoding="utf-8")
    with pytest.raises(FactsError, match=r"docs/shared/freshness\.yaml:4: stale_after_days: .*365"):
        load_facts(synthetic_root)
