"""Whom a step names for a person who sees something else, and the mail that reports a mistake in it."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from macros.model.facts import Facts, GuidePage
from macros.pages.desks import build_mail_link, describe_edition, list_desks


def _find_guide(facts: Facts, reference: str) -> GuidePage:
    guide_page = facts.find_page(reference)
    assert guide_page is not None
    return guide_page


def test_a_step_names_the_desks_that_answer_the_telephone(facts: Facts) -> None:
    """Of the guide's own authority, as its facts have them; a desk without a number cannot be called."""
    for folder in facts.authorities:
        desks = list_desks(folder.guides[0], facts)
        phones = [contact.phone for contact in folder.authority.contacts if contact.phone]
        assert [desk.contact.phone for desk in desks] == phones


def test_where_the_manual_names_none_there_is_none(facts: Facts) -> None:
    """Neither of another authority, nor for guides that belong to no authority."""
    assert list_desks(_find_guide(facts, "shared/check-by-hand"), facts) == []


def test_every_step_of_every_procedure_has_a_way_out(facts: Facts, pages: Path) -> None:
    """The menu of each step names a number to call, or says whom to ask: no page of other troubles."""
    for page in facts.pages:
        if page.guide.kind == "answers":
            continue
        text = (pages / f"{page.ref}.ja.md").read_text(encoding="utf-8")
        menus = text.split('<div class="step-desks" markdown="1">')[1:]
        assert len(menus) == len(page.guide.steps), page.ref
        phones = [desk.contact.phone for desk in list_desks(page, facts)]
        for menu in menus:
            block = menu.split("</div>")[0]
            assert all(phone in block for phone in phones if phone), page.ref
            assert phones or "社内の担当者に" in block, page.ref


@pytest.mark.parametrize("mail", ["", "desk@example.co.jp"])
def test_the_mail_holds_what_it_is_given(mail: str) -> None:
    """Whatever signs are in it, the mail program reads the same words (RFC 6068)."""
    lines = ["ステップ: boj/renew#open-site (ja)", "100 % & more?"]
    parts = urlsplit(build_mail_link(mail, "誤り: a#b", lines))
    assert parseaddr(parts.path)[1] == mail
    assert parse_qs(parts.query) == {"subject": ["誤り: a#b"], "body": ["\r\n".join(lines)]}


def test_a_report_names_step_edition_and_language(facts: Facts, pages: Path) -> None:
    """Every step of every guide has its own; who reads the report need not ask."""
    for page in facts.pages:
        text = (pages / f"{page.ref}.en.md").read_text(encoding="utf-8")
        links = [part.split(")")[0] for part in text.split("](mailto:?subject=")[1:]]
        assert len(links) == len(page.guide.steps), page.ref
        for step, link in zip(page.guide.steps, links, strict=True):
            (body,) = parse_qs(f"subject={link}")["body"]
            assert f"{page.ref}#{step.id} (en)" in body
            assert describe_edition(step, facts) in body
