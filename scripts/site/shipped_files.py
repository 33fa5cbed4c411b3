"""What the site ships besides pages: Pyodide, certcheck's wheel, the checker's and the theme's files."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from macros.files import write_if_changed
from macros.pages.asset_groups import AssetFile, AssetGroup, Assets
from scripts.site.component_style import STYLE, build_component_style
from scripts.site.inputs import (
    AssetError,
    find_package_file,
    hash_bytes,
    hash_file,
    list_files,
)
from scripts.site.module_bundles import bundle_modules
from scripts.site.python_archives import (
    PYODIDE,
    STDLIB,
    build_stdlib,
    build_wheel,
    name_wheel,
    precompile_wheel,
    store_entries,
)

FileContents = Mapping[str, bytes]
"""Files by name."""


def lay_out_assets(root: Path, generated: FileContents, pictures: Iterable[str] = ()) -> Assets:
    """Make what must be made and write everything into ``build/assets``; files of an earlier content go.

    Args:
        root: the repository; ``wasm/certcheck/rules.json`` is written already.
        generated: files that the build made for the guides; they lie beside the theme's scripts.
        pictures: of steps, by path below ``docs/``.

    Raises:
        AssetError: Pyodide is not installed, or a wheel is not the one that the lock file names.
    """
    groups = {
        "runtime": _collect_runtime(root),
        "qr": _read_files([find_package_file(root, "lean-qr/index.mjs")]),
        "app": _collect_checker(root),
        "step": _collect_step_checker(root),
        "theme": {**_collect_theme(root), **generated},
        **{file: _read_files([root / "docs" / file]) for file in pictures},
    }
    out = root / "build/assets"
    assets = Assets({name: _write_group(files, out) for name, files in groups.items()})
    current = {Path(group.directory).name for group in assets.groups.values()}
    for directory in out.iterdir():
        if directory.name not in current:
            shutil.rmtree(directory)
    return assets


def _collect_runtime(root: Path) -> dict[str, bytes]:
    """Pyodide, the standard library, the wheels of cryptography, and the lock file with their new hashes.

    The wheels are stored instead of deflated, so that each compresses as a whole.
    """
    files = _read_files(find_package_file(root, f"pyodide/{name}") for name in PYODIDE)
    files[STDLIB] = build_stdlib(root)
    wheels = root / "wasm/wheels"
    lock = json.loads((wheels / "pyodide-lock.json").read_bytes())
    for package in lock["packages"].values():
        wheel = wheels / package["file_name"]
        if not wheel.is_file() or hash_file(wheel) != package["sha256"]:
            raise AssetError(f"{wheel.relative_to(root)} is not the file that pyodide-lock.json names")
        files[wheel.name] = store_entries(wheel.read_bytes())
        package["sha256"] = hash_bytes(files[wheel.name])
    files["pyodide-lock.json"] = (json.dumps(lock, indent=1) + "\n").encode()
    return files


def _collect_checker(root: Path) -> dict[str, bytes]:
    """Of the checker's page: its style sheets, the page's modules as one, the worker's, certcheck."""
    wheel = build_wheel(root)
    return {
        **_read_files(sorted((root / "wasm/browser").glob("*.css"))),
        "check.mjs": bundle_modules(root, "wasm/browser/check.mjs"),
        "worker.mjs": bundle_modules(root, "wasm/browser/worker.mjs"),
        name_wheel(wheel): precompile_wheel(root, wheel),
    }


def _collect_step_checker(root: Path) -> dict[str, bytes]:
    """Of the checker in a guide's step: its modules as one, and its style sheet."""
    name = "step-checker.mjs"
    return {name: bundle_modules(root, f"wasm/browser/{name}"), STYLE: build_component_style(root)}


def _collect_theme(root: Path) -> dict[str, bytes]:
    """Of the guides: what pages load by name, each module with what it imports."""
    paths = list_files(root / "macros/theme/assets")
    modules = [path for path in paths if path.suffix == ".mjs"]
    return {
        **_read_files(path for path in paths if path not in modules),
        **{path.name: bundle_modules(root, f"macros/theme/assets/{path.name}") for path in modules},
    }


def _read_files(paths: Iterable[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


def _write_group(files: FileContents, out: Path) -> AssetGroup:
    """Write files into a directory that is named by their names and contents."""
    hashes = {name: hash_bytes(data) for name, data in files.items()}
    content = hashlib.sha256(json.dumps(sorted(hashes.items())).encode())
    directory = out / content.hexdigest()[:16]
    for name, data in files.items():
        write_if_changed(directory / name, data)
    address = f"assets/{directory.name}"
    return AssetGroup(
        address,
        {name: AssetFile(f"{address}/{name}", hashes[name], len(data)) for name, data in files.items()},
    )
