"""The facts for machines: the public index ``api/authorities.json`` and the rules that certcheck reads.

Both have the shape that docs-dev/architecture.md documents; the rules leave guides and contacts out.
"""

import re
from typing import Any

from pydantic import BaseModel

from macros.addressing.urls import build_page_url, build_short_url, build_target_url
from macros.exports import business_calendar
from macros.loading.wording import load_checker_words, load_command_words, load_site_words
from macros.markdown.plaintext import cut_first_sentence
from macros.markdown.step_markdown import compose_instructions
from macros.model.authority import Authority, Deleting, FieldTest, Mark
from macros.model.evidence import Source
from macros.model.facts import LANGUAGES, AuthorityFolder, Facts, GuidePage
from macros.model.guides import Step
from macros.model.renewal_rule import Renewal

SCHEMA = 1
# Words of the checker's page that certcheck's command line needs, and what it calls them.
_PREFIXES_OF_WORDS = {
    "column": "column",
    "label": "renewal",
    "chain": "chain",
    "error": "error",
    "listed": "revocation",
    "calendar": "",
}
# Words of the checker's page that it has under the same codes.
_SHARED_WORDS = ("found.", "damaged.", "remark.field.", "reason.", "revocation.problem.")
_PLACEHOLDER = re.compile(r"\{\w+\}")
Json = dict[str, Any]


def build_index(facts: Facts, commit: str) -> Json:
    """Build the index: everything that a helpdesk's tool needs of authorities, guides and step addresses.

    Args:
        facts: all of them.
        commit: the git commit that the facts were read from, or ``unknown``.
    """
    authorities: list[Json] = []
    for folder in facts.authorities:
        contacts = _export_contacts(folder.authority)
        guides = [_export_guide(page) for page in folder.guides]
        authorities.append({**_export_rule(folder), "contacts": contacts, "guides": guides})
    return {
        "schema": SCHEMA,
        "generated_from": commit,
        "authorities": authorities,
        "shared_guides": [_export_guide(page) for page in facts.shared],
    }


def build_rules(facts: Facts) -> Json:
    """Build the rules by which certcheck decides; business days only where a rule counts them.

    The page need not fetch what no rule counts.
    """
    rules: Json = {"schema": SCHEMA}
    if any(_counts_business_days(folder) for folder in facts.authorities):
        rules["business_days"] = business_calendar.list_closed_days()
    return {
        **rules,
        "words": {language: _export_words(facts, language) for language in LANGUAGES},
        "authorities": [_export_rule(folder) for folder in facts.authorities],
        "pfx_programs": [
            program.model_dump(mode="json", include={"id", "encryption", "mac"})
            for program in facts.pfx_programs
        ],
    }


def _export_words(facts: Facts, language: str) -> dict[str, str]:
    """Return what certcheck's table and calendar call columns, codes, authorities and events."""
    words = {f"authority.{folder.id}": folder.authority.name.get(language) for folder in facts.authorities}
    words |= {f"refused_by.{program.id}": program.name.get(language) for program in facts.pfx_programs}
    for code, text in load_checker_words().select(language).items():
        prefix, _, rest = code.partition(".")
        name = _PREFIXES_OF_WORDS.get(prefix, prefix)
        if prefix in _PREFIXES_OF_WORDS and not code.endswith(".next"):
            # Of a sentence the table has the code's words, not its figures; the calendar fills them in.
            words[f"{name}.{rest}".lstrip(".")] = (
                text if prefix == "calendar" else _PLACEHOLDER.sub("…", text)
            )
        elif code.startswith(_SHARED_WORDS) and not code.endswith(".next"):
            words[code] = text
    return words | load_command_words().select(language)


def _counts_business_days(folder: AuthorityFolder) -> bool:
    return any(day.needs_business_days for day in folder.authority.renewal.counted_days)


def _export_rule(folder: AuthorityFolder) -> Json:
    authority = folder.authority
    return {
        "id": folder.id,
        "name": dump(authority.name),
        "system": dump(authority.system),
        **_export_marks(authority),
        "user_id": authority.user_id,
        **({"user_id_from": dump(authority.user_id_from)} if authority.user_id_from else {}),
        "renewal": export_renewal(authority.renewal),
        "trust_anchors": [dump(anchor) for anchor in authority.trust_anchors],
        "transfer": {"allowed": None, **dump(authority.transfer)},
        **({"deleting": _export_deleting(authority.deleting)} if authority.deleting else {}),
        "documents": [
            document.model_dump(mode="json", exclude={"sections", "checked_by", "approved"})
            for document in authority.documents
        ],
    }


def _export_marks(authority: Authority) -> Json:
    """Export what any one of recognises; tests that must hold together under a key of their own.

    A reader that knows ``recognise`` alone would take the first of them for the whole.
    """
    together = [[_export_test(test) for test in mark.tests] for mark in authority.recognise if mark.also]
    return {
        "recognise": [_export_mark(mark) for mark in authority.recognise if not mark.also],
        **({"recognise_together": together} if together else {}),
    }


def _export_mark(mark: Mark) -> Json:
    return mark.model_dump(mode="json", exclude_none=True, exclude={"also"})


def _export_test(test: FieldTest) -> Json:
    return test.model_dump(mode="json", exclude_none=True, include={"field", "equals", "pattern"})


def export_renewal(renewal: Renewal) -> Json:
    """Export a renewal rule as the checker reads it.

    Days that the first edition of schema 1 could not say stand under ``terms``, all of them: a reader of that
    edition finds no days rather than wrong ones.
    """
    exported = dump(renewal)
    if renewal.is_of_first_edition:
        return exported
    terms = {name: exported.pop(name) for name in _DAYS if name in exported}
    return {**exported, "changes": [], "deadlines": [], "terms": terms}


_DAYS = ("opens", "closes", "changes", "deadlines")


def _export_deleting(deleting: Deleting) -> Json:
    """Export which certificates are one holder's; who does not know the fields compares whole subjects."""
    exported = dump(deleting)
    if deleting.same_holder_by:
        return {**exported, "same_holder": "subject"}
    del exported["same_holder_by"]
    return exported


def _export_contacts(authority: Authority) -> list[Json]:
    return [
        contact.model_dump(mode="json") | {"sources": _export_sources(contact.sources)}
        for contact in authority.contacts
    ]


def _export_guide(page: GuidePage) -> Json:
    guide = page.guide
    return {
        "id": page.id,
        "title": dump(guide.title),
        "first": {language: cut_first_sentence(guide.summary.get(language)) for language in LANGUAGES},
        "url": {language: build_page_url(page.ref, language) for language in LANGUAGES},
        "steps": [_export_step(f"{page.ref}#{step.id}", step) for step in guide.steps],
    }


def _export_step(ref: str, step: Step) -> Json:
    first: dict[str, str] = {}
    for language in LANGUAGES:
        labels = load_site_words().select(language)
        first[language] = cut_first_sentence(compose_instructions(step, labels, language))
    return {
        "id": step.id,
        "title": dump(step.title),
        "first": first,
        "url": {language: build_target_url(ref, language) for language in LANGUAGES},
        "short": {language: build_short_url(ref, language) for language in LANGUAGES},
        "sources": _export_sources(step.sources),
    }


def _export_sources(sources: list[Source]) -> list[Json]:
    return [dump(source) for source in sources]


def dump(model: BaseModel) -> Json:
    """Dump a fact as JSON values, without what was left out."""
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)
