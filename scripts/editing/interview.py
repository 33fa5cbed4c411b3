"""The questions about a new authority, each put until its answer can be used."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.console import Console
from rich.markup import escape

from macros.exports.yaml_schema import Json
from macros.loading.problems import FactsError, explain_constraint, format_message
from macros.loading.validation import validate
from macros.loading.wording import Strings
from macros.model.authority import Contact
from macros.model.constraint_error import ConstraintError
from macros.model.evidence import Fact
from macros.model.language import Language, Message
from macros.model.location import Place
from macros.model.renewal_rule import Closes, DayBeforeExpiry, Opens, require_order
from macros.upkeep import draft

T = TypeVar("T")
Parser = Callable[[str], T]
"""Returns the value of an answer; raises a ValueError, whose argument is a message, where it has none."""


class Interviewer:
    """Puts questions to whoever sits at the terminal, or to what stands in its place."""

    def __init__(self, questions: Strings, language: Language) -> None:
        """Choose a language.

        Args:
            questions: by their codes.
            language: in which to put them.
        """
        self._questions, self._language = questions, language
        self._console = Console(highlight=False, soft_wrap=True)

    def ask(self, code: str, parse: Parser[T], **values: object) -> T:
        """Ask until the answer can be used.

        Args:
            code: of the question.
            parse: of the answer.
            values: of the question's placeholders.

        Raises:
            EOFError: nobody answers any more.
        """
        while True:
            question = escape(self._questions.format(self._language, code, **values))
            answer = self._console.input(f"[bold]{question}[/bold]: ").strip()
            try:
                return parse(answer)
            except ValueError as error:
                reason: Message = error.args[0]
                message = reason.get(self._language)
                again = self._questions.format(self._language, "message.again", message=message)
                self._console.print(f"[red]{escape(again)}[/red]")

    def require_one_of(self, name: str, known: Sequence[str]) -> None:
        """Refuse a name that is not known.

        Raises:
            ValueError: with the message that names the known ones.
        """
        if name not in known:
            raise ValueError(format_message("one-of", value=name, known=", ".join(known)))

    def ask_words(self, code: str) -> str:
        """Ask for words."""
        return self.ask(code, _require_words)

    def ask_optional(self, code: str) -> str | None:
        """Ask for words that may be left out."""
        return self.ask(code, str) or None

    def ask_both(self, code: str) -> Json:
        """Ask for words in both languages."""
        return {language: self.ask_words(f"{code}.{language}") for language in Message._fields}

    def choose(self, code: str, choices: Sequence[str]) -> str:
        """Ask for one of several choices, by its number."""
        (choice,) = self.choose_some(code, "ask.number", choices, most=1)
        return choice

    def choose_some(
        self, title: str, code: str, choices: Sequence[str], most: int | None = None
    ) -> list[str]:
        """Show choices with their numbers, and ask for one or more of them."""
        self._console.print(escape(self._questions.format(self._language, title)), style="bold")
        for number, choice in enumerate(choices, 1):
            name = f"choice.{choice}" if f"choice.{choice}" in self._questions.words else f"guide.{choice}"
            self._console.print(f"  {number}. {escape(self._questions.format(self._language, name))}")
        return [choices[number - 1] for number in self.ask(code, _parse_numbers(len(choices), most))]


def ask_for_draft(interviewer: Interviewer) -> Json:
    """Ask for everything that ``draft.Draft`` holds.

    Raises:
        EOFError: nobody answers any more.
    """
    return {
        "name": interviewer.ask_both("ask.name"),
        "system": interviewer.ask_both("ask.system"),
        **_ask_recognition(interviewer),
        "manual": {
            "title": interviewer.ask_words("ask.manual.title"),
            "publisher": interviewer.ask_words("ask.manual.publisher"),
            **_drop_missing(edition=interviewer.ask_optional("ask.manual.edition")),
            "section": interviewer.ask_words("ask.manual.section"),
        },
        **_drop_missing(checked_by=interviewer.ask_optional("ask.checked-by")),
        "renewal": _ask_renewal(interviewer),
        **_ask_same_holder(interviewer),
        "transfer": interviewer.choose("ask.transfer", ["yes", "no", "unknown"]),
        "contacts": _ask_contacts(interviewer),
        "guides": interviewer.choose_some("ask.guides", "ask.number", draft.GUIDES),
    }


def _ask_recognition(interviewer: Interviewer) -> Json:
    """Ask how its certificates are recognised, and where they hold the user's ID."""
    names = {name: interviewer.ask_optional(f"ask.{name}") for name in draft.MARK_FIELDS}
    user_id = interviewer.choose(
        "ask.user-id", ["no-user-id", "whole-cn", "part-of-cn", "san-mail", "san-upn"]
    )
    origins: dict[str, Json] = {
        "no-user-id": {},
        "whole-cn": {"user_id": "subject.CN"},
        "san-mail": {"user_id_from": {"field": "subjectAltName.rfc822Name"}},
        "san-upn": {"user_id_from": {"field": "subjectAltName.UPN"}},
    }
    if user_id == "part-of-cn":
        before = interviewer.ask_words("ask.user-id.before")
        origins[user_id] = {"user_id_from": {"field": "subject.CN", "before": before}}
    return {**_drop_missing(**names), **origins[user_id]}


def _ask_same_holder(interviewer: Interviewer) -> Json:
    """Ask how certificates of one holder are told; nothing where the manual does not speak of deleting."""
    choices = ["not-said", "same-user-id", "same-subject", "same-fields"]
    holder = interviewer.choose("ask.same-holder", choices)
    same = {
        "not-said": {},
        "same-user-id": {"same_holder": "user_id"},
        "same-subject": {"same_holder": "subject"},
        "same-fields": {"same_holder_by": ["subject.O", "subject.CN"]},
    }[holder]
    return {"deleting": same} if same else {}


def _ask_renewal(interviewer: Interviewer) -> Json:
    kind = interviewer.choose("ask.renewal.kind", ["window", "application"])
    opens = _ask_opening(interviewer) if kind == "window" else {}
    window = {"opens": opens, "closes": _ask_closing(interviewer, opens)} if opens else {}
    if kind == "application" and (last := _ask_last_application(interviewer)):
        window = {"closes": last}
    how, after = interviewer.ask_both("ask.renewal.how"), interviewer.ask_both("ask.renewal.after")
    return {"kind": kind, **window, "how": how, "after": {"text": after}}


def _ask_opening(interviewer: Interviewer) -> Json:
    units = ["days_before", "months_before", "business_days_before", "day_of_month"]
    unit = interviewer.choose("ask.renewal.opens", units)
    if unit == "day_of_month":
        return _ask_day_of_month(interviewer)
    return {unit: interviewer.ask("ask.count", _parse_field(Opens, unit))}


def _ask_closing(interviewer: Interviewer, opens: Json) -> Json:
    ends = [
        *("expiry", "end_of_day_before", "time", "days_after", "business_days_before", "never"),
        *("business_day_time", "day_of_month"),
    ]
    return _ask_end(interviewer, interviewer.choose("ask.renewal.closes", ends), Opens(**opens))


def _ask_last_application(interviewer: Interviewer) -> Json | None:
    ends = ["no-last-day", "days_before", "business_days_before", "business_day_time", "day_of_month"]
    end = interviewer.choose("ask.renewal.apply", ends)
    return None if end == "no-last-day" else _ask_end(interviewer, end, Opens(days_before=366))


def _ask_end(interviewer: Interviewer, end: str, opens: Opens) -> Json:
    """Ask for what a kind of end needs; one that lies before the beginning is not taken."""
    if end == "day_of_month":
        return _ask_day_of_month(interviewer)
    if end == "business_day_time":
        counted = _ask_end(interviewer, "business_days_before", opens)
        return {**counted, **_ask_end(interviewer, "time", opens)}
    if end == "time":
        return {"time": interviewer.ask("ask.time", _parse_field(Closes, "time"))}
    if end in {"days_after", "days_before", "business_days_before"}:
        return {end: interviewer.ask("ask.count", _parse_end(opens, end))}
    return {"at": end}


def _ask_day_of_month(interviewer: Interviewer) -> Json:
    """Ask for a day of a month before expiry, and what takes its place when it is no business day."""
    months = interviewer.ask("ask.months", _parse_field(Opens, "months_before"))
    day = interviewer.ask("ask.day", _parse_day_of_month)
    move = interviewer.choose("ask.if-closed", ["unmoved", "earlier", "later"])
    moved = {} if move == "unmoved" else {"if_closed": move}
    return {"months_before": months, "day_of_month": day, **moved}


def _ask_contacts(interviewer: Interviewer) -> list[Json]:
    contacts: list[Json] = []
    while name := interviewer.ask_optional("ask.contact.next" if contacts else "ask.contact.name"):
        about = interviewer.ask_both("ask.contact.about")
        phone = interviewer.ask_optional("ask.contact.phone")
        email = interviewer.ask("ask.contact.email", _parse_optional(Contact, "email"))
        url = interviewer.ask("ask.contact.url", _parse_optional(Contact, "url"))
        contacts.append({"about": about, "name": name, **_drop_missing(phone=phone, email=email, url=url)})
    return contacts


def _drop_missing(**values: str | None) -> Json:
    """Return the values without those that were left out."""
    return {name: value for name, value in values.items() if value is not None}


def _require_words(answer: str) -> str:
    if not answer:
        nothing, words = format_message("nothing"), format_message("expected.words")
        raise ValueError(format_message("got", value=nothing, expected=words, example=""))
    return answer


def _parse_field(model: type[DayBeforeExpiry], field: str) -> Parser[int | str]:
    """Return a parser that asks the model whether it would take the answer; digits are a number."""

    def parse(answer: str) -> int | str:
        value = int(answer) if answer.isdecimal() else answer
        return require_value(model, {}, field, value)

    return parse


def _parse_day_of_month(answer: str) -> int | str:
    value = int(answer) if answer.isdecimal() else answer
    return require_value(Opens, {"months_before": 1}, "day_of_month", value)


def _parse_optional(model: type[Fact], field: str) -> Parser[str | None]:
    """Return a parser of words that may be left out; the model says whether it would take them."""

    def parse(answer: str) -> str | None:
        return require_value(model, _CONTACT, field, answer) if answer else None

    return parse


# What a contact needs besides what is asked for.
_CONTACT: Json = {
    "id": "desk",
    "about": {"ja": "-", "en": "-"},
    "name": "-",
    "basis": "derived",
    "sources": [{"document": "manual", "section": "-"}],
}


def require_value(model: type[Fact], others: Json, field: str, value: T) -> T:
    """Return a value that the model takes.

    Raises:
        ValueError: it does not; with the message.
    """
    try:
        validate(model, {**others, field: value}, lambda _: Place("", 0))
    except FactsError as error:
        raise ValueError(error.problems[0].message) from error
    return value


def _parse_end(opens: Opens, field: str) -> Parser[int | str]:
    """Return a parser of the end of a window, which may not lie before its beginning."""
    parse_field = _parse_field(Closes, field)

    def parse(answer: str) -> int | str:
        value = parse_field(answer)
        try:
            require_order(opens, Closes.model_validate({field: value}))
        except ConstraintError as error:
            raise ValueError(explain_constraint(error)) from error
        return value

    return parse


def _parse_numbers(count: int, most: int | None) -> Parser[list[int]]:
    """Return a parser of numbers of choices, with commas between them.

    Args:
        count: of the choices.
        most: numbers that may be given; None: all.
    """

    def parse(answer: str) -> list[int]:
        numbers = [part.strip() for part in re.split("[,、，]", answer)]
        is_usable = all(part.isdecimal() and 1 <= int(part) <= count for part in numbers)
        if not is_usable or len(set(numbers)) != len(numbers) or len(numbers) > (most or count):
            known = ", ".join(map(str, range(1, count + 1)))
            raise ValueError(format_message("one-of", value=answer, known=known))
        return [int(part) for part in numbers]

    return parse
