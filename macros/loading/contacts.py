"""An authority's contacts as a page of their own, so that a link can lead to each of them."""

from collections.abc import Iterator

from macros.loading.wording import Strings
from macros.loading.yamlfile import Place
from macros.model.authority import Authority, Contact
from macros.model.facts import LANGUAGES, GuidePage
from macros.model.guide import Guide, Step, Text

ID = "contacts"


def contacts_page(folder: str, authority: Authority, place: Place, strings: Strings) -> GuidePage | None:
    """A guide with one step a contact; None where the manual names nobody."""
    if not authority.contacts:
        return None
    guide = Guide(
        title=_text(strings, "contacts.title"),
        summary=_text(strings, "contacts.summary"),
        kind="answers",
        steps=[_step(contact, strings) for contact in authority.contacts],
        checked=max(document.checked for document in authority.documents),
    )
    return GuidePage(folder, ID, guide, place)


def _step(contact: Contact, strings: Strings) -> Step:
    words = {language: "\n".join(_lines(contact, strings, language)) for language in LANGUAGES}
    return Step(
        id=contact.id,
        title=contact.about,
        do=Text(**words),
        basis=contact.basis,
        sources=contact.sources,
    )


def _lines(contact: Contact, strings: Strings, language: str) -> Iterator[str]:
    say = strings.of(language)
    yield f"**{contact.name}**\n"
    if contact.phone:
        yield f"- {say['contact.phone']}: {contact.phone}"
    if contact.email:
        yield f"- {say['contact.email']}: [{contact.email}](mailto:{contact.email})"
    if contact.hours:
        yield f"- {say['contact.hours']}: {getattr(contact.hours, language)}"
    if contact.note:
        yield f"\n{getattr(contact.note, language)}"


def _text(strings: Strings, code: str) -> Text:
    return Text(**strings.words[code])
