"""Links and paths in the repository's own Markdown lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.support.copies import git

# Pages of the site, which the strict build checks: facts with macros, and rendered pages.
_PAGES = ("docs/", "tests/macros/golden/")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"(?<![\w./:-])(?:scripts|macros|wasm|tests|docs|docs-dev|deploy)/[\w./-]*\w")
# CONTRIBUTING has the reader create these.
_EXAMPLES = ("docs/abc", "docs/site.yaml")


def list_documents() -> list[str]:
    """List the Markdown files that git knows, except pages of the site."""
    names = git(ROOT, "ls-files", "--", "*.md").splitlines()
    return [name for name in names if not name.startswith(_PAGES) and (ROOT / name).is_file()]


DOCUMENTS = list_documents()


def list_anchors(document: Path) -> set[str]:
    """List the anchors of a Markdown file, as GitHub and GitLab derive them from its headings."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_exist(name: str) -> None:
    """A relative link names a file of the repository, and an anchor a heading of that file."""
    document = ROOT / name
    for link in _LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in list_anchors(target), link


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_paths_exist(name: str) -> None:
    """A path from the root that a document names exists; released changes keep their old names."""
    text = (ROOT / name).read_text(encoding="utf-8")
    if name == "CHANGELOG.md":
        text = text.partition("\n## [0")[0]
    paths = {path for path in _PATH.findall(text) if not path.startswith(_EXAMPLES)}
    assert {path for path in paths if not (ROOT / path).exists()} == set()
