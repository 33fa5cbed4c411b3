"""The checker, opened by a step: it answers what the step asks, first, and leads on in the guide."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from scripts.measuring.axe import find_violations
from scripts.serving.server import SiteServer
from tests.browser.checker import (
    FSA,
    LONG,
    TSE,
    Language,
    choose_files,
    compute_day_end,
    enter_password,
    select_words,
)
from tests.browser.test_check_strings import FINDINGS
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
STEPS = {
    "renewal": "boj/renew/check-date",
    "email": "boj/check-email/subject",
    "user-id": "fsa/check-cn/subject",
    "backup": "boj/export/confirm-success",
    "imported": "boj/import/check-file",
    "chain": "boj/root/close",
    "which-to-delete": "boj/delete/decide",
    "issued": "boj/issue/confirm-result",
}
LATER = compute_day_end(2028, 3, 30)
PAST = compute_day_end(2027, 3, 1)
FUTURE = datetime(2027, 4, 1, tzinfo=UTC)
PASSWORD = mint.PASSWORD

Files = list[tuple[str, bytes]]


def build_cer(**deviation: object) -> Files:
    """Return a .cer of a certificate of the Bank of Japan that deviates in something."""
    return [("x.cer", mint.encode_der(mint.mint(**deviation)))]  # type: ignore[arg-type]  # of any kind


def build_backup(password: str | None = PASSWORD, *, issuer: bool = True, **deviation: object) -> Files:
    """Return a .pfx with its private key, with or without the issuer's certificate."""
    identity = mint.mint(**deviation)  # type: ignore[arg-type]  # of any kind
    others = [mint.get_root()] if issuer else []
    return [("x.pfx", mint.build_pfx(identity, password, others=others))]


def build_two(**deviation: object) -> Files:
    """Return a holder's older and newer certificate."""
    old, new = build_cer(**deviation), build_cer(not_after=LATER, **deviation)
    return [("old.cer", old[0][1]), ("new.cer", new[0][1])]


def build_chain(leaf: mint.Identity, *others: mint.Identity) -> Files:
    """Return a bundle of a certificate and those of its issuers."""
    return [("x.p7b", mint.build_p7b(leaf, *others))]


FSA_PRESENT = {"subject": FSA, "issuer_cn": "An issuing CA"}
# For each question what a person may choose, and the finding. The password is typed where the file has one.
COMMON: list[tuple[str, Files]] = [
    ("unreadable", [("x.cer", b"no certificate")]),
    ("root", [("x.cer", mint.encode_der(mint.get_root()))]),
    ("other_system", build_cer(issuer_cn=TSE)),
    ("unknown_system", build_cer(issuer_cn="Some other CA")),
]
CASES: dict[str, list[tuple[str, Files]]] = {
    "renewal": [
        *COMMON,
        ("not_yet", build_cer(not_before=FUTURE, not_after=LATER)),
        ("expired", build_cer(not_after=PAST)),
        ("too_early", build_cer(not_after=LATER)),
        ("open", build_cer()),
    ],
    "email": [
        *COMMON,
        ("no_address", build_cer(email=None)),
        ("not_yet", build_cer(not_before=FUTURE, not_after=LATER)),
        ("expired", build_cer(not_after=PAST)),
        ("fine", build_cer()),
    ],
    "user-id": [
        *COMMON[:2],
        ("other_system", build_cer()),
        ("unknown_system", build_cer(issuer_cn="Some other CA")),
        ("not_yet", build_cer(**FSA_PRESENT, not_before=FUTURE, not_after=LATER)),
        ("expired", build_cer(**FSA_PRESENT, not_after=PAST)),
        ("fine", build_cer(**FSA_PRESENT)),
    ],
    "backup": [
        *COMMON,
        ("locked", build_backup("another password")),
        ("no_key", build_cer()),
        ("expired", build_backup(not_after=PAST)),
        ("no_password", build_backup(None)),
        ("no_issuer", build_backup(issuer=False)),
        ("not_yet", build_backup(not_before=FUTURE, not_after=LATER)),
        ("fine", build_backup()),
    ],
    "imported": [
        *COMMON,
        ("locked", build_backup("another password")),
        ("no_key", build_cer()),
        ("expired", build_backup(not_after=PAST)),
        ("not_yet", build_backup(not_before=FUTURE, not_after=LATER)),
        ("fine", build_backup()),
    ],
    "chain": [
        *COMMON,
        ("expired", build_cer(not_after=PAST)),
        ("incomplete", build_cer()),
        ("consistent", build_chain(mint.mint(), mint.get_root())),
    ],
    "which-to-delete": [*COMMON, ("single", build_cer()), ("newest", list(reversed(build_two())))],
    "issued": [
        *COMMON,
        ("not_yet", build_cer(not_before=FUTURE, not_after=LATER)),
        ("expired", build_cer(not_after=PAST)),
        ("fine", build_cer()),
    ],
}


def open_with_question(page: Page, server: SiteServer, check: str, language: Language = "ja") -> None:
    """Open the checker as the step with this question does."""
    folder = "" if language == "ja" else "en/"
    page.goto("about:blank")
    page.goto(f"{server.url}{folder}check/#{STEPS[check]}")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)


@pytest.mark.parametrize("check", CASES)
def test_the_first_line_answers_the_step(
    ready: Page, mounted: SiteServer, language: Language, check: str
) -> None:
    """Whatever is chosen, the first heading below the file's name answers the question in one sentence."""
    open_with_question(ready, mounted, check, language)
    for finding, files in CASES[check]:
        choose_files(ready, *files)
        if files[0][0].endswith(".pfx") and finding != "no_password":
            expect(ready.locator("[data-answer=locked]")).to_be_visible()
            enter_password(ready, PASSWORD)
        answer = ready.locator(f"[data-answer={finding}]").first
        expect(answer, f"{check}: {finding}").to_be_visible()
        expect(ready.locator(".check-panel h3").first).to_have_text(answer.locator("h3").inner_text())
        assert "{" not in answer.inner_text()
    assert {finding for finding, _ in CASES[check]} <= set(FINDINGS[check])


def test_the_address_with_its_field(ready: Page, mounted: SiteServer, language: Language) -> None:
    """“Which address is in it?”: the address, its field, the way back; the card is one press away."""
    open_with_question(ready, mounted, "email", language)
    choose_files(ready, *build_cer())
    answer = ready.locator("[data-answer=fine]")
    sentence = select_words(
        language,
        "メールアドレスは、user@example.co.jp（サブジェクトの E）です。",
        "The mail address is user@example.co.jp (the subject's E).",
    )
    expect(answer.locator("h3")).to_have_text(sentence)
    expect(answer.locator("h3")).to_be_focused()
    expect(ready.locator(".check-card")).to_be_hidden()
    ready.locator(".check-everything > summary").click()
    expect(ready.locator(".check-card")).to_be_visible()
    assert not find_violations(ready)
    answer.get_by_role("link").last.click()
    folder = "" if language == "ja" else "en/"
    expect(ready).to_have_url(f"{mounted.url}{folder}boj/check-email/#subject")


def test_too_early_goes_into_the_calendar(ready: Page, mounted: SiteServer, language: Language) -> None:
    """Before the window the first button saves the days; after expiry the authority's own word and number."""
    open_with_question(ready, mounted, "renewal", language)
    choose_files(ready, *build_cer(not_after=LATER))
    with ready.expect_download():
        ready.locator("[data-answer=too_early] button").first.click()
    choose_files(ready, *build_cer(not_after=PAST))
    expect(ready.locator("[data-answer=expired] .check-desks")).to_contain_text("03-3277-1504")


def test_the_guide_names_the_authority(ready: Page, mounted: SiteServer) -> None:
    """Where no manual says how certificates are told, the step stands for its authority, and says so."""
    ready.goto("about:blank")
    ready.goto(f"{mounted.url}check/#jasdec/check/dates")
    expect(ready.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
    choose_files(ready, *build_cer(issuer_cn="Some other CA"))
    expect(ready.locator("[data-answer=fine]")).to_contain_text("証明書からは分かりません。")


def test_the_other_language_asks_the_same(ready: Page, mounted: SiteServer) -> None:
    """The link to the other language keeps the question."""
    open_with_question(ready, mounted, "email")
    ready.locator("header a[hreflang]").click()
    expect(ready.locator(".check-question h2")).to_have_text("To find out: which mail address is in it")


@pytest.mark.parametrize(
    "fragment", ["", "#by-hand", "#boj/renew/no-such-step", "#__proto__", "#constructor"]
)
def test_without_a_question_it_is_the_checker_alone(page: Page, server: SiteServer, fragment: str) -> None:
    """An address that names no question changes nothing: no frame, and the card is open."""
    page.goto(f"{server.url}check/{fragment}")
    expect(page.locator("[data-connection=blocked]")).to_be_visible(timeout=LONG)
    choose_files(page, *build_cer())
    expect(page.locator(".check-card")).to_be_visible()
    expect(page.locator(".check-question, .check-answer")).to_have_count(0)
