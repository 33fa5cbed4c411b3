"""What has to be true of a repository before a release is made of it."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scripts.command import git, run

# Each has a version; the first is the place where it is said.
PROJECTS = ("pyproject.toml", "wasm/pyproject.toml")
CHANGELOG = "CHANGELOG.md"
# A heading of Keep a Changelog 1.1.0, "## [0.1.0] - 2026-11-21", and what stands below it.
_SECTION = re.compile(
    r"^## \[(?P<version>[^\]\n]+)\](?: - (?P<day>\S+))?[ \t]*\n(?P<text>.*?)(?=^## |^\[[^\]\n]+\]: |\Z)",
    re.MULTILINE | re.DOTALL,
)


def read_version(root: Path, project: str = PROJECTS[0]) -> str:
    """Read the version of a project file."""
    version: str = tomllib.loads((root / project).read_text(encoding="utf-8"))["project"]["version"]
    return version


def read_section(root: Path, version: str) -> tuple[str | None, str] | None:
    """Read a version's section of the changelog.

    Returns:
        Its day as it is written, None without one, and its text; None where there is no such section.
    """
    text = (root / CHANGELOG).read_text(encoding="utf-8")
    for section in _SECTION.finditer(text):
        if section["version"] == version:
            return section["day"], section["text"].strip()
    return None


def find_problems(root: Path) -> list[str]:
    """Return what stands against a release of the current commit, each in one sentence."""
    version = read_version(root)
    return [
        *_compare_versions(root, version),
        *_check_changelog(root, version),
        *_check_repository(root, f"v{version}"),
    ]


def is_tagged(root: Path, tag: str) -> bool:
    """Return whether there is a tag of this name."""
    return bool(git("tag", "--list", tag, cwd=root))


def _compare_versions(root: Path, version: str) -> Iterator[str]:
    for project in PROJECTS[1:]:
        if (other := read_version(root, project)) != version:
            yield f"{project} has version {other}, and {PROJECTS[0]} has {version}."


def _check_changelog(root: Path, version: str) -> Iterator[str]:
    unreleased = read_section(root, "Unreleased")
    if unreleased is None or unreleased[1]:
        yield f"{CHANGELOG}: [Unreleased] has to stand there and be empty: move its entries to [{version}]."
    section = read_section(root, version)
    if section is None or not section[1]:
        yield f"{CHANGELOG}: [{version}] has no entries."
    elif not _is_day(section[0]):
        yield f"{CHANGELOG}: [{version}] needs its day, as in “## [{version}] - 2026-11-21”."


def _is_day(text: str | None) -> bool:
    try:
        return date.fromisoformat(text or "").isoformat() == text
    except ValueError:
        return False


def _check_repository(root: Path, tag: str) -> Iterator[str]:
    if changes := git("status", "--porcelain", cwd=root):
        yield f"The working tree differs from the commit:\n{changes}"
    if is_tagged(root, tag) and _find_commit(root, tag) != _find_commit(root, "HEAD"):
        yield f"The tag {tag} is at another commit: raise the version."
    if run("git", "var", "GIT_COMMITTER_IDENT", cwd=root, check=False).returncode:
        yield "Git does not know who sets the tag: set user.name and user.email."


def _find_commit(root: Path, name: str) -> str:
    return git("rev-parse", f"{name}^{{commit}}", cwd=root)
