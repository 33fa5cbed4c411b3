"""What the site ships is listed, pinned and hashed."""

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from macros.pages.licences import load_components
from scripts.command import git, run
from scripts.proving.audit_dependencies import list_npm_findings, list_python_findings
from scripts.site.compress import is_copy
from scripts.site.sbom import PUBLISHED
from tests.support import ROOT


@pytest.fixture
def components(site: Path) -> list[dict[str, Any]]:
    """Return the components of the published bill of materials."""
    parsed: dict[str, list[dict[str, Any]]] = json.loads((site / PUBLISHED).read_text(encoding="utf-8"))
    return parsed["components"]


def test_the_bill_of_materials_is_cyclonedx(site: Path) -> None:
    """It keeps to the published schema, and names neither a time nor a number by chance."""
    text = (site / PUBLISHED).read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    assert not {"serialNumber", "timestamp"} & (json.loads(text).keys() | json.loads(text)["metadata"].keys())


def test_every_asset_is_listed_with_its_hash(site: Path, components: list[dict[str, Any]]) -> None:
    """Each file below a content's hash, the runtime's and the wheels among them, byte for byte."""
    hashes = {
        component["name"]: component["hashes"][0]["content"]
        for component in components
        if component["type"] == "file"
    }
    files = [path for path in site.glob("assets/????????????????/*") if not is_copy(path)]
    assert {path.relative_to(site).as_posix() for path in files} == hashes.keys()
    for path in files:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == hashes[path.relative_to(site).as_posix()]


def test_whatever_has_a_licence_is_listed(components: list[dict[str, Any]]) -> None:
    """The page of licences and the bill of materials name the same pieces, each once."""
    refs = [component["bom-ref"] for component in components]
    assert len(refs) == len(set(refs))
    names = {component["name"] for component in components}
    names |= {f"{component['name']} {component.get('version')}" for component in components}
    assert {licensed.name for licensed in load_components(ROOT)} <= names
    assert all(component["version"] for component in components if component["type"] == "library")


def test_installing_runs_no_code_of_a_package() -> None:
    """Pip takes wheels alone, and npm runs no install scripts, unless a person says otherwise."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert lock.splitlines()[0] == "--only-binary :all:"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("npm_config_")}
    setting = run("npm", "config", "get", "ignore-scripts", env=environment)
    assert setting.stdout.strip() == "true"


def test_every_command_that_installs_says_so_itself() -> None:
    """Also where this folder's settings do not reach: in other folders, recipes and documents.

    An exception: the sdists of the wheels' recipe are files, and a stand-in takes the place of their backend.
    """
    calls = r"npm\W+(ci|install|pack)\W+--|\bpip\W+(install|download)\W+--"
    provenance = ":!wasm/wheels/provenance.json", ":!wasm/wheels/recipe/record.py"
    lines = git(
        "grep", "--perl-regexp", "-h", calls, "--", ".", ":!tests", ":!*.lock", *provenance
    ).splitlines()
    exception = (
        'download() { "$FOLDER/venv/bin/pip" download --quiet --no-deps --require-hashes --dest "$@"; }'
    )
    lines.remove(exception)
    assert len(lines) >= 5
    flags = ("--ignore-scripts", "--only-binary")
    assert [line for line in lines if not any(flag in line for flag in flags)] == []
    fetch = (ROOT / "wasm/wheels/recipe/fetch.sh").read_text(encoding="utf-8")
    assert fetch.count("\ndownload ") + fetch.count("\n  download ") == 2
    assert fetch.count('PYTHONPATH="$HERE/recipe/sdist_backend" \\\n  download "$FOLDER/sdists"') == 1
    assert fetch.count('\ndownload "$FOLDER/tools" --only-binary :all:') == 1


def test_an_audit_tells_what_it_did_not_see() -> None:
    """A package that the registry does not know is no clean one; where it knows none, nothing was audited."""
    known = {"name": "a", "version": "1", "vulns": [{"id": "CVE-0"}]}
    unknown = {"name": "b", "skip_reason": "not found"}
    assert list_python_findings({"dependencies": [known, unknown]}) == [
        "a 1: CVE-0",
        "b: not known to the registry",
    ]
    assert list_python_findings({"dependencies": [unknown]}) is None
    assert list_python_findings({"error": "no answer"}) is None
    assert list_npm_findings({"vulnerabilities": {"c": {"severity": "high"}}}) == ["c: high"]
    assert list_npm_findings({"message": "no answer"}) is None


def test_an_audit_without_a_network_says_so() -> None:
    """Where no registry can be reached, both audits are skipped with a word, and that is no failure."""
    nowhere = "http://127.0.0.1:9"  # the port of RFC 863, which nobody serves here
    proxies = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), nowhere)
    quick = {"npm_config_fetch_retries": "0", "npm_config_registry": "https://registry.invalid/"}
    environment = {**os.environ, **proxies, "NO_PROXY": "", "no_proxy": "", **quick}
    done = run(sys.executable, "-m", "scripts.proving.audit_dependencies", env=environment)
    assert [line.partition(",")[0] for line in done.stdout.splitlines()] == [
        "pip-audit: skipped",
        "npm audit: skipped",
    ]
