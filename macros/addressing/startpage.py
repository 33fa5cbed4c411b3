"""The start page's questions with their ends' ways on, ready to be written in one language."""

from dataclasses import dataclass

from macros.addressing.addresses import page_url, relative_url
from macros.loading.consistency import PAGES
from macros.loading.contacts import ID as CONTACTS
from macros.loading.wording import Strings
from macros.model.facts import AuthorityFolder, Facts, parse_reference
from macros.model.situations import Node, tree

REF = "index"


@dataclass(frozen=True)
class Way:
    """A link at an end.

    Attributes:
        title: of the step, else of the guide, the checker or the authority.
        guide: of which the step is one; empty where the whole page is meant.
        url: relative to the start page of the same language.
    """

    title: str
    guide: str
    url: str


def forest(facts: Facts) -> list[Node]:
    """The tree below each system."""
    if facts.situations is None:
        return []
    return [
        tree(
            Node(folder.id, folder.authority.name, folder.authority.system),
            facts.situations,
            folder.answers.answers if folder.answers else None,
            _ways_on(folder),
        )
        for folder in facts.authorities
    ]


def _ways_on(folder: AuthorityFolder) -> list[str]:
    contacts = [f"{folder.id}/{CONTACTS}"] if any(page.id == CONTACTS for page in folder.guides) else []
    return [f"{folder.id}/{REF}", *contacts]


def way(facts: Facts, strings: Strings, target: str, language: str) -> Way:
    """Where a reference of an end leads: a guide, a step, an authority's page or the checker."""
    page_ref, _, step_id = target.partition("#")
    fragment = f"#{step_id}" if step_id else ""
    url = relative_url(f"{page_url(page_ref, language)}{fragment}", page_url(REF, language))
    if target in PAGES:
        return Way(strings.say(language, f"site.{target}"), "", url)
    page = facts.page(page_ref)
    if page is None:
        reference = parse_reference(target)
        folder = next(one for one in facts.authorities if reference and one.id == page_ref.partition("/")[0])
        return Way(strings.say(language, "start.all", name=getattr(folder.authority.name, language)), "", url)
    title = getattr(page.guide.title, language)
    step = page.step(step_id) if step_id else None
    return Way(getattr(step.title, language), title, url) if step else Way(title, "", url)
