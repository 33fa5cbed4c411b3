"""What Lighthouse and axe-core say of start page, guide and checker, as a table in ``docs-dev/audit.md``."""

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import sync_playwright

from scripts import ROOT
from scripts.serving.chromium import find_chromium, launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.full_build import build_site
from scripts.site.policy import load_policy
from tests.support.axe import objections

PAGES = ("", "boj/renew/", "check/", "en/", "en/boj/renew/", "en/check/")
GOALS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
# What costs the checker points because it keeps its promise: by then its page has given up every connection.
EXCUSED = {
    "errors-in-console": "its worker tries to connect, and the browser notes on the console that it refuses",
    "robots-txt": "Lighthouse asks for the file from within the page, which may ask for nothing any more",
}
HEADER = f"""# Audit: Lighthouse and axe-core

Written by `scripts/audit`.

{{run}}

| page | {" | ".join(f"{name} (goal {goal})" for name, goal in GOALS.items())} | objections of axe-core |
|---|{"---|" * len(GOALS)}---|
"""


def main() -> int:
    """Build the site, print and write the table; 1 when a goal is missed."""
    if status := build_site():
        return status
    policy = load_policy(ROOT / "build/headers.json")
    with SiteServer(ROOT / "site", policy) as server, server.serve():
        server.compressed = True
        reports = {page: _report(server.url + page) for page in PAGES}
        objected = _objections(server)
    rows = [
        f"| `/{page}` | {' | '.join(_points(report, goal) for goal in GOALS)} | {objected[page]} |"
        for page, report in reports.items()
    ]
    objections = [f"- `/{page}`: {title}" for page, report in reports.items() for title in _failed(report)]
    show = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    named = subprocess.run(show, capture_output=True, text=True, check=True)  # noqa: S603  # fixed words
    commit = named.stdout.strip()
    version = reports[""]["lighthouseVersion"]
    day = dt.datetime.now(dt.UTC).date()
    run = f"Lighthouse {version}, its own phone and slow line, Brotli; commit {commit}, {day}."
    text = HEADER.format(run=run) + "\n".join(rows) + "\n"
    late = [f"`/{page}`" for page, report in reports.items() if "runtimeError" in report]
    if late:
        text += f"\nAn answer of the browser came too late, so some audits did not run: {', '.join(late)}.\n"
    if objections:
        text += "\nFailed audits:\n\n" + "\n".join(objections) + "\n"
    (ROOT / "docs-dev/audit.md").write_text(text, encoding="utf-8")
    print(text)
    missed = any(
        _score(report, name, _excused(report)) < goal
        for report in reports.values()
        for name, goal in GOALS.items()
    )
    return int(missed or any(objected.values()))


def _objections(server: SiteServer) -> dict[str, int]:
    """How many elements axe-core objects to, by page."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        tab = browser.new_page()
        found = {}
        for page in PAGES:
            tab.goto(server.url + page)
            found[page] = len(objections(tab))
        browser.close()
    return found


def _report(url: str) -> dict[str, Any]:
    """One run of Lighthouse with its own defaults: a phone on a slow line, simulated."""
    out = ROOT / "build/lighthouse.json"
    out.unlink(missing_ok=True)
    command = [
        str(ROOT / "node_modules/.bin/lighthouse"),
        url,
        "--output=json",
        f"--output-path={out}",
        "--quiet",
        f"--only-categories={','.join(GOALS)}",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking",
    ]
    environment = {**os.environ, "CHROME_PATH": find_chromium()}
    # On a busy machine it complains of a late answer of the browser's although its report is written.
    subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # our own words
    report: dict[str, Any] = json.loads(out.read_bytes())
    return report


def _excused(report: dict[str, Any]) -> set[str]:
    """Those of ``EXCUSED`` that the checker has for that reason and for no other."""
    if not report["finalDisplayedUrl"].endswith("check/"):
        return set()
    complaints = report["audits"]["errors-in-console"].get("details", {}).get("items", [])
    robots = report["audits"]["robots-txt"]
    reasons = {
        "errors-in-console": all("/worker.mjs" in complaint["description"] for complaint in complaints),
        "robots-txt": robots["score"] == 0 and "unable to download" in robots.get("explanation", ""),
    }
    return {name for name, holds in reasons.items() if holds}


def _score(report: dict[str, Any], category: str, excused: Iterable[str] = ()) -> int:
    """Lighthouse's score: its audits' weighted mean; those that are excused count as passed."""
    scores: dict[str, float | None] = {name: audit["score"] for name, audit in report["audits"].items()}
    scores.update(dict.fromkeys(excused, 1))
    refs = report["categories"][category]["auditRefs"]
    weights = {ref["id"]: ref["weight"] for ref in refs if scores[ref["id"]] is not None}
    reached = sum(weight * (scores[name] or 0) for name, weight in weights.items())
    return int(100 * reached / sum(weights.values()) + 0.5)


def _points(report: dict[str, Any], category: str) -> str:
    """The score, and what it were but for what is excused."""
    score, otherwise = _score(report, category), _score(report, category, _excused(report))
    return str(score) if score == otherwise else f"{score} (else {otherwise})"


def _failed(report: dict[str, Any]) -> list[str]:
    """Titles of the audits that cost points."""
    counted = {
        ref["id"]
        for category in report["categories"].values()
        for ref in category["auditRefs"]
        if ref["weight"]
    }
    reasons = {name: f": {EXCUSED[name]}" for name in _excused(report)}
    audits = [report["audits"][name] for name in sorted(counted)]
    return [
        f"{audit['title']} {audit.get('displayValue', '')}".strip() + reasons.get(audit["id"], "")
        for audit in audits
        if audit["score"] is not None and audit["score"] < 0.9  # noqa: PLR2004  # where Lighthouse stops showing green
    ]


if __name__ == "__main__":
    sys.exit(main())
