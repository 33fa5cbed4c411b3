"""The sources in a repository of their own, for tests that change them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import ROOT

FOLDERS = ("docs", "macros", "wasm", "scripts", "deploy")
KEPT = ("cache", "search")


def copied(target: Path, *more: str) -> Path:
    """Copy what the site is made from, as one commit.

    Args:
        target: becomes the repository.
        more: other files and folders of this repository.
    """
    for name in (*FOLDERS, "mkdocs.yml", "package.json", "package-lock.json", "requirements.lock", *more):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    for words in (["init", "--quiet"], ["add", "docs"], ["commit", "--quiet", "--message", "Start"]):
        git(target, *words)
    return target


def with_kept(repository: Path) -> Path:
    """Lay beside a copy what builds have kept here, by what it was made from: its first build is short."""
    (repository / "build").mkdir()
    for name in KEPT:
        if (kept := ROOT / "build" / name).is_dir():
            shutil.copytree(kept, repository / "build" / name)
        elif kept.is_file():
            shutil.copy(kept, repository / "build" / name)
    return repository


def git(repository: Path, *words: str) -> str:
    """Run git as nobody in particular."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words]
    return subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own words


def environment(repository: Path) -> dict[str, str]:
    """The environment in which Python imports from a copy, and not from here."""
    path = f"{repository}{os.pathsep}{repository / 'wasm'}"
    return os.environ | {"PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}


def run(repository: Path, module: str, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module of a copy, with what a person types."""
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(  # noqa: S603  # no word is a stranger's
        command,
        cwd=repository,
        env=environment(repository),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
