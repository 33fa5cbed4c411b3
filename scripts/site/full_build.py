"""Builds the site into site/: pages, the archive of them, compressed copies.

With arguments, which go to 'mkdocs build', pages alone.
"""

import sys
from collections.abc import Sequence

from macros.model.language import Message, choose_language
from scripts import ROOT
from scripts.command import call
from scripts.site.archive_site import pack
from scripts.site.compress import compress

BUILDING = Message("site/ を作っています…", "Building site/ …")


def build_pages(options: Sequence[str] = ()) -> int:
    """Have MkDocs write the pages and whatever lies beside them.

    Args:
        options: of 'mkdocs build'.

    Returns:
        MkDocs' exit status: 0, or another after it has told what is wrong with the sources.
    """
    print(BUILDING.get(choose_language()), file=sys.stderr, flush=True)
    return call(sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", *options)


def build_site() -> int:
    """Build all of it.

    Returns:
        As :func:`build_pages`.
    """
    if status := build_pages():
        return status
    archive = pack(ROOT / "site")
    print(f"{archive.name}: {archive.stat().st_size / 1e6:.1f} MB", file=sys.stderr)
    compress(ROOT / "site")
    return 0


if __name__ == "__main__":
    sys.exit(build_pages(sys.argv[1:]) if sys.argv[1:] else build_site())
