"""Conversion of BER to DER (X.690 8, 10), since the library's declarative ASN.1 decodes DER only.

PKCS #12 and PKCS #7 may be written in BER: lengths left open or longer than need be, strings in pieces, TRUE
as any number but 0. Data in DER stay the same bytes. The order of a SET stays as it is.
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from certcheck import limits
from certcheck.asn1 import der, tags
from certcheck.errors import UnusableInput

_MORE = 0x80  # the tag number goes on in the next octet, too (X.690 8.1.2.4.2)
_STRINGS = frozenset({3, 4, 12, *range(18, 29), 30})  # numbers of the universal types that may come in pieces
_CONTENT = tags.CONSTRUCTED_0  # [0], as EncryptedContentInfo has it
_FALSE, _TRUE = b"\0", b"\xff"  # contents of a BOOLEAN (X.690 8.2.2, 11.1)
_END_OF_CONTENTS = b"\0\0"  # of a value whose length is left open (X.690 8.1.5)


class _Value(NamedTuple):
    """A value in DER.

    Attributes:
        tag: its identifier octets.
        contents: its contents octets.
        end: the offset behind the value in the BER.
        octets: the contents of all OCTET STRINGs in it, joined; None where there are other values in it.
    """

    tag: bytes
    contents: bytes
    end: int
    octets: bytes | None = None


class Normaliser:
    """Converts the values of one file to DER; the limits hold for all of them together."""

    def __init__(self) -> None:
        """Begin to count values."""
        self._values = 0
        self._data = b""

    def to_der(self, data: bytes) -> bytes:
        """Convert the value that data begin with; what follows the value is left out.

        Raises:
            UnusableInput: `damaged` at an `offset`, or `over_limit`.
        """
        self._data = data
        value = self._convert_value(0, len(data), 1)
        return der.encode(value.tag, value.contents)

    def convert_whole(self, data: bytes) -> bytes:
        """Convert the value that data are, all of them.

        Raises:
            UnusableInput: as :meth:`to_der`; `damaged`, too, where anything follows the value.
        """
        self._data = data
        value = self._convert_value(0, len(data), 1)
        if value.end != len(data):
            self._raise_damaged(value.end)
        return der.encode(value.tag, value.contents)

    def count_values(self, data: bytes) -> None:
        """Count values that need no conversion, before the library makes objects of them.

        Data that are no values end the count and are no error.

        Raises:
            UnusableInput: `over_limit`.
        """
        self._data = data
        self._count_values(0, len(data), 1)

    def _count_values(self, at: int, limit: int, depth: int) -> None:
        while at < limit:
            self._count_value(depth)
            header = der.read_header(self._data, at)
            if header is None or header.end > limit or header.end == der.INDEFINITE:
                return
            if self._data[at] & tags.CONSTRUCTED_BIT:
                self._count_values(header.start, header.end, depth + 1)
            elif self._data[at : at + 1] == tags.INTEGER:
                limits.check("integer_bytes", header.end - header.start)
            at = header.end

    def _count_value(self, depth: int) -> None:
        self._values += 1
        limits.check("values", self._values)
        limits.check("nesting", depth)

    def _convert_value(self, at: int, limit: int, depth: int) -> _Value:
        self._count_value(depth)
        tag = self._read_tag(at, limit)
        header = der.read_header(self._data, at + len(tag) - 1)
        if header is None or header.start > limit or header.end > limit or tag == b"\0":
            self._raise_damaged(at)
        if not tag[0] & tags.CONSTRUCTED_BIT:
            if header.end == der.INDEFINITE:
                self._raise_damaged(at)
            if tag == tags.INTEGER:
                limits.check("integer_bytes", header.end - header.start)
            contents = self._data[header.start : header.end]
            if tag == tags.BOOLEAN and len(contents) == 1 and contents != _FALSE:
                contents = _TRUE
            return _Value(tag, contents, header.end)
        values, end = self._convert_contents(header, limit, depth)
        return self._join_values(at, tag, values, end)

    def _read_tag(self, at: int, limit: int) -> bytes:
        end = at + 1
        if self._data[at : at + 1] and self._data[at] & tags.NUMBER_BITS == tags.NUMBER_BITS:
            while end < limit and self._data[end] & _MORE:
                end += 1
            end += 1
        if end > limit:
            self._raise_damaged(at)
        return self._data[at:end]

    def _convert_contents(self, header: der.Header, limit: int, depth: int) -> tuple[list[_Value], int]:
        """Convert the values in a constructed value; return them and the offset behind it."""
        values: list[_Value] = []
        at = header.start
        if header.end != der.INDEFINITE:
            while at < header.end:
                values.append(self._convert_value(at, header.end, depth + 1))
                at = values[-1].end
            return values, at
        while self._data[at : min(at + 2, limit)] != _END_OF_CONTENTS:
            values.append(self._convert_value(at, limit, depth + 1))
            at = values[-1].end
        return values, at + 2

    def _join_values(self, at: int, tag: bytes, values: list[_Value], end: int) -> _Value:
        """Join the values in a constructed value; the pieces of a string become one (X.690 8.7.3, 10.2)."""
        if tag[0] & tags.CLASS_BITS == 0 and tag[0] & tags.NUMBER_BITS in _STRINGS:
            primitive = bytes([tag[0] & ~tags.CONSTRUCTED_BIT])
            if any(piece.tag != primitive for piece in values):
                self._raise_damaged(at)
            return _Value(primitive, _join_pieces(primitive, values), end)
        if tag == tags.SEQUENCE:
            values = _join_encrypted_content(values)
        octets = None
        if tag == _CONTENT and all(value.tag == tags.OCTET_STRING for value in values):
            octets = b"".join(value.contents for value in values)
        contents = b"".join(der.encode(value.tag, value.contents) for value in values)
        return _Value(tag, contents, end, octets)

    def _raise_damaged(self, at: int) -> NoReturn:
        raise UnusableInput("damaged", offset=at)


def _join_pieces(tag: bytes, pieces: list[_Value]) -> bytes:
    if tag != tags.BIT_STRING:
        return b"".join(piece.contents for piece in pieces)
    # A piece begins with how many bits at its end do not count (8.6.2.2); only the last may leave out any.
    unused = pieces[-1].contents[:1] if pieces else b"\0"
    return unused + b"".join(piece.contents[1:] for piece in pieces)


def _join_encrypted_content(fields: list[_Value]) -> list[_Value]:
    """Join the pieces of EncryptedContentInfo's content, [0] IMPLICIT OCTET STRING (RFC 5652 6.1).

    Its tag is that of [0] EXPLICIT, as in ContentInfo; there no algorithm stands before it.
    """
    if [field.tag for field in fields] != [tags.OBJECT_IDENTIFIER, tags.SEQUENCE, _CONTENT]:
        return fields
    content_type, algorithm, content = fields
    if content.octets is None:
        return fields
    return [content_type, algorithm, _Value(tags.CONTEXT_0, content.octets, content.end)]
