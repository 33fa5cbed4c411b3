"""Five people who have never seen the site come to a right end in at most four presses."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.serving.server import SiteServer

MAX_PRESSES = 4
NARROW = 960
# How the page is reached has nothing to do with the path below which the site lies.
pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True)


@dataclass(frozen=True)
class Journey:
    """What a person knows, and where they have to come out.

    Attributes:
        words: what they type, by language.
        questions: the answers of the start page that they press, as addresses.
        found: ends of addresses of results that are right; one has to be in sight.
        after: what they press on the page that a result opens.
        end: the end of the address of the guide that they need.
        says: what the answer names, in either language.
    """

    words: dict[str, str]
    questions: tuple[str, ...]
    found: tuple[str, ...]
    after: tuple[str, ...]
    end: str
    says: str = ""


JOURNEYS = {
    "the mail says that it expires in 7 days": Journey(
        {"ja": "あと7日で期限が切れるとメールが来た", "en": "mail says it expires in 7 days"},
        ("boj", "boj.expiring"),
        ("#boj.expiring",),
        (),
        "boj/renew/",
    ),
    "deleted by mistake, the FSA's, on the same PC": Journey(
        {"ja": "金融庁の証明書を誤って削除した", "en": "deleted the FSA certificate by mistake"},
        ("fsa", "fsa.deleted", "fsa.deleted.by-mistake", "fsa.deleted.by-mistake.go-on"),
        ("#fsa.deleted.by-mistake",),
        ("fsa.deleted.by-mistake.go-on",),
        "fsa/revoke-and-get/",
        "DCM904",
    ),
    "the TSE's expired yesterday": Journey(
        {"ja": "東証 昨日期限が切れました", "en": "TSE certificate expired yesterday"},
        ("tse", "tse.expired"),
        ("#tse.expired",),
        (),
        "tse/issue/",
    ),
    "there is a new administrator": Journey(
        {"ja": "管理者が変わりました", "en": "new administrator"},
        ("fsa", "fsa.handover", "fsa.handover.administrator"),
        ("fsa/which-form/#administrator", "fsa/change-administrator/#apply"),
        (),
        "fsa/change-administrator/",
        "DCM905",
    ),
}


class Visitor:
    """Opens the start page and counts the presses; typing is none."""

    def __init__(self, page: Page, server: SiteServer, language: str, width: int) -> None:
        """Open the start page in a language, on a phone or at a desk."""
        self.page, self.presses, self._is_narrow = page, 0, width < NARROW
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(server.url + ("" if language == "ja" else "en/"))

    def press(self, target: Locator) -> None:
        """Press what is in sight."""
        expect(target).to_be_visible()
        target.click()
        self.presses += 1

    def answer(self, address: str) -> None:
        """Press an answer of the start page."""
        self.press(self.page.locator(f'a.situation-choice[href="#{address}"]'))

    def search(self, words: str) -> None:
        """Open the search, and type."""
        opener = self.page.locator(".search-open")
        self.press(opener if self._is_narrow else self.page.get_by_role("combobox"))
        self.page.get_by_role("combobox").fill(words)
        expect(self.page.get_by_role("option").first).to_be_visible()

    def finish(self, journey: Journey) -> None:
        """Read the answer; follow it where a press is left."""
        answer = self.page.locator(".situation-answer:visible")
        expect(answer).to_contain_text(journey.says)
        link = self.page.locator(f'.situation-links:visible a[href$="{journey.end}"]')
        expect(link).to_be_visible()
        if self.presses < MAX_PRESSES:
            self.press(link)
            expect(self.page).to_have_url(re.compile(f"{re.escape(journey.end)}$"))
        assert self.presses <= MAX_PRESSES


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_questions_lead_to_a_right_end(
    page: Page, server: SiteServer, name: str, language: str, width: int
) -> None:
    """Answer by answer, from the first page: what to do, and the guide that does it."""
    visitor = Visitor(page, server, language, width)
    for address in JOURNEYS[name].questions:
        visitor.answer(address)
    visitor.finish(JOURNEYS[name])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", JOURNEYS)
def test_a_search_leads_to_a_right_end(
    page: Page, server: SiteServer, name: str, language: str, width: int
) -> None:
    """In one's own words: a result in sight is the answer, not a page that mentions it."""
    journey = JOURNEYS[name]
    visitor = Visitor(page, server, language, width)
    visitor.search(journey.words[language])
    results = [page.locator(f'.search-step[href$="{end}"]') for end in journey.found]
    visitor.press(next(result for result in results if result.count()))
    for address in journey.after:
        visitor.answer(address)
    if journey.found[0].startswith("#"):
        visitor.finish(journey)
    else:
        expect(page.locator(".step:has(:target)")).to_contain_text(journey.says)
        assert visitor.presses <= MAX_PRESSES


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_desk_on_the_phone_sends_the_remedy(
    page: Page, server: SiteServer, language: str, width: int
) -> None:
    """The caller reads a message out; four presses later a mail with the remedy is open."""
    visitor = Visitor(page, server, language, width)
    visitor.search("CSR の生成に失敗しました")
    visitor.press(page.get_by_role("option").first)
    expect(page).to_have_url(re.compile("jasdec/questions/#csr-failed$"))
    visitor.press(page.locator(".step:has(#csr-failed) .message-link"))
    remedy = "ログインし直し" if language == "ja" else "Log in to the issuing site again"
    expect(page.locator(".message-panel textarea")).to_have_value(re.compile(remedy))
    mail = page.locator('.message-panel a[href^="mailto:"]')
    mail.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    visitor.press(mail)
    assert visitor.presses <= MAX_PRESSES
