"""Saving the certificate of a .pfx without its private key."""

import re

import pytest
from cryptography.hazmat.primitives.serialization import pkcs7
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, enter_password, find_card, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER = mint.mint()
ROOT = mint.get_root()


def open_pfx(page: Page, holder: mint.Identity = HOLDER) -> None:
    """Open a .pfx with its password, and unfold the buttons."""
    choose_files(page, ("x.pfx", mint.build_pfx(holder, others=[ROOT])))
    enter_password(page, mint.PASSWORD)
    find_card(page, holder).locator("details:has([data-save]) summary").click()


def save_certificate(page: Page, holder: mint.Identity, form: str) -> tuple[str, bytes]:
    """Press a button; return the file's name and bytes."""
    with page.expect_download() as download:
        find_card(page, holder).locator(f"[data-save={form}]").click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_the_files(ready: Page, language: Language) -> None:
    """Byte for byte, under the holder's name and the last day; what browsers keep is said."""
    open_pfx(ready)
    assert save_certificate(ready, HOLDER, "cer") == ("a123456_2027-03-31.cer", mint.encode_der(HOLDER))
    assert save_certificate(ready, HOLDER, "pem") == ("a123456_2027-03-31.pem", mint.encode_pem(HOLDER))
    name, data = save_certificate(ready, HOLDER, "p7b")
    assert name == "a123456_2027-03-31.p7b"
    assert set(pkcs7.load_der_pkcs7_certificates(data)) == {HOLDER.certificate, ROOT.certificate}
    expect(find_card(ready, HOLDER)).to_contain_text(
        select_words(
            language,
            "ブラウザーは、保存したファイルの名前を履歴に残します。",
            "Browsers keep the names of saved files in their history.",
        )
    )


@pytest.mark.parametrize("cn", ["../../\u202eevil.exe", "山田 太郎", "CON", "x" * 60, "a<b>:|?*"])
def test_a_name_leads_nowhere(ready: Page, cn: str) -> None:
    """Whatever stands in the certificate, the name has safe letters, a bounded length and its own ending."""
    holder = mint.mint(subject=mint.build_name(CN=cn), issuer_cn="Some CA")
    open_pfx(ready, holder)
    name, data = save_certificate(ready, holder, "cer")
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}_2027-03-31\.cer", name), name
    assert data == mint.encode_der(holder)


def test_a_file_without_a_key_is_not_offered(ready: Page) -> None:
    """A .cer needs no saving without its key."""
    choose_files(ready, ("x.cer", mint.encode_der(HOLDER)))
    expect(find_card(ready, HOLDER)).to_be_visible()
    expect(ready.locator("[data-save]")).to_have_count(0)
