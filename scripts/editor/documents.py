"""The documents that the form opens: YAML files in ``docs/`` that have a schema, and nothing else."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.exports.yaml_schema import find_kind
from macros.files import write_atomically
from macros.loading.load import AUTHORITY, SITE
from macros.loading.problems import FactsError
from macros.loading.yaml_file import read_yaml
from macros.model.evidence import SLUG
from macros.model.facts import SHARED

_NAME = re.compile(SLUG)
# Folders and files below docs/: ``boj/renew.yaml``, ``boj/parts/browser.yaml``, and the site's own file.
_DEPTHS = (2, 3)


class UnknownDocumentError(Exception):
    """A path names no document."""


@dataclass(frozen=True)
class Document:
    """One file.

    Attributes:
        path: below ``docs/``, with ``/``.
        kind: see :func:`macros.exports.yaml_schema.find_kind`.
        file: where it is.
    """

    path: str
    kind: str
    file: Path

    @property
    def name(self) -> str:
        """Its path as problems and commits name it."""
        return f"docs/{self.path}"

    @property
    def folder(self) -> str:
        """The authority's folder, or ``shared``; empty for the site's file."""
        return self.path.partition("/")[0] if "/" in self.path else ""

    @property
    def page(self) -> str:
        """The address of the page that shows it, below the site's root."""
        if self.kind == "guide":
            return f"{self.path.removesuffix('.yaml')}/"
        return f"{self.folder}/" if self.folder not in {"", SHARED} else ""

    def read(self) -> str:
        """Return its text with lines that end in line feeds.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        return self.file.read_bytes().decode().replace("\r\n", "\n")

    def write(self, text: str) -> None:
        """Exchange the file's text at once; its ends of lines stay what they were."""
        if self.file.is_file() and b"\r\n" in self.file.read_bytes():
            text = text.replace("\n", "\r\n")
        write_atomically(self.file, text.encode())

    def compute_digest(self) -> str:
        """Compute the SHA-256 of the file's bytes: what tells that somebody else has changed it."""
        return hashlib.sha256(self.file.read_bytes()).hexdigest()


def find_document(path: str, root: Path) -> Document:
    """Find the document that a path names, which may be new.

    1. Only names that could be addresses: none of them is ``..``, absolute, hidden or of another ending.
    2. Only below an authority's folder, or ``shared``, or the site's own file.
    3. No link on the way: what is written stays in ``docs/``.

    Args:
        path: below ``docs/``, with ``/``.
        root: the repository.

    Raises:
        UnknownDocumentError: it names none.
    """
    docs = root / "docs"
    *folders, name = path.split("/")
    stem, dot, ending = name.partition(".")
    is_named = all(map(_NAME.fullmatch, [*folders, stem])) and (dot, ending) == (".", "yaml")  # 1.
    is_placed = path == SITE or (len(folders) + 1 in _DEPTHS and folders[1:] in ([], ["parts"]))  # 2.
    if not is_named or not is_placed:
        raise UnknownDocumentError(path)
    if folders and folders[0] != SHARED and not (docs / folders[0] / AUTHORITY).is_file():
        raise UnknownDocumentError(path)
    file = docs.joinpath(*folders, name)
    if any(
        part.is_symlink()
        for part in (docs, *(docs.joinpath(*folders[: end + 1]) for end in range(len(folders))), file)
    ):  # 3.
        raise UnknownDocumentError(path)
    if not file.parent.is_dir() or (file.exists() and not file.is_file()):
        raise UnknownDocumentError(path)
    return Document(path, find_kind(path), file)


def list_documents(root: Path) -> Iterator[Document]:
    """Yield every document that is there: the site's file, each authority's files, and the shared ones."""
    docs = root / "docs"
    files = [*docs.glob("site.yaml"), *sorted(docs.glob("*/*.yaml")), *sorted(docs.glob("*/parts/*.yaml"))]
    for file in files:
        try:
            yield find_document(file.relative_to(docs).as_posix(), root)
        except UnknownDocumentError:
            continue


def find_title(document: Document, root: Path, language: str) -> str:
    """Find what a document calls itself; its file's name where it has no title, or cannot be read."""
    try:
        values = read_yaml(document.file, root).values
    except FactsError:
        return document.file.name
    title: Any = values.get("title") or values.get("name")
    if not isinstance(title, dict):
        return document.file.name
    return str(title.get(language) or title.get("ja") or document.file.name)
