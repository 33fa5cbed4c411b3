"""Options and exit status, which both forms of the command line share."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from certcheck import japan
from certcheck.reports.report import FileError
from certcheck.rules import authority_rules

if TYPE_CHECKING:
    import argparse

    from certcheck.reports.report import CertificateReport, FileReport, Report
    from certcheck.rules.authority_rules import Rules

SUCCESS, ATTENTION, UNUSABLE = 0, 1, 2
EPILOG = (
    "Exit status: 2 some input unusable, else 1 something needs attention (expired, or renewable now), "
    "else 0. Whether a certificate is revoked is not checked."
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument("--at", metavar="TIME", help="ISO 8601; Japan's time without an offset; default now")
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="default: the rules that the build packages"
    )
    parser.add_argument("--authority", metavar="ID", help="what the certificates are for, e.g. jasdec")
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="UTF-8; its first line is the password"
    )


class Options(NamedTuple):
    """The values of the options."""

    rules: Rules
    at: datetime
    password: str | None


def read_options(arguments: argparse.Namespace) -> Options:
    """Read the options' values, and the files that they name; a password without its line's end.

    Raises:
        OSError: a file cannot be read.
        RulesError: the rules are missing or malformed.
        ValueError: the rules have no such authority, the instant is none, or the password is no UTF-8.
    """
    rules_file: Path | None = arguments.rules
    rules = authority_rules.parse(rules_file.read_bytes()) if rules_file else authority_rules.packaged()
    for failure in rules.failures:
        sys.stderr.write(f"warning: {failure}; this authority is left out\n")
    if arguments.authority:
        rules.find_authority(arguments.authority)
    at = japan.parse_instant(arguments.at) if arguments.at else datetime.now(UTC)
    file: Path | None = arguments.password_file
    password = file.read_text(encoding="utf-8-sig").split("\n", 1)[0].removesuffix("\r") if file else None
    return Options(rules, at, password)


def find_exit_status(report: Report) -> int:
    """Return the worst status of the report's files."""
    return max(map(_find_file_status, report.files), default=SUCCESS)


def _find_file_status(file: FileReport | FileError) -> int:
    if isinstance(file, FileError) or file.failures:
        return UNUSABLE
    return ATTENTION if any(map(_needs_attention, file.certificates)) else SUCCESS


def _needs_attention(certificate: CertificateReport) -> bool:
    is_over = certificate.validity in {"expired", "never"} or certificate.headline == "revoked"
    return is_over or certificate.renewal.status == "open"
