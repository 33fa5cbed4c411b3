"""BER made DER (X.690 10), since the library's declarative ASN.1 reads nothing else.

PKCS #12 and PKCS #7 may be written in BER: lengths left open or longer than need be, strings in pieces. What
is DER already comes out as the same bytes. The order of a SET and the value of a BOOLEAN stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from certcheck import limits
from certcheck.asn1 import der, tags
from certcheck.errors import UnusableInput

_MORE = 0x80  # the tag number goes on in the next octet, too (X.690 8.1.2.4.2)
_STRINGS = frozenset({3, 4, 12, *range(18, 29), 30})  # numbers of the universal types that may come in pieces
_CONTENT = tags.CONSTRUCTED_0  # [0], as EncryptedContentInfo has it
_END = b"\0\0"  # of a value whose length is left open (X.690 8.1.5)


class _Value(NamedTuple):
    """A value in DER, the offset behind it in the BER, and what octet strings inside it hold together."""

    tag: bytes
    contents: bytes
    end: int
    octets: bytes | None = None


class Normaliser:
    """Turns the values of one file into DER; the bounds count for all of them together."""

    def __init__(self) -> None:
        """Begin to count."""
        self._values = 0
        self._data = b""

    def to_der(self, data: bytes) -> bytes:
        """Return the value that the data begin with, in DER; what follows it is left out.

        Raises:
            UnusableInput: `damaged` at an `offset`, or `over_limit`.
        """
        self._data = data
        value = self._value(0, len(data), 1)
        return der.encode(value.tag, value.contents)

    def count(self, data: bytes) -> None:
        """Count values that are not to be turned into anything, before the library makes objects of them.

        Where they turn out to be none, what is around them is counted all the same.

        Raises:
            UnusableInput: `over_limit`.
        """
        self._data = data
        self._count(0, len(data), 1)

    def _count(self, at: int, limit: int, depth: int) -> None:
        while at < limit:
            self._another(depth)
            header = der.read_header(self._data, at)
            if header is None or header.end > limit or header.end == der.INDEFINITE:
                return
            if self._data[at] & tags.CONSTRUCTED_BIT:
                self._count(header.start, header.end, depth + 1)
            elif self._data[at : at + 1] == tags.INTEGER:
                limits.check("integer_bytes", header.end - header.start)
            at = header.end

    def _another(self, depth: int) -> None:
        self._values += 1
        limits.check("values", self._values)
        limits.check("nesting", depth)

    def _value(self, at: int, limit: int, depth: int) -> _Value:
        self._another(depth)
        tag = self._tag(at, limit)
        header = der.read_header(self._data, at + len(tag) - 1)
        if header is None or header.start > limit or header.end > limit or tag == b"\0":
            self._damaged(at)
        if not tag[0] & tags.CONSTRUCTED_BIT:
            if header.end == der.INDEFINITE:
                self._damaged(at)
            if tag == tags.INTEGER:
                limits.check("integer_bytes", header.end - header.start)
            return _Value(tag, self._data[header.start : header.end], header.end)
        inner, end = self._inside(header, limit, depth)
        return self._joined(at, tag, inner, end)

    def _tag(self, at: int, limit: int) -> bytes:
        end = at + 1
        if self._data[at : at + 1] and self._data[at] & tags.NUMBER_BITS == tags.NUMBER_BITS:
            while end < limit and self._data[end] & _MORE:
                end += 1
            end += 1
        if end > limit:
            self._damaged(at)
        return self._data[at:end]

    def _inside(self, header: der.Header, limit: int, depth: int) -> tuple[list[_Value], int]:
        values: list[_Value] = []
        at = header.start
        if header.end != der.INDEFINITE:
            while at < header.end:
                values.append(self._value(at, header.end, depth + 1))
                at = values[-1].end
            return values, at
        while self._data[at : min(at + 2, limit)] != _END:
            values.append(self._value(at, limit, depth + 1))
            at = values[-1].end
        return values, at + 2

    def _joined(self, at: int, tag: bytes, inner: list[_Value], end: int) -> _Value:
        """Put a constructed value together; a string's pieces become one (X.690 8.7.3, 10.2)."""
        if tag[0] & tags.CLASS_BITS == 0 and tag[0] & tags.NUMBER_BITS in _STRINGS:
            primitive = bytes([tag[0] & ~tags.CONSTRUCTED_BIT])
            if any(piece.tag != primitive for piece in inner):
                self._damaged(at)
            return _Value(primitive, _pieces(primitive, inner), end)
        if tag == tags.SEQUENCE:
            inner = _with_whole_content(inner)
        octets = None
        if tag == _CONTENT and all(piece.tag == tags.OCTET_STRING for piece in inner):
            octets = b"".join(piece.contents for piece in inner)
        contents = b"".join(der.encode(value.tag, value.contents) for value in inner)
        return _Value(tag, contents, end, octets)

    def _damaged(self, at: int) -> NoReturn:
        raise UnusableInput("damaged", offset=at)


def _pieces(tag: bytes, inner: list[_Value]) -> bytes:
    if tag != tags.BIT_STRING:
        return b"".join(piece.contents for piece in inner)
    # Each piece begins with how many bits at its end do not count (8.6.2.2); only the last may leave out any.
    unused = inner[-1].contents[:1] if inner else b"\0"
    return unused + b"".join(piece.contents[1:] for piece in inner)


def _with_whole_content(fields: list[_Value]) -> list[_Value]:
    """Join EncryptedContentInfo's content, [0] IMPLICIT OCTET STRING: an OID, an algorithm, pieces.

    Its place tells it from [0] EXPLICIT (RFC 5652 6.1): in ContentInfo no algorithm stands before it.
    """
    if [field.tag for field in fields] != [tags.OBJECT_IDENTIFIER, tags.SEQUENCE, _CONTENT]:
        return fields
    content_type, algorithm, content = fields
    if content.octets is None:
        return fields
    return [content_type, algorithm, _Value(tags.CONTEXT_0, content.octets, content.end)]
