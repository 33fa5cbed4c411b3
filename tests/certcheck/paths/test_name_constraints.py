"""Name constraints: which names a CA may issue for (RFC 5280 4.2.1.10), kind by kind.

Unless a test draws another path, it is ``constrained root -> holder``.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.support.mint import BOJ, build_extension, build_name, encode_pem, mint, mint_ca

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

MAIL, DNS, URI = x509.RFC822Name, x509.DNSName, x509.UniformResourceIdentifier
BANK = x509.DirectoryName(build_name(C="JP", O="Bank"))


def parse_address(text: str) -> x509.IPAddress:
    """Return an address, or a network."""
    return x509.IPAddress(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))


def is_permitted(
    inspect_file: InspectFile, constraints: x509.NameConstraints, holder: dict[str, object]
) -> bool:
    """Tell whether a CA with those constraints can issue to that holder."""
    root = mint_ca(cn=BOJ, extensions=[build_extension(constraints)])
    leaf = mint(root, **holder)  # type: ignore[arg-type]  # any of its keywords
    chain: dict[str, Any] = inspect_file(encode_pem(leaf, root))["certificates"][0]["chain"]
    codes = [problem["code"] for problem in chain["problems"]]
    assert codes in ([], ["name_constraints"])
    assert (chain["status"] == "consistent") == (codes == [])
    return not codes


@pytest.mark.parametrize(
    ("base", "inside", "outside"),
    [
        (MAIL("example.co.jp"), MAIL("user@Example.co.jp"), MAIL("user@sub.example.co.jp")),
        (MAIL(".example.co.jp"), MAIL("user@sub.example.co.jp"), MAIL("user@example.co.jp")),
        (MAIL("user@example.co.jp"), MAIL("user@EXAMPLE.co.jp"), MAIL("other@example.co.jp")),
        (DNS("example.co.jp"), DNS("www.example.co.jp"), DNS("badexample.co.jp")),
        (DNS("example.co.jp"), DNS("EXAMPLE.co.jp"), DNS("co.jp")),
        (URI("example.co.jp"), URI("https://example.co.jp/x"), URI("https://www.example.co.jp/")),
        (URI(".example.co.jp"), URI("https://www.example.co.jp/"), URI("https://example.co.jp/")),
        (parse_address("192.0.2.0/24"), parse_address("192.0.2.7"), parse_address("192.0.3.7")),
        (parse_address("2001:db8::/32"), parse_address("2001:db8::1"), parse_address("192.0.2.7")),
        (
            BANK,
            x509.DirectoryName(build_name(C="jp", O="bank", CN="x")),
            x509.DirectoryName(build_name(C="JP")),
        ),
    ],
)
def test_kinds(
    inspect_file: InspectFile, base: x509.GeneralName, inside: x509.GeneralName, outside: x509.GeneralName
) -> None:
    """Names must be inside a permitted subtree, and outside an excluded one; case is folded."""
    permitted, excluded = x509.NameConstraints([base], None), x509.NameConstraints(None, [base])
    subject = build_name(C="JP", O="Bank") if base == BANK else build_name(CN="a123456")
    assert is_permitted(inspect_file, permitted, {"san": [inside], "subject": subject})
    assert not is_permitted(inspect_file, permitted, {"san": [outside], "subject": subject})
    subject = build_name(CN="a123456")
    assert not is_permitted(inspect_file, excluded, {"san": [inside], "subject": subject})
    assert is_permitted(inspect_file, excluded, {"san": [outside], "subject": subject})


def test_a_constraint_does_not_limit_other_kinds(inspect_file: InspectFile) -> None:
    """A constraint on host names says nothing of mail addresses."""
    constraints = x509.NameConstraints([DNS("example.co.jp")], None)
    assert is_permitted(inspect_file, constraints, {"san": [MAIL("user@elsewhere.jp")]})


def test_the_subject_is_a_directory_name(inspect_file: InspectFile) -> None:
    """The subject counts like a directoryName; spaces and case are folded (7.1)."""
    constraints = x509.NameConstraints([BANK], None)
    assert is_permitted(inspect_file, constraints, {"subject": build_name(C="JP", O=" BANK ", CN="x")})
    assert not is_permitted(inspect_file, constraints, {"subject": build_name(C="JP", O="Bank of X")})


def test_the_subjects_address_counts_without_alternative_names(inspect_file: InspectFile) -> None:
    """Subject E is compared with constraints on mail where there is no subjectAltName, and only there."""
    constraints = x509.NameConstraints([MAIL("elsewhere.jp")], None)
    assert not is_permitted(inspect_file, constraints, {"email": "user@example.co.jp"})
    assert is_permitted(inspect_file, constraints, {"email": "user@example.co.jp", "san": [DNS("x.jp")]})


@pytest.mark.parametrize("uri", ["https://192.0.2.1/", "https://[::1]/", "mailto:x", "https://[/"])
def test_a_uri_without_host_name(inspect_file: InspectFile, uri: str) -> None:
    """Constraints on URIs are on host names: a URI with an address, or without host, is rejected."""
    constraints = x509.NameConstraints(None, [URI(".example.co.jp")])
    assert not is_permitted(inspect_file, constraints, {"san": [URI(uri)]})


def test_a_kind_that_cannot_be_compared(inspect_file: InspectFile) -> None:
    """A constraint on a kind of name that is not processed here rejects such names, and no others."""
    other_name = x509.OtherName(ObjectIdentifier("2.999.1"), b"\x05\x00")
    constraints = x509.NameConstraints(None, [other_name])
    assert not is_permitted(inspect_file, constraints, {"san": [other_name]})
    assert is_permitted(inspect_file, constraints, {"san": [MAIL("user@example.co.jp")]})


def test_self_issued_intermediates_are_not_limited(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.3 (b): a CA's certificate for its own new key bears the CA's name, and no holder's.

    ``constrained root BOJ -> BOJ with a new key -> holder`` verifies;
    ``constrained root BOJ -> CA of another name -> holder`` does not.
    """
    permitted = x509.NameConstraints([x509.DirectoryName(build_name(CN="a123456"))], None)
    root = mint_ca(cn=BOJ, extensions=[build_extension(permitted)])
    self_issued = mint_ca(root, cn=BOJ)
    path = mint(self_issued, email=None), self_issued, root
    assert inspect_file(encode_pem(*path))["certificates"][0]["chain"]["status"] == "consistent"
    intermediate = mint_ca(root, cn="Other")
    path = mint(intermediate, email=None), intermediate, root
    chain = inspect_file(encode_pem(*path))["certificates"][0]["chain"]
    assert [problem["code"] for problem in chain["problems"]] == ["name_constraints"]
