"""What the command line's two forms have in common: options, and what the exit status says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from certcheck import japan
from certcheck.reports.report import FileError
from certcheck.rules import authority_rules

if TYPE_CHECKING:
    import argparse

    from certcheck.reports.report import FileReport, Report
    from certcheck.rules.authority_rules import Rules

FINE, ATTENTION, UNUSABLE = 0, 1, 2
EPILOG = (
    "Exit status: 2 some input unusable, else 1 something needs attention (expired, or renewable now), "
    "else 0. Whether a certificate is revoked is not checked."
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--at", metavar="TIME", help="ISO 8601; Japan's time without an offset; default now")
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="default: the rules that the build packages"
    )
    parser.add_argument("--authority", metavar="ID", help="what the certificates are for, e.g. jasdec")
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="UTF-8; its first line is the password"
    )


class Chosen(NamedTuple):
    """What both commands judge by."""

    rules: Rules
    at: datetime
    password: str | None


def chosen(options: argparse.Namespace) -> Chosen:
    """Return what the options say; a password without its line's end.

    Raises:
        OSError: a file cannot be read.
        RulesError: the rules are missing or malformed.
        ValueError: they do not know the authority asked for, the instant is none, or the password no UTF-8.
    """
    by = authority_rules.parse(options.rules.read_bytes()) if options.rules else authority_rules.packaged()
    if options.authority:
        by.authority(options.authority)
    at = japan.parse_instant(options.at) if options.at else datetime.now(UTC)
    file: Path | None = options.password_file
    line = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].removesuffix("\r") if file else None
    return Chosen(by, at, line)


def exit_status(report: Report) -> int:
    """Return the worst of what the report says of its files."""
    return max((_file_status(file) for file in report.files), default=FINE)


def _file_status(file: FileReport | FileError) -> int:
    if isinstance(file, FileError) or file.failures:
        return UNUSABLE
    due = any(each.validity == "expired" or each.renewal.status == "open" for each in file.certificates)
    return ATTENTION if due else FINE
