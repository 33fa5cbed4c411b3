"""What the editors' commands say, and the option that chooses in which language."""

from argparse import ArgumentParser

from macros import PACKAGE
from macros.loading.wording import load_strings
from macros.model.facts import LANGUAGES
from macros.model.language import choose_language
from scripts import ROOT


def add_language_option(options: ArgumentParser) -> None:
    """Add ``--lang``; without it the language is that of all messages."""
    options.add_argument("--lang", choices=LANGUAGES, default=choose_language())


def format_words(file: str, code: str, /, **values: object) -> str:
    """Format a text of ``macros/strings/<file>.yaml`` in the language of messages.

    Raises:
        KeyError: no such code, or a placeholder without a value.
    """
    strings = load_strings(PACKAGE / "strings" / f"{file}.yaml", ROOT)
    return strings.format(choose_language(), code, **values)
