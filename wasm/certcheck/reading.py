"""A file's certificates, its format told from its bytes and never from its name."""

from __future__ import annotations

import base64
import codecs
import re
from typing import TYPE_CHECKING

from certcheck import certificate, der, pkcs7, pkcs12
from certcheck.contents import Contents
from certcheck.errors import UnusableInput

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE_LIMIT = 10_000_000
"""Bytes; a larger file is not looked into."""

# How the contents of the outer SEQUENCE begin.
_PKCS12 = b"\x02\x01\x03"  # version 3 (RFC 7292 4)
_PKCS7 = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"  # an OID of PKCS #7 (RFC 2315 14)
_VERSIONED = (
    b"\xa0"  # [0] EXPLICIT Version, which opens every certificate but those of version 1 (RFC 5280 4.1)
)

_BEGIN = b"-----BEGIN "
_BARE_BASE64 = re.compile(rb"MI[A-Za-z0-9+/\s]+=*\s*")  # a SEQUENCE of 128 bytes or more begins so


def read(data: bytes, password: str | None = None) -> Contents:
    """Read the certificates of one file.

    Args:
        data: the file.
        password: for PKCS #12; None where nobody has been asked yet.

    Raises:
        UnusableInput: no certificate can be read from it; the code says why.
    """
    if len(data) > SIZE_LIMIT:
        raise UnusableInput("too_large", limit=SIZE_LIMIT)
    if not data.strip():
        raise UnusableInput("empty_file")
    kind = _kind(data)
    if kind is not None:
        return _read_der(data, kind, password)
    text = _text(data)
    if _BEGIN in text:
        return _read_pem(text, password)
    if _BARE_BASE64.fullmatch(text.strip()):
        return _read_base64(text, password)
    raise UnusableInput("not_a_certificate")


def _kind(data: bytes) -> bytes | None:
    """Return which of the known beginnings the DER value has; None for anything else."""
    outer = der.header(data) if data[:1] == der.SEQUENCE else None
    if outer is None:
        return None
    for kind in (_PKCS12, _PKCS7):
        if data.startswith(kind, outer.start):
            return kind
    inner = der.header(data, outer.start) if data.startswith(der.SEQUENCE, outer.start) else None
    if inner is None:
        return None
    return _VERSIONED if data.startswith(_VERSIONED, inner.start) else der.SEQUENCE


def _read_der(data: bytes, kind: bytes, password: str | None) -> Contents:
    whole = der.header(data)
    if whole is None or (whole.end > len(data) and kind != der.SEQUENCE):
        raise UnusableInput("damaged", size=len(data), expected=whole.end if whole else 0)
    if whole.end != der.INDEFINITE:
        data = data[: whole.end]  # as OpenSSL and Windows do: a line end after the value is no damage
    if kind == _PKCS12:
        return pkcs12.read(data, password)
    if kind == _PKCS7:
        return pkcs7.read(data)
    try:
        return Contents("der", (certificate.load(data),))
    except UnusableInput:
        if kind == _VERSIONED:
            raise
        # Perhaps a request, a revocation list or a key; a damaged version 1 certificate looks no different.
        raise UnusableInput("not_a_certificate") from None


def _text(data: bytes) -> bytes:
    """Return text as ASCII: Windows' "Unicode" files are UTF-16, others may begin with UTF-8's mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("ascii", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


def _read_base64(text: bytes, password: str | None) -> Contents:
    try:
        data = base64.b64decode(b"".join(text.split()), validate=True)
    except ValueError as error:
        raise UnusableInput("damaged") from error
    kind = _kind(data)
    if kind is None:
        raise UnusableInput("not_a_certificate")
    contents = _read_der(data, kind, password)
    return contents._replace(format="pem") if contents.format == "der" else contents


def _read_pem(text: bytes, password: str | None) -> Contents:
    """Read every block (RFC 7468). One that cannot be read is reported and does not lose the others.

    What a block holds is told from its bytes too: Windows labels PKCS #7 and PKCS #12 "CERTIFICATE" as well.
    """
    found: list[Contents] = []
    failures: list[UnusableInput] = []
    for number, (label, body) in enumerate(_blocks(text), start=1):
        try:
            found.append(_read_block(label, body, password))
        except UnusableInput as failure:
            failure.detail["block"] = number
            failures.append(failure)
    if not found:
        raise min(failures, key=lambda failure: failure.code == "not_a_certificate")
    # Keys and the like beside certificates are no fault of the file's.
    bad = tuple(failure for failure in failures if failure.code != "not_a_certificate")
    if len(found) == 1:
        return found[0]._replace(failures=(*found[0].failures, *bad))
    certificates = tuple(each for contents in found for each in contents.certificates)
    inner = tuple(failure for contents in found for failure in contents.failures)
    return Contents("pem", certificates, failures=(*inner, *bad))


def _blocks(text: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield (label, text up to the END line) of each block; None for one that has no end."""
    for part in text.split(_BEGIN)[1:]:
        label, dashes, rest = part.partition(b"-----")
        body, end, _ = rest.partition(b"-----END " + label + b"-----")
        yield label, body if dashes and end else None


def _read_block(label: bytes, body: bytes | None, password: str | None) -> Contents:
    if label.endswith(b"PRIVATE KEY"):  # not decoded, nor looked at
        raise UnusableInput("not_a_certificate", found=label.decode("ascii", "replace"))
    if body is None:
        raise UnusableInput("damaged")
    try:
        return _read_base64(body, password)
    except UnusableInput as failure:
        if failure.code == "not_a_certificate":
            failure.detail["found"] = label.decode("ascii", "replace")
        raise
