"""The archive that the browser gets: built like the site's, imported as it is."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.certcheck.conftest import AT, RULES
from tests.mint import PASSWORD, der, mint, p7b, pem, pfx, root

ROOT = Path(__file__).parents[2]
FIXTURES = Path(__file__).with_name("fixtures")


def build(folder: Path, *, rules: bool = True) -> Path:
    """Build the wheel from a copy of the sources, with rules.json ignored by git as in the repository."""
    shutil.copy(ROOT / ".gitignore", folder)
    shutil.copytree(
        ROOT / "wasm/certcheck",
        folder / "wasm/certcheck",
        ignore=shutil.ignore_patterns("rules.json", "__pycache__"),
    )
    shutil.copy(ROOT / "wasm/pyproject.toml", folder / "wasm")
    if rules:
        (folder / "wasm/certcheck/rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=folder / "wasm",
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, with rules."""
    return build(tmp_path_factory.mktemp("wheel"))


def call(wheel: Path, statement: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the archive itself ahead on the path; certcheck must come from there."""
    script = f"import certcheck\nassert certcheck.__file__.startswith({str(wheel)!r})\n{statement}"
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", script],
        env={**os.environ, "PYTHONPATH": str(wheel)},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_very_archive_works(wheel: Path) -> None:
    """report_json, the page's one call, runs from the archive by the rules inside it."""
    data = base64.b64encode(pfx(mint())).decode()
    done = call(
        wheel,
        "import base64; from certcheck.browser import report_json\n"
        f"print(report_json([('x.pfx', base64.b64decode('{data}'), '{PASSWORD}')], '{AT}'))",
    )
    assert done.stderr == ""
    found = json.loads(done.stdout)["files"][0]["certificates"][0]
    assert (found["authority"], found["renewal"]["status"]) == ("boj", "open")


def test_what_is_in_it(wheel: Path) -> None:
    """Every module, the mark of typed packages, the rules; nothing else."""
    names = {
        name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("certcheck-0.1.0.dist-info")
    }
    sources = {f"certcheck/{path.name}" for path in (ROOT / "wasm/certcheck").glob("*.py")}
    assert names == sources | {"certcheck/py.typed", "certcheck/rules.json"}


def test_built_twice_it_is_the_same(wheel: Path, tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH the same sources give the same bytes."""
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_without_rules_it_says_what_to_run(tmp_path: Path) -> None:
    """Before the build has written them, one plain sentence says so."""
    done = call(build(tmp_path, rules=False), "from certcheck.__main__ import main\nmain(['x.cer'])")
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.endswith("certcheck/rules.json is missing: run scripts/build, which writes it")


def test_it_needs_only_cryptography(wheel: Path) -> None:
    """Pyodide has cryptography, cffi and the standard library; importing all of certcheck needs no more."""
    listing = "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = call(wheel, f"import sys, certcheck.browser, certcheck.__main__\n{listing}")
    third_party = set(done.stdout.split()) - set(sys.stdlib_module_names) - {"__main__"}
    of_this_environment = {"_distutils_hack", "__editable__"}  # loaded by its .pth files before anything else
    own_extensions = {"_openssl", "_cffi_backend"}
    assert third_party - of_this_environment - own_extensions <= {"certcheck", "cffi", "cryptography"}


def test_pyodide_says_the_same_as_cpython(wheel: Path, tmp_path: Path) -> None:
    """The same archive, the same files: the same JSON, byte for byte, in WebAssembly."""
    holder = mint()
    minted = {
        "holder.cer": der(holder),
        "3des.pfx": pfx(holder, others=[root()]),
        "aes.pfx": pfx(holder, protection="aes-256"),
        "bundle.p7b": p7b(holder, root()),
        "bundle.pem": pem(holder, root()) + pem(root())[:-40],
        "cut.pfx": pfx(holder)[:-1],
        "other.pfx": pfx(holder, "another"),
        "text.cer": "証明書".encode(),
        "empty.cer": b"",
    }
    for name, data in minted.items():
        (tmp_path / name).write_bytes(data)
    files = [str(path) for path in (*tmp_path.iterdir(), *FIXTURES.glob("*.p[ef][mx]"))]
    command = ["node", str(FIXTURES.with_name("report_in_pyodide.mjs")), str(wheel), AT, PASSWORD, *files]
    there = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own files
    here = call(
        wheel,
        "from certcheck.browser import report_json; from pathlib import Path; import json\n"
        f"contents = [Path(file).read_bytes() for file in {files}]\n"
        f"reports = [report_json([('file', each, {PASSWORD!r})], {AT!r}) for each in contents]\n"
        "print(json.dumps(reports))",
    )
    assert len(files) >= len(minted) + 5
    assert json.loads(there.stdout) == json.loads(here.stdout)
