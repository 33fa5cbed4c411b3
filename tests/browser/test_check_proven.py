"""Certificates of one holder, the newer of which a trust anchor of the site proves: what may go then."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from scripts.serving.server import SiteServer
from scripts.site.policy import load_resolved_policy
from tests.browser.checker import TSE, Language, choose_files, find_card, select_words
from tests.browser.test_check_holders import NEW, OLD, choose_both, mint_two
from tests.support import mint
from tests.support.copies import copy_project, run_module

ANCHORS = {"boj": mint.BOJ, "tse": TSE}


@pytest.fixture(scope="module")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Serve the site of a copy in which the operator has put in two authorities' anchors."""
    copy = copy_project(tmp_path_factory.mktemp("copy"))
    for authority, name in ANCHORS.items():
        path = copy / "docs" / authority / "authority.yaml"
        pem = mint.encode_pem(mint.get_root(name)).decode().replace("\n", "\n      ")
        anchor = f"trust_anchors:\n  - pem: |\n      {pem}\n    source: a test\n    checked: 2026-11-30\n"
        text = path.read_text(encoding="utf-8")
        before, _, after = text.partition("trust_anchors: []")
        path.write_text(before + anchor + "  #" + after, encoding="utf-8")
    result = run_module(copy, "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site")
    assert result.returncode == 0, result.stderr
    with SiteServer(copy / "site", load_resolved_policy(copy)) as server, server.serve():
        yield server


@pytest.mark.parametrize("authority", ["boj", "tse"])
def test_may_be_deleted_only_after_a_login(ready: Page, language: Language, authority: str) -> None:
    """Never a bare "delete": after a login with the other on this PC, both told apart, with the guide."""
    holder = choose_both(ready, *mint_two(issuer_cn=mint.BOJ if authority == "boj" else TSE))
    advice = holder.locator("[data-advice=may_delete_after_login]")
    sentence = {
        "ja": "このパソコンでa123456（シリアル番号 b22、有効期限 2028年3月30日）を使って"
        "ログインできたあとなら、a123456（シリアル番号 a11、有効期限 2027年3月30日）を削除できます。",
        "en": "You may delete a123456 (serial number a11, valid until 30 March 2027) "
        "after you have logged in with a123456 (serial number b22, valid until 30 March 2028) on this PC.",
    }
    expect(advice.locator("p").first).to_have_text(sentence[language])
    undone = {
        "ja": "バックアップがなければ元に戻せません。",
        "en": "cannot be brought back without a back-up",
    }
    expect(holder.locator(".check-warning")).to_contain_text(undone[language])
    expect(holder.locator(f"a[href$='{authority}/delete/']")).to_be_visible()


def test_what_is_renewed_already_says_so(ready: Page, language: Language) -> None:
    """Whoever chose both is not sent to renew the older again: its card and its row name the newer one."""
    old, new = mint_two(issuer_cn=TSE)
    choose_both(ready, old, new)
    note = {
        "ja": "新しい証明書（シリアル番号 b22、有効期限 2028年3月30日）も選ばれています。",
        "en": "A newer certificate of the same holder (serial number b22, valid until 30 March 2028)",
    }[language]
    expect(find_card(ready, old).locator(".check-verdict .check-note")).to_contain_text(note)
    expect(find_card(ready, new).locator(".check-verdict .check-note")).to_have_count(0)
    verdicts = ready.locator(".check-files > tbody > tr")
    newer = {"ja": "（新しい証明書あり）", "en": "(there is a newer one)"}[language]
    expect(verdicts.first).to_contain_text(newer)
    expect(verdicts.last).not_to_contain_text(newer)


def test_a_newer_cer_proves_no_key(ready: Page, language: Language) -> None:
    """Without the new private key in any file, that is said; with it, that it need not be on this PC."""
    old, new = mint_two()
    without = {
        "ja": "このパソコンにあるとは言えません。",
        "en": "does not prove that its private key is on this PC.",
    }
    expect(choose_both(ready, old, new)).to_contain_text(without[language])
    choose_files(ready, ("old.cer", mint.encode_der(old)), ("new.pfx", mint.build_pfx(new, None)))
    only_a_login = {"ja": "ログインするまで分かりません。", "en": "only a login shows."}
    expect(ready.locator(".check-holder")).to_contain_text(only_a_login[language])


def test_many_files_fold_the_advice(ready: Page, language: Language) -> None:
    """Among three files it is folded, with long serial numbers shortened as long as they stay apart."""
    old = mint.mint(not_after=OLD, serial=0x5F3A9C00112233445566)
    new = mint.mint(not_after=NEW, serial=0x7B11AA00112233449988)
    choose_files(
        ready, ("old.cer", mint.encode_der(old)), ("new.cer", mint.encode_der(new)), ("bad.cer", b"no")
    )
    expect(ready.locator(".check-holder")).to_be_hidden()
    ready.locator(".check-holders > summary").click()
    advice = ready.locator(".check-holder [data-advice=may_delete_after_login] p").first
    expect(advice).to_contain_text(
        select_words(language, "シリアル番号 5f3a…5566", "serial number 5f3a…5566")
    )
    expect(advice).not_to_contain_text("5f3a9c00112233445566")
