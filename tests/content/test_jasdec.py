"""What the guides of JASDEC's certificates must not lose again."""

import pytest

from macros.model.facts import Facts
from tests.support.content import find_answer, find_guide, find_step, list_nodes, list_targets

APPLY = "jasdec/apply"
SETTINGS = ["jasdec/ie-mode", "jasdec/trusted-site"]
CONTACT = "jasdec/questions#contact"


def test_the_values_of_the_root_are_named(facts: Facts) -> None:
    """2.1-3 speaks of "the actual values" without a name: the window's name and thumbprint are meant."""
    step = find_step(facts, "jasdec/issue#root-confirm")
    assert step.basis == "derived"
    assert "「拇印」" in step.do.ja
    assert any("「拇印」" in note.text.ja for note in step.notes if note.basis == "site")


def test_a_root_that_differs_is_not_confirmed(facts: Facts) -> None:
    """Whoever finds other values, or cannot compare them, presses no and tells a colleague."""
    ways_out = find_step(facts, "jasdec/issue#root-confirm").if_not
    assert [otherwise.go for otherwise in ways_out] == ["jasdec/questions#root-differs"]
    assert "「いいえ(N)」を押し" in ways_out[0].means.ja
    assert "社内の担当者" in ways_out[0].means.ja


@pytest.mark.parametrize(
    ("reference", "host"),
    [("jasdec/issue#root-confirm", "repo"), ("jasdec/check#confirmation-site", "webra")],
)
def test_an_address_that_was_read_with_doubt_says_so(facts: Facts, reference: str, host: str) -> None:
    """A 1 looks like an l in the printed guide: both addresses are to be compared with it first."""
    notes = [note for note in find_step(facts, reference).notes if note.kind == "warning"]
    assert len(notes) == 1
    assert notes[0].basis == "derived"
    assert f"「{host}」の次の文字" in notes[0].text.ja


@pytest.mark.parametrize(
    "reference",
    ["jasdec/questions#activex", "jasdec/questions#request-failed", "jasdec/questions#enrollment-error"],
)
def test_browser_errors_lead_to_both_guides_of_settings(facts: Facts, reference: str) -> None:
    """ActiveX is set under the trusted site (1.3-18), the mode in Edge: each message needs both."""
    assert set(SETTINGS) <= set(list_targets(find_step(facts, reference)))


@pytest.mark.parametrize("choice", ["activex", "request-failed", "no-csp"])
def test_browser_messages_on_the_start_page_lead_to_both(facts: Facts, choice: str) -> None:
    """As the answers to which they lead first."""
    assert set(SETTINGS) <= set(find_answer(facts, f"jasdec.message.{choice}").go)


@pytest.mark.parametrize("address", ["jasdec.leaked", "jasdec.broken.lost"])
def test_a_key_in_other_hands_is_reported_first(facts: Facts, address: str) -> None:
    """The guide has no procedure: colleagues are told at once, with words to copy."""
    answer = find_answer(facts, address)
    assert answer.go[0] == "jasdec/questions#leaked"
    assert answer.says is not None
    assert "すぐに社内の担当者に知らせます" in answer.says.ja
    assert len(find_step(facts, "jasdec/questions#leaked").copies) == 1


def test_a_broken_pc_is_no_lost_one(facts: Facts) -> None:
    """Somebody else may have what is lost or stolen: the start page asks which it is."""
    choices = [node.address for node in list_nodes(facts, "jasdec")["jasdec.broken"].children]
    assert choices == ["jasdec.broken.broken", "jasdec.broken.lost"]
    assert find_answer(facts, "jasdec.broken.broken").go[0] == APPLY


def test_that_a_renewal_is_applied_for_is_derived(facts: Facts) -> None:
    """Row 14 is about the wrong PC: what it means for renewals and other PCs is this site's reading."""
    step = find_step(facts, "jasdec/apply#when")
    assert step.basis == "manual"
    assert "更新するとき" not in step.do.ja
    assert [note.basis for note in step.notes] == ["derived", "derived"]
    folder = facts.find_folder("jasdec")
    assert folder is not None
    assert folder.authority.renewal.basis == "derived"
    assert folder.authority.transfer.basis == "derived"
    for address in (
        "jasdec.expiring",
        "jasdec.new-pc.instead",
        "jasdec.broken.broken",
        "jasdec.windows-user",
    ):
        assert find_answer(facts, address).basis == "derived", address


def test_there_is_one_answer_to_who_to_contact(facts: Facts) -> None:
    """The guide names nobody: a colleague, everywhere, and never the sender of a mail or JASDEC itself."""
    folder = facts.find_folder("jasdec")
    assert folder is not None
    after = folder.authority.renewal.after
    assert after.guide == CONTACT
    contact = find_step(facts, CONTACT)
    expired = find_answer(facts, "jasdec.expired")
    assert expired.go[0] == CONTACT
    assert expired.says is not None
    for words in (after.text.ja, contact.do.ja, expired.says.ja):
        assert "社内の担当者" in words
        assert "差出人" not in words
        assert "機構に問い合わせ" not in words
        assert "機構に確かめ" not in words


def test_the_icon_is_looked_for_while_the_site_is_open(facts: Facts) -> None:
    """It is not there before; then the page is loaded again in the mode (1.3-12)."""
    check = find_step(facts, "jasdec/ie-mode#check-icon")
    assert [otherwise.go for otherwise in check.if_not] == ["jasdec/ie-mode#check-address"]
    missing = find_step(facts, "jasdec/issue#log-in").if_not[0]
    for means in (check.if_not[0].means, missing.means):
        assert "Internet Explorer モードで再読み込みする" in means.ja


@pytest.mark.parametrize(
    "reference",
    [
        "jasdec/questions#installed-correctly",
        "jasdec/questions#no-valid-application",
        "jasdec/questions#unknown-error",
    ],
)
def test_a_certificate_that_is_not_there_has_a_way_on(facts: Facts, reference: str) -> None:
    """Look elsewhere, log in again, or apply."""
    assert "jasdec/questions#not-there" in list_targets(find_step(facts, reference))
    assert {"jasdec/check", "jasdec/issue#log-in", APPLY} <= set(
        list_targets(find_step(facts, "jasdec/questions#not-there"))
    )


@pytest.mark.parametrize("step_id", ["security", "ie-mode"])
def test_settings_are_restored_without_notes_too(facts: Facts, step_id: str) -> None:
    """Windows and Edge have defaults to go back to; both guides of settings say to take notes."""
    ways_out = find_step(facts, f"jasdec/restore#{step_id}").if_not
    assert [otherwise.basis for otherwise in ways_out] == ["site"]
    assert "控えがない" in ways_out[0].sees.ja


@pytest.mark.parametrize("reference", ["jasdec/ie-mode#when-needed", "jasdec/trusted-site#internet-options"])
def test_both_guides_of_settings_say_to_take_notes(facts: Facts, reference: str) -> None:
    """What was there before is to be restored later."""
    tips = [note.text.ja for note in find_step(facts, reference).notes if note.kind == "tip"]
    assert any("書き留め" in words for words in tips)


def test_the_site_is_removed_press_by_press(facts: Facts) -> None:
    """Select, delete, close: a list is not emptied by wishing."""
    screen = find_step(facts, "jasdec/restore#sites").screen
    assert screen is not None
    assert [control.label for control in screen.controls if control.press] == ["削除(R)", "閉じる(C)"]


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("jasdec.deleted", "jasdec/check"),
        ("jasdec.windows-user", "jasdec/questions#windows-user"),
        ("jasdec.handover", "jasdec/questions#handover"),
        ("jasdec.scrapped", "jasdec/questions#scrapped"),
        ("jasdec.new-pc.windows-11", "jasdec/questions#windows-11"),
        ("jasdec.message.no-csp", "jasdec/questions#no-csp"),
        ("jasdec.message.button-disabled", "jasdec/questions#button-disabled"),
        ("jasdec.message.two", "jasdec/questions#two-certificates"),
        ("jasdec.login.not-offered", "jasdec/questions#not-there"),
    ],
)
def test_what_comes_first_at_an_end(facts: Facts, address: str, first: str) -> None:
    """The first way of an answer is the first thing to do."""
    assert find_answer(facts, address).go[0] == first


def test_pressing_the_last_button_is_the_danger(facts: Facts) -> None:
    """After it there is no second login (2.1-4): no other step is called irreversible."""
    dangers = [
        f"{page.ref}#{step.id}"
        for page in facts.pages
        if page.folder == "jasdec"
        for step in page.guide.steps
        if any(note.kind == "danger" for note in step.notes)
    ]
    assert dangers == ["jasdec/issue#client-install"]


def test_no_words_send_to_a_picture_alone(facts: Facts) -> None:
    """A helpdesk cannot point at "the first entry in the picture"."""
    for page in facts.pages:
        if page.folder == "jasdec":
            for step in page.guide.steps:
                for phrase in ("図の一つ目", "図の二つ目", "図の四つ", "図のような"):
                    assert phrase not in step.do.ja, f"{page.ref}#{step.id}"


def test_every_guide_says_who_does_it(facts: Facts) -> None:
    """A helpdesk reads it out first: the person, on which PC and as which Windows user."""
    for page in facts.pages:
        if page.folder == "jasdec" and page.guide.kind == "procedure":
            assert page.guide.who is not None, page.ref
    for reference in ("jasdec/issue", "jasdec/check", "jasdec/restore", *SETTINGS):
        who = find_guide(facts, reference).guide.who
        assert who is not None
        assert "パソコン" in who.ja, reference
        assert "Windows ユーザー" in who.ja, reference
