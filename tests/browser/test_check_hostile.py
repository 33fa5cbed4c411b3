"""Names made to deceive or to do harm: they stay text, and nothing in them hides.

One page serves all tests, as it would serve a person who chooses one file after another.
"""

import csv
import io
import re

import pytest
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID
from playwright.sync_api import Page, expect

from tests.browser.checker import choose_files, judge_certificate
from tests.support import mint

pytestmark = [
    pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session"),
    pytest.mark.parametrize("language", ["ja"], scope="module"),
]
OVERRIDE, ZERO_WIDTH, FILLER = "\u202e", "\u200b", "\u3164"
HOMOGRAPH = "Gaitame C\N{CYRILLIC CAPITAL LETTER A} - G5"


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        pytest.param(f"a{OVERRIDE}fdp.exe", "a[U+202E]fdp.exe", id="right to left"),
        pytest.param("a\u2066b\u2069", "a[U+2066]b[U+2069]", id="isolates"),
        pytest.param(f"a{ZERO_WIDTH}123456", "a[U+200B]123456", id="no width"),
        pytest.param("\ufeffa\u00adb", "[U+FEFF]a[U+00AD]b", id="mark and soft hyphen"),
        pytest.param(f"a{FILLER}b", "a[U+3164]b", id="a letter that shows nothing"),
        pytest.param("a\U000e0041", "a[U+E0041]", id="a tag"),
        pytest.param(
            "a\nIssuer: Bank of Japan\tb\0", "a[U+000A]Issuer: Bank of Japan[U+0009]b[U+0000]", id="lines"
        ),
        pytest.param("\ue000", "[U+E000]", id="private use"),
        pytest.param("辻\U000e0100 葛\ufe00", "辻\U000e0100 葛\ufe00", id="variants of kanji stay"),
        pytest.param("株式会社αβ", "株式会社αβ", id="Greek in Japanese stays"),
        pytest.param("ab\u0336c\u20dd", "ab[U+0336]c[U+20DD]", id="marks that paint over"),
        pytest.param("e\u0301ö", "\u00e9ö", id="marks of letters stay"),
        pytest.param("か\u3099 G5", "か\u3099 G5", id="voicing marks stay"),
        pytest.param("ＣＡ G5", "Ｃ[U+FF23]Ａ[U+FF21] G5", id="full-width beside ASCII"),
        pytest.param("株式会社ＡＢＣ１２３", "株式会社ＡＢＣ１２３", id="full-width by itself stays"),
        pytest.param("a１23456", "a１[U+FF11]23456", id="a full-width digit among others"),
        pytest.param("\U0001d406aitame", "\U0001d406[U+1D406]aitame", id="mathematical"),
        pytest.param("\u0262\u0251itame", "\u0262[U+0262]\u0251[U+0251]itame", id="phonetic"),
        pytest.param("Straße Łódź ①", "Straße Łódź ①", id="European letters stay"),
        pytest.param("G\u13aa CA", "G\u13aa[U+13AA] CA", id="another script"),
    ],
)
def test_nothing_in_a_name_hides(ready: Page, name: str, marked: str) -> None:
    """What is unseen or turns the text around is shown as a mark; in the text to be copied, too."""
    card = judge_certificate(ready, mint.mint(cn=name))
    expect(card.locator(".check-facts")).to_contain_text(marked)
    assert not set(OVERRIDE + ZERO_WIDTH + FILLER) & set(ready.locator("#checker").text_content() or "")
    card.get_by_role("button", name="問い合わせ用の要約をコピー").click()
    expect(card.locator(".check-summary pre")).to_have_text(
        re.compile(rf"^CN: {re.escape(marked)}$", re.MULTILINE)
    )


def test_an_authoritys_name_in_other_letters(ready: Page) -> None:
    """Not taken for the authority's, and the letter is marked where the name is shown."""
    card = judge_certificate(ready, mint.mint(issuer_cn=HOMOGRAPH))
    expect(card).to_have_attribute("data-verdict", "unknown")
    assert "Gaitame CА[U+0410] - G5" in (card.text_content() or "")


def test_a_files_name_hides_nothing(ready: Page) -> None:
    """The name of the file, in its heading and in the table."""
    data = mint.encode_der(mint.mint())
    choose_files(ready, (f"a{OVERRIDE}rec.exe", data), ("b.cer", data))
    expect(ready.locator(".check-panel > h2").first).to_have_text("a[U+202E]rec.exe")
    expect(ready.locator(".check-files > tbody > tr > td").first).to_have_text("a[U+202E]rec.exe")


def test_no_address_in_a_certificate_becomes_a_link(ready: Page) -> None:
    """A `javascript:` in a field for addresses is at most text."""
    evil = "javascript:alert(1)"
    access = x509.AccessDescription(
        AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier(evil)
    )
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(evil)], None, None, None)
    certificate = mint.mint(
        cn=evil,
        email=evil,
        san=[x509.UniformResourceIdentifier(evil), x509.RFC822Name("a@example.jp")],
        extensions=[
            mint.build_extension(x509.AuthorityInformationAccess([access]), critical=False),
            mint.build_extension(x509.CRLDistributionPoints([point]), critical=False),
        ],
    )
    judge_certificate(ready, certificate)
    links = ready.locator("#checker a").evaluate_all("links => links.map(({protocol}) => protocol)")
    assert links
    assert set(links) <= {"http:", "https:"}


def test_very_long_names(ready: Page) -> None:
    """100 kB of letters without a space: the page stays as wide as it is, and answers."""
    ready.set_viewport_size({"width": 320, "height": 640})
    name = "a" * 100_000
    card = judge_certificate(ready, mint.mint(email=f"{name}@example.jp"))
    expect(card).to_contain_text(name[:1000])
    assert ready.evaluate("document.documentElement.scrollWidth") <= 320
    choose_files(ready, ("n.txt", b"no"))
    expect(ready.locator(".check-error[data-code=not_a_certificate]")).to_be_visible()
    ready.set_viewport_size({"width": 1280, "height": 720})


def test_lines_in_a_name_make_no_row(ready: Page) -> None:
    """In CSV a name with line ends, quotes and a formula stays one cell of one row."""
    name = '=1+1\r\n"a","b"\n@c'
    choose_files(ready, ("x.cer", mint.encode_der(mint.mint(cn=name))), ("n.txt", b"no"))
    expect(ready.locator(".check-files > tbody > tr")).to_have_count(2)
    with ready.expect_download() as download:
        ready.locator(".check-inventory").get_by_role("button", name="CSV").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(text, newline=""))
    assert dict(zip(head, first, strict=True))["CN"] == f"'{name}".replace("\n@c", "\n'@c")
    assert len(second) == len(head)


def test_thousands_of_certificates(ready: Page) -> None:
    """Eight files of 250 certificates are drawn as they come into view, and the page can be cleared."""
    certificates = [mint.mint(cn=f"m{number:05}") for number in range(250)]
    bundle = mint.encode_pem(*certificates)
    choose_files(ready, *((f"many-{number}.pem", bundle) for number in range(8)))
    table = ready.locator(".check-files > tbody > tr")
    expect(table).to_have_count(100, timeout=60_000)
    assert ready.locator(".check-card").count() < 500
    ready.get_by_role("button", name=re.compile("残りの1900件を表示する|Show the other 1900")).click()
    expect(table).not_to_have_count(100)
    ready.get_by_role("button", name=re.compile("すべて消す|Clear everything")).click()
    expect(ready.locator(".check-panel, tr")).to_have_count(0)
