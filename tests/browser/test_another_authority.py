"""Another authority, made by scripts/new-authority and YAML alone, goes through the whole site.

Its rule is unlike any other here: from two months before until thirty days after expiry.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, Page, expect

from scripts.serving.server import SiteServer
from scripts.site.policy import load_resolved_policy
from tests.browser import checker
from tests.support import ROOT, mint
from tests.support.copies import copy_project, run_module

ANSWERS = ROOT / "tests/scripts/answers.yaml"
ISSUER = "Imaginary Exchange CA 1"


@pytest.fixture(scope="module")
def other_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Build and serve a copy with the new folder as it was written; no other file of the copy is changed."""
    copy = copy_project(tmp_path_factory.mktemp("copy"))
    done = run_module(copy, "scripts.editing.new_authority", "xyz", "--from", ANSWERS, "--lang", "ja")
    assert done.returncode == 0, done.stderr
    built = run_module(copy, "mkdocs", "build", "--strict", "--quiet", "--site-dir", copy / "site")
    assert built.returncode == 0, built.stderr
    with SiteServer(copy / "site", load_resolved_policy(copy)) as server, server.serve():
        yield server


def test_its_guides_are_pages_in_the_navigation(other_server: SiteServer, reader: Page) -> None:
    """Both languages, under its own name, with the source that the answers named."""
    reader.goto(f"{other_server.url}xyz/renew/")
    expect(reader.locator("h1")).to_contain_text("証明書を更新する")
    expect(reader.locator("article")).to_contain_text("架空証明書マニュアル 3.1")
    navigation = reader.get_by_role(
        "navigation", include_hidden=True
    )  # at the width of tests it is behind its button
    links = navigation.get_by_role("link", name="うまくいかないとき", include_hidden=True)
    expect(links.first).to_have_attribute("href", "../troubleshoot/")
    reader.goto(f"{other_server.url}en/xyz/contacts/")
    expect(reader.locator("article")).to_contain_text("desk@example.jp")


def test_its_rule_is_said_and_drawn(other_server: SiteServer, reader: Page) -> None:
    """One sentence, and a picture with the days before and after expiry in order."""
    reader.goto(f"{other_server.url}xyz/")
    text = reader.locator("article").inner_text()
    assert "有効期限の2か月前から、有効期限の30日後まで更新できます。" in text
    marks = ["2か月前", "45日前", "7営業日前", "更新はできます", "30日後"]
    places = [reader.locator(".timeline-figure").inner_text().index(mark) for mark in marks]
    assert places == sorted(places)


def test_the_start_page_offers_it(other_server: SiteServer, reader: Page) -> None:
    """It stands among the systems; who has a certificate about to expire is led to its guide."""
    reader.goto(other_server.url)
    reader.locator('a.situation-choice[href="#xyz"]').click()
    reader.locator('a.situation-choice[href="#xyz.expiring"]').click()
    links = reader.locator(".situation-next:not(:has(.situation-node)):visible")
    expect(links).to_contain_text("有効期限の2か月前から")
    links.get_by_role("link", name="証明書を更新する").click()
    expect(reader).to_have_url(f"{other_server.url}xyz/renew/")


def test_the_search_finds_it(other_server: SiteServer, reader: Page) -> None:
    """By its system's name, on any page."""
    reader.goto(f"{other_server.url}boj/renew/")
    reader.get_by_role("combobox").fill("架空清算システム 更新")
    expect(reader.get_by_role("option").first).to_have_attribute("href", "../../xyz/renew/#manual")


def test_the_index_holds_it(other_server: SiteServer) -> None:
    """api/authorities.json follows its own schema, and has the rule as the answers gave it."""
    index, schema = (
        json.loads(urlopen(f"{other_server.url}api/authorities{kind}.json").read())  # noqa: S310  # the test's own server
        for kind in ("", ".schema")
    )
    Draft202012Validator(schema).validate(index)
    assert [authority["id"] for authority in index["authorities"]] == ["boj", "fsa", "jasdec", "tse", "xyz"]
    authority = index["authorities"][-1]
    assert authority["renewal"]["opens"] == {"months_before": 2}
    assert authority["renewal"]["closes"]["days_after"] == 30
    assert [guide["id"] for guide in authority["guides"]] == ["renew", "issue", "troubleshoot", "contacts"]


def test_the_checker_judges_by_its_rule(chromium: Browser, other_server: SiteServer) -> None:
    """On 10 March 2027: open from two months before, still open after expiry, over after thirty days.

    Between, the card names the last day and says how to renew, not how to begin anew.
    """
    verdicts = {
        (2027, 5, 11): "too_early",  # opens on 11 March
        (2027, 5, 10): "open",
        (2027, 2, 20): "open",  # expired, until 22 March
        (2027, 2, 8): "open",  # its last day
        (2027, 2, 7): "expired",
    }
    began = datetime(2026, 1, 1, tzinfo=UTC)
    with checker.start_checker(chromium, other_server) as page:
        for day, verdict in verdicts.items():
            minted = mint.mint(issuer_cn=ISSUER, not_before=began, not_after=checker.compute_day_end(*day))
            card = checker.judge_certificate(page, minted)
            assert (card.get_attribute("data-verdict") or "").startswith(verdict), day
            expect(card).to_contain_text("架空清算システム")
            if day == (2027, 2, 20):
                expect(card.locator("h3")).to_contain_text("2027年3月22日まで更新できます。")
                expect(card.locator(".check-verdict")).to_contain_text("架空サイトで更新します。")
                expect(card.locator(".check-verdict")).not_to_contain_text("新規に申し込みます。")
