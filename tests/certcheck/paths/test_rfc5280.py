"""What RFC 5280 demands of the certificates of a path: a deviation a test, named at its certificate.

Unless a test draws another path, it is ``ROOT (anchor) -> CA that deviates -> holder``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import CertificatePoliciesOID, ExtendedKeyUsageOID, ObjectIdentifier

from tests.support.forge import forge_certificate
from tests.support.mint import (
    BOJ,
    build_extension,
    build_key_usage,
    build_name,
    build_p7b,
    compute_sha256,
    encode_der,
    encode_pem,
    generate_ec_key,
    mint,
    mint_ca,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile
    from tests.support.mint import Identity

ROOT = mint_ca(cn="Root")
UNKNOWN = x509.UnrecognizedExtension(ObjectIdentifier("2.999.1"), b"\x05\x00")
SERVER_PURPOSE = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
ANCHOR = {"boj": [{"sha256": compute_sha256(ROOT)}]}


def build_chain(inspect_file: InspectFile, *identities: Identity) -> dict[str, Any]:
    """Return the chain of the first certificate; the root is an anchor of its authority."""
    certificates = inspect_file(build_p7b(*identities, ROOT), anchors=ANCHOR)["certificates"]
    chains: dict[str, dict[str, Any]] = {
        certificate["sha256"]: certificate["chain"] for certificate in certificates
    }
    return chains[compute_sha256(identities[0])]


def list_problems(chain: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the problems' codes and places."""
    return [(problem["code"], problem["at"]) for problem in chain["problems"]]


BARRED_CAS = {
    "not_a_ca": mint(ROOT, cn=BOJ, email=None),
    "key_usage": mint_ca(ROOT, cn=BOJ, extensions=[build_key_usage("digital_signature", "crl_sign")]),
    "unknown_critical_extension": mint_ca(ROOT, cn=BOJ, extensions=[build_extension(UNKNOWN)]),
    "name_constraints": mint_ca(
        ROOT,
        cn=BOJ,
        extensions=[
            build_extension(x509.NameConstraints(None, [x509.DirectoryName(mint().certificate.subject)]))
        ],
    ),
}


@pytest.mark.parametrize("code", BARRED_CAS)
def test_an_issuer_that_bars_the_path(inspect_file: InspectFile, code: str) -> None:
    """RFC 5280 6.1.4 (k), (n), (o), 6.1.3 (b): its signature verifies, and yet it carries no path.

    ``ROOT (anchor) -> barred CA -> holder``: broken.
    """
    holder = mint(BARRED_CAS[code])
    chain = build_chain(inspect_file, holder, BARRED_CAS[code])
    assert chain["status"] == "broken"
    assert chain["path"] == [compute_sha256(holder), compute_sha256(BARRED_CAS[code]), compute_sha256(ROOT)]
    assert list_problems(chain) == [(code, compute_sha256(BARRED_CAS[code]))]


@pytest.mark.parametrize("code", BARRED_CAS)
def test_a_sound_issuer_is_preferred(inspect_file: InspectFile, code: str) -> None:
    """``ROOT (anchor) -> sound CA -> holder``, not over the barred certificate of the same name and key."""
    barred = BARRED_CAS[code]
    sound = mint_ca(ROOT, cn=BOJ, key=barred.key)
    holder = mint(sound)
    chain = build_chain(inspect_file, holder, barred, sound)
    assert (chain["status"], chain["problems"]) == ("trusted", [])
    assert chain["path"] == [compute_sha256(holder), compute_sha256(sound), compute_sha256(ROOT)]


@pytest.mark.parametrize(("limit", "status"), [(0, "broken"), (1, "trusted"), (None, "trusted")])
def test_path_length(inspect_file: InspectFile, limit: int | None, status: str) -> None:
    """RFC 5280 6.1.4 (m): no more CAs follow than pathLenConstraint says; named at the CA that sets it.

    ``ROOT (anchor) -> Upper with a path length -> ISSUING -> holder``.
    """
    upper = mint_ca(ROOT, cn="Upper", path_length=limit)
    issuing = mint_ca(upper, cn=BOJ)
    chain = build_chain(inspect_file, mint(issuing), issuing, upper)
    assert chain["status"] == status
    assert list_problems(chain) == ([("path_length", compute_sha256(upper))] if status == "broken" else [])


def test_the_holder_does_not_count_into_the_path_length(inspect_file: InspectFile) -> None:
    """RFC 5280 4.2.1.9: a path length of 0 is that of a CA which issues to holders only.

    ``ROOT (anchor) -> CA with path length 0 -> holder``: trusted.
    """
    issuing = mint_ca(ROOT, cn=BOJ, path_length=0)
    assert build_chain(inspect_file, mint(issuing), issuing)["status"] == "trusted"


def test_self_issued_cas_do_not_count_into_the_path_length(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.4 (l): a CA that certifies its own new key has delegated nothing.

    ``ROOT (anchor) -> BOJ with path length 0 -> BOJ with a new key -> holder``: trusted.
    """
    old = mint_ca(ROOT, cn=BOJ, path_length=0)
    new = mint_ca(old, cn=BOJ)
    chain = build_chain(inspect_file, mint(new), new, old)
    assert (chain["status"], len(chain["path"])) == ("trusted", 4)


def test_a_holder_with_an_unknown_critical_extension(inspect_file: InspectFile) -> None:
    """RFC 5280 4.2: a relying party must reject it; an unknown one that is not critical is ignored.

    ``ROOT (anchor) -> holder with the extension``.
    """
    critical = mint(ROOT, extensions=[build_extension(UNKNOWN)])
    chain = build_chain(inspect_file, critical)
    assert (chain["status"], len(chain["path"])) == ("broken", 2)
    assert list_problems(chain) == [("unknown_critical_extension", compute_sha256(critical))]
    ignored = mint(ROOT, extensions=[build_extension(UNKNOWN, critical=False)])
    assert build_chain(inspect_file, ignored)["status"] == "trusted"


@pytest.mark.parametrize("critical", [True, False])
def test_an_unread_extension_that_only_matters_if_critical(
    inspect_file: InspectFile, *, critical: bool
) -> None:
    """RFC 5280 4.2: what is known, malformed and without say in a path bars it if it is critical.

    ``ROOT (anchor) -> holder with the extension``.
    """
    malformed = build_extension(
        x509.UnrecognizedExtension(x509.CRLDistributionPoints.oid, b"\x05\x00"), critical=critical
    )
    holder = mint(ROOT, extensions=[malformed])
    chain = build_chain(inspect_file, holder)
    assert chain["status"] == ("broken" if critical else "trusted")
    expected = [("unknown_critical_extension", compute_sha256(holder))] if critical else []
    assert list_problems(chain) == expected


def test_policies_without_demand_are_no_obstacle(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.1 (c), (e): no policy is demanded here, so that any is acceptable, critical or not.

    ``ROOT (anchor) -> holder with a policy``: trusted.
    """
    policy = x509.PolicyInformation(CertificatePoliciesOID.CPS_QUALIFIER, None)
    holder = mint(ROOT, extensions=[build_extension(x509.CertificatePolicies([policy]))])
    assert build_chain(inspect_file, holder)["status"] == "trusted"


@pytest.mark.parametrize(
    ("unfit_usage", "fit_usage", "code"),
    [
        (build_key_usage("key_encipherment"), build_key_usage("digital_signature"), "key_usage"),
        (
            build_extension(SERVER_PURPOSE),
            build_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])),
            "extended_key_usage",
        ),
        (
            build_extension(SERVER_PURPOSE, critical=False),
            build_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])),
            "extended_key_usage",
        ),
    ],
)
def test_usage_of_the_holders_key(
    inspect_file: InspectFile,
    unfit_usage: x509.Extension[x509.ExtensionType],
    fit_usage: x509.Extension[x509.ExtensionType],
    code: str,
) -> None:
    """RFC 5280 4.2.1.3, 4.2.1.12: a client signs to log in; another usage is noted, and the path is trusted.

    ``ROOT (anchor) -> holder with the usage``.
    """
    unfit = mint(ROOT, extensions=[unfit_usage])
    chain = build_chain(inspect_file, unfit)
    assert (chain["status"], list_problems(chain)) == ("trusted", [(code, compute_sha256(unfit))])
    assert build_chain(inspect_file, mint(ROOT, extensions=[fit_usage]))["problems"] == []


def test_purposes_of_an_intermediate(inspect_file: InspectFile) -> None:
    """In Windows a CA's extendedKeyUsage limits what it issues: noted at the CA, but not at a root."""
    servers = mint_ca(ROOT, cn=BOJ, extensions=[build_extension(SERVER_PURPOSE, critical=False)])
    chain = build_chain(inspect_file, mint(servers), servers)
    assert (chain["status"], list_problems(chain)) == (
        "trusted",
        [("extended_key_usage", compute_sha256(servers))],
    )
    root = mint_ca(cn=BOJ, extensions=[build_extension(SERVER_PURPOSE, critical=False)])
    assert inspect_file(encode_pem(mint(root), root))["chain"]["problems"] == []


def test_a_ca_need_not_sign_data(inspect_file: InspectFile) -> None:
    """A holder needs digitalSignature to log in; a CA's own certificate does not."""
    issuing = mint_ca(ROOT, cn=BOJ, extensions=[build_key_usage("key_cert_sign", "crl_sign")])
    assert build_chain(inspect_file, issuing)["problems"] == []
    assert build_chain(inspect_file, mint(issuing), issuing)["status"] == "trusted"


def test_an_anchor_may_be_of_version_1(inspect_file: InspectFile) -> None:
    """Old roots cannot say that they are CAs: the operator does. Without that such a root is none.

    ``root of version 1 -> holder``: trusted where the root is an anchor, else broken.
    """
    root = mint(self_signed=True, subject=mint_ca(cn=BOJ).certificate.subject)
    data = encode_pem(mint(root), root)
    trusted = inspect_file(data, anchors={"boj": [{"sha256": compute_sha256(root)}]})["certificates"][0][
        "chain"
    ]
    assert (trusted["status"], trusted["problems"]) == ("trusted", [])
    broken = inspect_file(data)["certificates"][0]["chain"]
    assert (broken["status"], list_problems(broken)) == ("broken", [("not_a_ca", compute_sha256(root))])


def test_problems_stand_in_the_order_of_the_path(inspect_file: InspectFile) -> None:
    """Several at once: the holder's own first, and no other than these.

    ``ROOT (anchor) -> CA without keyCertSign -> holder with other usages``.
    """
    issuing = mint_ca(ROOT, cn=BOJ, extensions=[build_key_usage("crl_sign")])
    holder = mint(issuing, extensions=[build_key_usage("key_agreement"), build_extension(SERVER_PURPOSE)])
    assert list_problems(build_chain(inspect_file, holder, issuing)) == [
        ("key_usage", compute_sha256(holder)),
        ("extended_key_usage", compute_sha256(holder)),
        ("key_usage", compute_sha256(issuing)),
    ]


def test_barred_is_not_recognised_by_signature(inspect_file: InspectFile) -> None:
    """A certificate that must be rejected is not recognised by its signature; its name remains a name."""
    holder = mint(mint_ca(ROOT, cn=BOJ, key=generate_ec_key()), extensions=[build_extension(UNKNOWN)])
    (certificate,) = inspect_file(encode_der(holder), anchors=ANCHOR)["certificates"]
    assert certificate["recognised_by"] == "name"


@pytest.mark.parametrize("code", [*sorted(BARRED_CAS.keys() - {"not_a_ca"}), "path_length"])
def test_an_anchor_known_only_from_the_rules_bars_as_well(inspect_file: InspectFile, code: str) -> None:
    """RFC 5280 6.2, RFC 5937: an anchor that did sign, and whose own extensions forbid the path.

    ``barred anchor (the operator's) -> holder``, for the path length ``… -> Sub -> holder``: broken.
    """
    anchor = mint_ca(
        cn=BOJ,
        path_length=0 if code == "path_length" else None,
        extensions=[] if code == "path_length" else [_find_deviation(BARRED_CAS[code])],
    )
    subordinate = mint_ca(anchor, cn="Sub") if code == "path_length" else anchor
    holder = mint(subordinate)
    anchors = {"boj": [{"pem": encode_pem(anchor).decode()}]}
    data = encode_pem(holder, subordinate) if code == "path_length" else encode_der(holder)
    chain = inspect_file(data, anchors=anchors)["certificates"][0]["chain"]
    assert chain["status"] == "broken"
    assert list_problems(chain) == [(code, compute_sha256(anchor))]


def _find_deviation(identity: Identity) -> x509.Extension[x509.ExtensionType]:
    """Return the last extension, with which the certificate deviates."""
    extensions = identity.certificate.extensions
    deviation: x509.Extension[x509.ExtensionType] = extensions[len(extensions) - 1]
    return deviation


def test_a_certificate_that_ends_before_it_begins(inspect_file: InspectFile) -> None:
    """RFC 5280 4.1.2.5: valid at no instant; no days left, nothing to renew. ``ROOT -> holder``."""
    holder = forge_certificate(
        ROOT.key,
        issuer=build_name(CN=BOJ),
        subject=build_name(CN="a123456"),
        key=generate_ec_key(),
        not_before="20270401000000Z",
        not_after="20270305000000Z",
    )
    for at in ("2027-03-01", "2027-03-20", "2027-05-01"):
        (certificate,) = inspect_file(holder, at=at)["certificates"]
        assert (certificate["validity"], certificate["headline"]) == ("never", "never_valid")
        assert (certificate["days_left"], certificate["days"]) == (None, [])
        assert certificate["renewal"]["status"] == "unknown"
        assert [problem["code"] for problem in certificate["chain"]["problems"]] == ["never_valid"]
