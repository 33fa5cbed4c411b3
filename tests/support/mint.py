"""Certificates and files for tests: sane defaults, so that each test states only its one deviation.

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


def ec_key() -> ec.EllipticCurvePrivateKey:
    """Make a key; P-256, since that takes no time."""
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Return the session's one RSA key, the kind that the authorities issue for; slow to make."""
    return rsa.generate_private_key(65537, 2048)


def name(**attributes: str) -> x509.Name:
    """Return a name of attributes such as ``CN="a123456"``, in the order given."""
    return x509.Name([x509.NameAttribute(_OIDS[short], value) for short, value in attributes.items()])


def root(cn: str = BOJ) -> Identity:
    """Return the session's self-signed CA of that name."""
    return _root(cn)


@cache  # apart, since a cache takes f() and f(BOJ) for different calls
def _root(cn: str) -> Identity:
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
        subject=name(CN=cn),
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
        issuer: who signs; by default the session's CA of the name `issuer_cn`.
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
    key = key or ec_key()
    if subject is None:
        subject = name(CN=cn, **({} if email is None else {"E": email}))
    signer = None if self_signed else issuer or root(issuer_cn)
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


def extension(value: x509.ExtensionType, *, critical: bool = True) -> x509.Extension[x509.ExtensionType]:
    """Return an extension to mint a certificate with."""
    return x509.Extension(value.oid, critical, value)


def key_usage(*used: str) -> x509.Extension[x509.ExtensionType]:
    """Return a keyUsage of these, named as the library names them, for example ``key_cert_sign``."""
    every = (
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
    assert set(used) <= set(every)
    return extension(x509.KeyUsage(**{name: name in used for name in every}))


def der(identity: Identity) -> bytes:
    """Return the certificate in DER, what Windows calls "DER encoded binary X.509"."""
    return identity.certificate.public_bytes(Encoding.DER)


def sha256(identity: Identity) -> str:
    """Return the certificate's fingerprint as reports write it."""
    return identity.certificate.fingerprint(hashes.SHA256()).hex()


def pem(*identities: Identity) -> bytes:
    """Return the certificates in PEM, one after another."""
    return b"".join(identity.certificate.public_bytes(Encoding.PEM) for identity in identities)


def p7b(*identities: Identity, encoding: Encoding = Encoding.DER) -> bytes:
    """Return a PKCS #7 bundle of the certificates."""
    return pkcs7.serialize_certificates([identity.certificate for identity in identities], encoding)


def pfx(  # noqa: PLR0913 - like mint
    identity: Identity | None = None,
    password: str | None = PASSWORD,
    *,
    protection: Protection = "3des",
    with_key: bool = True,
    with_certificate: bool = True,
    others: Sequence[Identity] = (),
) -> bytes:
    """Return a PKCS #12.

    Args:
        identity: whose; by default ``mint()``.
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
