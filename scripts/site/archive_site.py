"""Packs a built site into an archive that any web server can serve; the same site makes the same bytes."""

import argparse
import hashlib
import json
import sys
import zipfile
from datetime import date
from pathlib import Path

from scripts import ROOT
from scripts.site.compress import is_copy
from scripts.site.hosting import HEADERS
from scripts.site.inputs import hash_bytes
from scripts.site.offline_lists import FOLDER, NO_ARCHIVE
from scripts.site.sbom import PUBLISHED

# Of a ZIP entry (APPNOTE 4.4.2, 4.4.15): its attributes are those of Unix, a file that all may read.
_UNIX, _MODE = 3, 0o644 << 16


def pack(site: Path) -> Path:
    """Write archive, checksum, bill of materials, and ``archive.json``, which the page ``/offline/`` reads.

    Args:
        site: a built site; an archive that is in it already is removed.

    Returns:
        The archive.
    """
    folder = site / FOLDER
    for old in folder.glob("cert-guides-*"):
        old.unlink()
    description = folder / "archive.json"
    description.write_text(NO_ARCHIVE, encoding="utf-8", newline="\n")
    materials = (site / PUBLISHED).read_bytes()
    version = json.loads(materials)["metadata"]["component"]["version"]
    archive = folder / f"cert-guides-{version}.zip"
    files = list_served_files(site)  # before the archive is there: it does not hold itself
    with zipfile.ZipFile(archive, "w") as target:
        for path in files:
            data = path.read_bytes()
            packed = zipfile.ZipInfo(
                f"cert-guides/{path.relative_to(site).as_posix()}", _derive_entry_time(version, data)
            )
            packed.create_system, packed.external_attr = _UNIX, _MODE
            target.writestr(packed, data, zipfile.ZIP_DEFLATED)
    digest = hash_bytes(archive.read_bytes())
    (folder / f"{archive.name}.sha256").write_text(
        f"{digest}  {archive.name}\n", encoding="utf-8", newline="\n"
    )
    (folder / f"{archive.name}.cdx.json").write_bytes(materials)
    entry = {"name": archive.name, "size": archive.stat().st_size, "sha256": digest}
    description.write_text(json.dumps({"archive": entry}) + "\n", encoding="utf-8", newline="\n")
    return archive


def list_served_files(site: Path) -> list[Path]:
    """List the files that a server sends under their own names, and that the archive holds.

    No compressed copies: they would double the archive, and Brotli is for https alone, which it can do
    without. Nothing that scripts/hosting adds: whoever builds the commit gets the same, before and after.
    """
    files = (path for path in site.rglob("*") if path.is_file() and path.name != HEADERS)
    return sorted(path for path in files if not is_copy(path))


def _derive_entry_time(version: str, data: bytes) -> tuple[int, int, int, int, int, int]:
    """Return a file's date: the day of the build, and a time of day that is derived from its bytes.

    Servers tell two versions of a file apart by time and size (nginx' and Apache's ETag), and pages of two
    builds often have one size: with one date for all, browsers would be told that the page of last year is
    still the same. ZIP counts in steps of two seconds (APPNOTE 4.4.6).
    """
    day = date.fromisoformat(version[:10])
    minutes, half = divmod(int.from_bytes(hashlib.sha256(data).digest()[:4], "big") % 43_200, 30)
    return day.year, day.month, day.day, *divmod(minutes, 60), half * 2


def main() -> int:
    """Pack the site; 1 when there is none."""
    options = argparse.ArgumentParser(prog="scripts/archive", description=__doc__)
    options.add_argument("site", nargs="?", type=Path, default=ROOT / "site", help="without it: site/")
    site = options.parse_args().site
    if not (site / FOLDER / "version.json").is_file():
        print(f"{site} is not a built site: run scripts/build.", file=sys.stderr)
        return 1
    archive = pack(site)
    print(f"{archive.name}: {archive.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
