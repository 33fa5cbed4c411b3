"""Asks for the answers of a new authority, each until it can be used."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from macros.loading.problems import FactsError, explain_constraint, format_message
from macros.loading.validation import validate
from macros.loading.wording import Strings
from macros.model.constraint_error import ConstraintError
from macros.model.language import Language, Message
from macros.model.location import Place
from macros.model.renewal_rule import Closes, DayBeforeExpiry, Opens, require_order
from macros.upkeep import draft

Json = dict[str, Any]
# What can be made of an answer; what cannot be used raises a ValueError whose argument says why.
Check = Callable[[str], Any]


class Asker:
    """Puts questions to whoever sits at the terminal, or to what stands in its place."""

    def __init__(self, words: Strings, language: Language) -> None:
        """Speak a language.

        Args:
            words: the questions.
            language: in which to ask them.
        """
        self._words, self._language = words, language
        self._console = Console(highlight=False, soft_wrap=True)

    def ask(self, code: str, check: Check) -> Any:  # noqa: ANN401 - what the check makes of it
        """Ask until the answer can be used.

        Raises:
            EOFError: nobody answers any more.
        """
        while True:
            given = self._console.input(
                f"[bold]{escape(self._words.format(self._language, code))}[/bold]: "
            ).strip()
            try:
                return check(given)
            except ValueError as error:
                why: Message = error.args[0]
                message = why.get(self._language)
                again = self._words.format(self._language, "said.again", message=message)
                self._console.print(f"[red]{escape(again)}[/red]")

    def words(self, code: str) -> str:
        """Ask for words."""
        found: str = self.ask(code, _words)
        return found

    def maybe(self, code: str) -> str | None:
        """Ask for words that may be left out."""
        return self.ask(code, str) or None

    def both(self, code: str) -> Json:
        """Ask for words in both languages."""
        return {language: self.words(f"{code}.{language}") for language in Message._fields}

    def choose(self, code: str, choices: Sequence[str]) -> str:
        """Ask for one of several things, by its number."""
        (found,) = self.choose_some(code, "ask.number", choices, most=1)
        return found

    def choose_some(
        self, title: str, code: str, choices: Sequence[str], most: int | None = None
    ) -> list[str]:
        """Show things with their numbers, and ask for one or more of them."""
        self._console.print(escape(self._words.format(self._language, title)), style="bold")
        for number, choice in enumerate(choices, 1):
            named = next(
                code for code in (f"choice.{choice}", f"guide.{choice}") if code in self._words.words
            )
            self._console.print(f"  {number}. {escape(self._words.format(self._language, named))}")
        return [choices[number - 1] for number in self.ask(code, _numbers(len(choices), most))]


def ask_for_draft(asker: Asker) -> Json:
    """Everything that ``draft.Draft`` holds.

    Raises:
        EOFError: nobody answers any more.
    """
    return {
        "name": asker.both("ask.name"),
        "system": asker.both("ask.system"),
        **_said(issuer=asker.maybe("ask.issuer")),
        "manual": {
            "title": asker.words("ask.manual.title"),
            "publisher": asker.words("ask.manual.publisher"),
            **_said(edition=asker.maybe("ask.manual.edition")),
            "section": asker.words("ask.manual.section"),
        },
        "renewal": _renewal(asker),
        "transfer": asker.choose("ask.transfer", ["yes", "no", "unknown"]),
        "contacts": _contacts(asker),
        "guides": asker.choose_some("ask.guides", "ask.number", draft.GUIDES),
    }


def _renewal(asker: Asker) -> Json:
    kind = asker.choose("ask.renewal.kind", ["window", "application"])
    opens = _opens(asker) if kind == "window" else {}
    window = {"opens": opens, "closes": _closes(asker, opens)} if opens else {}
    how, after = asker.both("ask.renewal.how"), asker.both("ask.renewal.after")
    return {"kind": kind, **window, "how": how, "after": {"text": after}}


def _opens(asker: Asker) -> Json:
    unit = asker.choose("ask.renewal.opens", ["days_before", "months_before", "business_days_before"])
    return {unit: asker.ask("ask.count", _fits(Opens, unit))}


def _closes(asker: Asker, opens: Json) -> Json:
    ends = ["expiry", "end_of_day_before", "time", "days_after", "business_days_before", "never"]
    end = asker.choose("ask.renewal.closes", ends)
    if end == "time":
        return {"time": asker.ask("ask.time", _fits(Closes, "time"))}
    if end in {"days_after", "business_days_before"}:
        return {end: asker.ask("ask.count", _ends_after(Opens(**opens), end))}
    return {"at": end}


def _contacts(asker: Asker) -> list[Json]:
    found: list[Json] = []
    while name := asker.maybe("ask.contact.next" if found else "ask.contact.name"):
        about = asker.both("ask.contact.about")
        phone, email = asker.maybe("ask.contact.phone"), asker.maybe("ask.contact.email")
        found.append({"about": about, "name": name, **_said(phone=phone, email=email)})
    return found


def _said(**values: str | None) -> Json:
    """Without what was left out."""
    return {name: value for name, value in values.items() if value is not None}


def _words(given: str) -> str:
    if not given:
        raise ValueError(
            format_message(
                "got", value=format_message("nothing"), expected=format_message("expected.words"), example=""
            )
        )
    return given


def _fits(model: type[DayBeforeExpiry], field: str) -> Check:
    """What asks the model itself whether it would take the answer; digits are a number."""

    def read(given: str) -> int | str:
        value = int(given) if given.isdecimal() else given
        try:
            validate(model, {field: value}, lambda _: Place("", 0))
        except FactsError as error:
            raise ValueError(error.problems[0].message) from error
        return value

    return read


def _ends_after(opens: Opens, field: str) -> Check:
    """What reads the end of a window that does not lie before its beginning."""
    fits = _fits(Closes, field)

    def read(given: str) -> int | str:
        value: int | str = fits(given)
        try:
            require_order(opens, Closes.model_validate({field: value}))
        except ConstraintError as error:
            raise ValueError(explain_constraint(error)) from error
        return value

    return read


def _numbers(count: int, most: int | None) -> Check:
    """What reads numbers of choices, with commas between them; as many as there are, or fewer."""

    def read(given: str) -> list[int]:
        numbers = [part.strip() for part in re.split("[,、，]", given)]
        usable = all(part.isdecimal() and 1 <= int(part) <= count for part in numbers)
        if not usable or len(set(numbers)) != len(numbers) or len(numbers) > (most or count):
            known = ", ".join(map(str, range(1, count + 1)))
            raise ValueError(format_message("one-of", value=given, known=known))
        return [int(part) for part in numbers]

    return read
