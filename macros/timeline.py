"""A certificate's life as a row of marks, derived from the authority's rule; the template draws it.

Not to scale: the manuals of three of the four do not say how long a certificate is valid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.authority import Renewal
from macros.words import Strings

Stretch = Literal["wait", "open", "over"]


@dataclass(frozen=True)
class Mark:
    """One point in the life of a certificate.

    Attributes:
        when: e.g. ``有効期限の30日前``.
        what: what happens then; several things may fall on one day.
        until_next: how it stands from here to the next mark: before the window, in it, or past it.
    """

    when: str
    what: tuple[str, ...]
    until_next: Stretch


def timeline(renewal: Renewal, strings: Strings, language: str) -> list[Mark]:
    """The marks from issue to expiry, in order."""
    say = strings.of(language)
    issued = Mark(say["life.issued"], (), "wait")
    if renewal.opens is None or renewal.closes is None:
        return [issued, Mark(say["life.expiry"], (say["life.application"],), "over")]
    marks = [issued, *_until_expiry(renewal.opens.days_before, renewal.reminders_days_before, say)]
    if renewal.closes.at == "end_of_day_before":
        marks.append(Mark(say["life.day_before"], (say["life.last_day"],), "over"))
    if renewal.closes.at == "never":
        return [*marks, Mark(say["life.expiry"], (say["life.expiry.never"],), "open")]
    return [*marks, Mark(say["life.expiry"], (say["life.over"],), "over")]


def _until_expiry(opens: int, reminders: list[int], say: dict[str, str]) -> Iterator[Mark]:
    for days in sorted({opens, *reminders}, reverse=True):
        what = [say["life.opens"]] if days == opens else []
        what += [say["life.reminder"]] if days in reminders else []
        yield Mark(
            say["life.days_before"].format(days=days), tuple(what), "open" if days <= opens else "wait"
        )
