"""The facts that decision 020 rests on: `cryptography.x509.verification` beside certcheck's own paths.

Where one of these tests fails after an update of cryptography, the decision has to be reviewed:
docs-dev/decisions/020-own-path-validation.md.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from certcheck.formats.contents import Contents
from certcheck.inspection import judge
from certcheck.reports.report import FileReport
from certcheck.x509.certificate import load_certificate
from tests.certcheck.conftest import build_rules
from tests.certcheck.paths.test_pkits import CERTIFICATES, read_table
from tests.support.mint import (
    BOJ,
    Identity,
    build_extension,
    build_key_usage,
    build_name,
    compute_sha256,
    encode_der,
    mint,
    mint_ca,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from certcheck.paths.path_building import Chain

AT = datetime(2027, 3, 10, tzinfo=UTC)
ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT, cn=BOJ)
HOLDER = mint(ISSUING)
EVIL = mint_ca(cn="Evil")


def find_library_error(
    leaf: x509.Certificate, others: Sequence[x509.Certificate], anchor: x509.Certificate, at: datetime
) -> str:
    """Verify with the widest extension policies that the library allows.

    Returns:
        The message of its error; empty where it accepts the leaf.
    """
    for_cas = ExtensionPolicy.permit_all().require_present(x509.BasicConstraints, Criticality.AGNOSTIC, None)
    builder = PolicyBuilder().store(Store([anchor])).time(at)
    builder = builder.extension_policies(ca_policy=for_cas, ee_policy=ExtensionPolicy.permit_all())
    try:
        builder.build_client_verifier().verify(leaf, list(others))
    except VerificationError as error:
        return str(error)
    return ""


def judge_with_library(leaf: Identity, *others: Identity, anchor: Identity = ROOT) -> str:
    """Return the message of the library's error for a path to the anchor; empty where it accepts the leaf."""
    certificates = [identity.certificate for identity in others]
    return find_library_error(leaf.certificate, certificates, anchor.certificate, AT)


def build_own_path(leaf: Identity, *others: Identity, anchor: Identity = ROOT) -> Chain:
    """Build the path to the anchor as certcheck does, by the same certificates in the same order."""
    certificates = [load_certificate(encode_der(identity)) for identity in (leaf, *others, anchor)]
    outcomes = [("", Contents("pem", tuple(certificates)))]
    rules = build_rules({"boj": [{"sha256": compute_sha256(anchor)}]})
    (file,) = judge(outcomes, rules, AT, ["boj"]).files
    assert isinstance(file, FileReport)
    return file.certificates[0].chain


def test_a_holder_without_alternative_names() -> None:
    """``ROOT -> ISSUING -> HOLDER``: refused by the default policy, accepted by the widest."""
    verifier = PolicyBuilder().store(Store([ROOT.certificate])).time(AT).build_client_verifier()
    with pytest.raises(VerificationError, match=r"2\.5\.29\.17: Certificate is missing required extension"):
        verifier.verify(HOLDER.certificate, [ISSUING.certificate])
    assert judge_with_library(HOLDER, ISSUING) == ""
    assert build_own_path(HOLDER, ISSUING).status == "trusted"


def test_no_verdict_without_anchor() -> None:
    """The library verifies only towards a store, which must not be empty: nothing can be `consistent`."""
    with pytest.raises(ValueError, match="can't create an empty store"):
        Store([])


def test_a_failure_says_no_place() -> None:
    """``? -> HOLDER`` and ``CA of another key -> HOLDER``: a sentence, without path, certificate or code."""
    assert judge_with_library(HOLDER).endswith("all candidates exhausted with no interior errors")
    assert judge_with_library(HOLDER, mint_ca(cn=BOJ)).endswith(
        "candidates exhausted: signature does not match"
    )
    assert {field for field in dir(VerificationError) if not field.startswith("_")} == {
        field for field in dir(Exception) if not field.startswith("_")
    }


EXPIRED = mint_ca(ROOT, cn=BOJ, not_after=datetime(2027, 1, 1, tzinfo=UTC))
NAMED = mint_ca(
    ROOT,
    cn=BOJ,
    extensions=[
        build_extension(x509.NameConstraints(None, [x509.DirectoryName(build_name(CN="somebody else"))]))
    ],
)
VERSION_1 = mint(self_signed=True, subject=mint_ca(cn=BOJ).certificate.subject)


@pytest.mark.parametrize(
    ("issuer", "anchor", "message", "codes"),
    [
        (EXPIRED, ROOT, "cert is not valid at validation time", ["expired"]),
        (NAMED, ROOT, "unsupported directoryName constraint", []),
        (VERSION_1, VERSION_1, "basicConstraints.cA must be asserted", []),
    ],
    ids=["expired CA", "directory name constraint", "anchor that cannot say that it is a CA"],
)
def test_paths_that_only_certcheck_finds(
    issuer: Identity, anchor: Identity, message: str, codes: list[str]
) -> None:
    """``anchor -> issuer -> holder``: the holder comes from the anchor, and the report has to say so."""
    holder = mint(issuer)
    assert message in judge_with_library(holder, issuer, anchor=anchor)
    chain = build_own_path(holder, issuer, anchor=anchor)
    assert (chain.status, [problem.code for problem in chain.problems]) == ("trusted", codes)


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        (mint_ca(ROOT, cn=BOJ, extensions=[build_key_usage("digital_signature")]), "key_usage"),
        (
            mint_ca(
                ROOT,
                cn=BOJ,
                extensions=[build_extension(x509.NameConstraints([x509.RFC822Name("elsewhere.jp")], None))],
            ),
            "name_constraints",
        ),
    ],
    ids=["no keyCertSign", "e-mail address in the subject"],
)
def test_paths_that_only_certcheck_rejects(issuer: Identity, code: str) -> None:
    """``ROOT -> CA that must not issue this -> holder``: RFC 5280 6.1.4 (n), 4.2.1.10."""
    holder = mint(issuer)
    assert judge_with_library(holder, issuer) == ""
    chain = build_own_path(holder, issuer)
    assert (chain.status, [problem.code for problem in chain.problems]) == ("broken", [code])


def mint_cross_certificate(serial: int, *extensions: x509.Extension[x509.ExtensionType]) -> Identity:
    """Mint what anybody can: another root's certificate for the name and the key of the issuing CA."""
    return mint_ca(EVIL, cn=BOJ, key=ISSUING.key, serial=serial, extensions=extensions)


def test_a_crowd_hides_the_path_from_the_library() -> None:
    """``ROOT -> ISSUING -> HOLDER`` behind 50 times ``Evil -> ISSUING's name and key -> HOLDER``."""
    crowd = [mint_cross_certificate(number + 1) for number in range(50)]
    message = judge_with_library(HOLDER, *crowd, EVIL, ISSUING)
    assert message.endswith("Exceeded maximum signature check limit")
    assert build_own_path(HOLDER, *crowd, EVIL, ISSUING).status == "trusted"


def test_the_librarys_verdict_depends_on_the_order() -> None:
    """``ROOT -> ISSUING -> HOLDER`` beside a cross-certificate with a constraint that it does not support."""
    constraints = x509.NameConstraints(None, [x509.DirectoryName(build_name(CN="somebody else"))])
    planted = mint_cross_certificate(1, build_extension(constraints))
    assert "fatal error" in judge_with_library(HOLDER, planted, ISSUING)
    assert judge_with_library(HOLDER, ISSUING, planted) == ""
    assert build_own_path(HOLDER, planted, ISSUING) == build_own_path(HOLDER, ISSUING, planted)


@pytest.mark.filterwarnings("ignore:Parsed a serial number which wasn't positive")
def test_agreement_with_nist() -> None:
    """Of NIST's 102 valid paths the library accepts 61, certcheck 100; of the 121 others 53 and 46.

    Certcheck accepts those 46 since it does not check revocation (`test_pkits`).
    """
    certificates: dict[str, x509.Certificate] = {}
    for file in CERTIFICATES.iterdir():
        with suppress(ValueError):  # two DSA keys that inherit their parameters
            certificates[file.name] = x509.load_der_x509_certificate(file.read_bytes())
    anchor, everything = certificates["TrustAnchorRootCertificate.crt"], list(certificates.values())
    totals, by_library, by_certcheck = Counter[str](), Counter[str](), Counter[str]()
    for case in read_table():
        leaf = certificates.get(f"{case.name}EE.crt")
        totals[case.nist] += 1
        by_certcheck[case.nist] += case.certcheck == "trusted"
        if leaf and not find_library_error(leaf, everything, anchor, datetime(2020, 1, 1, tzinfo=UTC)):
            by_library[case.nist] += 1
    assert totals == {"accept": 102, "reject": 121}
    assert by_library == {"accept": 61, "reject": 53}
    assert by_certcheck == {"accept": 100, "reject": 46}
