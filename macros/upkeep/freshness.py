"""What is out of date, or soon will be, as far as the repository itself can tell.

What only a network can tell is asked in ``scripts/editing/freshness_network.py``; the words are in
``strings/freshness.yaml``.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from cryptography import x509

from macros.model.authority import Anchor, Document
from macros.model.facts import AuthorityFolder, Facts
from macros.model.freshness_limits import Limits, Support
from macros.pages.freshness_notices import mentions_support
from macros.upkeep.translations import Translations

State = Literal["good", "known", "soon", "stale", "unknown"]
Kind = Literal["fact", "document", "translation", "support", "anchor", "link", "component"]


@dataclass(frozen=True)
class Finding:
    """One thing that ages.

    Attributes:
        kind: which list it belongs to.
        what: a guide's reference, a manual's id, a place, a name, an address.
        state: ``stale`` needs someone now, ``soon`` before long; ``unknown`` could not be judged;
            ``known`` is over, its pages say so, and somebody has looked at them since.
        code: of the sentence about it.
        values: what the sentence tells; days are dates.
    """

    kind: Kind
    what: str
    state: State
    code: str
    values: dict[str, Any] = field(default_factory=dict)


def findings(facts: Facts, translations: Translations, day: dt.date) -> list[Finding]:
    """Everything that can be judged without a network, list by list, the oldest first.

    Args:
        facts: all of them; without ``limits`` nothing is judged.
        translations: the texts and their ledger.
        day: on which it is judged, in Japan.
    """
    limits = facts.limits
    if limits is None:
        return []
    documents = sorted(facts.documents().values(), key=lambda document: document.checked)
    return [
        *_facts(facts, limits, day),
        *(_document(document, limits, day) for document in documents),
        *_translations(translations),
        *(_support(facts, support, limits, day) for support in limits.supports),
        *(
            _anchor(folder, anchor, limits, day)
            for folder in facts.authorities
            for anchor in folder.authority.trust_anchors
        ),
    ]


def _facts(facts: Facts, limits: Limits, day: dt.date) -> Iterator[Finding]:
    for page in sorted(facts.pages(), key=lambda page: page.guide.checked):
        checked = page.guide.checked
        values = {"day": checked, "age": (day - checked).days}
        code = "fact.age" if checked <= day else "age.to-come"
        yield Finding("fact", page.ref, _age(checked, limits, day), code, values)


def _document(document: Document, limits: Limits, day: dt.date) -> Finding:
    values = {"day": document.checked, "age": (day - document.checked).days, "edition": document.edition}
    code = "document.age" if document.checked <= day else "age.to-come"
    return Finding("document", document.id, _age(document.checked, limits, day), code, values)


def _age(checked: dt.date, limits: Limits, day: dt.date) -> State:
    if checked > day:
        return "stale"  # a mistyped year would hide its age for as long
    return _until(checked + dt.timedelta(days=limits.stale_after_days), limits, day)


def _until(last: dt.date, limits: Limits, day: dt.date) -> State:
    """How something stands that is good until the end of a day."""
    if day > last:
        return "stale"
    return "soon" if (last - day).days < limits.soon_days else "good"


def _translations(translations: Translations) -> Iterator[Finding]:
    for pair in translations.outdated():
        yield Finding("translation", pair.place, "stale", "translation.outdated", {"place": pair.place})
    if new := translations.unrecorded():
        yield Finding("translation", new[0].place, "soon", "translation.unrecorded", {"count": len(new)})


def _support(facts: Facts, support: Support, limits: Limits, day: dt.date) -> Finding:
    """Past its end the guides that name it are to be looked at; ``checked`` is when somebody did."""
    pages = [page.ref for page in facts.pages() if mentions_support(facts, page, support)]
    state = _until(support.ends, limits, day) if pages else "good"
    if state == "stale" and support.checked > support.ends and _age(support.checked, limits, day) == "good":
        state = "known"
    code = "support.ended" if day > support.ends else "support.ends"
    return Finding("support", support.name, state, code, {"day": support.ends, "pages": pages})


def _anchor(folder: AuthorityFolder, anchor: Anchor, limits: Limits, day: dt.date) -> Finding:
    what = f"{folder.id}: {anchor.source}"
    if anchor.pem is None:
        return Finding("anchor", what, "unknown", "anchor.digest")
    try:
        expires = x509.load_pem_x509_certificate(anchor.pem.encode()).not_valid_after_utc.date()
    except ValueError:
        return Finding("anchor", what, "stale", "anchor.unreadable")
    return Finding("anchor", what, _until(expires, limits, day), "anchor.expires", {"day": expires})
