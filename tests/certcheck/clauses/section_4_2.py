"""RFC 5280 4.2: a critical extension that is not known rejects the certificate; none stands there twice."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.forge import build_extension_bytes, replace_fields
from tests.support.mint import build_extension
from tests.support.mint_pkcs12 import encode_sequence, encode_tlv

UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("2.999.1"), b"\x05\x00")
CRITICAL_CA = issue_ca(ROOT, build_extension(UNKNOWN))
HOLDER = issue_holder()
KEY_USAGE = build_extension_bytes("2.5.29.15", b"\x03\x02\x07\x80", is_critical=True)
CASES = (
    draw(
        "ROOT -> holder (unknown, not critical)", issue_holder(ROOT, build_extension(UNKNOWN, critical=False))
    ),
    draw(
        "ROOT -> holder (unknown, critical)",
        issue_holder(ROOT, build_extension(UNKNOWN)),
        code="unknown_critical_extension",
    ),
    draw(
        "ROOT -> CA (unknown, critical) -> holder",
        issue_holder(CRITICAL_CA),
        CRITICAL_CA,
        code="unknown_critical_extension",
    ),
    draw(
        "ROOT -> holder (keyUsage twice)",
        replace_fields(HOLDER, ROOT, extensions=encode_tlv(0xA3, encode_sequence(KEY_USAGE, KEY_USAGE))),
        code="unreadable_extension",
    ),
)
