"""RFC 5280 4.2.1.14: below inhibitAnyPolicy, anyPolicy matches no policy any more."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import CertificatePoliciesOID

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.certcheck.clauses.section_4_2_1_11 import REQUIRED, build_policy
from tests.support.mint import build_extension

ANY = build_extension(
    x509.CertificatePolicies([x509.PolicyInformation(CertificatePoliciesOID.ANY_POLICY, None)]),
    critical=False,
)
INHIBITED = build_extension(x509.InhibitAnyPolicy(0))
OPEN = issue_ca(ROOT, REQUIRED, build_policy(1))
SHUT = issue_ca(ROOT, REQUIRED, build_policy(1), INHIBITED)
CASES = (
    draw("ROOT -> CA (policy 1, required) -> holder (anyPolicy)", issue_holder(OPEN, ANY), OPEN),
    draw(
        "ROOT -> CA (policy 1, required, anyPolicy inhibited) -> holder (anyPolicy)",
        issue_holder(SHUT, ANY),
        SHUT,
        code="policy",
    ),
)
