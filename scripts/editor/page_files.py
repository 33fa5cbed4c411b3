"""The files of the form's page: its script is one file with the libraries that it uses."""

from pathlib import Path
from typing import NamedTuple

from macros.files import CACHE, make_once
from scripts.site.inputs import find_package_file, fingerprint, run_builder

_PAGE = Path("scripts/editor/page")
_PRODUCTION = '--define:process.env.NODE_ENV="production"'


class PageFile(NamedTuple):
    """A file as it is sent.

    Attributes:
        kind: MIME type.
        body: the file.
    """

    kind: str
    body: bytes


def load_page_files(root: Path) -> dict[str, PageFile]:
    """Return the page's files by their addresses.

    Raises:
        AssetError: esbuild is not installed, or refuses a module.
    """
    page = root / _PAGE
    return {
        "/": PageFile("text/html; charset=utf-8", (page / "editor.html").read_bytes()),
        "/editor.css": PageFile("text/css; charset=utf-8", (page / "editor.css").read_bytes()),
        "/form.css": PageFile("text/css; charset=utf-8", (page / "form.css").read_bytes()),
        "/editor.mjs": PageFile("text/javascript; charset=utf-8", _bundle_script(root)),
    }


def _bundle_script(root: Path) -> bytes:
    entry = (_PAGE / "editor.mjs").as_posix()
    esbuild = find_package_file(root, "esbuild/bin/esbuild")
    inputs = [root / "package-lock.json", *sorted((root / _PAGE).glob("*.mjs"))]

    def bundle() -> bytes:
        words = ("--bundle", "--format=esm", "--minify", "--legal-comments=none", _PRODUCTION)
        return run_builder("editor.mjs", esbuild, entry, *words, cwd=root).encode()

    return make_once(root / CACHE / "editor.mjs", fingerprint(root, inputs), bundle)
