"""The report on every file of cryptography's test vectors, against a table that someone has read.

``python -m tests.certcheck.vectors`` prints the differences from the table; ``--write`` writes it anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cryptography_vectors

from certcheck import InputFile, Rules, inspect, japan

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(cryptography_vectors.__file__).parent
FOLDERS = ("pkcs12", "pkcs7", "x509")
GOLDEN = Path(__file__).with_name("golden") / "vectors.txt"
AT = japan.parse_instant("2027-03-10T12:00")

_PASSWORDS = (None, "cryptography", "password", "hunter2")  # those of the vectors' PKCS #12


def list_files() -> list[Path]:
    """Return every file, in order."""
    paths: list[Path] = []
    for folder in FOLDERS:
        paths += (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return sorted(paths)


def describe_file(path: Path) -> str:
    """Return a file's line: its format and contents, or its failure; and the failures of its parts."""
    file: dict[str, Any] = {}
    for password in _PASSWORDS:
        report = inspect([InputFile("", path.read_bytes(), password)], Rules(()), AT)
        (file,) = json.loads(report.to_json())["files"]
        if file.get("error", {}).get("code") not in {"password_required", "wrong_password"}:
            break
    if "error" in file:
        return _format_failure(file["error"])
    certificates = file["certificates"]
    words = [file["format"]]
    for count, noun in ((len(certificates), "certificate"), (len(file.get("revocation_lists", [])), "list")):
        words += [f"{count} {noun}{'s' if count > 1 else ''}"] if count else []
    if "pkcs12" in file:
        keys = len(file["pkcs12"]["keys"])
        words += [f"{keys} keys", f"password {file['password_form']}", *file["pkcs12"]["encryption"]]
    words += ["undecodable" for certificate in certificates if '"undecodable"' in json.dumps(certificate)]
    return "; ".join([*words, *map(_format_failure, file.get("failures", []))])


def _format_failure(failure: dict[str, Any]) -> str:
    return " ".join([failure["code"], *(f"{name}={value}" for name, value in failure["detail"].items())])


def describe_files(paths: Iterable[Path]) -> dict[str, str]:
    """Return the line of each file by its name."""
    return {path.relative_to(ROOT).as_posix(): describe_file(path) for path in paths}


def read_table() -> dict[str, str]:
    """Return the table that is committed, without its remarks."""
    lines = [line for line in _read_lines() if not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def _read_lines() -> list[str]:
    return GOLDEN.read_text(encoding="utf-8").splitlines()


def compare(table: dict[str, str], expected: dict[str, str]) -> list[str]:
    """Return a line for each file whose line is not the one expected, or that is in one table only."""
    differences: list[str] = []
    for name in sorted(table.keys() | expected.keys()):
        line, expected_line = table.get(name, "no such file"), expected.get(name, "no such file")
        if line != expected_line:
            differences.append(f"{name}: {line}, expected {expected_line}")
    return differences


def write_table(table: dict[str, str]) -> None:
    """Write the table anew; a remark stays above the line that it was above."""
    remarks: dict[str, list[str]] = {}
    pending: list[str] = []
    for line in _read_lines():
        if line.startswith("#"):
            pending.append(line)
        else:
            remarks[line.split(": ", 1)[0]], pending = pending, []
    lines: list[str] = []
    for name, line in table.items():
        lines += (*remarks.get(name, ()), f"{name}: {line}")
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Compare all files with the table, or write it anew."""
    table = describe_files(list_files())
    if "--write" in arguments:
        write_table(table)
        return 0
    differences = compare(table, read_table())
    print("\n".join(differences) or f"{len(table)} files, as the table says")  # noqa: T201 - its output
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
