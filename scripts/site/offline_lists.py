"""What a browser keeps for the time without a network: lists of files and hashes, and the service worker."""

import json
import os
import re
from pathlib import Path

from macros.pages.page_context import TOOLS
from macros.pages.withdrawal_notices import FILE as WITHDRAWALS
from scripts import ROOT
from scripts.site.compress import is_copy
from scripts.site.inputs import hash_bytes, hash_file
from scripts.site.module_bundles import bundle_modules
from scripts.site.policy import Policy

FOLDER = "offline"
WORKER = "service-worker.js"
NO_ARCHIVE = '{"archive": null}\n'
"""Of ``archive.json``: until scripts/archive has made one, and in the archive, which does not hold itself."""
# Set by scripts/serve: unfinished work is not kept by anybody's browser.
PREVIEW = "CERT_GUIDES_PREVIEW"
_SOURCE = "macros/theme/service-worker.mjs"
# Short addresses are many, and lead to pages that are kept; the others are for tools and for lawyers.
_NOT_KEPT = (
    "s/",
    "en/s/",
    f"{FOLDER}/archive.json",
    f"{FOLDER}/cert-guides-",
    "licences/texts/",
    "api/authorities.schema",
    f"{TOOLS}/",
    WITHDRAWALS,  # of another day than the copy, or of no use
)
_PARTS = ("pages", "checker")
_WRITTEN_HERE = {WORKER, *(f"{FOLDER}/{name}.json" for name in (*_PARTS, "version"))}
_CHECKER_FOLDERS = "check/", "en/check/"
_ASSET_FOLDER = re.compile(r"assets/[0-9a-f]{16}/")


def write_offline_lists(site: Path, policy: Policy) -> None:
    """Write lists, version and worker for a site that is complete but for these.

    Whoever opens a guide keeps the pages; whoever uses the checker keeps it and its large programs, too.

    Args:
        site: the built site.
        policy: resolved; the worker sends its headers, whatever a script may have stored beside the bytes.
    """
    check_page, first_page = f"{_CHECKER_FOLDERS[0]}index.html", "index.html"
    own_assets = _find_asset_folders(site, check_page) - _find_asset_folders(site, first_page)
    checker = (*_CHECKER_FOLDERS, *own_assets)
    names = _list_kept_files(site)
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    worker = bundle_modules(ROOT, _SOURCE).decode()
    parts = {}
    for part in _PARTS:
        files = {
            name: hash_file(site / name) for name in names if name.startswith(checker) == (part == "checker")
        }
        listed = json.dumps(files, separators=(",", ":"), ensure_ascii=False).encode()
        (folder / f"{part}.json").write_bytes(listed)
        digest = hash_bytes(listed)
        parts[part] = {"sha256": digest, "bytes": sum((site / name).stat().st_size for name in files)}
        worker = worker.replace(f"{part}: written by the build", digest)
    worker = worker.replace('"headers: written by the build"', _encode_headers(policy))
    (site / WORKER).write_text(worker, encoding="utf-8", newline="\n")
    identity = None if os.environ.get(PREVIEW) else hash_file(site / WORKER)
    version = {"version": identity, "parts": parts}
    (folder / "version.json").write_text(json.dumps(version) + "\n", encoding="utf-8", newline="\n")
    (folder / "archive.json").write_text(NO_ARCHIVE, encoding="utf-8", newline="\n")


def _encode_headers(policy: Policy) -> str:
    """Encode the headers of each class, and the types by the end of a file's name, for the worker."""
    classes = [
        {"path": page_class.path, "headers": policy.build_class_headers(page_class)}
        for page_class in policy.classes
    ]
    return json.dumps({"types": policy.types, "other": policy.other_type, "classes": classes})


def _find_asset_folders(site: Path, page: str) -> set[str]:
    """Find the folders of assets that a page names."""
    return set(_ASSET_FOLDER.findall((site / page).read_text(encoding="utf-8")))


def _list_kept_files(site: Path) -> list[str]:
    """List what a browser keeps, by path below the site, in order."""
    paths = (path for path in sorted(site.rglob("*")) if path.is_file() and not is_copy(path))
    names = (path.relative_to(site).as_posix() for path in paths)
    return [name for name in names if _is_kept(name)]


def _is_kept(name: str) -> bool:
    return name not in _WRITTEN_HERE and not name.startswith(_NOT_KEPT) and not name.endswith(".map")
