"""Where a step sends a person who sees something else."""

from pathlib import Path

from macros.loading.load import load_facts
from macros.model.facts import Facts, GuidePage
from macros.model.guides import Step
from macros.pages.troubleshooting import find_help_page
from tests.macros.conftest import ReplacePassage


def _find_step(facts: Facts, reference: str, step_id: str) -> tuple[GuidePage, Step]:
    guide_page = facts.find_page(reference)
    assert guide_page is not None
    step = guide_page.find_step(step_id)
    assert step is not None
    return guide_page, step


def test_a_step_leads_to_its_authoritys_help(facts: Facts) -> None:
    """To the page about trouble, else to the questions and answers."""
    assert find_help_page(*_find_step(facts, "boj/renew", "open-site"), facts) == "boj/troubleshoot"
    assert find_help_page(*_find_step(facts, "tse/renew", "log-in"), facts) == "tse/questions"


def test_without_such_a_page_it_leads_to_the_contacts(synthetic_root: Path) -> None:
    """The invented authority has nothing else."""
    facts = load_facts(synthetic_root)
    assert find_help_page(*_find_step(facts, "abc/renew", "open"), facts) == "abc/contacts"


def test_without_contacts_it_leads_to_the_first_page(replace_passage: ReplacePassage) -> None:
    """An authority whose manual names nobody, like the shared guides, which belong to none."""
    root = replace_passage("abc/renew.yaml", "        [窓口](abc/contacts#desk)に", "        窓口に")
    replace_passage("abc/renew.yaml", "[the desk](abc/contacts#desk)", "the desk")
    text = (root / "docs/abc/authority.yaml").read_text(encoding="utf-8")
    before, contacts = text.split("contacts:")
    after = contacts[contacts.index("documents:") :]
    (root / "docs/abc/authority.yaml").write_text(f"{before}contacts: []\n{after}", encoding="utf-8")
    facts = load_facts(root)
    assert find_help_page(*_find_step(facts, "abc/renew", "open"), facts) == "index"
    assert find_help_page(*_find_step(facts, "shared/check-by-hand", "open-certificate"), facts) == "index"


def test_a_step_with_its_own_help_needs_no_other(facts: Facts) -> None:
    """What else may appear is said in the step itself."""
    assert find_help_page(*_find_step(facts, "boj/export", "choose-private-key"), facts) is None


def test_an_answer_is_no_find_step(facts: Facts) -> None:
    """A page of answers does not send people round in circles."""
    assert find_help_page(*_find_step(facts, "boj/troubleshoot", "passcode-lost"), facts) is None


def test_every_step_of_every_procedure_has_a_way_out(facts: Facts) -> None:
    """Nobody is left alone with a window that the guide does not show."""
    for page in facts.pages:
        for step in page.guide.steps:
            if step.if_not or page.guide.kind == "answers":
                continue
            help_page = find_help_page(page, step, facts)
            assert help_page is not None
            assert help_page == "index" or facts.find_page(help_page)
