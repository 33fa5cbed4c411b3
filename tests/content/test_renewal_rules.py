"""How the four authorities' certificates are recognised and renewed, by their manuals."""

import json
from typing import Any

import pytest

from macros.exports import publish
from macros.model.facts import Facts
from tests.support import ROOT

COPY = "tests/certcheck/fixtures/four-authorities.json"
COPIED = json.loads((ROOT / COPY).read_text(encoding="utf-8"))
RULES = COPIED["authorities"]
# What an edition's change leaves as it is: only what certcheck decides by.
DECISIVE = ("recognise", "user_id", "renewal", "deleting")
# Of the edition that each rule was read from: a later one may state another rule.
EDITIONS = {
    "boj": "Copyright 2023",
    "fsa": "改訂",
    "jasdec": "Version. 3. 10",
    "tse": "Ver. 1.8",
}


def remove_evidence(value: Any, pattern: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Leave of a value what the pattern has, too: no sources and no words for readers."""
    if isinstance(pattern, dict) and isinstance(value, dict):
        return {key: remove_evidence(value.get(key), pattern[key]) for key in pattern}
    if isinstance(pattern, list) and isinstance(value, list) and len(pattern) == len(value):
        return [remove_evidence(*pair) for pair in zip(value, pattern, strict=True)]
    return value


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_the_rule_is_that_of_its_manual(facts: Facts, rule: dict[str, Any]) -> None:
    """Windows open 30 days before; ends differ; jasdec renews by application (see each authority.yaml)."""
    folder = facts.find_folder(rule["id"])
    assert folder
    editions = {document.edition for document in folder.authority.documents}
    if EDITIONS[rule["id"]] not in editions:
        pytest.skip(f"read from {EDITIONS[rule['id']]}, docs/ has {editions}")
    published = next(
        entry for entry in publish.build_rules(facts)["authorities"] if entry["id"] == rule["id"]
    )
    decisive = {key: rule[key] for key in DECISIVE if key in rule}
    assert remove_evidence(published, decisive) == decisive


def test_programs_that_refuse_files(facts: Facts) -> None:
    """The checker's tests read a copy; a new program of docs/ is not in it, one of the copy is in docs/."""
    programs = publish.build_rules(facts)["pfx_programs"]
    assert [program for program in COPIED["pfx_programs"] if program not in programs] == []
