"""A field that cannot be read costs that field only, and the report names it."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certcheck import InputFile, inspect, japan
from tests.support.forge import TBS_FIELDS, build_extension_bytes, replace_fields, split_values
from tests.support.mint import (
    Identity,
    compute_sha256,
    encode_der,
    encode_pem,
    get_root,
    get_rsa_key,
    mint,
    mint_ca,
)
from tests.support.mint_crl import build_entry, mint_list
from tests.support.mint_pkcs12 import encode_integer, encode_octets, encode_oid, encode_sequence, encode_tlv

if TYPE_CHECKING:
    from certcheck import Rules
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
FIELDS = dict(zip(TBS_FIELDS, split_values(HOLDER.certificate.tbs_certificate_bytes), strict=True))
TIMES = split_values(FIELDS["validity"])
NULL = b"\5\0"
ANCHOR = {"boj": [{"sha256": compute_sha256(get_root())}]}


def encode_rsa_key(*numbers: int, after: bytes = b"") -> bytes:
    """Return SubjectPublicKeyInfo of RSA with those fields of RSAPublicKey."""
    algorithm = encode_sequence(encode_oid("1.2.840.113549.1.1.1"), NULL)
    return encode_sequence(
        algorithm, encode_tlv(0x03, b"\0", encode_sequence(*map(encode_integer, numbers)), after)
    )


def encode_key(algorithm: bytes, key: bytes) -> bytes:
    """Return SubjectPublicKeyInfo."""
    return encode_sequence(encode_sequence(algorithm), encode_tlv(0x03, b"\0", key))


MODULUS = get_rsa_key().public_key().public_numbers().n
UNREADABLE: dict[str, tuple[dict[str, bytes], str]] = {
    "RSA key of garbage": ({"key": encode_key(encode_oid("1.2.840.113549.1.1.1") + NULL, b"x" * 9)}, "key"),
    "one field too many": ({"key": encode_rsa_key(MODULUS, 65537, 1)}, "key"),
    "one field too few": ({"key": encode_rsa_key(MODULUS)}, "key"),
    "a point on no curve": (
        {"key": encode_key(encode_oid("1.2.840.10045.2.1") + encode_oid("1.2.840.10045.3.1.7"), b"\4" * 65)},
        "key",
    ),
    "a key that is no structure": ({"key": encode_sequence(NULL)}, "key"),
    "a key of an unknown kind": ({"key": encode_key(encode_oid("1.2.3.4"), b"key")}, "key_algorithm"),
    "a curve of an unknown name": (
        {"key": encode_key(encode_oid("1.2.840.10045.2.1") + encode_oid("1.2.3.4"), b"\4" * 65)},
        "key_algorithm",
    ),
    "a serial that is no number": ({"serial": encode_octets(b"\x12\x34")}, "serial"),
    "an algorithm without OID": ({"algorithm": encode_sequence(NULL)}, "signature_algorithm"),
    "a bad beginning": (
        {"validity": encode_sequence(encode_tlv(0x17, b"26x331145959Z"), TIMES[1])},
        "not_before",
    ),
    "a bad end": ({"validity": encode_sequence(TIMES[0], encode_tlv(0x17, b"270231145959Z"))}, "not_after"),
    "an end of another type": ({"validity": encode_sequence(TIMES[0], encode_octets(b"x"))}, "not_after"),
    "an end in the year 0": (
        {"validity": encode_sequence(TIMES[0], encode_tlv(0x18, b"00000101000000Z"))},
        "not_after",
    ),
    "an issuer of no attributes": ({"issuer": encode_sequence(encode_octets(b"x"))}, "issuer"),
    "a subject of no attributes": ({"subject": encode_sequence(encode_octets(b"x"))}, "subject"),
    "extensions of no kind": ({"extensions": encode_tlv(0xA3, NULL)}, "extensions"),
    "a signature of no bits": ({"signature": encode_octets(b"x")}, "signature"),
}


def inspect_certificate(
    inspect_file: InspectFile, data: bytes, anchors: dict[str, list[dict[str, str]]] | None = None
) -> dict[str, Any]:
    """Return the report's part of a certificate beside the session's root."""
    armoured = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"
    file = inspect_file(armoured + encode_pem(get_root()), anchors=anchors)
    certificate: dict[str, Any] = file["certificates"][0]
    return certificate


@pytest.mark.parametrize("case", UNREADABLE)
def test_an_unreadable_field(inspect_file: InspectFile, case: str) -> None:
    """All other fields of the report stand as in the certificate without the deviation."""
    fields, field = UNREADABLE[case]
    sound = inspect_certificate(inspect_file, encode_der(HOLDER))
    certificate = inspect_certificate(inspect_file, replace_fields(HOLDER, get_root(), **fields))
    assert certificate["remarks"] == [{"field": field, "code": "unreadable", "detail": None}]
    own = {
        "issuer": {"issuer", "authority", "recognised_by", "user_id"},
        "subject": {"subject", "subject_attributes", "emails", "user_id"},
    }
    of_dates = {"not_before", "not_after", "validity", "days_left", "headline", "days", "renewal"}
    changed = {"remarks", "sha256", "chain", *own.get(field, {field})}
    changed |= of_dates if field in {"not_before", "not_after", "issuer"} else set()
    rest = sound.keys() - changed
    assert {name: certificate[name] for name in rest} == {name: sound[name] for name in rest}


@pytest.mark.parametrize("case", UNREADABLE)
def test_no_unreadable_field_is_trusted(inspect_file: InspectFile, case: str) -> None:
    """``ROOT (anchor) -> holder``: rejected with a code of its own, but for a key of a kind nobody knows.

    RFC 5280 6.1 needs the keys of issuers only.
    """
    fields, field = UNREADABLE[case]
    data = replace_fields(HOLDER, get_root(), **fields)
    chain = inspect_certificate(inspect_file, data, ANCHOR)["chain"]
    if field == "key_algorithm":
        assert (chain["status"], chain["problems"]) == ("trusted", [])
        return
    assert chain["status"] in {"broken", "incomplete"}
    assert "unreadable_field" in [problem["code"] for problem in chain["problems"]]


def test_an_unreadable_serial_is_its_octets(inspect_file: InspectFile) -> None:
    """As an attribute of a name that is no text."""
    data = replace_fields(HOLDER, get_root(), serial=encode_octets(b"\x12\x34"))
    assert inspect_certificate(inspect_file, data)["serial"] == "1234"


def test_an_unreadable_serial_is_on_no_list(authority_rules: Rules) -> None:
    """Its octets are no number: no revocation list says that it has it, nor that it has not."""
    data = replace_fields(HOLDER, get_root(), serial=encode_octets(b"\x09"))
    contents = {
        "x.cer": data,
        "root.cer": encode_der(get_root()),
        "root.crl": mint_list(build_entry(9), issuer=get_root()),
    }
    files = [InputFile(name, content) for name, content in contents.items()]
    report = json.loads(inspect(files, authority_rules, japan.parse_instant("2027-03-09")).to_json())
    assert report["files"][0]["certificates"][0]["revocation"]["status"] == "unknown"


def test_dates_that_cannot_be_read(inspect_file: InspectFile) -> None:
    """Nothing is concluded from the other one: neither expiry nor when to renew."""
    data = replace_fields(HOLDER, get_root(), validity=encode_sequence(TIMES[0], encode_octets(b"x")))
    certificate = inspect_certificate(inspect_file, data)
    assert (certificate["not_before"], certificate["not_after"]) == ("2026-03-31T14:59:59Z", None)
    assert (certificate["validity"], certificate["days_left"], certificate["days"]) == ("unknown", None, [])
    assert (certificate["headline"], certificate["renewal"]["status"]) == ("no_dates", "unknown")


def test_dates_that_are_not_two(inspect_file: InspectFile) -> None:
    """Then neither can be told."""
    data = replace_fields(HOLDER, get_root(), validity=encode_sequence(TIMES[0]))
    certificate = inspect_certificate(inspect_file, data)
    assert [remark["field"] for remark in certificate["remarks"]] == ["not_before", "not_after"]


@pytest.mark.parametrize(
    ("text", "not_after"),
    [
        (b"2703311459Z", "2027-03-31T14:59:00Z"),
        (b"270331235959+0900", "2027-03-31T14:59:59Z"),
        (b"270331145960Z", "2027-03-31T14:59:59Z"),
    ],
)
@pytest.mark.parametrize("anchors", [None, ANCHOR], ids=["no anchor", "anchor"])
def test_times_that_rfc_5280_forbids(
    inspect_file: InspectFile, text: bytes, not_after: str, anchors: dict[str, list[dict[str, str]]] | None
) -> None:
    """They are read and judged, and never part of a `trusted` path: ``ROOT (anchor) -> holder``."""
    data = replace_fields(HOLDER, get_root(), validity=encode_sequence(TIMES[0], encode_tlv(0x17, text)))
    certificate = inspect_certificate(inspect_file, data, anchors)
    assert (certificate["not_after"], certificate["headline"]) == (not_after, "open")
    assert certificate["remarks"] == [{"field": "not_after", "code": "nonconforming", "detail": None}]
    assert certificate["chain"]["status"] == ("broken" if anchors else "consistent")
    assert [problem["code"] for problem in certificate["chain"]["problems"]] == ["nonconforming"]


BASIC, SAN, OTHER = "2.5.29.19", "2.5.29.17", "1.2.392.200091.100.1.1"
ADDRESS = encode_tlv(0x81, b"second@example.co.jp")
TRUE_AS_1 = b"\1\1\1"


def forge_extensions(minted: Identity, *extensions: bytes) -> bytes:
    """Return a certificate with those extensions and no others."""
    return replace_fields(minted, get_root(), extensions=encode_tlv(0xA3, encode_sequence(*extensions)))


def set_critical(extension: bytes, true: bytes) -> bytes:
    """Return an extension whose `critical` is written that way."""
    assert extension.count(b"\1\1\xff") == 1
    return extension.replace(b"\1\1\xff", true)


@pytest.mark.parametrize("true", [b"\1\1\1", b"\1\1\x80"])
@pytest.mark.parametrize("oid", [BASIC, OTHER])
def test_true_of_critical(inspect_file: InspectFile, oid: str, true: bytes) -> None:
    """X.690 8.2.2: any octet but 0 is TRUE in BER; 11.1 permits FF alone in DER."""
    value = encode_sequence() if oid == BASIC else NULL
    data = forge_extensions(HOLDER, set_critical(build_extension_bytes(oid, value, is_critical=True), true))
    certificate = inspect_certificate(inspect_file, data)
    assert certificate["remarks"] == [{"field": "extension", "code": "nonconforming", "detail": oid}]
    codes = {problem["code"] for problem in certificate["chain"]["problems"]}
    # A critical extension that nobody here processes stays critical (RFC 5280 4.2).
    assert codes == ({"nonconforming"} if oid == BASIC else {"nonconforming", "unknown_critical_extension"})


@pytest.mark.parametrize("anchors", [None, ANCHOR], ids=["no anchor", "anchor"])
def test_true_of_basic_constraints(
    inspect_file: InspectFile, anchors: dict[str, list[dict[str, str]]] | None
) -> None:
    """``ROOT (anchor) -> ISSUING, whose cA is TRUE as 01 -> holder``: a CA, and never a trusted one."""
    issuing = mint_ca(get_root(), cn="Issuing")
    key = issuing.certificate.public_key()
    minted = mint(issuing)
    data = forge_extensions(
        issuing,
        build_extension_bytes(BASIC, encode_sequence(TRUE_AS_1), is_critical=True),
        build_extension_bytes(
            "2.5.29.14", encode_octets(x509.SubjectKeyIdentifier.from_public_key(key).digest)
        ),
    )
    armoured = b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"
    file = inspect_file(
        encode_pem(minted) + armoured + encode_pem(get_root()), anchors=anchors, authority="boj"
    )
    holder, ca, _ = file["certificates"]
    assert (ca["is_ca"], ca["headline"]) == (True, "ca")
    assert holder["chain"]["status"] == ("broken" if anchors else "consistent")
    assert [problem["code"] for problem in holder["chain"]["problems"]] == ["nonconforming"]


LONG_LENGTH = b"\x30\x81\x16" + ADDRESS
OPEN_LENGTH = b"\x30\x80" + ADDRESS + b"\0\0"


@pytest.mark.parametrize("value", [LONG_LENGTH, OPEN_LENGTH], ids=["long length", "open length"])
def test_an_address_in_ber(inspect_file: InspectFile, value: bytes) -> None:
    """A subjectAltName in BER loses no address."""
    data = forge_extensions(HOLDER, build_extension_bytes(SAN, value))
    certificate = inspect_certificate(inspect_file, data)
    assert [email["value"] for email in certificate["emails"]] == [
        "user@example.co.jp",
        "second@example.co.jp",
    ]
    assert certificate["remarks"] == [{"field": "extension", "code": "nonconforming", "detail": SAN}]


def test_a_malformed_extension_is_named(inspect_file: InspectFile) -> None:
    """Its OID stands in the report; one of which not even that is read bars every path."""
    named, nameless = build_extension_bytes(SAN, NULL), encode_sequence(NULL)
    certificate = inspect_certificate(inspect_file, forge_extensions(HOLDER, named, nameless), ANCHOR)
    assert certificate["remarks"] == [
        {"field": "extension", "code": "unreadable", "detail": SAN},
        {"field": "extension", "code": "unreadable", "detail": None},
    ]
    assert certificate["chain"]["status"] == "broken"


def test_an_attribute_without_type(inspect_file: InspectFile) -> None:
    """The other attributes stay, and the path is not affected: names are compared by their octets there."""
    odd = encode_tlv(0x31, encode_sequence(encode_oid("2.5.4.3"), b"\x1f\x07a123456"))
    subject = encode_sequence(odd, *split_values(FIELDS["subject"]))
    data = replace_fields(HOLDER, get_root(), subject=subject)
    certificate = inspect_certificate(inspect_file, data, ANCHOR)
    assert certificate["user_id"] == "a123456"
    assert certificate["remarks"] == [{"field": "subject", "code": "unreadable", "detail": "?"}]
    assert certificate["chain"]["status"] == "trusted"


def test_the_key_is_the_certificates_own() -> None:
    """The cases above deviate in one field each: unchanged fields give the certificate that was minted."""
    public = HOLDER.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert FIELDS["key"] == public
    assert b"".join(FIELDS.values()) in encode_der(HOLDER)
