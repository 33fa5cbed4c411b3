"""What the site ships besides pages: Pyodide, certcheck's wheel, the checker's and the theme's files."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.pages.asset_groups import AssetFile, AssetGroup, Assets

# Of the npm package: the module, the interpreter's two halves.
_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
_STDLIB = "python_stdlib.zip"


class AssetError(Exception):
    """A file is missing or is not the one that was promised."""


def collect(root: Path, made: Iterable[Path] = ()) -> Assets:
    """Build what must be built and copy everything into ``build/assets``; files of an earlier content go.

    Args:
        root: the repository; ``wasm/certcheck/rules.json`` is written already.
        made: files that the build made for the guides; they lie beside the theme's scripts.

    Raises:
        AssetError: Pyodide is not installed, or a wheel is not the one that the lock file names.
    """
    sources = {
        "runtime": _runtime(root),
        "qr": [_installed(root, "lean-qr/index.mjs")],
        "app": [
            *_checker(root / "wasm/browser"),
            _bundled(root, "wasm/browser/check.mjs"),
            _compiled(root, _wheel(root)),
        ],
        "theme": [
            *_files(root / "macros/theme/assets"),
            _bundled(root, "macros/theme/scripts/site.mjs", "macros/theme/assets"),
            *made,
        ],
    }
    out = root / "build/assets"
    groups = {name: _lay_out(files, out) for name, files in sources.items()}
    current = {Path(group.directory).name for group in groups.values()}
    for directory in out.iterdir():
        if directory.name not in current:
            shutil.rmtree(directory)
    return Assets(groups)


def _files(directory: Path) -> list[Path]:
    return [path for path in sorted(directory.iterdir()) if path.is_file() and not path.name.startswith(".")]


def _checker(directory: Path) -> list[Path]:
    """What of the checker's page is shipped as it is: the style sheets and the worker's script."""
    return [path for path in _files(directory) if path.suffix == ".css" or path.name == "worker.mjs"]


def _bundled(root: Path, entry: str, *more: str) -> Path:
    """A module and what it imports as one, not made smaller: a browser would ask for each by itself.

    Args:
        root: the repository.
        entry: the module.
        more: folders that it imports from, besides its own.
    """
    folders = [(root / entry).parent, *(root / name for name in more)]
    inputs = [root / "package-lock.json", *(path for one in folders for path in one.glob("*.mjs"))]
    digest = _digest((str(path.relative_to(root)), _sha256(path)) for path in inputs)
    out = root / "build/browser" / digest / Path(entry).name
    if not out.is_file():
        esbuild = _installed(root, "esbuild/bin/esbuild")
        command = [str(esbuild), entry, "--bundle", "--format=esm", f"--outfile={out}"]
        # It names each module by its path below the folder it runs in.
        made = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, cwd=root, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise AssetError(f"{out.name} could not be made:\n{made.stderr}")
    return out


def _installed(root: Path, name: str) -> Path:
    path = root / "node_modules" / name
    if not path.is_file():
        raise AssetError(f"{path.relative_to(root)} is missing: run scripts/build, which installs it")
    return path


def _runtime(root: Path) -> list[Path]:
    pyodide = [_installed(root, f"pyodide/{name}") for name in _PYODIDE]
    return [*pyodide, stdlib(root), *_wheels(root)]


def _wheels(root: Path) -> Iterator[Path]:
    """The lock file and its wheels, laid out anew: stored, so that each compresses as a whole."""
    source = root / "wasm/wheels"
    out = root / "build/wheels"
    out.mkdir(parents=True, exist_ok=True)
    lock = json.loads((source / "pyodide-lock.json").read_bytes())
    for package in lock["packages"].values():
        wheel, name = source / package["file_name"], package["file_name"]
        if not wheel.is_file() or _sha256(wheel) != package["sha256"]:
            raise AssetError(f"{wheel.relative_to(root)} is not the file that pyodide-lock.json names")
        (out / name).write_bytes(_stored(wheel))
        package["sha256"] = _sha256(out / name)
        yield out / name
    (out / "pyodide-lock.json").write_text(json.dumps(lock, indent=1) + "\n", encoding="utf-8")
    yield out / "pyodide-lock.json"


def _stored(archive: Path) -> bytes:
    """The same ZIP archive, its entries not deflated."""
    written = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(written, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry), zipfile.ZIP_STORED)
    return written.getvalue()


def stdlib(root: Path) -> Path:
    """Python's standard library as the checker needs it, made again when what goes into it has changed.

    Raises:
        AssetError: Pyodide is not installed, or does not have what ``wasm/stdlib/modules.txt`` names.
    """
    out = root / "build/stdlib" / _digest(_compilers(root)) / _STDLIB
    return _byte_code(root, out)


def _compilers(root: Path) -> Iterator[tuple[str, str]]:
    """What makes byte code: the name and hash of each file."""
    pyodide = [_installed(root, f"pyodide/{name}") for name in (*_PYODIDE, _STDLIB)]
    return ((path.name, _sha256(path)) for path in (*pyodide, *_files(root / "wasm/stdlib")))


def _byte_code(root: Path, out: Path, *wheel: Path) -> Path:
    """Have Pyodide write an archive of modules, unless it is there: the standard library, or a wheel's."""
    if not out.is_file():
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root / "build") as folder:
            unfinished = Path(folder) / out.name
            command = ["node", *map(str, (root / "wasm/stdlib/build.mjs", unfinished, *wheel))]
            made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # as below
            if made.returncode:
                # An uncaught error quotes the whole runtime first; its end says what happened.
                raise AssetError(f"{out.name} could not be made:\n{made.stderr[-2000:]}")
            unfinished.rename(out)
    return out


def _compiled(root: Path, wheel: Path) -> Path:
    """The same wheel with byte code in place of sources, stored. New rules alone need no Pyodide."""
    with zipfile.ZipFile(wheel) as source:
        entries = {entry: source.read(entry) for entry in source.infolist()}
    sources = ((entry.filename, _hash(data)) for entry, data in entries.items() if _is_module(entry))
    modules = root / "build/byte-code" / _digest([*_compilers(root), *sources]) / "certcheck.zip"
    out = wheel.parent / "compiled" / wheel.name
    out.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(_byte_code(root, modules, wheel)) as made, zipfile.ZipFile(out, "w") as target:
        for entry in made.infolist():
            target.writestr(entry, made.read(entry))
        for entry, data in entries.items():
            if not _is_module(entry):
                target.writestr(entry, data, zipfile.ZIP_STORED)
    return out


def _is_module(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith(".py")


def _wheel(root: Path) -> Path:
    """The wheel of certcheck, built again when something that goes into it has changed."""
    project = root / "wasm"
    package = (path for path in (project / "certcheck").rglob("*") if "__pycache__" not in path.parts)
    # The lock says which hatchling builds it.
    inputs = [
        root / "requirements.lock",
        project / "pyproject.toml",
        *sorted(path for path in package if path.is_file()),
    ]
    out = root / "build/wheel" / _digest((str(path.relative_to(root)), _sha256(path)) for path in inputs)
    if not out.is_dir():
        shutil.rmtree(out.parent, ignore_errors=True)
        # hatchling gives every entry of the archive the same date, so the same inputs make the same bytes.
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
        made = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, cwd=project, capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise AssetError(f"certcheck's wheel could not be built:\n{made.stdout}{made.stderr}")
    (wheel,) = out.glob("*.whl")
    return wheel


def _lay_out(files: Iterable[Path], out: Path) -> AssetGroup:
    """Copy the files into a directory that is named by their names and bytes."""
    by_name = {path.name: path for path in files}
    hashes = {name: _sha256(path) for name, path in by_name.items()}
    directory = out / _digest(hashes.items())
    directory.mkdir(parents=True, exist_ok=True)
    for name, path in by_name.items():
        if not (directory / name).exists():
            shutil.copyfile(path, directory / name)
    address = f"assets/{directory.name}"
    return AssetGroup(
        address,
        {
            name: AssetFile(f"{address}/{name}", hashes[name], path.stat().st_size)
            for name, path in by_name.items()
        },
    )


def _sha256(path: Path) -> str:
    return _hash(path.read_bytes())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest(entries: Iterable[tuple[str, str]]) -> str:
    """16 hex digits that change when a name or a file's hash does."""
    return hashlib.sha256(json.dumps(sorted(entries)).encode()).hexdigest()[:16]
