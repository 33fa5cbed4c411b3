"""The site's software bill of materials: what it ships, in which version, from where, with which hash."""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

from macros.loading.yaml_file import read_yaml
from macros.pages.asset_groups import AssetFile, Assets
from macros.pages.licences import WHEEL_LICENCES

PUBLISHED = "licences/sbom.cdx.json"

# By the way in which the wheels' list calls what is inside them (package-url's types).
_TYPES = {"python": "pypi", "crate": "cargo", "library": "generic"}


def build_sbom(root: Path, assets: Assets, version: str) -> dict[str, Any]:
    """List it in CycloneDX 1.6. The same sources give the same text: no time, no number by chance.

    Args:
        root: the repository.
        assets: what the site ships besides pages.
        version: of the site, as :attr:`macros.pages.site_inputs.Build.version` says it.
    """
    inside = json.loads((root / WHEEL_LICENCES / "index.json").read_text(encoding="utf-8"))["components"]
    others = read_yaml(root / "deploy/components.yaml", root).data["components"]
    purls = _find_purls(root)
    components = []
    for entry in others:
        number, purl = purls[entry["name"]]
        components.append(_describe_component(entry, number, purl))
    for entry in inside:
        purl = f"pkg:{_TYPES[entry['kind']]}/{entry['name']}"
        components.append(_describe_component(entry, entry["version"], purl))
    for group in assets.groups.values():
        components += map(_describe_file, group.files.values())
    site = {"type": "application", "bom-ref": "site", "name": "cert-guides", "version": version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": site},
        "components": components,
        "dependencies": [{"ref": "site", "dependsOn": [component["bom-ref"] for component in components]}],
    }


def _find_purls(root: Path) -> dict[str, tuple[str, str]]:
    """Find version, and package URL without it, of what is named in deploy/components.yaml."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    runtime = json.loads((root / "wasm/wheels/pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    emscripten = re.sub(r"^emscripten_", "", runtime["platform"]).replace("_", ".")

    def find_npm(name: str) -> tuple[str, str]:
        return packages[f"node_modules/{name}"]["version"], f"pkg:npm/{name}"

    return {
        "Pyodide": find_npm("pyodide"),
        "CPython standard library": (runtime["python"], "pkg:generic/cpython"),
        "Emscripten runtime": (emscripten, "pkg:generic/emscripten"),
        "lean-qr": find_npm("lean-qr"),
        "MiniSearch": find_npm("minisearch"),
        "Material for MkDocs": (metadata.version("mkdocs-material"), "pkg:pypi/mkdocs-material"),
    }


def _describe_component(entry: dict[str, Any], number: str, purl: str) -> dict[str, Any]:
    """Return a library's entry.

    Args:
        entry: its name, licence and, where that is known, address of its source.
        number: its version.
        purl: its package URL without the version.
    """
    address = f"{purl}@{number}"
    source = entry.get("source")
    references = {"externalReferences": [{"type": "vcs", "url": source}]} if source else {}
    return {
        "type": "library",
        "bom-ref": address,
        "name": entry["name"],
        "version": number,
        "licenses": [{"expression": entry["licence"]}],
        "purl": address,
        **references,
    }


def _describe_file(file: AssetFile) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": file.sha256}]
    return {"type": "file", "bom-ref": file.path, "name": file.path, "hashes": hashes}
