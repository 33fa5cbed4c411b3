"""The Markdown tree shown by Zensical, which shares no theme, plug-in or hook with the build."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from typing_extensions import override  # typing has it from Python 3.12 on

from macros.addressing.urls import build_page_url
from macros.model.facts import LANGUAGES, Facts
from scripts.command import run
from tests.browser.conftest import site  # noqa: F401  # a fixture

# All that Zensical has to be told: the Markdown that the tree uses.
PROJECT = """
[project]
site_name = "guides"
docs_dir = "docs"
site_dir = "site"
[project.theme]
custom_dir = "theme"
[project.markdown_extensions.admonition]
[project.markdown_extensions.attr_list]
[project.markdown_extensions.md_in_html]
[project.markdown_extensions.pymdownx.details]
"""
HOST = "https://site.invalid/"
# Takes the place of the theme's check.html, which the checker's page names.
CHECK_TEMPLATE = '{% extends "main.html" %}'


@dataclass
class Step:
    """A step as a reader has it.

    Attributes:
        id: the end of its address.
        title: with its number.
        sources: what it and its notes rest on, in words.
        links: where it leads, from the site's root.
        text: all its words.
    """

    id: str = ""
    title: str = ""
    sources: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    text: str = ""


class _PageParser(HTMLParser):
    """The steps of a page, and every id."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.ids: set[str] = set()
        self._url = url
        self._part = ""  # of a step: "title", "source" or "step" for any other; empty outside
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids.add(attributes.get("id", ""))
        if tag == "section" and attributes.get("class") == "step":
            self.steps.append(Step())
            self._part = "step"
        if not self._part:
            return
        step = self.steps[-1]
        if tag in {"h2", "h3"}:
            step.id, self._part = attributes["id"], "title"
        elif tag == "p" and attributes.get("class") == "source":
            step.sources.append("")
            self._part = "source"
        elif tag == "a":
            step.links.append(urljoin(self._url, attributes["href"]))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._part = ""
        elif self._part and tag in {"h2", "h3", "p"}:
            self._part = "step"

    @override
    def handle_data(self, data: str) -> None:
        if not self._part:
            return
        step = self.steps[-1]
        step.text += data
        if self._part == "title":
            step.title += data
        elif self._part == "source":
            step.sources[-1] += data


def read_page(root: Path, url: str) -> _PageParser:
    """Read a page of a built site by its address below the site's root."""
    return _PageParser(HOST + url, (root / url / "index.html").read_text(encoding="utf-8"))


def lay_out_pages(pages: Path, docs: Path) -> None:
    """Copy the tree as a renderer without languages needs it: Japanese at the root, English below ``en/``."""
    for path in pages.rglob("*.md"):
        page, language, _ = path.name.rsplit(".", 2)
        folder = docs / "en" if language == "en" else docs
        out = folder / path.relative_to(pages).with_name(f"{page}.md")
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def zensical_site(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site with Zensical; strict, so a link that leads nowhere ends it."""
    project = tmp_path_factory.mktemp("zensical")
    lay_out_pages(pages, project / "docs")
    (project / "zensical.toml").write_text(PROJECT, encoding="utf-8")
    (project / "theme").mkdir()
    (project / "theme/check.html").write_text(CHECK_TEMPLATE, encoding="utf-8")
    run(Path(sys.executable).with_name("zensical"), "build", "--strict", cwd=project)
    return project / "site"


def list_guides(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield address and ids of the steps of each guide in each language."""
    for page in facts.pages:
        for language in LANGUAGES:
            yield build_page_url(page.ref, language), [step.id for step in page.guide.steps]


def test_both_show_the_same_steps(facts: Facts, site: Path, zensical_site: Path) -> None:  # noqa: F811  # the fixture
    """Every guide in both languages: ids, titles, sources, links and words of each step, in order."""
    for url, ids in list_guides(facts):
        steps = read_page(zensical_site, url).steps
        assert [step.id for step in steps] == ids, url
        assert all(step.sources for step in steps), url
        assert steps == read_page(site, url).steps, url


def test_every_link_between_guides_leads_to_its_step(facts: Facts, zensical_site: Path) -> None:
    """Where the other renderer has put it: the page is there, and what the address names stands in it."""
    guides = {HOST + url: read_page(zensical_site, url) for url, _ in list_guides(facts)}
    links: set[str] = set()
    for guide in guides.values():
        for step in guide.steps:
            links.update(step.links)
    links_to_guides = [urldefrag(link) for link in links if urldefrag(link).url in guides]
    assert links_to_guides
    for url, fragment in links_to_guides:
        assert fragment in guides[url].ids | {""}, (url, fragment)
