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
from scripts.measuring.many_authorities import multiply
from scripts.measuring.measure import RUNS, Row, Sample, repeated
from scripts.serving.chromium import launch_chromium
from scripts.site.markdown_cache import PATH
from tests.support.copies import copied, environment

# A hundred take minutes, so they are built once; with --quick it is a quarter of them.
MANY, QUICK_MANY = 100, 25
FEW = 4


@dataclass(frozen=True)
class Built:
    """One build.

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
        """Time by page."""
        return self.seconds * 1000 / self.pages


def rows(runs: int) -> Sequence[Row]:
    """Today's site against the theme alone, and a hundred authorities against the four."""
    number = MANY if runs >= RUNS else QUICK_MANY
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        ours = copied(work / "ours")
        few = settled(ours, work / "site")
        theirs = plain(work / "plain", ours / "build/pages")
        whole, again, alone = repeated(
            runs,
            "s",
            lambda: build(without_pages(ours), work / "site").seconds,
            lambda: build(ours, work / "site").seconds,
            lambda: build(theirs, work / "plain-site").seconds,
        )
        many = copied(work / "many")
        multiply(many, number)
        large = settled(many, work / "site")
        return [
            Row(
                "the whole build of today's site, processor time",
                "at most 1.3 times",
                whole,
                alone,
                "mkdocs-material alone on the same Markdown",
            ),
            Row("the same, with the HTML of unchanged Markdown reused", "", again, alone, "as above"),
            Row(
                f"{number} authorities, {large.pages:,} pages, processor time by page (one run)",
                "at most 1.2 times",
                Sample([large.milliseconds_a_page], "ms"),
                Sample([few.milliseconds_a_page], "ms"),
                f"{FEW} authorities, {few.pages} pages",
            ),
            Row("peak memory of that build", "under 2,000 MB", Sample([large.megabytes], "MB")),
            Row(
                "saving a YAML file while serving: until the open page is new",
                "under 2 s",
                edited(ours, runs),
            ),
        ]


def build(sources: Path, out: Path) -> Built:
    """Run MkDocs in a process of its own.

    Args:
        sources: a folder with a ``mkdocs.yml``.
        out: where the site goes.

    Raises:
        RuntimeError: it failed.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(out)]
    process = subprocess.Popen(command, cwd=sources, env=environment(sources))  # noqa: S603  # our own words
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"mkdocs build failed in {sources}")
    short = out / "s", out / "en/s"
    pages = [path for path in out.rglob("index.html") if not any(map(path.is_relative_to, short))]
    return Built(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, len(pages))


def settled(sources: Path, out: Path) -> Built:
    """Make every page in sources that have been built before.

    What the first build makes once (wheel, search, style sheet, templates, what is kept of the YAML) would be
    most of what few authorities take.
    """
    build(sources, out)
    return build(without_pages(sources), out)


def without_pages(sources: Path) -> Path:
    """The sources, without what a build kept of the pages: everything has to be made."""
    (sources / PATH).unlink(missing_ok=True)
    return sources


def edited(sources: Path, runs: int) -> Sample:
    """Seconds by the clock from a change of a guide until Chromium shows it, in a page that is open."""
    command = [sys.executable, "-m", "scripts.serving.live", "--port", "0"]
    english = environment(sources) | {LANGUAGE_VARIABLE: "en"}
    guide = sources / "docs/boj/renew.yaml"
    before = guide.read_text(encoding="utf-8")
    took = []
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright.chromium) as browser,
        subprocess.Popen(  # noqa: S603  # our own words
            command, cwd=sources, env=english, text=True, stdout=subprocess.PIPE
        ) as server,
    ):
        lines = iter(server.stdout or ())
        url = next(line.split()[1] for line in lines if line.startswith("Serving"))
        page = browser.new_page()
        page.goto(f"{url}boj/renew/")
        for run in range(runs):
            words = f"Measured{run}"
            started = time.perf_counter()
            guide.write_text(before.replace("\ntitle: {ja: ", f"\ntitle: {{ja: {words}", 1), encoding="utf-8")
            page.get_by_role("heading", name=words).wait_for()
            took.append(time.perf_counter() - started)
            next(line for line in lines if line.startswith("Serving"))  # the pipe is read
        server.terminate()
        for _ in lines:
            pass  # until it has ended: a pipe that nobody reads would hold it
    return Sample(took, "s")


def plain(folder: Path, pages: Path) -> Path:
    """The theme as it comes and the same Markdown extensions, on Markdown that is rendered already.

    Args:
        folder: becomes the sources.
        pages: the Markdown.
    """
    (folder / "theme").mkdir(parents=True)
    # The checker's page names a template of ours.
    (folder / "theme/check.html").write_text('{% extends "main.html" %}\n', encoding="utf-8")
    own = YAML(typ="safe").load(ROOT / "mkdocs.yml")
    config = {
        "site_name": "plain",
        "docs_dir": str(pages),
        "theme": {"name": "material", "font": False, "custom_dir": "theme"},
        "plugins": own["plugins"],
        "markdown_extensions": own["markdown_extensions"],
        "validation": {"omitted_files": "ignore", "links": {"not_found": "ignore"}},
    }
    with (folder / "mkdocs.yml").open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(config, file)
    return folder
