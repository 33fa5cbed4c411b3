"""RFC 5280 7.1, 6.1.3 (a)(4): issuer and subject match but for case and blanks; other names do not chain."""

from __future__ import annotations

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.forge import replace_fields
from tests.support.mint import build_name

CA = issue_ca(cn="Gaitame CA - G5")
HOLDER = issue_holder(CA)
CASES = (
    draw(
        "ROOT -> CA -> holder (the issuer's name in other case and blanks)",
        replace_fields(HOLDER, CA, issuer=build_name(CN="GAITAME  ca - g5").public_bytes()),
        CA,
    ),
    draw(
        "ROOT -> CA -> holder (another issuer's name)",
        replace_fields(HOLDER, CA, issuer=build_name(CN="Another CA").public_bytes()),
        CA,
        code="incomplete",
    ),
    draw("ROOT -> holder", issue_holder(ROOT)),
)
