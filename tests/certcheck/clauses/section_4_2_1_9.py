"""RFC 5280 4.2.1.9: only a CA issues, and no more CAs follow than its pathLenConstraint (6.1.4 (k) to (m)).

A CA that certifies its own new key is not counted.
"""

from __future__ import annotations

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.mint import BOJ, build_key_usage, mint

NO_CA = mint(ROOT, cn=BOJ, email=None, extensions=[build_key_usage("digital_signature", "key_cert_sign")])
NONE_BELOW = issue_ca(path_length=0)
UPPER = issue_ca(cn="Upper", path_length=0)
LOWER = issue_ca(UPPER)
ONE_BELOW = issue_ca(cn="Upper", path_length=1)
BELOW = issue_ca(ONE_BELOW)
NEW_KEY = issue_ca(NONE_BELOW)
CASES = (
    draw("ROOT -> holder -> holder", issue_holder(NO_CA), NO_CA, code="not_a_ca"),
    draw("ROOT -> CA (0) -> holder", issue_holder(NONE_BELOW), NONE_BELOW),
    draw("ROOT -> CA (1) -> CA -> holder", issue_holder(BELOW), BELOW, ONE_BELOW),
    draw("ROOT -> CA (0) -> CA -> holder", issue_holder(LOWER), LOWER, UPPER, code="path_length"),
    draw("ROOT -> CA (0) -> the same CA's new key -> holder", issue_holder(NEW_KEY), NEW_KEY, NONE_BELOW),
)
