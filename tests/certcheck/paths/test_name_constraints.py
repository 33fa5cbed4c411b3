"""Name constraints: which names a CA may issue for (RFC 5280 4.2.1.10), kind by kind.

Unless a test draws another path, it is ``constrained root -> holder``.
"""

from __future__ import annotations

import base64
import ipaddress
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ObjectIdentifier

from tests.support import mint_pkcs12 as p12
from tests.support.forge import forge_certificate
from tests.support.mint import BOJ, build_extension, build_name, encode_pem, generate_ec_key, mint, mint_ca
from tests.support.mint_pkcs12 import encode_tlv

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


FORGED_KEY = generate_ec_key()
SMTP_UTF8_MAILBOX = ObjectIdentifier("1.3.6.1.5.5.7.8.9")


def state_mailbox(address: str) -> x509.OtherName:
    """Return an SmtpUTF8Mailbox (RFC 9598 3)."""
    return x509.OtherName(SMTP_UTF8_MAILBOX, encode_tlv(0x0C, address.encode()))


def state_odd_mail(address: str) -> x509.RFC822Name:
    """Return an rfc822Name that the library reads from certificates, and would not make."""
    return x509.RFC822Name._init_without_validation(address)  # noqa: SLF001 - there is no other way


@pytest.mark.parametrize(
    ("base", "name"),
    [
        pytest.param(DNS("example.jp"), DNS("www.example.jp."), id="a dot behind the host"),
        pytest.param(DNS("example.jp"), DNS(".www.example.jp"), id="a dot before the host"),
        pytest.param(DNS("example.jp"), DNS("www..example.jp"), id="an empty label"),
        pytest.param(DNS("example.jp."), DNS("www.example.jp"), id="a dot behind the constraint"),
        pytest.param(DNS(".example.jp"), DNS("www.example.jp"), id="a dot before the constraint"),
        pytest.param(DNS("example.jp"), DNS("w*.example.jp"), id="a wildcard within a label"),
        pytest.param(DNS("example.jp"), DNS("www.*.example.jp"), id="a wildcard behind a label"),
        pytest.param(MAIL("example.jp"), state_odd_mail("a@b@example.jp"), id="two at signs"),
        pytest.param(MAIL("example.jp"), MAIL("user@example.jp."), id="a dot behind the domain"),
        pytest.param(MAIL("example.jp."), MAIL("user@example.jp"), id="a mail constraint with a dot behind"),
        pytest.param(
            MAIL("example.jp"), state_mailbox("太郎@例.jp"), id="a mailbox at a host that is no ASCII"
        ),
        pytest.param(MAIL("example.jp"), x509.OtherName(SMTP_UTF8_MAILBOX, b"\5\0"), id="no mailbox"),
        pytest.param(URI("example.jp"), URI("https://example.jp./"), id="a dot behind a URI's host"),
        pytest.param(URI("example.jp"), URI("https://.example.jp/"), id="a dot before a URI's host"),
        pytest.param(URI("example.jp"), URI("https://a@b@example.jp/"), id="two at signs in a URI"),
        pytest.param(URI("example.jp"), URI("https://evil.jp\\@example.jp/"), id="a backslash in a URI"),
    ],
)
def test_what_cannot_be_evaluated_is_a_violation(
    inspect_file: InspectFile, base: x509.GeneralName, name: x509.GeneralName
) -> None:
    """RFC 5280 4.2.1.10: process a constraint or reject the certificate; permitted or excluded alike.

    Without a constraint of its kind the same name is no obstacle.
    """
    for constraints in (x509.NameConstraints([base], None), x509.NameConstraints(None, [base])):
        assert not is_permitted(inspect_file, constraints, {"san": [name]})
    elsewhere = x509.NameConstraints(None, [parse_address("192.0.2.0/24")])
    assert is_permitted(inspect_file, elsewhere, {"san": [name]})


@pytest.mark.parametrize(
    ("base", "name", "is_inside"),
    [
        (DNS("example.jp"), DNS("*.example.jp"), True),
        (DNS("www.example.jp"), DNS("*.example.jp"), False),
        (URI("example.jp"), URI("https://user:password@example.jp:8443/x?y#z"), True),
        (URI("user"), URI("https://user:password@example.jp/"), False),
        (MAIL("example.jp"), state_mailbox("太郎@example.jp"), True),
        (MAIL("example.jp"), state_mailbox("太郎@elsewhere.jp"), False),
        (MAIL("taro@example.jp"), state_mailbox("太郎@example.jp"), False),
    ],
)
def test_names_that_are_easily_misread(
    inspect_file: InspectFile, base: x509.GeneralName, name: x509.GeneralName, *, is_inside: bool
) -> None:
    """Wildcards, user information in URIs, and SmtpUTF8Mailbox under constraints on mail (RFC 9598 6)."""
    assert is_permitted(inspect_file, x509.NameConstraints([base], None), {"san": [name]}) == is_inside


def test_a_wildcard_that_reaches_into_an_excluded_subtree(inspect_file: InspectFile) -> None:
    """``*.example.jp`` stands for the excluded ``www.example.jp``, too; not for ``a.www.example.jp``."""
    excluded = x509.NameConstraints(None, [DNS("www.example.jp")])
    assert not is_permitted(inspect_file, excluded, {"san": [DNS("*.example.jp")]})
    assert is_permitted(inspect_file, excluded, {"san": [DNS("*.sub.example.jp")]})


@pytest.mark.parametrize(
    ("address", "is_inside"),
    [
        ("Taro <taro@example.jp>", False),
        ("太郎@example.jp", True),
        ("太郎@elsewhere.jp", False),
        ("太郎@例.jp", False),
        ("nobody", False),
    ],
)
def test_an_address_in_the_subject_that_is_no_ascii_or_no_mailbox(
    inspect_file: InspectFile, address: str, *, is_inside: bool
) -> None:
    """The subject's E under a constraint on mail: judged by its host, or a violation; it loses no file."""
    root = mint_ca(
        cn=BOJ,
        key=FORGED_KEY,
        extensions=[build_extension(x509.NameConstraints([MAIL("example.jp")], None))],
    )
    mail = p12.encode_sequence(p12.encode_oid("1.2.840.113549.1.9.1"), encode_tlv(0x0C, address.encode()))
    holder = forge_certificate(
        FORGED_KEY,
        issuer=root.certificate.subject,
        subject=p12.encode_sequence(encode_tlv(0x31, mail)),
        key=FORGED_KEY,
    )
    blocks = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(holder) + b"-----END CERTIFICATE-----\n"
    chain = inspect_file(blocks + encode_pem(root))["certificates"][0]["chain"]
    assert (chain["status"] == "consistent") == is_inside
    assert [problem["code"] for problem in chain["problems"]] == ([] if is_inside else ["name_constraints"])


@pytest.mark.parametrize("organisation", ["BANK", "Ｂａｎｋ", "Ba\u00adnk", "Bank\u3000"])
def test_names_are_folded_as_rfc_4518_says(inspect_file: InspectFile, organisation: str) -> None:
    """Width, case, blanks and soft hyphens do not lead out of a subtree, nor past an excluded one."""
    subject = build_name(C="JP", O=organisation, CN="x")
    assert is_permitted(inspect_file, x509.NameConstraints([BANK], None), {"subject": subject})
    assert not is_permitted(inspect_file, x509.NameConstraints(None, [BANK]), {"subject": subject})
