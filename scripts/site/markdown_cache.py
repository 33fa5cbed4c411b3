"""The HTML that Python-Markdown makes of each page, cached: making it takes half of a build's time.

A change of one fact changes the Markdown of the pages that show it; these are rendered again, however the
fact came to them. Navigation, templates and policies are not cached: they are applied to every page.
"""

import hashlib
import logging
import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

from macros.files import CACHE, read_cache, write_cache
from scripts.site.inputs import fingerprint

MARKDOWN_CACHE = CACHE / "markdown"
# All that decides on the HTML of a text: the packages' versions, MkDocs' configuration and these programs.
DECISIVE = (
    "requirements.lock",
    "mkdocs.yml",
    "scripts/site/markdown_cache.py",
    "scripts/site/figure_bypass.py",
)


@dataclass(frozen=True)
class _RenderedPage:
    """The attributes that MkDocs gives a page while it renders its Markdown.

    Attributes:
        html: of its text.
        title: from its first heading, where its front matter names none.
        toc: its headings.
        anchors: ids that others can link to.
        links: by the file that is linked to, anchors and the links as they were written.
    """

    html: str
    title: str | None
    toc: TableOfContents
    anchors: set[str] | None
    links: dict[str, dict[str, str]]


class MarkdownCache:
    """The rendered pages of the last build and of this one, by the digest of all that decides on them."""

    def __init__(self, root: Path) -> None:
        """Read the pages of the last build.

        Args:
            root: the repository.
        """
        self._path = root / MARKDOWN_CACHE
        self._programs = fingerprint(root, [root / name for name in DECISIVE])
        self._old: dict[bytes, _RenderedPage] = {}
        pickled = read_cache(self._path, self._programs) or b""
        # Another MkDocs than the locked one may lack a class that is named ("pickle", UnpicklingError).
        with suppress(AttributeError, EOFError, ImportError, IndexError, pickle.UnpicklingError):
            self._old = pickle.loads(pickled)  # noqa: S301  # written by `save`, as its seal says
        self._new: dict[bytes, _RenderedPage] = {}
        self._files: dict[str, File] = {}
        self._names = self._key = b""

    def start_language(self, files: Files) -> None:
        """Take the files of one language before its pages come: links depend on which files there are."""
        self._files = {file.src_uri: file for file in files}
        self._names = "\0".join(sorted(self._files)).encode()

    def skip_cached(self, markdown: str, page: Page) -> str:
        """Return the Markdown that MkDocs has to render: none where its HTML is cached.

        Args:
            markdown: of the page.
            page: that MkDocs is about to render.
        """
        source = f"{page.file.src_uri}\n{markdown}".encode()
        self._key = hashlib.sha256(b"\0".join((self._programs, self._names, source))).digest()
        return "" if self._key in self._old else markdown

    def restore(self, html: str, page: Page) -> str:
        """Return the page's HTML, and give the page the other attributes of a rendered one.

        Args:
            html: that MkDocs has just rendered; empty where the page's is cached.
            page: the one of the last :meth:`skip_cached`.
        """
        rendered = self._old.get(self._key)
        if rendered is None:
            links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
            rendered = _RenderedPage(html, page.title, page.toc, page.present_anchor_ids, links)
        else:
            page.title, page.toc, page.present_anchor_ids = rendered.title, rendered.toc, rendered.anchors
            page.links_to_anchors = {self._files[name]: links for name, links in rendered.links.items()}
        self._new[self._key] = rendered
        return rendered.html

    def save(self) -> None:
        """Write this build's pages for the next, unless MkDocs had to warn: it is to warn again."""
        for handler in logging.getLogger("mkdocs").handlers:
            if isinstance(handler, CountHandler) and handler.get_counts():
                return
        write_cache(self._path, self._programs, pickle.dumps(self._new))
