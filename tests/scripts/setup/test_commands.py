"""The commands' table, the files that one runs, and what set-up tells."""

import importlib.util
import os
import re
import string
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from macros.model.language import Message
from scripts.command import git
from scripts.setup import messages
from scripts.setup.commands import COMMANDS
from scripts.setup.system import locate_python
from tests.support import ROOT

MESSAGES = {name: value for name, value in vars(messages).items() if isinstance(value, Message)}
WINDOWS_FILES = {path.stem: path for path in (ROOT / "scripts").glob("*.cmd")}
SHELL_FILES = {path.name: path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix}


def test_each_command_has_a_file_and_a_module() -> None:
    """None is left over on either side."""
    assert SHELL_FILES.keys() == COMMANDS.keys()
    missing = [
        command.module for command in COMMANDS.values() if not importlib.util.find_spec(command.module)
    ]
    assert missing == []


@pytest.mark.parametrize("name", SHELL_FILES)
def test_a_shell_file_hands_over_and_does_no_more(name: str) -> None:
    """All that a command does is in Python, which Windows runs, too."""
    assert os.access(SHELL_FILES[name], os.X_OK)
    lines = SHELL_FILES[name].read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/bin/sh"
    code = [line for line in lines if not line.startswith("#")]
    assert code == [f'exec "$(dirname -- "$0")/setup/run" {name} "$@"']


@pytest.mark.parametrize("name", WINDOWS_FILES)
def test_a_windows_file_hands_over_to_the_same(name: str) -> None:
    """As the shell's file of the same name, to the same Python entry."""
    assert name in COMMANDS
    lines = WINDOWS_FILES[name].read_text(encoding="ascii").splitlines()
    assert lines[0] == "@echo off"
    code = [line for line in lines[1:] if not line.startswith("rem ")]
    assert code == [rf'"%~dp0setup\run.cmd" {name} %*']


def test_both_systems_look_for_a_python_alike() -> None:
    """First the environment's own, where set-up makes it; then what a person has installed."""
    folder = ROOT / "scripts/setup"
    shell = re.search(r"^for python in (.*); do$", (folder / "run").read_text("utf-8"), re.MULTILINE)
    windows = re.search(r"^for %%P in \((.*)\) do \($", (folder / "run.cmd").read_text("utf-8"), re.MULTILINE)
    assert shell is not None
    assert windows is not None
    assert shell[1].split()[0] == str(locate_python(PurePosixPath(".venv"), "posix"))
    assert windows[1].split('"')[1] == str(locate_python(PureWindowsPath(".venv"), "nt"))


def test_windows_files_have_the_line_ends_of_windows() -> None:
    """In every clone, whatever its git is told: cmd.exe misses labels otherwise. No other file has them."""
    for path in [*WINDOWS_FILES.values(), ROOT / "scripts/setup/run.cmd"]:
        lines = path.read_bytes().split(b"\n")
        assert all(line.endswith(b"\r") for line in lines[:-1])
        assert lines[-1] == b""
    for line in git("ls-files", "--eol", "scripts").splitlines():
        ends, attribute = line.split()[1:3]
        assert (ends == "w/crlf", attribute == "attr/-text") in {(True, False), (False, True)}, line


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_tells_the_same_in_both_languages(name: str) -> None:
    """The same placeholders; what is a sentence in one language is one in the other."""
    message = MESSAGES[name]
    placeholders = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in message]
    assert placeholders[0] == placeholders[1]
    assert message.ja.endswith("。") == message.en.endswith(".")
    assert message.ja.endswith("…") == message.en.endswith("…")
