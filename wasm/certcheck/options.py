"""What the command line's two forms have in common: options, and what the exit status says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import japan, rules
from certcheck.report import FileError

if TYPE_CHECKING:
    import argparse

    from certcheck.report import FileReport, Report
    from certcheck.rules import Rules

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


def chosen_rules(options: argparse.Namespace) -> Rules:
    """Return the rules to judge by.

    Raises:
        OSError: the file cannot be read.
        RulesError: the rules are missing or malformed.
        ValueError: they do not know the authority asked for.
    """
    chosen = rules.parse(options.rules.read_bytes()) if options.rules else rules.packaged()
    if options.authority:
        chosen.authority(options.authority)
    return chosen


def chosen_instant(options: argparse.Namespace) -> datetime:
    """Return the instant to judge by.

    Raises:
        ValueError: what was given is none.
    """
    return japan.parse_instant(options.at) if options.at else datetime.now(UTC)


def chosen_password(options: argparse.Namespace) -> str | None:
    """Return the password, without its line's end.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no UTF-8.
    """
    file: Path | None = options.password_file
    if file is None:
        return None
    text = file.read_text(encoding="utf-8-sig")
    return text.split("\n", 1)[0].removesuffix("\r")


def exit_status(report: Report) -> int:
    """Return the worst of what the report says of its files."""
    return max((_file_status(file) for file in report.files), default=FINE)


def _file_status(file: FileReport | FileError) -> int:
    if isinstance(file, FileError) or file.failures:
        return UNUSABLE
    due = any(each.validity == "expired" or each.renewal.status == "open" for each in file.certificates)
    return ATTENTION if due else FINE
