"""The files that measurements and proofs give to the checker: a certificate of the Bank of Japan's system.

Tests mint theirs in ``tests/support``, with each deviation that one can have.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "correct horse"  # noqa: S105  # of files that are minted here
_ISSUER = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Gaitame CA - G5")])
_SUBJECT = x509.Name(
    [
        x509.NameAttribute(NameOID.COMMON_NAME, "a123456"),
        x509.NameAttribute(NameOID.EMAIL_ADDRESS, "user@example.co.jp"),
    ]
)
_NOT_BEFORE = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
_NOT_AFTER = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)  # 23:59:59 on 31 March in Japan


@dataclass(frozen=True)
class SampleHolder:
    """A certificate and the key that it is about."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

    def encode_certificate(self) -> bytes:
        """Return the certificate in DER."""
        return self.certificate.public_bytes(Encoding.DER)

    def encode_pfx(self, password: str = PASSWORD) -> bytes:
        """Return certificate and key as Windows exports them by default: 3DES, SHA-1, 2,000 iterations."""
        builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2000)
        builder = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        encryption = builder.hmac_hash(hashes.SHA1()).build(password.encode())  # noqa: S303  # Windows' MAC
        return pkcs12.serialize_key_and_certificates(
            b"client certificate", self.key, self.certificate, None, encryption
        )


def mint_holder(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, serial_number: int = 0x1234ABCD
) -> SampleHolder:
    """Issue a holder's certificate; nobody has the issuer's, so the holder's own key signs."""
    public_key = key.public_key()
    builder = (
        x509.CertificateBuilder(_ISSUER, _SUBJECT)
        .public_key(public_key)
        .serial_number(serial_number)
        .not_valid_before(_NOT_BEFORE)
        .not_valid_after(_NOT_AFTER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public_key), critical=False)
    )
    return SampleHolder(builder.sign(key, hashes.SHA256()), key)
