"""Nobody is left without something to do."""

import pytest

from macros.model.facts import CONTACTS, Facts, parse_reference
from tests.support.content import find_step, list_nodes, list_targets

AUTHORITIES = ("boj", "fsa", "jasdec", "tse")
# Whom to ask where a manual names no desk.
COLLEAGUE = "社内の"


def is_act(facts: Facts, target: str) -> bool:
    """Whether a reference leads to a procedure, a desk, the checker, or an answer that itself leads on."""
    reference = parse_reference(target)
    page = facts.find_page(reference.page) if reference else None
    if reference is None or page is None:
        return target == "check"
    if page.guide.kind == "procedure" or page.id == CONTACTS:
        return True
    if reference.step is None:
        return False
    step = find_step(facts, target)
    return bool(list_targets(step)) or COLLEAGUE in step.do.ja


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_end_of_the_start_page_leads_to_an_act(facts: Facts, authority: str) -> None:
    """Each end leads to a procedure, a desk, the checker, or names a colleague to ask."""
    for address, node in list_nodes(facts, authority).items():
        if node.answer:
            acts = [target for target in node.answer.go if is_act(facts, target)]
            assert acts or COLLEAGUE in (node.answer.says.ja if node.answer.says else ""), address


@pytest.mark.parametrize("authority", ["jasdec", "tse"])  # whose manuals name no desk
def test_every_answer_leads_on(facts: Facts, authority: str) -> None:
    """Each question ends in a guide, a URL to open, or a colleague and the words to ask with."""
    for page in facts.pages:
        if page.folder == authority and page.guide.kind == "answers":
            for step in page.guide.steps:
                assert list_targets(step) or step.copies, f"{page.ref}#{step.id}"
