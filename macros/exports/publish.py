"""The facts for machines: the public index ``api/authorities.json`` and the rules that certcheck reads.

Both have the shape that docs-dev/architecture.md documents; the rules leave guides and contacts out.
"""

from typing import Any

from pydantic import BaseModel

from macros.addressing.addresses import page_url, short_url
from macros.exports import business_calendar
from macros.model.authority import Authority
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.model.guide import Source
from macros.model.plaintext import first_sentence

SCHEMA = 1
Json = dict[str, Any]


def api(facts: Facts, commit: str) -> Json:
    """Everything a helpdesk's tool needs to know of authorities, guides and step addresses.

    Args:
        facts: all of them.
        commit: the git commit that the facts were read from, or ``unknown``.
    """
    return {
        "schema": SCHEMA,
        "generated_from": commit,
        "authorities": [
            {
                **_rule(folder),
                "contacts": _contacts(folder.authority),
                "guides": [_guide(page) for page in folder.guides],
            }
            for folder in facts.authorities
        ],
        "shared_guides": [_guide(page) for page in facts.shared],
    }


def rules(facts: Facts) -> Json:
    """What certcheck decides by."""
    authorities = {"authorities": [_rule(folder) for folder in facts.authorities]}
    days = (day for folder in facts.authorities for day in folder.authority.renewal.days())
    if any(
        day.business_days_before is not None for day in days
    ):  # the page need not fetch what no rule counts
        return {"schema": SCHEMA, "business_days": business_calendar.table(), **authorities}
    return {"schema": SCHEMA, **authorities}


def _rule(folder: AuthorityFolder) -> Json:
    authority = folder.authority
    return {
        "id": folder.id,
        "name": dump(authority.name),
        "system": dump(authority.system),
        "recognise": [dump(mark) for mark in authority.recognise],
        "user_id": authority.user_id,
        "renewal": dump(authority.renewal),
        "trust_anchors": [dump(anchor) for anchor in authority.trust_anchors],
        "transfer": {"allowed": None, **dump(authority.transfer)},
        **({"deleting": dump(authority.deleting)} if authority.deleting else {}),
        "documents": [
            document.model_dump(mode="json", exclude={"sections"}) for document in authority.documents
        ],
    }


def _contacts(authority: Authority) -> list[Json]:
    return [
        contact.model_dump(mode="json") | {"sources": _sources(contact.sources)}
        for contact in authority.contacts
    ]


def _guide(page: GuidePage) -> Json:
    return {
        "id": page.id,
        "title": dump(page.guide.title),
        "first": {language: first_sentence(page.guide.summary.get(language)) for language in LANGUAGES},
        "url": {language: page_url(page.ref, language) for language in LANGUAGES},
        "steps": [
            {
                "id": step.id,
                "title": dump(step.title),
                "first": {language: first_sentence(step.do.get(language)) for language in LANGUAGES},
                "url": {language: f"{page_url(page.ref, language)}#{step.id}" for language in LANGUAGES},
                "short": {language: short_url(f"{page.ref}#{step.id}", language) for language in LANGUAGES},
                "sources": _sources(step.sources),
            }
            for step in page.guide.steps
        ],
    }


def _sources(sources: list[Source]) -> list[Json]:
    return [dump(source) for source in sources]


def dump(model: BaseModel) -> Json:
    """A fact as JSON values, without what was left out."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)
