"""What Markdown became is kept from one build to the next, and only where the next would make the same."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from scripts.site.markdown_cache import Kept

CONFIG = """site_name: a
strict: true
validation: {anchors: warn}
plugins: []
theme: {name: null, custom_dir: theme}
"""
FILES = {
    "mkdocs.yml": CONFIG,
    "theme/main.html": "{{ page.title }} {{ page.toc }} {{ page.content }}",
    "requirements.lock": "markdown==1\n",
    "scripts/site/markdown_cache.py": "",
    "scripts/site/figure_bypass.py": "",
    "docs/index.md": "# First\n\n[to the part](other.md#part)\n",
    "docs/other.md": "# Other\n\n## Part\n\nWords.\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "build").mkdir()
    return tmp_path


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.WARNING, "mkdocs"):
        yield


def made(root: Path) -> list[str]:
    """Build; the pages whose Markdown had to be made into HTML."""
    kept, pages = Kept(root), []
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))

    def begin(nav: Navigation, files: Files, **_: object) -> Navigation:
        kept.begin(files)
        return nav

    def asked(markdown: str, page: Page, **_: object) -> str:
        left = kept.asked(markdown, page)
        pages.extend([page.file.src_uri] if left else [])
        return left

    def answered(html: str, page: Page, **_: object) -> str:
        return kept.answered(html, page)

    def write(**_: object) -> None:
        kept.write()

    events: dict[str, Callable[..., object]] = {
        "nav": begin,
        "page_markdown": asked,
        "page_content": answered,
        "post_build": write,
    }
    for event, handler in events.items():
        config.plugins.events[event].append(handler)
    build(config)
    return pages


def site(root: Path) -> dict[str, str]:
    """Every page."""
    return {str(path): path.read_text(encoding="utf-8") for path in (root / "site").rglob("*.html")}


def test_a_second_build_makes_nothing_and_is_the_same(root: Path) -> None:
    """Title, table of contents, anchors and HTML come from what was kept."""
    assert sorted(made(root)) == ["index.md", "other.md"]
    first = site(root)
    assert made(root) == []
    assert site(root) == first


def test_changed_markdown_is_made_anew(root: Path) -> None:
    """And nothing else is; what was kept of the others stays for the build after."""
    made(root)
    (root / "docs/other.md").write_text(FILES["docs/other.md"] + "\nMore.\n", encoding="utf-8")
    assert made(root) == ["other.md"]
    assert "More." in site(root)[str(root / "site/other/index.html")]
    assert made(root) == []


@pytest.mark.parametrize("name", ["requirements.lock", "mkdocs.yml", "scripts/site/markdown_cache.py"])
def test_what_makes_the_html_counts(root: Path, name: str) -> None:
    """Another version of Python-Markdown or another extension may make something else."""
    made(root)
    (root / name).write_text(FILES[name] + "# another\n", encoding="utf-8")
    assert len(made(root)) == 2


def test_a_page_that_goes_leaves_no_link_to_it(root: Path) -> None:
    """A link is made against the pages that there are: kept HTML would hide that it leads nowhere."""
    made(root)
    (root / "docs/other.md").unlink()
    with pytest.raises(Abort):
        made(root)


def test_a_kept_link_is_compared_with_the_anchors_of_today(root: Path) -> None:
    """The page with the link is kept, the one that it leads to has lost the part; again and again."""
    made(root)
    (root / "docs/other.md").write_text("# Other\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            made(root)


def test_a_warning_comes_again(root: Path) -> None:
    """MkDocs warns while it makes HTML: a page that it warned of is made, and warned of, every time."""
    (root / "docs/index.md").write_text("# First\n\n[nowhere](missing.md)\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            made(root)
