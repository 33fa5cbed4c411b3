"""The search's files: the index of each language, made by Node with the code that also reads the queries."""

import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from macros.model.facts import LANGUAGES, Facts
from macros.pages.search_records import build_records
from scripts.site.assets import AssetError

# Set by the build server once there is an index: making it anew takes as long as all else together.
KEEP = "CERT_GUIDES_KEEP_SEARCH"


def make_search_files(root: Path, facts: Facts, out: Path) -> list[Path]:
    """Write MiniSearch and ``search.<language>.json``, unless they were made of the same or KEEP is set.

    Args:
        root: the repository.
        facts: what can be found.
        out: a folder for these files alone, e.g. ``build/search``; made if it is not there.

    Raises:
        AssetError: Node or MiniSearch is missing.
    """
    if KEEP in os.environ:
        return sorted(out.iterdir())
    entries = {language: json.dumps(build_records(facts, language)) for language in LANGUAGES}
    programs = [root / "scripts/site/search_index.mjs", root / "macros/theme/assets/search-engine.mjs"]
    inputs = [
        *map(str.encode, entries.values()),
        *(path.read_bytes() for path in [*programs, root / "package-lock.json"]),
    ]
    digest = hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in inputs)).hexdigest()
    of = out.with_suffix(".inputs")
    if not (out.is_dir() and of.is_file() and of.read_text(encoding="utf-8") == digest):
        with ThreadPoolExecutor() as pool:  # each waits for a program of its own
            list(pool.map(lambda language: _index(root, language, entries[language], out), entries))
        of.write_text(digest, encoding="utf-8")
    return sorted(out.iterdir())


def _index(root: Path, language: str, entries: str, out: Path) -> None:
    command = ["node", str(root / "scripts/site/search_index.mjs"), str(out), language]
    try:
        made = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, input=entries, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise AssetError("node is not on the PATH: it makes the search's index") from error
    if made.returncode:
        raise AssetError(f"the search's index could not be made; run scripts/build:\n{made.stderr}")
