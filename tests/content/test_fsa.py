"""What the guides of the Financial Services Agency's system must not lose again."""

import pytest

from macros.model.facts import Facts
from tests.support.content import find_answer, find_guide, find_step, list_nodes, list_step_ids, list_targets

SYSTEM_DESK = "fsa/contacts#system"
CERTIFICATE_DESK = "fsa/contacts#certificates"
REVOKE, REVOKE_AND_GET = "fsa/revoke", "fsa/revoke-and-get"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("fsa.first", "fsa/form-dcm902"),
        ("fsa.new-pc.one-more", "fsa/form-dcm902"),
        ("fsa.new-pc.instead", "fsa/form-dcm904"),
        ("fsa.new-pc.account", "fsa/form-dcm904"),
        ("fsa.windows-user.changes", "fsa/form-dcm904"),
        ("fsa.handover.administrator", "fsa/form-dcm905"),
        ("fsa.scrapped.go-on", "fsa/form-dcm904"),
        ("fsa.scrapped.no-longer", "fsa/form-dcm903"),
        ("fsa.broken.broken.go-on", "fsa/form-dcm904"),
        ("fsa.broken.broken.no-longer", "fsa/form-dcm903"),
        ("fsa.deleted.by-mistake.go-on", "fsa/form-dcm904"),
        ("fsa.deleted.by-mistake.no-longer", "fsa/form-dcm903"),
        ("fsa.deleted.renewed", "fsa/form-dcm904"),
        ("fsa.wrong-pc.new", "fsa/form-dcm904"),
    ],
)
def test_each_event_has_its_form(facts: Facts, address: str, form: str) -> None:
    """Table 2.1; who goes on with the same PC after deleting needs DCM904 as well (9.3.6)."""
    forms = [target for target in find_answer(facts, address).go if target.startswith("fsa/form-")]
    assert forms == [form]


def test_a_form_leads_to_the_guide_that_follows_it(facts: Facts) -> None:
    """Revocation alone where DCM903 is, a new certificate where DCM904 is: never the other."""
    guide_by_form = {
        "fsa/form-dcm903": REVOKE,
        "fsa/form-dcm904": REVOKE_AND_GET,
        "fsa/form-dcm902": "fsa/get",
    }
    for address, node in list_nodes(facts, "fsa").items():
        targets = node.answer.go if node.answer else []
        for form, guide in guide_by_form.items():
            if form in targets:
                assert guide in targets, address
    for event in ("scrap-pc", "pc-broken", "replace-pc", "deleted-by-mistake", "pc-lost"):
        step = find_step(facts, f"fsa/which-form#{event}")
        assert step.basis == "derived"
        assert "新しい証明書が要る" in step.do.ja
        assert "パソコンを追加する" not in step.do.ja


@pytest.mark.parametrize("address", ["fsa.broken.lost", "fsa.deleted.missing", "fsa.leaked"])
def test_an_incident_is_told_to_the_agency_first(facts: Facts, address: str) -> None:
    """1.2.2 and 2.1 ask for it at once; of the desks of 9.1.1 only (1) is the agency's own."""
    answer = find_answer(facts, address)
    assert answer.go[0] == SYSTEM_DESK
    assert answer.says is not None
    assert "社内の担当者" in answer.says.ja


@pytest.mark.parametrize(
    "reference",
    ["fsa/revoke#urgent", "fsa/revoke-and-get#urgent", "fsa/which-form#pc-lost", "fsa/which-form#misuse"],
)
def test_an_urgent_step_names_the_agency_s_desk(facts: Facts, reference: str) -> None:
    """The numbers of 9.1.1 (1), ahead of every form."""
    assert list_targets(find_step(facts, reference))[0] == SYSTEM_DESK


@pytest.mark.parametrize("guide", ["fsa/renew", "fsa/get", "fsa/revoke-and-get"])
def test_one_signs_in_before_the_url_is_opened(facts: Facts, guide: str) -> None:
    """The URL works once (1.1), and another Windows account needs another certificate (2.1)."""
    ids = list_step_ids(facts, guide)
    assert ids.index("mails") < ids.index("sign-in") < ids.index("download")
    step = find_step(facts, f"{guide}#sign-in")
    assert step.basis == "derived"
    assert "2.1" in {source.section for source in step.sources}
    assert "Windows ユーザー" in step.do.ja
    who = find_guide(facts, guide).guide.who
    assert who is not None
    assert "Windows ユーザー" in who.ja


def test_a_renewal_is_done_where_the_certificate_is(facts: Facts) -> None:
    """9.3.2 and 9.3.3 presuppose the PC that holds the certificate to renew; it is looked for first."""
    ids = list_step_ids(facts, "fsa/renew")
    assert ids.index("find-pc") < ids.index("sign-in")
    for reference in ("fsa/renew#find-pc", "fsa/renew#sign-in"):
        assert {"9.3.2", "9.3.3"} <= {source.section for source in find_step(facts, reference).sources}


@pytest.mark.parametrize(
    "reference",
    [f"fsa/form-dcm90{number}#submit" for number in (2, 3, 4, 5)] + ["fsa/which-form#submit"],
)
def test_who_cannot_use_the_system_has_a_way_to_submit(facts: Facts, reference: str) -> None:
    """Forms go through the system (2.1), which needs a certificate: the manual has no other way."""
    assert SYSTEM_DESK in list_targets(find_step(facts, reference))


def test_the_first_certificate_is_derived(facts: Facts) -> None:
    """2.1 has DCM902 for adding a PC only."""
    assert find_answer(facts, "fsa.first").basis == "derived"
    assert find_step(facts, "fsa/get#apply").basis == "derived"


def test_the_two_names_of_the_office_are_told(facts: Facts) -> None:
    """The table prints 情報統括室, the cover 情報化統括室."""
    notes = "".join(note.text.ja for note in find_step(facts, "fsa/which-form#submit").notes)
    assert "「情報統括室」" in notes
    assert "「情報化統括室」" in notes


def test_who_renews_after_expiry_is_told_of_the_two_mails(facts: Facts) -> None:
    """They came 30 days before (1.1); who has lost them asks the desk for certificates."""
    answer = find_answer(facts, "fsa.expired")
    assert answer.go[0] == "fsa/renew#mails"
    assert CERTIFICATE_DESK in answer.go
    assert CERTIFICATE_DESK in list_targets(find_step(facts, "fsa/questions#after-expiry"))


def test_deleting_says_how(facts: Facts) -> None:
    """The manual does not: Windows' own way is linked, and comes after the mail of the revocation (1.2.2)."""
    for guide in (REVOKE, REVOKE_AND_GET):
        ids = list_step_ids(facts, guide)
        assert ids.index("revoked-mail") < ids.index("delete")
        assert "shared/delete-certificate" in list_targets(find_step(facts, f"{guide}#delete"))


def test_a_certificate_is_looked_for_before_it_counts_as_lost(facts: Facts) -> None:
    """Another Windows user or another PC may hold it."""
    for address in ("fsa.deleted.not-found", "fsa.login.not-offered"):
        assert find_answer(facts, address).go[0] == "shared/find-certificate"


@pytest.mark.parametrize("situation", ["windows-user", "handover", "scrapped"])
def test_situations_of_people_and_pcs_are_offered(facts: Facts, situation: str) -> None:
    """The manual has forms for all of them (2.1)."""
    assert f"fsa.{situation}" in list_nodes(facts, "fsa")


def test_titles_of_answers_are_polite_sentences(facts: Facts) -> None:
    """One form of titles: a question, or what has happened, in です・ます."""
    endings = ("か", "ます", "ました", "ません", "です")
    for name in ("questions", "which-form", "duties", "terms"):
        for step in find_guide(facts, f"fsa/{name}").guide.steps:
            assert step.title.ja.removesuffix("（至急）").endswith(endings), (name, step.id)


def test_steps_for_some_only_are_marked(facts: Facts) -> None:
    """An incident, a second certificate, a preferred day: nobody else has to read them."""
    conditional = {
        f"{page.ref}#{step.id}"
        for page in facts.pages
        if page.folder == "fsa"
        for step in page.guide.steps
        if step.only_when
    }
    assert conditional == {
        "fsa/revoke#urgent",
        "fsa/revoke-and-get#urgent",
        "fsa/renew#choose",
        "fsa/form-dcm903#revocation-day",
        "fsa/form-dcm904#revocation-day",
        "fsa/form-dcm904#issue-day",
        "fsa/form-dcm905#change-day",
    }
