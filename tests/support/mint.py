"""Certificates and files for tests: sane defaults, so that a test states only its one deviation.

``mint()`` is a holder's certificate of the Bank of Japan; ``mint(not_after=…)`` one that ends then. Whoever
issues and whoever holds are `Identity` values: a certificate and its key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs7,
    pkcs12,
)
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Protection = Literal["3des", "aes-256"]

BOJ = "Gaitame CA - G5"
NOT_BEFORE = datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)
NOT_AFTER = datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC)  # 23:59:59 on 31 March in Japan
PASSWORD = "correct horse"

_OIDS = {
    "C": NameOID.COUNTRY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "CN": NameOID.COMMON_NAME,
    "E": NameOID.EMAIL_ADDRESS,
}


@dataclass(frozen=True)
class Identity:
    """A certificate and the key that it is about."""

    certificate: x509.Certificate
    key: Key


def generate_ec_key() -> ec.EllipticCurvePrivateKey:
    """Generate a key on P-256, which takes no time."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def get_rsa_key() -> rsa.RSAPrivateKey:
    """Return the session's RSA key, of the size that the authorities certify; generating it takes long."""
    return rsa.generate_private_key(65537, 2048)


def build_name(**attributes: str) -> x509.Name:
    """Build a name of attributes such as ``CN="a123456"``, in that order."""
    return x509.Name([x509.NameAttribute(_OIDS[short], value) for short, value in attributes.items()])


def get_root(cn: str = BOJ) -> Identity:
    """Return the session's self-signed CA of a name."""
    return _get_root(cn)


@cache  # apart, since a cache takes f() and f(BOJ) for different calls
def _get_root(cn: str) -> Identity:
    return mint_ca(cn=cn)


def mint_ca(  # noqa: PLR0913 - like mint
    issuer: Identity | None = None,
    *,
    cn: str = BOJ,
    key: Key | None = None,
    not_before: datetime = datetime(2020, 1, 1, tzinfo=UTC),
    not_after: datetime = datetime(2040, 1, 1, tzinfo=UTC),
    key_ids: bool = True,
    path_length: int | None = None,
    extensions: Iterable[x509.Extension[x509.ExtensionType]] = (),
    serial: int = 0x1234ABCD,
) -> Identity:
    """Issue a CA certificate; self-signed without an issuer."""
    return mint(
        issuer,
        subject=build_name(CN=cn),
        key=key,
        not_before=not_before,
        not_after=not_after,
        ca=True,
        key_ids=key_ids,
        self_signed=issuer is None,
        path_length=path_length,
        extensions=extensions,
        serial=serial,
    )


def mint(  # noqa: PLR0913 - a test deviates in one of them; the others are defaults
    issuer: Identity | None = None,
    *,
    issuer_cn: str = BOJ,
    cn: str = "a123456",
    email: str | None = "user@example.co.jp",
    subject: x509.Name | None = None,
    san: Iterable[x509.GeneralName] = (),
    key: Key | None = None,
    not_before: datetime = NOT_BEFORE,
    not_after: datetime = NOT_AFTER,
    ca: bool = False,
    key_ids: bool = True,
    self_signed: bool = False,
    serial: int = 0x1234ABCD,
    path_length: int | None = None,
    extensions: Iterable[x509.Extension[x509.ExtensionType]] = (),
) -> Identity:
    """Issue a certificate.

    Args:
        issuer: the signer; by default the session's CA of the name `issuer_cn`.
        issuer_cn: CN of that CA.
        cn: the holder's CN, where the user id stands.
        email: the subject's E; None leaves it out.
        subject: the whole subject, instead of cn and email.
        san: names for subjectAltName; none leaves the extension out.
        key: the holder's key; a new EC key by default.
        not_before: first valid second.
        not_after: last valid second.
        ca: basicConstraints says CA.
        key_ids: with subject and authority key identifiers.
        self_signed: signed with its own key; `issuer` and `issuer_cn` do not count.
        serial: its serial number.
        path_length: pathLenConstraint, of a CA.
        extensions: further ones.
    """
    key = key or generate_ec_key()
    if subject is None:
        subject = build_name(CN=cn, **({} if email is None else {"E": email}))
    signer = None if self_signed else issuer or get_root(issuer_cn)
    signing_key = signer.key if signer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer.certificate.subject if signer else subject)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
    )
    if key_ids:
        own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        of_issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key())
        builder = builder.add_extension(own, critical=False).add_extension(of_issuer, critical=False)
    if names := list(san):
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    for extension in extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    return Identity(builder.sign(signing_key, hashes.SHA256()), key)


def build_extension(
    value: x509.ExtensionType, *, critical: bool = True
) -> x509.Extension[x509.ExtensionType]:
    """Build an extension."""
    return x509.Extension(value.oid, critical, value)


def build_key_usage(*uses: str) -> x509.Extension[x509.ExtensionType]:
    """Build a keyUsage of uses as the library names them, for example ``key_cert_sign``."""
    all_uses = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    assert set(uses) <= set(all_uses)
    return build_extension(x509.KeyUsage(**{use: use in uses for use in all_uses}))


def encode_der(identity: Identity) -> bytes:
    """Encode the certificate in DER, what Windows calls "DER encoded binary X.509"."""
    return identity.certificate.public_bytes(Encoding.DER)


def compute_sha256(identity: Identity) -> str:
    """Compute the certificate's fingerprint as reports write it: lower-case hexadecimal."""
    return identity.certificate.fingerprint(hashes.SHA256()).hex()


def encode_pem(*identities: Identity) -> bytes:
    """Encode certificates in PEM, one after another."""
    return b"".join(identity.certificate.public_bytes(Encoding.PEM) for identity in identities)


def build_p7b(*identities: Identity, encoding: Encoding = Encoding.DER) -> bytes:
    """Build a PKCS #7 bundle of certificates."""
    return pkcs7.serialize_certificates([identity.certificate for identity in identities], encoding)


def build_pfx(  # noqa: PLR0913 - like mint
    identity: Identity | None = None,
    password: str | None = PASSWORD,
    *,
    protection: Protection = "3des",
    with_key: bool = True,
    with_certificate: bool = True,
    others: Sequence[Identity] = (),
) -> bytes:
    """Build a PKCS #12.

    Args:
        identity: the owner; by default ``mint()``.
        password: None for a file without encryption, its MAC made with the empty password.
        protection: 3DES with SHA-1 is what Windows writes unless asked for AES-256.
        with_key: with the private key.
        with_certificate: with the key's certificate.
        others: further certificates.
    """
    identity = identity or mint()
    return pkcs12.serialize_key_and_certificates(
        b"client certificate",
        identity.key if with_key else None,
        identity.certificate if with_certificate else None,
        [other.certificate for other in others],
        NoEncryption() if password is None else _encryption(password, protection),
    )


def _encryption(password: str, protection: Protection) -> KeySerializationEncryption:
    builder = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2000)  # Windows' number
    if protection == "3des":
        old = builder.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        return old.hmac_hash(hashes.SHA1()).build(password.encode())  # noqa: S303 - Windows' MAC
    new = builder.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
    return new.hmac_hash(hashes.SHA256()).build(password.encode())
