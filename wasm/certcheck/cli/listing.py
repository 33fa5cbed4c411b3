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
from certcheck.reports.calendar_file import write_calendar
from certcheck.reports.csv_table import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from certcheck.inspection import Outcome
    from certcheck.reports.report import Report

_FORMS = {
    "csv": "a table that Excel opens; an apostrophe stands before text that it would run or reckon with",
    "json": "the report",
    "ics": "a calendar of windows, reminders and expiries",
}
_SUMMARIES = {
    "opens": "Renewal opens: {authority} {user_id}",
    "reminder": "Reminder {days} days before expiry: {authority} {user_id}",
    "last_day": "Last day to renew: {authority} {user_id}",
    "last_apply": "Last day to apply for renewal: {authority} {user_id}",
    "expiry": "Certificate expires: {authority} {user_id}",
}


def main(arguments: Sequence[str], time_limit: float = limits.TIME_LIMIT) -> int:
    """Run the command; return its exit status.

    Args:
        arguments: those after "list".
        time_limit: seconds for each file.
    """
    parser = _build_parser()
    namespace = parser.parse_args(arguments)
    try:
        rules, at, password = options.read_options(namespace)
        words = json.loads(namespace.words.read_bytes()) if namespace.words else {}
        paths = list(find_files(namespace.paths, is_any_name=namespace.all))
        outcomes = _read_files(paths, password, time_limit)
        chosen = [namespace.authority] * len(outcomes)
        report = judge(outcomes, rules, at, chosen, limits.OPERATIONS_OF_FOLDERS)
        output = _format_report(namespace.form, report, words).encode("utf-8", "backslashreplace")
        if namespace.output:
            namespace.output.write_bytes(output)
        else:
            sys.stdout.buffer.write(output)
    except BrokenPipeError:  # no mistake in the call: see certcheck.__main__.run
        raise
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return options.find_exit_status(report)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck list",
        description="Lists the certificates of all files in folders and below. All of them form one pool for "
        f"building paths; no more than {limits.TIME_LIMIT:.0f} seconds are spent on reading one file.",
        epilog=options.EPILOG,
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="DIR", help="folders; files are read as well")
    form = parser.add_mutually_exclusive_group(required=True)
    for name, description in _FORMS.items():
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=description)
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write there, byte for byte; default: print"
    )
    parser.add_argument("--all", action="store_true", help=f"not only {' '.join(sorted(limits.SUFFIXES))}")
    parser.add_argument(
        "--words", type=Path, metavar="FILE", help="JSON: what to call columns, codes and events"
    )
    options.add_options(parser)
    return parser


def find_files(paths: Iterable[Path], *, is_any_name: bool = False) -> Iterator[Path]:
    """Yield the files that are named, and those in folders and below, without duplicates in a constant order.

    A folder that cannot be opened is yielded itself, to be reported. Links to folders are not followed.

    Args:
        paths: files and folders.
        is_any_name: in folders, every file, not only those with one of `certcheck.limits.SUFFIXES`.
    """
    visited: set[Path] = set()
    for path in paths:
        files = sorted(_walk(path, is_any_name=is_any_name), key=_get_parts) if path.is_dir() else [path]
        yield from (file for file in files if file not in visited)
        visited.update(files)


def _get_parts(path: Path) -> tuple[str, ...]:
    return path.parts


def _walk(folder: Path, *, is_any_name: bool) -> Iterator[Path]:
    errors: list[OSError] = []
    for parent, _, names in os.walk(folder, onerror=errors.append):
        files = [Path(parent, name) for name in names]
        yield from (file for file in files if is_any_name or file.suffix.lower() in limits.SUFFIXES)
    yield from (Path(error.filename) for error in errors)


def _read_files(paths: Sequence[Path], password: str | None, time_limit: float) -> list[tuple[str, Outcome]]:
    outcomes = dict(_show_progress(workers.read_all(paths, password, time_limit), len(paths)))
    return [(str(path), outcomes[index]) for index, path in enumerate(paths)]


def _show_progress(reading: Iterator[tuple[int, Outcome]], total: int) -> Iterable[tuple[int, Outcome]]:
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


def _format_report(form: str, report: Report, words: dict[str, str]) -> str:
    if form == "csv":
        return write_csv(report, words)
    if form == "ics":
        return write_calendar(report, {**_SUMMARIES, **words})
    return report.to_json() + "\n"
