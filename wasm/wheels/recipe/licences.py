"""Collects the licences of everything in the wheels: ``licences/index.json`` and the texts beside it.

Usage: licences.py BUILD, inside the root; writes BUILD/out/licences.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import crates
from settings import Settings


@dataclass(frozen=True)
class BundledComponent:
    """One thing that is inside a wheel."""

    name: str
    version: str
    kind: str
    expression: str
    texts: tuple[Path, ...]


def texts_in(folder: Path) -> tuple[Path, ...]:
    """Return the licence files at the top of a folder."""
    named = (path for pattern in ("LICEN[CS]E*", "COPYING*", "UNLICENSE*") for path in folder.glob(pattern))
    return tuple(sorted(path for path in named if path.is_file()))


def crate_texts(crate: crates.Crate, sdist: Path) -> tuple[Path, ...]:
    """Return a crate's own texts; members of Rust's and cryptography's tree are covered by that tree's."""
    if crate.of_rust:
        # compiler_builtins has a text of its own beside Rust's, in the folder above.
        own = texts_in(crate.folder.parent) if crate.name == "compiler_builtins" else ()
        return (*own, *(crates.rust_source() / name for name in crates.RUST_LICENCES))
    if crate.folder.is_relative_to(sdist):
        return texts_in(sdist)
    return texts_in(crate.folder) or debian_copyright(crate)


def debian_copyright(crate: crates.Crate) -> tuple[Path, ...]:
    """Debian's account of a crate that carries no text itself; it quotes the licences."""
    return (Path("/usr/share/doc") / (crate.package or "") / "copyright",)


def crate_components(build: Path, sdist: Path) -> Iterator[BundledComponent]:
    """Yield the crates that are linked into the module, the standard library's among them."""
    for crate in crates.compiled(build / "artifacts.json"):
        if crate.linked:
            texts = crate_texts(crate, sdist)
            yield BundledComponent(crate.name, crate.version, "crate", crate.expression, texts)


def python_component(name: str, sdist: Path) -> BundledComponent:
    """One of the two Python packages, by its own metadata."""
    fields = message_from_bytes((sdist / "PKG-INFO").read_bytes())
    return BundledComponent(name, fields["Version"], "python", fields["License-Expression"], texts_in(sdist))


def source_component(name: str, expression: str, folder: Path, *texts: str) -> BundledComponent:
    """Return a C library from Debian's sources, whose folder ends in its version."""
    version = folder.name.removeprefix(f"{name}-")
    return BundledComponent(name, version, "library", expression, tuple(folder / text for text in texts))


def components(build: Path) -> list[BundledComponent]:
    """All of them, in the order in which the index lists them."""
    settings = Settings.read(build / "recipe" / "versions.env")
    source = build / "src"
    sdist = source / f"cryptography-{settings.cryptography}"
    return [
        python_component("cryptography", sdist),
        python_component("cffi", source / f"cffi-{settings.cffi}"),
        source_component("openssl", "Apache-2.0", next(source.glob("openssl-*/")), "LICENSE.txt"),
        # Only its header went in; the library itself is in Pyodide.
        source_component("libffi", "MIT", next(source.glob("libffi-*/")), "LICENSE"),
        *crate_components(build, sdist),
    ]


def write(found: Iterable[BundledComponent], folder: Path) -> None:
    """Write each different text once, under the name of the first component that has it, and the index."""
    folder.mkdir(parents=True, exist_ok=True)
    names: dict[bytes, str] = {}
    index = []
    for component in found:
        if not component.texts:
            raise ValueError(f"{component.name} {component.version}: no licence text found")
        files = []
        for text in component.texts:
            content = text.read_bytes().replace(b"\r\n", b"\n")
            name = f"{component.name}-{component.version}.{text.name.removesuffix('.txt')}.txt"
            files.append(names.setdefault(content, name))
        entry = {"name": component.name, "version": component.version, "kind": component.kind}
        index.append({**entry, "licence": component.expression, "files": files})
    for content, name in names.items():
        (folder / name).write_bytes(content)
    listing = json.dumps({"components": index}, indent=1) + "\n"
    (folder / "index.json").write_text(listing, encoding="utf-8")


if __name__ == "__main__":
    write(components(Path(sys.argv[1])), Path(sys.argv[1]) / "out" / "licences")
