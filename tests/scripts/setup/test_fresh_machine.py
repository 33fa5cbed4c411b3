"""What the commands do on a machine where something is missing: real runs in a clone that never ran."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from scripts.command import git, run
from scripts.setup.packages import write_stamp
from tests.support import ROOT

# All that such a machine has besides the shell's own: git, this Python, and what finds npm's own interpreter.
PROGRAMS = ("sh", "dirname", "git", "env")
# pip and npm find no packages, and no settings that name some.
NO_PACKAGES = {
    "PIP_NO_INDEX": "1",
    "PIP_CONFIG_FILE": os.devnull,
    "npm_config_offline": "true",
}


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """Return an empty clone in `リポジトリー`, and its programs in `bin`."""
    clone = tmp_path / "リポジトリー"
    git("clone", "--quiet", "--depth=1", f"file://{ROOT}", clone)
    for name in ("scripts", "macros"):
        shutil.copytree(ROOT / name, clone / name, dirs_exist_ok=True)
    (tmp_path / "bin").mkdir()
    for program in PROGRAMS:
        (tmp_path / "bin" / program).symlink_to(str(shutil.which(program)))
    # The Python that .venv was made with: it has none of the packages.
    (tmp_path / "bin/python3").symlink_to(Path(sys.base_prefix) / "bin/python3")
    return tmp_path


def install_program(machine: Path, name: str, script: str) -> None:
    """Give the machine a program that behaves like this."""
    path = machine / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def make_environment(machine: Path) -> Path:
    """Make a virtual environment that looks installed, as an earlier run leaves it; return its Python."""
    clone = machine / "リポジトリー"
    run(machine / "bin/python3", "-m", "venv", "--without-pip", clone / ".venv")
    write_stamp(clone / ".venv/.stamp", clone / "requirements.lock")
    return clone / ".venv/bin/python"


def run_build(machine: Path, language: str = "en", status: int = 1) -> str:
    """Run scripts/build, which gives up; return what it says."""
    done = run(
        *(machine / "リポジトリー/scripts/build", "--lang", language),
        env={"PATH": str(machine / "bin"), "HOME": str(machine), **NO_PACKAGES},
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    return done.stderr


def test_no_git(machine: Path) -> None:
    """Git is asked for in one sentence, in the language of whoever reads it."""
    (machine / "bin/git").unlink()
    assert run_build(machine) == "git is needed: the site names the commit that it was made from.\n"
    assert run_build(machine, "ja") == "git が必要です。サイトには、元になったコミットが書き込まれます。\n"


def test_only_an_old_python(machine: Path) -> None:
    """A Python below 3.11 is as good as none, and so is a name that no Python answers to.

    Without a Python nobody knows the language: both are told.
    """
    install_program(machine, "python3", "exit 1")
    japanese, english = run_build(machine).splitlines()
    assert japanese.startswith("Python 3.11 以降が必要です。")
    assert english.startswith("Python 3.11 or newer is needed")


def test_an_unpacked_archive(machine: Path) -> None:
    """Without a commit the site could not say what it was made from."""
    shutil.rmtree(machine / "リポジトリー/.git")
    assert run_build(machine).startswith("This folder is not a git clone")


def test_an_unknown_language(machine: Path) -> None:
    """It is refused as other wrong uses are."""
    assert run_build(machine, "fr", status=2) == "--lang のあとには ja か en を書きます。\n"


def test_no_python_packages(machine: Path) -> None:
    """The environment is made, and where pip finds no packages, its words stand above ours."""
    lines = run_build(machine).splitlines()
    version = ".".join(map(str, sys.version_info[:3]))
    assert lines[0] == f"Making .venv with Python {version} …"
    assert lines[1] == "Installing the Python packages of requirements.lock …"
    assert any(line.startswith("ERROR: No matching distribution found") for line in lines[2:-1])
    assert lines[-1] == "The Python packages could not be installed: see pip's message above."
    assert not (machine / "リポジトリー/.venv/.stamp").exists()


def test_an_environment_of_a_python_that_is_gone(machine: Path) -> None:
    """After an upgrade of the system it is made anew; one of which only a part was made, completed."""
    python = make_environment(machine)
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert run_build(machine, "ja").startswith(".venv を Python ")
    for folder in (machine / "リポジトリー/.venv").glob("lib/*/site-packages/pip*"):
        shutil.rmtree(folder)
    lines = run_build(machine, "ja").splitlines()
    assert lines[0] == "requirements.lock にある Python のパッケージをインストールしています…"
    assert "No module named pip" not in "".join(lines)


def test_no_node(machine: Path) -> None:
    """Node.js is asked for once Python is set up."""
    make_environment(machine)
    assert run_build(machine) == "Node.js 20 or newer with npm is needed.\n"


def test_an_old_node(machine: Path) -> None:
    """The version that is there is named."""
    make_environment(machine)
    install_program(machine, "npm", "exit 0")
    install_program(machine, "node", "echo v18.20.0")
    assert run_build(machine) == "Node.js 20 or newer is needed: this is v18.20.0.\n"


def test_no_npm_packages(machine: Path) -> None:
    """Where npm finds no packages, its words stand above ours."""
    make_environment(machine)
    for program in ("node", "npm"):
        (machine / "bin" / program).symlink_to(Path(str(shutil.which(program))).resolve())
    lines = run_build(machine, "ja").splitlines()
    assert lines[0] == "package-lock.json にある npm のパッケージをインストールしています…"
    assert lines[-1].startswith("npm のパッケージをインストールできませんでした。")
    assert not (machine / "リポジトリー/node_modules/.stamp").exists()


def test_a_program_that_only_tests_need(machine: Path) -> None:
    """Where none can be installed, one sentence says which one is missing and how Debian's is called."""
    python, clone = make_environment(machine), machine / "リポジトリー"
    code = "from scripts.setup.programs import provide_browser; provide_browser()"
    environment = {"PATH": str(machine / "bin"), "CERT_GUIDES_LANG": "en"}
    done = run(python, "-c", code, cwd=clone, env=environment, check=False)
    assert done.stderr.splitlines()[-1].endswith(
        "The tests need Chromium: install it as root, on Debian 'apt-get install chromium fonts-noto-cjk'."
    )


def test_what_is_installed_is_imported_from_the_clone(machine: Path) -> None:
    """Whatever the folder's name, from wherever Python is started, and after the folder has moved."""
    make_environment(machine)
    write = "from scripts.setup.packages import write_path_file; write_path_file()"
    find = (
        "from importlib.util import find_spec\n"
        "print(find_spec('certcheck').origin, find_spec('macros').origin)"
    )
    run(machine / "リポジトリー/.venv/bin/python", "-c", write, cwd=machine / "リポジトリー")
    moved = machine / "移動先"
    (machine / "リポジトリー").rename(moved)
    found = run(moved / ".venv/bin/python", "-c", find, cwd=machine)
    assert found.stdout.split() == [f"{moved}/wasm/certcheck/__init__.py", f"{moved}/macros/__init__.py"]


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["changes", "HEAD", "HEAD", "--lang", "ja"], "変わった事実はありません。"),
        (["changes", "--lang=ja", "no-such-commit"], "というコミットはありません"),
        (["freshness", "--lang", "ja", "--day", "2026-11-21"], "の時点で古くなっているもの"),
        (["reconcile", "no-such-manual", "--lang", "ja"], "というマニュアルはありません"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_speaks_the_language_asked_for(command: list[str], message: str) -> None:
    """Whatever the locale, and wherever --lang stands: set-up takes it and hands it on."""
    environment = {**os.environ, "LC_ALL": "en_US.UTF-8"}
    done = run(ROOT / "scripts" / command[0], *command[1:], env=environment, check=False)
    assert message in done.stdout + done.stderr
