"""Python for the checker's page: the standard library and certcheck's wheel, as stored byte code."""

import io
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.files import CACHE, make_once
from scripts.site.inputs import (
    find_package_file,
    fingerprint,
    hash_bytes,
    list_files,
    run_builder,
)

STDLIB = "python_stdlib.zip"
# Of the npm package: the module, the interpreter's two halves.
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


def build_stdlib(root: Path) -> bytes:
    """Return the modules of Python's standard library that ``wasm/stdlib/modules.txt`` names, compiled.

    Raises:
        AssetError: Pyodide is not installed, or does not have one of them.
    """
    return make_once(root / CACHE / STDLIB, _fingerprint_compiler(root), lambda: _compile_stdlib(root))


def build_wheel(root: Path) -> bytes:
    """Return certcheck's wheel, with sources; the same sources and rules give the same bytes.

    Args:
        root: the repository; ``wasm/certcheck/rules.json`` is written already.

    Raises:
        AssetError: hatchling cannot build it.
    """
    project = root / "wasm"
    package = sorted(path for path in (project / "certcheck").rglob("*") if path.is_file())
    # The lock says which hatchling builds it.
    inputs = [root / "requirements.lock", project / "pyproject.toml"]
    inputs += [path for path in package if "__pycache__" not in path.parts]

    def build() -> bytes:
        # hatchling gives every entry of the archive the same date.
        with TemporaryDirectory() as folder:
            words = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
            run_builder("certcheck's wheel", *words, cwd=project)
            (wheel,) = Path(folder).glob("*.whl")
            return wheel.read_bytes()

    return make_once(root / CACHE / "certcheck.whl", fingerprint(root, inputs), build)


def name_wheel(wheel: bytes) -> str:
    """Return the file name of a wheel of Python modules alone, e.g. ``certcheck-0.1.0-py3-none-any.whl``."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    return metadata.partition(".dist-info/")[0] + "-py3-none-any.whl"


def precompile_wheel(root: Path, wheel: bytes) -> bytes:
    """Return the same wheel with byte code in place of sources, stored. New rules alone need no Pyodide.

    Raises:
        AssetError: Pyodide is not installed, or refuses a module.
    """
    entries = _read_entries(wheel)
    modules = {entry: data for entry, data in entries if _is_module(entry)}
    sources = "".join(f"{hash_bytes(data)} {entry.filename}\n" for entry, data in modules.items())
    inputs = _fingerprint_compiler(root) + sources.encode()
    byte_code = make_once(root / CACHE / "certcheck.zip", inputs, lambda: _compile_sources(root, wheel))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for entry, data in _read_entries(byte_code):
            target.writestr(entry, data)
        for entry, data in entries:
            if not _is_module(entry):
                target.writestr(entry, data, zipfile.ZIP_STORED)
    return written.getvalue()


def store_entries(archive: bytes) -> bytes:
    """Return the same ZIP archive with its entries not deflated, so that it compresses as a whole."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for entry, data in _read_entries(archive):
            target.writestr(entry, data, zipfile.ZIP_STORED)
    return written.getvalue()


def _read_entries(archive: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        return [(entry, source.read(entry)) for entry in source.infolist()]


def _is_module(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(".py")


def _fingerprint_compiler(root: Path) -> bytes:
    """Return what changes with Pyodide or with the program that compiles in it."""
    pyodide = [find_package_file(root, f"pyodide/{name}") for name in (*PYODIDE, STDLIB)]
    return fingerprint(root, [*pyodide, *list_files(root / "wasm/stdlib")])


def _compile_stdlib(root: Path) -> bytes:
    """Have Pyodide write an archive of compiled modules of its standard library."""
    with TemporaryDirectory() as folder:
        archive = Path(folder, STDLIB)
        run_builder(STDLIB, "node", root / "wasm/stdlib/build.mjs", archive)
        return archive.read_bytes()


def _compile_sources(root: Path, wheel: bytes) -> bytes:
    """Have Pyodide write an archive of a wheel's modules, compiled."""
    with TemporaryDirectory() as folder:
        archive, source = Path(folder, "certcheck.zip"), Path(folder, "source.whl")
        source.write_bytes(wheel)
        run_builder(archive.name, "node", root / "wasm/stdlib/build.mjs", archive, source)
        return archive.read_bytes()
