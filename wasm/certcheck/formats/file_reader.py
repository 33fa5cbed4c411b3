"""Reading a file's certificates; its format is told from its bytes, never from its name.

1. Refuse a file that is too large or empty.
2. Read ASN.1 by the first value in its outer SEQUENCE: PKCS #12, PKCS #7, or a certificate.
3. Else read a store that Windows serialized.
4. Else read text (`certcheck.formats.text`): the blocks of a PEM file, or Base64 without any armour.
5. Of a file that holds a private key and no certificate, read the key (`certcheck.formats.private_key`).
"""

from __future__ import annotations

import codecs
import itertools
from typing import TYPE_CHECKING, Literal

from certcheck import limits
from certcheck.asn1 import der, oids, tags
from certcheck.asn1.ber import Normaliser
from certcheck.errors import Failure, UnusableInput, unexpected_errors_as_damaged
from certcheck.formats import other_files, pkcs7, serialized_store, text
from certcheck.formats.contents import Contents
from certcheck.formats.pkcs12.reader import read_pkcs12
from certcheck.formats.private_key import EncodedKey, read_private_key
from certcheck.x509 import certificate, revocation_list

if TYPE_CHECKING:
    from certcheck.errors import Code
    from certcheck.limits import Effort

_Kind = Literal["pkcs12", "pkcs7", "certificate", "unknown"]
"""What a value in DER or BER can be; "unknown" is a certificate of version 1, or something else."""

_PKCS12_VERSION = b"\3"  # RFC 7292 4
_OLD_PKCS12_VERSIONS = {b"\1", b"\2"}  # OpenSSL does not look at it
_KEY_VERSIONS = {b"\0", b"\1"}  # of PKCS #8, RSA and EC keys (RFC 5958, 8017, 5915)
_VERSION = tags.CONSTRUCTED_0  # with which every certificate begins but those of version 1 (RFC 5280 4.1)

# The types of the fields of what is no certificate.
_SIGNED_TYPES = [tags.SEQUENCE, tags.SEQUENCE, tags.BIT_STRING]  # content, algorithm, signature
_REQUEST_TYPES = (  # CertificationRequestInfo, RFC 2986 4.1
    [tags.INTEGER, tags.SEQUENCE, tags.SEQUENCE],
    [tags.INTEGER, tags.SEQUENCE, tags.SEQUENCE, tags.CONSTRUCTED_0],
)
_KEY_TYPES = (
    [tags.INTEGER, tags.SEQUENCE, tags.OCTET_STRING],  # PrivateKeyInfo, RFC 5958 2
    [tags.SEQUENCE, tags.OCTET_STRING],  # EncryptedPrivateKeyInfo, RFC 5958 3
    [tags.INTEGER, tags.OCTET_STRING],  # ECPrivateKey, RFC 5915 3
)
_RSA_KEY_TYPES = 9 * [tags.INTEGER]  # RSAPrivateKey, RFC 8017 A.1.2

_IGNORABLE_IN_PEM: dict[Code, int] = {"private_key": 1, "certificate_request": 1, "not_a_certificate": 2}
"""Failures of blocks that may stand beside certificates; a file of nothing else reports the lowest number."""

_BLANKS = b" \t\r\n"


@unexpected_errors_as_damaged()
def read_contents(
    data: bytes,
    password: str | None = None,
    effort: Effort = limits.DEFAULT_EFFORT,
    mac_password: str | None = None,
) -> Contents:
    """Read the certificates of a file.

    Args:
        data: the file.
        password: for PKCS #12; None where nobody has been asked yet.
        effort: what is allowed for it.
        mac_password: of the MAC of a PKCS #12, where that has one of its own.

    Raises:
        UnusableInput: no certificate can be read; any of `certcheck.errors.Code`.
    """
    # 1.
    if len(data) > limits.SIZE_LIMIT:
        raise UnusableInput("too_large", limit=limits.SIZE_LIMIT)
    if not data.strip():
        raise UnusableInput("empty_file")
    reader = _FileReader(password, effort, mac_password)
    try:
        return _read(data, reader)
    except UnusableInput as error:
        if error.code != "private_key" or reader.private_key is None:
            raise
        # 5.
        key = read_private_key(reader.private_key, error.to_failure(), password, effort)
        return Contents("private_key", (), private_key=key)


def _read(data: bytes, reader: _FileReader) -> Contents:
    # 2.
    for value in (data, data.removeprefix(codecs.BOM_UTF8).lstrip(_BLANKS)):
        kind = _guess_kind(value)
        if kind is not None:
            return reader.read_asn1(value, kind)
    # 3.
    if serialized_store.is_serialized(data):
        return serialized_store.read_store(data, Normaliser())
    # 4.
    return reader.read_text(data)


def _guess_kind(data: bytes) -> _Kind | None:
    """Tell what a value in DER or BER can be; None where it is none of the formats."""
    outer = der.read_header(data) if data[:1] == tags.SEQUENCE else None
    first = der.read_header(data, outer.start) if outer else None
    if outer is None or first is None:
        return None
    tag = data[outer.start : outer.start + 1]
    if tag == tags.SEQUENCE:
        return "certificate" if data[first.start : first.start + 1] == _VERSION else "unknown"
    contents = data[first.start : first.end]
    if tag == tags.OBJECT_IDENTIFIER and contents.startswith(oids.CONTENT_TYPE_PREFIX):
        return "pkcs7"
    is_old = contents in _OLD_PKCS12_VERSIONS and _begins_with_content_type(data, first.end)
    if tag == tags.INTEGER and (contents == _PKCS12_VERSION or is_old):
        return "pkcs12"
    return "unknown" if tag == tags.INTEGER and contents in _KEY_VERSIONS else None


def _begins_with_content_type(data: bytes, at: int) -> bool:
    """Tell whether the value at an offset is ContentInfo (RFC 5652 3), as a key or a request has none."""
    header = der.read_header(data, at) if data[at : at + 1] == tags.SEQUENCE else None
    oid = der.read_header(data, header.start) if header else None
    is_oid = header is not None and data[header.start : header.start + 1] == tags.OBJECT_IDENTIFIER
    return is_oid and oid is not None and data.startswith(oids.CONTENT_TYPE_PREFIX, oid.start)


class _FileReader:
    """Reads one file; the limits hold for all values in it together."""

    def __init__(self, password: str | None, effort: Effort, mac_password: str | None) -> None:
        self.private_key: EncodedKey | None = None  # the first that was found
        self._password, self._effort, self._mac_password = password, effort, mac_password
        self._normaliser = Normaliser()

    def read_asn1(self, data: bytes, kind: _Kind) -> Contents:
        header = der.read_header(data)
        if header is None or (header.end > len(data) and kind != "unknown"):
            expected = min(header.end, limits.LARGEST_JSON_INTEGER) if header else 0
            raise UnusableInput("damaged", size=len(data), expected=expected)
        if header.end != der.INDEFINITE:
            data = data[: header.end]  # as OpenSSL and Windows do: a line end after the value is no damage
        if kind == "pkcs12":
            return read_pkcs12(data, self._password, self._normaliser, self._effort, self._mac_password)
        if kind == "pkcs7":
            return pkcs7.read_bundle(data, self._normaliser)
        if kind == "unknown" and (found := revocation_list.load_revocation_list(data)):
            return Contents("crl", (), revocation_lists=(found,))
        try:
            return Contents("der", (certificate.load_certificate(data, self._normaliser),))
        except UnusableInput as error:
            if kind == "certificate" or error.code == "over_limit":
                raise
            # Perhaps a revocation list in BER; a damaged certificate of version 1 looks no different.
            raise self._identify(data) from None

    def _identify(self, data: bytes) -> UnusableInput:
        """Return the error that tells what a SEQUENCE is that is no certificate."""
        try:
            fields = der.split_sequence(self._normaliser.to_der(data))
            types = [field.tag_bytes for field in fields]
            if types == _SIGNED_TYPES:
                content = der.split_sequence(der.encode_tlv(fields[0]))
                if other_files.is_revocation_list(content):
                    return UnusableInput("not_a_certificate", found="crl")
                is_request = [field.tag_bytes for field in content[:4]] in _REQUEST_TYPES
                return UnusableInput("certificate_request" if is_request else "not_a_certificate")
        except (ValueError, UnusableInput):
            return UnusableInput("not_a_certificate")
        is_key = types[:3] in _KEY_TYPES or types[:2] in _KEY_TYPES or types[:9] == _RSA_KEY_TYPES
        if is_key:
            self.private_key = self.private_key or EncodedKey(None, data)
        return UnusableInput("private_key" if is_key else "not_a_certificate")

    def read_text(self, data: bytes) -> Contents:
        """Read a PEM file, or Base64 without armour; name what is neither."""
        decoded = text.decode_text(data)
        blocks = text.split_blocks(decoded)
        if blocks:
            return self.read_pem(blocks)
        if text.is_binary_saved_as_text(decoded):
            raise UnusableInput("damaged", found="saved_as_text")
        body = text.find_bare_base64(decoded)
        if body is not None:
            return self.read_base64(body)
        found = other_files.identify_bytes(data, decoded)
        raise UnusableInput("not_a_certificate", **({"found": found} if found else {}))

    def read_base64(self, body: str) -> Contents:
        try:
            data = text.decode_base64(body)
        except ValueError as error:
            raise UnusableInput("damaged", where="base64") from error
        kind = _guess_kind(data)
        if kind is None:
            raise UnusableInput("not_a_certificate")
        contents = self.read_asn1(data, kind)
        return contents._replace(format="pem") if contents.format == "der" else contents

    def read_pem(self, pem_blocks: list[text.Block]) -> Contents:
        """Read every block (RFC 7468). One that cannot be read is a failure and does not lose the others.

        What a block holds is told from its bytes, too: Windows labels PKCS #7 and #12 "CERTIFICATE".
        """
        limits.check("certificates", len(pem_blocks))
        blocks: list[Contents] = []
        failures: list[Failure] = []
        for number, (label, body) in enumerate(pem_blocks, start=1):
            try:
                blocks.append(self._read_block(label, body))
            except UnusableInput as error:
                failures.append(error.to_failure(block=number))
        if not blocks:
            raise min(failures, key=lambda failure: _IGNORABLE_IN_PEM.get(failure.code, 0)).to_error()
        failures = [failure for failure in failures if failure.code not in _IGNORABLE_IN_PEM]
        failures = [*itertools.chain.from_iterable(block.failures for block in blocks), *failures]
        if len(blocks) == 1:
            return blocks[0]._replace(failures=tuple(failures))
        certificates = tuple(itertools.chain.from_iterable(block.certificates for block in blocks))
        lists = tuple(itertools.chain.from_iterable(block.revocation_lists for block in blocks))
        limits.check("certificates", len(certificates))
        limits.check("revocation_lists", len(lists))
        return Contents("pem", certificates, failures=tuple(failures), revocation_lists=lists)

    def _read_block(self, label: str, body: str | None) -> Contents:
        if label.endswith("PRIVATE KEY"):  # decoded only where there is no certificate
            self.private_key = self.private_key or EncodedKey(label, body or "")
            raise UnusableInput("private_key", found=label)
        if label.startswith("SSH2 "):  # RFC 4716 3.2
            raise UnusableInput("not_a_certificate", found="ssh_key")
        if body is None:
            raise UnusableInput("damaged", where="armour")
        try:
            return self.read_base64(body)
        except UnusableInput as error:
            if error.code == "not_a_certificate":
                error.detail.setdefault("found", label)
            raise
