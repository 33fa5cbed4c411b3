"""A file's certificates, its format told from its bytes and never from its name."""

from __future__ import annotations

import base64
import codecs
import re
from typing import TYPE_CHECKING, Literal

from certcheck import limits
from certcheck.asn1 import der, oids, tags
from certcheck.asn1.ber import Normaliser
from certcheck.errors import Failure, UnusableInput, unexpected_errors_as_damaged
from certcheck.formats import pkcs7
from certcheck.formats.contents import Contents
from certcheck.formats.pkcs12 import reader
from certcheck.x509 import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from certcheck.errors import Code

# What a file can be, by the first value inside its outer SEQUENCE.
_Kind = Literal["pkcs12", "pkcs7", "certificate", "perhaps"]
_PKCS12_VERSION = b"\x03"  # RFC 7292 4
_KEY_VERSIONS = {b"\0", b"\1"}  # of PKCS #8, RSA and EC keys (RFC 5958, 8017, 5915)
_VERSION = tags.CONSTRUCTED_0  # with which every certificate begins but those of version 1 (RFC 5280 4.1)

# The types that other files' fields have.
_REQUESTS = (  # CertificationRequestInfo, RFC 2986 4.1
    [tags.INTEGER, tags.SEQUENCE, tags.SEQUENCE],
    [tags.INTEGER, tags.SEQUENCE, tags.SEQUENCE, tags.CONSTRUCTED_0],
)
_KEYS = (
    [tags.INTEGER, tags.SEQUENCE, tags.OCTET_STRING],  # PKCS #8
    [tags.SEQUENCE, tags.OCTET_STRING],  # the same, encrypted
    [tags.INTEGER, tags.OCTET_STRING],  # ECPrivateKey
)

# What may stand in a PEM file beside certificates, and is no fault of the file's.
_BESIDE: dict[Code, int] = {"private_key": 1, "certificate_request": 1, "not_a_certificate": 2}

_BEGIN = b"-----BEGIN "
_BARE_BASE64 = re.compile(rb"MI[A-Za-z0-9+/]+=*")  # a SEQUENCE of 128 bytes or more begins so


@unexpected_errors_as_damaged()
def read(data: bytes, password: str | None = None) -> Contents:
    """Read the certificates of one file.

    Args:
        data: the file.
        password: for PKCS #12; None where nobody has been asked yet.

    Raises:
        UnusableInput: no certificate can be read from it; the code says why.
    """
    if len(data) > limits.SIZE_LIMIT:
        raise UnusableInput("too_large", limit=limits.SIZE_LIMIT)
    if not data.strip():
        raise UnusableInput("empty_file")
    reader = _Reader(password)
    kind = _kind(data)
    if kind is not None:
        return reader.der(data, kind)
    text = _text(data)
    if _BEGIN in text:
        return reader.pem(text)
    text = b"".join(text.split())
    if _BARE_BASE64.fullmatch(text):
        return reader.base64(text)
    raise UnusableInput("not_a_certificate")


def _kind(data: bytes) -> _Kind | None:
    """Tell what a value in DER or BER can be; None where it is nothing that is known here."""
    outer = der.read_header(data) if data[:1] == tags.SEQUENCE else None
    first = der.read_header(data, outer.start) if outer else None
    if outer is None or first is None:
        return None
    tag = data[outer.start : outer.start + 1]
    if tag == tags.SEQUENCE:
        return "certificate" if data[first.start : first.start + 1] == _VERSION else "perhaps"
    contents = data[first.start : first.end]
    if tag == tags.OBJECT_IDENTIFIER and contents.startswith(oids.CONTENT_TYPE_PREFIX):
        return "pkcs7"
    if tag == tags.INTEGER and contents == _PKCS12_VERSION:
        return "pkcs12"
    return "perhaps" if tag == tags.INTEGER and contents in _KEY_VERSIONS else None


def _text(data: bytes) -> bytes:
    """Return text as ASCII: Windows' "Unicode" files are UTF-16, others may begin with UTF-8's mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").encode("ascii", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


class _Reader:
    """Reads one file; its values are counted together."""

    def __init__(self, password: str | None) -> None:
        self._password = password
        self._normaliser = Normaliser()

    def der(self, data: bytes, kind: _Kind) -> Contents:
        whole = der.read_header(data)
        if whole is None or (whole.end > len(data) and kind != "perhaps"):
            expected = min(whole.end, limits.LARGEST_JSON_INTEGER) if whole else 0
            raise UnusableInput("damaged", size=len(data), expected=expected)
        if whole.end != der.INDEFINITE:
            data = data[: whole.end]  # as OpenSSL and Windows do: a line end after the value is no damage
        if kind == "pkcs12":
            return reader.read(data, self._password, self._normaliser)
        if kind == "pkcs7":
            return pkcs7.read(data, self._normaliser)
        try:
            return Contents("der", (certificate.load_certificate(data, self._normaliser),))
        except UnusableInput as failure:
            if kind == "certificate" or failure.code == "over_limit":
                raise
            # Perhaps a revocation list; a damaged certificate of version 1 looks no different.
            raise UnusableInput(self._other(data)) from None

    def _other(self, data: bytes) -> Code:
        """Tell what a SEQUENCE is that is no certificate."""
        try:
            fields = der.split_sequence(self._normaliser.to_der(data))
            found = [field.tag_bytes for field in fields]
            if found == [tags.SEQUENCE, tags.SEQUENCE, tags.BIT_STRING]:
                inner = [field.tag_bytes for field in der.split_sequence(der.encode_tlv(fields[0]))]
                return "certificate_request" if inner[:4] in _REQUESTS else "not_a_certificate"
        except (ValueError, UnusableInput):
            return "not_a_certificate"
        is_key = found[:3] in _KEYS or found[:2] in _KEYS or found[:9] == 9 * [tags.INTEGER]
        return "private_key" if is_key else "not_a_certificate"

    def base64(self, text: bytes) -> Contents:
        try:
            data = base64.b64decode(b"".join(text.split()), validate=True)
        except ValueError as error:
            raise UnusableInput("damaged") from error
        kind = _kind(data)
        if kind is None:
            raise UnusableInput("not_a_certificate")
        contents = self.der(data, kind)
        return contents._replace(format="pem") if contents.format == "der" else contents

    def pem(self, text: bytes) -> Contents:
        """Read every block (RFC 7468). One that cannot be read is reported and does not lose the others.

        What a block holds is told from its bytes too: Windows labels PKCS #7 and #12 "CERTIFICATE" as well.
        """
        limits.check("certificates", text.count(_BEGIN))
        found: list[Contents] = []
        failures: list[Failure] = []
        for number, (label, body) in enumerate(_blocks(text), start=1):
            try:
                found.append(self._block(label, body))
            except UnusableInput as error:
                failures.append(error.to_failure(block=number))
        if not found:
            raise min(failures, key=lambda failure: _BESIDE.get(failure.code, 0)).to_error()
        bad = tuple(failure for failure in failures if failure.code not in _BESIDE)
        if len(found) == 1:
            return found[0]._replace(failures=(*found[0].failures, *bad))
        certificates = tuple(each for contents in found for each in contents.certificates)
        limits.check("certificates", len(certificates))
        inner = tuple(failure for contents in found for failure in contents.failures)
        return Contents("pem", certificates, failures=(*inner, *bad))

    def _block(self, label: bytes, body: bytes | None) -> Contents:
        name = label.decode("ascii", "replace")
        if name.endswith("PRIVATE KEY"):  # not decoded, nor looked at
            raise UnusableInput("private_key", found=name)
        if body is None:
            raise UnusableInput("damaged")
        try:
            return self.base64(body)
        except UnusableInput as failure:
            if failure.code == "not_a_certificate":
                failure.detail.setdefault("found", name)
            raise


def _blocks(text: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Yield (label, text up to the END line) of each block; None for one that has no end."""
    for part in text.split(_BEGIN)[1:]:
        label, dashes, rest = part.partition(b"-----")
        body, end, _ = rest.partition(b"-----END " + label + b"-----")
        yield label, body if dashes and end else None
