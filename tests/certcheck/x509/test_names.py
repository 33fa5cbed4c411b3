"""Names: a malformed attribute loses neither the certificate nor its own octets."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from certcheck.x509.certificate import load_certificate
from tests.support.mint import (
    Identity,
    Key,
    build_name,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_root,
    get_rsa_key,
    mint,
    mint_ca,
)
from tests.support.mint_pkcs12 import encode_integer, encode_oid, encode_sequence, encode_tlv

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

INTEGER, BIT_STRING = 0x02, 0x03
UTF8, PRINTABLE, TELETEX, IA5, UNIVERSAL, BMP = 0x0C, 0x13, 0x14, 0x16, 0x1C, 0x1E
CN, C, E, UNIQUE_IDENTIFIER = "2.5.4.3", "2.5.4.6", "1.2.840.113549.1.9.1", "2.5.4.45"
_ALGORITHMS = {"ec": "1.2.840.10045.4.3.2", "rsa": "1.2.840.113549.1.1.11"}


def encode_attribute(oid_of_type: str, tag: int, value: bytes) -> bytes:
    """Encode an RDN of a single attribute."""
    return encode_tlv(0x31, encode_sequence(encode_oid(oid_of_type), encode_tlv(tag, value)))


def forge_certificate(*attributes: bytes, serial: bytes = b"\1", issuer: Identity | None = None) -> bytes:
    """Return a signed certificate whose subject is any bytes; its issuer's name and its key are real."""
    ca = issuer or get_root()
    real = mint(ca, key=generate_ec_key(), key_ids=False).certificate
    real_serial = encode_tlv(0x02, real.serial_number.to_bytes(4, "big"))
    tbs_certificate = real.tbs_certificate_bytes
    tbs_certificate = replace_field(
        tbs_certificate, real.subject.public_bytes(), encode_sequence(*attributes)
    )
    tbs_certificate = replace_field(tbs_certificate, real_serial, encode_tlv(0x02, serial))
    return sign_certificate(tbs_certificate, ca.key)


def replace_field(tbs_certificate: bytes, old: bytes, new: bytes) -> bytes:
    """Replace a field that occurs once."""
    body = tbs_certificate[4 if tbs_certificate[1] == 0x82 else 3 :]  # behind the tag and the length
    assert body.count(old) == 1
    return encode_sequence(body.replace(old, new))


def sign_certificate(tbs_certificate: bytes, key: Key) -> bytes:
    """Sign with SHA-256."""
    if isinstance(key, rsa.RSAPrivateKey):
        algorithm = encode_sequence(encode_oid(_ALGORITHMS["rsa"]), b"\5\0")
        signature = key.sign(tbs_certificate, padding.PKCS1v15(), hashes.SHA256())
    else:
        algorithm = encode_sequence(encode_oid(_ALGORITHMS["ec"]))
        signature = key.sign(tbs_certificate, ec.ECDSA(hashes.SHA256()))
    return encode_sequence(tbs_certificate, algorithm, encode_tlv(0x03, b"\0", signature))


def inspect_subject(inspect_file: InspectFile, *attributes: bytes, serial: bytes = b"\1") -> dict[str, Any]:
    """Return the report's part of a certificate with that subject."""
    (certificate,) = inspect_file(forge_certificate(*attributes, serial=serial))["certificates"]
    return dict(certificate)


READABLE = encode_attribute(CN, UTF8, b"a123456")


SHIFT_JIS, ISO_2022_JP, LATIN_1 = (
    {"encoding": encoding} for encoding in ("shift_jis", "iso_2022_jp", "latin_1")
)
UNDECODABLE = {"undecodable": True}


@pytest.mark.parametrize(
    ("tag", "octets", "value", "remark"),
    [
        (TELETEX, "山田".encode("cp932"), "山田", SHIFT_JIS),
        (PRINTABLE, "髙橋①".encode("cp932"), "髙橋①", SHIFT_JIS),  # letters that Windows added
        (TELETEX, "商事ABC".encode("cp932"), "商事ABC", SHIFT_JIS),
        (TELETEX, "ﾔﾏﾀﾞ 123".encode("cp932"), "ﾔﾏﾀﾞ 123", SHIFT_JIS),
        (TELETEX, "COMPAÑIA".encode("latin-1"), "COMPAÑIA", LATIN_1),
        (TELETEX, "Société Générale".encode("latin-1"), "Société Générale", LATIN_1),
        (TELETEX, "Garçon".encode("latin-1"), "Garçon", LATIN_1),  # in Shift-JIS a rare kanji in its middle
        (PRINTABLE, "Müller & Söhne".encode("latin-1"), "Müller & Söhne", LATIN_1),
        (IA5, "È bello".encode("latin-1"), "È bello", LATIN_1),
        (TELETEX, "日本銀行".encode("iso2022_jp"), "日本銀行", ISO_2022_JP),
        (PRINTABLE, "A社 ｶﾅ".encode("iso2022_jp_ext"), "A社 ｶﾅ", ISO_2022_JP),
        (
            TELETEX,
            "ABC日本".encode("euc_jp"),
            "414243c6fccbdc",
            UNDECODABLE,
        ),  # no letters of Latin-1 stand so
        (TELETEX, b"\x1b$Bx", "\x1b$Bx", {}),  # no letters of it
        (UTF8, "日本".encode("iso2022_jp"), "\x1b$BF|K\\\x1b(B", {}),  # the type says that it is none
        (UTF8, "é".encode("latin-1"), "e9", UNDECODABLE),
        (TELETEX, "山田".encode(), "山田", {}),
        (TELETEX, b"\xff\xfe", "fffe", UNDECODABLE),
        (UTF8, b"a\xff", "61ff", UNDECODABLE),
        (UTF8, "山".encode("cp932"), "8e52", UNDECODABLE),  # the type says that it is none
        (PRINTABLE, b"user@example.co.jp", "user@example.co.jp", {}),
        (BMP, "山田".encode("utf-16-be"), "山田", {}),
        (BMP, b"abc", "616263", UNDECODABLE),
        (UNIVERSAL, "山田".encode("utf-32-be"), "山田", {}),
        (IA5, b"", "", {}),
        (INTEGER, b"\5", "05", UNDECODABLE),
        (BIT_STRING, b"\0\1", "0001", UNDECODABLE),
    ],
)
def test_a_malformed_string(
    inspect_file: InspectFile, tag: int, octets: bytes, value: str, remark: dict[str, Any]
) -> None:
    """It shows as far as it can be read, and the attribute beside it as usual."""
    assert inspect_subject(inspect_file, encode_attribute(CN, tag, octets), READABLE)[
        "subject_attributes"
    ] == [
        {"oid": CN, "name": "CN", "value": value, **remark},
        {"oid": CN, "name": "CN", "value": "a123456"},
    ]


@pytest.mark.parametrize("country", ["JPN", "", "日本"])
def test_a_country_of_any_length(inspect_file: InspectFile, country: str) -> None:
    """RFC 5280 A.1 demands two letters, and others occur."""
    certificate = inspect_subject(inspect_file, encode_attribute(C, PRINTABLE, country.encode()), READABLE)
    assert certificate["subject_attributes"][0] == {"oid": C, "name": "C", "value": country}


def test_an_attribute_that_is_no_text(inspect_file: InspectFile) -> None:
    """x500UniqueIdentifier is a BIT STRING: hexadecimal, and not undecodable."""
    certificate = inspect_subject(inspect_file, encode_attribute(UNIQUE_IDENTIFIER, BIT_STRING, b"\0\1"))
    expected = {"oid": UNIQUE_IDENTIFIER, "name": UNIQUE_IDENTIFIER, "value": "0001"}
    assert certificate["subject_attributes"] == [expected]


def test_a_value_that_is_no_attribute(inspect_file: InspectFile) -> None:
    """It shows as its octets."""
    certificate = inspect_subject(inspect_file, encode_tlv(0x31, encode_sequence(b"\5\0")), READABLE)
    assert certificate["subject_attributes"][0] == {
        "oid": "",
        "name": "",
        "value": "0500",
        "undecodable": True,
    }


@pytest.mark.parametrize("octets", [b"\xff", b"\x80"])
def test_an_undecodable_attribute_is_no_user_id(inspect_file: InspectFile, octets: bytes) -> None:
    """Hexadecimal digits must not pass for what the certificate says."""
    assert inspect_subject(inspect_file, encode_attribute(CN, UTF8, octets), READABLE)["user_id"] == "a123456"
    assert inspect_subject(inspect_file, encode_attribute(CN, UTF8, octets))["user_id"] is None


def test_the_name_as_text(inspect_file: InspectFile) -> None:
    """RFC 4514: the last RDN first, special characters escaped, undecodable bytes in hexadecimal."""
    attributes = [
        encode_tlv(
            0x31,
            encode_sequence(encode_oid(CN), encode_tlv(UTF8, b"a+b")),
            encode_sequence(encode_oid(E), encode_tlv(IA5, b"x@y")),
        ),
        encode_attribute("2.5.4.10", UTF8, b' #"1", <2>; \\ '),
        encode_attribute("2.5.4.11", UTF8, b"\xff"),
    ]
    expected = rf"OU=#ff,O=\ #\"1\"\, \<2\>\; \\\ ,CN=a\+b+{E}=x@y"
    assert inspect_subject(inspect_file, *attributes)["subject"] == expected


def test_names_as_the_library_writes_them() -> None:
    """Where the library reads a name, its text is the same."""
    texts = [" ", "#", "a ", " a", "\0", "a,b", "=", "ü", "\\"]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text) for text in texts])
    minted = mint(subject=subject)
    assert load_certificate(encode_der(minted)).subject.format_rfc4514() == subject.rfc4514_string()


@pytest.mark.parametrize(
    ("octets", "serial"),
    [(b"\xff", "ff"), (b"\x80\0", "8000"), (b"\0\x80", "80"), (b"", "0"), (b"\0", "0")],
)
def test_serial_numbers(inspect_file: InspectFile, octets: bytes, serial: str) -> None:
    """A negative serial number shows as its octets, as in Windows; an empty one loses nothing."""
    assert inspect_subject(inspect_file, READABLE, serial=octets)["serial"] == serial


@pytest.mark.parametrize("ca", [mint_ca(), mint_ca(key=get_rsa_key())], ids=["EC", "RSA"])
@pytest.mark.parametrize(
    "subject", [READABLE, encode_attribute(CN, UTF8, b"\xff")], ids=["readable", "unreadable"]
)
def test_the_signature_still_verifies(inspect_file: InspectFile, ca: Identity, subject: bytes) -> None:
    """A certificate that the library refuses is signed all the same: its path verifies like another's."""
    data = forge_certificate(subject, issuer=ca)
    assert inspect_file(armour_certificate(data) + encode_pem(ca))["chain"]["status"] == "consistent"


def test_a_broken_signature_is_found_all_the_same(inspect_file: InspectFile) -> None:
    """Where a name cannot be read, the signature is verified all the same, and not taken on trust.

    ``ROOT (anchor) -> holder with one bit changed``: broken.
    """
    data = forge_certificate(encode_attribute(CN, UTF8, b"\xff"))
    broken = data[:-1] + bytes([data[-1] ^ 1])
    anchors = {"boj": [{"pem": encode_pem(get_root()).decode()}]}
    chains = [
        inspect_file(armour_certificate(content), anchors=anchors)["chain"] for content in (data, broken)
    ]
    assert [chain["status"] for chain in chains] == ["trusted", "broken"]


def armour_certificate(data: bytes) -> bytes:
    """Return a certificate in PEM."""
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"


def test_emails_and_their_fields(inspect_file: InspectFile) -> None:
    """Every field in which an address may stand is named (RFC 5280, RFC 9598, Windows)."""
    san = [
        x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), encode_tlv(UTF8, b"user@corp.local")),
        x509.RFC822Name("second@example.co.jp"),
        x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9"), encode_tlv(UTF8, "山田@例え.jp".encode())),
        x509.OtherName(x509.ObjectIdentifier("1.2.3"), encode_tlv(UTF8, b"no address")),
        x509.DirectoryName(build_name(CN="nor this")),
    ]
    assert inspect_file(encode_der(mint(san=san)))["certificates"][0]["emails"] == [
        {"value": "user@example.co.jp", "field": "subject.E"},
        {"value": "user@corp.local", "field": "subjectAltName.UPN"},
        {"value": "second@example.co.jp", "field": "subjectAltName.rfc822Name"},
        {"value": "山田@例え.jp", "field": "subjectAltName.SmtpUTF8Mailbox"},
    ]


def test_a_malformed_address_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """The library reads all alternative names or none."""
    san = [x509.RFC822Name("first@example.co.jp"), x509.RFC822Name("second@example.co.jp")]
    data = encode_der(mint(email=None, san=san)).replace(b"first@", b"fir\xfft@")
    assert inspect_file(data)["certificates"][0]["emails"] == [
        {"value": "second@example.co.jp", "field": "subjectAltName.rfc822Name"}
    ]


def test_a_malformed_extension_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """The library reads all extensions or none; the others still say that this is a CA."""
    minted = mint(ca=True, san=[x509.RFC822Name("a@example.co.jp")])
    data = encode_der(minted).replace(b"a@example.co.jp", b"\xff@example.co.jp")
    assert inspect_file(data)["certificates"][0]["is_ca"] is True
    (unreadable,) = load_certificate(data).extensions.unreadable
    assert unreadable == ("2.5.29.17", False)


def test_a_certificate_that_the_library_refuses(inspect_file: InspectFile) -> None:
    """Its version does not exist: it is read without the library, its key and extensions with it."""
    data = encode_der(mint(ca=True)).replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020107"))
    with pytest.raises(x509.InvalidVersion):
        x509.load_der_x509_certificate(data)
    (certificate,) = inspect_file(data)["certificates"]
    assert (certificate["user_id"], certificate["is_ca"]) == (None, True)
    assert certificate["not_after"] == "2027-03-31T14:59:59Z"
    assert certificate["subject_attributes"][0]["value"] == "a123456"


@pytest.mark.parametrize(("bits", "outcome"), [(16_384, "certificates"), (16_392, "error")])
def test_the_size_of_an_rsa_key(inspect_file: InspectFile, bits: int, outcome: str) -> None:
    """A key larger than OpenSSL verifies with is refused before anything is computed with it."""
    real = mint(key=get_rsa_key())
    key = real.certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    numbers = encode_sequence(encode_integer((1 << bits) - 1), encode_integer(65537))
    larger = encode_sequence(
        encode_sequence(encode_oid("1.2.840.113549.1.1.1"), b"\5\0"), encode_tlv(0x03, b"\0", numbers)
    )
    tbs_certificate = replace_field(real.certificate.tbs_certificate_bytes, key, larger)
    file = inspect_file(sign_certificate(tbs_certificate, get_root().key))
    assert outcome in file
    if outcome == "error":
        detail = {"what": "rsa_bits", "found": bits, "allowed": 16_384}
        assert file["error"] == {"code": "over_limit", "detail": detail}
