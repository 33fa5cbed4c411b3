"""The process of scripts/prove's fuzzing: inspects mutated files within limits, and prints their tally.

``python -m tests.certcheck.inspect_mutations FIRST COUNT FOLDER``
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.proving.fuzz import Tally, name_current
from tests.certcheck.mutation_outcomes import CPU_SECONDS, inspect_input
from tests.certcheck.mutation_seeds import build_seeds
from tests.certcheck.mutations import mutate, name_parser

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 500_000_000
"""Bytes that a process may take, beside what Python and its modules have."""


def limit_resources() -> Iterator[None]:
    """Limit memory; and, at each step, seconds of the processor, after which the system ends the process."""
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.RLIM_INFINITY))
    while True:
        seconds = int(time.process_time() + CPU_SECONDS) + 2  # whole ones, and some for making the input
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
        yield


def inspect_mutations(first: int, count: int, folder: Path) -> Tally:
    """Inspect that many inputs; those that have faults are left in the folder."""
    seeds, tally, limits = build_seeds(), Tally(), limit_resources()
    for number in range(first, first + count):
        next(limits)
        data = mutate(number, seeds)
        name_current(folder, first).write_bytes(b"%d\n" % number + data)
        outcome = inspect_input(data, seeds.rules)
        tally.kinds[outcome.kind] += 1
        tally.parsers[name_parser(number)] += 1
        tally.slowest = max(tally.slowest, outcome.seconds)
        if outcome.fault:
            tally.faults[number] = outcome.fault
            (folder / str(number)).write_bytes(data)
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return tally


if __name__ == "__main__":
    first, count, folder = sys.argv[1:]
    sys.stdout.write(inspect_mutations(int(first), int(count), Path(folder)).to_json())
