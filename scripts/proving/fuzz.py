"""Gives certcheck many mutated files, in processes that end where one takes too long or too much memory."""

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts import ROOT
from tests.certcheck.mutations import CPU_SECONDS, numbered, outcome, shapes

EACH = 5_000  # inputs a process
MEMORY = 500_000_000  # bytes that one may take, beside what Python and its modules have


@dataclass
class Tally:
    """What inputs came to.

    Attributes:
        kinds: how many of each format and error.
        slowest: seconds of the processor that one took at most.
        memory: bytes that a process had at most.
        faults: number of the input and what ought not to have happened.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0
    faults: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count another's as well."""
        self.kinds += other.kinds
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.faults |= other.faults


def fuzz(count: int, folder: Path, seconds: float) -> Tally:
    """Inspect that many inputs, on all processors.

    Args:
        count: how many.
        folder: gets the inputs that have faults, by their number.
        seconds: after which no more are begun.
    """
    whole, until = Tally(), time.monotonic() + seconds

    def some(first: int) -> Tally:
        if time.monotonic() > until:
            return Tally()
        return _in_a_process(first, min(EACH, count - first), folder)

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for tally in pool.map(some, range(0, count, EACH)):
            whole.add(tally)
    return whole


def _in_a_process(first: int, count: int, folder: Path) -> Tally:
    """Have a process of its own inspect inputs; one at which it ends is a fault, and the rest get another."""
    command = [sys.executable, "-m", "scripts.proving.fuzz", str(first), str(count), str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)  # noqa: S603  # our own
    if done.returncode == 0:
        said = json.loads(done.stdout)
        faults = {int(number): fault for number, fault in said["faults"].items()}
        return Tally(Counter(said["kinds"]), said["slowest"], said["memory"], faults)
    number, _, data = _current(folder, first).read_bytes().partition(b"\n")
    at = int(number)
    (folder / str(at)).write_bytes(data)
    tally = _in_a_process(first, at - first, folder) if at > first else Tally()
    tally.faults[at] = f"the process ended with {done.returncode}"
    if at + 1 < first + count:
        tally.add(_in_a_process(at + 1, first + count - at - 1, folder))
    return tally


def _current(folder: Path, first: int) -> Path:
    return folder / f"current-{first}"


def _limit() -> Iterator[None]:
    """Allow so much memory; and, each time, seconds of the processor, after which the system ends us."""
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))
    while True:
        seconds = int(time.process_time() + CPU_SECONDS) + 2  # whole ones, and some for making the input
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        yield


def main(first: int, count: int, folder: Path) -> None:
    """Inspect inputs here, and print their tally."""
    of, tally, limit = shapes(), Tally(), _limit()
    for number in range(first, first + count):
        next(limit)
        data = numbered(number, of)
        _current(folder, first).write_bytes(b"%d\n" % number + data)
        found = outcome(data, of.rules)
        tally.kinds[found.kind] += 1
        tally.slowest = max(tally.slowest, found.seconds)
        if found.fault:
            tally.faults[number] = found.fault
            (folder / str(number)).write_bytes(data)
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps(vars(tally)))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
