"""RFC 5280 4.1.2.5: a certificate is valid from notBefore through notAfter, inclusive (6.1.3 (a)(2))."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.certcheck.clauses.case import ROOT, draw, issue_ca
from tests.support.mint import BOJ, build_key_usage, mint, mint_ca

NOW = datetime(2027, 3, 10, 3, tzinfo=UTC)  # the instant that the cases are judged by
SECOND = timedelta(seconds=1)
SIGNS = [build_key_usage("digital_signature")]
EXPIRED_CA = mint_ca(
    ROOT, cn=BOJ, not_after=NOW - SECOND, extensions=[build_key_usage("key_cert_sign", "crl_sign")]
)
CASES = (
    draw(
        "ROOT -> CA -> holder (until this second)",
        mint(ca := issue_ca(), not_after=NOW, extensions=SIGNS),
        ca,
    ),
    draw("ROOT -> CA -> holder (from this second)", mint(ca, not_before=NOW, extensions=SIGNS), ca),
    draw(
        "ROOT -> CA -> holder (until the second before)",
        mint(ca, not_after=NOW - SECOND, extensions=SIGNS),
        ca,
        code="expired",
    ),
    draw(
        "ROOT -> CA -> holder (from the next second)",
        mint(ca, not_before=NOW + SECOND, extensions=SIGNS),
        ca,
        code="not_yet_valid",
    ),
    draw(
        "ROOT -> CA (until the second before) -> holder",
        mint(EXPIRED_CA, extensions=SIGNS),
        EXPIRED_CA,
        code="expired",
    ),
)
