"""Changes of facts in words: ``tse: renewal window closes: the end of the day before expiry → expiry``."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from macros import PACKAGE
from macros.history.changes import ORDER, SCREEN, FactChange, FieldPath, is_bilingual
from macros.loading.wording import load_strings
from macros.markdown.day_format import format_day
from macros.markdown.plaintext import remove_links
from macros.model.facts import LANGUAGES

_ENTRY = re.compile(r"^(?P<name>\w+)(?:\[(?P<entry>.*)\])?$")
_DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
# The fields that name an entry of a list, in the order in which they are looked for.
_NAME_FIELDS = (
    *("title", "name", "text", "about", "sees", "label"),
    *("what", "short", "question", "says", "equals", "pattern"),
)
# A name may need the two before it: renewal, closes, at.
_DEPTH = 3


@dataclass(frozen=True)
class ChangeSentence:
    """One change in both languages.

    Attributes:
        ref: where, see :class:`macros.history.changes.FactChange`.
        words: by language.
    """

    ref: str
    words: dict[str, str]


class ChangeWords:
    """Describes changes in sentences."""

    def __init__(self, longest: dict[str, int] | None = None) -> None:
        """Read the words.

        Args:
            longest: how many letters of a value are quoted at most, by language; None quotes every value.

        Raises:
            FactsError: as :func:`macros.loading.wording.load_strings`.
        """
        self._longest = longest
        self._fields = load_strings(PACKAGE / "strings" / "fields.yaml", PACKAGE.parent)
        self._sentences = load_strings(PACKAGE / "strings" / "changes.yaml", PACKAGE.parent)

    def describe(self, changes: Iterable[FactChange]) -> list[ChangeSentence]:
        """Describe changes, each sentence once, in their order.

        A value that moved to another field of the same name is one change.
        """
        sentences = [self._describe_change(change) for change in self._join_moves(changes)]
        return list({(sentence.ref, *sentence.words.values()): sentence for sentence in sentences}.values())

    def find_name(self, path: FieldPath, language: str) -> str:
        """Find what a field is called.

        Raises:
            KeyError: it has no name in ``macros/strings/fields.yaml``.
        """
        code = self._find_code(path)
        if code is None:
            raise KeyError(".".join(path))
        return self._fields.words[code][language]

    def find_label(self, path: FieldPath, language: str, ending: str = "") -> str | None:
        """Find what a field, or a value of it, is called; None where it has no name.

        Args:
            path: of the field.
            language: of the name.
            ending: ``=`` and the value.
        """
        code = self._find_code(path, ending)
        return self._fields.words[code][language] if code else None

    def _join_moves(self, changes: Iterable[FactChange]) -> list[FactChange]:
        """Join the removal and the addition of one value, as of ``closes.at`` and ``closes.days_before``."""
        joined: list[FactChange] = []
        positions: dict[tuple[str, str], int] = {}
        for change in changes:
            key = (change.ref, self._name_field(change.path, "en"))
            other = joined[positions[key]] if key in positions else None
            if other and other.path != change.path and (other.old is None) != (change.old is None):
                removal, addition = (other, change) if other.new is None else (change, other)
                old = self._describe_in_languages(removal.path, removal.old)
                new = self._describe_in_languages(addition.path, addition.new)
                joined[positions[key]] = FactChange(change.ref, change.path, old, new)
            else:
                positions[key] = len(joined)
                joined.append(change)
        return joined

    def _describe_in_languages(self, path: FieldPath, value: Any) -> dict[str, str]:  # noqa: ANN401 - plain values
        return {language: self._describe_value(path, value, language) for language in LANGUAGES}

    def _describe_change(self, change: FactChange) -> ChangeSentence:
        old = self._describe_in_languages(change.path, change.old)
        new = self._describe_in_languages(change.path, change.new)
        is_quoted = all(
            self._is_short(old[language], language) and self._is_short(new[language], language)
            for language in LANGUAGES
        )
        words: dict[str, str] = {}
        for language in LANGUAGES:
            is_same = old[language] == new[language]
            words[language] = self._sentences.format(
                language,
                self._choose_sentence(change, is_quoted=is_quoted, is_same=is_same),
                name=self._name_field(change.path, language),
                # A file without a title is called by its name.
                old=old[language] or change.ref,
                new=new[language] or change.ref,
            )
        return ChangeSentence(change.ref, words)

    def _is_short(self, words: str, language: str) -> bool:
        return bool(words) and (self._longest is None or len(words) <= self._longest[language])

    def _choose_sentence(self, change: FactChange, *, is_quoted: bool, is_same: bool) -> str:
        """Choose the code of the sentence.

        Args:
            change: to be described.
            is_quoted: both values are short enough to be told.
            is_same: there is no difference in this language.
        """
        has_both = change.old is not None and change.new is not None
        verb = "added" if change.old is None else "removed"
        if not change.path:
            return f"page.{verb}"
        if change.path[-1] == ORDER:
            return "order"
        is_whole = not is_quoted or change.path[-1] == SCREEN
        if not has_both:
            return f"{verb}.long" if is_whole or is_same else verb
        if is_same and is_bilingual(change.old) and is_bilingual(change.new):
            return "other-language"
        return "revised" if is_whole or is_same else "changed"

    def _name_field(self, path: FieldPath, language: str) -> str:
        """Name the field, or the path itself where it has no name: the facts may be older than the model."""
        field_path = path[:-1] if path[-1:] == (ORDER,) else path
        code = self._find_code(field_path)
        name = self._fields.words[code][language] if code else ".".join(field_path)
        entries = [match["entry"] for part in path if (match := _ENTRY.match(part)) and match["entry"]]
        if not entries:
            return name
        return self._sentences.format(language, "entry", name=name, entry=", ".join(entries))

    def _find_code(self, path: FieldPath, ending: str = "") -> str | None:
        parts = [match["name"] if (match := _ENTRY.match(part)) else part for part in path]
        codes = (".".join(parts[-depth:]) + ending for depth in range(_DEPTH, 0, -1))
        return next((code for code in codes if code in self._fields.words), None)

    def _describe_value(self, path: FieldPath, value: Any, language: str) -> str:  # noqa: ANN401 - plain values
        if is_bilingual(value):
            return remove_links(value[language])
        if isinstance(value, bool) or value is None:
            return self._sentences.format(language, {True: "yes", False: "no", None: "nothing"}[value])
        if isinstance(value, list):
            return ", ".join(self._describe_value(path, entry, language) for entry in value)
        if isinstance(value, dict):
            return self._name_entry(path, value, language)
        return self._describe_scalar(path, str(value), language)

    def _describe_scalar(self, path: FieldPath, value: str, language: str) -> str:
        """Describe a number, a day, a code of the model; other words stay as they are."""
        if code := self._find_code(path, f"={value}"):
            return self._fields.words[code][language]
        if code := self._find_code(path, "="):
            return self._fields.format(language, code, value=value)
        return format_day(dt.date.fromisoformat(value), language) if _DAY.match(value) else value

    def _name_entry(self, path: FieldPath, value: dict[str, Any], language: str) -> str:
        """Name an entry of a list; a source by its place."""
        if "section" in value:
            return " ".join(str(value[key]) for key in ("document", "section", "step") if key in value)
        name = next((value[field] for field in _NAME_FIELDS if field in value), value.get("id", ""))
        return self._describe_value(path, name, language)
