"""Distinguished names (RFC 5280 4.1.2.4): their attributes, as text (RFC 4514) and folded for comparison.

Read from the bytes and not by the library, which reads the whole name or raises: an attribute whose text
cannot be decoded, or has letters that its type forbids, must not lose the certificate.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeAlias

from cryptography.hazmat.asn1 import asn1
from cryptography.x509 import ObjectIdentifier  # noqa: TC002 - the ASN.1 library reads the annotations

from certcheck import limits
from certcheck.asn1 import der, tags
from certcheck.x509.strings import Encoding, decode_string

# Short names as Windows and the manuals print them (E, not emailAddress).
SHORT_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.4": "SN",
    "2.5.4.5": "serialNumber",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.12": "T",
    "2.5.4.42": "G",
    "2.5.4.46": "dnQualifier",
    "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
    "1.2.840.113549.1.9.1": "E",
}
_IN_RFC4514 = {"CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID"}  # its section 3; others by OID

_UNIQUE_IDENTIFIER = "2.5.4.45"  # x500UniqueIdentifier, a BIT STRING (RFC 5280 A.1)


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a name; the fields' names are those of the report's JSON.

    Attributes:
        oid: its type; empty where even that cannot be read.
        name: its short name, or else the OID again.
        value: its text; in hexadecimal where it is no text (x500UniqueIdentifier) or cannot be decoded.
        undecodable: the value is the octets of what should be text; in JSON only where true.
        encoding: the one in which the text was read, where that is a guess; in JSON only then.
    """

    oid: str
    name: str
    value: str
    undecodable: bool = False
    encoding: Encoding | None = None


FoldedName: TypeAlias = "tuple[frozenset[tuple[str, str]], ...]"
"""The RDNs of a name, each as its attributes' types and prepared values."""


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name; two are equal where RFC 5280 7.1 has them equal.

    Attributes:
        encoded: its DER, as it stands in the certificate.
        parts: the attributes of each RDN, in the certificate's own order.
        folded: what names are compared by.
    """

    encoded: bytes = field(compare=False)
    parts: tuple[tuple[Attribute, ...], ...] = field(compare=False)
    folded: FoldedName

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """All attributes, in the certificate's own order."""
        return tuple(chain.from_iterable(self.parts))

    def format_rfc4514(self) -> str:
        """Write the name as text, the last RDN first (RFC 4514 2)."""
        return ",".join(_format_part(part) for part in reversed(self.parts))

    def find_values(self, short_name: str) -> list[str]:
        """Return the text of the attributes of that short name, without those that cannot be decoded."""
        return [
            attribute.value
            for attribute in self.attributes
            if attribute.name == short_name and not attribute.undecodable
        ]


@asn1.sequence
class _AttributeTypeAndValue:
    type: ObjectIdentifier
    value: asn1.TLV


def read_name(encoded: bytes) -> Name:
    """Read a name.

    Raises:
        ValueError: it is no SEQUENCE of sets (RFC 5280 4.1.2.4); a malformed attribute is no error.
        UnusableInput: `over_limit`.
    """
    limits.check("name_bytes", len(encoded))
    parts = [der.split_contents(part) for part in der.split_sequence(encoded)]
    attributes = tuple(tuple(map(_read_attribute, part)) for part in parts)
    return Name(encoded, attributes, tuple(map(_fold_part, attributes)))


def build_unreadable_name(encoded: bytes) -> Name:
    """Build the name that stands for one that cannot be read: without attributes, equal to the same bytes."""
    return Name(encoded, (), (frozenset({("", encoded.hex())}),))


def _fold_part(part: tuple[Attribute, ...]) -> frozenset[tuple[str, str]]:
    """Fold an RDN: a set (RFC 5280 7.1). What is no text is compared by its octets."""
    return frozenset(
        (attribute.oid, attribute.value if attribute.undecodable else prepare_string(attribute.value))
        for attribute in part
    )


def prepare_string(text: str) -> str:
    """Prepare an attribute's value to be compared with others (RFC 4518 2, as RFC 5280 7.1 asks).

    1. Map characters to a space or to nothing, and fold case (2.2).
    2. Normalise to NFKC (2.3).
    3. Fold runs of spaces to a single one, and drop those at the ends (2.6.1).
    """
    # 1. NFKC stands before folding as well: what it makes of a character may have a case.
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFKC", text.translate(_PREPARATION))
    text = text.casefold()
    # 2.
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    # 3.
    return " ".join(text.split())


def _read_attribute(value: asn1.TLV) -> Attribute:
    try:
        pair = value.parse(_AttributeTypeAndValue)
    except ValueError:
        return Attribute("", "", bytes(value.data).hex(), undecodable=True)
    oid = pair.type.dotted_string
    text, encoding = decode_string(pair.value)
    name = SHORT_NAMES.get(oid, oid)
    if text is not None:
        return Attribute(oid, name, text, encoding=encoding)
    is_identifier = (pair.value.tag_bytes, oid) == (tags.BIT_STRING, _UNIQUE_IDENTIFIER)
    return Attribute(oid, name, bytes(pair.value.data).hex(), undecodable=not is_identifier)


def _format_part(part: tuple[Attribute, ...]) -> str:
    """Write an RDN (RFC 4514 2.2)."""
    return "+".join(map(_format_attribute, part))


def _format_attribute(attribute: Attribute) -> str:
    """Write an attribute (RFC 4514 2.3, 2.4); the short names are those of its section 3."""
    name = attribute.name if attribute.name in _IN_RFC4514 else attribute.oid
    return f"{name}={_escape_value(attribute)}"


def _escape_value(attribute: Attribute) -> str:
    if attribute.undecodable or attribute.oid == _UNIQUE_IDENTIFIER:
        return "#" + attribute.value
    text = attribute.value
    for special in '\\"+,;<>':
        text = text.replace(special, "\\" + special)
    text = text.replace("\0", "\\00")
    if text.startswith(("#", " ")) and attribute.value != " ":
        text = "\\" + text
    return text[:-1] + "\\ " if text.endswith(" ") else text


def find_values(field_name: str, subject: Name, issuer: Name) -> list[str]:
    """Return the values of a field such as ``issuer.CN``, in the certificate's own order."""
    part, _, short_name = field_name.partition(".")
    return (issuer if part == "issuer" else subject).find_values(short_name)


def fold_dashes(text: str) -> str:
    """Fold what typesetting varies: every dash to "-", every run of spaces to a single one, none at the ends.

    Nothing else: case, width and script stay, so that a look-alike letter stays a different name.
    """
    return " ".join(text.translate(_DASHES).split())


class _Preparation(dict[int, str]):
    """What each character is mapped to, computed once (RFC 4518 2.2)."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category.startswith("Z") or code in _SPACES:
            mapped = "" if character == "\N{ZERO WIDTH SPACE}" else " "
        elif category in {"Cc", "Cf"} or code in _IGNORED:
            mapped = ""
        else:
            mapped = character
        self[code] = mapped
        return mapped


_SPACES = {9, 10, 11, 12, 13, 0x85}
# Combining grapheme joiner, Mongolian and other variation selectors, object replacement character.
_IGNORED = {0x034F, *range(0x180B, 0x180E), *range(0xFE00, 0xFE10), 0xFFFC}
_PREPARATION = _Preparation()


class _Dashes(dict[int, str]):
    """What each character is folded to, computed once: Unicode's dash punctuation, and the minus sign."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_dash = character == "\N{MINUS SIGN}" or unicodedata.category(character) == "Pd"
        self[code] = "-" if is_dash else character
        return self[code]


_DASHES = _Dashes()
