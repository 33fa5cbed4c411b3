"""Windows' serialized stores, .sst, and single serialized certificates."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from tests.support.mint import compute_sha256, encode_der, get_root, mint

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
HEAD, END = b"\0\0\0\0CERT", bytes(12)


def build_element(kind: int, value: bytes) -> bytes:
    """Build an element: id, encoding, length, value."""
    return struct.pack("<III", kind, 1, len(value)) + value


FINGERPRINT = build_element(3, bytes(20))
NAME = build_element(11, "証明書\0".encode("utf-16-le"))
CERTIFICATE = build_element(32, encode_der(HOLDER))
ROOT = build_element(32, encode_der(get_root()))
LIST = build_element(33, b"a revocation list")


@pytest.mark.parametrize(
    ("data", "count"),
    [
        pytest.param(HEAD + CERTIFICATE + END, 1, id="no properties"),
        pytest.param(HEAD + FINGERPRINT + NAME + CERTIFICATE + FINGERPRINT + ROOT + END, 2, id="two"),
        pytest.param(HEAD + FINGERPRINT + LIST + CERTIFICATE + END, 1, id="a list beside it"),
        pytest.param(HEAD + CERTIFICATE + bytes(8), 1, id="a short end"),
        pytest.param(HEAD + CERTIFICATE, 1, id="no end"),
        pytest.param(FINGERPRINT + NAME + CERTIFICATE, 1, id="a single certificate"),
        pytest.param(CERTIFICATE, 1, id="a single certificate without properties"),
    ],
)
def test_certificates(inspect_file: InspectFile, data: bytes, count: int) -> None:
    """All certificates of a store are read, whatever properties and lists stand beside them."""
    file = inspect_file(data)
    fingerprints = [certificate["sha256"] for certificate in file["certificates"]]
    assert fingerprints == [compute_sha256(HOLDER), compute_sha256(get_root())][:count]
    assert file["format"] == "sst"


def test_a_bad_certificate_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """Its number counts the store's certificates."""
    file = inspect_file(HEAD + build_element(32, b"0\x03abc") + CERTIFICATE + END)
    assert [certificate["sha256"] for certificate in file["certificates"]] == [compute_sha256(HOLDER)]
    assert file["failures"][0]["detail"]["certificate"] == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(HEAD + END, "no_certificate", id="empty"),
        pytest.param(HEAD + LIST + END, "no_certificate", id="only a list"),
        pytest.param(HEAD + CERTIFICATE[:-1], "damaged", id="cut off"),
        pytest.param(HEAD + CERTIFICATE + b"\1\0", "damaged", id="half an element"),
        pytest.param(HEAD + struct.pack("<III", 32, 1, 2**32 - 1), "damaged", id="a length beyond the file"),
        pytest.param(FINGERPRINT, "not_a_certificate", id="only a property"),
        pytest.param(CERTIFICATE[:-1], "not_a_certificate", id="a single one, cut off"),
    ],
)
def test_unusable_stores(inspect_file: InspectFile, data: bytes, code: str) -> None:
    """A store without certificates, and one that is cut off, are named as such."""
    assert inspect_file(data)["error"]["code"] == code
