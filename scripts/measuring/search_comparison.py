"""Ask three searches the committed queries, and write the figures into docs-dev/search.md.

lunr        the theme's own search, as MkDocs builds it
pagefind    Pagefind (extended), over the pages' main part
minisearch  this site's: MiniSearch over folded pairs of characters

The first run fetches Pagefind from npm's registry into build/. The site is built with the theme's search.
"""

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, sync_playwright
from ruamel.yaml import YAML

from macros.loading.load import load_facts
from macros.model.facts import LANGUAGES
from scripts import ROOT
from scripts.measuring.marked_block import replace_block
from scripts.measuring.summary import update_summary
from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.policy import PageClass, Policy, load_policy

WORK = ROOT / "build/search-compare"
SITE = WORK / "site"
PAGEFIND = "pagefind@1.6.0"
ENGINES = ("lunr", "pagefind", "minisearch")
REPORT = ROOT / "docs-dev/search.md"
HEAD = """| | {languages} | query time: median, slowest | index |
|---|{rules}---|---|
"""


@dataclass(frozen=True)
class Row:
    """One search in one language.

    Attributes:
        asked: the number of queries.
        first: queries whose step came first.
        three: queries whose step came among the first three.
        took: milliseconds for each query.
        missed: the queries whose step was not among the first three.
    """

    asked: int
    first: int
    three: int
    took: list[float]
    missed: list[str]


def open_policy() -> Policy:
    """Right types and no Content-Security-Policy: Pagefind and lunr's worker need more than ours."""
    own = load_policy(ROOT / "deploy/policy.yaml")
    return replace(own, headers={}, classes=(PageClass("all", "", "no-cache", "", {}),))


def build_site() -> None:
    """The site with the theme's search and Pagefind's index beside our own."""
    plugins = YAML(typ="safe").load(ROOT / "mkdocs.yml")["plugins"]
    config = load_config(
        str(ROOT / "mkdocs.yml"), plugins=[{"search": {"lang": [*LANGUAGES]}}, *plugins], site_dir=str(SITE)
    )
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()
    packages = WORK / "npm"
    if not (packages / "node_modules/pagefind").is_dir():
        packages.mkdir(parents=True, exist_ok=True)
        (packages / "package.json").write_text('{"private": true}\n', encoding="utf-8")
        _run("npm", "install", "--silent", "--no-save", PAGEFIND, cwd=packages)
    tool = packages / "node_modules/.bin/pagefind"
    _run(str(tool), "--site", str(SITE), "--root-selector", ".md-content", cwd=packages)
    shutil.copy(ROOT / "scripts/measuring/search_comparison.mjs", SITE)
    (SITE / "blank.html").write_text("<!doctype html><title>blank</title>", encoding="utf-8")


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # no word is a stranger's


def index_bytes() -> dict[str, int]:
    """What a reader of Japanese loads to search, in bytes, uncompressed: index and program."""
    (assets,) = (path.parent for path in (SITE / "assets").glob("*/search.ja.json"))
    theirs = (SITE / "assets/javascripts/workers").glob("search.*.min.js")
    lunr_files = [SITE / "search/search_index.json", *theirs]
    lunr_files += (SITE / "assets/javascripts/lunr").glob("tinyseg.js")
    lunr_files += (
        SITE / f"assets/javascripts/lunr/min/lunr.{name}.min.js"
        for name in ("ja", "multi", "stemmer.support")
    )
    ours = [assets / name for name in ("search.ja.json", "minisearch.mjs", "search-engine.mjs")]
    pagefind = [path for path in (SITE / "pagefind").rglob("*") if _is_loaded(path)]
    files = {"lunr": lunr_files, "pagefind": pagefind, "minisearch": ours}
    return {name: sum(path.stat().st_size for path in paths) for name, paths in files.items()}


def _is_loaded(path: Path) -> bool:
    """Of Pagefind's files those for searching Japanese; it loads the parts of the index as it needs them."""
    return path.is_file() and (
        path.name in {"pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "wasm.ja.pagefind"}
        or path.name.startswith("ja_")
    )


def reference(url: str, firsts: dict[str, str]) -> str:
    """The step that an address names, generously: in either language, on either page that holds it.

    ``/en/boj/renew/#x`` is ``boj/renew#x``, so is ``/boj/all/#renew--x``, and a guide is its first step.
    """
    path, _, step = re.sub(r"^/?(en/)?", "", url).partition("#")
    page = path.strip("/")
    if page.endswith("/all") and "--" in step:
        guide, _, step = step.partition("--")
        page = f"{page.removesuffix('all')}{guide}"
    return f"{page}#{step or firsts.get(page, '')}"


def ask(page: Page, engine: str, language: str, queries: list[dict[str, Any]]) -> Row:
    """Put all queries of one language to one search."""
    (assets,) = (path.parent.name for path in (SITE / "assets").glob("*/search.ja.json"))
    (worker,) = (path.name for path in (SITE / "assets/javascripts/workers").glob("search.*.min.js"))
    given = {
        "worker": f"/assets/javascripts/workers/{worker}",
        "assets": f"/assets/{assets}",
        "language": language,
    }
    answers = page.evaluate(
        "async ([name, given, queries]) =>"
        " (await import('/search_comparison.mjs')).measure(name, given, queries)",
        [engine, given, [query["q"] for query in queries]],
    )
    firsts = {page.ref: page.guide.steps[0].id for page in load_facts(ROOT).pages}
    ranks = []
    for query, answer in zip(queries, answers, strict=True):
        steps = list(dict.fromkeys(reference(url, firsts) for url in answer["found"]))
        ranks.append(next((rank for rank, step in enumerate(steps) if step in query["expect"]), 99))
    missed = [query["q"] for query, rank in zip(queries, ranks, strict=True) if rank >= 3]  # noqa: PLR2004 - the first three
    took = [answer["took"] for answer in answers]
    return Row(len(ranks), ranks.count(0), len(ranks) - len(missed), took, missed)


def table(rows: dict[str, dict[str, Row]], sizes: dict[str, int]) -> str:
    """The figures as Markdown."""
    columns = " | ".join(f"{language}: first, first three" for language in LANGUAGES)
    text = HEAD.format(languages=columns, rules="---|" * len(LANGUAGES))
    for engine, by_language in rows.items():
        hits = " | ".join(
            f"{row.first / row.asked:.0%}, {row.three / row.asked:.0%} of {row.asked}"
            for row in by_language.values()
        )
        took = [time for row in by_language.values() for time in row.took]
        text += f"| {engine} | {hits} | {statistics.median(took):.1f} ms, {max(took):.0f} ms "
        text += f"| {sizes[engine] / 1000:,.0f} kB |\n"
    return text


def compare(queries: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Row]]:
    """Ask every search in every language, each in a fresh page of one Chromium."""
    rows: dict[str, dict[str, Row]] = {engine: {} for engine in ENGINES}
    with SiteServer(SITE, open_policy()) as server, server.serve(), sync_playwright() as play:
        browser = launch_chromium(play.chromium)
        for engine in ENGINES:
            for language in LANGUAGES:
                page = browser.new_page()
                page.goto(f"{server.url}blank.html")
                rows[engine][language] = ask(page, engine, language, queries[language])
                page.close()
        browser.close()
    return rows


def main() -> int:
    """Build, ask, print, write."""
    options = argparse.ArgumentParser(prog="scripts/search-compare", description=__doc__)
    options.add_argument("--missed", action="store_true", help="also print what each search missed")
    chosen = options.parse_args()
    build_site()
    rows = compare(YAML(typ="safe").load(ROOT / "tests/search/queries.yaml"))
    figures = table(rows, index_bytes())
    print(figures)
    if chosen.missed:
        missed = {
            engine: [words for row in by.values() for words in row.missed] for engine, by in rows.items()
        }
        print(json.dumps(missed, ensure_ascii=False, indent=1))
    day = datetime.now(UTC).date().isoformat()
    replace_block(REPORT, "search-compare", f"{figures}\nMeasured on {day}.\n")
    update_summary(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
