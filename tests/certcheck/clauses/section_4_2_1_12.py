"""RFC 5280 4.2.1.12: a key is used for the purposes in extendedKeyUsage only; here, to sign in."""

from __future__ import annotations

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.certcheck.clauses.case import ROOT, draw, issue_holder
from tests.support.mint import build_extension

CLIENT = build_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
SERVER = build_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
CASES = (
    draw("ROOT -> holder (clientAuth)", issue_holder(ROOT, CLIENT)),
    draw("ROOT -> holder (serverAuth)", issue_holder(ROOT, SERVER), code="extended_key_usage"),
)
