"""Sets up what a command needs, then runs it: ``python -m scripts.setup COMMAND ARGUMENTS``.

1. Choose the language of messages: ``--lang``, wherever it stands, or the locale.
2. Check that there are git and a commit.
3. Make ``.venv`` unless its Python runs, and go on with that Python.
4. Install the Python packages, and prepare what else the command needs. What is done once leaves a stamp.
5. Hand over to the command's module.
"""

import os
import sys
from collections.abc import Sequence

from macros.model.language import LANGUAGE_VARIABLE, Message
from scripts import ROOT
from scripts.setup import messages
from scripts.setup.commands import COMMANDS
from scripts.setup.messages import SetupError, tell
from scripts.setup.packages import check_clone, install_python_packages, is_venv_running, make_venv
from scripts.setup.system import extend_environment, hand_over

_WRONG_USE = 2  # the exit status of argparse


def take_language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take ``--lang ja`` or ``--lang=ja`` out of a command's arguments.

    Returns:
        The language, None without one, an empty text where nothing follows; and the other arguments.
    """
    language, others, words = None, list[str](), iter(arguments)
    for word in words:
        if word == "--lang":
            language = next(words, "")
        elif word.startswith("--lang="):
            language = word.removeprefix("--lang=")
        else:
            others.append(word)
    return language, others


def main() -> int:
    """Set up and hand over; 1 when something is missing, 2 for a language that there is not."""
    command, *arguments = sys.argv[1:]
    language, arguments = take_language(arguments)  # 1.
    if language is not None:
        if language not in Message._fields:
            tell(messages.UNKNOWN_LANGUAGE)
            return _WRONG_USE
        os.environ[LANGUAGE_VARIABLE] = language
    os.environ.update(extend_environment())
    try:
        check_clone()  # 2.
        if not is_venv_running():  # 3.
            return hand_over([str(make_venv()), "-m", "scripts.setup", command, *arguments])
        install_python_packages()  # 4.
        for prepare in COMMANDS[command].preparations:
            prepare()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return hand_over([sys.executable, "-m", COMMANDS[command].module, *arguments])  # 5.


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
