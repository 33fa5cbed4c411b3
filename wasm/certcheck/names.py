"""What the names in a certificate say: attributes, user id, e-mail addresses."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.x509 import Name

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


def attributes(name: Name) -> list[tuple[str, str, str]]:
    """Return (OID, short name or else OID, value) of each attribute, in the certificate's own order.

    A value that is no text (a BIT STRING, RFC 5280's x500UniqueIdentifier) is given in hexadecimal.
    """
    return [
        (
            attribute.oid.dotted_string,
            SHORT_NAMES.get(attribute.oid.dotted_string, attribute.oid.dotted_string),
            attribute.value if isinstance(attribute.value, str) else attribute.value.hex(),
        )
        for attribute in name
    ]


def values(field: str, subject: Name, issuer: Name) -> list[str]:
    """Return the values of a field such as ``issuer.CN``, in the certificate's own order."""
    part, _, wanted = field.partition(".")
    return [
        value for _, short, value in attributes(issuer if part == "issuer" else subject) if short == wanted
    ]


def fold(text: str) -> str:
    """Fold what typesetting varies: every dash to "-", every run of spaces to one, none at the ends.

    Nothing else: case, width and script stay, so that a look-alike letter stays a different name.
    """
    return " ".join("".join("-" if _is_dash(character) else character for character in text).split())


def _is_dash(character: str) -> bool:
    # Unicode's dash punctuation, and the minus sign, which it files under mathematics.
    return character == "\N{MINUS SIGN}" or unicodedata.category(character) == "Pd"
