"""Ask the registries which of the locked packages have known vulnerabilities.

Where no network allows that, it says so and is no failure: the locks pin every package by its hash anyway.
"""

import json
import sys
from collections.abc import Callable

from scripts.command import CommandError, run

Findings = list[str] | None
"""Lines of what an audit found; None where it could not ask."""


def list_python_findings(report: object) -> Findings:
    """List what pip-audit found, and did not get to see; None where that is every package."""
    packages = report.get("dependencies", []) if isinstance(report, dict) else []
    unknown = [package for package in packages if "skip_reason" in package]
    if len(unknown) == len(packages):
        return None
    findings = []
    for package in packages:
        vulnerabilities = package.get("vulns", [])
        findings += [
            f"{package['name']} {package['version']}: {vulnerability['id']}"
            for vulnerability in vulnerabilities
        ]
    return [*findings, *(f"{package['name']}: not known to the registry" for package in unknown)]


def list_npm_findings(report: object) -> Findings:
    """List what npm audit found; None where it is no report."""
    packages = report.get("vulnerabilities") if isinstance(report, dict) else None
    if packages is None:
        return None
    return [f"{name}: {vulnerability['severity']}" for name, vulnerability in packages.items()]


AUDITS: dict[str, tuple[list[str], Callable[[object], Findings]]] = {
    "pip-audit": (
        [
            *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
            *("--disable-pip", "--require-hashes", "--requirement", "requirements.lock"),
        ],
        list_python_findings,
    ),
    "npm audit": (["npm", "audit", "--json"], list_npm_findings),
}


def run_audit(name: str) -> Findings:
    """Run an audit, and return what it found."""
    command, list_findings = AUDITS[name]
    try:
        return list_findings(json.loads(run(*command, check=False).stdout))
    except (CommandError, json.JSONDecodeError):
        return None


def audit(name: str) -> int:
    """Run an audit and say what it found; 1 when it found something."""
    findings = run_audit(name)
    if findings is None:
        print(f"{name}: skipped, its source of vulnerabilities cannot be asked from here.")
        return 0
    print(f"{name}: {len(findings)} findings.", *findings, sep="\n  ")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(max(map(audit, AUDITS)))
