"""The start page's questions: every end is reached, leads somewhere and says what it rests on."""

import re
import shutil
from pathlib import Path

import pytest

from macros.addressing.start_page import build_forest
from macros.loading.load import load_facts
from macros.loading.problems import FactsError
from macros.model.facts import LANGUAGES, STANDALONE_PAGES, Facts
from macros.model.situations import FALLBACK, Node
from macros.pages.render import render_site
from tests.macros.conftest import ASSETS, BUILD
from tests.support import ROOT

# The project's own; what an institution adds may offer less.
FOUR = {"boj", "fsa", "jasdec", "tse"}


def list_nodes(facts: Facts) -> list[Node]:
    """List every node, a question before its choices."""
    nodes: list[Node] = []
    for root in build_forest(facts):
        nodes += root.walk()
    return nodes


def test_every_system_is_asked_for_and_every_situation_is_met(facts: Facts) -> None:
    """Each authority stands in the tree; no situation is offered by none of them."""
    roots = build_forest(facts)
    ids = [folder.id for folder in facts.authorities]
    assert [root.address for root in roots] == ids
    assert facts.situations is not None
    situations = set[str]()
    for root in roots:
        situations.update(node.address.partition(".")[2] for node in root.children)
    assert situations == {situation.id for situation in facts.situations.situations} | {FALLBACK}


def test_what_goes_wrong_is_offered_at_every_system(facts: Facts) -> None:
    """Where the manual is silent the answer says so: whoever is in trouble is not left to guess a guide."""
    troubles = [
        "expiring",
        "expired",
        "new-pc",
        "broken",
        "leaked",
        "passcode",
        "wrong-pc",
        "message",
        "login",
    ]
    for root in build_forest(facts):
        addresses = {node.address for node in root.children}
        assert root.address not in FOUR or addresses >= {f"{root.address}.{trouble}" for trouble in troubles}


def test_every_end_leads_somewhere_and_says_what_it_rests_on(facts: Facts) -> None:
    """An end has words, ways on and evidence; only the one for everything else rests on no manual."""
    for root in build_forest(facts):
        for end in root.find_ends():
            assert end.answer is not None
            assert end.answer.says is not None
            assert end.answer.go, end.address
            assert bool(end.answer.sources) == (end.address != f"{root.address}.{FALLBACK}"), end.address


def test_answers_have_addresses_of_their_own(facts: Facts) -> None:
    """An address names one node, in small letters, digits, hyphens and dots: nothing personal fits in."""
    addresses = [node.address for node in list_nodes(facts)]
    assert len(addresses) == len(set(addresses))
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", address) for address in addresses)


def test_a_question_has_at_least_two_answers(facts: Facts) -> None:
    """What leaves no choice is not asked."""
    assert all(len(node.children) != 1 for node in list_nodes(facts))


def test_who_has_a_certificate_about_to_expire_is_offered_the_checker(facts: Facts) -> None:
    """The checker says on which day it can be renewed, for every authority."""
    for root in build_forest(facts):
        (expiring,) = (node for node in root.children if node.address.endswith(".expiring"))
        assert expiring.answer is not None
        assert "check" in expiring.answer.go


def test_the_page_holds_every_end_without_scripts(facts: Facts, pages: Path) -> None:
    """The nested list is complete: each node once, each end's ways as links, in both languages."""
    for language in LANGUAGES:
        text = (pages / f"index.{language}.md").read_text(encoding="utf-8")
        for node in list_nodes(facts):
            assert text.count(f'id="{node.address}"') == 1
            html = text.split(f'id="{node.address}"')[1].split("</div>")[0]
            if node.answer:
                assert html.count("<a href=") == len(node.answer.go), node.address


def test_another_authority_follows_from_its_folder(root_with_answers: Path, tmp_path: Path) -> None:
    """Situations and their order come from the files; the last choice leads to its guides and contacts."""
    facts = load_facts(root_with_answers)
    (root,) = build_forest(facts)
    assert [node.address for node in root.children] == ["abc.expiring", "abc.new-pc", "abc.other"]
    assert [end.address for end in root.find_ends()] == [
        "abc.expiring",
        "abc.new-pc.have",
        "abc.new-pc.have-not",
        "abc.other",
    ]
    render_site(facts, tmp_path / "out", ASSETS, BUILD)
    text = (tmp_path / "out/index.ja.md").read_text(encoding="utf-8")
    assert 'href="abc/contacts/"' in text
    assert set(STANDALONE_PAGES) >= {"check"}


def test_an_authority_without_answers_leads_to_its_guides(synthetic_root: Path) -> None:
    """Before anyone has written its situations, it can be chosen all the same."""
    (root,) = build_forest(load_facts(synthetic_root))
    assert [node.address for node in root.children] == ["abc.other"]


def test_a_choice_rests_on_what_its_question_rests_on(root_with_answers: Path) -> None:
    """Sources need not be written again for each choice."""
    (root,) = build_forest(load_facts(root_with_answers))
    answer = root.children[1].children[0].answer
    assert answer is not None
    assert [source.section for source in answer.sources] == ["1"]


def test_missing_situations_are_named(synthetic_root: Path) -> None:
    """Without the shared names an answer fits nothing, and the message names the file to write."""
    shutil.copy(ROOT / "docs/boj/situations.yaml", synthetic_root / "docs/abc/situations.yaml")
    (synthetic_root / "docs/shared/situations.yaml").unlink()
    with pytest.raises(FactsError, match=r"docs/shared/situations\.yaml \(empty\)"):
        load_facts(synthetic_root)
