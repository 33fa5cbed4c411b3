"""Compares two builds, writes provenance.json and puts the result in place.

Usage: record.py HERE RESULT:INSIDE:SECONDS RESULT:INSIDE:SECONDS
"""

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

# What the wheels lack of what their sdists have, and why nobody misses it in a browser.
LEFT_OUT = {
    "cryptography": "type stubs (.pyi) and py.typed; tests, C and Rust sources, which only the sdist has; "
    "the .py files, which are there compiled",
    "cffi": "all of cffi's Python: it makes bindings, and needs pycparser and a compiler for that. Compiled "
    "bindings, as cryptography's are, import the backend only",
}

COMMANDS = [
    "wasm/wheels/build",
    "mmdebstrap (recipe/debian-packages.txt)",
    "pip download --require-hashes (sdists.txt, requirements.txt), npm pack pyodide (recipe/fetch.sh)",
    "apt-get build-dep python-cryptography, apt-get source openssl libffi (recipe/unpack.sh)",
    "emconfigure ./Configure, make CC=emcc (recipe/openssl.sh)",
    "emcc -sSIDE_MODULE=1 (recipe/cffi.sh)",
    "cargo build -Zbuild-std=std,panic_abort --target wasm32-unknown-emscripten (recipe/cryptography.sh)",
    "pyodide py-compile, pyodide auditwheel show (recipe/pack.py)",
]


@dataclass(frozen=True)
class WheelBuild:
    """One build: where its result lies, where it ran inside its root, how long it took."""

    result: Path
    inside: str
    seconds: int

    @classmethod
    def parse(cls, argument: str) -> Self:
        """Read RESULT:INSIDE:SECONDS."""
        result, inside, seconds = argument.split(":")
        return cls(Path(result), inside, int(seconds))

    def hashes(self) -> dict[str, str]:
        """Every file of the result, by its path in it."""
        files = (path for path in sorted(self.result.rglob("*")) if path.is_file())
        return {
            path.relative_to(self.result).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        }

    def outputs(self) -> dict[str, str]:
        """Return the hashes of what the site ships."""
        shipped = (".whl", "pyodide-lock.json")
        return {name: digest for name, digest in self.hashes().items() if name.endswith(shipped)}

    def record(self) -> dict[str, Any]:
        """Return this build as the provenance tells of it."""
        return {"inside": self.inside, "minutes": round(self.seconds / 60, 1), "outputs": self.outputs()}


def differences(first: WheelBuild, second: WheelBuild) -> list[str]:
    """Return the files that are not the same in both: licences and the account of the inputs count, too."""
    hashes, other = first.hashes(), second.hashes()
    return sorted(name for name in hashes.keys() | other.keys() if hashes.get(name) != other.get(name))


def provenance(builds: list[WheelBuild]) -> dict[str, Any]:
    """Return the whole file."""
    result = builds[0].result
    outputs = {
        name: {"sha256": digest, "bytes": (result / name).stat().st_size}
        for name, digest in builds[0].outputs().items()
    }
    return {
        "schema": 1,
        "built_on": datetime.now(UTC).date().isoformat(),
        "outputs": outputs,
        "left_out": LEFT_OUT,
        "builds": [build.record() for build in builds],
        "commands": COMMANDS,
        "inputs": json.loads((result / "inputs.json").read_text(encoding="utf-8")),
    }


def install(here: Path, builds: list[WheelBuild]) -> None:
    """Replace the wheels, the lock file, the licences and the provenance."""
    for old in here.glob("*.whl"):
        old.unlink()
    shutil.rmtree(here / "licences", ignore_errors=True)
    result = builds[0].result
    shutil.copytree(result, here, dirs_exist_ok=True, ignore=shutil.ignore_patterns("inputs.json"))
    text = json.dumps(provenance(builds), indent=1) + "\n"
    (here / "provenance.json").write_text(text, encoding="utf-8")


def main(here: Path, builds: list[WheelBuild]) -> None:
    """Install what both builds agree on, or say what they do not agree on."""
    if changed := differences(*builds):
        sys.exit(f"the two builds differ, nothing was installed: {', '.join(changed)}")
    install(here, builds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [WheelBuild.parse(argument) for argument in sys.argv[2:]])
