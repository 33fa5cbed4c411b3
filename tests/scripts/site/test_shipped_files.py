"""How the build lays out what the site ships besides pages."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from macros.files import CACHE
from scripts.site.inputs import AssetError
from scripts.site.python_archives import STDLIB, build_stdlib
from scripts.site.shipped_files import lay_out_assets
from tests.support import ROOT

SHIPPED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


@pytest.fixture(scope="module")
def prototype(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy certcheck and link Pyodide into a repository, with stand-ins for what is only shipped."""
    folder = write_repository(tmp_path_factory.mktemp("prototype"))
    lay_out_assets(folder, {})
    return folder


@pytest.fixture
def root(prototype: Path, tmp_path: Path) -> Path:
    """Copy that repository with its caches: what a test does not change is not made again."""
    shutil.copytree(prototype, tmp_path, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "build/assets")
    return tmp_path


def write_repository(tmp_path: Path) -> Path:
    """Write the repository that the tests change."""
    shutil.copytree(ROOT / "wasm/certcheck", tmp_path / "wasm/certcheck")
    shutil.copytree(ROOT / "wasm/stdlib", tmp_path / "wasm/stdlib")
    (tmp_path / "node_modules/pyodide").mkdir(parents=True)
    for path in (ROOT / "node_modules/pyodide").iterdir():
        (tmp_path / "node_modules/pyodide" / path.name).symlink_to(path)
    for name in ("esbuild", "@esbuild"):
        (tmp_path / "node_modules" / name).symlink_to(ROOT / "node_modules" / name)
    build_stdlib(ROOT)
    (tmp_path / CACHE).mkdir(parents=True)
    shutil.copy(ROOT / CACHE / STDLIB, tmp_path / CACHE)  # made of the same inputs, it is not made again
    (tmp_path / "wasm/certcheck/rules.json").write_text('{"schema": 1, "authorities": []}')
    for name in ("wasm/pyproject.toml", "requirements.lock", "package-lock.json", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in (
        "node_modules/lean-qr/index.mjs",
        "wasm/browser/check.mjs",
        "wasm/browser/step-checker.mjs",
        "wasm/browser/worker.mjs",
        "wasm/browser/check.css",
        "wasm/browser/card.css",
        "macros/theme/assets/shared.css",
        "macros/theme/assets/timeline.css",
        "macros/theme/assets/site.mjs",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "wasm/wheels").mkdir()
    with zipfile.ZipFile(tmp_path / "wasm/wheels/a.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(zipfile.ZipInfo("a.py"), 99 * "a = 1\n")
    package = {
        "file_name": "a.whl",
        "sha256": hashlib.sha256((tmp_path / "wasm/wheels/a.whl").read_bytes()).hexdigest(),
    }
    (tmp_path / "wasm/wheels/pyodide-lock.json").write_text(json.dumps({"packages": {"a": package}}))
    return tmp_path


def test_every_file_lies_where_it_is_said_to_lie(root: Path) -> None:
    """Address, hash and size of each file are those of the copy that the site serves."""
    assets = lay_out_assets(root, {})
    assert set(assets.groups["runtime"].files) == {*SHIPPED, "pyodide-lock.json", "a.whl"}
    for group in assets.groups.values():
        for name, file in group.files.items():
            data = (root / "build" / file.path).read_bytes()
            assert file.path == f"{group.directory}/{name}"
            assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))


def test_the_checkers_modules_are_shipped_as_one(root: Path) -> None:
    """What the page's module and the worker's import is in them and is no file of its own."""
    folder = root / "wasm/browser"
    for entry in ("check.mjs", "worker.mjs"):
        (folder / entry).write_text('import { text } from "./shared.mjs";\nconsole.log(text);\n')
    (folder / "shared.mjs").write_text('export const text = "of another module";\n')
    files = lay_out_assets(root, {}).groups["app"].files
    assert {name for name in files if name.endswith(".mjs")} == {"check.mjs", "worker.mjs"}
    for entry in ("check.mjs", "worker.mjs"):
        bundle = (root / "build" / files[entry].path).read_text()
        assert "of another module" in bundle
        assert "import" not in bundle
        assert str(root) not in bundle


@pytest.mark.parametrize("folder", ["macros/theme/assets", "macros/theme/scripts", "wasm/browser"])
def test_a_changed_module_makes_the_guides_script_anew(root: Path, folder: str) -> None:
    """What pages load by name holds what it imports, from wherever modules of pages lie."""
    shared = root / folder / "shared.mjs"
    shared.parent.mkdir(exist_ok=True)
    (root / "macros/theme/assets/site.mjs").write_text(f'import "../../../{folder}/shared.mjs";\n')
    for words in ("first", "second"):
        shared.write_text(f'console.log("{words}");\n')
        files = lay_out_assets(root, {}).groups["theme"].files
        assert f'console.log("{words}")' in (root / "build" / files["site.mjs"].path).read_text()
        assert set(files) - {"shared.mjs"} == {"shared.css", "timeline.css", "site.mjs"}


def test_a_mistake_in_a_module_is_told_with_its_place(root: Path) -> None:
    """A module that is not there, and the line that imports it."""
    (root / "wasm/browser/check.mjs").write_text('import "./words.mjs";\n')
    with pytest.raises(AssetError, match=r"(?s)check\.mjs could not be made.*wasm/browser/check\.mjs:1:7"):
        lay_out_assets(root, {})


def test_an_address_changes_with_the_content_only(root: Path) -> None:
    """Addresses are kept for ever by browsers: other bytes, another address; the old one is not shipped."""
    before = lay_out_assets(root, {})
    assert lay_out_assets(root, {}) == before
    (root / "wasm/browser/worker.mjs").write_text("changed")
    after = lay_out_assets(root, {})
    assert after.groups["app"].directory != before.groups["app"].directory
    assert after.groups["runtime"] == before.groups["runtime"]
    shipped = {f"assets/{path.name}" for path in (root / "build/assets").iterdir()}
    assert shipped == {group.directory for group in after.groups.values()}


def test_the_wheel_holds_the_rules_and_is_always_the_same(root: Path) -> None:
    """Built again from nothing it has the same bytes; new rules make another."""
    files = lay_out_assets(root, {}).groups["app"].files
    (name,) = (name for name in files if name.endswith(".whl"))
    first = files[name]
    with zipfile.ZipFile(root / "build" / first.path) as wheel:
        assert "certcheck/rules.json" in wheel.namelist()
        assert not any("__pycache__" in entry for entry in wheel.namelist())
    shutil.rmtree(root / "build")
    assert lay_out_assets(root, {}).groups["app"].files[name] == first
    (root / "wasm/certcheck/rules.json").write_text("{}")
    assert lay_out_assets(root, {}).groups["app"].files[name].sha256 != first.sha256


def test_wheels_are_stored_and_the_lock_says_so(root: Path) -> None:
    """They hold the same files, compress as a whole, and the shipped lock names their new hashes."""
    files = lay_out_assets(root, {}).groups["runtime"].files
    with zipfile.ZipFile(root / "build" / files["a.whl"].path) as wheel:
        assert wheel.read("a.py") == 99 * b"a = 1\n"
        assert {entry.compress_type for entry in wheel.infolist()} == {zipfile.ZIP_STORED}
    lock = json.loads((root / "build" / files["pyodide-lock.json"].path).read_text())
    assert lock["packages"]["a"]["sha256"] == files["a.whl"].sha256


def test_a_wheel_that_the_lock_does_not_know_is_refused(root: Path) -> None:
    """The committed wheels are those whose hashes the lock file names."""
    (root / "wasm/wheels/a.whl").write_text("other")
    with pytest.raises(AssetError, match=r"wasm/wheels/a\.whl is not the file"):
        lay_out_assets(root, {})


def test_a_missing_pyodide_is_explained(root: Path) -> None:
    """A bare 'mkdocs build' before any set-up says what to do."""
    (root / "node_modules/pyodide/pyodide.mjs").unlink()
    with pytest.raises(AssetError, match="run scripts/build"):
        lay_out_assets(root, {})
