"""The packages of the two locks: Python's in ``.venv``, npm's in ``node_modules``."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from scripts import ROOT
from scripts.command import CommandError, call, run
from scripts.setup import messages
from scripts.setup.messages import SetupError, tell
from scripts.setup.system import list_import_paths, locate_python

VENV = ROOT / ".venv"
OLDEST_NODE = 20
_IS_ENVIRONMENT = "import sys; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"


def check_clone() -> None:
    """Check that there are git and a commit.

    Raises:
        SetupError: one is missing.
    """
    if shutil.which("git") is None:
        raise SetupError(messages.NO_GIT)
    if run("git", "rev-parse", "--quiet", "--verify", "HEAD", check=False).returncode:
        raise SetupError(messages.NO_COMMIT)


def is_venv_running() -> bool:
    """Return whether this Python is that of ``.venv``, by whatever path it was called."""
    return VENV.is_dir() and VENV.samefile(sys.prefix)


def make_venv() -> Path:
    """Make ``.venv`` with this Python, unless its own Python runs already.

    Returns:
        The environment's Python.

    Raises:
        SetupError: it cannot be made.
    """
    python = locate_python(VENV)
    if _runs(python):
        return python
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):  # Debian: python3-venv
        raise SetupError(messages.NO_VENV_MODULE)
    tell(messages.MAKING_VENV, version=sys.version.split()[0])
    if call(sys.executable, "-m", "venv", "--clear", VENV):
        raise SetupError(messages.VENV_FAILED, python=sys.executable)
    return python


def _runs(python: Path) -> bool:
    """Return whether it is there and new enough: a system's upgrade leaves links to a Python that is gone."""
    try:
        return run(python, "-c", _IS_ENVIRONMENT, check=False).returncode == 0
    except (CommandError, OSError):
        return False


def install_python_packages() -> None:
    """Install what ``requirements.lock`` names, once for each state of it, for the Python that runs.

    Raises:
        SetupError: pip failed.
    """
    lock, stamp = ROOT / "requirements.lock", VENV / ".stamp"
    if _is_stamped(stamp, lock):
        return
    tell(messages.INSTALLING_PYTHON_PACKAGES)
    if importlib.util.find_spec("pip") is None:  # whoever made the environment was interrupted
        call(sys.executable, "-m", "ensurepip", stdout=subprocess.DEVNULL)
    pip = (
        sys.executable,
        "-m",
        "pip",
        "install",
        "--only-binary",
        ":all:",
        "-qq",
        "--disable-pip-version-check",
        "--no-input",
    )
    if call(*pip, "--require-hashes", "--requirement", lock):
        raise SetupError(messages.PIP_FAILED)
    write_path_file()
    write_stamp(stamp, lock)


def write_path_file() -> None:
    """Have the Python that runs import the packages of this repository."""
    site_packages = Path(sysconfig.get_path("purelib"))
    lines = list_import_paths(ROOT, site_packages)
    (site_packages / "cert_guides.pth").write_text(lines, encoding="ascii", newline="\n")


def install_npm_packages() -> None:
    """Install what ``package-lock.json`` names, once for each state of it.

    Raises:
        SetupError: Node.js is missing or too old, or npm failed.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise SetupError(messages.NO_NODE)
    version = run(node, "--version", check=False).stdout.strip()
    major = version.removeprefix("v").partition(".")[0]
    if not major.isdecimal() or int(major) < OLDEST_NODE:
        raise SetupError(messages.OLD_NODE, version=version)
    lock, stamp = ROOT / "package-lock.json", ROOT / "node_modules/.stamp"
    if _is_stamped(stamp, lock):
        return
    tell(messages.INSTALLING_NPM_PACKAGES)
    if call(npm, "ci", "--ignore-scripts", "--silent", "--no-fund", "--no-audit"):
        raise SetupError(messages.NPM_FAILED)
    write_stamp(stamp, lock)


def _is_stamped(stamp: Path, lock: Path) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _digest(lock)


def write_stamp(stamp: Path, lock: Path) -> None:
    """Note that this state of a lock is installed."""
    stamp.write_text(_digest(lock), encoding="utf-8", newline="\n")


def _digest(lock: Path) -> str:
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}\n"
