"""Asks the registries which of the locked packages have known vulnerabilities.

Where no network allows that, it says so and is no failure: the locks pin every package by its hash anyway.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from scripts import ROOT


def python_findings(report: Any) -> list[str] | None:  # noqa: ANN401  # whatever JSON says
    """Lines of what pip-audit found, and did not get to see; None where that is every package."""
    packages = report.get("dependencies", []) if isinstance(report, dict) else []
    unseen = [one for one in packages if "skip_reason" in one]
    if len(unseen) == len(packages):
        return None
    return [
        *(
            f"{one['name']} {one['version']}: {found['id']}"
            for one in packages
            for found in one.get("vulns", [])
        ),
        *(f"{one['name']}: not known to the registry" for one in unseen),
    ]


def npm_findings(report: Any) -> list[str] | None:  # noqa: ANN401  # whatever JSON says
    """Lines of what npm audit found; None where it is no report."""
    packages = report.get("vulnerabilities") if isinstance(report, dict) else None
    if packages is None:
        return None
    return [f"{name}: {found['severity']}" for name, found in packages.items()]


AUDITS: dict[str, tuple[list[str], Callable[[Any], list[str] | None]]] = {
    "pip-audit": (
        [
            *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off"),
            *("--disable-pip", "--require-hashes", "--requirement", "requirements.lock"),
        ],
        python_findings,
    ),
    "npm audit": (["npm", "audit", "--json"], npm_findings),
}


def audit(name: str) -> int:
    """Run one of them and say what it found; 1 when it found something."""
    command, findings = AUDITS[name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # ours
    try:
        found = findings(json.loads(done.stdout))
    except json.JSONDecodeError:
        found = None
    if found is None:
        print(f"{name}: skipped, its source of vulnerabilities cannot be asked from here.")
        return 0
    print(f"{name}: {len(found)} findings.", *found, sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(max([audit(name) for name in AUDITS]))
