"""What must hold between facts: one small function a rule, each a generator of problems."""

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from macros.loading.yamlfile import Place
from macros.model.facts import SHARED, AnswersFile, Facts, GuidePage, Reference, parse_reference
from macros.model.guide import At, Source, Step, Text, walk
from macros.model.language import Message
from macros.model.plaintext import find_link_targets, has_link
from macros.model.problems import Problem, say
from macros.model.situations import Answer

# Pages that are not guides and may be linked to from any text.
PAGES = frozenset({"check", "index"})


def check_facts(facts: Facts) -> list[Problem]:
    """Every breach of every rule below."""
    problems: list[Problem] = []
    for page in facts.pages():
        problems += _ids_are_unique(page)
        problems += _variants_are_known(facts, page)
        problems += _checks(facts, page.guide, page.place)
    for folder in facts.authorities:
        problems += _checks(facts, folder.authority, folder.place)
        problems += _renewal_guides_exist(facts, folder.id, folder.place)
        if folder.answers:
            problems += _checks(facts, folder.answers.answers, folder.answers.place)
            problems += _situations_are_known(facts, folder.answers)
    problems += _folders_are_authorities(facts)
    problems += _marks_differ(facts)
    return problems


def _checks(facts: Facts, model: BaseModel, place: Place) -> Iterator[Problem]:
    for at, part in walk(model):
        if isinstance(part, Source):
            yield from _source_exists(facts, part, place, at)
        elif isinstance(part, Text):
            yield from _links_lead_somewhere(facts, part, place, at)
        elif isinstance(part, Step):
            yield from _ways_out_exist(facts, part, place, at)
        elif isinstance(part, Answer):
            yield from _ends_lead_somewhere(facts, part, place, at)
            yield from _choices_differ(part, place, at)


def _problem(place: Place, at: At, message: Message) -> Problem:
    file, line = place(at)
    return Problem(file, line, ".".join(map(str, at)), message)


def _source_exists(facts: Facts, source: Source, place: Place, at: At) -> Iterator[Problem]:
    """A source names a document of some authority, a section of it, and a step that the section has."""
    document = facts.documents().get(source.document)
    if document is None:
        known = ", ".join(facts.documents())
        yield _problem(place, (*at, "document"), say("one-of", value=source.document, known=known))
    elif source.section not in document.sections:
        known = ", ".join(f'"{section}"' for section in document.sections)
        yield _problem(place, (*at, "section"), say("one-of", value=source.section, known=known))
    elif source.step is not None and source.step > document.sections[source.section]:
        count = document.sections[source.section]
        message = say("source.step", step=source.step, section=source.section, count=count)
        yield _problem(place, (*at, "step"), message)


def _links_lead_somewhere(facts: Facts, text: Text, place: Place, at: At) -> Iterator[Problem]:
    """A link in a text is an outward address or a reference to a guide or step that exists."""
    for language, words in (("ja", text.ja), ("en", text.en)):
        for target in find_link_targets(words):
            if (
                not target.startswith(("https://", "mailto:"))
                and target not in PAGES
                and not _exists(facts, target)
            ):
                yield _problem(place, (*at, language), say("reference.link", target=target))


def _ways_out_exist(facts: Facts, step: Step, place: Place, at: At) -> Iterator[Problem]:
    """``if_not.go`` names a guide or step that exists."""
    for index, otherwise in enumerate(step.if_not):
        if otherwise.go is not None and not _exists(facts, otherwise.go):
            message = say("reference", target=otherwise.go, example="boj/renew#open-site")
            yield _problem(place, (*at, "if_not", index, "go"), message)


def _ends_lead_somewhere(facts: Facts, answer: Answer, place: Place, at: At) -> Iterator[Problem]:
    """``go`` names guides, steps or the checker; the words beside it hold no links of their own."""
    for index, target in enumerate(answer.go):
        if target not in PAGES and not _exists(facts, target):
            message = say("reference", target=target, example="boj/renew#open-site")
            yield _problem(place, (*at, "go", index), message)
    for field in ("says", "question", "title"):
        text = getattr(answer, field, None)
        if text and any(has_link(words) for words in (text.ja, text.en)):
            yield _problem(place, (*at, field), say("plain-words"))


def _choices_differ(answer: Answer, place: Place, at: At) -> Iterator[Problem]:
    """A choice's id is unique in its question: it is a part of the answer's address."""
    counts = Counter(choice.id for choice in answer.choices)
    for index, choice in enumerate(answer.choices):
        if counts[choice.id] > 1:
            message = say("id.choice", id=choice.id, count=counts[choice.id])
            yield _problem(place, (*at, "choices", index, "id"), message)


def _situations_are_known(facts: Facts, file: AnswersFile) -> Iterator[Problem]:
    """An answer names a situation of docs/shared/situations.yaml, and none is answered twice."""
    if f"{SHARED}/situations" in facts.unreadable:
        return
    known = [situation.id for situation in facts.situations.situations] if facts.situations else []
    seen = set[str]()
    for index, met in enumerate(file.answers.answers):
        at = ("answers", index, "situation")
        if met.situation not in known:
            names = ", ".join(known) or say("one-of.empty", file="docs/shared/situations.yaml")
            yield _problem(file.place, at, say("one-of", value=met.situation, known=names))
        elif met.situation in seen:
            yield _problem(file.place, at, say("answered", situation=met.situation))
        seen.add(met.situation)


def _renewal_guides_exist(facts: Facts, folder: str, place: Place) -> Iterator[Problem]:
    """What to do after the window leads to a guide that exists."""
    for entry in facts.authorities:
        guide = entry.authority.renewal.after.guide
        if entry.id == folder and guide is not None and not _exists(facts, guide):
            yield _problem(place, ("renewal", "after", "guide"), say("reference.after", target=guide))


def _exists(facts: Facts, text: str) -> bool:
    reference: Reference | None = parse_reference(text)
    if reference is not None and reference.page in facts.unreadable:
        return True
    page = facts.page(reference.page) if reference else None
    return (
        page is not None
        and reference is not None
        and (reference.step is None or page.step(reference.step) is not None)
    )


def _ids_are_unique(page: GuidePage) -> Iterator[Problem]:
    """A step's id is unique in its guide, across all variants: links name nothing else."""
    counts = Counter(step.id for step in page.guide.steps)
    for index, step in enumerate(page.guide.steps):
        if counts[step.id] > 1:
            message = say("id.step", id=step.id, count=counts[step.id])
            yield _problem(page.place, ("steps", index, "id"), message)


def _variants_are_known(facts: Facts, page: GuidePage) -> Iterator[Problem]:
    """A step's variant is an option of an axis in docs/shared/variants.yaml."""
    if f"{SHARED}/variants" in facts.unreadable:
        return
    for index, step in enumerate(page.guide.steps):
        if step.variant is not None and facts.option(step.variant) is None:
            known = ", ".join(option.id for axis in facts.axes for option in axis.options)
            names = known or say("one-of.empty", file="docs/shared/variants.yaml")
            message = say("one-of", value=step.variant, known=names)
            yield _problem(page.place, ("steps", index, "variant"), message)


def _folders_are_authorities(facts: Facts) -> Iterator[Problem]:
    """No two authorities have a document of the same id."""
    seen: dict[str, str] = {}
    for folder in facts.authorities:
        for index, document in enumerate(folder.authority.documents):
            if document.id in seen:
                message = say("id.document", id=document.id, folder=seen[document.id])
                yield _problem(folder.place, ("documents", index, "id"), message)
            seen[document.id] = folder.id


def _marks_differ(facts: Facts) -> Iterator[Problem]:
    """No two authorities are recognised by the same value."""
    seen: dict[tuple[str, str], str] = {}
    for folder in facts.authorities:
        for index, mark in enumerate(folder.authority.recognise):
            other = seen.setdefault((mark.field, mark.equals or ""), folder.id)
            if mark.equals is not None and other != folder.id:
                message = say("mark.taken", field=mark.field, value=mark.equals, folder=other)
                yield _problem(folder.place, ("recognise", index), message)
