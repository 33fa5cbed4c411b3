"""What the build makes shipped files from: installed packages, programs, and what tells inputs apart."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from scripts import ROOT
from scripts.command import CommandError, run


class AssetError(Exception):
    """A shipped file is missing, cannot be made, or is not the one that was promised."""


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 digest in hex."""
    return hashlib.sha256(data).hexdigest()


def hash_file(path: Path) -> str:
    """Return the SHA-256 digest of a file in hex."""
    return hash_bytes(path.read_bytes())


def fingerprint(base: Path, paths: Iterable[Path]) -> bytes:
    """Return text that changes with the name, place or content of any of these files.

    Args:
        base: names are relative to it, so that two clones agree.
        paths: of files below ``base``, always in the same order.
    """
    return "".join(f"{hash_file(path)} {path.relative_to(base).as_posix()}\n" for path in paths).encode()


def list_files(directory: Path) -> list[Path]:
    """List the files of a directory, without its folders and what an editor hides there."""
    return [path for path in sorted(directory.iterdir()) if path.is_file() and not path.name.startswith(".")]


def find_package_file(root: Path, name: str) -> Path:
    """Return the path of a file that npm has installed.

    Args:
        root: the repository.
        name: below ``node_modules``, e.g. ``pyodide/pyodide.mjs``.

    Raises:
        AssetError: it is not there.
    """
    path = root / "node_modules" / name
    if not path.is_file():
        raise AssetError(f"{path.relative_to(root)} is missing: run scripts/build, which installs it")
    return path


def run_builder(product: str, *words: str | Path, cwd: Path = ROOT, stdin: str = "") -> str:
    """Run a program that makes a file, and return what it writes to its output.

    Args:
        product: what it makes, for the message.
        words: the program and its arguments.
        cwd: where it runs.
        stdin: what it reads.

    Raises:
        AssetError: it is missing or failed.
    """
    try:
        return run(*words, cwd=cwd, stdin=stdin).stdout
    except CommandError as error:
        raise AssetError(
            f"{product} could not be made; scripts/build sets up what it needs:\n{error}"
        ) from error
