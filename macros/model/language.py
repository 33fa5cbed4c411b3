"""The language in which messages are told.

Standard library only: the commands' set-up speaks before any package is installed.
"""

import locale
import os
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
        """Return it in one language."""
        return self.ja if language == "ja" else self.en


def choose_language() -> Language:
    """Choose the language of messages: as the command was told, else the locale's.

    It is Japanese unless that is English. Windows sets none of the variables: there the user's locale counts,
    which :func:`locale.getlocale` calls ``en_US`` or ``English_United States``.
    """
    values = [os.environ.get(name, "") for name in (LANGUAGE_VARIABLE, *_LOCALE_VARIABLES)]
    if os.name == "nt":
        values.append(locale.getlocale()[0] or "")
    name = next(filter(None, values), "ja")
    return "en" if name.lower().startswith("en") else "ja"
