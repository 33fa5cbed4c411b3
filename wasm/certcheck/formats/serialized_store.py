"""Reading Windows' serialized certificates: a store (.sst), or one certificate with its properties.

A store is a version, 0, the letters "CERT", and elements; a single certificate is elements without that head.
An element is an id, an encoding and a length, of four bytes each, least first, and the value. Those before a
certificate are its properties; id 32 is the certificate, and id 0 the end (CertSaveStore with
CERT_STORE_SAVE_AS_STORE, CertSerializeCertificateStoreElement).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from certcheck import limits
from certcheck.errors import Failure, UnusableInput
from certcheck.formats.contents import Contents
from certcheck.x509 import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.asn1.ber import Normaliser

_HEAD = b"\0\0\0\0CERT"
_ELEMENT = struct.Struct("<III")
_X509_ENCODING = 1
_LARGEST_ID = 0xFFFF  # CERT_LAST_USER_PROP_ID
_CERTIFICATE = 0x20
_END = bytes(4)  # the id 0


def is_serialized(data: bytes) -> bool:
    """Tell whether data are a store, or a single certificate with its properties."""
    if data.startswith(_HEAD):
        return True
    try:
        return any(kind == _CERTIFICATE for kind, _ in _split_elements(data))
    except UnusableInput:
        return False


def read_store(data: bytes, normaliser: Normaliser) -> Contents:
    """Read the certificates; one that cannot be read does not lose the others.

    Args:
        data: for which `is_serialized` holds.
        normaliser: the file's.

    Raises:
        UnusableInput: `damaged`, `no_certificate`, `over_limit`.
    """
    elements = _split_elements(data.removeprefix(_HEAD))
    encoded = [value for kind, value in elements if kind == _CERTIFICATE]
    limits.check("certificates", len(encoded))
    certificates: list[certificate.Certificate] = []
    failures: list[Failure] = []
    for number, value in enumerate(encoded, start=1):
        try:
            certificates.append(certificate.load_certificate(value, normaliser))
        except UnusableInput as error:
            failures.append(error.to_failure(certificate=number))
    if certificates:
        return Contents("sst", tuple(certificates), failures=tuple(failures))
    raise (failures[0] if failures else Failure("no_certificate")).to_error()


def _split_elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield id and value of each element.

    Raises:
        UnusableInput: `damaged`, they are none, or cut off.
    """
    position = 0
    while position < len(data):
        if data.startswith(_END, position):
            return
        if len(data) < position + _ELEMENT.size:
            raise UnusableInput("damaged", where="store")
        kind, encoding, length = _ELEMENT.unpack_from(data, position)
        start = position + _ELEMENT.size
        position = start + length
        if kind > _LARGEST_ID or encoding != _X509_ENCODING or position > len(data):
            raise UnusableInput("damaged", where="store")
        yield kind, data[start:position]
