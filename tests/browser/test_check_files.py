"""What the checker says of each kind of file and certificate.

One page serves all tests, as it would serve a person who chooses one file after another.
"""

from collections.abc import Iterator
from datetime import datetime

import pytest
from cryptography import x509
from playwright.sync_api import Browser, Page, expect

from scripts.server import SiteServer
from tests import mint
from tests.browser import checker
from tests.browser.checker import JAPAN, TSE, choose, end_of, judge

FSA = mint.name(C="JP", O=checker.FSA, CN="F123456-001")


@pytest.fixture(scope="module")
def ready(chromium: Browser, mounted: SiteServer) -> Iterator[Page]:
    """The Japanese checker."""
    with checker.opened(chromium, mounted) as page:
        yield page


def test_too_early(ready: Page) -> None:
    """Before the window: the first day and how long that is."""
    card = judge(ready, mint.mint(not_after=end_of(2027, 4, 30)))
    expect(card.locator("h3")).to_have_text("2027年3月31日から更新できます（あと21日）。")
    expect(card.locator(".verdict a")).to_have_text(["更新の手順を先に読む"])


def test_too_late(ready: Page) -> None:
    """Tokyo Stock Exchange on the day of expiry: the window ended the day before, and what to do then."""
    card = judge(ready, mint.mint(issuer_cn=TSE, not_after=end_of(2027, 3, 10)))
    expect(card.locator("h3")).to_have_text(
        "更新の期間は2027年3月9日で終わりました。有効期限は2027年3月10日です。"
    )
    expect(card).to_contain_text("新規発行してください。")


def test_expired(ready: Page) -> None:
    """After expiry: since when, and the authority's way on instead of how to renew."""
    card = judge(ready, mint.mint(not_after=end_of(2027, 3, 7)))
    expect(card.locator("h3")).to_have_text("2027年3月7日に有効期限が切れました。")
    expect(card).to_contain_text("有効期限は3日前に切れました。")
    expect(card).to_contain_text("お問い合わせください。")


def test_open_without_an_end(ready: Page) -> None:
    """Financial Services Agency within the window: the mail that the administrator got."""
    certificate = mint.mint(issuer_cn="FSA CA", subject=FSA, not_after=end_of(2027, 3, 20))
    card = judge(ready, certificate)
    expect(card.locator("h3")).to_have_text("更新できる期間です（2027年2月18日から）。")
    expect(card).to_contain_text("管理者あて")


def test_open_after_expiry(ready: Page) -> None:
    """Financial Services Agency after expiry: the renewed certificate can still be had (manual 9.3.5)."""
    certificate = mint.mint(issuer_cn="FSA CA", subject=FSA, not_after=end_of(2027, 3, 1))
    expect(judge(ready, certificate).locator("h3")).to_have_text(
        "有効期限は切れましたが、更新証明書は取得できます。"
    )


def test_not_yet_valid(ready: Page) -> None:
    """Before notBefore: the day from which it can be used."""
    start = datetime(2027, 3, 20, tzinfo=JAPAN)
    card = judge(ready, mint.mint(not_before=start, not_after=end_of(2028, 3, 20)))
    expect(card.locator("h3")).to_have_text("まだ有効期間が始まっていません。2027年3月20日から使えます。")


def test_an_expiry_inside_a_day_shows_its_time(ready: Page) -> None:
    """A certificate until 09:00 says so, wherever the device believes to be."""
    card = judge(ready, mint.mint(not_after=datetime(2027, 4, 1, 9, 0, tzinfo=JAPAN)))
    expect(card.locator("h3")).to_contain_text("2027年4月1日 09:00までです。")


def test_an_expiry_at_midnight_is_explained(ready: Page) -> None:
    """A certificate until 00:00 is of no use on that day."""
    card = judge(ready, mint.mint(not_after=datetime(2027, 4, 1, tzinfo=JAPAN)))
    expect(card.locator("h3")).to_contain_text("2027年4月1日 00:00までです。")
    expect(card.locator(".warning")).to_have_text("有効期限は、この日の午前0時です。この日には使えません。")


def test_unknown_until_the_person_chooses(ready: Page) -> None:
    """A strange issuer: all four systems are offered; the choice gives the verdict and is named so."""
    card = judge(ready, mint.mint(issuer_cn="Some CA"))
    expect(card.locator("h3")).to_have_text("どのシステムの証明書か、名前だけでは分かりません。")
    expect(card.locator(".systems button")).to_have_count(4)
    expect(card.get_by_role("link")).to_have_count(0)
    card.get_by_role("button", name="証券保管振替機構").click()
    expect(card.locator("h3")).to_have_text("更新には申請が必要です。")
    expect(card).to_contain_text("選んでいただいたものです")


def test_another_day_and_back(ready: Page) -> None:
    """Judged for noon in Japan of another day, without choosing the file again; and back."""
    card = judge(ready, mint.mint())
    expect(card.locator(".judged")).to_contain_text("この端末の日付 2027年3月10日（日本時間）で判定")
    card.get_by_role("button", name="別の日で判定").click()
    card.get_by_label("判定する日").fill("2027-02-27")
    card.get_by_role("button", name="この日で判定").click()
    expect(card.locator("h3")).to_have_text("2027年3月1日から更新できます（あと2日）。")
    expect(card.locator(".judged")).to_contain_text("選んだ日 2027年2月27日 の正午（日本時間）で判定")
    card.get_by_role("button", name="別の日で判定").click()
    card.get_by_role("button", name="今日に戻す").click()
    expect(card.locator("h3")).to_contain_text("今日、更新できます。")


def test_what_a_certificate_says_is_text(ready: Page) -> None:
    """Markup in a name, an address or a file's name is shown letter by letter (issue: textContent only)."""
    evil = "<img src=x onerror=alert(1)>"
    certificate = mint.mint(cn=evil, issuer_cn="<script>alert(2)</script>", email="<b>@example.jp")
    choose(ready, (f"{evil}.cer", mint.der(certificate)))
    expect(ready.locator(".panel > h2")).to_have_text(f"{evil}.cer")
    expect(ready.locator(".card")).to_contain_text(evil)
    expect(ready.locator(".card")).to_contain_text("<b>@example.jp")
    expect(ready.locator("#checker img, #checker script, #checker b")).to_have_count(0)


def test_name_only_is_said(ready: Page) -> None:
    """A signature that nobody verified is never called trusted."""
    card = judge(ready, mint.mint())
    expect(card).to_contain_text("署名は確認していません")
    expect(card.locator("summary").first).to_have_text("証明書のつながり（不足）")
    expect(card).not_to_contain_text("信頼")
    expect(card).to_contain_text("失効しているかどうかは、このページでは確認できません。")


def test_each_address_with_its_field(ready: Page) -> None:
    """The subject's E and subjectAltName are told apart."""
    card = judge(ready, mint.mint(san=[x509.RFC822Name("other@example.jp")]))
    expect(card).to_contain_text("user@example.co.jp（subject.E）")
    expect(card).to_contain_text("other@example.jp（subjectAltName.rfc822Name）")


def test_one_card_for_each_certificate_that_is_no_authoritys(ready: Page) -> None:
    """A bundle: a card for each holder's certificate, the issuers' in a list."""
    issuer = mint.root(mint.BOJ)
    choose(ready, ("x.p7b", mint.p7b(mint.mint(issuer, cn="a1"), mint.mint(issuer, cn="a2"), issuer)))
    expect(ready.locator(".card")).to_have_count(2)
    expect(ready.locator(".panel > div > details summary")).to_have_text(
        "一緒に入っていた発行者の証明書（1枚）"
    )
    expect(ready.locator(".card summary").first).to_have_text("証明書のつながり（整合）")


def test_files_chosen_together_are_judged_together(ready: Page) -> None:
    """No file is lost, and one may hold another's issuer."""
    issuer = mint.root(mint.BOJ)
    choose(ready, ("leaf.cer", mint.der(mint.mint(issuer))), ("root.cer", mint.der(issuer)), ("n.txt", b"no"))
    expect(ready.locator(".panel > h2")).to_have_text(["leaf.cer", "root.cer", "n.txt"])
    expect(ready.locator(".card summary").first).to_have_text("証明書のつながり（整合）")
    expect(ready.locator(".error[data-code=not_a_certificate]")).to_be_visible()


def test_a_file_can_be_dropped_anywhere(ready: Page) -> None:
    """A drop beside the zone does not make the browser leave the page."""
    data = list(mint.der(mint.mint(cn="dropped")))
    transfer = ready.evaluate_handle(
        """bytes => { const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "dropped.cer")); return transfer; }""",
        data,
    )
    ready.dispatch_event("footer", "drop", {"dataTransfer": transfer})
    expect(ready.locator(".card")).to_contain_text("dropped")
