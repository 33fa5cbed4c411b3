"""Reading many files, each in another process that has a time limit.

A file may be made to stall whoever reads it, or may lie on a drive that does not answer: then its process is
ended and replaced, and the file has its error. What was read goes back as the certificates' bytes; private
keys and passwords stay where they were opened.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import stat
from collections import deque
from multiprocessing import connection
from time import monotonic
from typing import TYPE_CHECKING, Literal, cast

from certcheck import limits
from certcheck.errors import Code, Failure
from certcheck.inspection import InputFile, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from certcheck.inspection import Outcome

Unread = Literal["unreadable", "timed_out", "crashed"]
"""Why a file was not read.

    unreadable  the system does not hand it out; `reason` is its code, ENOENT where it has gone
    timed_out   reading took longer than `seconds`
    crashed     its process ended
"""


def unread(code: Unread, **detail: str | int) -> Failure:
    """Return the failure of a file that was not read."""
    return Failure(cast("Code", code), detail)  # these are of the command line, no page meets them


def read_file(path: Path, password: str | None) -> Outcome:
    """Read a file, no further than shows that it is too large."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe waits for whoever writes to it
            return unread("unreadable", reason="EISDIR" if path.is_dir() else "EINVAL")
        with path.open("rb") as file:
            data = file.read(limits.SIZE_LIMIT + 1)
    except OSError as error:
        return unread("unreadable", reason=errno.errorcode.get(error.errno or 0, "EIO"))
    except ValueError:  # a NUL in its name
        return unread("unreadable", reason="EINVAL")
    return read(InputFile(str(path), data), password)


def read_all(
    paths: Sequence[Path], password: str | None = None, time_limit: float = limits.TIME_LIMIT
) -> Iterator[tuple[int, Outcome]]:
    """Read files, as many at a time as the machine has processors.

    Args:
        paths: which ones.
        password: for those that need one.
        time_limit: seconds for each.

    Yields:
        The file's index and what it came to, as they are done.
    """
    waiting = deque(enumerate(paths))
    workers = [Worker(password) for _ in range(min(len(paths), os.cpu_count() or 1))]
    try:
        for worker in workers:
            worker.give(*waiting.popleft(), time_limit)
        while busy := {worker.pipe: worker for worker in workers if worker.index is not None}:
            soonest = min(worker.deadline for worker in busy.values())
            done = set(connection.wait(list(busy), max(0.0, soonest - monotonic())))
            for pipe, worker in busy.items():
                outcome = worker.outcome(time_limit, done=pipe in done)
                if outcome is not None:
                    yield worker.index or 0, outcome
                    worker.index = None
                    if waiting:
                        worker.give(*waiting.popleft(), time_limit)
    finally:
        for worker in workers:
            worker.end()


class Worker:
    """A process that reads one file after another, and its replacements.

    Attributes:
        index: of the file that is being read; None without one.
        deadline: until when, by the system's monotonic clock.
        pipe: what it answers through.
    """

    def __init__(self, password: str | None) -> None:
        """Start the process; it waits for its first file."""
        self._password = password
        self.index: int | None = None
        self.deadline = 0.0
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # the same on every system, without our own memory
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._password), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    def give(self, index: int, path: Path, time_limit: float) -> None:
        """Have it read a file; the time that Python takes to start is not counted."""
        if not self._ready:
            self.pipe.recv()
            self._ready = True
        self.pipe.send(path)
        self.index, self.deadline = index, monotonic() + time_limit

    def outcome(self, time_limit: float, *, done: bool) -> Outcome | None:
        """Return what the file came to; None while it is being read."""
        if done:
            try:
                return cast("Outcome", self.pipe.recv())
            except (EOFError, OSError):
                self._replace()
                return unread("crashed")
        if monotonic() < self.deadline:
            return None
        self._replace()
        return unread("timed_out", seconds=round(time_limit))

    def _replace(self) -> None:
        self.end()
        self._start()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection[object, object], password: str | None) -> None:
    """Read what is asked for, to the end of the other process's interest."""
    pipe.send(None)
    while True:
        try:
            path = cast("Path", pipe.recv())
        except EOFError:
            return
        pipe.send(read_file(path, password))
