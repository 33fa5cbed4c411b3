"""The start page asks one question after the other, and each answer has an address."""

import pytest
from playwright.sync_api import Page, expect

from macros.addressing.start_page import build_forest, find_destination
from macros.loading.load import load_facts
from macros.loading.wording import load_site_words
from macros.model.facts import LANGUAGES
from macros.model.situations import Node
from scripts.serving.server import SiteServer
from tests.support import ROOT
from tests.support.slices import take_slice

FACTS = load_facts(ROOT)
STRINGS = load_site_words()
SYSTEMS = build_forest(FACTS)


def list_paths(nodes: list[Node], before: tuple[Node, ...] = ()) -> list[tuple[Node, ...]]:
    """List the answers that lead to each end, in order."""
    paths = []
    for node in nodes:
        path = (*before, node)
        paths += list_paths(node.children, path) if node.children else [path]
    return paths


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mounted", ["/"], indirect=True)  # the ends have nothing to do with the path
def test_every_end_is_reached_by_answering(page: Page, server: SiteServer, language: str) -> None:
    """Each answer is a link to press; at the end stand its words and its ways on, and no other question."""
    page.goto(server.url + ("" if language == "ja" else "en/"))
    for answers in take_slice(list_paths(SYSTEMS), 5):
        page.evaluate("location.hash = '#ask'")
        for answer in answers:
            page.locator(f'a.situation-choice[href="#{answer.address}"]').click()
        end = answers[-1].answer
        assert end is not None
        assert end.says is not None
        assert page.evaluate("location.hash") == f"#{answers[-1].address}"
        result = page.locator(".situation-next:not(:has(.situation-node)):visible")
        expect(result).to_have_count(1)
        expect(result.locator(".situation-answer")).to_have_text(end.says.get(language))
        addresses = [link.get_attribute("href") for link in result.locator(".situation-links a").all()]
        assert addresses == [find_destination(FACTS, STRINGS, target, language).url for target in end.go]
        assert page.locator(".situation-choice:visible").count() == len(answers)


def test_an_address_shows_its_answer(page: Page, server: SiteServer) -> None:
    """Whoever is sent a result sees it with the answers that led there, and the focus is on it."""
    page.goto(f"{server.url}#boj.passcode.locked")
    expect(page.locator(".situation-choice:visible")).to_contain_text(
        ["日本銀行", "パスコードやパスワード", "パスコードがロックされた"]
    )
    expect(page.get_by_role("heading", name="すること")).to_be_focused()
    page.get_by_role("link", name="パスコードがロックされました").click()
    expect(page).to_have_url(f"{server.url}boj/troubleshoot/#passcode-locked")


def test_the_focus_moves_to_the_next_question(page: Page, server: SiteServer) -> None:
    """With the keyboard alone: a press on Enter asks the next question, and a screen reader reads it."""
    page.goto(server.url)
    first = page.get_by_role("link", name="東京証券取引所").and_(page.locator(".situation-choice"))
    first.press("Enter")
    expect(
        page.get_by_role("heading", name="どのような場合ですか").and_(page.locator(":focus"))
    ).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator('a.situation-choice[href="#tse.first"]')).to_be_focused()


def test_back_undoes_an_answer(page: Page, server: SiteServer) -> None:
    """The browser's back button goes one question back; each answered question can be changed by itself."""
    page.goto(server.url)
    page.locator('a.situation-choice[href="#fsa"]').click()
    page.locator('a.situation-choice[href="#fsa.broken"]').click()
    page.locator('a.situation-choice[href="#fsa.broken.lost"]').click()
    page.go_back()
    expect(page.locator('a.situation-choice[href="#fsa.broken.scrapped"]')).to_be_visible()
    page.get_by_role("link", name="変更: どのシステムですか").click()
    expect(page.locator('a.situation-choice[href="#boj"]')).to_be_visible()
    expect(page.get_by_role("heading", name="どのシステムですか")).to_be_focused()


def test_the_other_language_keeps_the_answer(page: Page, server: SiteServer) -> None:
    """Switching the language shows the same answer."""
    page.goto(f"{server.url}#tse.expired")
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(f"{server.url}en/#tse.expired")
    answer = page.locator(".situation-answer:visible")
    expect(answer).to_have_count(1)  # until the script runs, the whole tree is there
    expect(answer).to_contain_text("A new one can be issued")


@pytest.mark.parametrize("spoilt", ["boj.gone.away", "boj.expired%"], ids=["unknown", "badly-encoded"])
def test_an_unknown_answer_asks_from_the_beginning(page: Page, server: SiteServer, spoilt: str) -> None:
    """An address that was never valid, is no more, or came out of a mail spoilt, is no dead end."""
    page.goto(f"{server.url}#{spoilt}")
    expect(page.locator(".situation-choice:visible")).to_have_count(len(SYSTEMS))


def test_headings_follow_one_another(page: Page, server: SiteServer) -> None:
    """No level of heading is left out, so that a screen reader's list of them is the way through."""
    page.goto(f"{server.url}en/#boj.new-pc.back-up")
    headings = page.locator(":is(h1, h2, h3, h4, h5, h6):visible")
    levels = [int(heading.evaluate("heading => heading.tagName.slice(1)")) for heading in headings.all()]
    assert levels == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_every_end_is_there(scriptless: Page, server: SiteServer, language: str) -> None:
    """The questions are one nested list of links; each leads to its place."""
    scriptless.goto(server.url + ("" if language == "ja" else "en/"))
    ends = list_paths(SYSTEMS)
    expect(scriptless.locator(".situation-answer:visible")).to_have_count(len(ends))
    for address in (ends[0][-1].address, ends[-1][-1].address):
        scriptless.locator(f'a.situation-choice[href="#{address}"]').click()
        assert scriptless.url.endswith(f"#{address}")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_message_is_pasted_into_the_search(page: Page, server: SiteServer, width: int) -> None:
    """Who has an error message and no name for it is led to the search, which opens beside the questions."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(server.url)
    page.locator(".situation-search").get_by_role("button", name="検索を開く").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.insert_text("CSR の生成に失敗しました")
    page.get_by_role("option").first.click()
    expect(page).to_have_url(f"{server.url}jasdec/questions/#csr-failed")


def test_the_checker_stays_in_sight(page: Page, server: SiteServer) -> None:
    """It is offered before the questions, and again to whoever's certificate is about to expire."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server.url)
    expect(page.locator(".start-check").get_by_role("link", name="証明書を確認する")).to_be_in_viewport()
    page.goto(f"{server.url}#jasdec.expiring")
    page.locator(".situation-links:visible").get_by_role("link", name="証明書の確認").click()
    expect(page).to_have_url(f"{server.url}check/")
