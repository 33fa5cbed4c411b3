"""What must hold between facts: one small function a rule, each a generator of problems."""

import re
from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from certcheck.rules.patterns import Part, intersects, parse_literal, parse_pattern
from certcheck.x509.names import fold_dashes
from macros.loading.odd_characters import find_odd_characters
from macros.loading.problems import Problem, format_message
from macros.markdown.plaintext import find_link_targets, has_link, remove_code
from macros.model.authority import FieldTest, Mark
from macros.model.evidence import Source, Text, walk
from macros.model.facts import (
    CONTACTS,
    SHARED,
    STANDALONE_PAGES,
    AnswersFile,
    AuthorityFolder,
    Facts,
    GuidePage,
    parse_reference,
)
from macros.model.guides import Step
from macros.model.language import Message
from macros.model.location import Location, Locator
from macros.model.situations import Answer


def check_facts(facts: Facts) -> list[Problem]:
    """Find every breach of every rule below."""
    problems: list[Problem] = []
    for page in facts.pages:
        problems += _check_step_ids(page)
        problems += _check_variants(facts, page)
        if page.id != CONTACTS:  # made of the authority's own texts
            problems += _check_parts(facts, page.guide, page.locate)
    for folder in facts.authorities:
        problems += _check_parts(facts, folder.authority, folder.locate)
        problems += _check_way_after_window(facts, folder)
        if folder.answers:
            problems += _check_parts(facts, folder.answers.answers, folder.answers.locate)
            problems += _check_situations(facts, folder.answers)
    problems += _check_withdrawals(facts)
    problems += _check_document_ids(facts)
    problems += _check_marks(facts)
    problems += _check_overlaps(facts)
    return problems


def _check_parts(facts: Facts, model: BaseModel, locate: Locator) -> Iterator[Problem]:
    """Check every model inside a model by the rules for its kind."""
    for location, part in walk(model):
        for place, message in find_odd_characters(part, location):
            yield _build_problem(locate, place, message)
        if isinstance(part, Source):
            yield from _check_source(facts, part, locate, location)
        elif isinstance(part, Text):
            yield from _check_links(facts, part, locate, location)
        elif isinstance(part, Step):
            yield from _check_ways_out(facts, part, locate, location)
        elif isinstance(part, Answer):
            yield from _check_ends(facts, part, locate, location)
            yield from _check_choice_ids(part, locate, location)


def _build_problem(locate: Locator, location: Location, message: Message) -> Problem:
    return Problem(*locate(location), ".".join(map(str, location)), message)


def _check_source(facts: Facts, source: Source, locate: Locator, location: Location) -> Iterator[Problem]:
    """Require that a source names a document of some authority, a section of it, and a step that it has."""
    document = facts.documents.get(source.document)
    if document is None:
        known = ", ".join(facts.documents)
        message = format_message("one-of", value=source.document, known=known)
        yield _build_problem(locate, (*location, "document"), message)
    elif source.section not in document.sections:
        known = ", ".join(f'"{section}"' for section in document.sections)
        message = format_message("one-of", value=source.section, known=known)
        yield _build_problem(locate, (*location, "section"), message)
    elif source.step is not None and source.step > document.sections[source.section]:
        count = document.sections[source.section]
        message = format_message("source.step", step=source.step, section=source.section, count=count)
        yield _build_problem(locate, (*location, "step"), message)


def _check_links(facts: Facts, text: Text, locate: Locator, location: Location) -> Iterator[Problem]:
    """Require of a text that its links are well-formed and lead outwards or to what exists; no images."""
    for language, words in (("ja", text.ja), ("en", text.en)):
        for message in _find_link_mistakes(facts, words):
            yield _build_problem(locate, (*location, language), message)
    if text.ja == text.en and _JAPANESE.search(_LABEL.sub("", text.en)):
        yield _build_problem(locate, (*location, "en"), format_message("text.untranslated"))


def _describe_dead_reference(facts: Facts, code: str, target: str, **values: str) -> Message:
    """Describe a reference that leads nowhere: to a draft, or to what there is not."""
    if target.partition("#")[0] in facts.drafts:
        return format_message("reference.draft", target=target)
    return format_message(code, target=target, **values)


def _find_link_mistakes(facts: Facts, words: str) -> Iterator[Message]:
    words = remove_code(words)
    if re.search(r"!\[[^\]]*\]\(", words):
        yield format_message("text.image")
        return
    if re.search(r"\](?:\((?![^)\s<>\"'\\]+\))|\[|: *\S)", words) or _FULL_WIDTH_LINK.search(words):
        yield format_message("text.link")
    for target in find_link_targets(words):
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//|\\", target):
            if not target.startswith(("https://", "mailto:", "tel:")):
                yield format_message("text.scheme", target=target)
        elif not _is_target(facts, target):
            yield _describe_dead_reference(facts, "reference.link", target)


# Brackets of Japanese keyboards in the place of a link's, with a target between them.
_FULL_WIDTH_LINK = re.compile(r"[\]］][（(](?:https?:|mailto:|tel:|[a-z0-9-]+/[a-z0-9-]+)[^）)]*）|］\(")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
# Exact labels of windows and titles, which stay Japanese.
_LABEL = re.compile("「[^」]*」|『[^』]*』")


def _check_withdrawals(facts: Facts) -> Iterator[Problem]:
    """Require that what is taken back has an id of its own, and a page or step that readers are sent to."""
    if facts.withdrawn is None:
        return
    locate, ids = facts.withdrawn.locate, set[str]()
    yield from _check_parts(facts, facts.withdrawn.withdrawals, locate)
    for index, withdrawal in enumerate(facts.withdrawn.withdrawals.withdrawals):
        location = ("withdrawals", index)
        if withdrawal.id in ids:
            yield _build_problem(locate, (*location, "id"), format_message("id.withdrawal", id=withdrawal.id))
        ids.add(withdrawal.id)
        if not _is_guide_or_step(facts, withdrawal.at):
            message = format_message("reference", target=withdrawal.at, example="boj/renew#open-site")
            yield _build_problem(locate, (*location, "at"), message)


def _check_ways_out(facts: Facts, step: Step, locate: Locator, location: Location) -> Iterator[Problem]:
    """Require that ``if_not.go`` names a guide or step that exists."""
    for index, otherwise in enumerate(step.if_not):
        if otherwise.go is not None and not _is_guide_or_step(facts, otherwise.go):
            message = _describe_dead_reference(
                facts, "reference", otherwise.go, example="boj/renew#open-site"
            )
            yield _build_problem(locate, (*location, "if_not", index, "go"), message)


def _check_ends(facts: Facts, answer: Answer, locate: Locator, location: Location) -> Iterator[Problem]:
    """Require that ``go`` names guides, steps or the checker, and that the words beside it hold no links."""
    for index, target in enumerate(answer.go):
        if not _is_target(facts, target):
            message = _describe_dead_reference(facts, "reference", target, example="boj/renew#open-site")
            yield _build_problem(locate, (*location, "go", index), message)
    for field in ("says", "question", "title"):
        text: Text | None = getattr(answer, field, None)
        if text and (has_link(text.ja) or has_link(text.en)):
            yield _build_problem(locate, (*location, field), format_message("plain-words"))


def _check_choice_ids(answer: Answer, locate: Locator, location: Location) -> Iterator[Problem]:
    """Require that a choice's id is unique in its question: it is a part of the answer's address."""
    counts = Counter(choice.id for choice in answer.choices)
    for index, choice in enumerate(answer.choices):
        if counts[choice.id] > 1:
            message = format_message("id.choice", id=choice.id, count=counts[choice.id])
            yield _build_problem(locate, (*location, "choices", index, "id"), message)


def _check_situations(facts: Facts, file: AnswersFile) -> Iterator[Problem]:
    """Require that an answer names a situation of docs/shared/situations.yaml, and none is answered twice."""
    if f"{SHARED}/situations" in facts.unreadable:
        return
    known = [situation.id for situation in facts.situations.situations] if facts.situations else []
    answered_situations = set[str]()
    for index, answer in enumerate(file.answers.answers):
        location = ("answers", index, "situation")
        if answer.situation not in known:
            names = ", ".join(known) or format_message("one-of.empty", file="docs/shared/situations.yaml")
            message = format_message("one-of", value=answer.situation, known=names)
            yield _build_problem(file.locate, location, message)
        elif answer.situation in answered_situations:
            message = format_message("answered", situation=answer.situation)
            yield _build_problem(file.locate, location, message)
        answered_situations.add(answer.situation)


def _check_way_after_window(facts: Facts, folder: AuthorityFolder) -> Iterator[Problem]:
    """Require that the guide and the contact for the time after the window exist."""
    after = folder.authority.renewal.after
    if after.guide is not None and not _is_guide_or_step(facts, after.guide):
        message = _describe_dead_reference(facts, "reference.after", after.guide)
        yield _build_problem(folder.locate, ("renewal", "after", "guide"), message)
    contacts = [contact.id for contact in folder.authority.contacts]
    if after.contact is not None and after.contact not in contacts:
        names = ", ".join(contacts) or format_message("one-of.empty", file=f"docs/{folder.id}/authority.yaml")
        message = format_message("one-of", value=after.contact, known=names)
        yield _build_problem(folder.locate, ("renewal", "after", "contact"), message)


def _is_target(facts: Facts, target: str) -> bool:
    return target in STANDALONE_PAGES or _is_guide_or_step(facts, target)


def _is_guide_or_step(facts: Facts, text: str) -> bool:
    """Tell whether a reference leads somewhere; into a file with mistakes of its own it counts as such."""
    reference = parse_reference(text)
    if reference is None:
        return False
    if reference.page in facts.unreadable:
        return True
    page = facts.find_page(reference.page)
    return page is not None and (reference.step is None or page.find_step(reference.step) is not None)


def _check_step_ids(page: GuidePage) -> Iterator[Problem]:
    """Require that a step's id is unique in its guide, across all variants: links name nothing else."""
    counts = Counter(step.id for step in page.guide.steps)
    for index, step in enumerate(page.guide.steps):
        if counts[step.id] > 1:
            message = format_message("id.step", id=step.id, count=counts[step.id])
            yield _build_problem(page.locate, ("steps", index, "id"), message)


def _check_variants(facts: Facts, page: GuidePage) -> Iterator[Problem]:
    """Require that a step's variant is an option of an axis in docs/shared/variants.yaml."""
    if f"{SHARED}/variants" in facts.unreadable:
        return
    for index, step in enumerate(page.guide.steps):
        if step.variant is not None and facts.find_option(step.variant) is None:
            message = format_message("variant", value=step.variant, known=_name_variants(facts))
            yield _build_problem(page.locate, ("steps", index, "variant"), message)


def _name_variants(facts: Facts) -> str | Message:
    variants: list[str] = []
    for axis in facts.axes:
        variants += (option.id for option in axis.options)
    return ", ".join(variants) or format_message("one-of.empty", file="docs/shared/variants.yaml")


def _check_document_ids(facts: Facts) -> Iterator[Problem]:
    """Require that a document's id is unique among all authorities: a source names nothing else."""
    folders: dict[str, str] = {}
    for folder in facts.authorities:
        for index, document in enumerate(folder.authority.documents):
            if document.id in folders:
                message = format_message("id.document", id=document.id, folder=folders[document.id])
                yield _build_problem(folder.locate, ("documents", index, "id"), message)
            folders[document.id] = folder.id


def _check_marks(facts: Facts) -> Iterator[Problem]:
    """Require that no two authorities are recognised by the same value."""
    folders: dict[tuple[str, str], str] = {}
    for folder in facts.authorities:
        for index, mark in enumerate(folder.authority.recognise):
            if mark.equals is None or mark.also:
                continue
            other = folders.setdefault((mark.field, fold_dashes(mark.equals)), folder.id)
            if other != folder.id:
                message = format_message("mark.taken", field=mark.field, value=mark.equals, folder=other)
                yield _build_problem(folder.locate, ("recognise", index), message)


def _check_overlaps(facts: Facts) -> Iterator[Problem]:
    """Require that no certificate can match marks of two authorities, as far as their fields are the same.

    Equal values are reported by :func:`_check_marks`.
    """
    marks = [
        (folder, index, mark)
        for folder in facts.authorities
        for index, mark in enumerate(folder.authority.recognise)
    ]
    for position, (folder, index, mark) in enumerate(marks):
        for other_folder, other_index, other in marks[:position]:
            if folder.id != other_folder.id and _may_both_match(mark, other):
                place = f"recognise.{other_index + 1}"
                message = format_message("mark.overlap", other=other_folder.id, place=place)
                yield _build_problem(folder.locate, ("recognise", index), message)


def _may_both_match(mark: Mark, other: Mark) -> bool:
    """Tell whether the values of every field that both test may be the same; False where they share none."""
    if all(len(one_sided.tests) == 1 and one_sided.equals for one_sided in (mark, other)):
        return False
    pairs = [
        (test, other_test)
        for test in mark.tests
        for other_test in other.tests
        if test.field == other_test.field
    ]
    return bool(pairs) and all(intersects(_parse_test(test), _parse_test(twin)) for test, twin in pairs)


def _parse_test(test: FieldTest) -> tuple[Part, ...]:
    if test.pattern is not None:
        return parse_pattern(test.pattern)
    return parse_literal(fold_dashes(test.equals or ""))
