"""versions.env for the steps that are written in Python."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Settings:
    """The pinned versions."""

    pyodide: str
    pyodide_integrity: str
    python: str
    cryptography: str
    cffi: str
    epoch: int

    @property
    def interpreter(self) -> str:
        """The Python version as wheel tags write it."""
        return "cp" + self.python.replace(".", "")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read KEY=value lines."""
        lines = path.read_text(encoding="utf-8").splitlines()
        values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        return cls(
            pyodide=values["PYODIDE"],
            pyodide_integrity=values["PYODIDE_INTEGRITY"],
            python=values["PYTHON"],
            cryptography=values["CRYPTOGRAPHY"],
            cffi=values["CFFI"],
            epoch=int(values["SOURCE_DATE_EPOCH"]),
        )
