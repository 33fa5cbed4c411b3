"""A file that asks for too much is refused before the work, with the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.x509 import ObjectIdentifier, RFC822Name, UnrecognizedExtension

from certcheck import limits
from tests.support import mint_pkcs12 as p12
from tests.support.mint import PASSWORD, build_extension, encode_der, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
UTF8, BMP = PASSWORD.encode(), p12.encode_password(PASSWORD)


def build_closed_part(scheme: p12.Scheme) -> bytes:
    """Build a part that claims a scheme and is not encrypted by it, since that would take too long."""
    return p12.build_encrypted_part(scheme._replace(encrypt=bytes))


@pytest.mark.parametrize(
    ("parts", "limit"),
    [
        pytest.param([build_closed_part(p12.build_pbes2(UTF8, iterations=2**31))], "iterations", id="PBKDF2"),
        pytest.param(
            [build_closed_part(p12.build_pbes1(BMP, 2**31))], "iterations", id="PKCS #12's own derivation"
        ),
        pytest.param(
            [build_closed_part(p12.build_pbes2(UTF8, iterations=2**8000))],
            "iterations",
            id="a number beyond all numbers",
        ),
        pytest.param(
            [build_closed_part(p12.build_pbes2(UTF8, iterations=10**6))] * 11, "iterations", id="many parts"
        ),
        pytest.param(
            [build_closed_part(p12.build_scrypt(UTF8, 1024, 8, 2**12))], "iterations", id="scrypt's work"
        ),
        pytest.param(
            [build_closed_part(p12.build_scrypt(UTF8, 2**15))], "scrypt_memory", id="scrypt's memory"
        ),
        pytest.param(
            [
                p12.build_plain_part(
                    p12.build_key_bag(HOLDER, p12.build_pbes1(BMP, 2**31)._replace(encrypt=bytes))
                )
            ],
            "iterations",
            id="a key",
        ),
        pytest.param([p12.build_plain_part(*[p12.build_key_bag(HOLDER)] * 101)], "keys", id="keys"),
        pytest.param(
            [p12.build_plain_part(p12.build_bag(1, p12.encode_octets(bytes(10_000))))],
            "key_bytes",
            id="a huge key",
        ),
        pytest.param(
            [p12.build_plain_part(*[p12.build_certificate_bag(HOLDER)] * 501)],
            "certificates",
            id="certificates",
        ),
    ],
)
def test_limits(inspect_file: InspectFile, parts: list[bytes], limit: limits.Limit) -> None:
    """Each is looked at before the work, and told with its figures; the counts add up over the file."""
    error = inspect_file(p12.assemble_pfx(*parts), password=PASSWORD)["error"]
    assert (error["code"], error["detail"]["what"]) == ("over_limit", limit)
    assert error["detail"]["found"] > error["detail"]["allowed"] == limits.ALLOWED[limit]


def test_extensions_that_must_be_read_one_by_one(inspect_file: InspectFile) -> None:
    """One bad extension, for which the library refuses all, must not make a hundred others costly."""
    many = [
        build_extension(UnrecognizedExtension(ObjectIdentifier(f"1.2.3.{n}"), b""), critical=False)
        for n in range(100)
    ]
    data = encode_der(mint(san=[RFC822Name("a@example.co.jp")], extensions=many))
    allowed = limits.ALLOWED["extensions"]
    assert "certificates" in inspect_file(data)
    error = inspect_file(data.replace(b"a@example.co.jp", b"\xff@example.co.jp"))["error"]
    assert error == {"code": "over_limit", "detail": {"what": "extensions", "found": 104, "allowed": allowed}}
