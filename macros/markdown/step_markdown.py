"""What a step says to do, as Markdown; of a contact everything that is printed about it."""

from collections.abc import Iterator, Mapping

from macros.model.authority import Contact
from macros.model.contact_step import ContactStep
from macros.model.guides import Step


def compose_instructions(step: Step, labels: Mapping[str, str], language: str) -> str:
    """Compose what a step says to do, as Markdown; of a contact everything that is printed about it.

    Args:
        step: of any kind.
        labels: words of ``macros/strings/site.yaml`` in the language, by code.
        language: ``ja`` or ``en``.
    """
    if isinstance(step, ContactStep):
        return "\n".join(_compose_contact(step.contact, labels, language))
    return step.do.get(language)


def describe_desk(step: Step | None, labels: Mapping[str, str], language: str) -> str:
    """Describe the desk of a contact in one line: its name, number and hours; empty for any other step.

    Args:
        step: of any kind, or none.
        labels: words of ``macros/strings/site.yaml`` in the language, by code.
        language: ``ja`` or ``en``.
    """
    if not isinstance(step, ContactStep):
        return ""
    phone = f"{labels['contact.phone']} {step.contact.phone}" if step.contact.phone else ""
    hours = step.contact.hours.get(language) if step.contact.hours else ""
    details = labels["contact.separator"].join(filter(None, (phone, hours)))
    name = step.contact.name
    return labels["contact.desk"].format(name=name, details=details) if details else name


def _compose_contact(contact: Contact, labels: Mapping[str, str], language: str) -> Iterator[str]:
    yield f"**{contact.name}**\n"
    if contact.phone:
        yield f"- {labels['contact.phone']}: {contact.phone}"
    if contact.email:
        yield f"- {labels['contact.email']}: [{contact.email}](mailto:{contact.email})"
    if contact.url:
        yield f"- {labels['contact.url']}: [{contact.url}]({contact.url})"
    if contact.hours:
        yield f"- {labels['contact.hours']}: {contact.hours.get(language)}"
    if contact.note:
        yield f"\n{contact.note.get(language)}"
