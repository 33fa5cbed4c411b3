"""Lighthouse, run on one page with its own defaults: a phone on a slow line, simulated."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from scripts import ROOT
from scripts.command import run
from scripts.serving.chromium import FLAGS, find_chromium


def run_lighthouse(url: str, *options: str) -> dict[str, Any]:
    """Return Lighthouse's report of a page.

    Args:
        url: of the page.
        options: of its command line, e.g. which audits to run.

    Raises:
        FileNotFoundError: it wrote no report.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        # On a busy machine it complains of a late answer of the browser's although its report is written.
        run(
            ROOT / "node_modules/.bin/lighthouse",
            url,
            "--quiet",
            "--output=json",
            f"--output-path={path}",
            f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
            *options,
            env={**os.environ, "CHROME_PATH": find_chromium()},
            check=False,
        )
        report: dict[str, Any] = json.loads(path.read_bytes())
    return report
