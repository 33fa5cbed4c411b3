"""Modules of pages and workers, each in one file with what it imports."""

from pathlib import Path

from macros.files import CACHE, make_once
from scripts.site.inputs import find_package_file, fingerprint, run_builder

_FOLDERS = ("macros/theme", "macros/theme/assets", "macros/theme/scripts", "wasm/browser")


def bundle_modules(root: Path, entry: str) -> bytes:
    """Return a module with what it imports, not minified: a browser would request each module by itself.

    Args:
        root: the repository.
        entry: path of the module, in one of the folders that hold modules for browsers.

    Raises:
        AssetError: esbuild is not installed, or refuses a module.
    """
    inputs = [root / "package-lock.json"]
    for folder in _FOLDERS:
        inputs += sorted((root / folder).glob("*.mjs"))
    esbuild = find_package_file(root, "esbuild/bin/esbuild")
    name = Path(entry).name

    def bundle() -> bytes:
        # It names each module by its path below the folder that it runs in.
        return run_builder(name, esbuild, entry, "--bundle", "--format=esm", cwd=root).encode()

    return make_once(root / CACHE / name, fingerprint(root, inputs), bundle)
