"""The command line: ``python -m certcheck [options] FILE…`` and ``python -m certcheck list DIR…``.

Exit status: 2 where some input is unusable, else 1 where something needs attention (a certificate has
expired, or can be renewed now), else 0.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import japan, limits
from certcheck.cli import options
from certcheck.inspection import InputFile, inspect
from certcheck.reports.report import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certcheck.reports.report import CertificateReport, Holder, Report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["list"]:
        from certcheck.cli import listing  # noqa: PLC0415 - it needs processes, which Pyodide has not

        return listing.main(arguments[1:])
    parser = _parser()
    chosen = parser.parse_args(arguments)
    try:
        rules, at, password = options.chosen(chosen)
        files = list(_inputs(chosen.files))
        report = inspect(files, rules, at, password, chosen.authority)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print(report.to_json() if chosen.json else "\n".join(map(_visible, _lines(report))))  # noqa: T201 - its output
    return options.UNUSABLE if len(files) < len(chosen.files) else options.exit_status(report)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck",
        description="Says of certificates whose they are, how long they last and when they can be renewed. "
        "`certcheck list` does so for whole folders: see `certcheck list --help`.",
        epilog=options.EPILOG,
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".cer, .pem, .p7b, .pfx, .p12")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options.add(parser)
    return parser


def _inputs(paths: Sequence[Path]) -> Iterator[InputFile]:
    """Read the files, each no further than shows that it is too large."""
    for path in paths:
        try:
            with path.open("rb") as file:
                yield InputFile(str(path), file.read(limits.SIZE_LIMIT + 1))
        except OSError as error:
            print(f"certcheck: {error}", file=sys.stderr)  # noqa: T201 - a file that is not there is in no report


def _lines(report: Report) -> Iterator[str]:
    for file in report.files:
        if isinstance(file, FileError):
            yield f"{file.name}: {file.error.code}{_details(file.error.detail)}"
            continue
        yield f"{file.name}: {file.format}"
        for each in file.certificates:
            yield from _certificate_lines(each)
        for failure in file.failures:
            yield f"  {failure.code}{_details(failure.detail)}"
    serials = {
        each.sha256: each.serial
        for file in report.files
        if not isinstance(file, FileError)
        for each in file.certificates
    }
    for holder in report.holders:
        yield from _holder_lines(holder, serials)
    yield "Revocation is not checked."


def _visible(line: str) -> str:
    """Mark what is not seen, turns the text, ends the line or commands the terminal, as the page does."""
    return "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"[U+{ord(letter):04X}]" for letter in line
    )


def _certificate_lines(each: CertificateReport) -> Iterator[str]:
    not_before, not_after = japan.isoformat(each.not_before), japan.isoformat(each.not_after)
    opens, closes = each.renewal.opens_on or "-", each.renewal.closes_on or "-"
    yield f"  {each.subject}"
    yield f"    issuer     {each.issuer}"
    yield f"    valid      {not_before} to {not_after}: {each.validity}"
    yield f"    authority  {each.authority or '-'} ({each.recognised_by or 'not recognised'})"
    yield f"    renewal    {each.renewal.status}, {opens} to {closes}"
    yield f"    chain      {each.chain.status}"


def _holder_lines(holder: Holder, serials: dict[str, str]) -> Iterator[str]:
    yield f"{holder.authority} {holder.user_id or '-'}: current is serial {serials[holder.current]}"
    for other in holder.others:
        yield f"  serial {serials[other.sha256]}: {other.advice} ({other.reason})"


def _details(detail: dict[str, str | int]) -> str:
    return f" ({', '.join(f'{name} {value}' for name, value in detail.items())})" if detail else ""


def run() -> None:
    """Run as the installed command; ends quietly where nobody reads on, as behind ``| head``."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left goes nowhere: the interpreter would complain of it at its end (Python's module signal).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + 13  # as a shell tells of a program that SIGPIPE ended
    sys.exit(status)


if __name__ == "__main__":
    run()
