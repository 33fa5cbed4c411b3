"""What certcheck does with a mutated file, and whether that breaks a rule: no other exception, in 2 s."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple, get_args

from certcheck import InputFile, Report, inspect, japan
from certcheck.errors import Code
from certcheck.limits import Effort
from certcheck.reports.report import FileError
from tests.support.mint import PASSWORD

if TYPE_CHECKING:
    from certcheck import Rules

CPU_SECONDS = 2.0
"""Time of the processor that inspecting an input may take."""

# Of key derivation, which takes the time that the caller allows: what a file does besides is on trial.
_EFFORT = Effort(1_000_000)

_AT = japan.parse_instant("2027-03-10")


class Outcome(NamedTuple):
    """The outcome of inspecting an input.

    Attributes:
        kind: the file's format, or the failure's code.
        seconds: of the processor.
        fault: the rule that was broken; None where none was.
    """

    kind: str
    seconds: float
    fault: str | None


def inspect_input(data: bytes, rules: Rules) -> Outcome:
    """Inspect an input; whatever is raised, but an exit, is a fault."""
    started = time.process_time()
    try:
        report = inspect([InputFile("x", data, PASSWORD, _EFFORT)], rules, _AT)
        report.to_json().encode()
        kind, fault = _classify(report)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        kind, fault = "raised", repr(error)
    seconds = time.process_time() - started
    if seconds > CPU_SECONDS:
        fault = fault or f"took {seconds:.1f} s"
    return Outcome(kind, seconds, fault)


def _classify(report: Report) -> tuple[str, str | None]:
    (file,) = report.files
    if not isinstance(file, FileError):
        is_found = file.certificates or file.format == "crl"
        return file.format, None if is_found else "neither certificates nor an error"
    code, detail = file.error.code, file.error.detail
    is_unexpected = code not in get_args(Code) or detail.get("where") == "library"
    return code, f"{code} {detail}" if is_unexpected else None
