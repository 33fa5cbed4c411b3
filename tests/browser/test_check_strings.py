"""The checker's wording is complete, in both languages: whatever the scripts and certcheck can ask for."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from cryptography import x509
from ruamel.yaml import YAML

from certcheck import errors, limits
from certcheck.formats import other_files
from certcheck.formats.pkcs12 import passwords
from certcheck.paths import path_building, recognition
from certcheck.reports import report
from certcheck.revocation import judge
from certcheck.rules import renewal
from certcheck.x509 import remarks, strings
from macros.loading.load import load_facts
from macros.model.guides import Check
from scripts.command import run
from tests.support import ROOT

FILES = [YAML(typ="safe").load(path) for path in sorted((ROOT / "macros/strings/checker").glob("*.yaml"))]
STRINGS: dict[str, dict[str, str]] = {code: words for file in FILES for code, words in file.items()}
SCRIPTS = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "wasm/browser").glob("*.mjs")}

# The findings of each question of a step, in the order of their tests.
FINDINGS: dict[str, list[str]] = json.loads(run("node", Path(__file__).with_name("list_findings.mjs")).stdout)


def test_no_code_stands_twice() -> None:
    """In two files, one would hide the other."""
    assert len(STRINGS) == sum(map(len, FILES))


def test_both_languages_name_the_same_values() -> None:
    """A sentence has the same placeholders in Japanese and in English."""
    for code, words in STRINGS.items():
        assert set(words) == {"ja", "en"}, code
        japanese, english = (set(re.findall(r"\{(\w+)\}", words[language])) for language in ("ja", "en"))
        assert japanese == english, code


def test_every_code_in_the_scripts_has_words() -> None:
    """A code that is written out in a script exists; one with .one and .other counts as a pair."""
    for name, script in SCRIPTS.items():
        for code in re.findall(r'\bt\("([\w.]+)"', script):
            assert code in STRINGS, (name, code)
        for code in re.findall(r'\btranslatePlural\(t, "([\w.]+)"', script):
            assert {f"{code}.one", f"{code}.other"} <= STRINGS.keys(), (name, code)


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("error", get_args(errors.Code)),
        ("damaged", get_args(errors.DamagedPlace)),
        ("found", {*get_args(other_files.OtherKind), "saved_as_text"}),
        ("chain", get_args(path_building.PathStatus)),
        ("chain.problem", get_args(path_building.ProblemCode)),
        ("limit", get_args(limits.Limit)),
        ("form", set(get_args(passwords.Form)) - {"none"}),
        ("password.form", set(get_args(passwords.Form)) - {"as_typed", "none"}),
        ("holders", get_args(report.Advice)),
        ("holders.reason", get_args(report.Reason)),
        ("known_by", get_args(recognition.RecognitionEvidence)),
        ("label", get_args(renewal.Headline)),
        ("verdict", get_args(renewal.Headline)),
        ("remark", get_args(remarks.RemarkCode)),
        ("remark.field", get_args(remarks.Field)),
        ("encoding", get_args(strings.Encoding)),
        ("revocation", get_args(judge.RevocationStatus)),
        ("revocation.problem", get_args(judge.ListCode)),
        ("listed", {*get_args(judge.RevocationStatus), "list"}),
        ("reason", {flag.name for flag in x509.ReasonFlags} - {"remove_from_crl"} | {"none"}),
    ],
)
def test_every_value_of_certcheck_has_words(prefix: str, values: Any) -> None:  # noqa: ANN401 - of Literal
    """The page has a sentence for every value of certcheck's codes."""
    assert values
    for value in values:
        assert f"{prefix}.{value}" in STRINGS


def test_sentences_name_the_limits_that_certcheck_has() -> None:
    """Bounds are numbers of `certcheck.limits`; words that name one agree with it."""
    size, seconds = f"{limits.SIZE_LIMIT / 1e6:.0f} MB", f"{limits.TIME_LIMIT:.0f}"
    for language in ("ja", "en"):
        assert size in STRINGS["choose.kinds"][language]
        assert size in STRINGS["error.too_large"][language]
        assert seconds in STRINGS["error.timed_out"][language]


def test_no_word_suggests_that_a_file_is_sent() -> None:
    """Choosing a file is never called an upload."""
    for code, words in STRINGS.items():
        assert "アップロード" not in words["ja"], code
        assert "upload" not in words["en"].lower(), code


def test_no_string_is_left_over() -> None:
    """Each string is used: by its code, or by a prefix that a script completes; for fingers, by its base."""
    everything = "\n".join(SCRIPTS.values())
    prefixes = tuple(re.findall(r"`([\w.]+\.)\$\{", everything))
    pairs = tuple(f"{code}." for code in re.findall(r'\btranslatePlural\(t, "([\w.]+)"', everything))
    for variant in STRINGS:
        code = variant.removesuffix(".touch")
        assert code in STRINGS, variant
        assert code.startswith(prefixes + pairs) or f'"{code}"' in everything, code


def test_every_question_has_an_answer_for_every_finding() -> None:
    """Each cell of the table holds a sentence, and no sentence is left without its cell."""
    assert set(FINDINGS) == set(get_args(Check))
    cells = {f"answer.{check}.{finding}" for check, findings in FINDINGS.items() for finding in findings}
    assert cells == {code for code in STRINGS if code.startswith("answer.")}
    assert all(f"question.{check}" in STRINGS for check in FINDINGS)


def test_every_kind_of_question_is_asked() -> None:
    """Each value of a step's `check` is used by some guide."""
    steps = [step for page in load_facts(ROOT).pages for step in page.guide.steps]
    assert {step.check for step in steps if step.check} == set(get_args(Check))


def find_names_of_addresses(value: object, name: str = "") -> set[str]:
    """Find under which names the checker's data has relative addresses."""
    if isinstance(value, dict):
        found = [find_names_of_addresses(entry, entry_name) for entry_name, entry in value.items()]
    elif isinstance(value, list):
        found = [find_names_of_addresses(entry, name) for entry in value]
    else:
        return {name} if str(value).startswith(("../", "./")) else set()
    return set().union(*found)


def test_every_address_in_the_data_is_resolved(site: Path) -> None:
    """In a guide the data's addresses would be relative to the guide: the module resolves each."""
    data = json.loads((site / "check/data.json").read_bytes())
    (names,) = re.findall(r"^const ADDRESSES = \[(.*)\];$", SCRIPTS["step-checker.mjs"], re.MULTILINE)
    assert find_names_of_addresses(data) <= set(re.findall(r'"(\w+)"', names))
