"""A PKCS #12 that Windows protects to an account or a group instead of a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.mint import PASSWORD, mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_content_info,
    build_encrypted_part,
    build_mac,
    build_pbes1,
    build_plain_part,
    build_secret_bag,
    encode_oid,
    encode_password,
    encode_sequence,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
BMP = encode_password(PASSWORD)
WINDOWS_SECRET = "1.3.6.1.4.1.311.17.4"
DPAPI_NG = "1.3.6.1.4.1.311.74.1"


@pytest.mark.parametrize("password", [None, "x"])
def test_protected_to_a_windows_account(inspect_file: InspectFile, password: str | None) -> None:
    """Windows keeps a password of its own making inside, for an account of its domain to read."""
    secret = build_plain_part(build_secret_bag(WINDOWS_SECRET, b"DPAPI-NG blob"))
    data = assemble_pfx(
        secret, build_encrypted_part(build_pbes1(BMP), build_certificate_bag(HOLDER)), mac=build_mac(BMP)
    )
    assert inspect_file(data, password=password)["error"] == {"code": "windows_account", "detail": {}}
    assert inspect_file(data, password=PASSWORD)["password_form"] == "as_typed"


def test_encrypted_for_a_windows_account(inspect_file: InspectFile) -> None:
    """The same of a whole part: enveloped for DPAPI-NG; a part enveloped for anyone else is unsupported."""
    enveloped = [
        assemble_pfx(build_content_info("1.2.840.113549.1.7.3", encode_sequence(encode_oid(recipient))))
        for recipient in (DPAPI_NG, "1.2.3")
    ]
    account, other = enveloped
    assert inspect_file(account)["error"]["code"] == "windows_account"
    assert inspect_file(other)["error"]["detail"] == {"algorithm": "envelopedData"}
