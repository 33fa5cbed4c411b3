"""The public index and certcheck's rules have the documented shape."""

import json
from typing import Any

from macros.exports import publish
from macros.model.facts import Facts

KEYS = {
    "id",
    "name",
    "system",
    "recognise",
    "user_id",
    "renewal",
    "trust_anchors",
    "transfer",
    "deleting",
    "documents",
}


def index(facts: Facts) -> dict[str, Any]:
    """The index as other tools read it."""
    loaded: dict[str, Any] = json.loads(json.dumps(publish.build_index(facts, "abc123")))
    return loaded


def test_the_index_names_its_schema_and_commit(facts: Facts) -> None:
    """A tool can tell which shape it reads, and from which state of the facts it was made."""
    assert index(facts)["schema"] == 1
    assert index(facts)["generated_from"] == "abc123"


def test_every_authority_has_every_documented_key(facts: Facts) -> None:
    """The contract's keys are there for each folder with an authority.yaml."""
    authorities = {entry["id"]: entry for entry in index(facts)["authorities"]}
    assert set(authorities) == {folder.id for folder in facts.authorities}
    for entry in authorities.values():
        assert set(entry) == KEYS | {"contacts", "guides"}


def test_the_rules_are_the_same_authorities(facts: Facts) -> None:
    """Checker and helpdesk tools decide by the same facts."""
    rules = publish.build_rules(facts)["authorities"]
    public = index(facts)["authorities"]
    assert json.loads(json.dumps(rules)) == [
        {key: entry[key] for key in entry if key in KEYS} for entry in public
    ]


def test_the_renewal_rules_are_those_of_the_manuals(facts: Facts) -> None:
    """Windows open 30 days before; ends differ; jasdec renews by application (see each authority.yaml)."""
    found = {entry["id"]: entry["renewal"] for entry in index(facts)["authorities"]}
    assert {name: rule["kind"] for name, rule in found.items()} == {
        "boj": "window",
        "fsa": "window",
        "jasdec": "application",
        "tse": "window",
    }
    assert {name: rule.get("opens") for name, rule in found.items()} == {
        "boj": {"days_before": 30},
        "fsa": {"days_before": 30},
        "jasdec": None,
        "tse": {"days_before": 30},
    }
    ends = {name: rule["closes"]["at"] for name, rule in found.items() if "closes" in rule}
    assert ends == {"boj": "expiry", "fsa": "never", "tse": "end_of_day_before"}
    assert found["boj"]["closes"]["basis"] == "derived"
    assert found["boj"]["reminders_days_before"] == [30, 7]


def test_a_step_has_its_address_in_both_languages(facts: Facts) -> None:
    """Addresses are relative to the site's root and differ only in the language's prefix."""
    guides = {guide["id"]: guide for guide in index(facts)["authorities"][0]["guides"]}
    step = next(step for step in guides["renew"]["steps"] if step["id"] == "choose-certificate")
    assert step["url"] == {
        "ja": "boj/renew/#choose-certificate",
        "en": "en/boj/renew/#choose-certificate",
    }
    assert {"document": "boj-manual", "section": "5.1.1(1)", "step": 4} in step["sources"]


def test_every_step_has_its_sentence_without_markdown(facts: Facts) -> None:
    """What goes into a mail holds no marks of Markdown and no reference, in either language."""
    public = index(facts)
    guides = public["shared_guides"]
    for authority in public["authorities"]:
        guides += authority["guides"]
    for part in [*guides, *(step for guide in guides for step in guide["steps"])]:
        for words in part["first"].values():
            assert words
            assert not [mark for mark in ("**", "`", "](") if mark in words]
