"""Names: one bad attribute never loses the certificate, and what it says is not lost either."""

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
from tests.support.mint import Identity, Key, der, ec_key, mint, mint_ca, name, pem, root, rsa_key
from tests.support.mint_pkcs12 import integer, oid, sequence, tlv

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

INTEGER, BIT_STRING = 0x02, 0x03
UTF8, PRINTABLE, TELETEX, IA5, UNIVERSAL, BMP = 0x0C, 0x13, 0x14, 0x16, 0x1C, 0x1E
CN, C, E, UNIQUE_IDENTIFIER = "2.5.4.3", "2.5.4.6", "1.2.840.113549.1.9.1", "2.5.4.45"
_ALGORITHMS = {"ec": "1.2.840.10045.4.3.2", "rsa": "1.2.840.113549.1.1.11"}


def attribute(kind: str, tag: int, value: bytes) -> bytes:
    """Encode an RDN of one attribute."""
    return tlv(0x31, sequence(oid(kind), tlv(tag, value)))


def forged(*attributes: bytes, serial: bytes = b"\1", issuer: Identity | None = None) -> bytes:
    """Return a signed certificate whose subject is any bytes; its issuer's name and its key are real."""
    ca = issuer or root()
    real = mint(ca, key=ec_key(), key_ids=False).certificate
    fields = {
        "subject": real.subject.public_bytes(),
        "serial": tlv(0x02, real.serial_number.to_bytes(4, "big")),
    }
    signed = real.tbs_certificate_bytes
    signed = _replace(signed, fields["subject"], sequence(*attributes))
    signed = _replace(signed, fields["serial"], tlv(0x02, serial))
    return _signed(signed, ca.key)


def _replace(signed: bytes, old: bytes, new: bytes) -> bytes:
    body = signed[4 if signed[1] == 0x82 else 3 :]  # behind the tag and the length
    assert body.count(old) == 1
    return sequence(body.replace(old, new))


def _signed(signed: bytes, key: Key) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        algorithm = sequence(oid(_ALGORITHMS["rsa"]), b"\5\0")
        signature = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    else:
        algorithm = sequence(oid(_ALGORITHMS["ec"]))
        signature = key.sign(signed, ec.ECDSA(hashes.SHA256()))
    return sequence(signed, algorithm, tlv(0x03, b"\0", signature))


def shown(inspect_file: InspectFile, *attributes: bytes, serial: bytes = b"\1") -> dict[str, Any]:
    """Return what is said of a certificate with that subject."""
    (found,) = inspect_file(forged(*attributes, serial=serial))["certificates"]
    return dict(found)


GOOD = attribute(CN, UTF8, b"a123456")


SHIFT_JIS, UNDECODABLE = {"encoding": "shift_jis"}, {"undecodable": True}


@pytest.mark.parametrize(
    ("tag", "octets", "value", "remark"),
    [
        (TELETEX, "山田".encode("cp932"), "山田", SHIFT_JIS),
        (PRINTABLE, "髙橋①".encode("cp932"), "髙橋①", SHIFT_JIS),  # letters that Windows added
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
def test_a_bad_string(
    inspect_file: InspectFile, tag: int, octets: bytes, value: str, remark: dict[str, Any]
) -> None:
    """It shows as far as it can, and the one beside it as ever."""
    assert shown(inspect_file, attribute(CN, tag, octets), GOOD)["subject_attributes"] == [
        {"oid": CN, "name": "CN", "value": value, **remark},
        {"oid": CN, "name": "CN", "value": "a123456"},
    ]


@pytest.mark.parametrize("country", ["JPN", "", "日本"])
def test_a_country_of_any_length(inspect_file: InspectFile, country: str) -> None:
    """Two letters are asked for (RFC 5280 A.1), and others are met."""
    found = shown(inspect_file, attribute(C, PRINTABLE, country.encode()), GOOD)
    assert found["subject_attributes"][0] == {"oid": C, "name": "C", "value": country}


def test_the_one_attribute_that_is_no_text(inspect_file: InspectFile) -> None:
    """x500UniqueIdentifier is a BIT STRING: hexadecimal, and nothing is wrong with it."""
    found = shown(inspect_file, attribute(UNIQUE_IDENTIFIER, BIT_STRING, b"\0\1"))
    expected = {"oid": UNIQUE_IDENTIFIER, "name": UNIQUE_IDENTIFIER, "value": "0001"}
    assert found["subject_attributes"] == [expected]


def test_what_is_no_attribute(inspect_file: InspectFile) -> None:
    """Something else in its place shows as its octets."""
    found = shown(inspect_file, tlv(0x31, sequence(b"\5\0")), GOOD)
    assert found["subject_attributes"][0] == {"oid": "", "name": "", "value": "0500", "undecodable": True}


@pytest.mark.parametrize("bad", [b"\xff", b"\x80"])
def test_what_cannot_be_decoded_is_no_user_id(inspect_file: InspectFile, bad: bytes) -> None:
    """Hexadecimal digits must not pass for what the certificate says."""
    assert shown(inspect_file, attribute(CN, UTF8, bad), GOOD)["user_id"] == "a123456"
    assert shown(inspect_file, attribute(CN, UTF8, bad))["user_id"] is None


def test_the_name_as_text(inspect_file: InspectFile) -> None:
    """RFC 4514: the last RDN first, special characters escaped, undecodable bytes in hexadecimal."""
    attributes = [
        tlv(0x31, sequence(oid(CN), tlv(UTF8, b"a+b")), sequence(oid(E), tlv(IA5, b"x@y"))),
        attribute("2.5.4.10", UTF8, b' #"1", <2>; \\ '),
        attribute("2.5.4.11", UTF8, b"\xff"),
    ]
    expected = rf"OU=#ff,O=\ #\"1\"\, \<2\>\; \\\ ,CN=a\+b+{E}=x@y"
    assert shown(inspect_file, *attributes)["subject"] == expected


def test_names_as_the_library_writes_them() -> None:
    """Where the library reads a name, its text is the same."""
    odd = [" ", "#", "a ", " a", "\0", "a,b", "=", "ü", "\\"]
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, value) for value in odd])
    minted = mint(subject=subject)
    assert load_certificate(der(minted)).subject.format_rfc4514() == subject.rfc4514_string()


@pytest.mark.parametrize(
    ("serial", "shown_as"),
    [(b"\xff", "ff"), (b"\x80\0", "8000"), (b"\0\x80", "80"), (b"", "0"), (b"\0", "0")],
)
def test_serial_numbers(inspect_file: InspectFile, serial: bytes, shown_as: str) -> None:
    """A negative one shows as its octets, as in Windows; an empty one loses nothing."""
    assert shown(inspect_file, GOOD, serial=serial)["serial"] == shown_as


@pytest.mark.parametrize("ca", [mint_ca(), mint_ca(key=rsa_key())], ids=["EC", "RSA"])
@pytest.mark.parametrize("subject", [GOOD, attribute(CN, UTF8, b"\xff")], ids=["good", "bad"])
def test_the_signature_still_verifies(inspect_file: InspectFile, ca: Identity, subject: bytes) -> None:
    """What the library does not read is signed all the same: its path is as good as another's."""
    data = forged(subject, issuer=ca)
    assert load_certificate(data).is_refused == (subject != GOOD)
    assert inspect_file(_pem(data) + pem(ca))["chain"]["status"] == "consistent"


def test_a_broken_signature_is_found_all_the_same(inspect_file: InspectFile) -> None:
    """Where a name cannot be read, the signature is verified here, and not taken on trust."""
    data = forged(attribute(CN, UTF8, b"\xff"))
    assert inspect_file(_pem(data[:-1] + bytes([data[-1] ^ 1])) + pem(root()))["chain"]["status"] == "broken"


def _pem(data: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"


def test_emails_and_their_fields(inspect_file: InspectFile) -> None:
    """Every place in which an address may stand, each named (RFC 5280, RFC 9598, Windows)."""
    san = [
        x509.OtherName(x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2.3"), tlv(UTF8, b"user@corp.local")),
        x509.RFC822Name("second@example.co.jp"),
        x509.OtherName(x509.ObjectIdentifier("1.3.6.1.5.5.7.8.9"), tlv(UTF8, "山田@例え.jp".encode())),
        x509.OtherName(x509.ObjectIdentifier("1.2.3"), tlv(UTF8, b"no address")),
        x509.DirectoryName(name(CN="nor this")),
    ]
    assert inspect_file(der(mint(san=san)))["certificates"][0]["emails"] == [
        {"value": "user@example.co.jp", "field": "subject.E"},
        {"value": "user@corp.local", "field": "subjectAltName.UPN"},
        {"value": "second@example.co.jp", "field": "subjectAltName.rfc822Name"},
        {"value": "山田@例え.jp", "field": "subjectAltName.SmtpUTF8Mailbox"},
    ]


def test_one_bad_address_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """The library reads all alternative names or none."""
    san = [x509.RFC822Name(f"{each}@example.co.jp") for each in ("first", "second")]
    data = der(mint(email=None, san=san)).replace(b"first@", b"fir\xfft@")
    assert inspect_file(data)["certificates"][0]["emails"] == [
        {"value": "second@example.co.jp", "field": "subjectAltName.rfc822Name"}
    ]


def test_one_bad_extension_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """The library reads all extensions or none; the others still say that this is a CA."""
    minted = mint(ca=True, san=[x509.RFC822Name("a@example.co.jp")])
    data = der(minted).replace(b"a@example.co.jp", b"\xff@example.co.jp")
    assert inspect_file(data)["certificates"][0]["is_ca"] is True
    (unreadable,) = load_certificate(data).extensions.unreadable
    assert unreadable == ("2.5.29.17", False)


def test_a_certificate_that_the_library_refuses(inspect_file: InspectFile) -> None:
    """A version that there is not: read without the library, keys and extensions with it."""
    data = der(mint(ca=True)).replace(bytes.fromhex("a003020102"), bytes.fromhex("a003020107"))
    with pytest.raises(x509.InvalidVersion):
        x509.load_der_x509_certificate(data)
    (found,) = inspect_file(data)["certificates"]
    assert (found["user_id"], found["is_ca"], found["not_after"]) == (None, True, "2027-03-31T14:59:59Z")
    assert found["subject_attributes"][0]["value"] == "a123456"


@pytest.mark.parametrize(("bits", "outcome"), [(16_384, "certificates"), (16_392, "error")])
def test_the_size_of_an_rsa_key(inspect_file: InspectFile, bits: int, outcome: str) -> None:
    """Larger than OpenSSL verifies with is refused before anything is computed with it."""
    real = mint(key=rsa_key())
    key = real.certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    numbers = sequence(integer((1 << bits) - 1), integer(65537))
    larger = sequence(sequence(oid("1.2.840.113549.1.1.1"), b"\5\0"), tlv(0x03, b"\0", numbers))
    signed = _replace(real.certificate.tbs_certificate_bytes, key, larger)
    file = inspect_file(_signed(signed, root().key))
    assert outcome in file
    if outcome == "error":
        detail = {"what": "rsa_bits", "found": bits, "allowed": 16_384}
        assert file["error"] == {"code": "over_limit", "detail": detail}
