"""How long builds take: rows of scripts/bench."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright
from ruamel.yaml import YAML

from macros.model.language import LANGUAGE_VARIABLE
from scripts import ROOT
from scripts.command import start
from scripts.measuring.many_authorities import multiply_authorities
from scripts.measuring.measure import RUNS, Row, Sample, measure_in_turn
from scripts.measuring.source_copy import build_environment, copy_sources
from scripts.serving.chromium import launch_chromium
from scripts.site.markdown_cache import MARKDOWN_CACHE

# A hundred take minutes, so they are built once; with --quick it is a quarter of them.
MANY, QUICK_MANY = 100, 25
FEW = 4


@dataclass(frozen=True)
class BuildCost:
    """What one build took.

    Attributes:
        seconds: of processor time, its programs' included: the clock's would depend on who else is busy here.
        megabytes: the most memory that its process had at a time.
        pages: how many it made, not counting the short addresses.
    """

    seconds: float
    megabytes: float
    pages: int

    @property
    def milliseconds_a_page(self) -> float:
        """Processor time for each page."""
        return self.seconds * 1000 / self.pages


def measure_rows(runs: int) -> Sequence[Row]:
    """Measure today's site against the theme alone, and a hundred authorities against the four."""
    number = MANY if runs >= RUNS else QUICK_MANY
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ours = copy_sources(work / "ours")
        few = build_warm(ours, work / "site")
        theme = write_plain_sources(work / "plain", ours / "build/pages")
        uncached, cached, alone = measure_in_turn(
            runs,
            "s",
            lambda: build(drop_pages(ours), work / "site").seconds,
            lambda: build(ours, work / "site").seconds,
            lambda: build(theme, work / "plain-site").seconds,
        )
        many = copy_sources(work / "many")
        multiply_authorities(many, number)
        large = build_warm(many, work / "site")
        return [
            Row(
                "the whole build of today's site, processor time",
                "at most 1.2 times",
                uncached,
                alone,
                "mkdocs-material alone on the same Markdown",
            ),
            Row(
                "the same, kept HTML of unchanged Markdown",
                "at most 0.6 times",
                cached,
                alone,
                "as above",
            ),
            Row(
                f"{number} authorities, {large.pages:,} pages, processor time by page (one run)",
                "at most 1.2 times",
                Sample([large.milliseconds_a_page], "ms"),
                Sample([few.milliseconds_a_page], "ms"),
                f"{FEW} authorities, {few.pages} pages",
            ),
            Row("memory for that", "under 2,000 MB", Sample([large.megabytes], "MB")),
            Row(
                "saving a YAML file while serving: until the open page is new",
                "at most 0.7 s",
                measure_preview(ours, runs),
            ),
        ]


def build(sources: Path, out: Path) -> BuildCost:
    """Run MkDocs in a process of its own.

    Args:
        sources: a folder with a ``mkdocs.yml``.
        out: where the site goes.

    Raises:
        RuntimeError: it failed.
    """
    words = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", out)
    process = start(*words, cwd=sources, env=build_environment(sources))
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"mkdocs build failed in {sources}")
    short = out / "s", out / "en/s"
    pages = [path for path in out.rglob("index.html") if not any(map(path.is_relative_to, short))]
    return BuildCost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, len(pages))


def build_warm(sources: Path, out: Path) -> BuildCost:
    """Make every page in sources that have been built before.

    What the first build makes once (wheel, search, style sheet, templates, values of the YAML) would be most
    of what few authorities take.
    """
    build(sources, out)
    return build(drop_pages(sources), out)


def drop_pages(sources: Path) -> Path:
    """Remove the cached HTML of the pages, so that each has to be rendered; return the sources."""
    (sources / MARKDOWN_CACHE).unlink(missing_ok=True)
    return sources


def measure_preview(sources: Path, runs: int) -> Sample:
    """Measure seconds by the clock from a change of a guide until Chromium shows it in an open page."""
    words = (sys.executable, "-m", "scripts.serving.live", "--port", "0")
    english = build_environment(sources) | {LANGUAGE_VARIABLE: "en"}
    guide = sources / "docs/boj/renew.yaml"
    text = guide.read_text(encoding="utf-8")
    seconds = []
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright.chromium) as browser,
        start(*words, cwd=sources, env=english, stdout=subprocess.PIPE) as server,
    ):
        lines = iter(server.stdout or ())
        url = next(line.split()[1] for line in lines if line.startswith("Serving"))
        page = browser.new_page()
        page.goto(f"{url}boj/renew/")
        for run in range(runs):
            title = f"Measured{run}"
            started = time.perf_counter()
            guide.write_text(
                text.replace("\ntitle: {ja: ", f"\ntitle: {{ja: {title}", 1), encoding="utf-8", newline="\n"
            )
            page.get_by_role("heading", name=title).wait_for()
            seconds.append(time.perf_counter() - started)
            next(line for line in lines if line.startswith("Serving"))  # the pipe is read
        server.terminate()
        for _ in lines:
            pass  # until it has ended: a pipe that nobody reads would hold it
    return Sample(seconds, "s")


def write_plain_sources(folder: Path, pages: Path) -> Path:
    """Write a MkDocs project of the theme as it comes and the same Markdown extensions.

    Args:
        folder: becomes the sources.
        pages: the Markdown, rendered already.
    """
    (folder / "theme").mkdir(parents=True)
    # The checker's page names a template of ours.
    (folder / "theme/check.html").write_text('{% extends "main.html" %}\n', encoding="utf-8", newline="\n")
    own = YAML(typ="safe").load(ROOT / "mkdocs.yml")
    config = {
        "site_name": "plain",
        "docs_dir": str(pages),
        "theme": {"name": "material", "font": False, "custom_dir": "theme"},
        "plugins": own["plugins"],
        "markdown_extensions": own["markdown_extensions"],
        "validation": {"omitted_files": "ignore", "links": {"not_found": "ignore"}},
    }
    with (folder / "mkdocs.yml").open("w", encoding="utf-8", newline="\n") as file:
        YAML(typ="safe").dump(config, file)
    return folder
