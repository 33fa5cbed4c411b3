"""What a first visit to a page loads, and when it is painted: rows of scripts/bench."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import sync_playwright

from scripts import ROOT
from scripts.measuring.bench_build import build, plain
from scripts.measuring.measure import Row, Sample
from scripts.serving.chromium import FLAGS, find_chromium, launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.compress import compress
from scripts.site.policy import PageClass, Policy, load_policy

# A guide with many drawn windows, the longest page of guides, and the start page.
GUIDE, START = "boj/renew/", ""


@dataclass(frozen=True)
class Visit:
    """What a browser with an empty cache asked for.

    Attributes:
        requests: their number.
        kilobytes: of the bodies, as small as Brotli makes them.
    """

    requests: int
    kilobytes: float


def rows(runs: int) -> Sequence[Row]:
    """Bytes and the largest contentful paint of a guide and the start page, ours and the bare theme's."""
    policy = load_policy(ROOT / "build/headers.json")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "site")
        build(plain(Path(folder, "plain"), ROOT / "build/pages"), bare)
        compress(bare, Path(folder, "compressed"))
        with serving(ROOT / "site", policy) as ours, serving(bare, open_policy(policy)) as theirs:
            for page, name in ((GUIDE, "a guide"), (START, "the start page")):
                own, other = visit(ours, page), visit(theirs, page)
                found.append(
                    Row(
                        f"{name}, first visit: all files ({own.requests} requests)",
                        "at most 150 kB",
                        Sample([own.kilobytes], "kB"),
                        Sample([other.kilobytes], "kB"),
                        f"the theme as it comes ({other.requests} requests)",
                    )
                )
            painted = [[paint(server.url + GUIDE) for server in (ours, theirs)] for _ in range(runs)]
            mine, bares = (Sample(column, "ms") for column in zip(*painted, strict=True))
            found.append(
                Row(
                    "a guide's largest contentful paint, Lighthouse's slow 4G and phone",
                    "under 1,000 ms",
                    mine,
                    bares,
                    "the theme as it comes",
                )
            )
    return found


@contextmanager
def serving(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """A site as a public server sends it."""
    with SiteServer(site, policy) as server, server.serve():
        server.compressed = True
        yield server


def open_policy(policy: Policy) -> Policy:
    """Types and long caching, and nothing that a page of others could break."""
    every = PageClass("all", "", "public, max-age=31536000, immutable", "", {})
    return Policy(policy.types, policy.other_type, {}, (every,))


def visit(server: SiteServer, page: str) -> Visit:
    """Open a page in a fresh profile and wait until it asks for nothing more."""
    server.requests.clear()
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        browser.new_page().goto(server.url + page, wait_until="networkidle")
        browser.close()
    paths = [urlsplit(one.target).path.removeprefix(server.base_path) for one in server.requests]
    return Visit(len(paths), sum(compressed_size(server.site, path) for path in paths) / 1000)


def compressed_size(site: Path, path: str) -> int:
    """Bytes that Brotli leaves of a file; of one that is compressed already, its own."""
    file = site / (path + "index.html" if path.endswith("/") or not path else path)
    if not file.is_file():
        return 0
    data = file.read_bytes()
    return min(len(data), len(brotli.compress(data)))


def paint(url: str, *, tries: int = 3) -> float:
    """Milliseconds that Lighthouse gives the largest contentful paint.

    Raises:
        RuntimeError: it gave none at any try. Some records lack their beginning, and it asks for another.
    """
    audit = lighthouse(url)
    if "numericValue" in audit:
        return float(audit["numericValue"])
    if tries == 1:
        raise RuntimeError(f"{url}: {audit.get('errorMessage')}")
    return paint(url, tries=tries - 1)


def lighthouse(url: str) -> dict[str, Any]:
    """What Lighthouse's report says of the largest contentful paint."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [
            *(str(ROOT / "node_modules/.bin/lighthouse"), url, "--quiet"),
            *("--only-audits=largest-contentful-paint", "--output=json", f"--output-path={report}"),
            f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
        ]
        environment = {**os.environ, "CHROME_PATH": find_chromium()}
        # On a busy machine it complains of a late answer of the browser's although its report is written.
        subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603  # our own words
        data = json.loads(report.read_bytes())
    audit: dict[str, Any] = data["audits"]["largest-contentful-paint"]
    return audit
