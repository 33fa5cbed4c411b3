"""Which crates went into the module, told by cargo's own record of what it compiled."""

import json
import subprocess
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RUST_LICENCES = "LICENSE-APACHE", "LICENSE-MIT", "COPYRIGHT"


@cache
def rust_source() -> Path:
    """Where rust-src lies; the standard library is compiled from there."""
    return next(Path("/usr/src").glob("rustc-*"))


@dataclass(frozen=True, order=True)
class Crate:
    """One crate as it was compiled."""

    name: str
    version: str
    folder: Path
    linked: bool

    @property
    def manifest(self) -> dict[str, Any]:
        """Its Cargo.toml."""
        return tomllib.loads((self.folder / "Cargo.toml").read_text(encoding="utf-8"))

    @property
    def of_rust(self) -> bool:
        """Whether it is a part of Rust itself, under Rust's own licence files."""
        library = rust_source() / "library"
        return self.folder.is_relative_to(library) and not self.folder.is_relative_to(library / "vendor")

    @property
    def expression(self) -> str:
        """Its licence as an SPDX expression; old manifests write "/" for "OR", members point upwards."""
        licence = self.manifest["package"].get("license", "MIT OR Apache-2.0" if self.of_rust else None)
        if isinstance(licence, dict):
            licence = self.workspace["workspace"]["package"]["license"]
        if licence is None:
            raise ValueError(f"{self.folder}: no licence in Cargo.toml")
        return " OR ".join(part.strip() for part in licence.split("/"))

    @property
    def workspace(self) -> dict[str, Any]:
        """The manifest of the workspace that it is a member of."""
        manifests = (parent / "Cargo.toml" for parent in self.folder.parents)
        texts = (tomllib.loads(path.read_text(encoding="utf-8")) for path in manifests if path.exists())
        return next(text for text in texts if "workspace" in text)

    @property
    def package(self) -> str | None:
        """The Debian package that it came in; None for what is part of cryptography's sdist."""
        answer = subprocess.run(
            ["dpkg-query", "--search", str(self.folder / "Cargo.toml")],
            capture_output=True,
            text=True,
            check=False,
        )
        return answer.stdout.split(":")[0] if answer.returncode == 0 else None


def version_of(package_id: str) -> tuple[str, str]:
    """Name and version from cargo's ``SOURCE#NAME@VERSION``; the name is left out where the folder has it."""
    source, _, fragment = package_id.partition("#")
    name, _, version = fragment.rpartition("@")
    return name or source.rpartition("/")[2], version


def compiled(artifacts: Path) -> list[Crate]:
    """Every library that was compiled; ``linked`` tells the module's own from the build's."""
    messages = (json.loads(line) for line in artifacts.read_text(encoding="utf-8").splitlines())
    found = set()
    for message in messages:
        if message["reason"] != "compiler-artifact" or "custom-build" in message["target"]["kind"]:
            continue
        name, version = version_of(message["package_id"])
        # What is compiled for the host (macros, and what build scripts use) lies outside the target's folder.
        linked = "/wasm32-unknown-emscripten/" in message["filenames"][0]
        folder = Path(message["manifest_path"]).parent.resolve()
        # Rust's own crates call themselves 0.0.0.
        release = rust_source().name.removeprefix("rustc-")
        found.add(Crate(name, release if version == "0.0.0" else version, folder, linked))
    return sorted(found)
