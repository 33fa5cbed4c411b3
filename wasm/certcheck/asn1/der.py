"""DER around what the library's declarative ASN.1 does.

The outermost bytes, since it reads whole values only: enough to tell formats apart, and a whole file from a
cut one. And values of any type, which it takes apart but neither gives back nor reads a bare list of.
"""

from __future__ import annotations

from typing import NamedTuple

from cryptography.hazmat.asn1 import asn1

SEQUENCE = b"\x30"
INDEFINITE = -1

_SHORT_FORM = 0x80  # a first length octet below this is the length (X.690 8.1.3.4)
_RESERVED = 0xFF  # as a first length octet (8.1.3.5)


class Header(NamedTuple):
    """Where a value's contents lie.

    Attributes:
        start: offset of the contents.
        end: offset after them, beyond the data where the value is cut off; INDEFINITE where BER gives none.
    """

    start: int
    end: int


def header(data: bytes, at: int = 0) -> Header | None:
    """Read the identifier and length octets at an offset (X.690 8.1.2, 8.1.3); None where there are none."""
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


def element(tag: bytes, contents: bytes) -> bytes:
    """Encode a value: its tag, its length in the shortest form (X.690 10.1), its contents."""
    if len(contents) < _SHORT_FORM:
        return tag + bytes([len(contents)]) + contents
    length = len(contents).to_bytes((len(contents).bit_length() + 7) // 8, "big")
    return tag + bytes([_SHORT_FORM | len(length)]) + length + contents


def encoded(value: asn1.TLV) -> bytes:
    """Return a value's whole encoding."""
    return element(value.tag_bytes, bytes(value.data))


@asn1.sequence
class _Wrapped:
    items: list[asn1.TLV]


def elements(sequence: bytes) -> list[asn1.TLV]:
    """Return the elements of a SEQUENCE, whatever their types.

    Raises:
        ValueError: it is no SEQUENCE in DER.
    """
    return asn1.decode_der(_Wrapped, element(SEQUENCE, sequence)).items
