"""Files that a build writes: the whole file or none, and what the same inputs made before is not made again.

Any room may import this, and so may ``scripts``.
"""

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

CACHE = Path("build/cache")
"""Below the repository's root: what builds have made, see :func:`make_once`."""

_DIGEST_LENGTH = hashlib.sha256().digest_size


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that other threads and processes may read or write at the same time.

    They see either what was there before or the whole of ``data`` (rename(2) replaces a file atomically).

    Args:
        path: its folder is made if it is not there.
        data: the whole content.

    Raises:
        OSError: it cannot be written; what was there before stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file, atomically, unless it has this content already: its time stamp tells others of a change.

    Returns:
        Whether it was written.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True


def make_once(path: Path, inputs: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes of the inputs; from the file if the same inputs made it.

    Args:
        path: holds the data.
        inputs: all that decides on the data, the code that makes them included.
        make: is called when there is no such file or when it was made from other inputs.
    """
    data = read_cache(path, inputs)
    if data is None:
        data = make()
        write_cache(path, inputs, data)
    return data


def write_cache(path: Path, inputs: bytes, data: bytes) -> None:
    """Keep data for :func:`read_cache`: a seal of 32 bytes, then the data."""
    write_atomically(path, _seal(inputs, data) + data)


def read_cache(path: Path, inputs: bytes) -> bytes | None:
    """Return the data that were kept with the same inputs.

    None where there are no such: neither a file that was cut, nor one of an older version of the code or of
    another program breaks a build, since none of them bears the seal.
    """
    content = path.read_bytes() if path.is_file() else b""
    data = content[_DIGEST_LENGTH:]
    return data if content[:_DIGEST_LENGTH] == _seal(inputs, data) else None


def _seal(inputs: bytes, data: bytes) -> bytes:
    """Return the SHA-256 digest of the inputs' digest and the data."""
    return hashlib.sha256(hashlib.sha256(inputs).digest() + data).digest()
