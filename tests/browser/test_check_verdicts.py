"""The verdict of one certificate in words, with its one action, in both languages."""

from datetime import datetime
from typing import Any

import pytest
from cryptography import x509
from playwright.sync_api import Page, expect

from tests.browser.checker import FSA, JAPAN, TSE, Language, compute_day_end, judge_certificate, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")

URGENCY = [
    (18, "good", {"ja": "更新できます", "en": "You can renew"}),
    (17, "warn", {"ja": "更新できます（あと7日）", "en": "You can renew: 7 days left"}),
    (11, "warn", {"ja": "更新できます（あと1日）", "en": "You can renew: 1 day left"}),
    (10, "warn", {"ja": "今日が更新できる最後の日です", "en": "Last day to renew"}),
]


def test_too_early(ready: Page, language: Language) -> None:
    """Before the window: the first day and how long that is."""
    card = judge_certificate(ready, mint.mint(not_after=compute_day_end(2027, 4, 30)))
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "2027年3月31日から更新できます（あと21日）。",
            "You can renew from 31 March 2027 (in 21 days).",
        )
    )
    ahead = select_words(language, "更新の手順を先に読む", "Read ahead how to renew")
    expect(card.locator(".check-verdict a")).to_have_text([ahead])


def test_a_last_day_that_no_manual_prints(ready: Page, language: Language) -> None:
    """Bank of Japan: the day of expiry as last day is ours, which is said; the exchange prints its own."""
    is_derived = select_words(language, "最終日はマニュアルに記載がなく", "The manual gives no last day")
    expect(judge_certificate(ready, mint.mint())).to_contain_text(is_derived)
    expect(judge_certificate(ready, mint.mint(issuer_cn=TSE))).not_to_contain_text(is_derived)


def test_too_late(ready: Page, language: Language) -> None:
    """Tokyo Stock Exchange on the day of expiry: one waits until it has expired, and may read ahead."""
    card = judge_certificate(ready, mint.mint(issuer_cn=TSE, not_after=compute_day_end(2027, 3, 10)))
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "更新の期間は2027年3月9日で終わりました。有効期限は2027年3月10日です。",
            "The renewal period ended on 9 March 2027. The certificate expires on 10 March 2027.",
        )
    )
    expect(card).to_contain_text(
        select_words(
            language,
            "「Expired (有効期限切れ)」になったあと、新規発行できます。",
            "once this one has expired and its status is 「Expired (有効期限切れ)」 (expired).",
        )
    )
    ahead = select_words(language, "新規発行の手順を先に読む", "Read how to get a new one")
    expect(card.locator(".check-verdict a")).to_have_text([ahead])


def test_expired(ready: Page, language: Language) -> None:
    """After expiry: since when, and the authority's way on instead of how to renew."""
    card = judge_certificate(ready, mint.mint(not_after=compute_day_end(2027, 3, 7)))
    expect(card.locator("h3")).to_have_text(
        select_words(
            language, "2027年3月7日に有効期限が切れました。", "The certificate expired on 7 March 2027."
        )
    )
    ago = select_words(language, "有効期限は3日前に切れました。", "It expired 3 days ago.")
    expect(card).to_contain_text(ago)
    ask = select_words(language, "お問い合わせください。", "Ask the office that issued the certificate")
    expect(card).to_contain_text(ask)


def test_the_action_of_an_expired_one_is_what_its_text_says(ready: Page, language: Language) -> None:
    """Bank of Japan: the text says to ask: the button leads to contacts, the number stands beside it."""
    card = judge_certificate(ready, mint.mint(not_after=compute_day_end(2027, 3, 7)))
    contacts = select_words(language, "手順と問い合わせ先へ", "Guides and contacts")
    expect(card.locator(".check-verdict a")).to_have_text([contacts])
    expect(card.locator(".check-contact")).to_contain_text("03-3277-1504")
    anew = select_words(language, "新規発行の手順へ", "How to get a new one")
    card = judge_certificate(ready, mint.mint(issuer_cn=TSE, not_after=compute_day_end(2027, 3, 7)))
    expect(card.locator(".check-verdict a")).to_have_text([anew])


@pytest.mark.parametrize(("last", "tone", "label"), URGENCY)
def test_urgency(ready: Page, language: Language, last: int, tone: str, label: dict[str, str]) -> None:
    """Seven days before the last one the colour changes and the days are counted; the last day says so."""
    card = judge_certificate(ready, mint.mint(not_after=compute_day_end(2027, 3, last)))
    expect(card.locator(".check-verdict-label")).to_have_text(label[language])
    expect(card.locator(f".check-verdict.check-tone-{tone}")).to_be_visible()


def test_the_last_day_has_its_time(ready: Page, language: Language) -> None:
    """On the last day the sentence says so, with the time at which the certificate ends."""
    noon = datetime(2027, 3, 10, 12, 0, tzinfo=JAPAN)
    card = judge_certificate(ready, mint.mint(not_after=noon))
    sentence = select_words(
        language,
        "今日が、更新できる最後の日です（2027年3月10日",
        "Today is the last day to renew (until 10 March 2027",
    )
    expect(card.locator("h3")).to_contain_text(sentence)
    expect(card.locator("h3")).to_contain_text("12:00")


def test_open_without_an_end(ready: Page, language: Language) -> None:
    """Financial Services Agency within the window: the mail that the administrator got."""
    certificate = mint.mint(issuer_cn="FSA CA", subject=FSA, not_after=compute_day_end(2027, 3, 20))
    card = judge_certificate(ready, certificate)
    expect(card.locator("h3")).to_have_text(
        select_words(
            language, "更新できる期間です（2027年2月18日から）。", "You can renew (since 18 February 2027)."
        )
    )
    expect(card).to_contain_text(select_words(language, "管理者あて", "go to the administrator"))


def test_open_after_expiry(ready: Page, language: Language) -> None:
    """Financial Services Agency after expiry (manual 9.3.5): not a green tick, but where the mails came."""
    certificate = mint.mint(issuer_cn="FSA CA", subject=FSA, not_after=compute_day_end(2027, 3, 1))
    card = judge_certificate(ready, certificate)
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "有効期限は切れましたが、更新証明書は取得できます。",
            "The certificate has expired, but the renewed certificate can still be obtained.",
        )
    )
    expect(card.locator(".check-verdict.check-tone-warn")).to_contain_text(
        select_words(
            language,
            "30日前（2027年1月30日）に管理者あてに届いた2通のメールで",
            "thirty days before the validity ended (30 January 2027)",
        )
    )


def test_not_yet_valid(ready: Page, language: Language) -> None:
    """Before notBefore: the day from which it can be used, and nothing of renewing what was just renewed."""
    start = datetime(2027, 3, 20, tzinfo=JAPAN)
    card = judge_certificate(ready, mint.mint(not_before=start, not_after=compute_day_end(2028, 3, 20)))
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "まだ有効期間が始まっていません。2027年3月20日から使えます。",
            "The certificate is not valid yet. It can be used from 20 March 2027.",
        )
    )
    how = select_words(language, "証明書発行サイトから更新します", "Renew on the issuing site")
    expect(card.locator(".check-verdict.check-tone-wait")).not_to_contain_text(how)


def test_an_expiry_inside_a_day_shows_its_time(ready: Page, language: Language) -> None:
    """A certificate until 09:00 says so, wherever the device believes to be; seconds are among the fields."""
    end, start = datetime(2027, 4, 1, 9, 0, tzinfo=JAPAN), datetime(2026, 4, 1, 10, 2, 3, tzinfo=JAPAN)
    card = judge_certificate(ready, mint.mint(not_before=start, not_after=end))
    expect(card.locator("h3")).to_contain_text(
        select_words(language, "2027年4月1日 09:00までです。", "to 1 April 2027, 09:00.")
    )
    begin = select_words(language, "有効期間の開始 2026年4月1日 10:02", "Valid from 1 April 2026, 10:02")
    expect(card.locator(".check-timeline-days li").first).to_have_text(begin)
    expect(card.get_by_text("10:02:03")).to_have_count(1)


def test_an_expiry_at_midnight_is_explained(ready: Page, language: Language) -> None:
    """A certificate until 00:00 is of no use on that day."""
    card = judge_certificate(ready, mint.mint(not_after=datetime(2027, 4, 1, tzinfo=JAPAN)))
    expect(card.locator("h3")).to_contain_text("00:00")
    expect(card.locator(".check-warning")).to_have_text(
        select_words(
            language,
            "有効期限は、この日の午前0時です。この日には使えません。",
            "It expires at the first moment of that day and is of no use on that day.",
        )
    )


def test_unknown_until_the_person_chooses(ready: Page, language: Language) -> None:
    """A strange issuer: all four systems and a way out; the choice gives the verdict and is named so."""
    card = judge_certificate(ready, mint.mint(issuer_cn="Some CA"))
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "どのシステムの証明書か、名前だけでは分かりません。",
            "The name alone does not tell which system this certificate is for.",
        )
    )
    expect(card.locator(".check-systems button")).to_have_count(4)
    expect(card.get_by_role("link")).to_have_count(0)
    card.get_by_text(select_words(language, "どれか分からない・どれでもない", "none of these")).click()
    expect(card.locator(".check-systems details p")).to_be_visible()
    card.get_by_role("button", name=select_words(language, "証券保管振替機構", "JASDEC")).first.click()
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "2027年3月31日まで使えます。更新するときは、申請が必要です。",
            "It can be used until 31 March 2027. Renewing it needs an application.",
        )
    )
    expect(card).to_contain_text(select_words(language, "選んでいただいたものです", "is what you chose."))


def test_another_day_and_back(ready: Page, language: Language) -> None:
    """Judged for noon in Japan of another day, without choosing the file again; and back."""
    another = select_words(language, "別の日で判定", "Judge for another day")
    card = judge_certificate(ready, mint.mint())
    expect(card.locator(".check-judged-day")).to_contain_text(
        select_words(
            language, "このパソコンの日付 2027年3月10日（日本時間）で判定", "date, 10 March 2027 (Japan time)"
        )
    )
    card.get_by_role("button", name=another).click()
    card.get_by_label(select_words(language, "判定する日", "Day to judge for")).fill("2027-02-27")
    card.get_by_role("button", name=select_words(language, "この日で判定", "Judge for this day")).click()
    expect(card.locator("h3")).to_have_text(
        select_words(
            language,
            "2027年3月1日から更新できます（あと2日）。",
            "You can renew from 1 March 2027 (in 2 days).",
        )
    )
    expect(card.locator(".check-judged-day")).to_contain_text(
        select_words(
            language, "選んだ日 2027年2月27日 の正午（日本時間）で判定", "noon on the chosen day, 27 February"
        )
    )
    card.get_by_role("button", name=another).click()
    card.get_by_role("button", name=select_words(language, "今日に戻す", "Back to today")).click()
    expect(card.locator("h3")).to_contain_text(
        select_words(language, "今日、更新できます。", "You can renew today.")
    )


def test_name_only_is_said(ready: Page, language: Language) -> None:
    """A signature that nobody verified is never called verified, nor revocation known."""
    card = judge_certificate(ready, mint.mint())
    expect(card).to_contain_text(
        select_words(language, "署名は確認していません", "the signature has not been verified")
    )
    title = select_words(language, "発行者の署名（未確認）", "Issuer's signature (not checked)")
    expect(card.locator("summary").first).to_have_text(title)
    expect(card).not_to_contain_text(select_words(language, "確認済み", "verified up to"))
    expect(card).to_contain_text(
        select_words(
            language,
            "失効しているかどうかは、確認していません。認証局の失効リスト（.crl）を一緒に選ぶと、確認できます。",
            "Whether the certificate has been revoked was not checked.",
        )
    )


def test_each_address_with_its_field(ready: Page, language: Language) -> None:
    """The subject's E and subjectAltName are told apart."""
    card = judge_certificate(ready, mint.mint(san=[x509.RFC822Name("other@example.jp")]))
    expect(card).to_contain_text(
        select_words(
            language,
            "user@example.co.jp（サブジェクトの E）",
            "user@example.co.jp (the subject's E)",
        )
    )
    expect(card).to_contain_text("rfc822Name")


@pytest.mark.parametrize(
    ("deviation", "label"),
    [
        ({}, ("ユーザID", "User ID (ユーザID)")),
        (
            {"issuer_cn": "FSA CA", "subject": FSA},
            ("CN（証明書 CN 情報）", "CN of the certificate (証明書 CN 情報)"),
        ),
    ],
    ids=["boj", "fsa"],
)
def test_the_user_id_as_its_manual_calls_it(
    ready: Page, language: Language, deviation: dict[str, Any], label: tuple[str, str]
) -> None:
    """Each manual has a name of its own for the CN."""
    card = judge_certificate(ready, mint.mint(**deviation))
    expect(card.locator(".check-facts dt").nth(2)).to_have_text(select_words(language, *label))
