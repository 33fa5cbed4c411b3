"""What certcheck says of every file of cryptography's test vectors, against a table that someone has read.

``python -m tests.certcheck.vectors`` prints what differs from the table, and ``--write`` writes it anew.
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

_PASSWORDS = (None, "cryptography", "password", "hunter2")  # what the vectors' PKCS #12 have


def files() -> list[Path]:
    """Return every file, in order."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())


def outcome(path: Path) -> str:
    """Return one file's line: its format and what it holds, or its error; and what of it cannot be read."""
    file: dict[str, Any] = {}
    for password in _PASSWORDS:
        report = inspect([InputFile("", path.read_bytes(), password)], Rules(()), AT)
        (file,) = json.loads(report.to_json())["files"]
        if file.get("error", {}).get("code") not in {"password_required", "wrong_password"}:
            break
    if "error" in file:
        return _failure(file["error"])
    certificates = file["certificates"]
    words = [
        file["format"],
        f"{len(certificates)} certificates" if len(certificates) > 1 else "1 certificate",
    ]
    if "pkcs12" in file:
        keys = len(file["pkcs12"]["keys"])
        words += [f"{keys} keys", f"password {file['password_form']}", *file["pkcs12"]["encryption"]]
    words += ["undecodable" for each in certificates if '"undecodable"' in json.dumps(each)]
    return "; ".join([*words, *map(_failure, file.get("failures", []))])


def _failure(error: dict[str, Any]) -> str:
    return " ".join([error["code"], *(f"{name}={value}" for name, value in error["detail"].items())])


def table(paths: Iterable[Path]) -> dict[str, str]:
    """Return the outcome of each file by its name."""
    return {path.relative_to(ROOT).as_posix(): outcome(path) for path in paths}


def golden() -> dict[str, str]:
    """Return the table that is committed, without its remarks."""
    lines = [line for line in _lines() if not line.startswith("#")]
    return dict(line.split(": ", 1) for line in lines)


def _lines() -> list[str]:
    return GOLDEN.read_text(encoding="utf-8").splitlines()


def differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    """Return a line for each file whose outcome is not the one expected, in either direction."""
    names = sorted(found.keys() | expected.keys())
    return [
        f"{name}: {found.get(name, 'no such file')}, expected {expected.get(name, 'no such file')}"
        for name in names
        if found.get(name) != expected.get(name)
    ]


def write(found: dict[str, str]) -> None:
    """Write the table anew; a remark stays above the row that it was above."""
    remarks: dict[str, list[str]] = {}
    waiting: list[str] = []
    for line in _lines():
        if line.startswith("#"):
            waiting.append(line)
        else:
            remarks[line.split(": ", 1)[0]], waiting = waiting, []
    lines = [line for name, said in found.items() for line in (*remarks.get(name, ()), f"{name}: {said}")]
    GOLDEN.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Compare all files with the table, or write it anew."""
    found = table(files())
    if "--write" in arguments:
        write(found)
        return 0
    different = differences(found, golden())
    print("\n".join(different) or f"{len(found)} files, as the table says")  # noqa: T201 - its output
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
