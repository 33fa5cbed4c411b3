"""Rendered prose is compared with golden files; meaning is asserted on the real guides."""

import json
import os
import re
from itertools import product
from pathlib import Path

import pytest

from certcheck import limits
from macros.loading.load import load_facts
from macros.model.facts import LANGUAGES, Facts
from macros.pages.check_page import encode_check_data
from macros.pages.navigation import build_navigation, translate_navigation
from macros.pages.render import render_site
from tests.macros.conftest import ASSETS, BUILD, HERE

GOLDEN = HERE / "golden"
PAGES = ("index", "renew", "contacts", "all")
NAMES = [f"abc/{page}.{language}.md" for page, language in product(PAGES, LANGUAGES)]


@pytest.mark.parametrize("name", NAMES)
def test_golden(synthetic_root: Path, tmp_path: Path, name: str) -> None:
    """The Markdown of the invented authority is the text that someone has read and kept.

    GOLDEN=write puts the rendered text in place; read the difference before committing it.
    """
    out = tmp_path / "out"
    render_site(load_facts(synthetic_root), out, ASSETS, BUILD)
    golden = GOLDEN / name.replace("/", "-")
    if os.environ.get("GOLDEN") == "write":
        golden.write_text((out / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert (out / name).read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


def test_both_languages_have_every_page(facts: Facts, pages: Path) -> None:
    """No page is missing in a language: the link to the other language never fails."""
    refs = {page.ref for page in facts.pages}
    for language in LANGUAGES:
        files = {path.relative_to(pages).as_posix() for path in pages.rglob(f"*.{language}.md")}
        assert {f"{ref}.{language}.md" for ref in refs} <= files


def test_both_languages_have_the_same_steps_in_the_same_order(facts: Facts, pages: Path) -> None:
    """A step's address differs only in the language's prefix, so switching keeps the step."""
    for page in facts.pages:
        ids = [
            _find_step_ids((pages / f"{page.ref}.{language}.md").read_text(encoding="utf-8"))
            for language in LANGUAGES
        ]
        assert ids[0] == ids[1] == [step.id for step in page.guide.steps]


def test_every_step_shows_what_it_rests_on(facts: Facts, pages: Path) -> None:
    """As many lines of sources as steps, at least: nothing is said without its evidence."""
    for page in facts.pages:
        for language in LANGUAGES:
            text = (pages / f"{page.ref}.{language}.md").read_text(encoding="utf-8")
            assert text.count("\n{ .source }") >= len(page.guide.steps), page.ref


def test_a_page_says_that_it_is_unofficial(facts: Facts, pages: Path) -> None:
    """Every guide names the manual it follows and says that the manual prevails."""
    for page in facts.pages:
        text = (pages / f"{page.ref}.ja.md").read_text(encoding="utf-8")
        assert "公式のマニュアルに従ってください" in text
        for step in page.guide.steps:
            for source in step.sources:
                assert facts.documents[source.document].title in text


def test_no_address_begins_with_a_slash(pages: Path) -> None:
    """The site works below any path."""
    for path in pages.rglob("*.md"):
        assert not re.search(r'\]\(/|(?:href|src|"url")\s*[=:]\s*"/', path.read_text(encoding="utf-8")), path


def test_rendering_again_touches_nothing(facts: Facts, pages: Path) -> None:
    """A file whose text did not change keeps its time, so that watching the tree stays quick."""
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*.md")}
    render_site(facts, pages, ASSETS, BUILD)
    assert {path: path.stat().st_mtime_ns for path in pages.rglob("*.md")} == before


def test_a_page_for_printing_has_every_step_of_its_authority(facts: Facts, pages: Path) -> None:
    """Once each, under an id of its own, with the address of its guide; search engines leave the page out."""
    for folder in facts.authorities:
        for language, prefix in (("ja", ""), ("en", "en/")):
            text = (pages / f"{folder.id}/all.{language}.md").read_text(encoding="utf-8")
            ids: list[tuple[str, str]] = []
            for page in folder.guides:
                ids += [(page.id, step.id) for step in page.guide.steps]
            headings = re.findall(r"^### .*\{ #(\S+) \}$", text, re.MULTILINE)
            assert headings == [f"{guide}--{step}" for guide, step in ids]
            addresses = [f"{prefix}{folder.id}/{guide}/#{step}" for guide, step in ids]
            assert re.findall(r'data-address="(.*?)"', text) == addresses
            assert "\nrobots: noindex\n---\n" in text


def test_a_page_that_is_no_longer_rendered_goes(facts: Facts, tmp_path: Path) -> None:
    """A guide that was removed leaves no page behind."""
    stale = tmp_path / "boj" / "gone.ja.md"
    stale.parent.mkdir()
    stale.write_text("old", encoding="utf-8")
    render_site(facts, tmp_path, ASSETS, BUILD)
    assert not stale.exists()


def test_the_navigation_names_every_page_once(facts: Facts, pages: Path) -> None:
    """Whoever adds a file to docs/ finds it in the navigation; pages for printing are linked elsewhere."""
    files = re.findall(r"[\w/-]+\.md", json.dumps(build_navigation(facts)))
    rendered = [
        path.relative_to(pages).as_posix().replace(".ja.md", ".md")
        for path in pages.rglob("*.ja.md")
        if path.name != "all.ja.md"
    ]
    assert sorted(files) == sorted(rendered)
    sections = [next(iter(entry)) for entry in build_navigation(facts) if isinstance(entry, dict)]
    assert set(sections) == set(translate_navigation(facts))


def test_the_check_data_cannot_end_its_script_element(facts: Facts) -> None:
    """Inside <script> no "<" may appear, whatever the facts say (HTML, 4.12.1.3)."""
    for language, block in encode_check_data(facts, ASSETS, BUILD.day).items():
        assert "<" not in block
        data = json.loads(block)
        assert data["lang"] == language
        assert data["authorities"]["boj"]["guides"]["renew"]["first"].endswith("boj/renew/#check-date")


def test_the_check_data_holds_the_limits_of_certcheck(facts: Facts) -> None:
    """The page refuses what the command line refuses: bytes, files and seconds stand once."""
    data = json.loads(encode_check_data(facts, ASSETS, BUILD.day)["ja"])
    assert data["limits"] == {
        "files": limits.ALLOWED["files"],
        "file_bytes": limits.SIZE_LIMIT,
        "file_seconds": limits.TIME_LIMIT,
    }


def _find_step_ids(text: str) -> list[str]:
    ids = re.findall(r"^## .*\{ #([a-z0-9-]+) \}$", text, re.MULTILINE)
    return [step_id for step_id in ids if step_id != "what-now"]  # the card at the end is no step
