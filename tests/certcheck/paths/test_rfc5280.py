"""What RFC 5280 demands of the certificates of a path: one deviation each, named where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import CertificatePoliciesOID, ExtendedKeyUsageOID, ObjectIdentifier

from tests.support.mint import BOJ, der, ec_key, extension, key_usage, mint, mint_ca, p7b, pem, sha256

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Identity

ROOT = mint_ca(cn="Root")
UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("2.999.1"), b"\x05\x00")
SERVERS = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
ANCHOR = {"boj": [{"sha256": sha256(ROOT)}]}


def chain(inspect_file: InspectFile, *identities: Identity, anchored: bool = True) -> dict[str, Any]:
    """Return the chain of the first; the root is an anchor of its authority."""
    found = inspect_file(p7b(*identities, ROOT), anchors=ANCHOR if anchored else None)["certificates"]
    of_first: dict[str, Any] = next(
        each["chain"] for each in found if each["sha256"] == sha256(identities[0])
    )
    return of_first


def codes(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the problems' codes and places."""
    return [(each["code"], each["at"]) for each in found["problems"]]


BARRED = {
    "not_a_ca": mint(ROOT, cn=BOJ, email=None),
    "key_usage": mint_ca(ROOT, cn=BOJ, extensions=[key_usage("digital_signature", "crl_sign")]),
    "unknown_critical_extension": mint_ca(ROOT, cn=BOJ, extensions=[extension(UNKNOWN)]),
    "name_constraints": mint_ca(
        ROOT,
        cn=BOJ,
        extensions=[extension(x509.NameConstraints(None, [x509.DirectoryName(mint().certificate.subject)]))],
    ),
}


@pytest.mark.parametrize("code", BARRED)
def test_an_issuer_that_bars_the_path(inspect_file: InspectFile, code: str) -> None:
    """RFC 5280 6.1.4 (k), (n), (o), 6.1.3 (b): its signature verifies, and yet it carries no path."""
    holder = mint(BARRED[code])
    found = chain(inspect_file, holder, BARRED[code])
    assert found["status"] == "broken"
    assert found["path"] == [sha256(holder), sha256(BARRED[code]), sha256(ROOT)]
    assert codes(found) == [(code, sha256(BARRED[code]))]


@pytest.mark.parametrize("code", BARRED)
def test_a_sound_issuer_is_preferred(inspect_file: InspectFile, code: str) -> None:
    """Where the same key has a certificate that may issue, the path leads over that one, without problems."""
    barred = BARRED[code]
    sound = mint_ca(ROOT, cn=BOJ, key=barred.key)
    holder = mint(sound)
    found = chain(inspect_file, holder, barred, sound)
    assert (found["status"], found["problems"]) == ("trusted", [])
    assert found["path"] == [sha256(holder), sha256(sound), sha256(ROOT)]


@pytest.mark.parametrize(("limit", "status"), [(0, "broken"), (1, "trusted"), (None, "trusted")])
def test_path_length(inspect_file: InspectFile, limit: int | None, status: str) -> None:
    """RFC 5280 6.1.4 (m): no more CAs follow than pathLenConstraint says; named at the CA that says so."""
    upper = mint_ca(ROOT, cn="Upper", path_length=limit)
    issuing = mint_ca(upper, cn=BOJ)
    found = chain(inspect_file, mint(issuing), issuing, upper)
    assert found["status"] == status
    assert codes(found) == ([("path_length", sha256(upper))] if status == "broken" else [])


def test_the_holder_does_not_count_into_the_path_length(inspect_file: InspectFile) -> None:
    """RFC 5280 4.2.1.9: a limit of 0 is that of a CA which issues to holders only."""
    issuing = mint_ca(ROOT, cn=BOJ, path_length=0)
    assert chain(inspect_file, mint(issuing), issuing)["status"] == "trusted"


def test_self_issued_cas_do_not_count_into_the_path_length(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.4 (l): a CA that certifies its own new key has not handed on its right."""
    old = mint_ca(ROOT, cn=BOJ, path_length=0)
    new = mint_ca(old, cn=BOJ)
    found = chain(inspect_file, mint(new), new, old)
    assert (found["status"], len(found["path"])) == ("trusted", 4)


def test_a_holder_with_an_unknown_critical_extension(inspect_file: InspectFile) -> None:
    """RFC 5280 4.2: who relies on it must reject it; an unknown one that is not critical is ignored."""
    critical = mint(ROOT, extensions=[extension(UNKNOWN)])
    found = chain(inspect_file, critical)
    assert (found["status"], len(found["path"])) == ("broken", 2)
    assert codes(found) == [("unknown_critical_extension", sha256(critical))]
    ignored = mint(ROOT, extensions=[extension(UNKNOWN, critical=False)])
    assert chain(inspect_file, ignored)["status"] == "trusted"


def test_a_critical_extension_that_cannot_be_read(inspect_file: InspectFile) -> None:
    """RFC 5280 4.2: also one that is known and holds what cannot be processed is rejected, if critical."""
    spoilt = {True: "broken", False: "trusted"}
    for critical, status in spoilt.items():
        malformed = x509.UnrecognizedExtension(x509.ExtendedKeyUsage.oid, b"\x05\x00")
        found = chain(inspect_file, mint(ROOT, extensions=[extension(malformed, critical=critical)]))
        assert found["status"] == status


def test_a_policy_that_is_demanded_is_not_evaluated(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.5 (g): the policy tree is not built here, so that what depends on it is refused."""
    demanding = mint_ca(ROOT, cn=BOJ, extensions=[extension(x509.PolicyConstraints(0, None))])
    found = chain(inspect_file, mint(demanding), demanding)
    assert codes(found) == [("unknown_critical_extension", sha256(demanding))]


def test_policies_without_demand_are_no_obstacle(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.1 (c), (e): nobody here asks for a policy, so that any will do, critical or not."""
    policy = x509.PolicyInformation(CertificatePoliciesOID.CPS_QUALIFIER, None)
    holder = mint(ROOT, extensions=[extension(x509.CertificatePolicies([policy]))])
    assert chain(inspect_file, holder)["status"] == "trusted"


@pytest.mark.parametrize(
    ("bad", "good", "code"),
    [
        (key_usage("key_encipherment"), key_usage("digital_signature"), "key_usage"),
        (
            extension(SERVERS),
            extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])),
            "extended_key_usage",
        ),
        (
            extension(SERVERS, critical=False),
            extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])),
            "extended_key_usage",
        ),
    ],
)
def test_what_the_holder_may_use_it_for(
    inspect_file: InspectFile,
    bad: x509.Extension[x509.ExtensionType],
    good: x509.Extension[x509.ExtensionType],
    code: str,
) -> None:
    """RFC 5280 4.2.1.3, 4.2.1.12: who logs in signs, as a client; of its origin that says nothing."""
    unfit = mint(ROOT, extensions=[bad])
    found = chain(inspect_file, unfit)
    assert (found["status"], codes(found)) == ("trusted", [(code, sha256(unfit))])
    assert chain(inspect_file, mint(ROOT, extensions=[good]))["problems"] == []


def test_purposes_of_a_ca_in_between(inspect_file: InspectFile) -> None:
    """Windows lets a CA's extendedKeyUsage limit what it issues: noted at the CA, but not at a root."""
    servers = mint_ca(ROOT, cn=BOJ, extensions=[extension(SERVERS, critical=False)])
    found = chain(inspect_file, mint(servers), servers)
    assert (found["status"], codes(found)) == ("trusted", [("extended_key_usage", sha256(servers))])
    root = mint_ca(cn=BOJ, extensions=[extension(SERVERS, critical=False)])
    assert inspect_file(pem(mint(root), root))["chain"]["problems"] == []


def test_a_ca_need_not_sign_data(inspect_file: InspectFile) -> None:
    """Who logs in needs digitalSignature; a CA's own certificate does without."""
    issuing = mint_ca(ROOT, cn=BOJ, extensions=[key_usage("key_cert_sign", "crl_sign")])
    assert chain(inspect_file, issuing)["problems"] == []
    assert chain(inspect_file, mint(issuing), issuing)["status"] == "trusted"


def test_an_anchor_may_be_of_version_1(inspect_file: InspectFile) -> None:
    """Old roots cannot say that they are CAs: the operator does. Without an operator such a root is none."""
    old = mint(self_signed=True, subject=mint_ca(cn=BOJ).certificate.subject)
    holder = mint(old)
    pool = pem(holder, old)
    trusted = inspect_file(pool, anchors={"boj": [{"sha256": sha256(old)}]})["certificates"][0]["chain"]
    assert (trusted["status"], trusted["problems"]) == ("trusted", [])
    alone = inspect_file(pool)["certificates"][0]["chain"]
    assert (alone["status"], codes(alone)) == ("broken", [("not_a_ca", sha256(old))])


def test_problems_stand_in_the_order_of_the_path(inspect_file: InspectFile) -> None:
    """Several at once: the holder's own first, and no other than these."""
    issuing = mint_ca(ROOT, cn=BOJ, extensions=[key_usage("crl_sign")])
    holder = mint(issuing, extensions=[key_usage("key_agreement"), extension(SERVERS)])
    assert codes(chain(inspect_file, holder, issuing)) == [
        ("key_usage", sha256(holder)),
        ("extended_key_usage", sha256(holder)),
        ("key_usage", sha256(issuing)),
    ]


def test_barred_is_not_recognised_by_signature(inspect_file: InspectFile) -> None:
    """What must be rejected is not told by its signature; its name remains a name."""
    holder = mint(mint_ca(ROOT, cn=BOJ, key=ec_key()), extensions=[extension(UNKNOWN)])
    found = inspect_file(der(holder), anchors=ANCHOR)["certificates"][0]
    assert found["recognised_by"] == "name"
