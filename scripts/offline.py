"""What a browser keeps for the time without a network: a list of files and hashes, and the service worker."""

import hashlib
import json
import os
from pathlib import Path

from scripts.compress import is_copy

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "offline"
WORKER = "service-worker.js"
# Set by scripts/serve: unfinished work is not kept by anybody's browser.
PREVIEW = "CERT_GUIDES_PREVIEW"
_SOURCE = ROOT / "macros/theme/service-worker.mjs"
_PLACEHOLDER = "written by the build"
# Short addresses are many, and lead to pages that are kept; the others are for tools and for lawyers.
_LEFT_OUT = (
    "s/",
    "en/s/",
    f"{FOLDER}/archive.json",
    f"{FOLDER}/cert-guides-",
    "licences/texts/",
    "api/authorities.schema",
)
_MADE_HERE = {WORKER, f"{FOLDER}/files.json", f"{FOLDER}/version.json"}


def write_offline(site: Path) -> None:
    """Write list, version and worker for a site that is complete but for these.

    Args:
        site: the built site.
    """
    paths = (path for path in sorted(site.rglob("*")) if path.is_file() and not is_copy(path))
    names = (path.relative_to(site).as_posix() for path in paths)
    files = {name: _sha256(site / name) for name in names if _is_kept(name)}
    listed = json.dumps(files, separators=(",", ":"), ensure_ascii=False).encode()
    version = hashlib.sha256(listed).hexdigest()
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "files.json").write_bytes(listed)
    shown = None if os.environ.get(PREVIEW) else version
    (folder / "version.json").write_text(json.dumps({"version": shown}) + "\n", encoding="utf-8")
    # Until scripts/archive has made one; and in the archive itself, which holds no other.
    (folder / "archive.json").write_text('{"archive": null}\n', encoding="utf-8")
    worker = _SOURCE.read_text(encoding="utf-8").replace(_PLACEHOLDER, version)
    (site / WORKER).write_text(worker, encoding="utf-8")


def _is_kept(name: str) -> bool:
    return name not in _MADE_HERE and not name.startswith(_LEFT_OUT) and not name.endswith(".map")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
