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
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, sync_playwright
from ruamel.yaml import YAML

from macros.addressing import start_page
from macros.loading.load import load_facts
from macros.model.facts import LANGUAGES
from scripts import ROOT
from scripts.command import run
from scripts.measuring.marked_block import replace_block
from scripts.measuring.summary import update_summary
from scripts.serving.chromium import launch_chromium
from scripts.serving.server import SiteServer
from scripts.site.policy import PageClass, Policy, load_policy

WORK = ROOT / "build/search-compare"
SITE = WORK / "site"
PAGEFIND = "pagefind@1.6.0"
ENGINES = ("lunr", "pagefind", "minisearch")
AMONG_THREE = range(3)
REPORT = ROOT / "docs-dev/search.md"
HEAD = """| | {languages} | query time: median, slowest | index |
|---|{rules}---|---|
"""


@dataclass(frozen=True)
class Result:
    """How one search did in one language.

    Attributes:
        queries: their number.
        first: queries whose step came first.
        among_three: queries whose step came among the first three.
        milliseconds: for each query.
        missed: the queries whose step was not among the first three.
    """

    queries: int
    first: int
    among_three: int
    milliseconds: list[float]
    missed: list[str]


def build_bare_policy() -> Policy:
    """Return right types and no Content-Security-Policy: Pagefind and lunr's worker need more than ours."""
    own = load_policy(ROOT / "deploy/policy.yaml")
    return replace(own, headers={}, classes=(PageClass("all", "", "no-cache", "", {}),))


def build_compared_site() -> None:
    """Build the site with the theme's search and Pagefind's index beside our own."""
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
        (packages / "package.json").write_text('{"private": true}\n', encoding="utf-8", newline="\n")
        run("npm", "install", "--ignore-scripts", "--silent", "--no-save", PAGEFIND, cwd=packages)
    tool = packages / "node_modules/.bin/pagefind"
    run(tool, "--site", SITE, "--root-selector", ".md-content", cwd=packages)
    shutil.copy(ROOT / "scripts/measuring/search_engines.mjs", SITE)
    (SITE / "blank.html").write_text("<!doctype html><title>blank</title>", encoding="utf-8", newline="\n")


def measure_indexes() -> dict[str, int]:
    """Return what a reader of Japanese loads to search, in bytes, uncompressed: index and program."""
    (assets,) = (path.parent for path in (SITE / "assets").glob("*/search.ja.json"))
    workers = (SITE / "assets/javascripts/workers").glob("search.*.min.js")
    lunr_files = [SITE / "search/search_index.json", *workers]
    lunr_files += (SITE / "assets/javascripts/lunr").glob("tinyseg.js")
    lunr_files += (
        SITE / f"assets/javascripts/lunr/min/lunr.{name}.min.js"
        for name in ("ja", "multi", "stemmer.support")
    )
    own_files = [assets / name for name in ("search.ja.json", "minisearch.mjs", "search-engine.mjs")]
    pagefind_files = [path for path in (SITE / "pagefind").rglob("*") if _is_loaded(path)]
    files = {"lunr": lunr_files, "pagefind": pagefind_files, "minisearch": own_files}
    sizes = {}
    for name, paths in files.items():
        sizes[name] = sum(path.stat().st_size for path in paths)
    return sizes


def _is_loaded(path: Path) -> bool:
    """Tell whether Pagefind loads a file to search Japanese; it loads parts of the index as it needs them."""
    return path.is_file() and (
        path.name in {"pagefind.js", "pagefind-entry.json", "wasm.unknown.pagefind", "wasm.ja.pagefind"}
        or path.name.startswith("ja_")
    )


def parse_result(url: str, firsts: dict[str, str]) -> str:
    """Return the step that an address names, generously: in either language, on either page that holds it.

    ``/en/boj/renew/#x`` is ``boj/renew#x``, so is ``/boj/all/#renew--x``, and a guide is its first step. An
    answer of the start page is ``index#boj.expired``, a page without steps its name.
    """
    path, _, step = re.sub(r"^/?(en/)?", "", url).partition("#")
    page = path.strip("/") or start_page.REF
    if page.endswith("/all") and "--" in step:
        guide, _, step = step.partition("--")
        page = f"{page.removesuffix('all')}{guide}"
    step = step or firsts.get(page, "")
    return f"{page}#{step}" if step else page


def query_engine(page: Page, engine: str, language: str, queries: list[dict[str, Any]]) -> Result:
    """Put all queries of one language to one search."""
    (assets,) = (path.parent.name for path in (SITE / "assets").glob("*/search.ja.json"))
    (worker,) = (path.name for path in (SITE / "assets/javascripts/workers").glob("search.*.min.js"))
    addresses = {
        "worker": f"/assets/javascripts/workers/{worker}",
        "assets": f"/assets/{assets}",
        "language": language,
    }
    answers = page.evaluate(
        "async ([name, addresses, queries]) =>"
        " (await import('/search_engines.mjs')).measure(name, addresses, queries)",
        [engine, addresses, [query["q"] for query in queries]],
    )
    firsts = {page.ref: page.guide.steps[0].id for page in load_facts(ROOT).pages}
    ranks, missed = [], []
    for query, answer in zip(queries, answers, strict=True):
        steps = dict.fromkeys(parse_result(url, firsts) for url in answer["found"])
        rank = next((rank for rank, step in enumerate(steps) if step in query["expect"]), None)
        ranks.append(rank)
        if rank not in AMONG_THREE:
            missed.append(query["q"])
    milliseconds = [answer["took"] for answer in answers]
    return Result(len(ranks), ranks.count(0), len(ranks) - len(missed), milliseconds, missed)


def render_table(results: dict[str, dict[str, Result]], sizes: dict[str, int]) -> str:
    """Write the figures in Markdown."""
    columns = " | ".join(f"{language}: first, first three" for language in LANGUAGES)
    text = HEAD.format(languages=columns, rules="---|" * len(LANGUAGES))
    for engine, by_language in results.items():
        cells, milliseconds = [engine], []
        for result in by_language.values():
            first, among_three = result.first / result.queries, result.among_three / result.queries
            cells.append(f"{first:.0%}, {among_three:.0%} of {result.queries}")
            milliseconds += result.milliseconds
        cells.append(f"{statistics.median(milliseconds):.1f} ms, {max(milliseconds):.0f} ms")
        cells.append(f"{sizes[engine] / 1000:,.0f} kB")
        text += f"| {' | '.join(cells)} |\n"
    return text


def compare_engines(queries: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Result]]:
    """Ask every search in every language, each in a fresh page of one Chromium."""
    results: dict[str, dict[str, Result]] = {engine: {} for engine in ENGINES}
    with SiteServer(SITE, build_bare_policy()) as server, server.serve(), sync_playwright() as playwright:
        browser = launch_chromium(playwright.chromium)
        for engine in ENGINES:
            for language in LANGUAGES:
                page = browser.new_page()
                page.goto(f"{server.url}blank.html")
                results[engine][language] = query_engine(page, engine, language, queries[language])
                page.close()
        browser.close()
    return results


def list_missed(results: dict[str, dict[str, Result]]) -> dict[str, list[str]]:
    """List by search the queries that it missed, in either language."""
    missed: dict[str, list[str]] = {engine: [] for engine in results}
    for engine, by_language in results.items():
        for result in by_language.values():
            missed[engine] += result.missed
    return missed


def main() -> int:
    """Build the site, ask, print and write the figures; 0."""
    options = argparse.ArgumentParser(prog="scripts/search-compare", description=__doc__)
    options.add_argument("--missed", action="store_true", help="also print what each search missed")
    chosen = options.parse_args()
    build_compared_site()
    results = compare_engines(YAML(typ="safe").load(ROOT / "tests/search/queries.yaml"))
    figures = render_table(results, measure_indexes())
    print(figures)
    if chosen.missed:
        print(json.dumps(list_missed(results), ensure_ascii=False, indent=1))
    day = datetime.now(UTC).date().isoformat()
    replace_block(REPORT, "search-compare", f"{figures}\nMeasured on {day}.\n")
    update_summary(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
