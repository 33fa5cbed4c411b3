"""Pyodide's loader in a real Chromium, with the committed lock file.

Not in Node: there the loader reads packages from disk and never looks at their hashes.
"""

import functools
import re
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import ROOT
from tests.wheels.records import WHEELS, read_lock

RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]

# Returns what Python prints, or the error.
LOAD = """
async () => {
  const { loadPyodide } = await import("./pyodide.mjs");
  const lockFileURL = new URL("pyodide-lock.json", location.href).href;
  try {
    const pyodide = await loadPyodide({ lockFileURL, packages: ["cryptography"] });
    return pyodide.runPython("import cryptography.x509; cryptography.__version__");
  } catch (error) {
    return `${error}`;
  }
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay runtime, lock file and wheels into one folder, as a site would have them."""
    shipped = [*(ROOT / "node_modules/pyodide" / name for name in RUNTIME), *WHEELS.glob("*.whl")]
    for file in [*shipped, WHEELS / "pyodide-lock.json"]:
        shutil.copy(file, tmp_path)
    (tmp_path / "index.html").write_text("<!doctype html><title>loader</title>", encoding="utf-8")
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Serve that folder."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def load_cryptography(chromium: Browser, address: str) -> tuple[str, str]:
    """Load cryptography in a page; return its version or the error, and what the console shows."""
    console: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: console.append(message.text))
    page.goto(address)
    answer = page.evaluate(LOAD)
    page.close()
    return answer, "\n".join(console)


def change_a_date(wheel: Path) -> None:
    """Change one byte that no checksum of a zip file covers: a date in the first entry's header."""
    content = bytearray(wheel.read_bytes())
    content[12] ^= 1
    wheel.write_bytes(content)


def test_the_lock_loads_the_wheels(chromium: Browser, address: str) -> None:
    """With the committed lock, the loader takes both wheels from the site itself, hashes checked."""
    version, _ = load_cryptography(chromium, address)
    assert version == read_lock()["packages"]["cryptography"]["version"]


@pytest.mark.parametrize("package", ["cryptography", "cffi"])
def test_a_changed_wheel_is_refused(chromium: Browser, address: str, folder: Path, package: str) -> None:
    """One byte of a wheel changed, and it is not taken, because of its hash: x509 does not import."""
    wheel = next(folder.glob(f"{package}-*.whl"))
    change_a_date(wheel)
    answer, console = load_cryptography(chromium, address)
    assert "Error" in answer
    assert re.search(f"integrity.*{re.escape(wheel.name)}", console), console
