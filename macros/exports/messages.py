"""What a helpdesk sends of guides and steps in one language: ``api/messages.ja.json``, fetched when wanted.

One file holds all guides: which of them is sent, no request tells.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from macros.addressing.urls import build_page_url, build_short_url, build_target_url
from macros.loading.wording import load_site_words
from macros.markdown.plaintext import remove_markdown
from macros.markdown.step_markdown import compose_instructions
from macros.model.evidence import Text
from macros.model.facts import Facts, GuidePage
from macros.model.guides import Step

# What would harm whoever does not know it. Other notes stand on the page.
_SENT_NOTES = ("warning", "danger")
Json = dict[str, Any]


def build_messages(facts: Facts, language: str) -> Json:
    """Build what is sent of every guide and its steps, by the guides' references."""
    names = {folder.id: folder.authority.name.get(language) for folder in facts.authorities}
    for_all = load_site_words().format(language, "site.shared")
    return {
        page.ref: {"authority": names.get(page.folder, for_all), **_export_guide(page, language)}
        for page in facts.pages
    }


def _export_guide(guide_page: GuidePage, language: str) -> Json:
    guide, ref = guide_page.guide, guide_page.ref
    url = build_page_url(ref, language)
    return {
        "title": remove_markdown(guide.title.get(language)),
        "text": remove_markdown(guide.summary.get(language)),
        "url": url,
        "short": url,
        "steps": {step.id: _export_step(f"{ref}#{step.id}", step, language) for step in guide.steps},
    }


def _export_step(ref: str, step: Step, language: str) -> Json:
    return {
        "title": remove_markdown(step.title.get(language)),
        "text": "\n".join(list_lines(step, language)),
        "url": build_target_url(ref, language),
        "short": build_short_url(ref, language),
    }


def list_lines(step: Step, language: str) -> Iterator[str]:
    """Yield a step as lines of plain words.

    Only when it is to be done, what to do, values to copy, what follows, what to beware of.
    """
    words = load_site_words().select(language)
    if step.only_when:
        yield words["step.only-when"].format(condition=remove_markdown(step.only_when.get(language)))
    for line in compose_instructions(step, words, language).splitlines():
        yield from filter(None, (remove_markdown(line),))
    for copyable in step.copies:
        yield f"{remove_markdown(copyable.label.get(language))}: {copyable.value}"
    yield from _label(words, "step.then", step.then, language)
    yield from _label(words, "step.next", step.next, language)
    for note in step.notes:
        if note.kind in _SENT_NOTES:
            yield from _label(words, f"note.{note.kind}", note.text, language)


def _label(words: Mapping[str, str], code: str, text: Text | None, language: str) -> Iterator[str]:
    if text:
        yield f"{words[code]}: {remove_markdown(text.get(language))}"
