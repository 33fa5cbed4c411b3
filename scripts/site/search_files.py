"""The search's files: the index of each language, made by Node with the code that also reads the queries."""

import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from macros.files import CACHE, make_once, write_if_changed
from macros.model.facts import LANGUAGES, Facts
from macros.pages.search_records import build_search_source
from scripts.site.inputs import find_package_file, fingerprint, run_builder

KEEP = "CERT_GUIDES_KEEP_SEARCH"
"""Set by the build server once there is an index: making another takes as long as all else together."""


def write_search_files(root: Path, facts: Facts, out: Path) -> list[Path]:
    """Write MiniSearch and ``search.<language>.json``, unless KEEP is set and they are there already.

    Args:
        root: the repository.
        facts: what can be found.
        out: a folder for these files alone, e.g. ``build/search``; made if it is not there.

    Raises:
        AssetError: Node or MiniSearch is missing.
    """
    if KEEP not in os.environ:
        with ThreadPoolExecutor() as pool:  # each thread waits for a program of its own
            indexes = pool.map(partial(_build_index, root, facts), LANGUAGES)
            for language, index in zip(LANGUAGES, indexes, strict=True):
                write_if_changed(out / f"search.{language}.json", index)
        shutil.copyfile(find_package_file(root, "minisearch/dist/es/index.js"), out / "minisearch.mjs")
    return sorted(out.iterdir())


def _build_index(root: Path, facts: Facts, language: str) -> bytes:
    source = json.dumps(build_search_source(facts, language))
    program = root / "scripts/site/search_index.mjs"
    theme = root / "macros/theme"
    modules = [theme / "assets/search-engine.mjs", *sorted((theme / "scripts").glob("search-*.mjs"))]
    programs = [root / "package-lock.json", program, *modules]
    name = f"search.{language}.json"

    def build() -> bytes:
        return run_builder(name, "node", program, stdin=source).encode()

    return make_once(root / CACHE / name, fingerprint(root, programs) + source.encode(), build)
