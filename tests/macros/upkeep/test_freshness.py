"""Everything that ages has a day, and the report says which days are past or near."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from macros.loading.load import load_facts
from macros.model.facts import Facts
from macros.upkeep.freshness import Finding, assess_freshness
from macros.upkeep.translations import Translations, load_translations
from tests.macros.conftest import ReplacePassage
from tests.support.mint import compute_sha256, encode_pem, mint, mint_ca

CHECKED = dt.date(2026, 11, 21)
NO_TRANSLATIONS = Translations([], Counter())


def assess_kind(facts: Facts, day: dt.date, kind: str) -> dict[str, Finding]:
    """Assess the facts; return the findings of one kind, by their subjects."""
    findings = assess_freshness(facts, NO_TRANSLATIONS, day)
    return {finding.subject: finding for finding in findings if finding.kind == kind}


@pytest.mark.parametrize(
    ("age", "state"), [(0, "good"), (305, "good"), (306, "soon"), (365, "soon"), (366, "stale")]
)
def test_facts_and_editions_age(synthetic_root: Path, age: int, state: str) -> None:
    """A year counts, its last sixty days are announced: docs/shared/freshness.yaml says so."""
    day = CHECKED + dt.timedelta(days=age)
    assert assess_kind(load_facts(synthetic_root), day, "fact")["abc/renew"].state == state
    edition = assess_kind(load_facts(synthetic_root), day, "document")["abc-manual"]
    assert (edition.state, edition.values["edition"], edition.values["age"]) == (state, "第2版", age)


def test_a_check_that_is_yet_to_come_is_none(synthetic_root: Path) -> None:
    """Who mistypes the year would hide a fact's age for as long."""
    day = CHECKED - dt.timedelta(days=1)
    for kind, subject in (("fact", "abc/renew"), ("document", "abc-manual")):
        finding = assess_kind(load_facts(synthetic_root), day, kind)[subject]
        assert (finding.state, finding.code) == ("stale", "age.to-come")


def test_the_oldest_comes_first(replace_passage: ReplacePassage) -> None:
    """Who has an hour begins at the top."""
    root = replace_passage("shared/check-by-hand.yaml", "checked: 2026-11-21", "checked: 2025-01-01")
    assert next(iter(assess_kind(load_facts(root), CHECKED, "fact"))) == "shared/check-by-hand"


def test_this_repository_names_what_is_no_longer_supported(facts: Facts) -> None:
    """Windows 10 has ended, the guides that name it are listed, and somebody has looked at them since."""
    (finding,) = assess_kind(facts, CHECKED, "support").values()
    assert (finding.subject, finding.state, finding.code) == ("Windows 10", "known", "support.ended")
    assert "jasdec/environment" in finding.values["pages"]


@pytest.mark.parametrize(
    ("checked", "day", "state"),
    [
        ("2025-10-01", dt.date(2025, 8, 1), "good"),
        ("2025-10-01", dt.date(2025, 10, 14), "soon"),
        ("2025-10-01", dt.date(2025, 10, 15), "stale"),
        ("2025-10-20", dt.date(2025, 10, 21), "known"),
        ("2025-10-20", dt.date(2027, 10, 21), "stale"),
    ],
)
def test_an_end_of_support_is_to_be_looked_at(
    replace_passage: ReplacePassage, checked: str, day: dt.date, state: str
) -> None:
    """Once when it comes, and then every year as any fact."""
    root = replace_passage("shared/freshness.yaml", "    checked: 2026-11-21", f"    checked: {checked}")
    assert assess_kind(load_facts(root), day, "support")["Windows 10"].state == state


@pytest.mark.parametrize(("days_left", "state"), [(100, "good"), (10, "soon"), (-1, "stale")])
def test_a_pinned_root_expires(replace_passage: ReplacePassage, days_left: int, state: str) -> None:
    """Its own certificate says when."""
    end = dt.datetime.combine(CHECKED + dt.timedelta(days=days_left), dt.time(12), dt.UTC)
    lines = encode_pem(mint_ca(not_after=end)).decode().strip().replace("\n", "\n      ")
    entry = (
        f"trust_anchors:\n  - pem: |\n      {lines}\n    source: paper\n    checked: 2026-11-21\ntransfer:"
    )
    root = replace_passage("abc/authority.yaml", "transfer:", entry)
    (finding,) = assess_kind(load_facts(root), CHECKED, "anchor").values()
    assert (finding.state, finding.code) == (state, "anchor.expires")


def test_a_root_pinned_by_its_digest_is_not_called_good(replace_passage: ReplacePassage) -> None:
    """A digest does not tell when the certificate expires."""
    digest = compute_sha256(mint())
    entry = f"trust_anchors: [{{sha256: '{digest}', source: paper, checked: 2026-11-21}}]\ntransfer:"
    facts = load_facts(replace_passage("abc/authority.yaml", "transfer:", entry))
    (finding,) = assess_kind(facts, CHECKED, "anchor").values()
    assert (finding.state, finding.code) == ("unknown", "anchor.digest")


def test_translations_are_part_of_the_report(synthetic_root: Path) -> None:
    """Outdated English by its place; English that no ledger knows as one line with their number."""
    pairs = load_translations(synthetic_root).pairs
    recorded = Counter(pair.ledger_line for pair in pairs[1:-1])
    recorded[f"{pairs[0].ledger_line.split()[0]} {'0' * 16}"] += 1
    findings = assess_freshness(load_facts(synthetic_root), Translations(pairs, recorded), CHECKED)
    states = [(finding.subject, finding.state) for finding in findings if finding.kind == "translation"]
    assert states == [(pairs[0].place, "stale"), (pairs[-1].place, "soon")]
