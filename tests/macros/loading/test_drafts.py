"""Drafts stay off the published site and are seen in the preview; their English may come later."""

from pathlib import Path

import pytest

from macros.exports import publish
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.pages.render import render_site
from tests.macros.conftest import ASSETS, BUILD, ReplacePassage

DRAFT = """\
title: {ja: 取得する}
summary: {ja: 窓口で取得します。}
draft: true
steps:
  - id: go
    title: {ja: 窓口に行く, en: Go to the counter}
    do: {ja: 行きます。}
    sources: [{document: abc-manual, section: "1"}]
checked: 2026-11-21
"""


@pytest.fixture
def root_with_draft(root_with_answers: Path) -> Path:
    """Add a guide whose English is not written yet, and list it."""
    docs = root_with_answers / "docs/abc"
    (docs / "issue.yaml").write_text(DRAFT, encoding="utf-8")
    authority = docs / "authority.yaml"
    text = authority.read_text(encoding="utf-8")
    authority.write_text(text.replace("guides: [renew]", "guides: [renew, issue]"), encoding="utf-8")
    return root_with_answers


def test_a_draft_is_seen_in_the_preview_alone(root_with_draft: Path, tmp_path: Path) -> None:
    """Neither page nor index of the published site names it; the preview marks it."""
    facts = load_facts(root_with_draft)
    assert [page.id for page in facts.authorities[0].guides] == ["renew", "contacts"]
    assert "取得する" not in str(publish.build_index(facts, ""))
    preview = load_facts(root_with_draft, with_drafts=True)
    render_site(preview, tmp_path / "out", ASSETS, BUILD)
    assert "# 取得する（下書き） {" in (tmp_path / "out/abc/issue.ja.md").read_text(encoding="utf-8")
    english = (tmp_path / "out/abc/issue.en.md").read_text(encoding="utf-8")
    assert "(No English yet) 行きます。" in english
    assert "Go to the counter" in english


def test_what_is_published_needs_its_english(root_with_draft: Path) -> None:
    """Who removes the line is told what is missing."""
    path = root_with_draft / "docs/abc/issue.yaml"
    path.write_text(DRAFT.replace("draft: true\n", ""), encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        load_facts(root_with_draft)
    assert {problem.field for problem in caught.value.problems} == {
        "title.en",
        "summary.en",
        "steps.1(go).do.en",
    }


def test_nothing_published_leads_to_a_draft(root_with_draft: Path) -> None:
    """The link is named with its reason."""
    path = root_with_draft / "docs/abc/renew.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("(abc/contacts#desk)", "(abc/issue#go)"), encoding="utf-8")
    with pytest.raises(FactsError) as caught:
        load_facts(root_with_draft)
    assert all('"abc/issue#go" is a draft' in problem.message.en for problem in caught.value.problems)
    load_facts(root_with_draft, with_drafts=True)


def test_an_authority_may_be_a_draft(replace_passage: ReplacePassage) -> None:
    """With all its guides and answers."""
    root = replace_passage("abc/authority.yaml", "guides: [renew]", "draft: true\nguides: [renew]")
    facts = load_facts(root)
    assert (facts.authorities, [page.folder for page in facts.pages if page.folder == "abc"]) == ([], [])
    preview = load_facts(root, with_drafts=True)
    assert preview.authorities[0].authority.name.ja == "架空証券（下書き）"
