"""The records of wasm/wheels, against the files that lie there."""

import base64
import csv
import hashlib
import importlib.metadata
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from scripts.site.inputs import hash_file
from tests.support import ROOT
from tests.wheels.records import WHEELS, read_json, read_lock, read_provenance

WHEEL_FILES = sorted(WHEELS.glob("*.whl"))
for_every_wheel = pytest.mark.parametrize("wheel", WHEEL_FILES, ids=lambda wheel: wheel.name.split("-")[0])


def read_settings() -> dict[str, str]:
    """Read the recipe's pinned versions."""
    lines = (WHEELS / "versions.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_the_lock_holds_only_what_is_shipped() -> None:
    """The two packages whose wheels lie in the folder, nothing else."""
    files = {package["file_name"] for package in read_lock()["packages"].values()}
    assert set(read_lock()["packages"]) == {"cryptography", "cffi"}
    assert files == {wheel.name for wheel in WHEEL_FILES}


def test_every_dependency_in_the_lock_is_in_the_lock() -> None:
    """The loader never has to look anywhere else for a package."""
    packages = read_lock()["packages"]
    for package in packages.values():
        assert set(package["depends"]) <= packages.keys()


def test_the_lock_names_no_other_place() -> None:
    """File names are relative and flat: wheels come from where the lock file is, never from another host."""
    assert all("/" not in package["file_name"] for package in read_lock()["packages"].values())


@for_every_wheel
def test_hashes_agree(wheel: Path) -> None:
    """The file, the lock and the provenance give the same SHA-256."""
    locked = {package["file_name"]: package["sha256"] for package in read_lock()["packages"].values()}
    assert locked[wheel.name] == read_provenance()["outputs"][wheel.name]["sha256"] == hash_file(wheel)


def test_the_locks_own_hash_is_recorded() -> None:
    """The lock file in the folder is the one that the recorded builds wrote."""
    record = read_provenance()["outputs"]["pyodide-lock.json"]
    assert record["sha256"] == hash_file(WHEELS / "pyodide-lock.json")


def test_two_builds_gave_the_same_bytes() -> None:
    """At least two builds, in different places, whose outputs are all equal and are what is committed."""
    record = read_provenance()
    outputs = {name: output["sha256"] for name, output in record["outputs"].items()}
    assert len({build["inside"] for build in record["builds"]}) >= 2
    assert all(build["outputs"] == outputs for build in record["builds"])


def test_cpython_has_the_same_cryptography() -> None:
    """The environment that the tests run in pins the version that was built for the browser."""
    versions = {
        read_provenance()["inputs"]["cryptography"],
        read_lock()["packages"]["cryptography"]["version"],
    }
    assert versions == {importlib.metadata.version("cryptography")}


def test_pyodide_is_the_one_the_wheels_are_for() -> None:
    """package.json pins exactly the Pyodide of the provenance, and the lock carries that Pyodide's header."""
    built_for = read_provenance()["inputs"]["pyodide"]
    installed = read_json(ROOT / "node_modules/pyodide/pyodide-lock.json")
    assert read_json(ROOT / "package.json")["dependencies"]["pyodide"] == built_for["version"]
    assert read_lock()["info"] == installed["info"]


def test_the_npm_lock_agrees_with_the_provenance() -> None:
    """What npm installs is the very archive that the wheels were built for."""
    locked = read_json(ROOT / "package-lock.json")["packages"]["node_modules/pyodide"]
    assert locked["integrity"] == read_provenance()["inputs"]["pyodide"]["integrity"]


def test_the_recipe_would_build_what_is_recorded() -> None:
    """versions.env was not moved on without building anew."""
    inputs, pinned = read_provenance()["inputs"], read_settings()
    recorded = [inputs["cryptography"], inputs["cffi"], inputs["pyodide"]["version"]]
    assert [pinned[key] for key in ("CRYPTOGRAPHY", "CFFI", "PYODIDE")] == recorded
    sources = {source["file"] for source in inputs["debian_sources"]}
    assert f"openssl_{pinned['OPENSSL']}.dsc" in sources
    patches = {patch["file"]: patch["sha256"] for patch in inputs["patches"]}
    assert patches == {path.name: hash_file(path) for path in (WHEELS / "recipe").glob("*.patch")}


def test_the_record_names_suites_and_days() -> None:
    """Of every Debian archive that a source or tool could come from, security updates of both among them."""
    pinned = read_settings()
    archives = read_provenance()["inputs"]["debian_archives"]
    days = {archive["suite"]: archive["date"] for archive in archives}
    suites = (pinned["TOOLS_SUITE"], pinned["SOURCES_SUITE"])
    assert days.keys() >= {f"{suite}{kind}" for suite in suites for kind in ("", "-updates", "-security")}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", day) for day in days.values())


def test_a_patch_changes_nothing_that_is_compiled_into_the_module() -> None:
    """Only manifests and build scripts, which run where the wheels are built."""
    for patch in (WHEELS / "recipe").glob("*.patch"):
        changed = re.findall(r"^\+\+\+ b/(.+)$", patch.read_text(encoding="utf-8"), re.MULTILINE)
        assert changed
        assert {Path(name).name for name in changed} <= {"Cargo.toml", "build.rs"}


def test_the_sdists_are_the_pinned_ones() -> None:
    """Both sdists of the record carry the hashes that the recipe demands."""
    demanded = set(re.findall(r"--hash=sha256:(\w+)", (WHEELS / "sdists.txt").read_text(encoding="utf-8")))
    assert {sdist["sha256"] for sdist in read_provenance()["inputs"]["sdists"]} == demanded


def test_the_tools_are_the_pinned_ones() -> None:
    """Every tool of the record is among the hashes of requirements.txt."""
    demanded = (WHEELS / "requirements.txt").read_text(encoding="utf-8")
    assert all(tool["sha256"] in demanded for tool in read_provenance()["inputs"]["python_tools"])


def test_the_tags_are_pyodides() -> None:
    """Interpreter and platform tags follow from Pyodide's Python and ABI version."""
    info = read_lock()["info"]
    python = "cp" + "".join(info["python"].split(".")[:2])
    platform = f"pyemscripten_{info['abi_version']}_{info['arch']}"
    tags = [wheel.stem.split("-")[2:] for wheel in WHEEL_FILES]
    assert tags == [[python, python, platform], [python, "abi3", platform]]


@for_every_wheel
def test_record_lists_every_file(wheel: Path) -> None:
    """RECORD names each entry of the wheel with its hash, so that an installer can check what it unpacked."""
    with zipfile.ZipFile(wheel) as archive:
        *entries, record = archive.namelist()
        listed = {row[0]: row[1] for row in csv.reader(io.StringIO(archive.read(record).decode()))}
        digests = {name: hashlib.sha256(archive.read(name)).digest() for name in entries}
    encoded = {name: base64.urlsafe_b64encode(digest).rstrip(b"=") for name, digest in digests.items()}
    assert listed == {name: f"sha256={digest.decode()}" for name, digest in encoded.items()} | {record: ""}


@for_every_wheel
def test_a_wheel_carries_nothing_by_chance(wheel: Path) -> None:
    """Sorted entries, one date, one mode: what makes an archive differ from build to build is fixed."""
    with zipfile.ZipFile(wheel) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    assert names[:-1] == sorted(names[:-1])
    assert len({(entry.date_time, entry.external_attr, entry.create_system) for entry in entries}) == 1


@for_every_wheel
def test_no_path_of_the_build_is_inside(wheel: Path) -> None:
    """The place where a build ran leaves no trace in the modules."""
    second = next(build["inside"] for build in read_provenance()["builds"] if build["inside"] != "/build")
    with zipfile.ZipFile(wheel) as archive:
        assert not any(second.encode() in archive.read(name) for name in archive.namelist())


@for_every_wheel
def test_a_wheel_holds_what_a_browser_needs(wheel: Path) -> None:
    """Compiled Python, one native module, the metadata: no sources, stubs or tests to download."""
    with zipfile.ZipFile(wheel) as archive:
        modules = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert {Path(name).suffix for name in modules} <= {".pyc", ".so"}
    assert sum(name.endswith(".so") for name in modules) == 1


def test_no_licence_is_missing() -> None:
    """Each crate that is linked into the module, each library, each package has a licence and its texts."""
    components = read_json(WHEELS / "licences/index.json")["components"]
    covered = {(component["name"], component["version"]) for component in components if component["licence"]}
    inputs = read_provenance()["inputs"]
    linked = {(crate["crate"], crate["version"]) for crate in inputs["crates"] if crate["linked"]}
    packages = {("cryptography", inputs["cryptography"]), ("cffi", inputs["cffi"])}
    assert linked | packages <= covered
    assert "openssl" in {component["name"] for component in components}


def test_every_licence_text_is_there_and_used() -> None:
    """The index and the folder name the same texts, none of them empty or twice there."""
    folder = WHEELS / "licences"
    components = read_json(folder / "index.json")["components"]
    texts = [path for path in folder.iterdir() if path.name != "index.json"]
    names: set[str] = set()
    for component in components:
        assert component["files"]
        names.update(component["files"])
    assert names == {text.name for text in texts}
    assert all(text.read_text(encoding="utf-8").strip() for text in texts)
    assert len({hash_file(text) for text in texts}) == len(texts)


def test_every_input_has_a_hash() -> None:
    """Nothing went in that could not be recognised again."""
    inputs = read_provenance()["inputs"]
    kinds = ["debian_sources", "debian_toolchain", "debian_crates", "sdists", "python_tools"]
    for kind in kinds:
        assert inputs[kind]
        assert all(re.fullmatch(r"[0-9a-f]{64}", record["sha256"]) for record in inputs[kind])


def test_every_crate_came_from_a_recorded_package() -> None:
    """A crate's origin is a Debian package whose hash is recorded, or cryptography's own sdist."""
    inputs = read_provenance()["inputs"]
    packages = {entry["package"] for entry in [*inputs["debian_toolchain"], *inputs["debian_crates"]]}
    origins = {crate["from"] for crate in inputs["crates"]}
    assert origins <= packages | {"the sdist of cryptography"}


def test_loosened_versions_are_recorded() -> None:
    """The crates of the record are those of the recipe, and what was compiled is what it says."""
    compiled = {crate["crate"]: crate["version"] for crate in read_provenance()["inputs"]["crates"]}
    lines = (WHEELS / "recipe/loosened.txt").read_text(encoding="utf-8").splitlines()
    recipe = [line.split() for line in lines if not line.startswith("#")]
    recorded = read_provenance()["inputs"]["loosened"]
    assert [[entry["crate"], entry["asked_for"], entry["used"]] for entry in recorded] == recipe
    assert all(compiled[entry["crate"]].startswith(entry["used"]) for entry in recorded)


def test_the_emscripten_mismatch_is_stated() -> None:
    """The record names both Emscriptens, Pyodide's as its own lock file has it."""
    stated = read_provenance()["inputs"]["emscripten"]
    assert f"emscripten_{stated['pyodide_built_with'].replace('.', '_')}" == read_lock()["info"]["platform"]
    assert stated["why_it_works"]


def test_the_lock_is_plain_json() -> None:
    """Written with sorted keys, so that a rebuild changes only the lines that changed."""
    text = (WHEELS / "pyodide-lock.json").read_text(encoding="utf-8")
    assert text == json.dumps(read_lock(), indent=2, sort_keys=True) + "\n"
