"""What a fact rests on, in words: ``電子証明書マニュアル 5.1.1 の手順1、2``."""

from collections.abc import Mapping

from macros.loading.wording import Strings
from macros.markdown.day_format import format_day
from macros.model.authority import Document
from macros.model.evidence import Evidence, Source
from macros.model.guides import Step


def cite_evidence(fact: Evidence, documents: Mapping[str, Document], strings: Strings, language: str) -> str:
    """Name the manuals, sections and steps that a fact rests on, each manual and section once.

    Args:
        fact: with its sources, in the order in which they are named.
        documents: every manual by its id.
        strings: the words of the pages' frame.
        language: ``ja`` or ``en``.
    """
    manuals = []
    for document, sections in _group_sources(fact.sources).items():
        places = [_name_section(section, steps, strings, language) for section, steps in sections.items()]
        short = documents[document].short.get(language)
        listed = join_words(places, language)
        manuals.append(strings.format(language, "source.manual-places", document=short, places=listed))
    separator = "。" if language == "ja" else "; "
    return strings.format(language, f"source.{fact.basis}", places=separator.join(manuals))


def _group_sources(sources: list[Source]) -> dict[str, dict[str, list[int]]]:
    """Collect the numbers of steps by document and section; a section as a whole has none."""
    documents: dict[str, dict[str, list[int]]] = {}
    for source in sources:
        steps = documents.setdefault(source.document, {}).setdefault(source.section, [])
        if source.step is not None:
            steps.append(source.step)
    return documents


def _name_section(section: str, steps: list[int], strings: Strings, language: str) -> str:
    if not steps:
        return section
    listed = join_words([str(step) for step in steps], language)
    return strings.format(language, "source.steps", section=section, steps=listed)


def is_cited_by_step(note: Evidence, step: Step) -> bool:
    """Tell whether the step's own citation names all that the note rests on."""
    return note.basis == step.basis and all(source in step.sources for source in note.sources)


def describe_edition(document: Document, strings: Strings, language: str) -> str:
    """Quote what the manual prints of its edition and date, or say that it prints neither."""
    printed = [document.edition] if document.edition else []
    if document.date:
        printed.append(format_day(document.date, language))
    return join_words(printed, language) or strings.format(language, "about.undated")


def join_words(words: list[str], language: str) -> str:
    """Join words to a list as the language writes it."""
    return ("、" if language == "ja" else ", ").join(words)
