"""What a first visit to a page loads, and when it is painted: rows of scripts/bench."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import sync_playwright

from scripts import ROOT
from scripts.measuring.bench_build import build, write_plain_sources
from scripts.measuring.lighthouse import run_lighthouse
from scripts.measuring.measure import Row, Sample, measure_in_turn
from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.compress import compress
from scripts.site.policy import PageClass, Policy, load_resolved_policy

# A guide with many drawn windows, the longest page of guides, and the start page.
GUIDE, START = "boj/renew/", ""


@dataclass(frozen=True)
class Visit:
    """What a browser with an empty cache loads.

    Attributes:
        requests: their number.
        kilobytes: of the bodies, as small as Brotli makes them.
    """

    requests: int
    kilobytes: float


def measure_rows(runs: int) -> Sequence[Row]:
    """Measure bytes and largest contentful paint of a guide and the start page, ours and the bare theme's."""
    policy = load_resolved_policy()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "site")
        build(write_plain_sources(Path(folder, "plain"), ROOT / "build/pages"), bare)
        compress(bare, Path(folder, "compressed"))
        with serve(ROOT / "site", policy) as ours, serve(bare, build_caching_policy(policy)) as theme:
            for page, name in ((GUIDE, "a guide"), (START, "the start page")):
                own, other = visit(ours, page), visit(theme, page)
                rows.append(
                    Row(
                        f"{name}, first visit: all files ({own.requests} requests)",
                        "at most 150 kB",
                        Sample([own.kilobytes], "kB"),
                        Sample([other.kilobytes], "kB"),
                        f"the theme as it comes ({other.requests} requests)",
                    )
                )
            measures = [partial(measure_paint, server.url + GUIDE) for server in (ours, theme)]
            own_paint, theme_paint = measure_in_turn(runs, "ms", *measures)
            rows.append(
                Row(
                    "a guide's largest contentful paint, Lighthouse's slow 4G and phone",
                    "under 1,000 ms",
                    own_paint,
                    theme_paint,
                    "the theme as it comes",
                )
            )
    return rows


@contextmanager
def serve(site: Path, policy: Policy) -> Iterator[SiteServer]:
    """Serve a site as a public server sends it."""
    with SiteServer(site, policy) as server, server.serve():
        server.compressed = True
        yield server


def build_caching_policy(policy: Policy) -> Policy:
    """Return types and long caching, and nothing that could break a page of others."""
    all_files = PageClass("all", "", "public, max-age=31536000, immutable", "", {})
    return Policy(policy.types, policy.other_type, {}, (all_files,))


def visit(server: SiteServer, page: str) -> Visit:
    """Open a page in a fresh profile and wait until it asks for nothing more."""
    server.requests.clear()
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        browser.new_page().goto(server.url + page, wait_until="networkidle")
        browser.close()
    paths = [urlsplit(request.target).path.removeprefix(server.base_path) for request in server.requests]
    return Visit(len(paths), sum(measure_compressed(server.site, path) for path in paths) / 1000)


def measure_compressed(site: Path, path: str) -> int:
    """Return the bytes that Brotli leaves of a file; of one that is compressed already, its own."""
    file = site / (path + "index.html" if path.endswith("/") or not path else path)
    if not file.is_file():
        return 0
    data = file.read_bytes()
    return min(len(data), len(brotli.compress(data)))


def measure_paint(url: str, *, tries: int = 3) -> float:
    """Return the milliseconds that Lighthouse gives the largest contentful paint.

    Raises:
        RuntimeError: it gave none at any try. Some records lack their beginning, and it asks for another.
    """
    report = run_lighthouse(url, "--only-audits=largest-contentful-paint")
    audit = report["audits"]["largest-contentful-paint"]
    if "numericValue" in audit:
        return float(audit["numericValue"])
    if tries == 1:
        raise RuntimeError(f"{url}: {audit.get('errorMessage')}")
    return measure_paint(url, tries=tries - 1)
