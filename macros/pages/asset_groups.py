"""What the site ships besides pages, laid out under addresses that name their content."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AssetFile:
    """One shipped file.

    Attributes:
        path: where it lies, relative to the site's root, e.g. ``assets/3f2a…/worker.mjs``.
        sha256: lower-case hex digest of its bytes.
        size: its length in bytes, uncompressed.
    """

    path: str
    sha256: str
    size: int


@dataclass(frozen=True)
class AssetGroup:
    """Files that change together and refer to each other by name, hence share one directory.

    Attributes:
        directory: relative to the site's root; its last part is the hash of the group's content.
        files: by their own name.
    """

    directory: str
    files: dict[str, AssetFile]


@dataclass(frozen=True)
class Assets:
    """All groups by name.

    ``runtime`` (Pyodide, wheels), ``app`` (checker), ``step`` (it in a step), ``qr``, ``theme`` (guides).
    A step's picture is a group of its own, named by its path below ``docs/``: it changes alone.
    """

    groups: dict[str, AssetGroup]
