"""What Python-Markdown made of each page, kept by what it was made from: it takes half of a build's time.

A change of one fact changes the Markdown of the pages that show it; these are made anew, however the fact
came to them. Navigation, templates and policies are no part of what is kept: they are done for every page.
"""

import hashlib
import logging
import os
import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

# Below the repository's root.
KEPT = Path("build/markdown.pickle")


@dataclass(frozen=True)
class _Made:
    """What MkDocs reads of a page once its Markdown is HTML.

    Attributes:
        html: of its text.
        title: from its first heading, where its head names none.
        toc: its headings.
        anchors: ids that others can link to.
        links: by the file that is linked to, anchors and the links as they were written.
    """

    html: str
    title: str | None
    toc: TableOfContents
    anchors: set[str] | None
    links: dict[str, dict[str, str]]


class Kept:
    """The pages of the build before, and those of this one."""

    def __init__(self, root: Path) -> None:
        """Read what is kept.

        Args:
            root: the repository.
        """
        self._path = root / KEPT
        # With the packages' versions, MkDocs' configuration and these files: all that decides what is made.
        ways = (
            "requirements.lock",
            "mkdocs.yml",
            "scripts/site/markdown_cache.py",
            "scripts/site/figure_bypass.py",
        )
        self._ways = b"".join(hashlib.sha256((root / name).read_bytes()).digest() for name in ways)
        self._before: dict[bytes, _Made] = {}
        # What an older version of this code wrote may name classes that have moved: then nothing is kept.
        with suppress(OSError, EOFError, ImportError, AttributeError, pickle.UnpicklingError):
            self._before = pickle.loads(self._path.read_bytes())  # noqa: S301  # written below
        self._now: dict[bytes, _Made] = {}
        self._files: dict[str, File] = {}
        self._names = self._asked = b""

    def begin(self, files: Files) -> None:
        """Name the pages of one language that are to come: links between them depend on which there are."""
        self._files = {file.src_uri: file for file in files}
        self._names = hashlib.sha256("\0".join(sorted(self._files)).encode()).digest()

    def asked(self, markdown: str, page: Page) -> str:
        """The Markdown that is still to be made: none where it is kept what became of it.

        Args:
            markdown: of the page.
            page: the one that MkDocs is about to make.
        """
        of = f"{page.file.src_uri}\n{markdown}".encode()
        self._asked = hashlib.sha256(self._ways + self._names + of).digest()
        return "" if self._asked in self._before else markdown

    def answered(self, html: str, page: Page) -> str:
        """The page's HTML; the page gets what else belongs to it.

        Args:
            html: what MkDocs has just made.
            page: the one that was asked for before.
        """
        made = self._before.get(self._asked)
        if made is None:
            links = {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()}
            made = _Made(html, page.title, page.toc, page.present_anchor_ids, links)
        else:
            page.title, page.toc, page.present_anchor_ids = made.title, made.toc, made.anchors
            page.links_to_anchors = {self._files[name]: links for name, links in made.links.items()}
        self._now[self._asked] = made
        return made.html

    def write(self) -> None:
        """Keep this build's pages for the next, unless MkDocs had to warn: it is to warn again."""
        counters = (one for one in logging.getLogger("mkdocs").handlers if isinstance(one, CountHandler))
        if any(counter.get_counts() for counter in counters):
            return
        half = self._path.with_suffix(f".{os.getpid()}")  # another process may read or write the same
        half.write_bytes(pickle.dumps(self._now))
        half.replace(self._path)
