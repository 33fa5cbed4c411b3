"""The Markdown tree shown by Zensical, which shares no theme, plug-in or hook with the build."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from typing_extensions import override  # typing has it from Python 3.12 on

from macros.addressing.addresses import page_url
from macros.model.facts import LANGUAGES, Facts
from tests.browser.conftest import site  # noqa: F401  # a fixture

# All that it has to be told: the Markdown that the tree uses; CHECK replaces the template that a page names.
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
CHECK = '{% extends "main.html" %}'


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


class _Page(HTMLParser):
    """Finds the steps of a page, and every id."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.steps: list[Step] = []
        self.ids: set[str] = set()
        self._url = url
        self._inside = ""  # of a step: "title", "source" or another part
        self.feed(html)
        self.close()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.ids.add(named.get("id", ""))
        if tag == "section" and named.get("class") == "step":
            self.steps.append(Step())
            self._inside = "step"
        if not self._inside:
            return
        step = self.steps[-1]
        if tag in {"h2", "h3"}:
            step.id, self._inside = named["id"], "title"
        elif tag == "p" and named.get("class") == "source":
            step.sources.append("")
            self._inside = "source"
        elif tag == "a":
            step.links.append(urljoin(self._url, named["href"]))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._inside = ""
        elif self._inside and tag in {"h2", "h3", "p"}:
            self._inside = "step"

    @override
    def handle_data(self, data: str) -> None:
        if not self._inside:
            return
        step = self.steps[-1]
        step.text += data
        if self._inside == "title":
            step.title += data
        elif self._inside == "source":
            step.sources[-1] += data


def page_of(site: Path, url: str) -> _Page:  # noqa: F811  # not the fixture
    """A page by its address below the site's root."""
    return _Page(HOST + url, (site / url / "index.html").read_text(encoding="utf-8"))


def laid_out(pages: Path, docs: Path) -> None:
    """Without a plug-in for languages: Japanese at the root, English below ``en/``, as in the addresses."""
    for path in pages.rglob("*.md"):
        page, language, _ = path.name.rsplit(".", 2)
        out = docs / ("en" if language == "en" else "") / path.relative_to(pages).with_name(f"{page}.md")
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(path.read_bytes())


@pytest.fixture(scope="module")
def other(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as Zensical makes it; strict, so a link that leads nowhere ends it."""
    project = tmp_path_factory.mktemp("zensical")
    laid_out(pages, project / "docs")
    (project / "zensical.toml").write_text(PROJECT, encoding="utf-8")
    (project / "theme").mkdir()
    (project / "theme/check.html").write_text(CHECK, encoding="utf-8")
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603  # no word is a stranger's
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def guides(facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Address and ids of the steps of each guide in each language."""
    for page in facts.pages():
        for language in LANGUAGES:
            yield page_url(page.ref, language), [step.id for step in page.guide.steps]


def test_both_show_the_same_steps(facts: Facts, site: Path, other: Path) -> None:  # noqa: F811  # it is asked for
    """Every guide in both languages: ids, titles, sources, links and words of each step, in order."""
    for url, ids in guides(facts):
        ours, theirs = page_of(site, url).steps, page_of(other, url).steps
        assert [step.id for step in theirs] == ids, url
        assert all(step.sources for step in theirs), url
        assert theirs == ours, url


def test_every_link_between_guides_leads_to_its_step(facts: Facts, other: Path) -> None:
    """Where the other renderer has put it: the page is there, and what the address names stands in it."""
    found = {HOST + url: page_of(other, url) for url, _ in guides(facts)}
    links = {link for page in found.values() for step in page.steps for link in step.links}
    inside = [urldefrag(link) for link in links if urldefrag(link).url in found]
    assert inside
    for page, fragment in inside:
        assert fragment in found[page].ids | {""}, (page, fragment)
