"""Every end of the start page and every answer names something to do."""

import pytest

from macros.model.facts import CONTACTS, Facts, parse_reference
from macros.model.guides import Step
from tests.support.content import find_step, list_nodes, list_targets

AUTHORITIES = ("boj", "fsa", "jasdec", "tse")
# Not fsa: its terms and duties explain words, and nothing follows from them.
FOLDERS = ("boj", "jasdec", "shared", "tse")
# Whom to ask where a manual names no desk.
COLLEAGUES = ("社内の", "パソコンの管理者に")

# Verbs by which a way out that has no link names the act itself.
ACTS = (
    "押します",
    "聞きます",
    "やり直します",
    "入力します",
    "選びます",
    "相談します",
    "待ちます",
    "クリックします",
    "確かめます",
)


def asks_colleague(words: str) -> bool:
    """Whether a Japanese text says whom to ask in one's own organisation."""
    return any(colleague in words for colleague in COLLEAGUES)


def find_act(words: str) -> str | None:
    """Find what a Japanese text has its reader do, press or ask; None where it only explains."""
    return next((act for act in ACTS if act in words), None)


def leads_on(step: Step) -> bool:
    """Whether an answer has a link, a URL to open or a way out, or says whom to ask."""
    texts = [step.do, *(otherwise.means for otherwise in step.if_not)]
    return bool(list_targets(step) or step.copies) or any(asks_colleague(text.ja) for text in texts)


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
    return leads_on(find_step(facts, target))


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_end_of_the_start_page_leads_to_an_act(facts: Facts, authority: str) -> None:
    """Each end leads to a procedure, a desk, the checker, or names a colleague to ask."""
    for address, node in list_nodes(facts, authority).items():
        if node.answer:
            acts = [target for target in node.answer.go if is_act(facts, target)]
            assert acts or (node.answer.says and asks_colleague(node.answer.says.ja)), address


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_answer_leads_on(facts: Facts, folder: str) -> None:
    """Each answer ends in a guide, a URL to open, a desk, or a colleague and the words to ask with."""
    for page in facts.pages:
        if page.folder == folder and page.guide.kind == "answers" and page.id != CONTACTS:
            for step in page.guide.steps:
                assert leads_on(step), f"{page.ref}#{step.id}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_else_that_appears_leads_on(facts: Facts, folder: str) -> None:
    """What may appear instead is followed by a way, or by what to do on the spot."""
    for page in facts.pages:
        for step in page.guide.steps:
            if page.folder == folder:
                for otherwise in step.if_not:
                    ends = otherwise.go or find_act(otherwise.means.ja)
                    assert ends, f"{page.ref}#{step.id}: {otherwise.sees.ja}"
