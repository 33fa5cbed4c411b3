"""RFC 5280 4.1.1.2: both signature algorithm fields of a certificate MUST contain the same identifier."""

from __future__ import annotations

from tests.certcheck.clauses.case import ROOT, draw, issue_holder
from tests.support.forge import replace_fields
from tests.support.mint_pkcs12 import encode_oid, encode_sequence

HOLDER = issue_holder()
ECDSA_SHA384 = encode_sequence(encode_oid("1.2.840.10045.4.3.3"))
CASES = (
    draw("ROOT -> holder", HOLDER),
    draw(
        "ROOT -> holder (signed over SHA-256, SHA-384 inside)",
        replace_fields(HOLDER, ROOT, algorithm=ECDSA_SHA384),
        code="nonconforming",
    ),
)
