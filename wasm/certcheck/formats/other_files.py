"""Naming files that people take for certificates: by their first bytes, or the fields of their ASN.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from certcheck.asn1 import der, tags

if TYPE_CHECKING:
    from cryptography.hazmat.asn1 import asn1

OtherKind = Literal[
    "archive",
    "crl",
    "java_keystore",
    "mac_attributes",
    "mail",
    "ocsp",
    "office_document",
    "pdf",
    "picture",
    "rich_text",
    "shortcut",
    "ssh_key",
    "web_page",
]

_SIGNATURES: tuple[tuple[bytes, OtherKind], ...] = (
    (b"\x4c\0\0\0\x01\x14\x02\0", "shortcut"),  # [MS-SHLLINK] 2.1
    (b"\xfe\xed\xfe\xed", "java_keystore"),  # JKS
    (b"\xce\xce\xce\xce", "java_keystore"),  # JCEKS
    (b"\x1f\x8b", "archive"),  # gzip, RFC 1952 2.3.1
    (b"PK\x03\x04", "archive"),  # ZIP
    (b"PK\x05\x06", "archive"),  # an empty ZIP
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"MSCF\0\0\0\0", "archive"),  # a cabinet
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rich_text"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),  # JPEG
    (b"\0\x05\x16\x07", "mac_attributes"),  # AppleDouble, RFC 1740 B
)
_COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
_OUTLOOK_STREAM = "__substg1.0_".encode("utf-16-le")  # [MS-OXMSG] 2.1

_TEXTS: tuple[tuple[re.Pattern[str], OtherKind], ...] = (
    (
        re.compile(
            r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html|head|body)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        "web_page",
    ),
    (
        re.compile(r"\[(?:InternetShortcut|\{000214A0-0000-0000-C000-000000000046\})", re.IGNORECASE),
        "shortcut",
    ),
    (re.compile(r"(?:ssh-(?:rsa|dss|ed25519)|(?:sk-)?ecdsa-sha2-\S+|sk-ssh-\S+) AAAA"), "ssh_key"),
    (re.compile(r"PuTTY-User-Key-File-"), "ssh_key"),
    (
        re.compile(
            r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
            r"(?:From|To|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To): ?\S",
            re.IGNORECASE,
        ),
        "mail",
    ),  # RFC 5322 2.2
)
_TEXT_SAMPLE = 20_000  # characters

_ENUMERATED = b"\x0a"
_TIMES = {b"\x17", b"\x18"}  # UTCTime, GeneralizedTime


def identify_bytes(data: bytes, decoded: str) -> OtherKind | None:
    """Name a file that is neither ASN.1 of a known format nor text with a certificate in it.

    Args:
        data: the file.
        decoded: the same as text.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(_COMPOUND_FILE):
        return "mail" if _OUTLOOK_STREAM in data else "office_document"
    outer = der.read_header(data) if data[:1] == tags.SEQUENCE else None
    if outer and data[outer.start : outer.start + 2] == _ENUMERATED + b"\x01":
        return "ocsp"  # OCSPResponse begins with a status (RFC 6960 4.2.1)
    sample = decoded[:_TEXT_SAMPLE].lstrip().replace("\r\n", "\n")
    return next((kind for pattern, kind in _TEXTS if pattern.match(sample)), None)


def is_revocation_list(fields: list[asn1.TLV]) -> bool:
    """Tell whether the fields are a TBSCertList's: version, algorithm, issuer, thisUpdate (RFC 5280 5.1)."""
    types = [field.tag_bytes for field in fields]
    if types[:1] == [tags.INTEGER]:
        del types[0]
    return types[:2] == [tags.SEQUENCE, tags.SEQUENCE] and bool(_TIMES.intersection(types[2:3]))
