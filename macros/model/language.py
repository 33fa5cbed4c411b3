"""The language in which messages are told.

Standard library only: the commands' set-up speaks before any package is installed.
"""

import locale
import os
from collections.abc import Iterable
from typing import Literal, NamedTuple

Language = Literal["ja", "en"]
# Names the language of messages; --lang of a command sets it for everything that the command starts.
LANGUAGE_VARIABLE = "CERT_GUIDES_LANG"
# In the order in which POSIX reads them (XBD 8.2).
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Message(NamedTuple):
    """A message in both languages."""

    ja: str
    en: str

    def get(self, language: Language) -> str:
        """Return the message in one language."""
        return self.ja if language == "ja" else self.en

    def fill(self, **values: object) -> "Message":
        """Fill the placeholders; a value that is a message fills each language with its own words.

        Raises:
            KeyError: a placeholder has no value.
        """
        japanese = {name: value.ja if isinstance(value, Message) else value for name, value in values.items()}
        english = {name: value.en if isinstance(value, Message) else value for name, value in values.items()}
        return Message(self.ja.format(**japanese), self.en.format(**english))


def choose_language() -> Language:
    """Choose the language of messages: as the command was told, else the locale's.

    Windows sets none of the variables: there the user's own locale counts.
    """
    locales = [os.environ.get(name) for name in (LANGUAGE_VARIABLE, *_LOCALE_VARIABLES)]
    if os.name == "nt":
        locales.append(locale.getlocale()[0])
    return match_language(locales)


def match_language(locales: Iterable[str | None]) -> Language:
    """Return the language of the first locale that has a name: Japanese unless that is English.

    Args:
        locales: by POSIX' names or Windows', e.g. ``en_US.UTF-8`` or ``English_United States``.
    """
    name = next(filter(None, locales), "ja")
    return "en" if name.lower().startswith("en") else "ja"
