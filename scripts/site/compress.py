"""Lays compressed copies beside a site's files, for servers that send such a copy as it lies.

``page.html.br`` (Brotli, RFC 7932) and ``page.html.gz`` (gzip, RFC 1952) hold ``page.html``, as small as each
can. That takes long for the runtime, so every copy is cached by its content and costs nothing again.
"""

import gzip
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import brotli

from macros.files import make_once
from scripts import ROOT
from scripts.site.inputs import hash_bytes

CACHE = ROOT / "build/compressed"

# Of what a browser asks for; the others are compressed already.
_SUFFIXES = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".whl", ".xml"}
# The archive of Python's library is stored, as the wheels are; others are deflated.
_NAMES = {"python_stdlib.zip"}
SMALLEST = 1400
"""Bytes of a file that gets copies. Below, the answer fits into one packet anyway."""
_CODINGS: dict[str, Callable[[bytes], bytes]] = {
    ".br": brotli.compress,
    ".gz": lambda data: gzip.compress(data, mtime=0),
}


def is_copy(path: Path) -> bool:
    """Tell whether a file of a site is a compressed copy, and no file of its own."""
    return path.suffix in _CODINGS


def compress(site: Path, cache: Path = CACHE) -> None:
    """Lay the copies beside the files, with the file's time, as nginx asks.

    Args:
        site: a built site.
        cache: holds the copies; those that this site does not need are removed.
    """
    cache.mkdir(parents=True, exist_ok=True)
    sizes = {path: path.stat().st_size for path in site.rglob("*") if _is_compressible(path)}
    # The largest first: it alone takes half of the time, and all others fit beside it.
    files = sorted((path for path in sizes if sizes[path] >= SMALLEST), key=sizes.__getitem__, reverse=True)
    used: set[Path] = set()
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the compressors let other threads run
        for copies in pool.map(lambda path: _write_copies(path, cache), files):
            used.update(copies)
    for stale in set(cache.iterdir()) - used:
        stale.unlink()


def _is_compressible(path: Path) -> bool:
    return path.suffix in _SUFFIXES or path.name in _NAMES


def _write_copies(path: Path, cache: Path) -> list[Path]:
    """Lay a file's copies beside it, and return where the cache has them."""
    data = path.read_bytes()
    digest = hash_bytes(data)
    times = path.stat()
    cached_copies = []
    for suffix, encode in _CODINGS.items():
        cached_copies.append(cache / f"{digest}{suffix}")
        copy = path.with_name(path.name + suffix)
        copy.write_bytes(make_once(cached_copies[-1], digest.encode(), partial(encode, data)))
        os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    return cached_copies


def main() -> int:
    """Compress the site that scripts/build has just built."""
    compress(ROOT / "site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
