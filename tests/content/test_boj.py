"""What the guides of the Bank of Japan's system must not lose again."""

import pytest

from macros.model.facts import Facts
from macros.model.guides import Step
from tests.support.content import find_answer, find_guide, find_step, list_nodes, list_step_ids, list_targets

AUTHORITY_NAME = "Gaitame CA - G5"
ISSUING_OFFICE = "boj/contacts#issuing-office"
HELPDESK = "boj/contacts#helpdesk"


def list_sources(step: Step) -> set[tuple[str, str, int | None]]:
    """Return the places in the manuals on which a step itself rests."""
    return {(source.document, source.section, source.step) for source in step.sources}


def test_the_current_certificate_is_exported(facts: Facts) -> None:
    """Old and new lie side by side after a renewal: user ID, issuer and latest expiry tell (5.1.1(3)-4)."""
    step = find_step(facts, "boj/export#choose-export")
    assert ("boj-manual", "5.1.1(3)", 4) in list_sources(step)
    assert step.basis == "derived"
    for label in ("「発行先」", "「発行者」", f"「{AUTHORITY_NAME}」", "「有効期限」"):
        assert label in step.do.ja
        assert label in step.do.en


def test_a_renewal_ends_in_a_new_back_up(facts: Facts) -> None:
    """A back-up made before holds the old certificate: a new one comes before other PCs and deleting."""
    ids = list_step_ids(facts, "boj/renew")
    order = ["confirm-result", "back-up", "other-pcs", "check-root", "delete-old"]
    assert [step_id for step_id in ids if step_id in order] == order
    assert "boj/export" in list_targets(find_step(facts, "boj/renew#back-up"))


def test_a_back_up_is_checked_before_it_is_imported(facts: Facts) -> None:
    """Wherever a file is all there is, the first way is to see that it holds the current certificate."""
    endings = (".back-up",)
    ends = {address: node.answer for address, node in list_nodes(facts, "boj").items() if node.answer}
    with_file = {address: answer for address, answer in ends.items() if address.endswith(endings)}
    assert set(with_file) == {
        "boj.new-pc.back-up",
        "boj.windows-user.back-up",
        "boj.broken.back-up",
        "boj.deleted.back-up",
    }
    for address, answer in with_file.items():
        assert answer.go[0] == "boj/import#check-file", address
        assert "check" in answer.go, address
    ids = list_step_ids(facts, "boj/import")
    assert ids.index("check-file") < ids.index("open-file")


def test_of_two_certificates_the_later_is_chosen(facts: Facts) -> None:
    """After a renewal two of one user ID are offered: the login says which, and deleting comes after it."""
    answer = find_answer(facts, "boj.login.two-certificates")
    assert answer.go == ["boj/login#choose-certificate", "boj/delete"]
    notes = find_step(facts, "boj/login#choose-certificate").notes
    places = [(source.document, source.section) for note in notes for source in note.sources]
    assert ("boj-procedure", "事後作業 2") in places


@pytest.mark.parametrize("address", ["boj.broken.lost", "boj.leaked"])
def test_a_key_in_other_hands_is_reported_first(facts: Facts, address: str) -> None:
    """Revocation is asked of the issuing office, at once (10.1.4), and colleagues are told."""
    answer = find_answer(facts, address)
    assert answer.go[0] == ISSUING_OFFICE
    assert answer.says is not None
    assert "社内の担当者" in answer.says.ja


def test_a_lost_certificate_is_looked_for_before_a_new_one_is_asked_for(facts: Facts) -> None:
    """Another Windows user or PC may hold it; the first question lets one say that nothing was deleted."""
    choices = list_nodes(facts, "boj")["boj.deleted"].children
    assert choices[0].address == "boj.deleted.not-found"
    assert find_answer(facts, "boj.deleted.not-found").go[0] == "shared/find-certificate"
    personal = find_step(facts, "boj/export#personal")
    assert "shared/find-certificate" in list_targets(personal)


def test_only_what_cannot_be_undone_is_a_danger(facts: Facts) -> None:
    """A passcode works once (STEP 2); a certificate deleted without a back-up is gone (8.1.1, 7.1.1)."""
    dangers = {
        f"{page.ref}#{step.id}"
        for page in facts.pages
        if page.folder == "boj"
        for step in page.guide.steps
        if any(note.kind == "danger" for note in step.notes)
    }
    assert dangers == {"boj/issue#enter-passcode", "boj/delete#decide"}


def test_the_security_warning_is_where_the_manual_has_it(facts: Facts) -> None:
    """It comes in 6.1.1(1)-8 and in 事後作業 1 (2), and the name to look for is said."""
    answer = find_answer(facts, "boj.message.security-warning")
    places = {(source.section, source.step) for source in answer.sources}
    assert places >= {("6.1.1(1)", 8), ("事後作業 1", 2)}
    assert ("6.1.1(1)", 9) not in places
    assert answer.says is not None
    assert AUTHORITY_NAME in answer.says.ja
    for reference in ("boj/root#security-warning", "boj/import#security-warning"):
        assert any(AUTHORITY_NAME in note.text.ja for note in find_step(facts, reference).notes), reference


@pytest.mark.parametrize(
    ("reference", "later"),
    [("boj/issue", "new-version"), ("boj/renew", "new-version"), ("boj/update-app", "download")],
)
def test_the_proxy_comes_before_the_new_version(facts: Facts, reference: str, later: str) -> None:
    """On screen as in 3.1.2: the proxy is number 3, the new version number 4."""
    ids = list_step_ids(facts, reference)
    assert ids.index("proxy") < ids.index(later)


def test_after_an_update_the_user_changes_for_getting_and_renewing(facts: Facts) -> None:
    """The administrator updates (3.1.1); both getting and renewing go on as the user of the system."""
    step = find_step(facts, "boj/update-app#start-again")
    assert {"boj/issue", "boj/renew"} <= set(list_targets(step))
    assert {("boj-procedure", "STEP 2", None), ("boj-manual", "5.1.1", None)} <= list_sources(step)
    assert "サインアウト" in step.do.ja


def test_a_renewal_begins_with_pc_and_windows_user(facts: Facts) -> None:
    """It is done on the PC that holds the certificate (5.1.1), as the Windows user who holds it."""
    assert list_step_ids(facts, "boj/renew")[:3] == ["check-date", "sign-in", "open-site"]


def test_every_guide_says_who_does_it_on_which_pc_as_which_user(facts: Facts) -> None:
    """A helpdesk reads it out first. Notices can be read by anyone (9.1.1)."""
    for page in facts.pages:
        if page.folder == "boj" and page.guide.kind == "procedure":
            who = page.guide.who
            assert who is not None, page.ref
            assert "パソコン" in who.ja, page.ref
            assert "Windows ユーザー" in who.ja or page.id == "notices", page.ref


def test_the_initial_password_matters_at_the_first_login_only(facts: Facts) -> None:
    """It is valid for 40 days from receipt (STEP 3): who renews has none to check."""
    step = find_step(facts, "boj/login#initial-password")
    assert step.title.ja.startswith("はじめてログインするとき")
    needs = find_guide(facts, "boj/login").guide.needs
    assert all(need.ja.startswith("はじめて") for need in needs if "初期パスワード" in need.ja)


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("boj/renew#check-date", "boj/troubleshoot#expired"),
        ("boj/renew#choose-certificate", "boj/troubleshoot#not-in-menu"),
        ("boj/renew#confirm-result", HELPDESK),
        ("boj/issue#enter-passcode", "boj/troubleshoot#passcode-mail"),
        ("boj/import#check-file", "boj/troubleshoot#no-back-up"),
        ("boj/import#enter-password", "boj/troubleshoot#file-password"),
        ("boj/login#initial-password", HELPDESK),
        ("boj/login#choose-certificate", "shared/find-certificate"),
        ("boj/check-email#subject", "boj/renew"),
        ("boj/check-email#subject", ISSUING_OFFICE),
        ("boj/troubleshoot#new-pc", ISSUING_OFFICE),
        ("boj/troubleshoot#not-in-menu", HELPDESK),
        ("boj/troubleshoot#expired", ISSUING_OFFICE),
    ],
)
def test_a_step_that_fails_has_a_way_on(facts: Facts, reference: str, target: str) -> None:
    """What people meet at this step leads to what fits it."""
    assert target in list_targets(find_step(facts, reference))


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("boj.expired", ISSUING_OFFICE),
        ("boj.passcode.locked", ISSUING_OFFICE),
        ("boj.passcode.lost", ISSUING_OFFICE),
        ("boj.passcode.file-password", "boj/export"),
        ("boj.windows-user.old-user", "boj/export"),
        ("boj.scrapped.go-on", "boj/export"),
        ("boj.mail.passcode", ISSUING_OFFICE),
        ("boj.mail.renewal-notice", "boj/renew"),
        ("boj.login.not-offered", "shared/find-certificate"),
    ],
)
def test_what_comes_first_at_an_end(facts: Facts, address: str, first: str) -> None:
    """The first way of an answer is the first thing to do."""
    assert find_answer(facts, address).go[0] == first


@pytest.mark.parametrize("situation", ["windows-user", "handover", "scrapped"])
def test_situations_of_people_and_pcs_are_offered(facts: Facts, situation: str) -> None:
    """Accounts, people and PCs change more often than certificates are lost."""
    assert f"boj.{situation}" in list_nodes(facts, "boj")


def test_moving_to_windows_11_begins_with_a_back_up(facts: Facts) -> None:
    """The data of a PC may be lost (7.1.1), and the environment is to be looked up (1.1.1)."""
    answer = find_answer(facts, "boj.new-pc.windows-11")
    assert answer.go[0] == "boj/export"
    assert "boj/overview#environment" in answer.go


@pytest.mark.parametrize(
    ("reference", "conditional"),
    [
        ("boj/renew", {"allow-open", "proxy", "new-version", "other-pcs"}),
        ("boj/issue", {"allow-open", "proxy", "new-version"}),
        ("boj/update-app", {"allow-open", "proxy", "allow-changes"}),
        ("boj/install", {"allow-changes"}),
        ("boj/uninstall", {"win10-allow"}),
        ("boj/root", {"downloads-menu", "downloads-open", "security-warning"}),
        ("boj/import", {"security-warning"}),
        ("boj/login", {"initial-password"}),
    ],
)
def test_what_only_some_people_see_is_conditional(
    facts: Facts, reference: str, conditional: set[str]
) -> None:
    """Steps that the manual gives for a message, or for the first time only, are no steps for everybody."""
    steps = find_guide(facts, reference).guide.steps
    assert {step.id for step in steps if step.only_when} == conditional


@pytest.mark.parametrize("ref", ["boj/export#set-password", "boj/import#enter-password"])
def test_the_encryption_that_old_windows_refuses(facts: Facts, ref: str) -> None:
    """The guides name the systems that the checker names, and the choice of the wizard that they can open."""
    (program,) = (program for program in facts.pfx_programs if program.id == "older-windows")
    (note,) = (note for note in find_step(facts, ref).notes if "「暗号化」" in note.text.ja)
    assert note.basis == "site"
    for language in ("ja", "en"):
        text = note.text.get(language)
        assert program.name.get(language) in text
        assert "「TripleDES-SHA1」" in text
        assert "「AES256-SHA256」" in text
