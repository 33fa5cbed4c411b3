"""Reading many files in worker processes, with a time limit for each file.

A file may be made to stall its reader, or may lie on a drive that does not answer: then its process is killed
and replaced, and the file has its error. Certificates come back as their bytes; private keys and passwords
stay in the process that decrypted them.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import stat
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing import connection
from time import monotonic
from typing import TYPE_CHECKING, Literal, cast

from certcheck import limits
from certcheck.errors import Code, Failure
from certcheck.inspection import InputFile, read_input

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from certcheck.inspection import Outcome

ReadError = Literal["unreadable", "timed_out", "crashed"]
"""Why a file was not read.

    unreadable  the system refuses it; `reason` is the name of its errno, ENOENT where there is no such file
    timed_out   reading took longer than `seconds`
    crashed     its process ended
"""


FILES_AHEAD = 8
"""Files that a process has at once, so that it need not wait for the next one."""


def build_failure(code: ReadError, **detail: str | int) -> Failure:
    """Build the failure of a file that was not read."""
    return Failure(cast("Code", code), detail)  # codes of the command line alone: no page shows them


def read_file(
    path: Path,
    password: str | None,
    effort: limits.Effort = limits.DEFAULT_EFFORT,
    mac_password: str | None = None,
) -> Outcome:
    """Read a file, up to the byte that shows it to be too large.

    Args:
        path: the file.
        password: for those that need one.
        effort: what is allowed for it.
        mac_password: of a PKCS #12's MAC, where that has one of its own.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()  # says why it could not be walked
            return build_failure("unreadable", reason="EISDIR")
        if not stat.S_ISREG(mode):  # opening a pipe waits for whoever writes to it
            return build_failure("unreadable", reason="EINVAL")
        with path.open("rb") as file:
            data = file.read(limits.SIZE_LIMIT + 1)
    except OSError as error:
        return build_failure("unreadable", reason=errno.errorcode.get(error.errno or 0, "EIO"))
    except ValueError:  # a NUL in its name
        return build_failure("unreadable", reason="EINVAL")
    return read_input(InputFile(str(path), data, password, effort, mac_password))


def read_all(
    paths: Sequence[Path],
    password: str | None = None,
    time_limit: float = limits.TIME_LIMIT,
    effort: limits.Effort = limits.DEFAULT_EFFORT,
    mac_password: str | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """Read files, as many at a time as the machine has processors.

    Args:
        paths: the files.
        password: for those that need a password.
        time_limit: seconds for each.
        effort: what is allowed for each.
        mac_password: as for :func:`read_file`.

    Yields:
        The file's index and its outcome, in the order in which they are read.
    """
    waiting = deque(enumerate(paths))
    workers = [Worker(password, effort, mac_password) for _ in range(min(len(paths), os.cpu_count() or 1))]
    try:
        while waiting or any(worker.assigned for worker in workers):
            for worker in workers:
                while waiting and len(worker.assigned) < FILES_AHEAD:
                    worker.assign(*waiting.popleft(), time_limit)
            busy = {worker.pipe: worker for worker in workers if worker.assigned}
            soonest = min(worker.deadline for worker in busy.values())
            ready = set(connection.wait(list(busy), max(0.0, soonest - monotonic())))
            for pipe, worker in busy.items():
                index, _ = worker.assigned[0]
                outcome = worker.collect(time_limit, is_ready=pipe in ready)
                if outcome is not None:
                    yield index, outcome
    finally:
        for worker in workers:
            worker.end()


class Worker:
    """A process that reads one file after another, and its replacements.

    Attributes:
        assigned: index and path of the files that it has; it is reading the first.
        deadline: when the first one's time is over, in seconds of the system's monotonic clock.
        pipe: its outcomes come through it.
    """

    def __init__(
        self,
        password: str | None,
        effort: limits.Effort = limits.DEFAULT_EFFORT,
        mac_password: str | None = None,
    ) -> None:
        """Start the process; it waits for its first file."""
        self._passwords, self._effort = (password, mac_password), effort
        self.assigned: deque[tuple[int, Path]] = deque()
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # the same on every system, without our own memory
        self.pipe, pipe_of_child = context.Pipe()
        arguments = (pipe_of_child, self._passwords, self._effort)
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        with _hold_interrupts():
            self._process.start()
        pipe_of_child.close()
        self._is_started = False

    def assign(self, index: int, path: Path, time_limit: float) -> None:
        """Have it read a file, after those that it has."""
        self._send(path)
        self.assigned.append((index, path))
        if len(self.assigned) == 1:
            self.deadline = monotonic() + time_limit

    def _send(self, path: Path) -> None:
        """Send a path; the time that Python takes to start is not counted."""
        if not self._is_started:
            self.pipe.recv()
            self._is_started = True
        self.pipe.send(path)

    def collect(self, time_limit: float, *, is_ready: bool) -> Outcome | None:
        """Return the first file's outcome; None while it is being read.

        Args:
            time_limit: seconds that the file had, to be told where they are over.
            is_ready: the pipe holds the outcome, or the process has ended.
        """
        if not is_ready and monotonic() < self.deadline:
            return None
        outcome: Outcome | None = None
        if is_ready:
            with suppress(EOFError, OSError):
                outcome = cast("Outcome", self.pipe.recv())
        self.assigned.popleft()
        if outcome is None:
            outcome = build_failure("timed_out", seconds=round(time_limit))
            if is_ready:
                outcome = build_failure("crashed")
            self._replace()
        self.deadline = monotonic() + time_limit
        return outcome

    def _replace(self) -> None:
        """Start another process for the files that are still to be read."""
        self.end()
        self._start()
        for _, path in self.assigned:
            self._send(path)

    def end(self) -> None:
        """Kill the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


@contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Have processes start that Ctrl-C does not reach: the first one ends the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield  # Windows: a process ignores it once it serves
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _serve(
    pipe: Connection[object, object], passwords: tuple[str | None, str | None], effort: limits.Effort
) -> None:
    """Read the files whose paths come through the pipe, until its other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    password, mac_password = passwords
    pipe.send(None)
    while True:
        try:
            path = cast("Path", pipe.recv())
        except (EOFError, OSError):
            return
        pipe.send(read_file(path, password, effort, mac_password))
