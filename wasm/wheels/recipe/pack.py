"""Lays the two compiled modules out as wheels, the same bytes every time.

Usage: pack.py BUILD OUTPUT, inside the root, on the Python version that Pyodide has.

A wheel is written twice: with sources, for ``pyodide py-compile``; then once more from what that made, since
it dates the entries by the clock and leaves the sources' names in RECORD.
"""

import base64
import hashlib
import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings import Settings

Entries = Mapping[str, bytes]

# In a browser nothing reads type stubs; the C sources of cffi's bindings were compiled in.
LEFT_OUT = {".pyi", ".typed", ".h", ".c"}


@dataclass(frozen=True)
class Wheel:
    """What one wheel is made of: its sdist's metadata and licences, the tag, what the browser needs."""

    sdist: Path
    tag: str
    licences: tuple[str, ...]
    files: Entries

    @property
    def name(self) -> str:
        """The package's name, from the sdist's folder."""
        return self.sdist.name.rpartition("-")[0]

    @property
    def version(self) -> str:
        """The package's version, from the sdist's folder."""
        return self.sdist.name.rpartition("-")[2]

    @property
    def file_name(self) -> str:
        """The name that the wheel format prescribes."""
        return f"{self.name}-{self.version}-{self.tag}.whl"

    @property
    def dist_info(self) -> str:
        """The folder of the wheel's own metadata."""
        return f"{self.name}-{self.version}.dist-info"

    @property
    def entries(self) -> Entries:
        """Everything but RECORD: the files, what upstream says of itself, the licences and the tag."""
        wheel = f"Wheel-Version: 1.0\nGenerator: wasm/wheels\nRoot-Is-Purelib: false\nTag: {self.tag}\n"
        own = {"METADATA": (self.sdist / "PKG-INFO").read_bytes(), "WHEEL": wheel.encode()}
        texts = {f"licenses/{name}": (self.sdist / name).read_bytes() for name in self.licences}
        return {**self.files, **{f"{self.dist_info}/{name}": text for name, text in {**own, **texts}.items()}}


def platform_tag(pyodide_lock: Path) -> str:
    """Return the platform that this Pyodide accepts, from its own lock file (PEP 783's form)."""
    info = json.loads(pyodide_lock.read_text(encoding="utf-8"))["info"]
    return f"pyemscripten_{info['abi_version']}_{info['arch']}"


def python_files(source: Path) -> dict[str, bytes]:
    """Return a package's files, by their path in the wheel."""
    files = (path for path in source.rglob("*") if path.is_file() and path.suffix not in LEFT_OUT)
    return {path.relative_to(source.parent).as_posix(): path.read_bytes() for path in files}


def record_line(name: str, content: bytes) -> str:
    """One line of RECORD."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"


def with_record(entries: Entries, dist_info: str) -> dict[str, bytes]:
    """Return the entries in sorted order, followed by RECORD, which lists itself without a hash."""
    record = f"{dist_info}/RECORD"
    ordered = {name: entries[name] for name in sorted(entries) if name != record}
    lines = [record_line(name, content) for name, content in ordered.items()]
    return {**ordered, record: "".join([*lines, f"{record},,\n"]).encode()}


def write_zip(path: Path, entries: Entries, epoch: int) -> None:
    """Write a zip whose bytes depend on nothing but names, contents and the given date."""
    date = time.gmtime(epoch)[:6]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, date)
            info.external_attr = 0o100644 << 16
            info.create_system = 3  # Unix, so that the mode above is read
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)


def precompile(path: Path) -> dict[str, bytes]:
    """Return what ``pyodide py-compile`` makes of it. SOURCE_DATE_EPOCH keeps dates out of the ``.pyc``."""
    subprocess.run(["pyodide", "py-compile", "--silent", "--no-keep", str(path)], check=True)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_wheel(wheel: Wheel, output: Path, epoch: int) -> None:
    """Write one wheel and let Pyodide's own check look at it."""
    path = output / wheel.file_name
    write_zip(path, with_record(wheel.entries, wheel.dist_info), epoch)
    write_zip(path, with_record(precompile(path), wheel.dist_info), epoch)
    subprocess.run(["pyodide", "auditwheel", "show", str(path)], check=True)


def cryptography_wheel(build: Path, settings: Settings, platform: str) -> Wheel:
    """All of cryptography's Python, and its Rust module."""
    sdist = build / "src" / f"cryptography-{settings.cryptography}"
    files = python_files(sdist / "src" / "cryptography")
    files["cryptography/hazmat/bindings/_rust.abi3.so"] = (build / "_rust.so").read_bytes()
    tag = f"{settings.interpreter}-abi3-{platform}"
    return Wheel(sdist, tag, ("LICENSE", "LICENSE.APACHE", "LICENSE.BSD"), files)


def cffi_wheel(build: Path, settings: Settings, platform: str) -> Wheel:
    """Return the backend alone: compiled bindings, as cryptography's are, need no more of cffi."""
    sdist = build / "src" / f"cffi-{settings.cffi}"
    suffix = "cpython-{}-wasm32-emscripten.so".format(settings.python.replace(".", ""))
    files = {f"_cffi_backend.{suffix}": (build / "_cffi_backend.so").read_bytes()}
    tag = f"{settings.interpreter}-{settings.interpreter}-{platform}"
    return Wheel(sdist, tag, ("LICENSE", "AUTHORS"), files)


def main(build: Path, output: Path) -> None:
    """Write both wheels."""
    settings = Settings.read(build / "recipe" / "versions.env")
    platform = platform_tag(build / "src" / "pyodide" / "pyodide-lock.json")
    output.mkdir(parents=True, exist_ok=True)
    for wheel in (cryptography_wheel(build, settings, platform), cffi_wheel(build, settings, platform)):
        write_wheel(wheel, output, settings.epoch)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
