"""The command line: ``python -m certcheck [options] FILE…`` and ``python -m certcheck list DIR…``.

Exit status: 2 where some input is unusable, else 1 where something needs attention (a certificate has
expired, is revoked, or can be renewed now; a private key fits none), else 0.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from certcheck import limits
from certcheck.cli import options
from certcheck.cli.sentences import SentenceWriter
from certcheck.inspection import InputFile, inspect

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit status."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["list"]:
        from certcheck.cli import listing  # noqa: PLC0415 - it needs processes, which Pyodide has not

        return listing.main(arguments[1:])
    parser = _build_parser()
    namespace = parser.parse_args(arguments)
    try:
        rules, at, password, mac_password = options.read_options(namespace)
        words = options.select_words(rules, namespace.lang)
        effort = limits.UNBOUNDED_EFFORT if namespace.patient else options.measure_effort(limits.TIME_LIMIT)
        files = list(_read_files(namespace.files, effort, mac_password))
        report = inspect(files, rules, at, password, namespace.authority)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    lines = SentenceWriter(words).format_report(report)
    text = report.to_json() if namespace.json else "\n".join(map(_escape_invisible, lines))
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


def _read_files(
    paths: Sequence[Path], effort: limits.Effort, mac_password: str | None
) -> Iterator[InputFile]:
    """Read the files, each up to the byte that shows it to be too large."""
    for path in paths:
        try:
            with path.open("rb") as file:
                yield InputFile(str(path), file.read(limits.SIZE_LIMIT + 1), None, effort, mac_password)
        except OSError as error:
            print(f"certcheck: {error}", file=sys.stderr)  # noqa: T201 - a missing file is in no report


def _escape_invisible(line: str) -> str:
    """Mark characters that are invisible, turn the text, end the line or command the terminal.

    The page marks the same ones.
    """
    return "".join(
        letter if letter.isprintable() or letter == "\u3000" else f"[U+{ord(letter):04X}]" for letter in line
    )


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
