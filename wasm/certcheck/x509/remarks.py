"""Remarks on a certificate's fields: what could not be read, or not as RFC 5280 has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "serial",
    "signature_algorithm",
    "issuer",
    "not_before",
    "not_after",
    "subject",
    "key",
    "key_algorithm",
    "extensions",
    "extension",
    "signature",
]
RemarkCode = Literal["unreadable", "nonconforming", "guessed"]


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark; the fields' names are those of the report's JSON.

    Attributes:
        field: the field of the certificate (RFC 5280 4.1); `key_algorithm` where the key is of a kind that
            the library does not know; `extension` is one of them, `extensions` all.
        code: unreadable: its value is not known. nonconforming: it was read, though RFC 5280 forbids how it
            is written. guessed: its text is in an encoding that nothing in the certificate names.
        detail: an extension's OID; the name of an attribute that cannot be read; the guessed encoding.
    """

    field: Field
    code: RemarkCode
    detail: str | None = None
