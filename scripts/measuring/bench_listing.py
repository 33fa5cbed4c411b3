"""``certcheck list`` on many files, against a loop of openssl: rows of scripts/bench."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from scripts import ROOT
from scripts.command import run, start
from scripts.measuring.measure import RUNS, Row, Sample
from scripts.measuring.sample_files import mint_holder

FILES, QUICK_FILES = 10_000, 500
_LOOP = 'for file in *.cer; do openssl x509 -in "$file" -inform DER -noout -subject -issuer -enddate; done'


def measure_rows(runs: int) -> Sequence[Row]:
    """Measure it once: a loop over ten thousand files takes minutes."""
    return measure_listing(FILES if runs >= RUNS else QUICK_FILES)


def measure_listing(number: int) -> Sequence[Row]:
    """Measure seconds by the clock for both, one after the other, and the memory of the largest process.

    Args:
        number: of certificates, each in a file of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        key = ec.generate_private_key(ec.SECP256R1())
        for serial in range(1, number + 1):
            (Path(folder) / f"{serial}.cer").write_bytes(mint_holder(key, serial).encode_certificate())
        ours, megabytes = _list(folder, number)
        started = time.perf_counter()
        run("sh", "-c", _LOOP, cwd=Path(folder))
        loop = time.perf_counter() - started
    quantity = f"certcheck list, {number:,} .cer files (one run)"
    return [
        Row(quantity, "at most 1/15", Sample([ours], "s"), Sample([loop], "s"), "loop of openssl x509"),
        Row("memory for that, its largest process", "at most 200 MB", Sample([megabytes], "MB")),
    ]


def _list(folder: str, number: int) -> tuple[float, float]:
    """Return seconds and megabytes.

    Raises:
        RuntimeError: it has not listed all of them.
    """
    words = (sys.executable, "-m", "certcheck", "list", "--json", "--at", "2027-01-01", folder)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.perf_counter()
        process = start(*words, cwd=ROOT, stdout=output.fileno())
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        listed = json.load(output)
    if len(listed["files"]) != number:
        raise RuntimeError(f"{len(listed['files'])} of {number} files listed")
    return seconds, used.ru_maxrss / 1000
