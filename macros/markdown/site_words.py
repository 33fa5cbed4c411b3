"""The words of the pages' frame as the institution's own site has them."""

from collections.abc import Mapping

from macros.markdown.escaping import escape_text
from macros.model.facts import LANGUAGES
from macros.model.site import Site

Words = dict[str, dict[str, str]]


def replace_site_words(
    words: Mapping[str, dict[str, str]], site: Site | None, *, for_pages: bool = True
) -> Words:
    """Replace name and statement by the site's own; the project's stay where it has none.

    Args:
        words: of ``macros/strings/site.yaml``: code → language → words.
        site: of ``docs/site.yaml``; None where there is no such file.
        for_pages: the words go into Markdown and HTML; else they stay as they were typed.
    """
    replaced = dict(words)
    own = {"site.name": site and site.name, "about.unofficial": site and site.statement}
    for code, text in own.items():
        if text:
            typed: dict[str, str] = {language: text.get(language) for language in LANGUAGES}
            escaped = {language: escape_text(words) for language, words in typed.items()}
            replaced[code] = escaped if for_pages else typed
    return replaced
