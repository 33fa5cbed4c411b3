"""The command line: ``python -m certcheck [options] FILE…``.

Exit status: 2 where some input is unusable, else 1 where something needs attention (a certificate has
expired, or can be renewed now), else 0.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import japan, rules
from certcheck.inspection import InputFile, inspect
from certcheck.reading import SIZE_LIMIT
from certcheck.report import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from certcheck.report import CertificateReport, FileReport, Report

FINE, ATTENTION, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        given_rules = rules.parse(options.rules.read_bytes()) if options.rules else rules.packaged()
        password = _password(options.password_file)
        at = japan.parse_instant(options.at) if options.at else datetime.now(UTC)
        files = list(_inputs(options.files))
        report = inspect(files, given_rules, at, password, options.authority)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    print(report.to_json() if options.json else "\n".join(_lines(report)))  # noqa: T201 - its output
    return UNUSABLE if len(files) < len(options.files) else exit_status(report)


def exit_status(report: Report) -> int:
    """Return the worst of what the report says of its files."""
    return max((_file_status(file) for file in report.files), default=FINE)


def _file_status(file: FileReport | FileError) -> int:
    if isinstance(file, FileError) or file.failures:
        return UNUSABLE
    due = any(each.validity == "expired" or each.renewal.status == "open" for each in file.certificates)
    return ATTENTION if due else FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="certcheck",
        description="Says of certificates whose they are, how long they last and when they can be renewed.",
        epilog="Exit status: 2 some input unusable, else 1 something needs attention (expired, or renewable "
        "now), else 0. Whether a certificate is revoked is not checked.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".cer, .pem, .p7b, .pfx, .p12")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--at", metavar="TIME", help="ISO 8601; Japan's time without an offset; default now")
    parser.add_argument(
        "--rules", type=Path, metavar="FILE", help="default: the rules that the build packages"
    )
    parser.add_argument("--authority", metavar="ID", help="what the certificates are for, e.g. jasdec")
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="UTF-8; its first line is the password"
    )
    return parser


def _password(file: Path | None) -> str | None:
    if file is None:
        return None
    text = file.read_text(encoding="utf-8-sig")
    return text.split("\n", 1)[0].removesuffix("\r")


def _inputs(paths: Sequence[Path]) -> Iterator[InputFile]:
    """Read the files, each no further than shows that it is too large."""
    for path in paths:
        try:
            with path.open("rb") as file:
                yield InputFile(str(path), file.read(SIZE_LIMIT + 1))
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
    yield "Revocation is not checked."


def _certificate_lines(each: CertificateReport) -> Iterator[str]:
    not_before, not_after = japan.isoformat(each.not_before), japan.isoformat(each.not_after)
    opens, closes = each.renewal.opens_on or "-", each.renewal.closes_on or "-"
    yield f"  {each.subject}"
    yield f"    issuer     {each.issuer}"
    yield f"    valid      {not_before} to {not_after}: {each.validity}"
    yield f"    authority  {each.authority or '-'} ({each.recognised_by or 'not recognised'})"
    yield f"    renewal    {each.renewal.status}, {opens} to {closes}"
    yield f"    chain      {each.chain.status}"


def _details(detail: dict[str, str | int]) -> str:
    return f" ({', '.join(f'{name} {value}' for name, value in detail.items())})" if detail else ""


def run() -> None:
    """Run as the installed command."""
    sys.exit(main())


if __name__ == "__main__":
    run()
