"""Programs that scripts and tests run: the one place that hands words to the system, without a shell."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen, TimeoutExpired

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
) -> CompletedProcess[str]:
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
    line = " ".join(map(str, words))
    with (
        start(*words, cwd=cwd, env=env, stdin=PIPE, stdout=PIPE, stderr=PIPE) as process,
        _kill_on_error(process),
    ):
        try:
            output, errors = process.communicate(stdin, timeout)
        except TimeoutExpired as error:
            raise CommandError(f"{line} did not end in {timeout} s") from error
    if check and process.returncode:
        raise CommandError(f"{line} failed:\n{(output + errors)[-_OUTPUT_END:]}")
    return CompletedProcess(process.args, process.returncode, output, errors)


def call(
    *words: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None, stdout: int | None = None
) -> int:
    """Run a program to its end, whose output goes where this process's goes, and return its exit status.

    The arguments are those of :func:`run` and of ``subprocess``.

    Raises:
        CommandError: it is missing.
    """
    with start(*words, cwd=cwd, env=env, stdout=stdout) as process, _kill_on_error(process):
        return process.wait()


def start(
    *words: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: int | None = None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> Popen[str]:
    """Start a program that goes on running; the arguments are those of :func:`run` and of ``subprocess``.

    Raises:
        CommandError: it is missing.
    """
    command = list(map(str, words))
    try:
        return Popen(  # noqa: S603  # no word is a stranger's
            command,
            cwd=cwd,
            env=env,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as error:
        raise CommandError(f"{error.filename} is not there") from error


@contextmanager
def _kill_on_error(process: Popen[str]) -> Iterator[None]:
    """End a program when this one is interrupted, or gives it up."""
    try:
        yield
    except BaseException:
        process.kill()
        raise


def git(*words: str | Path, cwd: Path = ROOT) -> str:
    """Return what git writes, without the last line's end.

    Raises:
        CommandError: git is missing or failed.
    """
    return run("git", *words, cwd=cwd).stdout.rstrip("\n")
