"""Writes down everything that went into the wheels: the inputs' half of provenance.json.

Usage: facts.py BUILD, inside the root after the build; writes BUILD/out/inputs.json. That holds nothing that
depends on when or where the build ran, so that two builds can be compared as a whole.
"""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import crates
from settings import Settings

Facts = dict[str, Any]


def sha256(path: Path) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str) -> str:
    """Return what a command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def table(path: Path) -> list[list[str]]:
    """Return a text file's lines as words, comments left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def archives() -> list[Facts]:
    """Return the Debian indexes that everything was checked against, by their signed Release files."""
    found = []
    for release in sorted(Path("/var/lib/apt/lists").glob("*_InRelease")):
        text = release.read_text(encoding="utf-8")
        fields = dict(re.findall(r"^(Codename|Date): (.*)$", text, re.MULTILINE))
        date = parsedate_to_datetime(fields["Date"]).strftime("%Y-%m-%dT%H:%M:%SZ")
        found.append({"suite": fields["Codename"], "date": date, "inrelease_sha256": sha256(release)})
    return found


def installed() -> dict[str, str]:
    """Every installed package and its version."""
    lines = run("dpkg-query", "--show", "--showformat", "${Package} ${Version}\n").splitlines()
    return dict(line.split(" ") for line in lines)


def binary_packages(names: Iterable[str]) -> list[Facts]:
    """Name, version and hash of installed packages; apt's signed index has the hash of what was installed."""
    versions = installed()
    found = []
    for name in sorted(names):
        record = run("apt-cache", "show", "--no-all-versions", f"{name}={versions[name]}")
        digest = re.search(r"^SHA256: (\w+)$", record, re.MULTILINE)
        if digest is None:
            raise ValueError(f"{name} {versions[name]}: no hash in the index")
        found.append({"package": name, "version": versions[name], "sha256": digest[1]})
    return found


def toolchain(recipe: Path) -> list[Facts]:
    """Return the packages that made or shaped the bytes."""
    patterns = [words[0] for words in table(recipe / "toolchain.txt")]
    return binary_packages(name for name in installed() if any(re.fullmatch(p, name) for p in patterns))


def source_packages(source: Path) -> list[Facts]:
    """Return the files of OpenSSL's and libffi's Debian sources: upstream's archive and Debian's patches."""
    return list_files(path for path in source.iterdir() if path.is_file())


def crate_list(artifacts: Path) -> list[Facts]:
    """Every crate that was compiled, and the package that it came in."""
    return [
        {
            "crate": crate.name,
            "version": crate.version,
            "linked": crate.linked,
            "from": crate.package or "the sdist of cryptography",
        }
        for crate in crates.compiled(artifacts)
    ]


def pyodide(build: Path, settings: Settings) -> Facts:
    """Return the runtime that the wheels are for."""
    tarball = build / "fetched" / f"pyodide-{settings.pyodide}.tgz"
    info = json.loads((build / "src" / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    names = {"npm_package": "pyodide", "version": settings.pyodide, "integrity": settings.pyodide_integrity}
    return {**names, "sha256": sha256(tarball), **info}


def emscripten(info: Facts) -> Facts:
    """Return the two Emscriptens, and why their difference does no harm."""
    version = re.search(r"\d+\.\d+\.\d+", run("emcc", "--version"))
    return {
        "used": version[0] if version else "unknown",
        "pyodide_built_with": info["platform"].removeprefix("emscripten_").replace("_", "."),
        "why_it_works": (
            "Debian has one Emscripten, newer than Pyodide's. A side module brings no C library and no "
            "JavaScript of its Emscripten along: it is code that imports functions and memory from "
            "Pyodide's main module by the dynamic-linking convention for WebAssembly (section dylink.0), "
            "with C types of the same sizes. What could differ is a function that newer headers name and the "
            "older main module lacks: tests/wheels checks that every import of both modules is there. "
            "Exceptions could differ too: the Rust module is built with panic=abort and throws none, and "
            "cffi's uses WebAssembly's own, as Pyodide does."
        ),
    }


def list_files(paths: Iterable[Path]) -> list[Facts]:
    """Return files by name and hash."""
    return [{"file": path.name, "sha256": sha256(path)} for path in sorted(paths)]


def inputs(build: Path) -> Facts:
    """Return everything that went into the wheels."""
    settings = Settings.read(build / "recipe" / "versions.env")
    crate_records = crate_list(build / "artifacts.json")
    runtime = pyodide(build, settings)
    loosened = table(build / "recipe" / "loosened.txt")
    return {
        "cryptography": settings.cryptography,
        "cffi": settings.cffi,
        "source_date_epoch": settings.epoch,
        "pyodide": runtime,
        "emscripten": emscripten(runtime),
        "debian_archives": archives(),
        "debian_sources": source_packages(build / "src"),
        "debian_toolchain": toolchain(build / "recipe"),
        "debian_crates": binary_packages(
            {crate["from"] for crate in crate_records if crate["from"].startswith("librust-")}
        ),
        "crates": crate_records,
        "loosened": [
            {"crate": crate, "asked_for": required, "used": used} for crate, required, used in loosened
        ],
        "patches": list_files((build / "recipe").glob("*.patch")),
        "sdists": list_files((build / "fetched" / "sdists").iterdir()),
        "python_tools": list_files((build / "fetched" / "tools").iterdir()),
    }


if __name__ == "__main__":
    BUILD = Path(sys.argv[1])
    facts = json.dumps(inputs(BUILD), indent=1) + "\n"
    (BUILD / "out" / "inputs.json").write_text(facts, encoding="utf-8")
