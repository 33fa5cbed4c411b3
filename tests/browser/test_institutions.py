"""Two invented institutions, made by the commands and the form alone, each through its whole site.

A bank with one authority, its official site, its logo and colour. A broker with two authorities of rules
found in the wild beside two of the project's own. Each is built once; no file of either is written by hand.
"""

import functools
import http.server
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serving.server import SiteServer
from scripts.site.archive_site import pack
from scripts.site.offline_lists import write_offline_lists
from scripts.site.policy import load_resolved_policy
from tests.browser import checker
from tests.browser.desk import Desk, start_editor
from tests.support import ROOT, mint
from tests.support.copies import copy_project, git, run_module

ANSWERS = (ROOT / "tests/scripts/answers.yaml").read_text(encoding="utf-8")
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><rect width="7" height="5"/></svg>'
BEGAN = datetime(2026, 1, 1, tzinfo=checker.JAPAN)


def write_answers(repository: Path, command: str, words: list[str], answers: str) -> None:
    """Have a command write its files from answers."""
    file = repository / "answers.yaml"
    file.write_text(answers, encoding="utf-8")
    done = run_module(repository, f"scripts.editing.{command}", *words, "--from", file)
    assert done.returncode == 0, done.stderr
    file.unlink()


@contextmanager
def open_desk(chromium: Browser, repository: Path) -> Iterator[Desk]:
    """Open the form, and record everything in the end."""
    with start_editor(repository, "--no-preview") as address, chromium.new_context(locale="ja-JP") as context:
        desk = Desk(context.new_page(), address)
        yield desk
        desk.page.get_by_role("button", name="変更を記録する").click()
        desk.press("記録する（コミット）")
        expect(desk.page.locator(".changes output")).to_contain_text("として記録しました。")
    assert git(repository, "status", "--porcelain", "docs") == ""


@contextmanager
def serve_built(repository: Path) -> Iterator[SiteServer]:
    """Build what is recorded, pack its archive, and serve both."""
    site = repository / "site"
    built = run_module(repository, "mkdocs", "build", "--strict", "--quiet", "--site-dir", site)
    assert built.returncode == 0, built.stderr
    policy = load_resolved_policy(repository)
    write_offline_lists(site, policy)
    pack(site)
    with SiteServer(site, policy) as server, server.serve():
        yield server


@contextmanager
def serve_archive(site: Path, folder: Path) -> Iterator[str]:
    """Unpack the archive behind a plain web server, and yield the site's address there."""
    (archive,) = (site / "offline").glob("*.zip")
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]  # says nothing
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/cert-guides/"
        server.shutdown()


def search(page: Page, words: str) -> None:
    """Type words into the search."""
    page.get_by_role("combobox").fill(words)


@pytest.fixture(scope="module")
def bank(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Make the bank: one authority, an official site, a guide of its own."""
    repository = copy_project(tmp_path_factory.mktemp("bank"))
    answers = ANSWERS.replace("Imaginary Exchange CA 1", "Imaginary Bank CA 1")
    write_answers(repository, "new_authority", ["bank"], answers)
    names = "name: {ja: 架空銀行の手引き, en: Imaginary Bank's guides}\npublisher: {ja: 架空銀行, en: Bank}\n"
    write_answers(repository, "new_site", [], f"{names}authorities: [bank]\n")
    with open_desk(chromium, repository) as desk:
        desk.open("site.yaml")
        desk.find_field("official").check()
        desk.fill(
            {"colour": "#ffee88", "statement.ja": "架空銀行の公式の案内です。", "statement.en": "Official."}
        )
        desk.press("保存する")
        expect(desk.page.locator('[data-field="root_colour"] .problems')).to_contain_text("#ffee88")
        desk.fill({"colour": "#005533"})
        desk.find_field("logo").set_input_files(
            {"name": "Our Logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO}
        )
        expect(desk.page.locator('[data-field="root_logo"] code')).to_have_text("our-logo.svg")
        desk.save()
        desk.open("bank/authority.yaml")
        desk.fill({"renewal.closes.days_after": ""})
        desk.fill({"renewal.closes.business_days_before": "1", "renewal.closes.time": "17:00"})
        desk.save()
        desk.add_guide("bank", "vpn", "VPN で使う")
        desk.fill(
            {"title.en": "Use it with the VPN", "summary.en": "Use it with the VPN", "steps.0.id": "connect"}
        )
        desk.fill({"steps.0.title.ja": "架空 VPN に接続する", "steps.0.title.en": "Connect to the VPN"})
        desk.fill({"steps.0.do.ja": "架空 VPN を開きます。", "steps.0.do.en": "Open the VPN."})
        desk.page.get_by_label("公開するか").select_option("draft.off")
        desk.save()
    with serve_built(repository) as server:
        yield server


def test_the_banks_pages_are_its_own(bank: SiteServer, reader: Page) -> None:
    """Name, sentence, colour and logo; its guide is found by the search, and nobody is asked which system."""
    reader.goto(f"{bank.url}bank/vpn/")
    assert reader.title().endswith("架空銀行の手引き")
    expect(reader.locator("article")).to_contain_text("架空 VPN に接続する")
    expect(reader.locator("body")).to_contain_text("架空銀行の公式の案内です。")
    logo = reader.locator(".md-header .md-logo img")
    assert logo.evaluate("(image) => [image.naturalWidth, image.naturalHeight]") == [7, 5]
    brand = "getComputedStyle(document.documentElement).getPropertyValue('--cg-brand').trim()"
    assert reader.evaluate(brand) == "#005533"
    search(reader, "架空 VPN")
    expect(reader.get_by_role("option").first).to_have_attribute("href", "../../bank/vpn/#connect")
    reader.goto(bank.url)
    expect(reader.locator(".situations")).not_to_contain_text("どのシステム")
    expect(reader.locator("body")).not_to_contain_text("日本銀行")
    reader.goto(f"{bank.url}en/bank/vpn/")
    expect(reader.locator("article")).to_contain_text("Connect to the VPN")


def test_the_banks_window_closes_at_five(chromium: Browser, bank: SiteServer) -> None:
    """At 17:00 of the last business day before expiry: that of Thursday 11 March 2027 is the 10th."""
    expiry = checker.compute_day_end(2027, 3, 11)
    with checker.start_checker(chromium, bank) as page:
        for time, verdict in (("16:59:59", "open"), ("17:00:00", "too_late")):
            page.clock.set_fixed_time(f"2027-03-10T{time}+09:00")
            minted = mint.mint(issuer_cn="Imaginary Bank CA 1", not_before=BEGAN, not_after=expiry)
            card = checker.judge_certificate(page, minted)
            expect(card).to_have_attribute("data-verdict", verdict)


def test_the_banks_archive_is_its_site(bank: SiteServer, reader: Page, tmp_path: Path) -> None:
    """Behind any web server, with name, logo and guide."""
    with serve_archive(bank.site, tmp_path) as url:
        reader.goto(f"{url}bank/vpn/")
        expect(reader.locator("article")).to_contain_text("架空 VPN に接続する")
        expect(reader.locator(".md-header .md-logo img")).to_be_visible()


@pytest.fixture(scope="module")
def broker(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """Make the broker: two authorities with rules found in the wild, two of the project's own."""
    repository = copy_project(tmp_path_factory.mktemp("broker"))
    write_answers(repository, "new_authority", ["aaa"], ANSWERS)
    write_answers(
        repository, "new_authority", ["zzz"], ANSWERS.replace("Imaginary Exchange CA 1", "Other CA")
    )
    names = (
        "name: {ja: 架空証券の手引き, en: Imaginary Broker's guides}\npublisher: {ja: 架空証券, en: Broker}\n"
    )
    write_answers(repository, "new_site", [], f"{names}authorities: [zzz, aaa, boj, tse]\n")
    with open_desk(chromium, repository) as desk:
        desk.open("aaa/authority.yaml")
        desk.fill({"system.ja": "架空申請システム", "system.en": "Application System"})
        desk.fill({"recognise.0.field": "subject.O", "recognise.0.equals": "Imaginary"})
        desk.add("recognise.0.also")
        desk.fill({"recognise.0.also.0.field": "subject.OU", "recognise.0.also.0.pattern": "Client-[0-9]+"})
        desk.fill({"renewal.kind": "application", "renewal.closes.days_after": ""})
        desk.fill({"renewal.opens.months_before": ""})
        desk.fill({"renewal.closes.months_before": "1", "renewal.closes.day_of_month": "20"})
        desk.fill({"renewal.closes.if_closed": "earlier"})
        desk.save()
        desk.open("zzz/authority.yaml")
        desk.fill({"system.ja": "架空受渡システム", "system.en": "Delivery System"})
        desk.fill({"renewal.opens.months_before": ""})
        desk.fill({"renewal.opens.business_days_before": "10"})
        desk.save()
    with serve_built(repository) as server:
        yield server


def test_the_brokers_systems_stand_beside_the_projects(broker: SiteServer, reader: Page) -> None:
    """In the order of its file, on the start page and in the search; the others are not there."""
    reader.goto(broker.url)
    choices = reader.locator("a.situation-choice:visible")
    systems = [choice.get_attribute("href") for choice in choices.all()]
    assert systems[:4] == ["#zzz", "#aaa", "#boj", "#tse"]
    expect(reader.locator("body")).not_to_contain_text("ほふり")
    reader.goto(f"{broker.url}aaa/")
    expect(reader.locator("article")).to_contain_text("20日")
    search(reader, "架空受渡システム 更新")
    expect(reader.get_by_role("option").first).to_have_attribute("href", re.compile("zzz"))
    reader.goto(f"{broker.url}boj/renew/")
    expect(reader.locator("h1")).to_contain_text("証明書を更新する")


def test_the_brokers_applications_end_on_the_twentieth(chromium: Browser, broker: SiteServer) -> None:
    """Of the month before expiry, or the business day before; recognised by O and OU together."""
    subject = mint.build_name(CN="a1", O="Imaginary", OU="Client-7")
    expiry = checker.compute_day_end(2027, 4, 30)
    other = mint.mint(
        subject=mint.build_name(CN="a1", O="Imaginary", OU="Server-7"),
        issuer_cn="Nobody's CA",
        not_before=BEGAN,
        not_after=expiry,
    )
    with checker.start_checker(chromium, broker) as page:
        expect(checker.judge_certificate(page, other)).to_have_attribute("data-verdict", "unknown")
        # 20 March 2027 is a Saturday: the last day is Friday, the 19th.
        for day, is_late in (("19", False), ("20", True)):
            page.clock.set_fixed_time(f"2027-03-{day}T12:00:00+09:00")
            minted = mint.mint(subject=subject, not_before=BEGAN, not_after=expiry)
            card = checker.judge_certificate(page, minted)
            expect(card).to_contain_text("架空申請システム")
            assert (card.get_attribute("data-verdict") == "too_late_to_apply") == is_late, day


def test_the_brokers_archive_is_its_site(broker: SiteServer, reader: Page, tmp_path: Path) -> None:
    """Behind any web server, with its own authorities and the project's."""
    with serve_archive(broker.site, tmp_path) as url:
        for path in ("aaa/renew/", "zzz/renew/", "boj/renew/"):
            reader.goto(f"{url}{path}")
            expect(reader.locator("h1")).to_contain_text("証明書を更新する")
