"""What a browser keeps for the time without a network: lists of files and hashes, and the service worker."""

import hashlib
import json
import os
import re
from pathlib import Path

from scripts import ROOT
from scripts.site.compress import is_copy

FOLDER = "offline"
WORKER = "service-worker.js"
# Set by scripts/serve: unfinished work is not kept by anybody's browser.
PREVIEW = "CERT_GUIDES_PREVIEW"
_SOURCE = ROOT / "macros/theme/service-worker.mjs"
# Short addresses are many, and lead to pages that are kept; the others are for tools and for lawyers.
_LEFT_OUT = (
    "s/",
    "en/s/",
    f"{FOLDER}/archive.json",
    f"{FOLDER}/cert-guides-",
    "licences/texts/",
    "api/authorities.schema",
)
_PARTS = ("pages", "checker")
_MADE_HERE = {WORKER, *(f"{FOLDER}/{name}.json" for name in (*_PARTS, "version"))}
_CHECKER = "check/index.html", "en/check/index.html"
_FOLDER_OF_ASSETS = re.compile(r"assets/[0-9a-f]{16}/")


def write_offline(site: Path) -> None:
    """Write lists, version and worker for a site that is complete but for these.

    Whoever opens a guide keeps the pages; whoever uses the checker keeps it and its large programs, too.

    Args:
        site: the built site.
    """
    paths = (path for path in sorted(site.rglob("*")) if path.is_file() and not is_copy(path))
    names = [name for name in (path.relative_to(site).as_posix() for path in paths) if _is_kept(name)]
    checkers = (*_CHECKER, *_folders(site, _CHECKER[0]) - _folders(site, "index.html"))
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    worker = _SOURCE.read_text(encoding="utf-8")
    parts = {}
    for part in _PARTS:
        mine = [name for name in names if name.startswith(checkers) == (part == "checker")]
        files = {name: _sha256(site / name) for name in mine}
        listed = json.dumps(files, separators=(",", ":"), ensure_ascii=False).encode()
        (folder / f"{part}.json").write_bytes(listed)
        sha256 = hashlib.sha256(listed).hexdigest()
        parts[part] = {"sha256": sha256, "bytes": sum((site / name).stat().st_size for name in mine)}
        worker = worker.replace(f"{part}: written by the build", sha256)
    (site / WORKER).write_text(worker, encoding="utf-8")
    shown = None if os.environ.get(PREVIEW) else _sha256(site / WORKER)
    version = {"version": shown, "parts": parts}
    (folder / "version.json").write_text(json.dumps(version) + "\n", encoding="utf-8")
    # Until scripts/archive has made one; and in the archive itself, which holds no other.
    (folder / "archive.json").write_text('{"archive": null}\n', encoding="utf-8")


def _folders(site: Path, page: str) -> set[str]:
    """The folders of assets that a page names."""
    return set(_FOLDER_OF_ASSETS.findall((site / page).read_text(encoding="utf-8")))


def _is_kept(name: str) -> bool:
    return name not in _MADE_HERE and not name.startswith(_LEFT_OUT) and not name.endswith(".map")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
