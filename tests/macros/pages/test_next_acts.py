"""What a guide's page says after the last step."""

import dataclasses
from pathlib import Path

from macros.model.facts import Facts, GuidePage
from macros.pages.next_acts import list_next_acts


def _list_codes(facts: Facts, reference: str) -> list[str]:
    guide_page = facts.find_page(reference)
    assert guide_page is not None
    return [act.code for act in list_next_acts(guide_page, facts)]


def test_a_new_certificate_is_checked_first(facts: Facts) -> None:
    """Each guide that ends with one sends its readers to the checker, then has its dates noted.

    Each of the four systems has such a guide; what else an institution adds may have none.
    """
    guides = [page for page in facts.pages if page.guide.new_certificate]
    assert {"boj", "fsa", "jasdec", "tse"} <= {page.folder for page in guides}
    for page in guides:
        first, second, *_ = list_next_acts(page, facts)
        assert (first.code, first.target) == ("end.check", "check")
        assert second.code.startswith("end.calendar.")


def test_only_what_the_facts_give_is_said(facts: Facts) -> None:
    """A back-up where a certificate may be moved; of the old one what the authority says."""
    assert "end.back-up" in _list_codes(facts, "boj/renew")
    assert "end.old.login" in _list_codes(facts, "boj/renew")
    assert "end.back-up" not in _list_codes(facts, "tse/renew")
    assert "end.old.revocation_mail" in _list_codes(facts, "fsa/renew")
    assert "end.old.none" in _list_codes(facts, "jasdec/issue")
    assert "end.calendar.application" in _list_codes(facts, "jasdec/issue")


def test_an_authority_without_a_rule_on_deleting_says_nothing_of_it(facts: Facts) -> None:
    """Silence of the manual is not turned into advice."""
    folder = facts.find_folder("boj")
    assert folder is not None
    silent = folder.authority.model_copy(update={"deleting": None})
    changed = dataclasses.replace(facts, authorities=[dataclasses.replace(folder, authority=silent)])
    codes = [act.code for act in list_next_acts(_find_renewal(facts), changed)]
    assert not [code for code in codes if code.startswith("end.old")]


def test_every_procedure_has_an_end(facts: Facts, pages: Path) -> None:
    """Once, after its last step, with a way on; a page of answers has no end."""
    for page in facts.pages:
        for language in ("ja", "en"):
            text = (pages / f"{page.ref}.{language}.md").read_text(encoding="utf-8")
            is_procedure = page.guide.kind == "procedure"
            assert text.count("{ #what-now }") == is_procedure, page.ref
            if is_procedure:
                assert text.index("{ #what-now }") > text.rindex('<section class="step"')


def _find_renewal(facts: Facts) -> GuidePage:
    guide_page = facts.find_page("boj/renew")
    assert guide_page is not None
    return guide_page
