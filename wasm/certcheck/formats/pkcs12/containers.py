"""Opening PKCS #12 containers with the library: a whole file, or a piece of one in a container of its own.

The library opens whole files only, answers every failure alike, and hands out the first private key.
"""

from __future__ import annotations

import hmac
from hashlib import sha1
from typing import Annotated, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.asn1 import asn1
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from cryptography.x509 import ObjectIdentifier

from certcheck.asn1 import der, oids, tags
from certcheck.errors import Failure
from certcheck.x509 import extensions

Loaded: TypeAlias = PKCS12KeyAndCertificates | Failure | None
"""The contents; a failure to read them, `unsupported_algorithm` of a private key or `damaged`; None where the
password does not open them."""

_NOT_OPENED = {
    "Invalid password or PKCS12 data",  # whatever the reason
    "Could not deserialize PKCS12 data",  # no PKCS #12 to the library
}
_DATA, _SHA1 = ObjectIdentifier(oids.DATA), ObjectIdentifier(oids.SHA1)
_SALT = bytes(8)


@asn1.sequence
class _DataInfo:
    """ContentInfo of data (RFC 5652 3, 4)."""

    content_type: ObjectIdentifier
    content: Annotated[bytes, asn1.Explicit(0)]


@asn1.sequence
class _HashIdentifier:
    algorithm: ObjectIdentifier
    parameters: asn1.Null


@asn1.sequence
class _ContainerDigestInfo:
    algorithm: _HashIdentifier
    digest: bytes


@asn1.sequence
class _ContainerMacData:
    """MacData (RFC 7292 4) of one iteration."""

    digest: _ContainerDigestInfo
    salt: bytes


@asn1.sequence
class _ContainerPfx:
    version: int
    auth_safe: _DataInfo
    mac_data: _ContainerMacData | None


def load_container(encoded: bytes, password: bytes) -> Loaded:
    """Open a PKCS #12.

    Args:
        encoded: PFX in DER.
        password: UTF-8; the library takes no other bytes, and opens nothing with them.
    """
    try:
        password.decode()
    except UnicodeDecodeError:
        return None
    try:
        return load_pkcs12(encoded, password)
    except UnsupportedAlgorithm:
        return Failure("unsupported_algorithm", {"algorithm": "private key"})
    except extensions.UNREADABLE as error:
        return None if str(error) in _NOT_OPENED else Failure("damaged")


def load_part(encoded: bytes, password: bytes) -> Loaded:
    """Open a part by itself.

    Args:
        encoded: a ContentInfo of the AuthenticatedSafe.
        password: UTF-8.
    """
    return load_content(der.encode(tags.SEQUENCE, encoded), password)


def load_bag(encoded: bytes, password: bytes) -> Loaded:
    """Open a bag by itself.

    Args:
        encoded: a SafeBag.
        password: UTF-8.
    """
    safe_contents = der.encode(tags.SEQUENCE, encoded)
    return load_part(asn1.encode_der(_DataInfo(content_type=_DATA, content=safe_contents)), password)


def load_content(content: bytes, password: bytes) -> Loaded:
    """Open an AuthenticatedSafe that has no MAC, with both encodings of an empty password.

    Such a password is of length zero or two zero bytes (RFC 7292 B.1). The library takes it for the former,
    unless a MAC that it can verify was made with the latter. Its key derivation (B.2) is easy for that one:
    a single iteration of SHA-1 over 64 times 3, the salt, and zeros.

    Args:
        content: AuthenticatedSafe.
        password: UTF-8.
    """
    auth_safe = _DataInfo(content_type=_DATA, content=content)
    loaded = load_container(
        asn1.encode_der(_ContainerPfx(version=3, auth_safe=auth_safe, mac_data=None)), password
    )
    if loaded is not None or password:
        return loaded
    key = sha1(b"\3" * 64 + _SALT * 8 + bytes(64)).digest()  # noqa: S324 - nothing is protected by it
    algorithm = _HashIdentifier(algorithm=_SHA1, parameters=asn1.Null())
    digest = _ContainerDigestInfo(algorithm=algorithm, digest=hmac.digest(key, content, "sha1"))
    mac_data = _ContainerMacData(digest=digest, salt=_SALT)
    return load_container(
        asn1.encode_der(_ContainerPfx(version=3, auth_safe=auth_safe, mac_data=mac_data)), password
    )
