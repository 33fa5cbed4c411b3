"""Makes a release of the current commit: checks it, builds it, packs it into a folder, sets the tag.

1. Check that the version is the same everywhere and has its section in CHANGELOG.md, that nothing is
   uncommitted, and that the tag is free or at this commit.
2. Run scripts/test.
3. Build the site and its archive. Compressed copies are for the machine that serves it: scripts/hosting.
4. Write the folder: the archive of the site with its checksum, the bill of materials, and manifest.json.
   With --key, sign the manifest: manifest.json.minisig.
5. Set the tag vX.Y.Z, last: what has it could be built. Nothing is pushed.
"""

import argparse
import shutil
import sys
from pathlib import Path

from scripts import ROOT
from scripts.command import CommandError, call, git, run
from scripts.releasing.manifest import build_manifest
from scripts.releasing.readiness import find_problems, is_tagged, read_section, read_version
from scripts.releasing.signing import SigningError, ask_password, load_key, sign_file
from scripts.site.archive_site import list_served_files, pack
from scripts.site.full_build import build_pages
from scripts.site.offline_lists import FOLDER
from scripts.site.policy import load_resolved_policy

MANIFEST = "manifest.json"


def pack_release(site: Path, folder: Path, version: str, commit: str) -> None:
    """Write what a release consists of.

    Args:
        site: with its archive.
        folder: is made.
        version: of the release.
        commit: that the site was built from.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in list_served_files(site):
        if path.match(f"{FOLDER}/cert-guides-*"):  # the archive, its checksum and its bill of materials
            shutil.copy(path, folder)
    manifest = build_manifest(site, load_resolved_policy(), version, commit)
    (folder / MANIFEST).write_bytes(manifest.encode())


def set_tag(tag: str, version: str) -> None:
    """Set an annotated tag whose message is the version's section of the changelog.

    Raises:
        CommandError: git refuses.
    """
    section = read_section(ROOT, version)
    text = section[1] if section else ""
    # "whitespace" keeps lines that begin with "#", which are the section's headings.
    run(
        "git",
        "tag",
        "--annotate",
        "--cleanup=whitespace",
        "--file=-",
        tag,
        stdin=f"Version {version}\n\n{text}\n",
    )


def _parse_options(version: str) -> argparse.Namespace:
    options = argparse.ArgumentParser(
        prog="scripts/release", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--tested", action="store_true", help="scripts/test was green for this commit")
    options.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        default=ROOT / "build/release" / version,
        help="empty or not there; without it: build/release/VERSION",
    )
    options.add_argument("--key", type=Path, metavar="FILE", help="secret key that signs the manifest")
    return options.parse_args()


def main() -> int:
    """Make the release; 1 where something stands against it."""
    version = read_version(ROOT)
    chosen, commit, tag = _parse_options(version), git("rev-parse", "HEAD"), f"v{version}"
    problems = find_problems(ROOT)  # 1.
    key = None
    if chosen.key:
        try:
            key = load_key(chosen.key, ask_password(chosen.key))
        except SigningError as error:
            problems.append(str(error))
    if chosen.into.exists() and (not chosen.into.is_dir() or any(chosen.into.iterdir())):
        problems.append(f"{chosen.into} is not empty.")
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    if not chosen.tested and call(sys.executable, "-m", "scripts.setup", "test"):  # 2.
        print("No release: scripts/test is not green.", file=sys.stderr)
        return 1
    if status := build_pages():  # 3.
        return status
    pack(ROOT / "site")
    pack_release(ROOT / "site", chosen.into, version, commit)  # 4.
    if key:
        sign_file(chosen.into / MANIFEST, key, f"{tag} {commit}")
    if not is_tagged(ROOT, tag):
        try:
            set_tag(tag, version)  # 5.
        except CommandError as error:
            print(error, file=sys.stderr)
            return 1
    print(f"{chosen.into} holds release {version}. Once you are content with it: git push origin {tag}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
