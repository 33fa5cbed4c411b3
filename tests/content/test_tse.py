"""What the guides of the Tokyo Stock Exchange's systems must not lose again."""

import pytest

from macros.markdown.plaintext import find_link_targets
from macros.model.facts import Facts
from tests.support.content import find_answer, find_guide, find_step, list_nodes, list_step_ids, list_targets

ISSUE = "tse/issue"
RENEW = "tse/renew"
REISSUE = "tse/reissue"
REVOKE = "tse/revoke"


@pytest.mark.parametrize("reference", ["tse/login#choose-certificate", "tse/renew#log-in"])
def test_of_two_certificates_the_later_is_chosen(facts: Facts, reference: str) -> None:
    """After a renewal two of one user ID are offered; the manual's rule is the date (5.3-2): derived."""
    notes = [note for note in find_step(facts, reference).notes if note.basis == "derived"]
    warnings = [note for note in notes if note.kind == "warning" and "「有効期限」" in note.text.ja]
    assert len(warnings) == 1
    assert ("5.3", 2) in {(source.section, source.step) for source in warnings[0].sources}


def test_the_start_page_says_which_of_two_certificates(facts: Facts) -> None:
    """The window 「証明書の選択」 and the old certificate that still shows: both say what to choose."""
    for address in ("tse.message.choose", "tse.login.two"):
        says = find_answer(facts, address).says
        assert says is not None
        assert "「有効期限」が新しいほう" in says.ja
    assert "tse/delete" in find_answer(facts, "tse.login.two").go


@pytest.mark.parametrize("address", ["tse.leaked", "tse.broken.lost"])
def test_a_key_in_other_hands_is_revoked_and_reported(facts: Facts, address: str) -> None:
    """The holder can revoke (8.3); colleagues are told, since the manual names no further step."""
    answer = find_answer(facts, address)
    assert answer.basis == "derived"
    assert REVOKE in answer.go
    assert answer.says is not None
    assert "社内の担当者" in answer.says.ja


def test_revoking_stops_nobody_whose_key_leaked(facts: Facts) -> None:
    """Its first step names the three cases of section 6, and the leak beside them."""
    step = find_step(facts, "tse/revoke#check-need")
    urgent = [note for note in step.notes if note.kind == "warning"]
    assert len(urgent) == 1
    assert urgent[0].basis == "derived"
    assert {"8.3", "6.1"} == {source.section for source in urgent[0].sources}
    assert "秘密キーが漏れた" in urgent[0].text.ja
    for reference in ("tse/questions#already-issued", "tse/check-status#read-status"):
        assert "tse/revoke#check-need" in list_targets(find_step(facts, reference))


def test_a_leak_does_not_wait_for_the_new_pc(facts: Facts) -> None:
    """The guide for a reissue sends victims to revoking before it asks for preparations."""
    notes = find_step(facts, "tse/reissue#check-need").notes
    urgent = [note.text.ja for note in notes if note.kind == "warning"]
    assert list(find_link_targets("".join(urgent))) == [REVOKE]


def test_pc_and_windows_user_are_decided_before_revoking(facts: Facts) -> None:
    """A revoked certificate is of no use at once, and the Windows login ID is recorded at issuing (4.2)."""
    order = ["decide-pc", "revoke", "delete-old", "check-settings", "get-again"]
    assert [step_id for step_id in list_step_ids(facts, REISSUE) if step_id in order] == order


def test_the_old_certificate_of_a_broken_pc_is_left_alone(facts: Facts) -> None:
    """It is deleted on the PC that holds it; whoever cannot, goes on to the preparations."""
    step = find_step(facts, "tse/reissue#delete-old")
    assert [otherwise.go for otherwise in step.if_not] == ["tse/reissue#check-settings"]


def test_a_broken_pc_is_no_lost_one(facts: Facts) -> None:
    """Somebody else may have what is lost or stolen: the start page asks which it is."""
    choices = [node.address for node in list_nodes(facts, "tse")["tse.broken"].children]
    assert choices == ["tse.broken.broken", "tse.broken.lost"]
    assert find_answer(facts, "tse.broken.broken").go == [REISSUE]


def test_a_new_certificate_is_issued_once_the_old_one_is_expired(facts: Facts) -> None:
    """The manual names a state, not a day (2.3 B-2, 8.3-3): no "from the day after" anywhere."""
    folder = facts.find_folder("tse")
    assert folder is not None
    after = folder.authority.renewal.after
    assert after.between is not None
    assert "{day_after}" not in after.between.ja + after.between.en
    assert "after this one has expired" not in after.text.en
    notes = find_step(facts, "tse/renew#check-date").notes
    derived = [note.text for note in notes if note.basis == "derived"]
    assert derived
    for text in (after.between, *derived):
        assert "翌日" not in text.ja
        assert "day after" not in text.en
        assert "「Expired (有効期限切れ)」" in text.ja


@pytest.mark.parametrize("address", ["tse.expired", "tse.first"])
def test_expired_ones_are_issued_and_not_revoked(facts: Facts, address: str) -> None:
    """Nothing is there to revoke (2.3 B-2)."""
    go = find_answer(facts, address).go
    assert ISSUE in go
    assert REVOKE not in go


def test_before_the_window_nobody_revokes(facts: Facts) -> None:
    """The certificate is valid and works: wait (5.1.1-5)."""
    too_early = find_step(facts, "tse/renew#check-date").if_not[0]
    assert too_early.go == "tse/login"
    expiring = find_step(facts, "tse/revoke#check-need").if_not[0]
    assert expiring.go == "tse/renew#check-date"


@pytest.mark.parametrize("label", ["証明書重複エラー", "パスワードをお忘れですか?"])
def test_what_is_on_the_screen_is_in_the_words(facts: Facts, label: str) -> None:
    """People search for what they see: the error's heading, the login's link."""
    places = {
        "証明書重複エラー": ["tse/questions#already-issued", "tse/issue#choose-issue", "tse/issue#apply"],
        "パスワードをお忘れですか?": ["tse/questions#forgot-password", "tse/issue#log-in"],
    }
    for reference in places[label]:
        step = find_step(facts, reference)
        texts = [step.title, *(note.text for note in step.notes)]
        for otherwise in step.if_not:
            texts += (otherwise.sees, otherwise.means)
        assert any(f"「{label}」" in text.ja for text in texts), reference


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("tse/login#choose-certificate", "tse/questions#not-offered"),
        ("tse/login#open-system", "tse/environment#internet"),
        ("tse/issue#open-file", REISSUE),
        ("tse/issue#check-installed", "tse/issue#open-file"),
        ("tse/renew#check-date", ISSUE),
        ("tse/check-status#choose-newest", ISSUE),
        ("tse/check-installed#read", REISSUE),
        ("tse/check-installed#open-manager-edge", "shared/check-by-hand"),
        ("tse/delete#choose-old", "tse/check-installed#read"),
        ("tse/revoke#choose-valid", ISSUE),
        ("tse/revoke#done", "tse/check-status"),
    ],
)
def test_a_step_that_fails_has_a_way_on(facts: Facts, reference: str, target: str) -> None:
    """What people meet at this step leads to what fits it."""
    assert target in list_targets(find_step(facts, reference))


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("tse.new-pc.instead", REISSUE),
        ("tse.new-pc.windows-11", "tse/questions#windows-11"),
        ("tse.windows-user", REISSUE),
        ("tse.handover.same-user-id", REISSUE),
        ("tse.handover.another-user-id", ISSUE),
        ("tse.scrapped.another-pc", REISSUE),
        ("tse.scrapped.no-longer", REVOKE),
        ("tse.leaked", REVOKE),
        ("tse.deleted", "tse/check-installed"),
        ("tse.passcode.login", "tse/questions#forgot-password"),
        ("tse.passcode.file", "tse/issue#leave-password-empty"),
        ("tse.login.not-offered", "tse/questions#not-offered"),
    ],
)
def test_what_comes_first_at_an_end(facts: Facts, address: str, first: str) -> None:
    """The first way of an answer is the first thing to do."""
    assert find_answer(facts, address).go[0] == first


def test_a_colleague_is_asked_in_words_to_copy(facts: Facts) -> None:
    """The manual names no desk: who is told to ask inside has the words to ask with."""
    for reference in ("tse/questions#contact", "tse/questions#leaked", "tse/questions#lost-pc"):
        step = find_step(facts, reference)
        assert "社内の担当者" in step.do.ja
        assert len(step.copies) == 1


def test_every_guide_says_who_does_it(facts: Facts) -> None:
    """A helpdesk reads it out first: the person, and on which PC."""
    for page in facts.pages:
        if page.folder == "tse" and page.guide.kind == "procedure":
            who = page.guide.who
            assert who is not None, page.ref
            assert "パソコン" in who.ja, page.ref
    for reference in (ISSUE, RENEW, REISSUE, "tse/login", "tse/delete", "tse/check-installed"):
        who = find_guide(facts, reference).guide.who
        assert who is not None
        assert "Windows ユーザー" in who.ja, reference
