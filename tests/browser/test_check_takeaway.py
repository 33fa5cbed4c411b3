"""Calendar file, table as CSV and summary, each read back as other programs read it."""

import csv
import io
import re
from datetime import date

import icalendar
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.checker import (
    FSA,
    TSE,
    Language,
    choose_files,
    compute_day_end,
    judge_certificate,
    select_words,
)
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
OLD = compute_day_end(2027, 3, 30)
CALENDAR = {"ja": "カレンダーに入れる", "en": "Save to calendar"}
SUMMARY = {"ja": "問い合わせ用の要約をコピー", "en": "Copy a summary for the help desk"}
CSV = {"ja": "CSV で保存", "en": "Save as CSV"}


def save_file(page: Page, button: Locator) -> Download:
    """Press a button that saves a file, without a request to any server; return the download."""
    requests: list[str] = []

    def on_request(request: object) -> None:
        requests.append(str(request))

    page.on("request", on_request)
    with page.expect_download() as download:
        button.click()
    page.remove_listener("request", on_request)
    assert [request for request in requests if "blob:" not in request] == []
    return download.value


def test_the_calendar_file(ready: Page, language: Language) -> None:
    """Read by icalendar: whole days to come, a reminder among them, with the system and the user id."""
    card = judge_certificate(ready, mint.mint(not_after=OLD))
    download = save_file(ready, card.get_by_role("button", name=CALENDAR[language]))
    assert download.suggested_filename == "certificate-boj-2027-03-30.ics"
    data = download.path().read_bytes()
    read = icalendar.Calendar.from_ical(data)
    events = [event for event in read.walk("VEVENT") if isinstance(event, icalendar.Event)]
    days = [event.decoded("DTSTART") for event in events]
    assert days == [date(2027, 3, 23), date(2027, 3, 30)]
    assert all((event.decoded("DTEND") - event.decoded("DTSTART")).days == 1 for event in events)
    assert {re.sub(r".*(/boj/renew/#).*", r"\1", str(event["URL"])) for event in events} == {"/boj/renew/#"}
    system = {"ja": "日本銀行外為法手続きオンラインシステム", "en": "Bank of Japan online system"}[language]
    assert all(system in str(event["SUMMARY"]) and "a123456" in str(event["SUMMARY"]) for event in events)
    assert all(len(event.walk("VALARM")) == 1 for event in events)
    assert b"{" not in data


def test_nothing_to_put_down(ready: Page, language: Language) -> None:
    """An expired certificate has no days to come, and one of an unknown system no rule."""
    for certificate in (mint.mint(not_after=compute_day_end(2027, 3, 7)), mint.mint(issuer_cn="Some CA")):
        card = judge_certificate(ready, certificate)
        expect(card.get_by_role("button", name=CALENDAR[language])).to_have_count(0)


def choose_three(page: Page) -> None:
    """Choose two certificates, one of which has a formula for a name, and a file that is none."""
    evil = mint.mint(cn="=HYPERLINK(1)", issuer_cn=TSE, not_after=compute_day_end(2027, 4, 9))
    early = mint.mint(cn="a9", not_after=OLD)
    choose_files(
        page,
        ("pc-10.cer", mint.encode_der(evil)),
        ("pc-9.cer", mint.encode_der(early)),
        ("../=evil\u202e.txt", b"no"),
    )
    expect(page.locator(".check-files > tbody > tr")).to_have_count(3)


def test_the_table_as_csv(ready: Page, language: Language) -> None:
    """Read by Python's csv: UTF-8 with Excel's mark, formulas defused, every file a row."""
    choose_three(ready)
    download = save_file(ready, ready.get_by_role("button", name=CSV[language]))
    assert download.suggested_filename == "certificates-2027-03-10.csv"
    data = download.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head[0] == {"ja": "ファイル", "en": "File"}[language]
    table = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["CN"] for row in table] == ["'=HYPERLINK(1)", "a9", ""]
    assert [row[head[1]] for row in table][1] == {
        "ja": "日本銀行（外為法オンライン）",
        "en": "Bank of Japan (foreign exchange online)",
    }.get(language)
    why = {"ja": "証明書のファイルではありません。", "en": "This is not a certificate file."}
    assert table[2][select_words(language, "読めない理由", "Why it cannot be read")] == why[language]
    verdict = {"ja": "更新できます", "en": "You can renew"}
    assert verdict[language] in table[1].values()


def test_the_csv_says_what_the_cards_say(ready: Page, language: Language) -> None:
    """Expired and still renewable (fsa) is said; what no anchor verified is named as nobody's newer one."""
    gone, old, new = (
        mint.mint(issuer_cn="X", subject=subject, not_after=compute_day_end(*end), serial=serial)
        for subject, end, serial in (
            (
                mint.build_name(O="Financial Services Agency Business Support Integration System", CN="F1"),
                (2027, 3, 1),
                1,
            ),
            (FSA, (2027, 3, 31), 2),
            (FSA, (2028, 3, 31), 0xB3),
        )
    )
    choose_files(
        ready, *((f"{n}.cer", mint.encode_der(identity)) for n, identity in enumerate((gone, old, new)))
    )
    expect(ready.locator(".check-files > tbody > tr")).to_have_count(3)
    download = save_file(ready, ready.get_by_role("button", name=CSV[language]))
    text = download.path().read_text("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    words = {
        "ja": ["期限切れ・更新できます", "更新できます"],
        "en": ["Expired, but you can renew", "You can renew"],
    }
    assert [row[7] for row in rows[:2]] == words[language]
    newer = head.index(select_words(language, "新しい証明書のシリアル番号", "Serial number of the newer one"))
    assert [row[newer] for row in rows] == ["", "", ""]


def test_the_table_is_sorted_by_its_headings(ready: Page, language: Language) -> None:
    """Buttons in the headings, aria-sort on them; days by their value, digits in names as numbers."""
    choose_three(ready)
    files = ready.locator(".check-files > tbody > tr > td:first-child")
    days = ready.get_by_role("button", name={"ja": "残り日数", "en": "Days left"}[language])
    days.click()
    expect(files).to_have_text(["pc-9.cer", "pc-10.cer", re.compile("evil")])
    heading = ready.locator("th[aria-sort]")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    days.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(days).to_be_focused()
    expect(files.nth(1)).to_have_text("pc-10.cer")
    name = ready.get_by_role("button", name={"ja": "ファイル", "en": "File"}[language], exact=True)
    name.click()
    expect(heading).to_have_count(1)
    expect(heading).to_contain_text({"ja": "ファイル", "en": "File"}[language])
    expect(files.filter(has_text="pc-")).to_have_text(["pc-9.cer", "pc-10.cer"])


def test_a_row_leads_to_its_file(ready: Page) -> None:
    """Of two files, a name in the table is a link to what is said of it; of three it expands (inventory)."""
    data = mint.encode_der(mint.mint())
    choose_files(ready, ("pc-10.cer", data), ("pc-9.cer", data))
    ready.locator(".check-files a", has_text="pc-9.cer").click()
    expect(ready.locator(".check-panel:target > h2")).to_have_text("pc-9.cer")


def test_one_file_needs_no_table(ready: Page) -> None:
    """The table is for several."""
    judge_certificate(ready, mint.mint())
    expect(ready.locator(".check-inventory")).to_have_count(0)


def copy_summary(page: Page, language: Language) -> list[str]:
    """Copy the summary; return the clipboard's lines."""
    page.get_by_role("button", name=SUMMARY[language]).click()
    expect(page.locator(".check-summary [role=status]")).to_contain_text(
        {"ja": "コピーしました。", "en": "Copied."}[language]
    )
    with page.context.new_page() as elsewhere:
        elsewhere.set_content("<textarea></textarea>")
        elsewhere.locator("textarea").focus()
        elsewhere.keyboard.press("Control+V")
        text = elsewhere.locator("textarea").input_value()
    page.bring_to_front()
    assert text == page.locator(".check-summary pre").text_content()
    return text.splitlines()


def test_the_summary(ready: Page, language: Language) -> None:
    """fsa-admin-manual 9.1.2: blanks for the caller, then what the page knows; no key, no file."""
    certificate = mint.mint(issuer_cn="X", subject=FSA, not_after=OLD)
    choose_files(ready, ("secret-name.pfx", mint.build_pfx(certificate, None)))
    expect(ready.locator(".check-card")).to_be_visible()
    lines = copy_summary(ready, language)
    blanks = {
        "ja": [
            "金融機関名",
            "担当者名",
            "連絡先",
            "操作していた時間帯",
            "行った操作",
            "表示されたメッセージ",
        ],
        "en": [
            "Financial institution",
            "Your name",
            "How to reach you",
            "When you were working",
            "What you did",
            "Message shown",
        ],
    }
    assert lines[:6] == [f"{name}:" for name in blanks[language]]
    version = ready.context.browser.version if ready.context.browser else ""
    assert version
    assert any(version in line for line in lines[6:8])
    now = {"ja": "2027年3月10日 10:00（日本時間）", "en": "10 March 2027, 10:00 (Japan time)"}
    assert lines[8].endswith(now[language])
    assert "CN: F123456-001" in lines
    sentence = ready.locator(".check-card h3").inner_text()
    assert lines[-1].endswith(sentence)
    assert "secret-name" not in "\n".join(lines)
    assert "PRIVATE" not in "\n".join(lines)


def test_the_versions_of_windows_and_edge(ready: Page, language: Language) -> None:
    """Where the browser is Edge on Windows 11 and says so."""
    session = ready.context.new_cdp_session(ready)
    brands = [
        {"brand": "Microsoft Edge", "version": "140.0.3485.54"},
        {"brand": "Chromium", "version": "140.0.1"},
    ]
    metadata = {"platform": "Windows", "platformVersion": "19.0.0", "fullVersionList": brands}
    rest = {"architecture": "x86", "model": "", "mobile": False}
    session.send("Emulation.setUserAgentOverride", {"userAgent": "Edg", "userAgentMetadata": metadata | rest})
    judge_certificate(ready, mint.mint())
    lines = copy_summary(ready, language)
    session.send("Emulation.setUserAgentOverride", {"userAgent": ""})
    assert lines[6].endswith(": Windows 11 (19.0.0)")
    assert lines[7].endswith(": Microsoft Edge 140.0.3485.54")


def test_the_form_that_the_bank_of_japan_asks_for(ready: Page, language: Language) -> None:
    """The mail wants 「照会票」 attached: the caller is told so, not the desk, which is one press away."""
    card = judge_certificate(ready, mint.mint())
    assert "照会票" not in "\n".join(copy_summary(ready, language))
    expect(card.locator(".check-summary p").first).to_contain_text("照会票")
    expect(card.locator(".check-summary a")).to_have_attribute("href", re.compile("boj/contacts/$"))


def test_the_summary_of_a_file_that_does_not_open(ready: Page, language: Language) -> None:
    """The message is the page's own; neither the file nor its name is in it."""
    choose_files(ready, ("secret-name.cer", b"no certificate"))
    expect(ready.locator(".check-error")).to_be_visible()
    lines = copy_summary(ready, language)
    assert lines[5].endswith(ready.locator(".check-error h3").inner_text())
    assert "secret-name" not in "\n".join(lines)
