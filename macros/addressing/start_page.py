"""The start page's questions, and where their ends lead, ready to be written in one language."""

from dataclasses import dataclass

from macros.addressing.urls import build_page_url, build_relative_url, build_target_url
from macros.loading.wording import Strings
from macros.markdown.step_markdown import describe_desk
from macros.model.facts import CONTACTS, STANDALONE_PAGES, AuthorityFolder, Facts
from macros.model.situations import Node, build_tree

REF = "index"


@dataclass(frozen=True)
class Destination:
    """A link at an end.

    Attributes:
        title: of the step, else of the guide, the checker or the authority.
        subtitle: the guide of which the step is one, or the desk with its number and hours; empty where a
            whole page is meant.
        url: relative to the start page of the same language.
    """

    title: str
    subtitle: str
    url: str


def build_forest(facts: Facts) -> list[Node]:
    """Build the tree of questions below each authority; none without ``docs/shared/situations.yaml``."""
    if facts.situations is None:
        return []
    trees: list[Node] = []
    for folder in facts.authorities:
        root = Node(folder.id, folder.authority.name, folder.authority.system)
        answers = folder.answers.answers if folder.answers else None
        trees.append(build_tree(root, facts.situations, answers, _list_fallback_refs(folder)))
    return trees


def _list_fallback_refs(folder: AuthorityFolder) -> list[str]:
    has_contacts = any(page.id == CONTACTS for page in folder.guides)
    return [f"{folder.id}/{REF}", *([f"{folder.id}/{CONTACTS}"] if has_contacts else [])]


def find_destination(facts: Facts, strings: Strings, target: str, language: str) -> Destination:
    """Find where a reference of an end leads: a guide, a step, an authority's page or the checker.

    Args:
        facts: all of them.
        strings: words of the pages' frame.
        target: the reference.
        language: of the title and of the page.

    Raises:
        ValueError: it leads nowhere; loading has checked the references of all facts.
    """
    ref, _, step_id = target.partition("#")
    url = build_relative_url(build_target_url(target, language), build_page_url(REF, language))
    if target in STANDALONE_PAGES:
        return Destination(strings.format(language, f"site.{target}"), "", url)
    if page := facts.find_page(ref):
        guide = page.guide.title.get(language)
        step = page.find_step(step_id)
        if step is None:
            return Destination(guide, "", url)
        title = step.title.get(language)
        if desk := describe_desk(step, strings.select(language), language):
            return Destination(strings.format(language, "contacts.of", about=title), desk, url)
        return Destination(title, guide, url)
    if folder := facts.find_folder(ref.partition("/")[0]):
        name = folder.authority.name.get(language)
        return Destination(strings.format(language, "start.all", name=name), "", url)
    raise ValueError(f"{target} leads nowhere")
