"""Signatures between certificates (RFC 5280 4.1.1.2): verifying them, and naming weak algorithms and keys.

The library's own check of a certificate refuses MD5 and SHA-1 and compares names byte by byte; so the
issuer's key verifies the signature by itself here, and whoever calls compares the names (RFC 5280 7.1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import MD5, SHA1

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes

    from certcheck.x509.certificate import Certificate

Signed: TypeAlias = "x509.Certificate | x509.CertificateRevocationList"
"""The library's objects that name the algorithms of a signature."""

NOT_VERIFIED = (InvalidSignature, UnsupportedAlgorithm, InternalError, ValueError, TypeError)
"""Exceptions of the library at a signature that does not verify, and at unknown keys and algorithms."""

WEAK_KEY_BITS = 1024
"""An RSA or DSA key of fewer bits is weak: docs-dev/decisions/038-weak-algorithms.md."""

# md2WithRSAEncryption, md4WithRSAEncryption and their older names, which the library does not know.
_WEAK_ALGORITHMS = {"1.2.840.113549.1.1.2", "1.2.840.113549.1.1.3", "1.3.14.3.2.2", "1.3.14.3.2.4"}


def load_public_key(certificate: Certificate) -> CertificatePublicKeyTypes | None:
    """Load a certificate's key; None where the library knows no such key."""
    try:
        return certificate.library_certificate.public_key()
    except NOT_VERIFIED:
        return None


def verify_signature(child: Certificate, key: CertificatePublicKeyTypes) -> bool:
    """Tell whether the key signed the child (RFC 5280 6.1.3 (a)(1)), by a weak algorithm or a strong one."""
    return verify_bytes(child.tbs_certificate, child.signature, child.library_certificate, key)


def verify_bytes(signed: bytes, signature: bytes, algorithms: Signed, key: CertificatePublicKeyTypes) -> bool:
    """Tell whether the key signed bytes.

    Args:
        signed: the bytes.
        signature: over them.
        algorithms: the library's object that names the algorithms.
        key: the public key.
    """
    try:
        _verify(signed, signature, algorithms, key)
    except NOT_VERIFIED:
        return False
    return True


def _verify(signed: bytes, signature: bytes, algorithms: Signed, key: CertificatePublicKeyTypes) -> None:
    """Verify the signature.

    Raises:
        Exception: one of NOT_VERIFIED.
    """
    digest = algorithms.signature_hash_algorithm
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, signed)
    elif digest is None:
        raise InvalidSignature
    elif isinstance(key, rsa.RSAPublicKey):
        # The library gives no parameters for hashes with which it verifies no certificate.
        scheme = algorithms.signature_algorithm_parameters
        key.verify(
            signature, signed, scheme if isinstance(scheme, padding.PSS) else padding.PKCS1v15(), digest
        )
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(digest))
    elif isinstance(key, dsa.DSAPublicKey):
        key.verify(signature, signed, digest)
    else:
        raise InvalidSignature


def has_weak_signature(signed: Signed) -> bool:
    """Tell whether it is signed over MD5, SHA-1 or an older hash, whatever the key and the padding."""
    if signed.signature_algorithm_oid.dotted_string in _WEAK_ALGORITHMS:
        return True
    try:
        return isinstance(signed.signature_hash_algorithm, MD5 | SHA1)
    except NOT_VERIFIED:
        return False


def has_weak_key(certificate: Certificate) -> bool:
    """Tell whether its RSA or DSA key has fewer bits than WEAK_KEY_BITS."""
    key = load_public_key(certificate)
    return isinstance(key, rsa.RSAPublicKey | dsa.DSAPublicKey) and key.key_size < WEAK_KEY_BITS
