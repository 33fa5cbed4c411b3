"""HTML is cached from one build to the next, and only where the next would render the same."""

import logging
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from macros.files import read_cache, write_cache
from scripts.site import markdown_cache
from scripts.site.inputs import fingerprint
from scripts.site.markdown_cache import MARKDOWN_CACHE, MarkdownCache

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
    """Write the sources of a small site."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "build").mkdir()
    return tmp_path


@pytest.fixture(autouse=True)
def _silence_mkdocs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.WARNING, "mkdocs"):
        yield


def render(root: Path) -> list[str]:
    """Build; return the pages whose Markdown had to be rendered."""
    cache, pages = MarkdownCache(root), []
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))

    def start_language(nav: Navigation, files: Files, **_: object) -> Navigation:
        cache.start_language(files)
        return nav

    def skip_cached(markdown: str, page: Page, **_: object) -> str:
        markdown = cache.skip_cached(markdown, page)
        pages.extend([page.file.src_uri] if markdown else [])
        return markdown

    def restore(html: str, page: Page, **_: object) -> str:
        return cache.restore(html, page)

    def save(**_: object) -> None:
        cache.save()

    events: dict[str, Callable[..., object]] = {
        "nav": start_language,
        "page_markdown": skip_cached,
        "page_content": restore,
        "post_build": save,
    }
    for event, handler in events.items():
        config.plugins.events[event].append(handler)
    build(config)
    return pages


def read_pages(root: Path) -> dict[str, str]:
    """Read every page of the site."""
    return {str(path): path.read_text(encoding="utf-8") for path in (root / "site").rglob("*.html")}


def test_a_second_build_renders_nothing_and_is_the_same(root: Path) -> None:
    """Title, table of contents, anchors and HTML come from the cache."""
    assert sorted(render(root)) == ["index.md", "other.md"]
    first = read_pages(root)
    assert render(root) == []
    assert read_pages(root) == first


def test_changed_markdown_is_rendered_again(root: Path) -> None:
    """And nothing else is; the other pages stay in the cache for the build after."""
    render(root)
    (root / "docs/other.md").write_text(FILES["docs/other.md"] + "\nMore.\n", encoding="utf-8")
    assert render(root) == ["other.md"]
    assert "More." in read_pages(root)[str(root / "site/other/index.html")]
    assert render(root) == []


@pytest.mark.parametrize("name", ["requirements.lock", "mkdocs.yml", "scripts/site/markdown_cache.py"])
def test_other_programs_render_all_pages_again(root: Path, name: str) -> None:
    """Another version of Python-Markdown or another extension may make something else."""
    render(root)
    (root / name).write_text(FILES[name] + "# another\n", encoding="utf-8")
    assert len(render(root)) == 2


def test_a_page_that_goes_leaves_no_link_to_it(root: Path) -> None:
    """A link is rendered against the pages that there are: cached HTML would hide that it leads nowhere."""
    render(root)
    (root / "docs/other.md").unlink()
    with pytest.raises(Abort):
        render(root)


def test_a_cached_link_is_compared_with_the_anchors_of_today(root: Path) -> None:
    """The page with the link is cached, the one that it leads to has lost the part; again and again."""
    render(root)
    (root / "docs/other.md").write_text("# Other\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            render(root)


def test_a_warning_comes_again(root: Path) -> None:
    """MkDocs warns while it renders: a page that it warned of is rendered, and warned of, every time."""
    (root / "docs/index.md").write_text("# First\n\n[nowhere](missing.md)\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(Abort):
            render(root)


@pytest.mark.parametrize(
    "pickled", [b"", b"cno_such_module\nPage\n.", b"cmkdocs\nNoSuchClass\n.", b"\x80\x05K"]
)
def test_a_cache_that_cannot_be_read_is_ignored(root: Path, pickled: bytes) -> None:
    """A stale or foreign cache never breaks a build: here its seal is right, its classes are not there."""
    inputs = fingerprint(root, [root / name for name in markdown_cache.DECISIVE])
    write_cache(root / MARKDOWN_CACHE, inputs, pickled)
    assert read_cache(root / MARKDOWN_CACHE, inputs) == pickled
    assert len(render(root)) == 2
    assert render(root) == []


def test_a_cache_of_an_older_version_is_ignored(root: Path) -> None:
    """It has no seal."""
    (root / MARKDOWN_CACHE).parent.mkdir(parents=True)
    (root / MARKDOWN_CACHE).write_bytes(pickle.dumps({}))
    assert len(render(root)) == 2
