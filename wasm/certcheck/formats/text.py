"""Reading text that mail, editors and web forms altered: its encoding, armour lines (RFC 7468) and Base64.

Nothing is guessed about the bytes that Base64 stands for: only what stands around its letters is taken away.
"""

from __future__ import annotations

import base64
import codecs
import re
import unicodedata
from typing import NamedTuple

_ENCODINGS = ("utf-8", "cp932", "cp1252", "latin-1")  # strict; the last takes any bytes
_SAMPLE = 512  # bytes by which UTF-16 without a mark is told
# Every repetition is bounded, and gives nothing back: a run of dashes or words is looked at from many places.
_ARMOUR = re.compile(
    r"(?P<before>(?<!-)-[- ]{0,20}+)?\b(?P<word>BEGIN|END) "
    r"(?P<label>[A-Z0-9#./]{1,40}+(?: [A-Z0-9#./]{1,40}+){0,8}?)"
    r" {0,20}+(?P<after>-[- ]{0,20}-|-|(?=[\r\n\\]|$))"
)
_HEADLESS = re.compile(  # the word BEGIN is lost
    r"(?<!-)-{2,20}+ {0,20}+((?:X509 |TRUSTED )?CERTIFICATE|PKCS7|PKCS12) {0,20}+-{2,20}"
)
_FOLDED = {  # which NFKC and the categories leave alone
    ord("\N{MINUS SIGN}"): "-",
    ord("\N{BOX DRAWINGS LIGHT HORIZONTAL}"): "-",
    ord("\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}"): "-",
    0xF8F0: " ",  # for which Windows' Shift-JIS takes a no-break space of Latin-1
}
_LINES = re.compile(r"\\r\\n|\\[nr]|<br */?>|</?p>|\r\n?", re.IGNORECASE)
_ESCAPED_LETTER = re.compile(r"\\u00([0-9A-Fa-f]{2})|%([0-9A-Fa-f]{2})|=([0-9A-F]{2})")
# Of HTML's character references those of Base64's letters: the browser loads no table of all names.
_REFERENCE = re.compile(r"&(?:#x([0-9a-f]{1,4})|#(\d{1,5})|(nbsp|plus|sol|equals));", re.IGNORECASE)
_NAMED = {"nbsp": " ", "plus": "+", "sol": "/", "equals": "="}
_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n(?=[\w+/=-])")  # RFC 2045 6.7; or padding, which `_pad` restores
_BEFORE_LINES, _AFTER_LINES = " \t\r\f\v>|\"',[", " \t\r\f\v\"',;\\]"
_BASE64_LINE = re.compile(r"[A-Za-z0-9+/]+=*")
_BARE_BASE64 = re.compile(r"[\s>\"'{]*MI[A-Za-z0-9+/]{2}")  # a SEQUENCE of 128 bytes or more begins so
_SAVED_AS_TEXT = re.compile(  # SEQUENCE, a length octet over 7F; an OID of PKCS or of a name's attribute
    "0[?\ufffd\u30fb].*(?:\\*[?\ufffd\u30fb]H[?\ufffd\u30fb]|\x06\x03U[\x04\x1d])", re.DOTALL
)


class Block(NamedTuple):
    """What stands between two armour lines; `body` is None where the block was cut off."""

    label: str
    body: str | None


def decode_text(data: bytes) -> str:
    """Return text in the first encoding in which it is valid; UTF-16 also without its mark."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    sample = data[:_SAMPLE]
    even, odd = _count_outer_bytes(sample[::2]), _count_outer_bytes(sample[1::2])
    if 4 * max(even, odd) > len(sample) and max(even, odd) > 2 * min(even, odd):
        return data.decode("utf-16-be" if even > odd else "utf-16-le", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding in _ENCODINGS[::3] or _ARMOUR.search(_fold_to_ascii(text)):
            return text
    return data.decode("latin-1")


def _count_outer_bytes(data: bytes) -> int:
    """Count the bytes that are the higher ones of ASCII, and of full-width forms and U+FFFD, in UTF-16."""
    return data.count(0) + data.count(0xFF)


def is_binary_saved_as_text(text: str) -> bool:
    """Tell whether DER was decoded as text and saved: each byte over 7F became a replacement character."""
    return _SAVED_AS_TEXT.match(text) is not None


def split_blocks(text: str) -> list[Block]:
    """Split text into its blocks, in the text's order; an armour line may be altered or missing."""
    text = _HEADLESS.sub(r"-----BEGIN \1-----", _SOFT_BREAK.sub("", _fold_to_ascii(text)))
    blocks: list[Block] = []
    begin: str | None = None
    position = 0
    for line in _ARMOUR.finditer(text):
        if not line["before"] and not line["after"]:
            continue  # prose
        body, label = text[position : line.start()], line["label"]
        position = line.end()
        if begin is not None:
            is_end = line["word"] == "END" and label == begin
            blocks.append(Block(begin, body if is_end or _is_whole(body) else None))
        elif line["word"] == "END":  # its BEGIN line is missing
            blocks.append(Block(label, _take_last_lines(body)))
        begin = label if line["word"] == "BEGIN" else None
    if begin is not None:
        body = text[position:]
        blocks.append(Block(begin, body if _is_whole(body) else None))
    return blocks


def find_bare_base64(text: str) -> str | None:
    """Return Base64 without armour lines; None where the text is something else."""
    text = _fold_to_ascii(text)
    return text if _BARE_BASE64.match(text) and _is_base64(_strip(text)) else None


def decode_base64(text: str) -> bytes:
    """Decode Base64, without what mail and editors put around its letters.

    Raises:
        ValueError: other characters stand in it.
    """
    return base64.b64decode(_pad("".join(text.split())) if _is_base64(text) else _strip(text), validate=True)


def encode_encrypted_pem(label: str, header: str, data: bytes) -> bytes:
    """Encode a block that OpenSSL encrypted in its own way; the header names the cipher (RFC 1421 4.6)."""
    body = base64.encodebytes(data).decode()
    head = f"-----BEGIN {label}-----\nProc-Type: 4,ENCRYPTED\n{header}\n\n"
    return f"{head}{body}-----END {label}-----\n".encode()


def _fold_to_ascii(text: str) -> str:
    """Replace wide letters and digits, blanks, and dashes by ASCII's, and take away what has no width."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).translate(_FOLDING)


class _Folding(dict[int, str]):
    """What each character is folded to, computed once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if not character.isascii():
            character = _REPLACEMENTS.get(unicodedata.category(character), character)
        self[code] = character
        return character


_REPLACEMENTS = {"Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n", "Cf": "", "Cc": " "}  # by category
_FOLDING = _Folding(_FOLDED)


def _strip(text: str) -> str:
    """Return Base64 in one line, without escapes (JSON, URL, quoted-printable), quoting and line ends."""
    text = _REFERENCE.sub(_dereference, _LINES.sub("\n", text.replace("\\/", "/")))
    text = _ESCAPED_LETTER.sub(lambda match: chr(int("".join(filter(None, match.groups())), 16)), text)
    # A soft line break (RFC 2045 6.7), or padding, which _pad restores.
    text = re.sub(r"=[ \t]*\n", "\n", text)
    lines = (line.lstrip(_BEFORE_LINES).rstrip(_AFTER_LINES) for line in text.split("\n"))
    return _pad("".join("".join(lines).split()))


def _dereference(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    return _NAMED[name.lower()] if name else chr(int(hexadecimal or decimal, 16 if hexadecimal else 10))


def _pad(text: str) -> str:
    letters = text.rstrip("=")
    return letters + "=" * (-len(letters) % 4)


def _is_base64(text: str) -> bool:
    return _BASE64_LINE.fullmatch("".join(text.split())) is not None


def _is_whole(body: str) -> bool:
    """Tell whether Base64 holds a whole SEQUENCE, so that only the line after it is missing."""
    try:
        data = decode_base64(body)
    except ValueError:
        return False
    octets = data[1] - 0x80 if len(data) > 1 and data[:1] == b"0" else 0
    return 0 < octets < len(data) and len(data) == 2 + octets + int.from_bytes(data[2 : 2 + octets], "big")


def _take_last_lines(text: str) -> str:
    """Return the lines of Base64 at the end of a text."""
    lines = _LINES.sub("\n", text).rstrip().split("\n")
    first = len(lines)
    while first and _is_base64(_strip(lines[first - 1])):
        first -= 1
    return "\n".join(lines[first:])
