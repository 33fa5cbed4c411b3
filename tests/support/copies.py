"""Copies of the sources, for tests that build and change them."""

import shutil
import subprocess
import sys
from pathlib import Path

from scripts import command
from scripts.measuring.source_copy import IDENTITY, build_environment, copy_sources
from tests.support import ROOT

# Below build/: by their inputs, and what the build server keeps.
CACHES = ("cache", "search")


def copy_project(target: Path, *more: str) -> Path:
    """Copy the sources, with what builds have cached here by its inputs: the copy's first build is short.

    Args:
        target: becomes the repository.
        more: as :func:`copy_sources` takes them.
    """
    repository = copy_sources(target, *more)
    (repository / "build").mkdir()
    for name in CACHES:
        if (ROOT / "build" / name).is_dir():
            shutil.copytree(ROOT / "build" / name, repository / "build" / name)
    return repository


def git(repository: Path, *words: str) -> str:
    """Run git in a copy, under a name for tests."""
    return command.git(*IDENTITY, *words, cwd=repository)


def run_module(
    repository: Path, module: str, *words: str | Path, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a module of a copy, with what a person types; the caller looks at its status."""
    return command.run(
        *(sys.executable, "-m", module, *words),
        cwd=repository,
        env=build_environment(repository),
        stdin=stdin,
        check=False,
    )
