"""Finds the page to which a step links for when it does not work."""

from macros.addressing import start_page
from macros.model.facts import CONTACTS, Facts, GuidePage
from macros.model.guides import Step

# An authority's pages that help, the best first.
_HELP_PAGES = ("troubleshoot", "questions", CONTACTS)


def find_help_page(guide_page: GuidePage, step: Step, facts: Facts) -> str | None:
    """Return the reference of the page to turn to: the authority's own, else the start page.

    Returns:
        None where nothing is to be added: the step says itself what else may appear, or it is an answer.
    """
    if step.if_not or guide_page.guide.kind != "procedure":
        return None
    for name in _HELP_PAGES:
        reference = f"{guide_page.folder}/{name}"
        if facts.find_page(reference):
            return reference
    return start_page.REF
