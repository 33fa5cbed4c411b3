"""What wasm/wheels says of itself, read by the tests."""

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
WHEELS = ROOT / "wasm/wheels"


def read(path: Path) -> Any:  # noqa: ANN401  # JSON is whatever it is; the tests compare
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def provenance() -> Any:  # noqa: ANN401  # as above
    """What went into the wheels, and what came out."""
    return read(WHEELS / "provenance.json")


def lock() -> Any:  # noqa: ANN401  # as above
    """The lock file that the site ships."""
    return read(WHEELS / "pyodide-lock.json")
