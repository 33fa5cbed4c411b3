"""Several certificates of one holder: which is current, what may go, and what is wrong in a chain."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from playwright.sync_api import Locator, Page, expect

from tests.browser.checker import TODAY, TSE, Language, choose_files, compute_day_end, find_card, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
OLD, NEW = compute_day_end(2027, 3, 30), compute_day_end(2028, 3, 30)


def choose_both(page: Page, old: mint.Identity, new: mint.Identity) -> Locator:
    """Choose an old certificate and its successor; return the holder's card."""
    choose_files(page, ("old.cer", mint.encode_der(old)), ("new.cer", mint.encode_der(new)))
    return page.locator(".check-holder")


def mint_two(**deviation: str) -> tuple[mint.Identity, mint.Identity]:
    """Return a holder's old and new certificate."""
    old = mint.mint(not_after=OLD, serial=0xA11, **deviation)  # type: ignore[arg-type]  # only texts
    return old, mint.mint(not_after=NEW, serial=0xB22, **deviation)  # type: ignore[arg-type]  # only texts


@pytest.mark.parametrize("authority", ["boj", "tse"])
def test_nothing_is_deleted_for_an_unproven_one(ready: Page, language: Language, authority: str) -> None:
    """Without an anchor anybody can have made the newer one: neither is called current, and both stay.

    What to compare is named at both: issuer, serial number, expiry.
    """
    holder = choose_both(ready, *mint_two(issuer_cn=mint.BOJ if authority == "boj" else TSE))
    issuer = "CN=Gaitame CA - G5" if authority == "boj" else f"CN={TSE}"
    advice = holder.locator("[data-advice=keep]")
    expect(advice.locator("p").first).to_have_text(
        select_words(
            language,
            f"a123456（発行者 {issuer}、シリアル番号 a11、有効期限 2027年3月30日）は、"
            "まだ削除しないでください。",
            f"Do not delete a123456 (issuer {issuer}, serial number a11, valid until 30 March 2027) yet.",
        )
    )
    expect(holder.locator(".check-compare")).to_contain_text(
        select_words(language, "発行者とシリアル番号を確かめて", "Look up issuer and serial number")
    )
    newest = select_words(language, "日付がいちばん新しいもの", "The newest by its dates")
    expect(holder.locator(".check-current")).to_contain_text(newest)
    expect(holder.locator("[data-advice=may_delete_after_login], .check-warning")).to_have_count(0)


def test_an_unproven_newer_one_is_told_at_the_older(ready: Page, language: Language) -> None:
    """Renewing is not called needless: the older one's card says what to compare; no row says "newer"."""
    old, new = mint_two(issuer_cn=TSE)
    choose_both(ready, old, new)
    note = select_words(
        language,
        f"証明書（発行者 CN={TSE}、シリアル番号 b22、有効期限 2028年3月30日）も選ばれています。",
        f"expires later (issuer CN={TSE}, serial number b22, valid until 30 March 2028) is among the chosen",
    )
    expect(find_card(ready, old).locator(".check-verdict .check-note")).to_contain_text(note)
    expect(find_card(ready, new).locator(".check-verdict .check-note")).to_have_count(0)
    newer = select_words(language, "（新しい証明書あり）", "(there is a newer one)")
    expect(ready.locator(".check-files")).not_to_contain_text(newer)


@pytest.mark.parametrize("name", ["new.cer", "new.pfx"])
def test_a_newer_file_proves_nothing(ready: Page, language: Language, name: str) -> None:
    """With or without its private key, a newer certificate that no anchor verified changes no advice."""
    old, new = mint_two()
    data = mint.encode_der(new) if name.endswith(".cer") else mint.build_pfx(new, None)
    choose_files(ready, ("old.cer", mint.encode_der(old)), (name, data))
    words = {"ja": "本物かどうかを、確かめていないためです。", "en": "has not been shown to be genuine."}
    expect(ready.locator(".check-holder")).to_contain_text(words[language])


def test_a_green_verdict_by_name_says_so(ready: Page, language: Language) -> None:
    """In the same breath as the verdict, and calmly: without an anchor it is the normal case."""
    certificate = mint.mint()
    choose_files(ready, ("x.cer", mint.encode_der(certificate)))
    sentence = find_card(ready, certificate).locator(".check-verdict h3 + .check-by-name")
    expect(sentence).to_contain_text(
        select_words(language, "名前による判定です。", "This goes by the name written in the certificate")
    )


def test_two_holders_are_not_mixed(ready: Page) -> None:
    """Certificates of different user ids are nobody's old and new."""
    choose_files(
        ready,
        ("a.cer", mint.encode_der(mint.mint(cn="a1", not_after=OLD))),
        ("b.cer", mint.encode_der(mint.mint(cn="a2"))),
    )
    expect(ready.locator(".check-files > tbody > tr")).to_have_count(2)
    expect(ready.locator(".check-holder")).to_have_count(0)


def test_jasdec_gets_no_advice_and_hears_why(ready: Page, language: Language) -> None:
    """The manual gives no rule, and only that PC can decrypt; one choice counts for both."""
    old, new = mint_two(issuer_cn="Some CA")
    holder = choose_both(ready, old, new)
    expect(holder).to_have_count(0)
    name = {"ja": "証券保管振替機構（ほふり）", "en": "JASDEC"}[language]
    find_card(ready, old).locator(".check-systems button", has_text=name).first.click()
    expect(holder).to_have_attribute("data-authority", "jasdec")
    expect(holder.locator("[data-advice=no_advice]")).to_have_count(1)
    why = {"ja": "データを復号できません。", "en": "can decrypt the data."}
    expect(holder).to_contain_text(why[language])
    expect(holder.locator("a")).to_have_count(0)


def test_a_choice_can_be_changed(ready: Page) -> None:
    """Whoever chose the wrong system chooses again; a certificate that is known by name is left as it is."""
    unknown, known = mint.mint(issuer_cn="Some CA", cn="u1", not_after=OLD), mint.mint(not_after=OLD)
    choose_files(ready, ("u.cer", mint.encode_der(unknown)), ("k.cer", mint.encode_der(known)))
    card = find_card(ready, unknown)
    card.locator(".check-systems button").nth(2).click()
    expect(card).to_have_attribute("data-verdict", "by_application")
    card.locator(".check-verdict > details > summary").click()
    card.locator(".check-systems button").nth(1).click()
    expect(card).to_have_attribute("data-verdict", "open_without_end")
    expect(find_card(ready, known)).to_have_attribute("data-verdict", "open")


def test_a_choice_does_not_part_a_holder(ready: Page) -> None:
    """One certificate known by name, its successor by choice: they are compared all the same."""
    old, new = mint.mint(not_after=OLD), mint.mint(issuer_cn="Some CA", not_after=NEW)
    holder = choose_both(ready, old, new)
    expect(find_card(ready, new).locator(".check-systems")).to_be_visible()
    expect(holder).to_have_count(0)
    find_card(ready, new).locator(".check-systems button").first.click()
    expect(holder.locator("[data-advice=keep]")).to_have_count(1)


def test_a_cas_certificate_is_not_renewed(ready: Page, language: Language) -> None:
    """A root alone is what it is; no system is asked for."""
    ca = mint.get_root()
    choose_files(ready, ("root.cer", mint.encode_der(ca)))
    card = find_card(ready, ca)
    expect(card).to_have_attribute("data-verdict", "ca")
    words = {"ja": "更新するものではありません。", "en": "You do not renew it."}
    expect(card.locator("h3")).to_contain_text(words[language])
    expect(card.locator(".check-systems")).to_have_count(0)


def test_an_unknown_one_shows_its_name_and_issuer(ready: Page, language: Language) -> None:
    """Whoever is asked which system it is for sees which certificate it is, unfolded."""
    card = find_card(ready, unknown := mint.mint(issuer_cn="Some CA", cn="PC-7"))
    choose_files(ready, ("x.cer", mint.encode_der(unknown)))
    name = {"ja": "証明書の名前", "en": "Name of the certificate"}[language]
    expect(card.locator(".check-facts dt", has_text=name).locator("+ dd")).to_have_text("PC-7")
    expect(card.locator(".check-facts dd", has_text="CN=Some CA")).to_have_count(1)


# By code: which certificate deviates, and how.
PROBLEMS = {
    "expired": ("issuer", {"not_after": datetime(2027, 1, 1, tzinfo=UTC)}),
    "not_yet_valid": ("issuer", {"not_before": datetime(2027, 6, 1, tzinfo=UTC)}),
    "key_usage": ("issuer", {"extensions": [mint.build_key_usage("crl_sign")]}),
    "extended_key_usage": (
        "leaf",
        {"extensions": [mint.build_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]))]},
    ),
}
IN_WORDS = {
    "expired": ("有効期限が切れています。", "It has expired."),
    "not_yet_valid": ("まだ有効期間が始まっていません。", "It is not valid yet."),
    "key_usage": ("鍵の使い道（keyUsage）", "Its key usage (keyUsage)"),
    "extended_key_usage": ("用途（extendedKeyUsage）", "Its purposes (extendedKeyUsage)"),
    "not_a_ca": ("認証局の証明書ではありません。", "It is no CA's certificate"),
}


def expect_problem(page: Page, leaf: mint.Identity, culprit: mint.Identity, code: str, words: str) -> None:
    """Expect the problem at the certificate that has it and nowhere else."""
    at = find_card(page, leaf).locator(f".check-path > li[data-sha256='{mint.compute_sha256(culprit)}']")
    expect(at.locator(f"[data-code={code}]")).to_contain_text(words)
    expect(find_card(page, leaf).locator(f".check-path [data-code={code}]")).to_have_count(1)


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_problem_stands_at_its_link(ready: Page, language: Language, code: str) -> None:
    """In words, beside the very certificate of the path, in another file or not."""
    owner, deviation = PROBLEMS[code]
    issuer = mint.mint_ca(cn=mint.BOJ, **(deviation if owner == "issuer" else {}))  # type: ignore[arg-type]  # of one kind each
    leaf = mint.mint(issuer, **(deviation if owner == "leaf" else {}))  # type: ignore[arg-type]  # of one kind each
    choose_files(ready, ("leaf.cer", mint.encode_der(leaf)), ("root.cer", mint.encode_der(issuer)))
    culprit = issuer if owner == "issuer" else leaf
    expect_problem(ready, leaf, culprit, code, IN_WORDS[code][language == "en"])
    expect(find_card(ready, leaf).locator(".check-path")).to_contain_text("root.cer")


@pytest.mark.parametrize("is_own_file", [True, False], ids=["same file", "another file"])
def test_an_issuer_that_is_no_ca(ready: Page, language: Language, *, is_own_file: bool) -> None:
    """A holder's certificate that issued another: said at the issuer.

    In the same file, the chain that it offers does not hold; in another, it is no verdict on this one.
    """
    false_ca = mint.mint(cn="a111111")
    leaf = mint.mint(false_ca)
    if is_own_file:
        choose_files(ready, ("both.pem", mint.encode_pem(leaf, false_ca)))
    else:
        choose_files(ready, ("leaf.cer", mint.encode_der(leaf)), ("false.cer", mint.encode_der(false_ca)))
    expect_problem(ready, leaf, false_ca, "not_a_ca", IN_WORDS["not_a_ca"][language == "en"])
    details = find_card(ready, leaf).locator("details:has(.check-path)")
    expect(details).to_have_js_property("open", is_own_file)
    barred = select_words(language, "認められない証明書があります。", "one certificate is not acceptable.")
    unproven = select_words(
        language, "この証明書そのものの問題とはかぎりません。", "need not be a problem of this certificate."
    )
    expect(details).to_contain_text(barred if is_own_file else unproven)


def test_the_timeline_names_every_day(ready: Page, language: Language) -> None:
    """Issued, window, reminders, today and expiry; the last day, where it is another one."""
    choose_files(ready, ("x.cer", mint.encode_der(mint.mint(not_after=OLD))))
    legend = ready.locator(".check-timeline-days li")
    kinds = ["start", "window", "reminder", "today", "end"]
    expect(legend).to_have_count(len(kinds))
    reminders = {"ja": "2027年2月28日、2027年3月23日", "en": "28 February 2027, 23 March 2027"}
    expect(legend.nth(2)).to_contain_text(reminders[language])
    expect(ready.locator(".timeline .reminder")).to_have_count(2)
    choose_files(ready, ("x.cer", mint.encode_der(mint.mint(issuer_cn=TSE, not_after=OLD))))
    last = {"ja": "更新できる最後の日 2027年3月29日", "en": "Last day to renew 29 March 2027"}
    expect(ready.locator(".check-timeline-days")).to_contain_text(last[language])


OVERLAPS = """() => {
  const texts = [...document.querySelectorAll(".check-timeline text")];
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const frame = document.querySelector(".check-timeline svg").getBoundingClientRect();
  const faults = [];
  for (const [i, a] of boxes.entries()) {
    if (a.left < frame.left - 1 || a.right > frame.right + 1) faults.push(texts[i].textContent);
    for (const b of boxes.slice(i + 1))
      if (a.left < b.right && b.left < a.right && a.top + 4 < b.bottom && b.top + 4 < a.bottom)
        faults.push(texts[i].textContent);
  }
  return faults;
}"""


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_marks_carry_their_words(ready: Page, language: Language, width: int) -> None:
    """No legend is to be decoded; no word overlaps another or is cut off, on a phone and at 400 % either."""
    ready.set_viewport_size({"width": width, "height": 800})
    words = {
        "ja": ["開始", "更新開始・お知らせ", "今日", "お知らせ", "期限"],
        "en": ["start", "renew from; mail", "today", "mail", "expiry"],
    }[language]
    choose_files(ready, ("x.cer", mint.encode_der(mint.mint(not_after=OLD))))
    texts = ready.locator(".check-timeline text")
    expect(texts).to_have_count(len(words))
    assert sorted(texts.all_text_contents()) == sorted(words)
    assert ready.evaluate(OVERLAPS) == []
    assert ready.evaluate("document.documentElement.scrollWidth") <= width
    last_day = mint.mint(issuer_cn=TSE, not_after=TODAY)
    choose_files(ready, ("x.cer", mint.encode_der(last_day)))
    expect(find_card(ready, last_day)).to_be_visible()
    both = select_words(language, "期限・今日", "expiry; today")
    expect(texts.filter(has_text=both)).to_have_count(1)
    assert ready.evaluate(OVERLAPS) == []


def test_old_and_new_field_by_field(ready: Page, language: Language) -> None:
    """What the renewal changed is told from what it left; an address that changed is not overlooked."""
    old, new = mint_two()[0], mint.mint(not_after=NEW, serial=0xB22, email="new@example.co.jp")
    holder = choose_both(ready, old, new)
    comparison = holder.locator(".check-comparison")
    comparison.locator("summary").click()
    changed = comparison.locator("tr[data-same=false]")
    expect(changed.locator("td", has_text="b22")).to_have_count(1)
    expect(changed.locator("td", has_text="new@example.co.jp")).to_have_count(
        2
    )  # the subject's E, and as address
    unchanged = comparison.locator("tr[data-same=true]")
    expect(unchanged.filter(has_text="CN=Gaitame CA - G5")).to_have_count(1)
    expect(unchanged.first).to_contain_text(select_words(language, "同じ", "same"))
