"""Files that a build writes: the whole file or none, and what the same inputs made before is not made again.

Any room may import this, and so may ``scripts``.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

_DIGEST_LENGTH = hashlib.sha256().digest_size


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file that other processes may read or write at the same time.

    They see either what was there before or the whole of ``data`` (rename(2) replaces a file atomically).

    Args:
        path: its folder is made if it is not there.
        data: the whole content.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file, atomically, unless it has this content already: its time stamp tells others of a change.

    Returns:
        Whether it was written.
    """
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True


def cached(path: Path, inputs: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes of the inputs; from the file if the same inputs made it.

    Args:
        path: holds the SHA-256 digest of the inputs (32 bytes) and, after it, the data.
        inputs: all that decides on the data, the code that makes them included.
        make: is called when there is no such file or when it was made from other inputs.
    """
    digest = hashlib.sha256(inputs).digest()
    if path.is_file():
        content = path.read_bytes()
        if content.startswith(digest):
            return content[_DIGEST_LENGTH:]
    data = make()
    write_atomically(path, digest + data)
    return data
