"""A certificate of a .pfx, saved without its private key: its very bytes, and nothing else."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7

from certcheck.browser import Session
from tests.support.mint import PASSWORD, build_pfx, compute_sha256, encode_der, encode_pem, get_root, mint

HOLDER, ROOT = mint(), get_root()
PATH = [compute_sha256(HOLDER), compute_sha256(ROOT)]


@pytest.fixture(scope="module")
def session() -> Session:
    """Return a session that has opened a .pfx of a holder, its key and its CA."""
    session = Session()
    session.read_file(1, "x.pfx", build_pfx(HOLDER, others=[ROOT]), PASSWORD)
    return session


def test_cer(session: Session) -> None:
    """The file is the certificate, byte for byte."""
    assert session.export_certificate("cer", PATH) == encode_der(HOLDER)


def test_pem(session: Session) -> None:
    """The file is what the library writes as PEM (RFC 7468)."""
    assert session.export_certificate("pem", PATH) == encode_pem(HOLDER)


def test_p7b(session: Session) -> None:
    """The path comes along, and other programs read it: the library's parser, which is OpenSSL's."""
    data = session.export_certificate("p7b", PATH)
    certificates = pkcs7.load_der_pkcs7_certificates(data)
    assert set(certificates) == {HOLDER.certificate, ROOT.certificate}


@pytest.mark.parametrize("form", ["cer", "pem", "p7b"])
def test_no_private_key(session: Session, form: str) -> None:
    """Neither the key's number nor its structure is in the file, and no password opens anything there."""
    data = session.export_certificate(form, PATH)  # type: ignore[arg-type] # a form of the list above
    assert isinstance(HOLDER.key, ec.EllipticCurvePrivateKey)
    number = HOLDER.key.private_numbers().private_value.to_bytes(32, "big")
    assert number in HOLDER.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert number not in data
    assert b"PRIVATE KEY" not in data
    decoded = x509.load_pem_x509_certificate(data).public_bytes(Encoding.DER) if form == "pem" else data
    assert number not in decoded


def test_another_certificate(session: Session) -> None:
    """One that no file holds cannot be saved."""
    with pytest.raises(KeyError):
        session.export_certificate("cer", ["00"])
