"""Whom a person can ask, and how a mistake in a step is reported to whoever runs the site."""

from urllib.parse import quote

from macros.model.contact_step import ContactStep
from macros.model.facts import CONTACTS, Facts, GuidePage
from macros.model.guides import Step
from macros.pages.site_inputs import SiteInputs

_MAILTO = "mailto:"


def list_desks(guide_page: GuidePage, facts: Facts) -> list[ContactStep]:
    """Return the desks of a guide's authority that answer the telephone, in the order of its facts.

    Returns:
        Nothing where the manual names none, as for guides that belong to no authority.
    """
    contacts = facts.find_page(f"{guide_page.folder}/{CONTACTS}")
    steps = contacts.guide.steps if contacts else []
    return [step for step in steps if isinstance(step, ContactStep) and step.contact.phone]


def build_report_link(inputs: SiteInputs, address: str, step: Step, language: str) -> str:
    """Build the address that opens a mail which says what step, manual and language are meant.

    Args:
        inputs: of the site: its facts, with whom they name as the site's contact, and its words.
        address: the step's reference.
        step: in which something is wrong.
        language: in which it was read.
    """
    words, facts = inputs.strings, inputs.facts
    lines = [
        words.format(language, "report.step", step=f"{address} ({language})"),
        words.format(language, "report.edition", edition=describe_edition(step, facts) or "-"),
        "",
        words.format(language, "report.words"),
    ]
    subject = words.format(language, "report.subject", step=address)
    contact = facts.site.contact or "" if facts.site else ""
    return build_mail_link(
        contact.removeprefix(_MAILTO) if contact.startswith(_MAILTO) else "", subject, lines
    )


def build_mail_link(mail: str, subject: str, lines: list[str]) -> str:
    """Build the address that opens a mail (RFC 6068).

    Args:
        mail: its recipient; empty where ``docs/site.yaml`` names none, and the sender chooses one.
        subject: in plain text.
        lines: of the body, which RFC 6068, 5 has end with CRLF.
    """
    body = "\r\n".join(lines)
    return f"mailto:{quote(mail, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def describe_edition(step: Step, facts: Facts) -> str:
    """Return the ids and editions of the manuals that a step rests on, for those who look into a report."""
    cited = dict.fromkeys(source.document for source in step.sources)
    documents = [facts.documents[name] for name in cited]
    return ", ".join(" ".join(filter(None, (document.id, document.edition))) for document in documents)
