"""The facts as some commit has them, beside this one's."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.loading.problems import format_message
from macros.model.language import choose_language
from scripts import ROOT


class NoSuchCommitError(Exception):
    """Git does not know it."""


def git(*words: str) -> str:
    """What git says.

    Raises:
        NoSuchCommitError: it fails, which with our words means that something is not in the history.
    """
    return _git(*words).decode().strip()


def _git(*words: str) -> bytes:
    command = ["git", "-C", str(ROOT), *words]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  # commits are resolved first
    if done.returncode:
        raise NoSuchCommitError(done.stderr.decode().strip().removeprefix("fatal: "))
    return done.stdout


def resolve(commit: str) -> str:
    """The commit's full name.

    Raises:
        NoSuchCommitError: there is none of that name.
    """
    try:
        return git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}")
    except NoSuchCommitError as error:
        raise NoSuchCommitError(format_message("no-commit", commit=commit).get(choose_language())) from error


@contextmanager
def state(commit: str | None) -> Iterator[Path]:
    """A folder that holds ``docs/`` as the commit has it; None: the working tree.

    Raises:
        NoSuchCommitError: there is no such commit, or it has no ``docs/``.
    """
    if commit is None:
        yield ROOT
        return
    archive = _git("archive", "--format=tar", resolve(commit), "docs")
    with TemporaryDirectory() as folder, tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
        yield Path(folder)
