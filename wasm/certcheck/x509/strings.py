"""Text of ASN.1's string types, and what old software put into them in encodings that nothing names.

TeletexString has T.61's signs by its definition and Latin-1 in practice; Japanese software put Shift-JIS and
ISO-2022-JP into it, and into the types of ASCII. Such text is a guess, by what each encoding looks like:

1. UTF-8, which other text is next to never valid in.
2. ISO-2022-JP, by its escape sequences.
3. Shift-JIS, where a byte of 80 to 9F, a control character in Latin-1, begins a letter of two bytes, or where
   all others stand together as half-width katakana.
4. Latin-1, where the others are letters among those of ASCII, no three of them together, as in EUC.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from certcheck.asn1 import tags

if TYPE_CHECKING:
    from cryptography.hazmat.asn1 import asn1

Encoding = Literal["shift_jis", "iso_2022_jp", "latin_1"]

_WIDE_STRINGS = {tags.BMP_STRING: "utf-16-be", tags.UNIVERSAL_STRING: "utf-32-be"}
# ASCII, where they are used as they should be.
_ASCII_STRINGS = frozenset(
    {
        tags.NUMERIC_STRING,
        tags.PRINTABLE_STRING,
        tags.TELETEX_STRING,
        tags.IA5_STRING,
        tags.VISIBLE_STRING,
        tags.GENERAL_STRING,
    }
)
_ESCAPE = re.compile(rb"\x1b[$(]")  # RFC 1468
_ESCAPE_LEFT = "\x1b"
_PRIVATE_USE = re.compile("[\x80-\xa0\ue000-\uf8ff]")
_NEITHER_ASCII_NOR_LATIN_1 = re.compile(rb"[\x80-\x9f]")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
_NO_LATIN_1 = re.compile(rb"[\x80-\xff]{3}")
_HALF_WIDTH_KATAKANA = re.compile(rb"[\xa1-\xdf]{2,}")
_LATIN_1_LETTERS = re.compile("[ -~\xaa\xb0\xb4\xb7\xba\xc0-\xd6\xd8-\xf6\xf8-\xff]*[A-Za-z][ -~\xa1-\xff]*")


class Text(NamedTuple):
    """A decoded string.

    Attributes:
        value: None where it cannot be decoded.
        encoding: the one that was guessed; None where its type or its bytes tell.
    """

    value: str | None
    encoding: Encoding | None = None


def decode_string(string: asn1.TLV) -> Text:
    """Decode an ASN.1 string of any type; the steps are numbered in the module's docstring."""
    data, tag = bytes(string.data), string.tag_bytes
    if tag in _WIDE_STRINGS:
        return Text(_decode(data, _WIDE_STRINGS[tag]))
    if tag == tags.UTF8_STRING:
        return Text(_decode(data, "utf-8"))
    return _guess(data) if tag in _ASCII_STRINGS else Text(None)


def _guess(data: bytes) -> Text:
    if _ESCAPE.search(data):  # 2. before 1., since its letters are all ASCII's
        text = _decode(data, "iso2022_jp_ext")
        if text is not None and _ESCAPE_LEFT not in text:
            return Text(text, "iso_2022_jp")
    text = _decode(data, "utf-8")  # 1.
    if text is not None:
        return Text(text)
    if _looks_japanese(data):  # 3.
        text = _decode(data, "cp932")  # Shift-JIS as Windows has it
        # Its gaps are mapped to characters for private use, which say nothing.
        if text is not None and not _PRIVATE_USE.search(text):
            return Text(text, "shift_jis")
    # 4. Latin-1 as Windows has it
    text = None if _NO_LATIN_1.search(data) else _decode(data, "cp1252")
    return Text(text, "latin_1") if text is not None and _LATIN_1_LETTERS.fullmatch(text) else Text(None)


def _looks_japanese(data: bytes) -> bool:
    """Tell whether bytes over 7F are likelier Shift-JIS than Latin-1."""
    if _NEITHER_ASCII_NOR_LATIN_1.search(data):
        return True
    return all(_HALF_WIDTH_KATAKANA.fullmatch(run) for run in _HIGH_BYTES.findall(data))


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
