"""Gives certcheck many mutated files, in processes that end where one takes too long or too much memory.

``tests/certcheck/inspect_mutations.py`` is what each process runs; it prints a :class:`Tally` as JSON.
"""

import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from scripts.command import run

INPUTS_A_PROCESS = 20_000


@dataclass
class Tally:
    """Outcomes of inputs, counted.

    Attributes:
        kinds: how many of each format and error.
        parsers: how many for each parser.
        slowest: seconds of the processor that the slowest input took.
        memory: bytes of the largest process.
        faults: which rule an input broke, by its number.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    parsers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    memory: int = 0
    faults: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count another's as well."""
        self.kinds += other.kinds
        self.parsers += other.parsers
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.faults |= other.faults

    def to_json(self) -> str:
        """Encode it for :meth:`from_json`."""
        return json.dumps(vars(self))

    @classmethod
    def from_json(cls, text: str) -> "Tally":
        """Decode what a process has printed."""
        data = json.loads(text)
        faults = {int(number): fault for number, fault in data["faults"].items()}
        kinds, parsers = Counter(data["kinds"]), Counter(data["parsers"])
        return cls(kinds, parsers, data["slowest"], data["memory"], faults)


def fuzz(count: int, folder: Path, seconds: float) -> Tally:
    """Have that many inputs inspected, on all processors.

    Args:
        count: how many.
        folder: gets the inputs that have faults, by their number.
        seconds: after which no more are begun.
    """
    whole, end = Tally(), time.monotonic() + seconds

    def inspect_from(first: int) -> Tally:
        if time.monotonic() > end:
            return Tally()
        return _inspect(first, min(INPUTS_A_PROCESS, count - first), folder)

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for tally in pool.map(inspect_from, range(0, count, INPUTS_A_PROCESS)):
            whole.add(tally)
    return whole


def name_current(folder: Path, first: int) -> Path:
    """Return the file in which a process notes its current input: the number, a line end, the bytes."""
    return folder / f"current-{first}"


def _inspect(first: int, count: int, folder: Path) -> Tally:
    """Have a process of its own inspect inputs; one at which it ends is a fault, and the rest get another."""
    words = (sys.executable, "-m", "tests.certcheck.inspect_mutations", str(first), str(count), folder)
    done = run(*words, check=False)
    if done.returncode == 0:
        return Tally.from_json(done.stdout)
    sys.stderr.write(done.stderr)
    digits, _, data = name_current(folder, first).read_bytes().partition(b"\n")
    number = int(digits)
    (folder / str(number)).write_bytes(data)
    tally = _inspect(first, number - first, folder) if number > first else Tally()
    tally.faults[number] = f"the process ended with {done.returncode}"
    if number + 1 < first + count:
        tally.add(_inspect(number + 1, first + count - number - 1, folder))
    return tally
