"""Which names RFC 5280 7.1 has equal where a certificate's issuer is another one's subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.mint import BOJ, compute_sha256, encode_pem, generate_ec_key, mint, mint_ca

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Identity

ROOT = mint_ca(cn="Root")
ANCHOR = {"boj": [{"sha256": compute_sha256(ROOT)}]}


def build_chain(inspect_file: InspectFile, holder: Identity, ca: Identity) -> dict[str, Any]:
    """Return the holder's chain; the root is an anchor of its authority."""
    certificates = inspect_file(encode_pem(holder, ca, ROOT), anchors=ANCHOR)["certificates"]
    chain: dict[str, Any] = certificates[0]["chain"]
    return chain


@pytest.mark.parametrize(
    ("issuer_name", "subject_name"),
    [
        ("Gaitame CA - G5", "GAITAME ca - g5"),
        ("Gaitame CA - G5", " Gaitame  CA - G5 "),
        ("Gaitame CA - G5", "\N{FULLWIDTH LATIN CAPITAL LETTER G}aitame CA - G5"),
        ("Caf\N{LATIN SMALL LETTER E WITH ACUTE}", "Cafe\N{COMBINING ACUTE ACCENT}"),
        ("Gaitame CA - G5", "Gaitame\N{SOFT HYPHEN} CA - G5"),
    ],
)
def test_names_that_are_equal(inspect_file: InspectFile, issuer_name: str, subject_name: str) -> None:
    """RFC 5280 7.1, RFC 4518: case, blanks and forms of letters are folded where names chain.

    ``ROOT (anchor) -> CA, its name written otherwise -> holder``: trusted.
    """
    key = generate_ec_key()
    named, written = mint_ca(ROOT, cn=issuer_name, key=key), mint_ca(ROOT, cn=subject_name, key=key)
    chain = build_chain(inspect_file, mint(named), written)
    assert (chain["status"], len(chain["path"])) == ("trusted", 3)


@pytest.mark.parametrize("subject_name", ["Gaitame CA - G6", "GaitameCA - G5", "Gaitame CA \N{EN DASH} G5"])
def test_names_that_are_not_equal(inspect_file: InspectFile, subject_name: str) -> None:
    """RFC 5280 7.1: other letters, a missing blank, another dash. ``? -> holder`` is incomplete."""
    key = generate_ec_key()
    named, written = mint_ca(ROOT, cn=BOJ, key=key), mint_ca(ROOT, cn=subject_name, key=key)
    assert build_chain(inspect_file, mint(named), written)["status"] == "incomplete"
