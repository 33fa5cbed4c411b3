"""MACs with hashes that only the library computes, and with one that it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support import mint_pkcs12 as p12
from tests.support.mint import PASSWORD, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
ENCODED = p12.encode_password(PASSWORD)
MACS = {
    "sha512_224": ("2.16.840.1.101.3.4.2.5", "SHA-512/224"),
    "sha512_256": ("2.16.840.1.101.3.4.2.6", "SHA-512/256"),
    "sha3_224": ("2.16.840.1.101.3.4.2.7", "SHA3-224"),
    "sha3_256": ("2.16.840.1.101.3.4.2.8", "SHA3-256"),
    "sha3_384": ("2.16.840.1.101.3.4.2.9", "SHA3-384"),
    "sha3_512": ("2.16.840.1.101.3.4.2.10", "SHA3-512"),
    "blake2b": ("1.3.6.1.4.1.1722.12.2.1.16", "BLAKE2b-512"),
    "blake2s": ("1.3.6.1.4.1.1722.12.2.2.8", "BLAKE2s-256"),
    "ripemd160": ("1.3.36.3.2.1", "RIPEMD-160"),
    "sm3": ("1.2.156.10197.1.401", "SM3"),
}


def build_pfx_with_mac(monkeypatch: pytest.MonkeyPatch, name: str, oid: str) -> bytes:
    """Build a file whose MAC is made with hashlib's hash of that name, and says to be made with the OID's."""
    monkeypatch.setitem(p12.HASHES, name, oid)
    part = p12.build_encrypted_part(p12.build_pbes1(ENCODED), p12.build_certificate_bag(HOLDER))
    key = p12.build_plain_part(p12.build_key_bag(HOLDER, p12.build_pbes1(ENCODED)))
    return p12.assemble_pfx(part, key, mac=p12.build_mac(ENCODED, name))


@pytest.mark.parametrize("name", MACS)
def test_hashes(inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The library verifies them: they open with their password only."""
    oid, usual_name = MACS[name]
    data = build_pfx_with_mac(monkeypatch, name, oid)
    file = inspect_file(data, password=PASSWORD)
    assert (file["password_form"], file["pkcs12"]["mac"]) == ("as_typed", usual_name)
    assert inspect_file(data, password="wrong")["error"]["code"] == "wrong_password"


def test_md2(inspect_file: InspectFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """No password opens it, and the file is not damaged: the algorithm is named."""
    data = build_pfx_with_mac(monkeypatch, "md5", "1.2.840.113549.2.2")
    error = {"code": "unsupported_algorithm", "detail": {"algorithm": "MD2"}}
    assert inspect_file(data, password=PASSWORD)["error"] == error
