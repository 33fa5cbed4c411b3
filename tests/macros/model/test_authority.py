"""Trust anchors: CA certificates that the site's operator pins, by the certificate or by its digest."""

import datetime as dt
import hashlib

import pytest

from macros.model.authority import Anchor
from tests.support import mint

ROOT_CA = mint.mint_ca(cn="Root")
DIGEST = hashlib.sha256(mint.encode_der(ROOT_CA)).hexdigest()
CHECKED = dt.date(2026, 11, 30)


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor(pem=mint.encode_pem(ROOT_CA).decode(), source="letter", checked=CHECKED),
        Anchor(sha256=DIGEST, source="letter", checked=CHECKED),
    ],
    ids=["certificate", "digest"],
)
def test_the_fingerprint(anchor: Anchor) -> None:
    """It is the SHA-256 of the certificate's DER in groups of two, whichever form is pinned."""
    assert anchor.compute_fingerprint() == bytes.fromhex(DIGEST).hex(":").upper()
