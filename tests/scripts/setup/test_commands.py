"""The commands' table, the files that one runs, and what set-up tells."""

import importlib.util
import os
import string

import pytest

from macros.model.language import Message
from scripts.setup import messages
from scripts.setup.commands import COMMANDS
from tests.support import ROOT

MESSAGES = {name: value for name, value in vars(messages).items() if isinstance(value, Message)}
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


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_tells_the_same_in_both_languages(name: str) -> None:
    """The same placeholders; what is a sentence in one language is one in the other."""
    message = MESSAGES[name]
    placeholders = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in message]
    assert placeholders[0] == placeholders[1]
    assert message.ja.endswith("。") == message.en.endswith(".")
    assert message.ja.endswith("…") == message.en.endswith("…")
