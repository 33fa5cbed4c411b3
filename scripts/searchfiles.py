"""The search's files: the index of each language, made by Node with the code that also reads the queries."""

import json
import subprocess
from pathlib import Path

from macros.facts import LANGUAGES, Facts
from macros.searchindex import records
from scripts.assets import AssetError


def make_search_files(root: Path, facts: Facts, out: Path) -> list[Path]:
    """Write MiniSearch and ``search.<language>.json``.

    Args:
        root: the repository.
        facts: what can be found.
        out: a folder for these files alone, e.g. ``build/search``; made if it is not there.

    Raises:
        AssetError: Node or MiniSearch is missing.
    """
    entries = {language: records(facts, language) for language in LANGUAGES}
    command = ["node", str(root / "scripts/search_index.mjs"), str(out)]
    try:
        made = subprocess.run(  # noqa: S603  # no word is a stranger's
            command, input=json.dumps(entries), capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise AssetError("node is not on the PATH: it makes the search's index") from error
    if made.returncode:
        raise AssetError(f"the search's index could not be made; run scripts/build:\n{made.stderr}")
    return sorted(out.iterdir())
