"""What the search knows in one language, as plain words: steps, answers, the checker, terms.

``macros/theme/assets/search-engine.mjs`` makes the index of them, and says what a word in each field counts.
Contacts are steps of their authority's page of contacts.
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from macros.addressing import start_page
from macros.addressing.urls import build_page_url, build_target_url
from macros.loading.wording import load_site_words
from macros.markdown.plaintext import remove_links
from macros.markdown.step_markdown import compose_instructions
from macros.model.evidence import Text
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.model.glossary import Term
from macros.model.guides import Copyable, Screen, Step
from macros.model.situations import FALLBACK, Node

GLOSSARY = "glossary"
CHECKER = "check"
_SHOWN = ("guide", "owner", "text")
_SEPARATORS = re.compile(r"[（）()、,/]")
_MARKUP = re.compile(r"[*`]+|<[^>]+>")


@dataclass(frozen=True)
class SearchRecord:
    """One thing that the search finds, and how it is shown.

    Attributes:
        id: ``boj/renew#open-site``, ``index#boj.expired``, ``check``, ``glossary#import``.
        url: its address from the site's root.
        title: of the step, the answer, the page or the term.
        guide: the title of what it is a part of.
        authority: the authority's name; of what is for all, what it is called instead.
        owner: the authority's id, to narrow a search to one system; empty where it is for all.
        text: what to do and to see, values to copy, labels of the drawn window; a line of it is shown.
        begins: the guide's title, with its first step only: who looks for a guide gets its beginning.
        job: what the guide is for, with its first step only.
        system: everything that the authority and its system are called.
        more: notes, and what may happen instead.
        other: the title in the other language: people write "export", and paste Japanese messages.
    """

    id: str
    url: str
    title: str
    guide: str
    authority: str
    owner: str
    text: str
    begins: str = ""
    job: str = ""
    system: str = ""
    more: str = ""
    other: str = ""


def build_search_source(facts: Facts, language: str) -> dict[str, Any]:
    """Return what the search's file of a language is made from: synonyms, the systems' names, the records.

    The first name of a system is the one that is shown.
    """
    groups = facts.synonyms.groups if facts.synonyms else []
    return {
        "synonyms": {group.id: group.words for group in groups},
        "systems": {folder.id: _list_short_names(folder, language) for folder in facts.authorities},
        "records": build_records(facts, language),
    }


def build_records(facts: Facts, language: str) -> list[dict[str, str]]:
    """Return a record of everything that can be found.

    1. The checker.
    2. Every answer to the start page's questions, system by system.
    3. Every step of every guide, in the order of the site.
    4. Every term of the glossary that says what it means.
    """
    records = [_build_checker_record(language)]  # 1
    folders = {folder.id: folder for folder in facts.authorities}
    for root in start_page.build_forest(facts):  # 2
        records += _build_answer_records(root, folders[root.address], language)
    for guide_page in facts.pages:  # 3
        folder = folders.get(guide_page.folder)
        steps = guide_page.guide.steps
        records += (_build_step_record(guide_page, step, folder, language) for step in steps)
    if facts.glossary:  # 4
        records += (_build_term_record(term, language) for term in facts.glossary.terms if term.means)
    return [_drop_empty(asdict(record)) for record in records]


def _drop_empty(record: dict[str, str]) -> dict[str, str]:
    """Leave out what is empty but shown nowhere: it would count in a field's mean length."""
    return {name: words for name, words in record.items() if words or name in _SHOWN}


def _find_other(language: str) -> str:
    return next(other for other in LANGUAGES if other != language)


def _build_checker_record(language: str) -> SearchRecord:
    words, others = (load_site_words().select(code) for code in (language, _find_other(language)))
    title = words["site.check"]
    return SearchRecord(
        id=CHECKER,
        url=build_page_url(CHECKER, language),
        title=title,
        guide="",
        authority=words["search.for-all"],
        owner="",
        text=f"{words['check.description']} {words['check.files']}",
        begins=title,
        other=others["site.check"],
    )


def _build_answer_records(root: Node, folder: AuthorityFolder, language: str) -> Iterator[SearchRecord]:
    """Yield a record of each answer below a system, but the last resort and those that a step replaces."""
    system = " ".join(_list_names(folder, language))
    home = load_site_words().format(language, "site.home")
    other_language = _find_other(language)
    titles: dict[str, str] = {}
    for node in root.walk():
        titles[node.address] = _extract_words(node.title, language)
        parent = node.address.rpartition(".")[0]
        if node is root or node.address == f"{root.address}.{FALLBACK}" or _is_only_a_message(node):
            continue
        ref = f"{start_page.REF}#{node.address}"
        says = node.answer.says if node.answer else None
        choices = [_extract_words(child.title, language) for child in node.children]
        yield SearchRecord(
            id=ref,
            url=build_target_url(ref, language),
            title=titles[node.address],
            guide=home if parent == root.address else titles[parent],
            authority=titles[root.address],
            owner=folder.id,
            text=_extract_words(says, language) if says else " / ".join(choices),
            system=system,
            other=_extract_words(node.title, other_language),
        )


def _is_only_a_message(node: Node) -> bool:
    """Tell whether an answer is to what a window shows: the step that it leads to has the same title."""
    return bool("「" in node.title.ja and node.answer and "#" in node.answer.go[0])


def _build_step_record(
    guide_page: GuidePage, step: Step, folder: AuthorityFolder | None, language: str
) -> SearchRecord:
    guide = guide_page.guide
    is_first = step is guide.steps[0]
    title = _extract_words(guide.title, language)
    for_all = load_site_words().format(language, "search.for-all")
    return SearchRecord(
        id=f"{guide_page.ref}#{step.id}",
        url=f"{build_page_url(guide_page.ref, language)}#{step.id}",
        title=_extract_words(step.title, language),
        guide=title,
        authority=_extract_words(folder.authority.name, language) if folder else for_all,
        owner=folder.id if folder else "",
        text=" ".join(_list_instructions(step, language)),
        begins=title if is_first else "",
        job=_join_texts((guide.summary, guide.goal), language) if is_first else "",
        system=" ".join(_list_names(folder, language)) if folder else "",
        more=" ".join(_list_notes(step, language)),
        other=_extract_words(step.title, _find_other(language)),
    )


def _build_term_record(term: Term, language: str) -> SearchRecord:
    """Build the record of a term; people look for it by the words that it replaces, too."""
    words = load_site_words().select(language)
    avoided = [avoided.words for avoided in term.avoid if avoided.language == language]
    return SearchRecord(
        id=f"{GLOSSARY}#{term.id}",
        url=f"{build_page_url(GLOSSARY, language)}#{term.id}",
        title=_extract_words(term.word, language),
        guide=words["site.glossary"],
        authority=words["search.for-all"],
        owner="",
        text=_extract_words(term.means, language) if term.means else "",
        more=" ".join(avoided),
        other=_extract_words(term.word, _find_other(language)),
    )


def _list_names(folder: AuthorityFolder, language: str) -> Iterator[str]:
    """Yield everything that an authority and its system are called."""
    authority = folder.authority
    yield _join_texts((authority.name, authority.system), language)
    yield folder.id
    yield from authority.also_called


def _list_short_names(folder: AuthorityFolder, language: str) -> list[str]:
    """List a system's name, and each name by which a query may mean it: also the parts inside brackets."""
    names = [folder.authority.name, folder.authority.system]
    words = [*(_extract_words(name, code) for name in names for code in LANGUAGES), folder.id]
    parts = [part.strip() for name in words for part in _SEPARATORS.split(name)]
    shown = _extract_words(folder.authority.name, language)
    candidates = [shown, *parts, *folder.authority.also_called]
    return [name for name in dict.fromkeys(candidates) if len(name) > 1]


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
    if step.picture:
        yield _extract_words(step.picture.alt, language)


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
