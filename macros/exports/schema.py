"""The shape of ``api/authorities.json`` as JSON Schema, for the tools that read it.

Whoever reads the index must expect more keys than these: schema 1 only grows. So nothing is closed here.
"""

import datetime as dt
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict  # pydantic asks for it below Python 3.12

from macros.model.authority import Anchor, Deleting, FieldTest, Mark, Transfer, UserIdOrigin
from macros.model.evidence import Basis, Slug, Source, Text, Words
from macros.model.renewal_rule import Change, Closes, Deadline, Opens, Renewal


class Url(TypedDict):
    """Addresses by language, relative to the site's root."""

    ja: Words
    en: Words


class Step(TypedDict):
    """One step. Its id is a word, the same in both languages, and permanent."""

    id: Slug
    title: Text
    first: Annotated[Text, Field(description="The first sentence of what is to be done, as plain words.")]
    url: Url
    short: Annotated[Url, Field(description="The same step's address without a fragment; leads on to url.")]
    sources: list[Source]


class Guide(TypedDict):
    """One page of steps."""

    id: Slug
    title: Text
    first: Annotated[Text, Field(description="The first sentence of its summary, as plain words.")]
    url: Url
    steps: list[Step]


class Document(TypedDict):
    """A manual that the facts rest on."""

    id: Slug
    title: Words
    short: Text
    publisher: Words
    edition: Words | None
    date: dt.date | None
    checked: dt.date


class Contact(TypedDict):
    """Whom to ask about what; numbers and addresses are as printed."""

    id: Slug
    about: Text
    name: Words
    phone: Words | None
    email: Words | None
    url: NotRequired[Words | None]
    hours: Text | None
    note: Text | None
    basis: Basis
    sources: list[Source]


class RenewalTerms(TypedDict):
    """Days that the keys beside ``terms`` cannot say; where it is there, those keys name no days."""

    opens: NotRequired[Opens]
    closes: NotRequired[Closes]
    changes: list[Change]
    deadlines: list[Deadline]


class PublishedRenewal(Renewal):
    """A renewal rule as it is published."""

    terms: RenewalTerms | None = None


class Authority(TypedDict):
    """One certification authority."""

    id: Slug
    name: Text
    system: Text
    recognise: Annotated[list[Mark], Field(description="Alternatives: any one matches. None: not by name.")]
    recognise_together: NotRequired[
        Annotated[
            list[list[FieldTest]],
            Field(description="Further alternatives: all tests of one have to match the same certificate."),
        ]
    ]
    user_id: Literal["subject.CN"] | None
    user_id_from: NotRequired[
        Annotated[UserIdOrigin, Field(description="The part of a field that is the user ID, up to a sign.")]
    ]
    renewal: PublishedRenewal
    trust_anchors: list[Anchor]
    transfer: Transfer
    deleting: NotRequired[
        Annotated[Deleting, Field(description="Which of a holder's certificates may be deleted.")]
    ]
    documents: list[Document]
    contacts: list[Contact]
    guides: list[Guide]


class Index(TypedDict):
    """Authorities, renewal rules, contacts, guides, and the address of every step in both languages."""

    schema: Literal[1]
    generated_from: Annotated[str, Field(description="The git commit that the facts were read from.")]
    authorities: list[Authority]
    shared_guides: Annotated[list[Guide], Field(description="Guides of no authority.")]


def build_schema() -> dict[str, Any]:
    """Build the JSON Schema, 2020-12, of the whole file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_remove_keywords(TypeAdapter(Index).json_schema()),
    }


def _remove_keywords(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Remove what only concerns the YAML that the facts are written in: closed objects, examples, titles."""
    if isinstance(node, list):
        return [_remove_keywords(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    return {key: _remove_keywords(value) for key, value in node.items() if not _is_keyword(key, value)}


def _is_keyword(key: str, value: object) -> bool:
    """Tell whether an entry is one of those keywords, and no property that happens to bear its name."""
    return key in {"additionalProperties", "examples", "title", "default"} and not isinstance(value, dict)
