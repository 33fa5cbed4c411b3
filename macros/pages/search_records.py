"""What the search knows of each step, in one language: plain words by field, made from the facts.

``macros/theme/assets/search-engine.mjs`` makes the index of them, and says what a word in each field counts.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from macros.addressing.addresses import page_url
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.model.guide import Copyable, Screen, Step, Text

_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_MARKS = re.compile(r"[*`]+|<[^>]+>")


@dataclass(frozen=True)
class Record:
    """One step, as the search finds and shows it.

    Attributes:
        id: ``boj/renew#open-site``.
        url: its address from the site's root.
        title: the step's title.
        guide: the guide's title.
        authority: the authority's name; empty where the guide is for all.
        begins: the guide's title, with its first step only: who looks for a guide gets its beginning.
        job: what the guide is for, with its first step only.
        system: everything that the authority and its system are called.
        text: what to do and to see, values to copy, labels of the drawn window.
        more: notes, and what may happen instead.
        other: the step's title in the other language: people write "export", and paste Japanese messages.
    """

    id: str
    url: str
    title: str
    guide: str
    authority: str
    begins: str
    job: str
    system: str
    text: str
    more: str
    other: str


def build_records(facts: Facts, language: str) -> list[dict[str, str]]:
    """Every step of every guide, in the order of the site."""
    folders = {folder.id: folder for folder in facts.authorities}
    return [
        asdict(_record(page, number, folders.get(page.folder), language))
        for page in facts.pages()
        for number in range(len(page.guide.steps))
    ]


def _record(page: GuidePage, number: int, folder: AuthorityFolder | None, language: str) -> Record:
    guide, step = page.guide, page.guide.steps[number]
    other = next(other for other in LANGUAGES if other != language)
    first = number == 0
    return Record(
        id=f"{page.ref}#{step.id}",
        url=f"{page_url(page.ref, language)}#{step.id}",
        title=_plain(step.title, language),
        guide=_plain(guide.title, language),
        authority=_plain(folder.authority.name, language) if folder else "",
        begins=_plain(guide.title, language) if first else "",
        job=_joined((guide.summary, guide.goal), language) if first else "",
        system=" ".join(_names(folder, language)) if folder else "",
        text=" ".join(_text(step, language)),
        more=" ".join(_more(step, language)),
        other=_plain(step.title, other),
    )


def _names(folder: AuthorityFolder, language: str) -> Iterator[str]:
    authority = folder.authority
    yield _joined((authority.name, authority.system), language)
    yield folder.id
    yield from authority.also_called


def _text(step: Step, language: str) -> Iterator[str]:
    yield _joined((step.do, step.then, step.next), language)
    for copy in step.copies:
        yield _copy(copy, language)
    if step.screen:
        yield from _labels(step.screen, language)


def _copy(copy: Copyable, language: str) -> str:
    return f"{_plain(copy.label, language)} {copy.value}"


def _labels(screen: Screen, language: str) -> Iterator[str]:
    """As printed on the screen, and what they mean on pages that say it."""
    glosses = language != "ja"
    yield from filter(None, (screen.window, screen.heading, screen.gloss if glosses else None))
    for control in screen.controls:
        yield from filter(None, (control.label, control.gloss if glosses else None))


def _more(step: Step, language: str) -> Iterator[str]:
    yield from (_plain(note.text, language) for note in step.notes)
    yield from (_joined((otherwise.sees, otherwise.means), language) for otherwise in step.if_not)


def _joined(texts: tuple[Text | None, ...], language: str) -> str:
    return " ".join(_plain(text, language) for text in texts if text)


def _plain(text: Text, language: str) -> str:
    """The words that a reader sees, without Markdown."""
    words: str = getattr(text, language)
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", words)).split())
