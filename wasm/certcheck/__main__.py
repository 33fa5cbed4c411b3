"""The command line: ``python -m certcheck [options] FILE…`` and ``python -m certcheck list DIR…``.

Exit status: 2 where some input is unusable, else 1 where something needs attention (a certificate has
expired, is revoked, or can be renewed now), else 0.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import japan, limits
from certcheck.cli import options
from certcheck.inspection import InputFile, inspect
from certcheck.reports.report import FileError, FileReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certcheck.reports.report import CertificateReport, Holder, Report
    from certcheck.revocation.judge import Revocation


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["list"]:
        from certcheck.cli import listing  # noqa: PLC0415 - it needs processes, which Pyodide has not

        return listing.main(arguments[1:])
    parser = _build_parser()
    namespace = parser.parse_args(arguments)
    try:
        rules, at, password = options.read_options(namespace)
        effort = limits.UNBOUNDED_EFFORT if namespace.patient else options.measure_effort(limits.TIME_LIMIT)
        files = list(_read_files(namespace.files, effort))
        report = inspect(files, rules, at, password, namespace.authority)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    text = report.to_json() if namespace.json else "\n".join(map(_escape_invisible, _format_report(report)))
    print(text)  # noqa: T201 - its output
    return options.UNUSABLE if len(files) < len(namespace.files) else options.find_exit_status(report)


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck",
        description="Says of certificates whose they are, how long they last and when they can be renewed. "
        "`certcheck list` does so for whole folders: see `certcheck list --help`.",
        epilog=options.EPILOG,
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".cer, .pem, .p7b, .pfx, .p12, .sst"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    options.add_options(parser)
    return parser


def _read_files(paths: Sequence[Path], effort: limits.Effort) -> Iterator[InputFile]:
    """Read the files, each up to the byte that shows it to be too large."""
    for path in paths:
        try:
            with path.open("rb") as file:
                yield InputFile(str(path), file.read(limits.SIZE_LIMIT + 1), None, effort)
        except OSError as error:
            print(f"certcheck: {error}", file=sys.stderr)  # noqa: T201 - a missing file is in no report


def _format_report(report: Report) -> Iterator[str]:
    """Yield the lines of a report for people."""
    serials: dict[str, str] = {}
    for file in report.files:
        if isinstance(file, FileError):
            yield f"{file.name}: {file.error.code}{_format_detail(file.error.detail)}"
            continue
        yield f"{file.name}: {file.format}"
        for certificate in file.certificates:
            serials[certificate.sha256] = certificate.serial
            yield from _format_certificate(certificate)
        for described in file.revocation_lists:
            due = japan.format_instant(described.next_update) if described.next_update else "-"
            made = japan.format_instant(described.this_update)
            yield f"  list of {described.issuer}: {made}, next {due}, {described.entries} entries"
        for program in file.refused_by:
            yield f"  refused by {program}"
        for failure in file.failures:
            yield f"  {failure.code}{_format_detail(failure.detail)}"
    for holder in report.holders:
        yield from _format_holder(holder, serials)
    if not any(isinstance(file, FileReport) and file.revocation_lists for file in report.files):
        yield "Revocation is not checked."


def _escape_invisible(line: str) -> str:
    """Mark characters that are invisible, turn the text, end the line or command the terminal.

    The page marks the same ones.
    """
    return "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"[U+{ord(letter):04X}]" for letter in line
    )


def _format_certificate(certificate: CertificateReport) -> Iterator[str]:
    not_before, not_after = (
        japan.format_instant(instant) if instant else "-"
        for instant in (certificate.not_before, certificate.not_after)
    )
    opens, closes = certificate.renewal.opens_on or "-", certificate.renewal.closes_on or "-"
    yield f"  {certificate.subject}"
    yield f"    issuer     {certificate.issuer}"
    yield f"    valid      {not_before} to {not_after}: {certificate.validity}"
    yield f"    authority  {certificate.authority or '-'} ({certificate.recognised_by or 'not recognised'})"
    yield f"    renewal    {certificate.renewal.status}, {opens} to {closes}"
    yield f"    chain      {certificate.chain.status}"
    if certificate.revocation:
        yield f"    revocation {_format_revocation(certificate.revocation)}"
    for remark in certificate.remarks:
        yield f"    {remark.code:10} {remark.field}{f' ({remark.detail})' if remark.detail else ''}"


def _format_revocation(revocation: Revocation) -> str:
    problems = ", ".join(dict.fromkeys(problem.code for problem in revocation.problems))
    if revocation.status == "unknown":
        return f"unknown: {problems}"
    if revocation.status == "revoked":
        day = japan.format_instant(revocation.revoked_on) if revocation.revoked_on else "an unknown day"
        return f"revoked on {day} ({revocation.reason or 'no reason given'})"
    this_update, next_update = revocation.this_update, revocation.next_update
    made = japan.format_instant(this_update) if this_update else "-"
    due = japan.format_instant(next_update) if next_update else "-"
    return f"not on the list of {made}, next {due}"


def _format_holder(holder: Holder, serials: dict[str, str]) -> Iterator[str]:
    claim = "current" if holder.proven else "newest by its dates, which no trust anchor proves,"
    yield f"{holder.authority} {holder.user_id or '-'}: {claim} is serial {serials[holder.current]}"
    for other in holder.others:
        yield f"  serial {serials[other.sha256]}: {other.advice} ({other.reason})"


def _format_detail(detail: dict[str, str | int]) -> str:
    return f" ({', '.join(f'{name} {value}' for name, value in detail.items())})" if detail else ""


def run() -> None:
    """Run as the installed command.

    End quietly after Ctrl-C, and where the output's reader has gone, as behind ``| head``.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a console's encoding need not have all letters
                stream.reconfigure(errors="backslashreplace")
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = options.INTERRUPTED
    except BrokenPipeError:
        # Unwritten output is dropped, or the interpreter would complain of it at its end (module signal).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 128 + 13  # like a shell's for a program that SIGPIPE ended
    sys.exit(status)


if __name__ == "__main__":
    run()
