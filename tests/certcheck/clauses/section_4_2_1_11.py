"""RFC 5280 4.2.1.11: below requireExplicitPolicy, a path needs a policy that is valid all the way (6.1.5)."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.certcheck.clauses.case import ROOT, draw, issue_ca, issue_holder
from tests.support.mint import build_extension

REQUIRED = build_extension(x509.PolicyConstraints(require_explicit_policy=0, inhibit_policy_mapping=None))


def build_policy(number: int) -> x509.Extension[x509.ExtensionType]:
    """Build certificatePolicies with a policy."""
    policy = x509.PolicyInformation(ObjectIdentifier(f"2.999.{number}"), None)
    return build_extension(x509.CertificatePolicies([policy]), critical=False)


STRICT = issue_ca(ROOT, REQUIRED, build_policy(1))
CASES = (
    draw(
        "ROOT -> CA (policy 1, required) -> holder (policy 1)", issue_holder(STRICT, build_policy(1)), STRICT
    ),
    draw(
        "ROOT -> CA (policy 1, required) -> holder (policy 2)",
        issue_holder(STRICT, build_policy(2)),
        STRICT,
        code="policy",
    ),
    draw("ROOT -> CA (policy 1, required) -> holder", issue_holder(STRICT), STRICT, code="policy"),
    draw("ROOT -> CA (policy 1) -> holder", issue_holder(free := issue_ca(ROOT, build_policy(1))), free),
)
