"""DER that the library's declarative ASN.1 does not do: it decodes whole values of a declared type only.

Headers tell formats apart, and a whole file from a cut one. Values of any type are encoded again, or split
into the values in them.
"""

from __future__ import annotations

from typing import NamedTuple

from cryptography.hazmat.asn1 import asn1

from certcheck.asn1 import tags

INDEFINITE = -1
"""The end of a value whose length is left open (X.690 8.1.3.6)."""

_SHORT_FORM = 0x80  # a first length octet below this is the length (X.690 8.1.3.4)
_RESERVED = 0xFF  # as a first length octet (8.1.3.5)


class Header(NamedTuple):
    """The place of a value's contents.

    Attributes:
        start: offset of the contents.
        end: offset after them, beyond the data where the value is cut off; INDEFINITE where BER gives none.
    """

    start: int
    end: int


def read_header(data: bytes, at: int = 0) -> Header | None:
    """Read identifier and length octets (X.690 8.1.2, 8.1.3), of a tag that has one octet.

    Args:
        data: bytes of any kind.
        at: the offset of the identifier octet.

    Returns:
        None where the data end within these octets, or the length is in the reserved form.
    """
    if len(data) < at + 2:
        return None
    first = data[at + 1]
    if first < _SHORT_FORM:
        return Header(at + 2, at + 2 + first)
    octets = first - _SHORT_FORM
    if octets == 0:
        return Header(at + 2, INDEFINITE)
    start = at + 2 + octets
    if first == _RESERVED or len(data) < start:
        return None
    return Header(start, start + int.from_bytes(data[at + 2 : start], "big"))


def encode(tag: bytes, contents: bytes) -> bytes:
    """Encode a value: its tag, its length in the shortest form (X.690 10.1), its contents."""
    if len(contents) < _SHORT_FORM:
        return tag + bytes([len(contents)]) + contents
    length = len(contents).to_bytes((len(contents).bit_length() + 7) // 8, "big")
    return tag + bytes([_SHORT_FORM | len(length)]) + length + contents


def encode_tlv(value: asn1.TLV) -> bytes:
    """Encode a value that was decoded."""
    return encode(value.tag_bytes, bytes(value.data))


@asn1.sequence
class _Wrapper:
    values: list[asn1.TLV]


def split_sequence(encoded: bytes) -> list[asn1.TLV]:
    """Return the values in a SEQUENCE, whatever their types.

    Raises:
        ValueError: it is no SEQUENCE in DER.
    """
    return asn1.decode_der(_Wrapper, encode(tags.SEQUENCE, encoded)).values


def split_contents(value: asn1.TLV) -> list[asn1.TLV]:
    """Return the values in a constructed value of any type, such as a SET.

    Raises:
        ValueError: its contents are no values in DER.
    """
    return split_sequence(encode(tags.SEQUENCE, bytes(value.data)))
