"""A PKCS #12 that asks for too much is refused before the work, with the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from certcheck import limits
from tests.mint import PASSWORD, mint
from tests.mint_pkcs12 import (
    Scheme,
    bag,
    bmp,
    certificate_bag,
    encrypted,
    key_bag,
    octets,
    pbes1,
    pbes2,
    pfx,
    plain,
    scrypt,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectOne

HOLDER = mint()
UTF8, BMP = PASSWORD.encode(), bmp(PASSWORD)


def closed(scheme: Scheme) -> bytes:
    """Return a part that says it is encrypted so, and is not, since that would take too long."""
    return encrypted(scheme._replace(encrypt=bytes))


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        pytest.param([closed(pbes2(UTF8, rounds=2**31))], "iterations", id="PBKDF2"),
        pytest.param([closed(pbes1(BMP, 2**31))], "iterations", id="PKCS #12's own derivation"),
        pytest.param([closed(pbes2(UTF8, rounds=2**8000))], "iterations", id="a number beyond all numbers"),
        pytest.param([closed(pbes2(UTF8, rounds=10**6))] * 11, "iterations", id="many parts"),
        pytest.param([closed(scrypt(UTF8, 1024, 8, 2**12))], "iterations", id="scrypt's work"),
        pytest.param([closed(scrypt(UTF8, 2**15))], "scrypt_memory", id="scrypt's memory"),
        pytest.param(
            [plain(key_bag(HOLDER, pbes1(BMP, 2**31)._replace(encrypt=bytes)))], "iterations", id="a key"
        ),
        pytest.param([plain(*[key_bag(HOLDER)] * 21)], "keys", id="keys"),
        pytest.param([plain(bag(1, octets(bytes(10_000))))], "key_bytes", id="a huge key"),
        pytest.param([plain(*[certificate_bag(HOLDER)] * 501)], "certificates", id="certificates"),
    ],
)
def test_limits(inspect_one: InspectOne, parts: list[bytes], what: limits.Limit) -> None:
    """Each is looked at before the work, and told with its figures; the counts add up over the file."""
    error = inspect_one(pfx(*parts), password=PASSWORD)["error"]
    assert (error["code"], error["detail"]["what"]) == ("over_limit", what)
    assert error["detail"]["found"] > error["detail"]["allowed"] == limits.ALLOWED[what]
