"""A certificate revocation list (RFC 5280 5), read as far as judging by it needs.

The library reads the list and its extensions. The signed bytes are cut from the file instead of being encoded
anew, and the entries are indexed by their serial numbers in one pass, since a list may have 100,000 of them.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cryptography import x509

from certcheck.asn1 import der, tags
from certcheck.errors import UnusableInput
from certcheck.x509.extensions import NO_ALGORITHM, UNREADABLE
from certcheck.x509.names import Name, read_name

if TYPE_CHECKING:
    from datetime import datetime

    from cryptography.hazmat.asn1 import asn1

_TRUE = b"\x01\x01\xff"  # BOOLEAN TRUE in DER (X.690 11.1): `critical` of an extension
_LONG_FORM = 0x80  # a length octet from which on it counts further ones (X.690 8.1.3.5)
_VERSION_2, _NO_NAME, _NO_BITS = map(bytes.fromhex, ("020101", "3000", "030100"))
_TIME = der.encode(tags.UTC_TIME, b"260101000000Z")


class ListEntry(NamedTuple):
    """An entry of a list (RFC 5280 5.3).

    Attributes:
        revoked_on: revocationDate, UTC; None where it cannot be read.
        reason: reasonCode, for example "key_compromise"; None without one, and where it cannot be read.
    """

    revoked_on: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list's contents.

    Attributes:
        library_list: the library's object, for extensions and algorithms.
        data: the list in DER, from which another process can load it anew.
        tbs_list: the part that the signature is over.
        signature: signatureValue, without its count of unused bits.
        sha256: fingerprint of the list, lower-case hexadecimal.
        issuer: the issuer's name.
        this_update: the instant for which it was made, UTC.
        next_update: the instant by which the next one is to come; None where it names none.
        entry_count: how many certificates it lists.
    """

    library_list: x509.CertificateRevocationList
    data: bytes
    tbs_list: bytes
    signature: bytes
    sha256: str
    issuer: Name
    this_update: datetime
    next_update: datetime | None
    entry_count: int

    def __reduce__(self) -> tuple[object, ...]:  # type: ignore[explicit-override] # typing's is newer than 3.11
        """Go to another process as bytes: the library's objects cannot."""
        return _load, (self.data,)

    def read_extensions(self) -> x509.Extensions | None:
        """Return the list's extensions; None where the library cannot read them."""
        try:
            return self.library_list.extensions
        except UNREADABLE:
            return None

    def index_entries(self) -> EntryIndex:
        """Return the entries by serial number."""
        entries = _split_tbs_list(self.tbs_list).entries
        return EntryIndex(bytes(entries.data) if entries else b"")


class EntryIndex:
    """The entries of a list, by their serial numbers as DER encodes their contents.

    Attributes:
        suspects: places of entries with BOOLEAN TRUE, or with bytes that only look so.
    """

    def __init__(self, entries: bytes) -> None:
        """Read each entry's serial number.

        Args:
            entries: of a list that the library has read, one after another.
        """
        self._entries = entries
        self._places: dict[bytes, int] = {}
        starts: list[int] = []
        at = 0
        while at < len(entries):
            starts.append(at)
            length, start = entries[at + 1], at + 2
            if length >= _LONG_FORM:
                start += length - _LONG_FORM
                length = int.from_bytes(entries[at + 2 : start], "big")
            # userCertificate comes first (RFC 5280 5.1); its length has one octet, being under 128 bytes.
            self._places[entries[start + 2 : start + 2 + entries[start + 1]]] = at
            at = start + length
        self.suspects: set[int] = set()
        found = entries.find(_TRUE)
        while found >= 0:
            self.suspects.add(starts[bisect_right(starts, found) - 1])
            found = entries.find(_TRUE, found + 1)

    def find(self, serial: int) -> ListEntry | None:
        """Return the entry of a serial number; None where the list has none."""
        length = serial.bit_length() // 8 + 1
        place = self._places.get(serial.to_bytes(length, "big", signed=True))
        return None if place is None else _read_entry(self._load(place))

    def has_critical_extension(self) -> bool:
        """Tell whether an entry has one, which no entry of a list that is not indirect may have (5.3)."""
        return any(_is_critical(self._load(place)) for place in self.suspects)

    def _load(self, place: int) -> x509.RevokedCertificate | None:
        header = der.read_header(self._entries, place)
        return _load_entry(self._entries[place : header.end]) if header else None


def load_revocation_list(data: bytes) -> RevocationList | None:
    """Read a list in DER; None where the library takes the bytes for none.

    Raises:
        UnusableInput: `damaged`; `over_limit`, of its issuer's name.
    """
    try:
        library_list = x509.load_der_x509_crl(data)
    except UNREADABLE:
        return None
    return _build(library_list, data)


def _load(data: bytes) -> RevocationList:
    return _build(x509.load_der_x509_crl(data), data)


def _build(library_list: x509.CertificateRevocationList, data: bytes) -> RevocationList:
    outer = der.read_header(data)
    inner = der.read_header(data, outer.start) if outer else None
    if outer is None or inner is None:
        raise UnusableInput("damaged", where="revocation_list")
    tbs_list = data[outer.start : inner.end]
    try:
        fields = _split_tbs_list(tbs_list)
        this_update, next_update = library_list.last_update_utc, library_list.next_update_utc
        issuer = read_name(fields.issuer)
    except ValueError as error:
        raise UnusableInput("damaged", where="revocation_list") from error
    return RevocationList(
        library_list=library_list,
        data=data,
        tbs_list=tbs_list,
        signature=library_list.signature,
        sha256=hashlib.sha256(data).hexdigest(),
        issuer=issuer,
        this_update=this_update,
        next_update=next_update,
        entry_count=len(library_list),
    )


class _Fields(NamedTuple):
    """The fields of TBSCertList (RFC 5280 5.1) that are read here."""

    issuer: bytes
    entries: asn1.TLV | None


def _split_tbs_list(tbs_list: bytes) -> _Fields:
    """Split tbsCertList.

    Raises:
        ValueError: it is none.
    """
    values = der.split_sequence(tbs_list)
    if values[0].tag_bytes == tags.INTEGER:  # the version
        del values[0]
    _, issuer, *rest = values
    entries = next((value for value in rest if value.tag_bytes == tags.SEQUENCE), None)
    return _Fields(der.encode_tlv(issuer), entries)


def _load_entry(entry: bytes) -> x509.RevokedCertificate | None:
    """Load an entry with the library, which reads entries in lists only: in one that nobody signed."""
    entries = der.encode(tags.SEQUENCE, entry)
    signed = der.encode(tags.SEQUENCE, _VERSION_2 + NO_ALGORITHM + _NO_NAME + _TIME + entries)
    try:
        return x509.load_der_x509_crl(der.encode(tags.SEQUENCE, signed + NO_ALGORITHM + _NO_BITS))[0]
    except UNREADABLE:
        return None


def _read_entry(entry: x509.RevokedCertificate | None) -> ListEntry:
    if entry is None:
        return ListEntry(None, None)
    try:
        revoked_on = entry.revocation_date_utc
    except ValueError:  # the year 0
        revoked_on = None
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.name
    except (x509.ExtensionNotFound, *UNREADABLE):
        reason = None
    return ListEntry(revoked_on, reason)


def _is_critical(entry: x509.RevokedCertificate | None) -> bool:
    """Tell whether an entry has a critical extension, or extensions that cannot be read."""
    try:
        return entry is None or any(extension.critical for extension in entry.extensions)
    except UNREADABLE:
        return True
