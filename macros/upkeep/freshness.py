"""What is out of date, or soon will be, as far as the repository itself can tell.

What only a network can tell is checked in ``scripts/editing/freshness_network.py``; the words are in
``macros/strings/freshness.yaml``.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from cryptography import x509

from macros.model.authority import Anchor, Document
from macros.model.facts import AuthorityFolder, Facts
from macros.model.freshness_limits import FreshnessLimits, Support
from macros.model.pfx_programs import PfxProgram
from macros.pages.freshness_notices import mentions_support
from macros.upkeep.translations import Translations

State = Literal["good", "known", "soon", "stale", "unknown", "vulnerable"]
FindingKind = Literal["fact", "document", "translation", "support", "anchor", "link", "component", "advisory"]


@dataclass(frozen=True)
class Finding:
    """The freshness of one subject, such as a guide, a manual or a link.

    Attributes:
        kind: which list it belongs to.
        subject: a guide's reference, a manual's id, a place, a name, an address.
        state: ``vulnerable`` needs someone at once, ``stale`` now, ``soon`` before long; ``unknown`` could
            not be judged;
            ``known`` is over, its pages say so, and somebody has looked at them since.
        code: of the sentence about it.
        values: of the sentence's placeholders; days are dates.
    """

    kind: FindingKind
    subject: str
    state: State
    code: str
    values: dict[str, Any] = field(default_factory=dict)


def assess_freshness(facts: Facts, translations: Translations, day: dt.date) -> list[Finding]:
    """Assess everything that can be judged without a network, list by list, the oldest first.

    Args:
        facts: all of them; without ``limits`` nothing is assessed.
        translations: the texts and their ledger.
        day: of the assessment, in Japan.
    """
    limits = facts.limits
    if limits is None:
        return []
    documents = sorted(facts.documents.values(), key=lambda document: document.checked)
    findings = list(_assess_guides(facts, limits, day))
    findings += (_assess_document(document, limits, day) for document in documents)
    findings += (_assess_program(program, limits, day) for program in facts.pfx_programs)
    findings += _assess_translations(translations)
    findings += (_assess_support(facts, support, limits, day) for support in limits.supports)
    for folder in facts.authorities:
        findings += (_assess_anchor(folder, anchor, limits, day) for anchor in folder.authority.trust_anchors)
    return findings


def _assess_guides(facts: Facts, limits: FreshnessLimits, day: dt.date) -> Iterator[Finding]:
    for page in sorted(facts.pages, key=lambda page: page.guide.checked):
        yield _assess_fact(page.ref, page.guide.checked, limits, day)


def _assess_program(program: PfxProgram, limits: FreshnessLimits, day: dt.date) -> Finding:
    return _assess_fact(f"shared/pfx-programs: {program.id}", program.checked, limits, day)


def _assess_fact(subject: str, checked: dt.date, limits: FreshnessLimits, day: dt.date) -> Finding:
    values = {"day": checked, "age": (day - checked).days}
    code = "fact.age" if checked <= day else "age.to-come"
    return Finding("fact", subject, _judge_check(checked, limits, day), code, values)


def _assess_document(document: Document, limits: FreshnessLimits, day: dt.date) -> Finding:
    checked = document.checked
    values = {"day": checked, "age": (day - checked).days, "edition": document.edition}
    code = "document.age" if checked <= day else "age.to-come"
    return Finding("document", document.id, _judge_check(checked, limits, day), code, values)


def _judge_check(checked: dt.date, limits: FreshnessLimits, day: dt.date) -> State:
    """Judge something by the day of its last check."""
    if checked > day:
        return "stale"  # a mistyped year would hide its age for as long
    return _judge_end(checked + dt.timedelta(days=limits.stale_after_days), limits, day)


def _judge_end(last: dt.date, limits: FreshnessLimits, day: dt.date) -> State:
    """Judge something by the last day on which it is good."""
    if day > last:
        return "stale"
    return "soon" if (last - day).days < limits.soon_days else "good"


def _assess_translations(translations: Translations) -> Iterator[Finding]:
    for pair in translations.find_outdated():
        yield Finding("translation", pair.place, "stale", "translation.outdated", {"place": pair.place})
    if pairs := translations.find_unrecorded():
        values = {"count": len(pairs)}
        yield Finding("translation", pairs[0].place, "soon", "translation.unrecorded", values)


def _assess_support(facts: Facts, support: Support, limits: FreshnessLimits, day: dt.date) -> Finding:
    """Assess a product: after its end somebody has to check the guides that name it."""
    pages = [page.ref for page in facts.pages if mentions_support(facts, page, support)]
    state = _judge_end(support.ends, limits, day) if pages else "good"
    is_known = support.checked > support.ends and _judge_check(support.checked, limits, day) == "good"
    if state == "stale" and is_known:
        state = "known"
    code = "support.ended" if day > support.ends else "support.ends"
    return Finding("support", support.name, state, code, {"day": support.ends, "pages": pages})


def _assess_anchor(folder: AuthorityFolder, anchor: Anchor, limits: FreshnessLimits, day: dt.date) -> Finding:
    subject = f"{folder.id}: {anchor.source}"
    if anchor.pem is None:
        return Finding("anchor", subject, "unknown", "anchor.digest")
    expires = x509.load_pem_x509_certificate(anchor.pem.encode()).not_valid_after_utc.date()
    return Finding("anchor", subject, _judge_end(expires, limits, day), "anchor.expires", {"day": expires})
