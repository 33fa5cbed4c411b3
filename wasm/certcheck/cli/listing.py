"""``python -m certcheck list DIR…``: all certificates of folders, as CSV, JSON or a calendar."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path, PurePath
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

_PATIENCE = 7 * 24 * 60 * 60.0  # seconds, the longest that a system call waits being 24 days

_ADDED_SUFFIX = ".txt"  # which mail gateways and Windows put behind the name
# What commands a terminal, where the table is printed; tabs and line ends stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAC_ATTRIBUTES = "._"  # what the names of macOS' own files begin with, beside each file on other drives

_FORMS = {
    "csv": "a table that Excel opens; an apostrophe stands before text that it would run or reckon with",
    "json": "the report",
    "ics": "a calendar of windows, reminders and expiries",
}
_SUMMARIES = {
    "title": "{events}: {authority} {holder}",
    "opens": "Renewal opens",
    "reminder": "Reminder {days} days before expiry",
    "last_day": "Last day to renew",
    "last_apply": "Last day to apply for renewal",
    "expiry": "Certificate expires",
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
        rules, at, password, mac_password = options.read_options(namespace)
        words = {**options.select_words(rules, namespace.lang)}
        words |= json.loads(namespace.words.read_bytes()) if namespace.words else {}
        paths = list(find_files(namespace.paths, is_any_name=namespace.all, is_recursive=namespace.recursive))
        effort = limits.UNBOUNDED_EFFORT if namespace.patient else options.measure_effort(time_limit)
        seconds = _PATIENCE if namespace.patient else time_limit
        reading = workers.read_all(paths, password, seconds, effort, mac_password)
        outcomes = _name_outcomes(paths, reading)
        chosen = [namespace.authority] * len(outcomes)
        report = judge(outcomes, rules, at, chosen, limits.OPERATIONS_OF_FOLDERS)
        _write(_format_report(namespace.form, report, words), namespace.output)
    except BrokenPipeError:  # no mistake in the call: see certcheck.__main__.run
        raise
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return options.find_exit_status(report)


def _write(text: str, path: Path | None) -> None:
    """Write in UTF-8; on a terminal in its own encoding, which need not have all letters."""
    encoding = sys.stdout.encoding if path is None and sys.stdout.isatty() else "utf-8"
    output = text.encode(encoding, "backslashreplace")
    if path:
        path.write_bytes(output)
    else:
        sys.stdout.buffer.write(output)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck list",
        description="Lists the certificates of all files in folders and in all folders below. They form "
        f"one pool for building paths; no more than {limits.TIME_LIMIT:.0f} seconds are spent on reading one "
        "file, unless --patient is given.",
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
        "--recursive",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="folders below are read too, which is the default",
    )
    parser.add_argument(
        "--words", type=Path, metavar="FILE", help="JSON: what to call columns, codes and events"
    )
    options.add_options(parser)
    return parser


def find_files(
    paths: Iterable[Path], *, is_any_name: bool = False, is_recursive: bool = True
) -> Iterator[Path]:
    """Yield the files that are named, and those in folders and below, without duplicates in a constant order.

    A folder that cannot be opened is yielded itself, to be reported. Links to folders are not followed. In
    folders, files that macOS adds beside each of another's are left out.

    Args:
        paths: files and folders.
        is_any_name: in folders, every file, not only those with one of `certcheck.limits.SUFFIXES`.
        is_recursive: in the folders below, too.
    """
    visited: set[Path] = set()
    for path in paths:
        # Not Path.is_dir, which raises where a folder above may not be entered.
        is_folder = os.path.isdir(path)  # noqa: PTH112
        found = _walk(path, is_recursive=is_recursive) if is_folder else [path]
        files = [
            file
            for file in sorted(found, key=_get_parts)
            if not is_folder or is_any_name or _is_expected(file)
        ]
        yield from (file for file in files if file not in visited)
        visited.update(files)


def _get_parts(path: Path) -> tuple[str, ...]:
    return path.parts


def _is_expected(file: Path) -> bool:
    """Tell whether a file in a folder is named like a certificate's, or is a folder that cannot be opened."""
    name = file.name.lower().removesuffix(_ADDED_SUFFIX)
    is_named = PurePath(name).suffix in limits.SUFFIXES and not name.startswith(_MAC_ATTRIBUTES)
    return is_named or os.path.isdir(file)  # noqa: PTH112 - as above


def _walk(folder: Path, *, is_recursive: bool) -> Iterator[Path]:
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        if not is_recursive:
            folders.clear()
        yield from (Path(parent, name) for name in names)
    yield from (Path(error.filename) for error in errors)


def _name_outcomes(
    paths: Sequence[Path], reading: Iterator[tuple[int, Outcome]]
) -> list[tuple[str, Outcome]]:
    outcomes = dict(_show_progress(reading, len(paths)))
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
        return _CONTROLS.sub(lambda match: f"[U+{ord(match[0]):04X}]", write_csv(report, words))
    if form == "ics":
        return write_calendar(report, {**_SUMMARIES, **words})
    return report.to_json() + "\n"
