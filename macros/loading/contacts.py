"""An authority's contacts as a page of their own, so that a link can lead to each of them."""

from macros.loading.wording import Strings
from macros.model.authority import Authority, Contact
from macros.model.contact_step import ContactStep
from macros.model.evidence import Text
from macros.model.facts import CONTACTS, GuidePage
from macros.model.guides import Guide
from macros.model.location import Locator


def build_contacts_page(
    folder: str, authority: Authority, locate: Locator, strings: Strings
) -> GuidePage | None:
    """Build a guide with one step a contact; None where the manual names nobody.

    Args:
        folder: the authority's id.
        authority: whose contacts they are.
        locate: finds places in the authority's file.
        strings: words of the pages' frame, for the title and the summary.
    """
    if not authority.contacts:
        return None
    guide = Guide(
        title=Text(**strings.words["contacts.title"]),
        summary=Text(**strings.words["contacts.summary"]),
        kind="answers",
        steps=[_build_step(contact) for contact in authority.contacts],
        checked=max(document.checked for document in authority.documents),
    )
    return GuidePage(folder, CONTACTS, guide, locate)


def _build_step(contact: Contact) -> ContactStep:
    return ContactStep(
        id=contact.id,
        title=contact.about,
        do=Text(ja=contact.name, en=contact.name),
        basis=contact.basis,
        sources=contact.sources,
        contact=contact,
    )
