"""Run Lighthouse and axe-core on start page, guide and checker, and write ``docs-dev/audit.md``."""

import datetime as dt
import sys
from collections.abc import Iterable
from typing import Any

from playwright.sync_api import sync_playwright

from scripts import ROOT
from scripts.command import git
from scripts.measuring.axe import find_violations
from scripts.measuring.lighthouse import run_lighthouse
from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.full_build import build_site
from scripts.site.policy import load_resolved_policy

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
# Where Lighthouse stops showing an audit in green.
_GREEN = 0.9

LighthouseReport = dict[str, Any]


def main() -> int:
    """Build the site, print and write the report; 1 when a goal is missed."""
    if status := build_site():
        return status
    policy = load_resolved_policy()
    with SiteServer(ROOT / "site", policy) as server, server.serve():
        server.compressed = True
        categories = f"--only-categories={','.join(GOALS)}"
        reports = {page: run_lighthouse(server.url + page, categories) for page in PAGES}
        violations = _count_violations(server)
    text = _render_report(reports, violations)
    (ROOT / "docs-dev/audit.md").write_text(text, encoding="utf-8", newline="\n")
    print(text)
    return int(any(map(_misses_goal, reports.values())) or any(violations.values()))


def _count_violations(server: SiteServer) -> dict[str, int]:
    """Count the elements that axe-core objects to, by page."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        tab = browser.new_page()
        violations = {}
        for page in PAGES:
            tab.goto(server.url + page)
            violations[page] = len(find_violations(tab))
        browser.close()
    return violations


def _render_report(reports: dict[str, LighthouseReport], violations: dict[str, int]) -> str:
    rows, failures, incomplete = "", "", []
    for page, report in reports.items():
        points = " | ".join(_render_points(report, category) for category in GOALS)
        rows += f"| `/{page}` | {points} | {violations[page]} |\n"
        failures += "".join(f"- `/{page}`: {title}\n" for title in _list_failed_audits(report))
        if "runtimeError" in report:
            incomplete.append(f"`/{page}`")
    version = reports[""]["lighthouseVersion"]
    commit, day = git("rev-parse", "--short", "HEAD"), dt.datetime.now(dt.UTC).date()
    run = f"Lighthouse {version}, its own phone and slow line, Brotli; commit {commit}, {day}."
    text = HEADER.format(run=run) + rows
    if incomplete:
        pages = ", ".join(incomplete)
        text += f"\nAn answer of the browser came too late, so some audits did not run: {pages}.\n"
    if failures:
        text += f"\nFailed audits:\n\n{failures}"
    return text


def _misses_goal(report: LighthouseReport) -> bool:
    excused = _find_excused(report)
    return any(_score(report, category, excused) < goal for category, goal in GOALS.items())


def _find_excused(report: LighthouseReport) -> set[str]:
    """Find those of ``EXCUSED`` that the checker fails for that reason and for no other."""
    if not report["finalDisplayedUrl"].endswith("check/"):
        return set()
    complaints = report["audits"]["errors-in-console"].get("details", {}).get("items", [])
    robots = report["audits"]["robots-txt"]
    reasons = {
        "errors-in-console": all(map(_is_refused_connection, complaints)),
        "robots-txt": robots["score"] == 0 and "unable to download" in robots.get("explanation", ""),
    }
    return {name for name, holds in reasons.items() if holds}


def _is_refused_connection(complaint: dict[str, Any]) -> bool:
    """Tell whether a worker was refused a connection; the site has no other worker than the checker's."""
    return complaint["source"] == "worker" and "Content Security Policy" in complaint["description"]


def _score(report: LighthouseReport, category: str, excused: Iterable[str] = ()) -> int:
    """Compute Lighthouse's score: its audits' weighted mean; those that are excused count as passed."""
    scores: dict[str, float | None] = {name: audit["score"] for name, audit in report["audits"].items()}
    scores.update(dict.fromkeys(excused, 1))
    refs = report["categories"][category]["auditRefs"]
    weights = {ref["id"]: ref["weight"] for ref in refs if scores[ref["id"]] is not None}
    points = sum(weight * (scores[name] or 0) for name, weight in weights.items())
    return int(100 * points / sum(weights.values()) + 0.5)


def _render_points(report: LighthouseReport, category: str) -> str:
    """Write the score, and what it would be without the excused audits."""
    score, otherwise = _score(report, category), _score(report, category, _find_excused(report))
    return str(score) if score == otherwise else f"{score} (else {otherwise})"


def _list_failed_audits(report: LighthouseReport) -> list[str]:
    """List the titles of the audits that cost points."""
    names: set[str] = set()
    for category in report["categories"].values():
        names |= {ref["id"] for ref in category["auditRefs"] if ref["weight"]}
    excused = _find_excused(report)
    titles = []
    for name in sorted(names):
        audit = report["audits"][name]
        if audit["score"] is not None and audit["score"] < _GREEN:
            title = f"{audit['title']} {audit.get('displayValue', '')}".strip()
            titles.append(f"{title}: {EXCUSED[name]}" if name in excused else title)
    return titles


if __name__ == "__main__":
    sys.exit(main())
