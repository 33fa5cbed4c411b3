"""The site's software bill of materials: what it ships, in which version, from where, with which hash."""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

from macros.loading.yamlfile import read_yaml
from macros.pages.asset_groups import AssetGroup, Assets
from macros.pages.licences import WHEELS

PUBLISHED = "licences/sbom.cdx.json"

# By the way in which the wheels' list calls what is inside them (package-url's types).
_TYPES = {"python": "pypi", "crate": "cargo", "library": "generic"}


def sbom(root: Path, assets: Assets, version: str) -> dict[str, Any]:
    """In CycloneDX 1.6. The same sources give the same text: no time, no number by chance.

    Args:
        root: the repository.
        assets: what the site ships besides pages.
        version: of the site, as :attr:`macros.pages.site_inputs.Build.version` says it.
    """
    inside = json.loads((root / WHEELS / "index.json").read_text(encoding="utf-8"))["components"]
    others = read_yaml(root / "deploy/components.yaml", root).data["components"]
    purls = _purls(root)
    components = [
        *(
            _component(one["name"], *purls[one["name"]], one["licence"], source=one["source"])
            for one in others
        ),
        *(
            _component(
                one["name"], one["version"], f"pkg:{_TYPES[one['kind']]}/{one['name']}", one["licence"]
            )
            for one in inside
        ),
        *(_file(name, group) for group in assets.groups.values() for name in group.files),
    ]
    site = {"type": "application", "bom-ref": "site", "name": "cert-guides", "version": version}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": site},
        "components": components,
        "dependencies": [{"ref": "site", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _purls(root: Path) -> dict[str, tuple[str, str]]:
    """Version, and address without it, of what is named in deploy/components.yaml."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    runtime = json.loads((root / "wasm/wheels/pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    emscripten = re.sub(r"^emscripten_", "", runtime["platform"]).replace("_", ".")

    def npm(name: str) -> tuple[str, str]:
        return packages[f"node_modules/{name}"]["version"], f"pkg:npm/{name}"

    return {
        "Pyodide": npm("pyodide"),
        "CPython standard library": (runtime["python"], "pkg:generic/cpython"),
        "Emscripten runtime": (emscripten, "pkg:generic/emscripten"),
        "lean-qr": npm("lean-qr"),
        "MiniSearch": npm("minisearch"),
        "Material for MkDocs": (metadata.version("mkdocs-material"), "pkg:pypi/mkdocs-material"),
    }


def _component(name: str, number: str, purl: str, licence: str, source: str | None = None) -> dict[str, Any]:
    address = f"{purl}@{number}"
    where = {"externalReferences": [{"type": "vcs", "url": source}]} if source else {}
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": number,
        "licenses": [{"expression": licence}],
        "purl": address,
        **where,
    }


def _file(name: str, group: AssetGroup) -> dict[str, Any]:
    file = group.files[name]
    hashes = [{"alg": "SHA-256", "content": file.sha256}]
    return {"type": "file", "bom-ref": file.path, "name": file.path, "hashes": hashes}
