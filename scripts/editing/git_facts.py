"""The facts as some commit has them, beside those of the working tree."""

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.loading.problems import format_message
from macros.model.language import choose_language
from scripts import ROOT
from scripts.command import CommandError, git


class NoSuchCommitError(Exception):
    """Git does not know the commit, or the commit holds no facts."""


def resolve_commit(commit: str) -> str:
    """Return a commit's full name.

    Args:
        commit: any name that git has for it, e.g. ``HEAD~1``.

    Raises:
        NoSuchCommitError: there is none of that name.
    """
    try:
        return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    except CommandError as error:
        raise NoSuchCommitError(format_message("no-commit", commit=commit).get(choose_language())) from error


@contextmanager
def open_facts(commit: str | None) -> Iterator[Path]:
    """Yield a folder that holds ``docs/`` as a commit has it.

    Args:
        commit: any name of it; None: the working tree.

    Raises:
        NoSuchCommitError: there is no such commit, or it has no ``docs/``.
    """
    if commit is None:
        yield ROOT
        return
    name = resolve_commit(commit)
    with TemporaryDirectory() as folder:
        archive = Path(folder, "facts.tar")
        try:
            git("archive", "--format=tar", f"--output={archive}", name, "docs")
        except CommandError as error:
            raise NoSuchCommitError(str(error)) from error
        with tarfile.open(archive) as files:
            files.extractall(folder, filter="data")
        yield Path(folder)
