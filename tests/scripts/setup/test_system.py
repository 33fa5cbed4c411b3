"""What differs on Windows, by its own path rules."""

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from scripts.command import run
from scripts.setup.system import extend_environment, has_all_rights, list_import_paths, locate_python

WINDOWS_CLONE = PureWindowsPath(r"C:\Users\山田 太郎\guides")


def test_python_of_an_environment() -> None:
    """PEP 405: in Scripts on Windows, in bin elsewhere; of this environment, this Python."""
    assert str(locate_python(WINDOWS_CLONE / ".venv", "nt")) == (
        r"C:\Users\山田 太郎\guides\.venv\Scripts\python.exe"
    )
    assert locate_python(PurePosixPath("/srv/guides/.venv"), "posix") == PurePosixPath(
        "/srv/guides/.venv/bin/python"
    )
    assert locate_python(Path(sys.prefix)).samefile(sys.executable)


def test_import_paths() -> None:
    """From the packages' folder to the root and wasm, in ASCII whatever the folder's name."""
    windows = list_import_paths(WINDOWS_CLONE, WINDOWS_CLONE / ".venv/Lib/site-packages", "nt")
    assert windows == "..\\..\\..\n..\\..\\..\\wasm\n"
    clone = PurePosixPath("/srv/ガイド")
    posix = list_import_paths(clone, clone / ".venv/lib/python3.11/site-packages", "posix")
    assert posix == "../../../..\n../../../../wasm\n"


def test_windows_writes_utf_8() -> None:
    """Its code page, 932 in Japan, holds neither all letters of a page nor of a name."""
    assert extend_environment("nt")["PYTHONUTF8"] == "1"
    assert "PYTHONUTF8" not in extend_environment("posix")


def test_windows_has_no_root() -> None:
    """So nothing is installed with apt-get."""
    assert not has_all_rights("nt")


@pytest.mark.parametrize("system", ["nt", "posix"])
def test_the_command_s_exit_status_is_set_up_s(system: str) -> None:
    """Whether the command takes the process's place or is waited for; what it prints comes through."""
    child = [sys.executable, "-c", "print('done'); raise SystemExit(3)"]
    code = (
        f"import sys; from scripts.setup.system import hand_over; sys.exit(hand_over({child!r}, {system!r}))"
    )
    done = run(sys.executable, "-c", code, check=False)
    assert (done.returncode, done.stdout) == (3, "done\n")
