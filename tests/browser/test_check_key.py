"""A private key in a file of its own: which of the certificates that were chosen with it it fits."""

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from playwright.sync_api import Page, expect

from tests.browser.checker import Language, choose_files, enter_password, expand_row, select_words
from tests.support import mint

pytestmark = pytest.mark.parametrize("mounted", ["/"], indirect=True, ids=["at-root"], scope="session")
HOLDER, OTHER = mint.mint(), mint.mint(cn="b222222", serial=2)
CERTIFICATE = ("x.cer", mint.encode_der(HOLDER))


def encode_key(identity: mint.Identity, password: str | None = None) -> bytes:
    """Encode an identity's private key in PEM."""
    protection = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def test_a_key_that_fits(ready: Page, language: Language) -> None:
    """The certificate is named with its file; its own verdict stays; nothing of the key is on the page."""
    key = encode_key(HOLDER)
    choose_files(ready, CERTIFICATE, ("y.cer", mint.encode_der(OTHER)), ("x.key", key))
    answer = expand_row(ready, "x.key").locator("[data-private-key='key.fits']")
    expect(answer.locator("h3")).to_have_text(
        select_words(
            language,
            "この秘密キーは、選んだファイルにある次の証明書のものです。",
            "This private key belongs to a chosen certificate:",
        )
    )
    expect(answer.locator("li")).to_have_count(1)
    expect(answer.locator("li")).to_contain_text("a123456")
    expect(answer.locator("li")).to_contain_text("x.cer")
    expect(expand_row(ready, "x.cer").locator(".check-card")).to_have_attribute("data-verdict", "open")
    assert key.decode().splitlines()[1] not in ready.content()
    row = ready.locator(".check-files > tbody > tr", has_text="x.key").first
    expect(row).to_contain_text(select_words(language, "証明書と一致", "fits a certificate"))


def test_a_key_that_fits_none(ready: Page, language: Language) -> None:
    """It says so, and what to do next; an encrypted one asks for its password first."""
    choose_files(ready, CERTIFICATE, ("y.key", encode_key(OTHER, "secret")))
    expect(ready.locator(".check-error[data-code=password_required]")).to_be_visible()
    enter_password(ready, "wrong")
    expect(ready.locator(".check-error[data-code=wrong_password]")).to_be_visible()
    enter_password(ready, "secret")
    answer = ready.locator("[data-private-key='key.fits_none']")
    expect(answer.locator("h3")).to_be_focused()
    expect(answer).to_contain_text(
        select_words(language, "そのときに作ったキーのファイルを探して", "find the key's file of that time")
    )
