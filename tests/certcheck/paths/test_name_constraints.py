"""Name constraints: which names a CA may issue for (RFC 5280 4.2.1.10), kind by kind."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.support.mint import BOJ, extension, mint, mint_ca, name, pem

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

MAIL, DNS, URI = x509.RFC822Name, x509.DNSName, x509.UniformResourceIdentifier
BANK = x509.DirectoryName(name(C="JP", O="Bank"))


def address(text: str) -> x509.IPAddress:
    """Return an address, or a network."""
    return x509.IPAddress(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))


def permitted(inspect_file: InspectFile, limits: x509.NameConstraints, holder: dict[str, object]) -> bool:
    """Tell whether a CA of those limits can issue to that holder."""
    root = mint_ca(cn=BOJ, extensions=[extension(limits)])
    leaf = mint(root, **holder)  # type: ignore[arg-type]  # any of its keywords
    chain: dict[str, Any] = inspect_file(pem(leaf, root))["certificates"][0]["chain"]
    assert [each["code"] for each in chain["problems"]] in ([], ["name_constraints"])
    assert (chain["status"] == "consistent") == (chain["problems"] == [])
    return not chain["problems"]


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
        (address("192.0.2.0/24"), address("192.0.2.7"), address("192.0.3.7")),
        (address("2001:db8::/32"), address("2001:db8::1"), address("192.0.2.7")),
        (BANK, x509.DirectoryName(name(C="jp", O="bank", CN="x")), x509.DirectoryName(name(C="JP"))),
    ],
)
def test_kinds(
    inspect_file: InspectFile, base: x509.GeneralName, inside: x509.GeneralName, outside: x509.GeneralName
) -> None:
    """What is permitted must be inside, what is excluded must not be; case is folded."""
    only, never = x509.NameConstraints([base], None), x509.NameConstraints(None, [base])
    free = name(C="JP", O="Bank") if base == BANK else name(CN="a123456")
    assert permitted(inspect_file, only, {"san": [inside], "subject": free})
    assert not permitted(inspect_file, only, {"san": [outside], "subject": free})
    free = name(CN="a123456")
    assert not permitted(inspect_file, never, {"san": [inside], "subject": free})
    assert permitted(inspect_file, never, {"san": [outside], "subject": free})


def test_kinds_do_not_limit_one_another(inspect_file: InspectFile) -> None:
    """A limit on host names says nothing of mail addresses."""
    only = x509.NameConstraints([DNS("example.co.jp")], None)
    assert permitted(inspect_file, only, {"san": [MAIL("user@elsewhere.jp")]})


def test_the_subject_is_a_directory_name(inspect_file: InspectFile) -> None:
    """The subject counts like a directoryName; spaces and case are folded (7.1)."""
    only = x509.NameConstraints([BANK], None)
    assert permitted(inspect_file, only, {"subject": name(C="JP", O=" BANK ", CN="x")})
    assert not permitted(inspect_file, only, {"subject": name(C="JP", O="Bank of X")})


def test_the_subjects_address_counts_without_alternative_names(inspect_file: InspectFile) -> None:
    """Subject E is compared with mail limits where there is no subjectAltName, and only there."""
    only = x509.NameConstraints([MAIL("elsewhere.jp")], None)
    assert not permitted(inspect_file, only, {"email": "user@example.co.jp"})
    assert permitted(inspect_file, only, {"email": "user@example.co.jp", "san": [DNS("x.jp")]})


@pytest.mark.parametrize("host", ["https://192.0.2.1/", "https://[::1]/", "mailto:x", "https://[/"])
def test_a_uri_without_host_name(inspect_file: InspectFile, host: str) -> None:
    """Limits of URIs are on host names: one with an address, or with none, is rejected."""
    never = x509.NameConstraints(None, [URI(".example.co.jp")])
    assert not permitted(inspect_file, never, {"san": [URI(host)]})


def test_a_kind_that_cannot_be_compared(inspect_file: InspectFile) -> None:
    """What limits a kind of name that is not processed here rejects such names, and no others."""
    other = x509.OtherName(ObjectIdentifier("2.999.1"), b"\x05\x00")
    limits = x509.NameConstraints(None, [other])
    assert not permitted(inspect_file, limits, {"san": [other]})
    assert permitted(inspect_file, limits, {"san": [MAIL("user@example.co.jp")]})


def test_self_issued_cas_in_between_are_not_limited(inspect_file: InspectFile) -> None:
    """RFC 5280 6.1.3 (b): the CA's certificate for its own new key bears the CA's name, not a holder's."""
    only = x509.NameConstraints([x509.DirectoryName(name(CN="a123456"))], None)
    old = mint_ca(cn=BOJ, extensions=[extension(only)])
    new = mint_ca(old, cn=BOJ)
    assert inspect_file(pem(mint(new, email=None), new, old))["certificates"][0]["chain"]["status"] == (
        "consistent"
    )
    other = mint_ca(old, cn="Other")
    found = inspect_file(pem(mint(other, email=None), other, old))["certificates"][0]["chain"]
    assert [each["code"] for each in found["problems"]] == ["name_constraints"]
