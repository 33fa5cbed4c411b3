"""Changes as a clerk is told of them: one sentence a guide, and one for each subject of an authority.

Editors see every value (``change_sentences``); a reader wants to know which guide to look at again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from macros import PACKAGE
from macros.history.change_sentences import ChangeSentence, ChangeWords
from macros.history.changes import FactChange
from macros.loading.wording import Strings, load_strings
from macros.model.facts import CONTACTS, LANGUAGES, Facts

# Characters of a value that is quoted; of longer ones it is said that they were corrected.
QUOTED_LENGTH = {"ja": 60, "en": 120}
# How many steps, or values, a sentence names.
_NAMED = 3
# Subjects of an authority, by the field that a change is in; all others are answers of the start page.
_SUBJECTS = {
    "renewal": "renewal",
    "documents": "documents",
    "deleting": "deleting",
    "transfer": "transfer",
    "recognise": "recognise",
    "user_id": "recognise",
    "trust_anchors": "anchors",
    "name": "name",
    "system": "name",
    "guides": "guides",
    CONTACTS: "contacts",
}


@dataclass
class _GuideChanges:
    """The changes of one guide."""

    whole: str = ""
    steps: dict[str, list[FactChange]] = field(default_factory=dict)
    has_other: bool = False


def summarize_for_readers(changes: Iterable[FactChange], facts: Facts) -> list[ChangeSentence]:
    """Summarize changes, in the order of the authorities and their guides.

    Args:
        changes: those that readers are told of.
        facts: of today, for the names of guides and steps.

    Raises:
        FactsError: as :func:`macros.loading.wording.load_strings`.
    """
    strings = load_strings(PACKAGE / "strings" / "changes.yaml", PACKAGE.parent)
    subjects: dict[tuple[str, str], list[FactChange]] = {}
    guides: dict[str, _GuideChanges] = {}
    for change in changes:
        page, _, step = change.ref.partition("#")
        folder, _, name = page.partition("/")
        if not name or name == CONTACTS:
            head = CONTACTS if name else change.path[0].partition("[")[0]
            subjects.setdefault((folder, _SUBJECTS.get(head, "answers")), []).append(change)
        else:
            _add_to_guide(guides.setdefault(page, _GuideChanges()), change, step)
    sentences = [_describe_subject(strings, *key, found) for key, found in subjects.items()]
    for ref, found in guides.items():
        sentences += _describe_guide(strings, facts, ref, found)
    return sorted(sentences, key=lambda sentence: sentence.ref.partition("/")[0])


def _add_to_guide(guide: _GuideChanges, change: FactChange, step: str) -> None:
    if step:
        guide.steps.setdefault(step, []).append(change)
    elif change.path:
        guide.has_other = True
    else:
        guide.whole = "added" if change.old is None else "removed"


def _describe_subject(
    strings: Strings, folder: str, subject: str, changes: list[FactChange]
) -> ChangeSentence:
    """Describe what changed of one subject; short values that replaced others are quoted."""
    replaced = [change for change in changes if change.old is not None and change.new is not None]
    quotable = [change for change in replaced if subject in ("renewal", "documents", "contacts")]
    quoted = [
        sentence.words
        for sentence in ChangeWords(QUOTED_LENGTH).describe(quotable)
        if all("→" in words for words in sentence.words.values())
    ]
    words: dict[str, str] = {}
    for language in LANGUAGES:
        main = strings.format(language, f"reader.{subject}")
        details = [detail[language] for detail in quoted]
        words[language] = _finish_sentence(strings, language, main, details)
    return ChangeSentence(folder, words)


def _describe_guide(
    strings: Strings, facts: Facts, ref: str, guide: _GuideChanges
) -> Iterator[ChangeSentence]:
    """Yield that a guide came or went, else which of its steps came, went, or were corrected."""
    page = facts.find_page(ref)
    titles = {language: page.guide.title.get(language) if page else ref for language in LANGUAGES}
    steps = {} if guide.whole else _sort_by_fate(guide.steps)
    fates = [guide.whole] if guide.whole else list(steps)
    if guide.has_other and not guide.whole and not steps:
        fates = ["revised"]
    for fate in fates:
        code = f"reader.guide.{fate}" if not steps else f"reader.steps.{fate}"
        words: dict[str, str] = {}
        for language in LANGUAGES:
            main = strings.format(language, code, guide=titles[language])
            names = [
                _name_step(facts, ref, step, guide.steps[step], language) for step in steps.get(fate, [])
            ]
            words[language] = _finish_sentence(strings, language, main, names)
        single = steps.get(fate, [])
        is_linked = len(single) == 1 and fate != "removed"
        yield ChangeSentence(f"{ref}#{single[0]}" if is_linked else ref, words)


def _sort_by_fate(steps: dict[str, list[FactChange]]) -> dict[str, list[str]]:
    """Sort the ids of steps by what happened to them: added, removed or revised."""
    fates: dict[str, list[str]] = {}
    for step, changes in steps.items():
        whole = next((change for change in changes if change.path == ("steps",)), None)
        fate = "revised" if whole is None else "added" if whole.old is None else "removed"
        fates.setdefault(fate, []).append(step)
    return fates


def _name_step(facts: Facts, ref: str, step_id: str, changes: list[FactChange], language: str) -> str:
    """Name a step as its guide calls it, today or before it was removed."""
    page = facts.find_page(ref)
    step = page.find_step(step_id) if page else None
    if step:
        return step.title.get(language)
    old = changes[0].old
    return str(old["title"][language]) if isinstance(old, dict) and "title" in old else step_id


def _finish_sentence(strings: Strings, language: str, main: str, details: list[str]) -> str:
    """End a sentence, with some details in brackets and the number of the others."""
    if not details:
        return strings.format(language, "reader.sentence", main=main)
    shown = strings.words["reader.separator"][language].join(details[:_NAMED])
    if len(details) > _NAMED:
        shown = strings.format(language, "reader.more", shown=shown, count=len(details) - _NAMED)
    return strings.format(language, "reader.sentence-with-details", main=main, details=shown)
