"""What the scripts say on a machine where something is missing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support import ROOT

# Besides the shell's own.
TOOLS = ("sh", "dirname", "cksum", "cat", "git", "id", "uname", "env")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """An empty clone in `clone`, and in `bin` only what every machine has, git and this Python."""
    subprocess.run(  # noqa: S603  # no word is a stranger's
        ["git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", str(tmp_path / "clone")],  # noqa: S607  # of the PATH
        check=True,
    )
    shutil.copytree(ROOT / "scripts", tmp_path / "clone/scripts", dirs_exist_ok=True)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return tmp_path


def has(machine: Path, tool: str, script: str) -> None:
    """Give the machine a tool that behaves like this."""
    path = machine / "bin" / tool
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up_already(machine: Path) -> None:
    """A virtual environment with the stamp of the lock file, as an earlier run leaves it."""
    clone = machine / "clone"
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / ".venv/bin/python").symlink_to(str(shutil.which("true")))
    with (clone / "requirements.lock").open() as lock:
        checksum = subprocess.run(["cksum"], stdin=lock, capture_output=True, text=True, check=True)  # noqa: S607  # of the PATH
    (clone / ".venv/.stamp").write_text(f"requirements.lock {checksum.stdout}", encoding="utf-8")


def build(machine: Path) -> str:
    """What scripts/build says before it gives up."""
    done = subprocess.run(  # noqa: S603  # no word is a stranger's
        [str(machine / "clone/scripts/build")],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


def test_no_git(machine: Path) -> None:
    """Git is asked for in one sentence."""
    (machine / "bin/git").unlink()
    assert build(machine) == "git is needed: the site names the commit that it was made from.\n"


def test_only_an_old_python(machine: Path) -> None:
    """A Python below 3.11 is as good as none, and so is a name that no Python answers to."""
    has(machine, "python3", "exit 1")
    assert build(machine).startswith("Python 3.11 or newer is needed")


def test_no_node(machine: Path) -> None:
    """Node.js is asked for once Python is set up."""
    set_up_already(machine)
    assert build(machine) == "Node.js 20 or newer with npm is needed.\n"


def test_an_old_node(machine: Path) -> None:
    """The version that is there is named."""
    set_up_already(machine)
    has(machine, "npm", "exit 0")
    has(machine, "node", 'if [ "$1" = --version ]; then echo v18.20.0; else exit 1; fi')
    assert build(machine) == "Node.js 20 or newer is needed: this is v18.20.0.\n"


def test_an_unpacked_archive(machine: Path) -> None:
    """Without a commit the site could not say what it was made from."""
    shutil.rmtree(machine / "clone/.git")
    assert build(machine).startswith("This folder is not a git clone")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["changes", "HEAD", "HEAD"], "変わった事実はありません。"),
        (["changes", "no-such-commit"], "というコミットはありません"),
        (["freshness", "--day", "2026-11-21"], "古い: 0"),
        (["reconcile", "no-such-manual"], "というマニュアルはありません"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_speaks_the_language_asked_for(command: list[str], said: str) -> None:
    """Whatever the locale: the scripts' common beginning takes --lang and hands it on."""
    done = subprocess.run(  # noqa: S603  # no word is a stranger's
        [str(ROOT / "scripts" / command[0]), *command[1:], "--lang", "ja"],
        env={**os.environ, "LC_ALL": "en_US.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in done.stdout + done.stderr
