"""RFC 5280 6.1.3 (a)(1): the issuer's public key verifies the signature."""

from __future__ import annotations

from tests.certcheck.clauses.case import draw, issue_ca, issue_holder
from tests.support.mint import encode_der

CA, SAME_NAME = issue_ca(), issue_ca()
CHANGED = encode_der(issue_holder(CA)).replace(b"a123456", b"a123457")
CASES = (
    draw("ROOT -> CA -> holder", issue_holder(CA), CA),
    draw("ROOT -> CA -> holder (changed after it was signed)", CHANGED, CA, code="broken"),
    draw("ROOT -> CA -> holder of another CA of that name", issue_holder(SAME_NAME), CA, code="broken"),
)
