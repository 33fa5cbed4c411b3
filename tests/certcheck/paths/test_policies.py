"""Certificate policies (RFC 5280 6.1.3 to 6.1.5): PKITS has the cases, these are the clauses.

The path is ``ROOT (anchor) -> CA -> holder``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.support.mint import BOJ, build_extension, build_p7b, compute_sha256, mint, mint_ca
from tests.support.mint_pkcs12 import encode_oid, encode_sequence

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

ROOT = mint_ca(cn="Root")
ANY, ONE, TWO = "2.5.29.32.0", "2.999.1", "2.999.2"
DEMAND = build_extension(x509.PolicyConstraints(0, None))


def state_policies(*policies: str) -> x509.Extension[x509.ExtensionType]:
    """Return certificatePolicies."""
    stated = [x509.PolicyInformation(ObjectIdentifier(policy), None) for policy in policies]
    return build_extension(x509.CertificatePolicies(stated), critical=False)


def map_policy(policy: str, mapped: str) -> x509.Extension[x509.ExtensionType]:
    """Return policyMappings of one pair."""
    value = encode_sequence(encode_sequence(encode_oid(policy), encode_oid(mapped)))
    return build_extension(x509.UnrecognizedExtension(ObjectIdentifier("2.5.29.33"), value))


def judge_holder(
    inspect_file: InspectFile,
    ca: list[x509.Extension[x509.ExtensionType]],
    holder: list[x509.Extension[x509.ExtensionType]],
) -> list[str] | str:
    """Return the status of the holder's path, and its codes where it has any."""
    issuing = mint_ca(ROOT, cn=BOJ, extensions=ca)
    file = inspect_file(
        build_p7b(mint(issuing, extensions=holder), issuing, ROOT),
        anchors={"boj": [{"sha256": compute_sha256(ROOT)}]},
    )
    chain: dict[str, Any] = next(
        certificate["chain"] for certificate in file["certificates"] if not certificate["is_ca"]
    )
    return [problem["code"] for problem in chain["problems"]] or str(chain["status"])


@pytest.mark.parametrize(
    ("ca", "holder", "expected"),
    [
        pytest.param([DEMAND, state_policies(ONE)], [state_policies(ONE)], "trusted", id="the same"),
        pytest.param([DEMAND, state_policies(ANY)], [state_policies(ONE)], "trusted", id="any, then one"),
        pytest.param([DEMAND, state_policies(ONE)], [state_policies(ANY)], "trusted", id="one, then any"),
        pytest.param([DEMAND, state_policies(ONE)], [state_policies(TWO)], ["policy"], id="another"),
        pytest.param([DEMAND, state_policies(ONE)], [], ["policy"], id="none at the holder"),
        pytest.param([DEMAND], [state_policies(ONE)], ["policy"], id="none at the CA"),
        pytest.param([state_policies(ONE)], [state_policies(TWO)], "trusted", id="no demand"),
        pytest.param(
            [DEMAND, state_policies(ANY), build_extension(x509.InhibitAnyPolicy(0))],
            [state_policies(ANY)],
            ["policy"],
            id="anyPolicy inhibited",
        ),
        pytest.param(
            [DEMAND, state_policies(ONE), build_extension(x509.InhibitAnyPolicy(0))],
            [state_policies(ONE)],
            "trusted",
            id="anyPolicy inhibited, and not needed",
        ),
        pytest.param(
            [DEMAND, state_policies(ONE), map_policy(ONE, TWO)], [state_policies(TWO)], "trusted", id="mapped"
        ),
        pytest.param(
            [DEMAND, state_policies(ONE), map_policy(ONE, TWO)],
            [state_policies(ONE)],
            ["policy"],
            id="mapped away",
        ),
        pytest.param(
            [DEMAND, state_policies(ANY), map_policy(ANY, TWO)],
            [state_policies(TWO)],
            ["policy"],
            id="anyPolicy mapped, 6.1.4 (a)",
        ),
    ],
)
def test_policies(
    inspect_file: InspectFile,
    ca: list[x509.Extension[x509.ExtensionType]],
    holder: list[x509.Extension[x509.ExtensionType]],
    expected: list[str] | str,
) -> None:
    """RFC 5280 6.1.5 (g): where a policy is demanded, one must be valid along the path; else none need be."""
    assert judge_holder(inspect_file, ca, holder) == expected


def test_a_demand_of_the_holder(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.5 (b): requireExplicitPolicy of 0 in the last certificate itself."""
    assert judge_holder(inspect_file, [state_policies(ONE)], [DEMAND]) == ["policy"]
    assert judge_holder(inspect_file, [state_policies(ONE)], [DEMAND, state_policies(ONE)]) == "trusted"
