"""The records of wasm/wheels, read by the tests."""

import json
from pathlib import Path
from typing import Any

from tests.support import ROOT

HERE = Path(__file__).resolve().parent
WHEELS = ROOT / "wasm/wheels"

Json = dict[str, Any]


def read_json(path: Path) -> Json:
    """Read a JSON file that holds an object."""
    data: Json = json.loads(path.read_text(encoding="utf-8"))
    return data


def read_provenance() -> Json:
    """Read what went into the wheels, and what came out."""
    return read_json(WHEELS / "provenance.json")


def read_lock() -> Json:
    """Read the lock file that the site ships."""
    return read_json(WHEELS / "pyodide-lock.json")
