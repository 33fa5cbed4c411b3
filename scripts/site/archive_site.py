"""Packs a built site into one archive that any web server can serve; the same site makes the same bytes."""

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
from scripts.site.offline import FOLDER
from scripts.site.sbom import PUBLISHED

_UNIX, _MODE = 3, 0o644 << 16


def pack(site: Path) -> Path:
    """Write archive, checksum, bill of materials, and ``archive.json``, which the page ``/offline/`` reads.

    Args:
        site: a built site; archives in it go.

    Returns:
        The archive.
    """
    folder = site / FOLDER
    for old in folder.glob("cert-guides-*"):
        old.unlink()
    description = folder / "archive.json"
    description.write_text('{"archive": null}\n', encoding="utf-8")
    materials = (site / PUBLISHED).read_bytes()
    version = json.loads(materials)["metadata"]["component"]["version"]
    archive = folder / f"cert-guides-{version}.zip"
    # Looked for before the archive is there: it does not hold itself.
    # No compressed copies: they would double it, and Brotli is for https alone, which it can do without.
    # Nothing that scripts/hosting adds: whoever builds the commit gets the same archive, before and after.
    files = sorted(
        path for path in site.rglob("*") if path.is_file() and not is_copy(path) and path.name != HEADERS
    )
    with zipfile.ZipFile(archive, "w") as packed:
        for path in files:
            data = path.read_bytes()
            entry = zipfile.ZipInfo(f"cert-guides/{path.relative_to(site).as_posix()}", _time(version, data))
            entry.create_system, entry.external_attr = _UNIX, _MODE
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    (folder / f"{archive.name}.sha256").write_text(f"{sha256}  {archive.name}\n", encoding="utf-8")
    (folder / f"{archive.name}.cdx.json").write_bytes(materials)
    about = {"name": archive.name, "size": archive.stat().st_size, "sha256": sha256}
    description.write_text(json.dumps({"archive": about}) + "\n", encoding="utf-8")
    return archive


def _time(version: str, data: bytes) -> tuple[int, int, int, int, int, int]:
    """What a file is dated: the day of the build, and a time of day that is made from its bytes.

    Servers tell two versions of a file apart by time and size (nginx' and Apache's ETag), and pages of two
    builds often have one size: with one date for all, browsers would be told that the page of last year is
    still the same. ZIP counts in steps of two seconds (APPNOTE 4.4.6).
    """
    day = date.fromisoformat(version[:10])
    minutes, half = divmod(int.from_bytes(hashlib.sha256(data).digest()[:4], "big") % 43_200, 30)
    return day.year, day.month, day.day, *divmod(minutes, 60), half * 2


def main() -> int:
    """Pack; 1 when there is no site."""
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
