"""Writes the lock file that the site ships: Pyodide's own header, and our two wheels only.

Usage: lock.py PYODIDE_LOCK FOLDER, where FOLDER holds the wheels and gets ``pyodide-lock.json``.

``pyodide lockfile add-wheels`` (pyodide-lock 0.2) refuses the ``pyemscripten_2026_0`` tag, hence the entries
are filled in here through the same package's types.
"""

import hashlib
import sys
from pathlib import Path

from packaging.utils import parse_wheel_filename

# Ignored because only the root has this package; the project's own environment, where mypy runs, has not.
from pyodide_lock import PackageSpec, PyodideLockSpec  # type: ignore[import-not-found]

# pycparser (of cffi) and typing-extensions (of cryptography) are for building and for older Pythons.
DEPENDS = {"cryptography": ["cffi"], "cffi": []}
IMPORTS = {"cryptography": ["cryptography"], "cffi": ["_cffi_backend"]}


def package(wheel: Path) -> PackageSpec:
    """Return the entry of one wheel; the loader refuses any other bytes than these."""
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return PackageSpec(
        name=name,
        version=str(version),
        file_name=wheel.name,
        install_dir="site",
        sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
        imports=IMPORTS[name],
        depends=DEPENDS[name],
    )


def main(pyodide_lock: Path, folder: Path) -> None:
    """Write the lock file beside the wheels."""
    lock = PyodideLockSpec.from_json(pyodide_lock)
    lock.packages = {spec.name: spec for spec in map(package, sorted(folder.glob("*.whl")))}
    lock.check_wheel_filenames()
    lock.to_json(folder / "pyodide-lock.json", indent=2)
    with (folder / "pyodide-lock.json").open("a", encoding="utf-8") as file:
        file.write("\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
