"""Programs that scripts and tests run: the one place that hands words to the system, without a shell."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from scripts import ROOT

# Characters of a failed program's output that say what happened; some quote a whole file before that.
_OUTPUT_END = 4000


class CommandError(Exception):
    """A program is missing, failed or did not end; says which, and how its output ended."""


def run(
    *words: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: str = "",
    check: bool = True,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end, with its output kept.

    Args:
        words: the program, which is looked for on the PATH, and its arguments.
        cwd: the directory in which it runs.
        env: its whole environment; None: this process's.
        stdin: what it reads.
        check: whether a failure is raised; else the caller looks at ``returncode``.
        timeout: seconds after which it is ended.

    Raises:
        CommandError: it is missing, did not end in time or, where that is checked, failed.
    """
    command = list(map(str, words))
    try:
        done = subprocess.run(  # noqa: S603  # no word is a stranger's
            command,
            cwd=cwd,
            env=env,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except FileNotFoundError as error:
        raise CommandError(f"{error.filename} is not there") from error
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"{' '.join(command)} did not end in {timeout} s") from error
    if check and done.returncode:
        raise CommandError(f"{' '.join(command)} failed:\n{(done.stdout + done.stderr)[-_OUTPUT_END:]}")
    return done


def call(
    *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, stdout: int | None = None
) -> int:
    """Run a program to its end, whose output goes where this process's goes, and return its exit status.

    The arguments are those of :func:`run` and of ``subprocess``.

    Raises:
        CommandError: it is missing.
    """
    command = list(map(str, words))
    try:
        return subprocess.call(command, cwd=cwd, env=env, stdout=stdout)  # noqa: S603  # as above
    except FileNotFoundError as error:
        raise CommandError(f"{error.filename} is not there") from error


def start(
    *words: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> subprocess.Popen[str]:
    """Start a program that goes on running; the arguments are those of :func:`run` and of ``subprocess``."""
    command = list(map(str, words))
    return subprocess.Popen(command, cwd=cwd, env=env, stdout=stdout, stderr=stderr, text=True)  # noqa: S603  # as above


def git(*words: str | Path, cwd: Path = ROOT) -> str:
    """Return what git writes, without the last line's end.

    Raises:
        CommandError: git is missing or failed.
    """
    return run("git", *words, cwd=cwd).stdout.rstrip("\n")
