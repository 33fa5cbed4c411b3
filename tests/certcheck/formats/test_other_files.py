"""Files that are no certificates: requests, keys, signatures; too much of anything; unexpected errors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs7,
)

from certcheck import InputFile, Rules, inspect, japan, limits
from certcheck.errors import UnusableInput
from certcheck.formats import file_reader
from certcheck.x509 import certificate
from tests.support.mint import (
    Key,
    build_name,
    build_p7b,
    compute_sha256,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_rsa_key,
    mint,
)
from tests.support.mint_pkcs12 import (
    build_content_info,
    encode_integer,
    encode_oid,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.certcheck.conftest import InspectFile

HOLDER = mint()
EC, RSA = generate_ec_key(), get_rsa_key()
REQUEST = (
    x509.CertificateSigningRequestBuilder().subject_name(build_name(CN="a123456")).sign(EC, hashes.SHA256())
)
SIGNED_DATA, DATA = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1"


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_a_request(inspect_file: InspectFile, encoding: Encoding) -> None:
    """It is made when a certificate is applied for, and is none."""
    assert inspect_file(REQUEST.public_bytes(encoding))["error"]["code"] == "certificate_request"


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
@pytest.mark.parametrize("key", [EC, RSA], ids=["EC", "RSA"])
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_private_key(inspect_file: InspectFile, key: Key, form: PrivateFormat, encoding: Encoding) -> None:
    """A key is told from a certificate, and nothing of it is repeated."""
    error = inspect_file(key.private_bytes(encoding, form, NoEncryption()))["error"]
    assert error["code"] == "private_key"
    assert set(error["detail"]) <= {"block", "found"}


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_an_encrypted_private_key(inspect_file: InspectFile, encoding: Encoding) -> None:
    """No password is asked for: there would be no certificate behind it."""
    data = EC.private_bytes(encoding, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))
    assert inspect_file(data)["error"]["code"] == "private_key"


def test_an_openssh_key(inspect_file: InspectFile) -> None:
    """Every label that ends so is a private key's."""
    data = EC.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    detail = {"block": 1, "found": "OPENSSH PRIVATE KEY"}
    assert inspect_file(data)["error"] == {"code": "private_key", "detail": detail}


def test_a_public_key(inspect_file: InspectFile) -> None:
    """It is neither secret nor a certificate."""
    data = EC.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    error = {"code": "not_a_certificate", "detail": {"block": 1, "found": "PUBLIC KEY"}}
    assert inspect_file(data)["error"] == error


def test_beside_a_certificate_they_are_no_failure(inspect_file: InspectFile) -> None:
    """A file of key, request and certificate is a certificate's."""
    key = EC.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = inspect_file(key + REQUEST.public_bytes(Encoding.PEM) + encode_pem(HOLDER))
    assert "failures" not in file
    assert not file["certificates"][0]["has_private_key"]


def test_a_file_of_a_request_and_its_key_is_named_once(inspect_file: InspectFile) -> None:
    """What is known is named before what is not."""
    data = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    data += EC.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    assert inspect_file(data)["error"]["code"] == "private_key"


def sign_content(*options: pkcs7.PKCS7Options) -> bytes:
    """Sign some content."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"content")
    key = HOLDER.key
    return builder.add_signer(HOLDER.certificate, key, hashes.SHA256()).sign(Encoding.DER, list(options))


def test_a_signature_without_certificates(inspect_file: InspectFile) -> None:
    """A .p7b or .p7s that signs something and brings no certificate along."""
    data = sign_content(pkcs7.PKCS7Options.NoCerts)
    assert inspect_file(data)["error"] == {"code": "signature", "detail": {}}


def test_a_signatures_certificates_show(inspect_file: InspectFile) -> None:
    """Those that a signature brings along are certificates like any others."""
    file = inspect_file(sign_content())
    assert (file["format"], file["certificates"][0]["sha256"]) == ("pkcs7", compute_sha256(HOLDER))


def test_a_bundle_of_nothing(inspect_file: InspectFile) -> None:
    """Neither certificates nor a signature."""
    empty = (encode_integer(1), encode_tlv(0x31), encode_sequence(encode_oid(DATA)), encode_tlv(0x31))
    data = build_content_info(SIGNED_DATA, encode_sequence(*empty))
    assert inspect_file(data)["error"]["code"] == "no_certificate"


@pytest.mark.parametrize("make", [encode_pem, build_p7b])
def test_too_many_certificates(inspect_file: InspectFile, make: Callable[..., bytes]) -> None:
    """Counted before the first is read."""
    limit = limits.ALLOWED["certificates"]
    detail = {"what": "certificates", "found": limit + 1, "allowed": limit}
    assert inspect_file(make(*[HOLDER] * (limit + 1)))["error"] == {"code": "over_limit", "detail": detail}
    assert len(inspect_file(make(*[HOLDER] * 20))["certificates"]) == 20


def test_too_many_files(authority_rules: Rules) -> None:
    """The first ones are read; each of the others says that there are too many."""
    limit = limits.ALLOWED["files"]
    report = inspect([InputFile("x", b"")] * (limit + 2), authority_rules, japan.parse_instant("2027-03-10"))
    errors = [file["error"] for file in json.loads(report.to_json())["files"]]
    assert [error["code"] for error in errors] == ["empty_file"] * limit + ["over_limit"] * 2
    assert errors[-1]["detail"] == {"what": "files", "found": limit + 2, "allowed": limit}


def test_a_length_beyond_all_numbers(inspect_file: InspectFile) -> None:
    """Told as the largest number that JSON holds exactly."""
    data = b"\x30\xfe" + b"\x7f" * 126 + encode_sequence(b"\xa0\3\2\1\2")
    assert inspect_file(data)["error"]["detail"] == {
        "size": len(data),
        "expected": limits.LARGEST_JSON_INTEGER,
    }


class Panic(BaseException):
    """Like the one of the library's Rust, which is no Exception."""


@pytest.mark.parametrize("kind", [Panic, RecursionError, MemoryError, SystemError])
def test_an_unexpected_error_is_damage(monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]) -> None:
    """Whatever the library throws, a file is damaged and the others are not lost; the kind is told."""

    def raise_error(*_: object) -> None:
        raise kind

    monkeypatch.setattr(certificate, "load_certificate", raise_error)
    with pytest.raises(UnusableInput) as caught:
        file_reader.read_contents(encode_der(HOLDER))
    assert caught.value.detail == {"where": "library", "cause": kind.__name__}


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_interruption_is_no_damage(monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]) -> None:
    """Whoever stops the program stops it."""

    def raise_error(*_: object) -> None:
        raise kind

    monkeypatch.setattr(certificate, "load_certificate", raise_error)
    with pytest.raises(kind):
        file_reader.read_contents(encode_der(HOLDER))
