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


def test_a_fingerprint_is_taken_as_windows_and_openssl_print_it() -> None:
    """Capitals, colons, spaces and full-width digits are what people paste and type."""
    digest = "0123456789abcdef" * 4
    printed = ":".join(digest[position : position + 2] for position in range(0, 64, 2)).upper()
    for form in (digest, printed, printed.replace(":", " "), printed.replace("0", "０")):
        anchor = Anchor.model_validate({"sha256": form, "source": "paper", "checked": CHECKED})
        assert anchor.sha256 == digest
        assert anchor.compute_fingerprint() == printed
