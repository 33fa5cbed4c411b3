"""What the search knows of each step, in one language: plain words by field.

``macros/theme/assets/search-engine.mjs`` makes the index of them, and says what a word in each field counts.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from macros.addressing.urls import build_page_url
from macros.loading.wording import load_site_words
from macros.markdown.plaintext import remove_links
from macros.markdown.step_markdown import compose_instructions
from macros.model.evidence import Text
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.model.guides import Copyable, Screen, Step

_MARKUP = re.compile(r"[*`]+|<[^>]+>")


@dataclass(frozen=True)
class SearchRecord:
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
    """Return a record of every step of every guide, in the order of the site."""
    folders = {folder.id: folder for folder in facts.authorities}
    records = []
    for guide_page in facts.pages:
        folder = folders.get(guide_page.folder)
        steps = guide_page.guide.steps
        records += [asdict(_build_record(guide_page, step, folder, language)) for step in steps]
    return records


def _build_record(
    guide_page: GuidePage, step: Step, folder: AuthorityFolder | None, language: str
) -> SearchRecord:
    guide = guide_page.guide
    other_language = next(other for other in LANGUAGES if other != language)
    is_first = step is guide.steps[0]
    title = _extract_words(guide.title, language)
    return SearchRecord(
        id=f"{guide_page.ref}#{step.id}",
        url=f"{build_page_url(guide_page.ref, language)}#{step.id}",
        title=_extract_words(step.title, language),
        guide=title,
        authority=_extract_words(folder.authority.name, language) if folder else "",
        begins=title if is_first else "",
        job=_join_texts((guide.summary, guide.goal), language) if is_first else "",
        system=" ".join(_list_names(folder, language)) if folder else "",
        text=" ".join(_list_instructions(step, language)),
        more=" ".join(_list_notes(step, language)),
        other=_extract_words(step.title, other_language),
    )


def _list_names(folder: AuthorityFolder, language: str) -> Iterator[str]:
    """Yield everything that an authority and its system are called."""
    authority = folder.authority
    yield _join_texts((authority.name, authority.system), language)
    yield folder.id
    yield from authority.also_called


def _list_instructions(step: Step, language: str) -> Iterator[str]:
    """Yield what to do and to see, values to copy, labels of the drawn window."""
    instructions = _remove_markup(compose_instructions(step, load_site_words().select(language), language))
    yield " ".join(
        filter(None, (instructions, _join_texts((step.only_when, step.then, step.next), language)))
    )
    for copyable in step.copies:
        yield _join_copyable(copyable, language)
    if step.screen:
        yield from _list_labels(step.screen, language)


def _join_copyable(copyable: Copyable, language: str) -> str:
    return f"{_extract_words(copyable.label, language)} {copyable.value}"


def _list_labels(screen: Screen, language: str) -> Iterator[str]:
    """Yield labels as printed on the screen; outside Japanese also what they mean."""
    has_glosses = language != "ja"
    yield from filter(None, (screen.window, screen.heading, screen.gloss if has_glosses else None))
    for control in screen.controls:
        yield from filter(None, (control.label, control.gloss if has_glosses else None))


def _list_notes(step: Step, language: str) -> Iterator[str]:
    """Yield notes, and what may be seen instead."""
    for note in step.notes:
        yield _extract_words(note.text, language)
    for otherwise in step.if_not:
        yield _join_texts((otherwise.sees, otherwise.means), language)


def _join_texts(texts: tuple[Text | None, ...], language: str) -> str:
    return " ".join(_extract_words(text, language) for text in texts if text)


def _extract_words(text: Text, language: str) -> str:
    return _remove_markup(text.get(language))


def _remove_markup(markdown: str) -> str:
    """Return the words that a reader sees, without Markdown and HTML, on one line."""
    words = _MARKUP.sub("", remove_links(markdown))
    return " ".join(words.split())
