"""BER of every kind from DER (X.690 8): lengths left open or too long, strings in pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tests.support.mint_pkcs12 import encode_tlv

if TYPE_CHECKING:
    from collections.abc import Callable

Style = Literal["der", "open", "long", "pieces"]
"""How to write a value: as it is; its length left open; in more octets than need be; a string in pieces."""

_OCTETS, _IMPLICIT_OCTETS = 0x04, 0x80  # the latter as EncryptedContentInfo has it
_CONSTRUCTED = 0x20


def convert_to_ber(data: bytes, style: Callable[[], Style]) -> bytes:
    """Convert values in DER, one after another, to BER; what lies inside a string stays as it is.

    Args:
        data: the values.
        style: returns the style of the next value.
    """
    written, at = b"", 0
    while at < len(data):
        tag, start, end = _read_header(data, at)
        written += _convert_value(tag, data[start:end], style)
        at = end
    return written


def _read_header(data: bytes, at: int) -> tuple[int, int, int]:
    first, start = data[at + 1], at + 2
    if first & 0x80:
        start += first & 0x7F
        return data[at], start, start + int.from_bytes(data[at + 2 : start], "big")
    return data[at], start, start + first


def _convert_value(tag: int, contents: bytes, style: Callable[[], Style]) -> bytes:
    value_style = style()
    if tag & _CONSTRUCTED:
        contents = convert_to_ber(contents, style)
        if value_style == "open":
            return bytes([tag, 0x80]) + contents + b"\0\0"
    elif tag in {_OCTETS, _IMPLICIT_OCTETS} and value_style in {"pieces", "open"}:
        middle = len(contents) // 2
        pieces = encode_tlv(_OCTETS, contents[:middle]) + encode_tlv(_OCTETS, contents[middle:])
        if value_style == "open":
            return bytes([tag | _CONSTRUCTED, 0x80]) + pieces + b"\0\0"
        return encode_tlv(tag | _CONSTRUCTED, pieces)
    if value_style == "long":
        return bytes([tag, 0x86]) + len(contents).to_bytes(6, "big") + contents
    return encode_tlv(tag, contents)
