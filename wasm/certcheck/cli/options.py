"""Options and exit status, which both forms of the command line share."""

from __future__ import annotations

import getpass
import locale
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from certcheck import japan, limits
from certcheck.formats.pkcs12.decryption import derive_sample
from certcheck.reports.report import FileError
from certcheck.rules import authority_rules

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from certcheck.reports.report import CertificateReport, FileReport, Report
    from certcheck.rules.authority_rules import Rules

SUCCESS, ATTENTION, UNUSABLE = 0, 1, 2
INTERRUPTED = 130  # as a shell says of a program that SIGINT ended
EPILOG = (
    "Exit status: 2 some input unusable, else 1 something needs attention (expired, revoked or renewable "
    "now; a private key that fits none), else 0; 130 after Ctrl-C. Whether a certificate is revoked is "
    "checked only by revocation lists among the files."
)

_SAMPLE = 50_000  # iterations, some hundredths of a second
_SHARE = 0.75  # of the time; the rest is for all else


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument("--at", metavar="TIME", help="ISO 8601; Japan's time without an offset; default now")
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="default: the rules that the build packages"
    )
    parser.add_argument("--authority", metavar="ID", help="what the certificates are for, e.g. jasdec")
    parser.add_argument(
        "--patient",
        action="store_true",
        help="read on however long a file's key derivation takes (Ctrl-C stops), and past an integrity check "
        "that was made with another password",
    )
    parser.add_argument(
        "--lang",
        choices=("ja", "en", "codes"),
        help="language of what is printed, or certcheck's codes; default: the system's",
    )
    passwords = parser.add_mutually_exclusive_group()
    passwords.add_argument(
        "--password-file", type=Path, metavar="FILE", help="UTF-8; its first line is the password"
    )
    passwords.add_argument(
        "--ask-password", action="store_true", help="type the password once, for all files; it is not shown"
    )
    of_mac = parser.add_mutually_exclusive_group()
    of_mac.add_argument(
        "--mac-password-file",
        type=Path,
        metavar="FILE",
        help="likewise, of the integrity check of a .pfx, where that has one of its own",
    )
    of_mac.add_argument(
        "--ask-mac-password", action="store_true", help="type that of the integrity check, too"
    )


class Options(NamedTuple):
    """The values of the options."""

    rules: Rules
    at: datetime
    password: str | None
    mac_password: str | None


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
    password = _read_password("Password of the files: ", arguments.password_file, arguments.ask_password)
    question = "Password of the integrity check: "
    mac_password = _read_password(question, arguments.mac_password_file, arguments.ask_mac_password)
    return Options(rules, at, password, mac_password)


def _read_password(question: str, file: Path | None, is_typed: object) -> str | None:
    if is_typed:
        return getpass.getpass(question)
    return file.read_text(encoding="utf-8-sig").split("\n", 1)[0].removesuffix("\r") if file else None


def select_words(rules: Rules, language: str | None) -> Mapping[str, str]:
    """Select the words of a language: Japanese where the system's is that, else English; none for "codes".

    Args:
        rules: they hold the words.
        language: "ja", "en" or "codes"; None for the system's.
    """
    if language is None:
        language = "ja" if _name_language().lower().startswith("ja") else "en"
    return rules.words.get(language, {})


def _name_language() -> str:
    """Return the name of the system's language, "ja_JP.UTF-8" or "Japanese_Japan", be it installed or not."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), None) or locale.getlocale()[0] or ""


def find_exit_status(report: Report) -> int:
    """Return the worst status of the report's files."""
    return max(map(_find_file_status, report.files), default=SUCCESS)


def _find_file_status(file: FileReport | FileError) -> int:
    if isinstance(file, FileError) or file.failures:
        return UNUSABLE
    is_key_without_certificate = file.private_key is not None and not file.private_key.fits
    needs_attention = is_key_without_certificate or any(map(_needs_attention, file.certificates))
    return ATTENTION if needs_attention else SUCCESS


def _needs_attention(certificate: CertificateReport) -> bool:
    is_over = certificate.validity in {"expired", "never", "unknown"} or certificate.headline == "revoked"
    return is_over or certificate.renewal.status == "open"


def measure_effort(seconds: float) -> limits.Effort:
    """Measure how many iterations of key derivation fit into that time on this machine."""
    begin = monotonic()
    derive_sample(_SAMPLE)
    took = max(monotonic() - begin, 1e-6)
    return limits.Effort(int(_SAMPLE / took * seconds * _SHARE))
