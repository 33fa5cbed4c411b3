"""Where a person turns when a step does not go as it says."""

from macros.loading import contacts
from macros.model.facts import Facts, GuidePage
from macros.model.guide import Step

# An authority's pages that help, the best first.
_HELP = ("troubleshoot", "questions", contacts.ID)
_START = "index"


def find_help_page(page: GuidePage, step: Step, facts: Facts) -> str | None:
    """The page to turn to, as a reference: the authority's own, else the start, which asks what happened.

    None where nothing is to be added: the step says itself what else may appear, or it is an answer.
    """
    if step.if_not or page.guide.kind != "procedure":
        return None
    return next((ref for name in _HELP if facts.page(ref := f"{page.folder}/{name}")), _START)
