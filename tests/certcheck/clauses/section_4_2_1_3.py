"""RFC 5280 4.2.1.3: the key of a CA whose keyUsage lacks keyCertSign verifies no certificate (6.1.4 (n))."""

from __future__ import annotations

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.mint import build_key_usage

SIGNS_LISTS = issue_ca(key_usage=build_key_usage("digital_signature", "crl_sign"))
CASES = (
    draw("ROOT -> CA (keyCertSign) -> holder", issue_holder(ca := issue_ca()), ca),
    draw(
        "ROOT -> CA (without keyCertSign) -> holder", issue_holder(SIGNS_LISTS), SIGNS_LISTS, code="key_usage"
    ),
    draw(
        "ROOT -> holder (keyEncipherment only, to sign in with)",
        issue_holder(ROOT, key_usage=build_key_usage("key_encipherment")),
        code="key_usage",
    ),
)
