"""The public index and certcheck's rules have the documented shape."""

import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from certcheck.errors import Code
from certcheck.paths.path_building import PathStatus
from certcheck.reports.csv_table import COLUMNS
from certcheck.rules import parse
from certcheck.rules.renewal import Headline
from macros.exports import publish
from macros.exports.schema import build_schema
from macros.loading.load import load_facts
from macros.model.facts import Facts
from tests.macros.conftest import ReplacePassage

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


@pytest.fixture(scope="module")
def index(facts: Facts) -> dict[str, Any]:
    """Build the index as other tools read it."""
    decoded: dict[str, Any] = json.loads(json.dumps(publish.build_index(facts, "abc123")))
    return decoded


def test_the_index_names_its_schema_and_commit(index: dict[str, Any]) -> None:
    """A tool can tell which shape it reads, and from which state of the facts it was made."""
    assert index["schema"] == 1
    assert index["generated_from"] == "abc123"


def test_every_authority_has_every_documented_key(facts: Facts, index: dict[str, Any]) -> None:
    """The contract's keys are there for each folder with an authority.yaml; deleting only where facts say."""
    authorities = {entry["id"]: entry for entry in index["authorities"]}
    assert set(authorities) == {folder.id for folder in facts.authorities}
    for entry in authorities.values():
        assert set(entry) - {"deleting"} == KEYS - {"deleting"} | {"contacts", "guides"}


def test_the_rules_are_the_same_authorities(facts: Facts, index: dict[str, Any]) -> None:
    """Checker and helpdesk tools decide by the same facts."""
    rules = publish.build_rules(facts)["authorities"]
    public = index["authorities"]
    for rule, authority in zip(json.loads(json.dumps(rules)), public, strict=True):
        assert rule == {key: authority[key] for key in authority if key in KEYS}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_words_of_the_table(facts: Facts, language: str) -> None:
    """The command line has the page's words for each column, authority, program and code."""
    words = parse(json.dumps(publish.build_rules(facts))).words[language]
    codes = {f"column.{column}" for column in COLUMNS}
    codes |= {f"authority.{folder.id}" for folder in facts.authorities}
    codes |= {f"refused_by.{program.id}" for program in facts.pfx_programs}
    codes |= {f"renewal.{headline}" for headline in get_args(Headline)}
    codes |= {f"chain.{status}" for status in get_args(PathStatus)}
    codes |= {f"error.{code}" for code in get_args(Code)}
    codes |= {"revocation.revoked", "revocation.not_listed", "revocation.unknown", "revocation.list"}
    assert codes <= words.keys()
    assert "{" not in "".join(text for code, text in words.items() if code.startswith("error."))


def test_the_checker_takes_every_rule(facts: Facts) -> None:
    """What loads as facts is what certcheck reads: none is left out."""
    rules = parse(json.dumps(publish.build_rules(facts)))
    assert rules.failures == ()
    assert [authority.id for authority in rules.authorities] == [folder.id for folder in facts.authorities]


def test_what_older_readers_would_misread_has_keys_of_its_own(replace_passage: ReplacePassage) -> None:
    """They find no days and no marks rather than wrong ones; the index follows its schema."""
    replace_passage("abc/authority.yaml", "at: end_of_day_before", 'business_days_before: 1, time: "17:00"')
    replace_passage(
        "abc/authority.yaml", "user_id: subject.CN", "user_id_from: {field: subject.CN, before: '-'}"
    )
    also = "equals: Imaginary CA\n    also: [{field: issuer.OU, equals: A}]"
    root = replace_passage("abc/authority.yaml", "equals: Imaginary CA", also)
    index = json.loads(json.dumps(publish.build_index(load_facts(root), "abc123")))
    Draft202012Validator(build_schema()).validate(index)
    (authority,) = index["authorities"]
    assert authority["recognise"] == []
    assert [test["field"] for test in authority["recognise_together"][0]] == ["issuer.CN", "issuer.OU"]
    assert authority["user_id"] is None
    assert authority["user_id_from"] == {"field": "subject.CN", "before": "-"}
    assert {"opens", "closes"} & authority["renewal"].keys() == set()
    assert authority["renewal"]["terms"]["closes"]["time"] == "17:00"
    assert parse(json.dumps(publish.build_rules(load_facts(root)))).failures == ()


def test_a_step_has_its_address_in_both_languages(index: dict[str, Any]) -> None:
    """Addresses are relative to the site's root and differ only in the language's prefix."""
    authority = next(entry for entry in index["authorities"] if entry["id"] == "boj")
    guides = {guide["id"]: guide for guide in authority["guides"]}
    step = next(step for step in guides["renew"]["steps"] if step["id"] == "choose-certificate")
    assert step["url"] == {
        "ja": "boj/renew/#choose-certificate",
        "en": "en/boj/renew/#choose-certificate",
    }
    assert {"document": "boj-manual", "section": "5.1.1(1)", "step": 4} in step["sources"]


def test_every_step_has_its_sentence_without_markdown(index: dict[str, Any]) -> None:
    """What goes into a mail holds no marks of Markdown and no reference, in either language."""
    guides = list(index["shared_guides"])
    for authority in index["authorities"]:
        guides += authority["guides"]
    for guide in guides:
        for entry in (guide, *guide["steps"]):
            for words in entry["first"].values():
                assert words
                assert not [mark for mark in ("**", "`", "](") if mark in words]
