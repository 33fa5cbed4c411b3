"""Known vulnerabilities: of what the site ships, and of the locked packages that build and test it.

What is shipped is asked about at a server with OSV's API (https://google.github.io/osv.dev/api/), since an
audit of the locks sees neither OpenSSL nor the Rust crates inside a wheel. An advisory that was examined and
cannot be reached here stands in ``docs-dev/advisories.md``.
"""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from macros.upkeep.freshness import Finding
from scripts.editing.web_request import open_address
from scripts.proving.audit_dependencies import AUDITS, run_audit

OSV = "https://api.osv.dev"
_EXAMINED = "docs-dev/advisories.md"
# A row of its table: the advisory, the component, the version that mends it, the reason.
_ROW = re.compile(
    r"^\| (?P<id>(?:CVE|GHSA|PYSEC|RUSTSEC)-[\w-]+) \| (?P<component>[^|]+) \| (?P<fixed>[^|]+) \|",
    re.MULTILINE,
)
_TIMEOUT = 20  # seconds
# Requests at a time.
_THREADS = 8

Json = dict[str, Any]


class Component(NamedTuple):
    """Something that the site ships.

    Attributes:
        ecosystem: as OSV names it; for Rust's crates the type of their package URLs, ``cargo``.
        package: its name there.
        version: that is shipped.
    """

    ecosystem: str
    package: str
    version: str


class Examined(NamedTuple):
    """What was looked at and does not apply.

    Attributes:
        ids: of advisories.
        fixes: component and version that mends one of them, e.g. ``("OpenSSL", "3.5.8")``.
    """

    ids: frozenset[str]
    fixes: frozenset[tuple[str, str]]


def load_examined(root: Path) -> Examined:
    """Read the table of advisories that cannot be reached here."""
    rows = list(_ROW.finditer((root / _EXAMINED).read_text(encoding="utf-8")))
    fixes = ((row["component"].strip(), row["fixed"].strip()) for row in rows)
    return Examined(frozenset(row["id"] for row in rows), frozenset(fixes))


def list_components(root: Path) -> list[Component]:
    """List what the wheels and the runtime consist of, as the wheels' provenance has it."""
    inputs = json.loads((root / "wasm/wheels/provenance.json").read_bytes())["inputs"]
    suite = re.search(r"deb(\d+)u", find_openssl_version(inputs))
    debian = f"Debian:{suite[1]}" if suite else "Debian"
    crates = [crate for crate in inputs["crates"] if crate["linked"] and crate["from"].startswith("librust-")]
    return [
        Component("PyPI", "cryptography", inputs["cryptography"]),
        Component("PyPI", "cffi", inputs["cffi"]),
        Component("npm", inputs["pyodide"]["npm_package"], inputs["pyodide"]["version"]),
        Component(debian, "openssl", find_openssl_version(inputs)),
        *(Component("cargo", crate["crate"], crate["version"]) for crate in crates),
    ]


def find_openssl_version(inputs: Json) -> str:
    """Return Debian's version of the OpenSSL in the wheels, from the provenance's inputs.

    Raises:
        ValueError: there is none.
    """
    names = "\n".join(source["file"] for source in inputs["debian_sources"])
    version = re.search(r"^openssl_(.+)\.dsc$", names, re.MULTILINE)
    if version is None:
        raise ValueError("wasm/wheels/provenance.json names no source of OpenSSL")
    return version[1]


def audit_shipped(components: list[Component], server: str, examined: Examined) -> list[Finding]:
    """Ask which advisories concern what is shipped.

    Args:
        components: with their versions.
        server: address of OSV's API.
        examined: what does not apply.

    Returns:
        ``vulnerable`` where a newer release mends it, ``stale`` where none does yet, ``good`` where it was
        examined; for a component without any, nothing. A single ``unknown`` where the server cannot be asked.
    """
    try:
        with ThreadPoolExecutor(_THREADS) as pool:
            answers = list(pool.map(partial(_query, server), components))
    except (OSError, ValueError) as error:
        return [Finding("advisory", server, "unknown", "advisory.unknown", {"reason": str(error)})]
    findings = []
    for component, answer in zip(components, answers, strict=True):
        findings += [_judge(component, advisory, examined) for advisory in answer]
    total = Finding("advisory", server, "good", "advisory.asked", {"count": len(components)})
    return [*findings, total]


def _describe_package(component: Component) -> dict[str, str]:
    """Return what names a package in queries and advisories: a package URL, or ecosystem and name."""
    if component.ecosystem == "cargo":
        return {"purl": f"pkg:cargo/{component.package}"}
    return {"ecosystem": component.ecosystem, "name": component.package}


def _query(server: str, component: Component) -> list[Json]:
    """Return all advisories that concern a component's version, page by page (OSV, "POST /v1/query").

    Raises:
        OSError: there is no answer, or a refusal.
        ValueError: the answer is not JSON.
    """
    query: Json = {"version": component.version, "package": _describe_package(component)}
    found: list[Json] = []
    while True:
        headers = {"Content-Type": "application/json"}
        with open_address(
            f"{server}/v1/query",
            method="POST",
            headers=headers,
            body=json.dumps(query).encode(),
            timeout=_TIMEOUT,
        ) as response:
            answer = json.load(response)
        found += answer.get("vulns", [])
        if not (token := answer.get("next_page_token")):
            return [advisory for advisory in found if "withdrawn" not in advisory]
        query = {**query, "page_token": token}


def _judge(component: Component, advisory: Json, examined: Examined) -> Finding:
    aliases = {advisory["id"], *advisory.get("aliases", [])}
    upstream = set(advisory.get("upstream", []))  # of a distribution's advisory: those that it mends
    subject, fixes = f"{component.package} {component.version}", list(_list_fixes(component, advisory))
    values = {"id": ", ".join(sorted(upstream or aliases)), "fixed": fixes}
    if aliases & examined.ids or (upstream and upstream <= examined.ids):
        return Finding("advisory", subject, "good", "advisory.examined", values)
    if fixes:
        return Finding("advisory", subject, "vulnerable", "advisory.fixed", values)
    return Finding("advisory", subject, "stale", "advisory.open", values)


def _list_fixes(component: Component, advisory: Json) -> Iterator[str]:
    """Yield the versions that mend an advisory (OSV schema, "affected[].ranges")."""
    for affected in advisory.get("affected", []):
        if not _describe_package(component).items() <= affected.get("package", {}).items():
            continue
        for part in affected.get("ranges", []):
            if part["type"] != "GIT":  # commits, not versions
                yield from (event["fixed"] for event in part["events"] if "fixed" in event)


def audit_locks() -> list[Finding]:
    """Return what the audits of both lock files find, as ``scripts/audit-dependencies`` prints it."""
    findings = []
    for name in AUDITS:
        lines = run_audit(name)
        if lines is None:
            findings.append(Finding("advisory", name, "unknown", "advisory.not-audited"))
        else:
            findings += [
                Finding("advisory", name, "stale", "advisory.locked", {"line": line}) for line in lines
            ]
    return findings
