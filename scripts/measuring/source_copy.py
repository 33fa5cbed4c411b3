"""Copies of the sources in a repository of their own, for measurements and tests that change them."""

import os
import shutil
from pathlib import Path

from scripts import ROOT
from scripts.command import git

_SOURCES = (
    *("docs", "macros", "wasm", "scripts", "deploy"),
    *("mkdocs.yml", "package.json", "package-lock.json", "requirements.lock"),
)
IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.com")
"""Options of git: whose commits those of a copy are."""


def copy_sources(target: Path, *more: str) -> Path:
    """Copy what the site is made from, as one commit.

    Args:
        target: becomes the repository.
        more: other files and folders of this repository.
    """
    for name in (*_SOURCES, *more):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    (target / "node_modules").symlink_to(ROOT / "node_modules")
    git("init", "--quiet", cwd=target)
    git("add", "docs", cwd=target)
    git(*IDENTITY, "commit", "--quiet", "--message", "Start", cwd=target)
    return target


def build_environment(repository: Path) -> dict[str, str]:
    """Return an environment in which Python imports from a copy, and not from here."""
    path = f"{repository}{os.pathsep}{repository / 'wasm'}"
    return os.environ | {"PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}
