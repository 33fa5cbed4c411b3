"""``python -m certcheck list DIR…``: all certificates of folders, as CSV, JSON or a calendar."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import limits
from certcheck.cli import options, workers
from certcheck.inspection import judge
from certcheck.reports import calendar, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from certcheck.inspection import Outcome
    from certcheck.reports.report import Report

SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem", ".p7b", ".p7c", ".pfx", ".p12"})
"""Names that are looked for in folders, whatever their case; what a file is, its bytes tell."""

_WORDS = {
    "opens": "Renewal opens: {authority} {user_id}",
    "reminder": "Reminder {days} days before expiry: {authority} {user_id}",
    "last_day": "Last day to renew: {authority} {user_id}",
    "expiry": "Certificate expires: {authority} {user_id}",
}


def main(arguments: Sequence[str], time_limit: float = limits.TIME_LIMIT) -> int:
    """Run the command; return its exit status.

    Args:
        arguments: those after "list".
        time_limit: seconds for each file.
    """
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        rules, at, password = options.chosen(chosen)
        words = json.loads(chosen.words.read_bytes()) if chosen.words else {}
        paths = list(find(chosen.paths, every=chosen.all))
        outcomes = _read(paths, password, time_limit)
        report = judge(outcomes, rules, at, chosen.authority)
        written = _written(chosen.form, report, words).encode("utf-8", "backslashreplace")
        if chosen.output:
            chosen.output.write_bytes(written)
        else:
            sys.stdout.buffer.write(written)
    except BrokenPipeError:  # no mistake in the call: see run
        raise
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return options.exit_status(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck list",
        description="Lists the certificates of all files in folders and below. All of them form one pool for "
        f"building paths; no more than {limits.TIME_LIMIT:.0f} seconds are spent on reading one file.",
        epilog=options.EPILOG,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="DIR", help="folders; files are read as well")
    form = parser.add_mutually_exclusive_group(required=True)
    for name, text in (
        (
            "csv",
            "a table that Excel opens; an apostrophe stands before text that it would run or reckon with",
        ),
        ("json", "the report"),
        ("ics", "a calendar of windows, reminders and expiries"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=text)
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write there, byte for byte; default: print"
    )
    parser.add_argument("--all", action="store_true", help=f"not only {' '.join(sorted(SUFFIXES))}")
    parser.add_argument(
        "--words", type=Path, metavar="FILE", help="JSON: what to call columns, codes and events"
    )
    options.add(parser)
    return parser


def find(paths: Iterable[Path], *, every: bool = False) -> Iterator[Path]:
    """Yield the files that are named, and those in folders and below, each once and in the same order always.

    A folder that cannot be looked into is yielded itself, to be reported. Links to folders are not followed.

    Args:
        paths: files and folders.
        every: whatever files in folders are called.
    """
    seen: set[Path] = set()
    for path in paths:
        found = sorted(_below(path, every=every), key=lambda one: one.parts) if path.is_dir() else [path]
        yield from (each for each in found if each not in seen)
        seen.update(found)


def _below(folder: Path, *, every: bool) -> Iterator[Path]:
    failed: list[OSError] = []
    for where, _, names in os.walk(folder, onerror=failed.append):
        files = (Path(where, name) for name in names)
        yield from (file for file in files if every or file.suffix.lower() in SUFFIXES)
    yield from (Path(error.filename) for error in failed)


def _read(paths: Sequence[Path], password: str | None, time_limit: float) -> list[tuple[str, Outcome]]:
    outcomes = dict(_with_progress(workers.read_all(paths, password, time_limit), len(paths)))
    return [(str(path), outcomes[index]) for index, path in enumerate(paths)]


def _with_progress(reading: Iterator[tuple[int, Outcome]], total: int) -> Iterable[tuple[int, Outcome]]:
    """Show a bar on a terminal, where rich is installed (the extra "cli")."""
    if not sys.stderr.isatty():
        return reading
    try:
        from rich.console import Console  # noqa: PLC0415 - an extra that nothing else needs
        from rich.progress import track  # noqa: PLC0415 - like above
    except ImportError:
        return reading
    console = Console(stderr=True)
    return track(reading, description="Reading", total=total, console=console, transient=True)


def _written(form: str, report: Report, words: dict[str, str]) -> str:
    if form == "csv":
        return table.csv(report, words)
    if form == "ics":
        return calendar.calendar(report, {**_WORDS, **words})
    return report.to_json() + "\n"
