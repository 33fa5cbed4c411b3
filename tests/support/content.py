"""Finding places in the facts, for tests of what the guides say."""

from macros.addressing.start_page import build_forest
from macros.markdown.plaintext import find_link_targets
from macros.model.evidence import Text, walk
from macros.model.facts import Facts, GuidePage, parse_reference
from macros.model.guides import Step
from macros.model.situations import Answer, Node


def find_guide(facts: Facts, reference: str) -> GuidePage:
    """Return the guide of a reference such as ``boj/renew``.

    Raises:
        LookupError: no such guide.
    """
    page = facts.find_page(reference)
    if page is None:
        raise LookupError(reference)
    return page


def find_step(facts: Facts, reference: str) -> Step:
    """Return the step of a reference such as ``boj/renew#open-site``.

    Raises:
        LookupError: no such step.
    """
    parsed = parse_reference(reference)
    page = facts.find_page(parsed.page) if parsed else None
    step = page.find_step(parsed.step) if page and parsed and parsed.step else None
    if step is None:
        raise LookupError(reference)
    return step


def list_step_ids(facts: Facts, reference: str) -> list[str]:
    """Return the ids of a guide's steps in their order."""
    return [step.id for step in find_guide(facts, reference).guide.steps]


def list_nodes(facts: Facts, authority: str) -> dict[str, Node]:
    """Return an authority's questions and ends of the start page, by their addresses."""
    root = next(node for node in build_forest(facts) if node.address == authority)
    return {node.address: node for node in root.walk()}


def find_answer(facts: Facts, address: str) -> Answer:
    """Return the end of the start page at an address such as ``boj.new-pc.back-up``.

    Raises:
        LookupError: no such address, or a question.
    """
    node = list_nodes(facts, address.partition(".")[0]).get(address)
    if node is None or node.answer is None:
        raise LookupError(address)
    return node.answer


def list_targets(step: Step) -> list[str]:
    """Return every reference and URL that a step leads to: links in its texts, URLs to open, ways out."""
    texts = (part.ja for _, part in walk(step) if isinstance(part, Text))
    links = [target for words in texts for target in find_link_targets(words)]
    links += [copyable.value for copyable in step.copies if copyable.open]
    return [*links, *(otherwise.go for otherwise in step.if_not if otherwise.go)]
