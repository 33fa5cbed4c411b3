"""Where Windows differs from other systems, which ``os.name`` calls ``nt`` and ``posix``."""

import ntpath
import os
import posixpath
import signal
from collections.abc import Sequence
from pathlib import PurePath
from typing import TypeVar

from scripts.command import call

AnyPath = TypeVar("AnyPath", bound=PurePath)


def locate_python(venv: AnyPath, system: str = os.name) -> AnyPath:
    """Return where a virtual environment has its Python (PEP 405)."""
    return venv / "Scripts" / "python.exe" if system == "nt" else venv / "bin" / "python"


def list_import_paths(root: PurePath, site_packages: PurePath, system: str = os.name) -> str:
    """Return the lines of a path file (Python's ``site`` module) that have everything here imported.

    ``macros`` and ``scripts`` lie in the root, ``certcheck`` in ``wasm``. The paths are relative and so hold
    ASCII letters alone, whatever the folder's name: Python before 3.13 reads the file in the machine's
    encoding. They also stay right where the folder moves.

    Args:
        root: the repository.
        site_packages: the folder of the path file, below the root.
        system: as ``os.name`` says it.
    """
    relate = ntpath.relpath if system == "nt" else posixpath.relpath
    folders = [relate(str(folder), str(site_packages)) for folder in (root, root / "wasm")]
    return "".join(f"{folder}\n" for folder in folders)


def extend_environment(system: str = os.name) -> dict[str, str]:
    """Return the variables that a command's processes have beside this process's own."""
    # Material says at every start that it ends in 2027; the pages, plain Markdown first, provide for that.
    variables = {"NO_MKDOCS_2_WARNING": "1"}
    # Files and pipes hold UTF-8, and not the code page of the country (PEP 540).
    return variables | ({"PYTHONUTF8": "1"} if system == "nt" else {})


def has_all_rights(system: str = os.name) -> bool:
    """Return whether this is root, who may install programs with apt-get."""
    return system != "nt" and os.geteuid() == 0


def hand_over(command: Sequence[str], system: str = os.name) -> int:
    """Let another program take this process's place.

    Returns:
        The program's exit status, on Windows; elsewhere it does not return.
    """
    if system != "nt":
        os.execv(command[0], list(command))  # noqa: S606  # no shell is wanted
    # Windows' execv returns to the prompt while the program runs. It is waited for; Ctrl and C is for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return call(*command)
