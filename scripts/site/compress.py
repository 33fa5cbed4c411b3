"""Lays compressed copies beside a site's files, for servers that send such a copy as it lies.

``page.html.br`` (Brotli, RFC 7932) and ``page.html.gz`` (gzip, RFC 1952) hold ``page.html``, as small as each
can. That takes long for the runtime, so every copy is kept by what it was made from and costs nothing again.
"""

import gzip
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from scripts import ROOT

CACHE = ROOT / "build/compressed"

# Of what a browser asks for; the others are compressed already.
SUFFIXES = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".wasm", ".whl", ".xml"}
# The archive of Python's library is stored, as the wheels are; others are deflated.
NAMES = {"python_stdlib.zip"}
# Bytes. Below, the answer fits into one packet anyway.
SMALL = 1400
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    ".br": brotli.compress,
    ".gz": lambda data: gzip.compress(data, mtime=0),
}


def is_copy(path: Path) -> bool:
    """Whether a file of a site is a compressed copy, and no file of its own."""
    return path.suffix in CODINGS


def compress(site: Path, cache: Path = CACHE) -> None:
    """Lay the copies beside the files, with the file's time, as nginx asks.

    Args:
        site: a built site.
        cache: where the copies are kept; those that this site does not need go.
    """
    cache.mkdir(parents=True, exist_ok=True)
    sizes = {path: path.stat().st_size for path in site.rglob("*") if _gains(path)}
    # The largest first: it alone takes half of the time, and all others fit beside it.
    files = sorted((path for path in sizes if sizes[path] >= SMALL), key=sizes.__getitem__, reverse=True)
    # The compressors let other threads run.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        used = {copy for copies in pool.map(lambda path: _copies(path, cache), files) for copy in copies}
    for stale in set(cache.iterdir()) - used:
        stale.unlink()


def _gains(path: Path) -> bool:
    return path.suffix in SUFFIXES or path.name in NAMES


def _copies(path: Path, cache: Path) -> list[Path]:
    data = path.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    state = path.stat()
    kept = [cache / f"{name}{coding}" for coding in CODINGS]
    for coding, one in zip(CODINGS, kept, strict=True):
        if not one.is_file():
            # Two files may have the same content, and an interrupted run must leave no half copy.
            half = cache / f"{name}{coding}.{path.stat().st_ino}"
            half.write_bytes(CODINGS[coding](data))
            half.replace(one)
        beside = path.with_name(path.name + coding)
        shutil.copyfile(one, beside)
        os.utime(beside, ns=(state.st_atime_ns, state.st_mtime_ns))
    return kept


def main() -> int:
    """Compress the site that scripts/build has just built."""
    compress(ROOT / "site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
