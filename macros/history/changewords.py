"""Changes of facts in words: ``tse: renewal window closes: the end of the day before expiry → expiry``."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from macros import PACKAGE
from macros.history.changes import ORDER, SCREEN, Change, Way, is_text
from macros.loading.wording import load_strings
from macros.model.dates import day_in_words
from macros.model.facts import LANGUAGES
from macros.model.plaintext import remove_links

_ENTRY = re.compile(r"^(?P<name>\w+)(?:\[(?P<entry>.*)\])?$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
# What names an entry of a list, in the order in which it is sought.
_NAMED_BY = (
    *("title", "name", "text", "about", "sees", "label"),
    *("what", "short", "question", "says", "equals", "pattern"),
)
# A name may need the two before it: renewal, closes, at.
_DEPTH = 3


@dataclass(frozen=True)
class Message:
    """One change in both languages.

    Attributes:
        ref: where, see :class:`macros.changes.Change`.
        words: by language.
    """

    ref: str
    words: dict[str, str]


class ChangeWords:
    """How changes are said."""

    def __init__(self, longest: dict[str, int] | None = None) -> None:
        """Read the words.

        Args:
            longest: how many letters of a value are quoted, by language; None quotes whatever it is.

        Raises:
            FactsError: as :func:`macros.words.load_strings`.
        """
        self._longest = longest
        self._fields = load_strings(PACKAGE / "strings" / "fields.yaml", PACKAGE.parent)
        self._sentences = load_strings(PACKAGE / "strings" / "changes.yaml", PACKAGE.parent)

    def say(self, changes: Iterable[Change]) -> list[Message]:
        """In the order of the changes; a value that moved to another field of the same name is one change."""
        sayings = [self._said(change) for change in self._joined(changes)]
        return list({(said.ref, *said.words.values()): said for said in sayings}.values())

    def name(self, path: Way, language: str) -> str:
        """What a field is called.

        Raises:
            KeyError: it has no name in ``strings/fields.yaml``.
        """
        code = self._code(path)
        if code is None:
            raise KeyError(".".join(path))
        return self._fields.words[code][language]

    def _joined(self, changes: Iterable[Change]) -> list[Change]:
        """``closes.at`` that went and ``closes.days_before`` that came: the end of the window moved."""
        joined: list[Change] = []
        places: dict[tuple[str, str], int] = {}
        for change in changes:
            key = (change.ref, self._name(change.path, "en"))
            other = joined[places[key]] if key in places else None
            if other and other.path != change.path and (other.old is None) != (change.old is None):
                old, new = (other, change) if other.new is None else (change, other)
                was, is_now = self._in_words(old.path, old.old), self._in_words(new.path, new.new)
                joined[places[key]] = Change(change.ref, change.path, was, is_now)
            else:
                places[key] = len(joined)
                joined.append(change)
        return joined

    def _in_words(self, path: Way, value: Any) -> dict[str, str]:  # noqa: ANN401 - plain values
        return {language: self._value(path, value, language) for language in LANGUAGES}

    def _said(self, change: Change) -> Message:
        old, new = self._in_words(change.path, change.old), self._in_words(change.path, change.new)
        quoted = all(self._is_quoted(words[language], language) for words in (old, new) for language in words)

        def sentence(language: str) -> str:
            return self._sentences.say(
                language,
                self._kind(change, quoted=quoted, same=old[language] == new[language]),
                name=self._name(change.path, language),
                # A file without a title is called by its name.
                old=old[language] or change.ref,
                new=new[language] or change.ref,
            )

        return Message(change.ref, {language: sentence(language) for language in LANGUAGES})

    def _is_quoted(self, words: str, language: str) -> bool:
        return bool(words) and (self._longest is None or len(words) <= self._longest[language])

    def _kind(self, change: Change, *, quoted: bool, same: bool) -> str:
        """The code of the sentence; ``same``: there is no difference in this language."""
        gone_or_new = change.old is None or change.new is None
        come = "added" if change.old is None else "removed"
        if not change.path:
            return f"page.{come}"
        if change.path[-1] == ORDER:
            return "order"
        whole = not quoted or change.path[-1] == SCREEN
        if gone_or_new:
            return f"{come}.long" if whole or same else come
        if same and is_text(change.old) and is_text(change.new):
            return "other-language"
        return "revised" if whole or same else "changed"

    def _name(self, path: Way, language: str) -> str:
        """The field's name, or where it has none the path itself: the facts may be older than the model."""
        named = path[:-1] if path[-1:] == (ORDER,) else path
        code = self._code(named)
        name = self._fields.words[code][language] if code else ".".join(named)
        entries = [match["entry"] for part in path if (match := _ENTRY.match(part)) and match["entry"]]
        if not entries:
            return name
        return self._sentences.say(language, "entry", name=name, entry=", ".join(entries))

    def _code(self, path: Way, ending: str = "") -> str | None:
        parts = [match["name"] if (match := _ENTRY.match(part)) else part for part in path]
        codes = (".".join(parts[-depth:]) + ending for depth in range(_DEPTH, 0, -1))
        return next((code for code in codes if code in self._fields.words), None)

    def _value(self, path: Way, value: Any, language: str) -> str:  # noqa: ANN401 - plain values
        if is_text(value):
            return remove_links(value[language])
        if isinstance(value, bool) or value is None:
            return self._sentences.say(language, {True: "yes", False: "no", None: "nothing"}[value])
        if isinstance(value, list):
            return ", ".join(self._value(path, one, language) for one in value)
        if isinstance(value, dict):
            return self._entry(path, value, language)
        return self._word(path, str(value), language)

    def _word(self, path: Way, value: str, language: str) -> str:
        """A number, a day, a code of the model, or words as they are."""
        if code := self._code(path, f"={value}"):
            return self._fields.words[code][language]
        if code := self._code(path, "="):
            return self._fields.say(language, code, value=value)
        return day_in_words(dt.date.fromisoformat(value), language) if _DAY.match(value) else value

    def _entry(self, path: Way, value: dict[str, Any], language: str) -> str:
        """What an entry of a list is called; a source by its place."""
        if "section" in value:
            return " ".join(str(value[key]) for key in ("document", "section", "step") if key in value)
        name = next((value[key] for key in _NAMED_BY if key in value), value.get("id", ""))
        return self._value(path, name, language)
