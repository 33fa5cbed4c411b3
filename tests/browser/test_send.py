"""The page for helpdesks, as someone on the phone uses it."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from scripts.command import run
from scripts.serving.server import SiteServer

HERE = Path(__file__).parent
TWO = "#steps=boj/renew/open-site,boj/export/choose-format"


def run_node(script: str, data: object) -> str:
    """Run a script of this folder with JSON on its standard input, and return its output."""
    return run("node", HERE / script, stdin=json.dumps(data)).stdout


def read_text(page: Page) -> str:
    """Return the message as plain text, once it is loaded."""
    expect(page.locator(".send textarea").first).to_be_visible()
    return page.locator(".send textarea").first.input_value()


def add_step(page: Page, *chosen: str) -> None:
    """Choose system, guide and step by what the lists show."""
    for name, label in zip(("authority", "guide", "step"), chosen, strict=True):
        page.locator(f"#send-{name}").select_option(label=label)
    page.locator("#send-add").click()


def copy_form(page: Page, name: str) -> dict[str, str]:
    """Press a copy button; return what it wrote into the clipboard, which no script may read (policy)."""
    page.evaluate(
        """() => {
            globalThis.written = new Promise((resolve) => {
                navigator.clipboard.writeText = async (text) => resolve({ "text/plain": text });
                navigator.clipboard.write = async ([item]) => {
                    const read = async (type) => [type, await (await item.getType(type)).text()];
                    resolve(Object.fromEntries(await Promise.all(item.types.map(read))));
                };
            });
        }"""
    )
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("status").filter(has_text=re.compile("コピーしました|Copied"))).to_have_count(1)
    # Waits for the promise: the status may still stand from the press before.
    written: dict[str, str] = page.evaluate("globalThis.written")
    return written


def test_three_choices_make_a_message(page: Page, server: SiteServer) -> None:
    """System, guide, step: whose it is, title, all that is to be done and the address, with the host."""
    page.goto(f"{server.url}en/send/")
    add_step(
        page, "Bank of Japan (foreign exchange online)", "Renew your certificate", "Open the issuing site"
    )
    expect(page.locator(".send textarea").first).to_be_visible()
    lines = read_text(page).splitlines()
    assert (
        lines[0]
        == "【Bank of Japan (foreign exchange online)】Renew your certificate – Open the issuing site"
    )
    assert lines[1].startswith("Open this address in the browser.")
    assert lines[-1] == f"{server.url}en/boj/renew/#open-site"
    assert any("https://" in line for line in lines[2:-1])  # the value to copy


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_from_a_pasted_message_to_the_reply(page: Page, server: SiteServer, prefix: str) -> None:
    """A helpdesk pastes what the caller reads, opens the first answer, and has the reply a click later."""
    page.goto(f"{server.url}{prefix}boj/")
    page.get_by_role("combobox").fill("unknown_error:-2146885628")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/jasdec/questions/#unknown-error")
    page.locator(".step:has(#unknown-error) .message-link").click()
    panel = page.locator(".message-panel")
    expect(panel).to_be_focused()
    expect(panel.locator("textarea")).to_have_value(
        re.compile(rf"{re.escape(server.url)}{prefix}jasdec/questions/#unknown-error")
    )
    panel.get_by_role("link", name="ほかの手順も加える" if not prefix else "Add other steps").click()
    expect(page).to_have_url(f"{server.url}{prefix}send/#steps=jasdec/questions/unknown-error")
    expect(page.locator(".send textarea").first).to_be_visible()
    expect(page.locator(".send-pick")).not_to_have_attribute("open", re.compile(".*"))


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_message_beside_a_step_carries_the_remedy(
    page: Page, server: SiteServer, width: int, prefix: str
) -> None:
    """Cause, remedy, authority and address, in either language or both; a guide loads none of it before."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}{prefix}jasdec/questions/#csr-failed", wait_until="networkidle")
    assert not [request for request in server.requests if "message" in request.target]
    link = page.locator(".step:has(#csr-failed) .message-link")
    link.click()
    panel = page.locator(".message-panel")
    text = panel.locator("textarea")
    expect(text).to_have_value(
        re.compile("Log in to the issuing" if prefix else "ログインし直し、最後まで行います")
    )
    expect(text).to_have_value(re.compile("^【JASDEC】" if prefix else "^【証券保管振替機構"))
    panel.get_by_label("両方" if not prefix else "Both").check()
    expect(text).to_have_value(re.compile("ログインし直し.*----------.*Log in", re.DOTALL))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()


def read_mail(link: Locator) -> tuple[str, str]:
    """Return subject and body of the mail that a link opens."""
    address = urlsplit(link.get_attribute("href") or "")
    assert address.scheme == "mailto"
    fields = parse_qs(address.query)
    return fields["subject"][0], fields["body"][0].replace("\r\n", "\n")


def test_a_mail_opens_with_subject_and_message(page: Page, server: SiteServer) -> None:
    """One press: the subject names the authority and the step, the body is the message."""
    page.goto(f"{server.url}en/send/#steps=tse/questions/forgot-password")
    subject, body = read_mail(page.get_by_role("link", name="Open in mail"))
    assert subject.startswith("【Tokyo Stock Exchange】")
    assert body == read_text(page)
    assert len(page.get_by_role("link", name="Open in mail").get_attribute("href") or "") <= 2000


def test_a_message_too_long_for_a_mail_is_copied(page: Page, server: SiteServer) -> None:
    """The mail has the links and says to paste; the whole message is in the clipboard."""
    page.goto(f"{server.url}send/{TWO},fsa/renew/mails&lang=both")
    link = page.get_by_role("link", name="メールで開く")
    subject, body = read_mail(link)
    assert "ほか2件" in subject
    assert "貼り付けて" in body
    assert f"{server.url}boj/renew/#open-site" in body
    link.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    page.evaluate(
        "() => { navigator.clipboard.write = async ([item]) =>"
        " { window.written = await (await item.getType('text/plain')).text(); }; }"
    )
    link.click()
    expect(page.get_by_role("status").filter(has_text="コピーしました")).to_have_count(1)
    assert page.evaluate("window.written") == read_text(page)


def test_a_panel_that_cannot_be_loaded_is_the_page(
    page: Page, server: SiteServer, complaints: list[str]
) -> None:
    """Where the step's text does not come, the link leads to where it always led."""
    page.goto(f"{server.url}boj/renew/")
    page.route("**/message-panel.mjs", lambda route: route.abort())
    page.locator(".step-more > summary").first.click()
    page.locator(".message-link").first.click()
    page.wait_for_url("**/send/#steps=boj/renew/*")
    complaints.clear()


def test_steps_are_put_in_order_and_taken_out(page: Page, server: SiteServer) -> None:
    """By keyboard, too: the focus stays on the button, what happened is said, the message follows."""
    page.goto(f"{server.url}send/{TWO}")
    titles = page.locator(".send-item > span:first-child")
    expect(titles).to_have_count(2)
    before = titles.all_inner_texts()
    page.get_by_role("button", name=f"下へ: {before[0]}").press("Enter")
    expect(titles).to_have_text([before[1], before[0]])
    expect(page.get_by_role("button", name=f"上へ: {before[0]}")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="2番目へ移しました。")).to_have_count(1)
    assert read_text(page).index("#choose-format") < read_text(page).index("#open-site")
    page.get_by_role("button", name=f"外す: {before[1]}").press("Enter")
    expect(titles).to_have_text([before[0]])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_readers_language_is_not_the_pages(page: Page, server: SiteServer, language: str) -> None:
    """A Japanese helpdesk sends an English link with English words, in either form of address."""
    prefix = "" if language == "ja" else "en/"
    page.goto(f"{server.url}send/#steps=boj/renew/open-site&lang={language}")
    assert read_text(page).endswith(f"\n{server.url}{prefix}boj/renew/#open-site\n")
    page.get_by_label("短い URL").check()
    assert read_text(page).endswith(f"\n{server.url}{prefix}s/boj/renew/open-site/\n")
    assert ("Open this address" in read_text(page)) == (language == "en")


def test_both_languages_are_one_message(page: Page, server: SiteServer) -> None:
    """Japanese first, then English, each with its own address; the choice stands in the address."""
    page.goto(f"{server.url}send/#steps=boj/renew/open-site&lang=both")
    text = read_text(page)
    assert text.index(f"{server.url}boj/renew/#open-site") < text.index(
        f"{server.url}en/boj/renew/#open-site"
    )
    expect(page.get_by_label("両方")).to_be_checked()


def test_the_message_stands_in_the_address(page: Page, server: SiteServer) -> None:
    """A bookmark brings it back, and so does the link to the other language."""
    page.goto(f"{server.url}send/")
    page.locator("#send-add").click()
    page.get_by_label("短い URL").check()
    prepared, before = page.url, read_text(page)
    page.goto("about:blank")
    page.goto(prepared)
    assert read_text(page) == before
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(prepared.replace("/send/", "/en/send/"))
    expect(page.locator(".send textarea").first).to_have_value(before)


def test_a_step_that_is_not_there_is_said(page: Page, server: SiteServer) -> None:
    """An old bookmark keeps what is still there."""
    page.goto(f"{server.url}send/{TWO},boj/renew/none,x")
    expect(page.get_by_role("status").filter(has_text="2件")).to_have_count(1)
    expect(page.locator(".send-item")).to_have_count(2)


def test_the_message_is_copied_in_every_form(page: Page, server: SiteServer) -> None:
    """HTML with plain text beside it, for whatever it is pasted into; Markdown for systems, folded."""
    page.goto(f"{server.url}send/{TWO}&lang=en")
    url = f"{server.url}en/boj/renew/#open-site"
    mail = copy_form(page, "コピー: 文面")
    assert mail["text/plain"] == read_text(page)
    assert f'<b>【Bank of Japan (foreign exchange online)】</b><a href="{url}">' in mail["text/html"]
    assert mail["text/html"].count("<p ") == 2
    expect(page.get_by_role("button", name="コピー: Markdown")).to_be_hidden()
    page.locator(".send-systems summary").click()
    markdown = copy_form(page, "コピー: Markdown")["text/plain"]
    assert f"Renew your certificate – Open the issuing site](<{url}>)  \n   Open this" in markdown
    assert markdown.startswith("1. [")
    assert "\n\n2. [" in markdown


def test_markdowns_own_letters_stay_letters() -> None:
    """No word of ours becomes emphasis or a link in the chat that it is pasted into."""
    words = {
        "authority": "i",
        "title": "a_b [c](d)",
        "text": "*e* <f> #g",
        "address": "https://example.jp/#h",
    }
    message = run_node("format_markdown.mjs", [{"language": "ja", **words}])
    assert message == "[【i】a\\_b \\[c\\](d)](<https://example.jp/#h>)  \n\\*e\\* \\<f\\> \\#g  \n"


def read_qr(svg: Locator) -> str:
    """Read a drawn code with another library than the page's."""
    side = float((svg.get_attribute("viewBox") or "").split()[2])
    return run_node("read_qr.mjs", {"side": side, "path": svg.locator("path").get_attribute("d")})


def test_the_qr_code_holds_the_address(page: Page, server: SiteServer) -> None:
    """Drawn in the page, since only it knows the host; dark on light with a quiet border, and named."""
    page.goto(f"{server.url}send/#steps=boj/renew/open-site&form=short")
    page.locator(".send-qr summary").click()
    code = page.get_by_role("img", name="QR コード: 日本銀行")
    expect(code).to_be_visible()
    assert read_qr(code) == f"{server.url}s/boj/renew/open-site/"


def test_nothing_is_sent_anywhere(page: Page, server: SiteServer) -> None:
    """What is chosen stands in the fragment, which no browser sends; no request follows a choice."""
    page.goto(f"{server.url}send/")
    page.locator("#send-add").wait_for()
    page.wait_for_load_state("networkidle")
    server.requests.clear()
    page.locator("#send-add").click()
    page.get_by_label("短い URL").check()
    page.reload()
    page.locator(".send-item").wait_for()
    assert [
        request.target
        for request in server.requests
        if "renew" in request.target or "steps" in request.target
    ] == []


def test_without_scripts_the_page_says_what_to_do(scriptless: Page, server: SiteServer) -> None:
    """Each step's own link is what there is then."""
    scriptless.goto(f"{server.url}send/")
    expect(scriptless.get_by_text("「このステップのリンク」の URL を送ってください")).to_be_visible()
