"""Files that people take for certificates are named for what they are."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from certcheck import japan
from tests.support.ber import convert_to_ber
from tests.support.mint import build_name, encode_der, encode_pem, generate_ec_key, mint
from tests.support.mint_pkcs12 import (
    build_content_info,
    encode_integer,
    encode_oid,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

HOLDER, KEY = mint(), generate_ec_key()
NOW = japan.parse_instant("2027-03-10T12:00:00+09:00")
LIST = (
    x509.CertificateRevocationListBuilder()
    .issuer_name(build_name(CN="Test CA"))
    .last_update(NOW)
    .next_update(NOW)
    .sign(KEY, hashes.SHA256())
)
SIGNED_DATA, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"
EMPTY_SET = encode_tlv(0x31)
LIST_IN_BUNDLE = build_content_info(
    SIGNED_DATA,
    encode_sequence(
        encode_integer(1),
        EMPTY_SET,
        encode_sequence(encode_oid(DATA)),
        encode_tlv(0xA1, LIST.public_bytes(Encoding.DER)),
        EMPTY_SET,
    ),
)


def build_mail() -> EmailMessage:
    """Build a mail with a certificate attached."""
    mail = EmailMessage()
    mail["X-Mailer"] = "test"
    mail["From"], mail["To"], mail["Subject"] = "ca@example.co.jp", "a@example.co.jp", "証明書"
    mail.set_content("添付します。")
    mail.add_attachment(
        encode_der(HOLDER), maintype="application", subtype="x-x509-ca-cert", filename="a.cer"
    )
    return mail


def build_zip() -> bytes:
    """Build an archive with a certificate in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.cer", encode_der(HOLDER))
    return stream.getvalue()


COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)
FILES = [
    ("mail", build_mail().as_bytes()),
    ("mail", build_mail().as_bytes().replace(b"\n", b"\r\n")),
    ("mail", COMPOUND_FILE + "__substg1.0_37010102".encode("utf-16-le")),
    ("office_document", COMPOUND_FILE + "WordDocument".encode("utf-16-le")),
    ("shortcut", bytes.fromhex("4c0000000114020000000000c000000000000046") + bytes(56)),
    ("shortcut", b"[InternetShortcut]\r\nURL=https://example.co.jp/a.cer\r\n"),
    ("java_keystore", bytes.fromhex("feedfeed00000002") + bytes(40)),
    ("java_keystore", bytes.fromhex("cececece00000002") + bytes(40)),
    ("archive", gzip.compress(encode_der(HOLDER))),
    ("archive", build_zip()),
    ("rich_text", rb"{\rtf1\ansi\deff0 x}"),
    ("web_page", b"\n<!DOCTYPE html>\n<title>Sign in</title>"),
    ("web_page", '<?xml version="1.0"?>\n<html xmlns="x">'.encode("utf-16")),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("picture", b"\x89PNG\r\n\x1a\n" + bytes(20)),
    ("picture", b"\xff\xd8\xff\xe0\0\x10JFIF"),
    ("mac_attributes", bytes.fromhex("0005160700020000") + b"Mac OS X        "),
    ("ssh_key", KEY.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)),
    ("ssh_key", b"---- BEGIN SSH2 PUBLIC KEY ----\nComment: x\n"),
    ("ssh_key", b"PuTTY-User-Key-File-3: ssh-ed25519\n"),
    ("crl", convert_to_ber(LIST.public_bytes(Encoding.DER), lambda: "open")),
    (
        "ocsp",
        ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(
            Encoding.DER
        ),
    ),
]


@pytest.mark.parametrize(("kind", "data"), FILES)
def test_other_files(inspect_file: InspectFile, kind: str, data: bytes) -> None:
    """What a file is shows from its bytes, so that the next step fits its kind."""
    error = inspect_file(data)["error"]
    assert (error["code"], error["detail"]["found"]) == ("not_a_certificate", kind)


@pytest.mark.parametrize(
    "data", [LIST.public_bytes(Encoding.DER), LIST.public_bytes(Encoding.PEM), LIST_IN_BUNDLE]
)
def test_revocation_lists_are_read(inspect_file: InspectFile, data: bytes) -> None:
    """In DER, in PEM, and alone in a PKCS #7, as CAs publish them: they are no certificates, and no error."""
    file = inspect_file(data)
    assert file["certificates"] == []
    assert [entry["sha256"] for entry in file["revocation_lists"]] == [
        LIST.fingerprint(hashes.SHA256()).hex()
    ]


@pytest.mark.parametrize("before", [b"From: ca@example.co.jp\nSubject: x\n\n", b"<html><pre>", rb"{\rtf1 "])
def test_a_certificate_in_the_text_is_read(inspect_file: InspectFile, before: bytes) -> None:
    """A mail or page whose text holds the certificate whole needs no other step."""
    assert "certificates" in inspect_file(before + encode_pem(HOLDER))


@pytest.mark.parametrize("data", ["題: 証明書\n".encode(), b"Note: x\nand more\n", b"0\x03\x0a\x02\x01"])
def test_nothing_is_made_up(inspect_file: InspectFile, data: bytes) -> None:
    """What is none of these stays without a kind."""
    assert inspect_file(data)["error"] == {"code": "not_a_certificate", "detail": {}}
