"""Formats, told from the bytes, and the failures of unusable input."""

from __future__ import annotations

import base64
import codecs
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.mint import (
    build_name,
    build_p7b,
    compute_sha256,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_root,
    mint,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
PEM = encode_pem(HOLDER)


def list_fingerprints(file: dict[str, Any]) -> list[str]:
    """Return the SHA-256 of each certificate of a file."""
    return [certificate["sha256"] for certificate in file["certificates"]]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        pytest.param(encode_der(HOLDER), "der", id="DER"),
        pytest.param(encode_der(HOLDER) + b"\r\n", "der", id="DER and a line end"),
        pytest.param(PEM, "pem", id="PEM"),
        pytest.param(PEM.replace(b"\n", b"\r\n"), "pem", id="Windows line ends"),
        pytest.param(PEM.replace(b"\n", b"\r"), "pem", id="old Macintosh line ends"),
        pytest.param(codecs.BOM_UTF8 + PEM, "pem", id="UTF-8 mark"),
        pytest.param(PEM.decode().encode("utf-16"), "pem", id="Windows Unicode text"),
        pytest.param(
            b"Bag Attributes\n  friendlyName: x\n" + PEM + "以上\n".encode(), "pem", id="text around"
        ),
        pytest.param(PEM.replace(b"CERTIFICATE", b"X509 CERTIFICATE"), "pem", id="OpenSSL's other label"),
        pytest.param(base64.encodebytes(encode_der(HOLDER)), "pem", id="Base64 without armour"),
        pytest.param(build_p7b(HOLDER), "pkcs7", id="p7b in DER"),
        pytest.param(build_p7b(HOLDER, encoding=Encoding.PEM), "pkcs7", id="p7b in PEM"),
        pytest.param(
            build_p7b(HOLDER, encoding=Encoding.PEM).replace(b"PKCS7", b"CERTIFICATE"),
            "pkcs7",
            id="p7b that is labelled a certificate, as Windows does",
        ),
    ],
)
def test_formats(inspect_file: InspectFile, data: bytes, form: str) -> None:
    """Every way to write one certificate is read, the format told from the bytes."""
    file = inspect_file(data)
    assert (file["format"], list_fingerprints(file)) == (form, [compute_sha256(HOLDER)])
    assert file["password_form"] is None
    assert "failures" not in file


@pytest.mark.parametrize("form", ["pem", "p7b"])
def test_several_certificates(inspect_file: InspectFile, form: str) -> None:
    """All certificates of a file are listed, and they build one path."""
    file = inspect_file(encode_pem(HOLDER, get_root()) if form == "pem" else build_p7b(HOLDER, get_root()))
    assert set(list_fingerprints(file)) == {compute_sha256(HOLDER), compute_sha256(get_root())}
    assert file["chain"]["path"] == [compute_sha256(HOLDER), compute_sha256(get_root())]


def test_p7b_in_ber(inspect_file: InspectFile) -> None:
    """A bundle written with indefinite lengths (X.690 8.1.3.6) is read too."""
    whole = build_p7b(HOLDER)
    indefinite = b"\x30\x80" + whole[4:] + b"\0\0"
    assert list_fingerprints(inspect_file(indefinite)) == [compute_sha256(HOLDER)]


def test_one_bad_block_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """A PEM block that cannot be read is named by its number, beside the certificates that can."""
    bad = PEM.replace(PEM.split(b"\n")[3], b"*" * 64)
    file = inspect_file(bad + PEM)
    assert list_fingerprints(file) == [compute_sha256(HOLDER)]
    assert file["failures"] == [{"code": "damaged", "detail": {"where": "base64", "block": 1}}]


def test_a_cut_second_block_is_named(inspect_file: InspectFile) -> None:
    """A block without its END line was cut off."""
    file = inspect_file(PEM + encode_pem(get_root())[:-40])
    assert list_fingerprints(file) == [compute_sha256(HOLDER)]
    assert file["failures"] == [{"code": "damaged", "detail": {"where": "armour", "block": 2}}]


def test_one_bad_certificate_in_p7b_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """The same for a bundle; the number counts its certificates."""
    odd = mint(cn="a654321")
    data = build_p7b(HOLDER, odd).replace(
        encode_der(odd), encode_der(odd).replace(b"\x30\x1e\x17\x0d", b"\x31\x1e\x17\x0d")
    )
    file = inspect_file(data)
    assert list_fingerprints(file) == [compute_sha256(HOLDER)]
    assert [failure["code"] for failure in file["failures"]] == ["damaged"]


def test_a_key_beside_a_certificate_is_left_alone(inspect_file: InspectFile) -> None:
    """A private key in a PEM file is neither read nor a failure."""
    key = HOLDER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = inspect_file(key + PEM)
    assert (file["format"], list_fingerprints(file)) == ("pem", [compute_sha256(HOLDER)])
    assert not file["certificates"][0]["has_private_key"]
    assert "failures" not in file


REQUEST = x509.CertificateSigningRequestBuilder().subject_name(build_name(CN="a123456"))
SIGNED_REQUEST = REQUEST.sign(generate_ec_key(), hashes.SHA256())
KEY = HOLDER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty_file", id="nothing"),
        pytest.param(b" \r\n", "empty_file", id="blanks"),
        pytest.param(b"\0" * 1000, "not_a_certificate", id="NULs"),
        pytest.param(b"0", "not_a_certificate", id="one byte like a SEQUENCE"),
        pytest.param(b"0123456789", "not_a_certificate", id="digits, which begin like a SEQUENCE"),
        pytest.param(b"0000000000", "not_a_certificate", id="zeros, which nest like SEQUENCEs"),
        pytest.param(b"<html>", "not_a_certificate", id="a web page"),
        pytest.param("証明書".encode(), "not_a_certificate", id="text"),
        pytest.param("証明書".encode("utf-16"), "not_a_certificate", id="Windows Unicode text"),
        pytest.param(b"PK\x03\x04" + bytes(100), "not_a_certificate", id="a ZIP"),
        pytest.param(SIGNED_REQUEST.public_bytes(Encoding.DER), "certificate_request", id="a request"),
        pytest.param(SIGNED_REQUEST.public_bytes(Encoding.PEM), "certificate_request", id="a request in PEM"),
        pytest.param(KEY, "private_key", id="a private key"),
        pytest.param(
            b"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "not_a_certificate", id="hollow"
        ),
        pytest.param(encode_der(HOLDER)[:-1], "damaged", id="DER without its last byte"),
        pytest.param(encode_der(HOLDER)[:20], "damaged", id="DER's beginning"),
        pytest.param(PEM[:-40], "damaged", id="PEM without its end"),
        pytest.param(PEM.replace(b"M", b"*", 1), "damaged", id="PEM with a letter that is not Base64"),
        pytest.param(
            encode_der(HOLDER).replace(b"\x30\x1e\x17\x0d", b"\x31\x1e\x17\x0d"),
            "damaged",
            id="a SET in place of the validity",
        ),
        pytest.param(build_p7b(HOLDER)[:-1], "damaged", id="p7b without its last byte"),
        pytest.param(bytes(10_000_001), "too_large", id="a byte too many"),
        pytest.param(bytes(10_000_000), "not_a_certificate", id="as large as may be"),
    ],
)
def test_unusable_input(inspect_file: InspectFile, data: bytes, code: str) -> None:
    """What cannot be used is named by its cause."""
    assert inspect_file(data)["error"]["code"] == code


def test_p7b_without_certificates(inspect_file: InspectFile) -> None:
    """Signed data may hold none (RFC 2315 9.1)."""
    empty = bytes.fromhex(
        "3027 0609 2a864886f70d010702 a01a 3018 020101 3100 300b 0609 2a864886f70d010701 a000 a100 3100"
        # version, digestAlgorithms, contentInfo, certificates, crls, signerInfos
    )
    assert inspect_file(empty)["error"]["code"] == "no_certificate"


def test_encrypted_mail_is_no_certificate(inspect_file: InspectFile) -> None:
    """PKCS #7 of another kind than signed data; its OID is told."""
    mail = bytes.fromhex("3014 0609 2a864886f70d010703 a007 3005 020100 3100".replace(" ", ""))
    error = inspect_file(mail)["error"]
    assert error == {"code": "not_a_certificate", "detail": {"found": "1.2.840.113549.1.7.3"}}


@pytest.mark.parametrize("data", [pytest.param(KEY, id="key"), pytest.param(PEM[:-40], id="cut")])
def test_a_failed_block_has_its_number_and_label(inspect_file: InspectFile, data: bytes) -> None:
    """The number of the block stands in the detail, and its label where it is something else."""
    detail = inspect_file(data)["error"]["detail"]
    assert detail == (
        {"block": 1, "found": "PRIVATE KEY"} if data == KEY else {"where": "armour", "block": 1}
    )


def test_a_bad_extension_does_not_lose_the_certificate(inspect_file: InspectFile) -> None:
    """The library reads all extensions or none; without them, what else the certificate says still stands."""
    minted = mint(san=[x509.RFC822Name("second@example.co.jp")])
    file = inspect_file(encode_der(minted).replace(b"second@example.co.jp", b"second@ex\xffmple.co.jp"))
    (certificate,) = file["certificates"]
    assert certificate["user_id"] == "a123456"
    assert [email["field"] for email in certificate["emails"]] == ["subject.E"]
