"""Seeds of mutations for the parsers of what RFC 5280 and RFC 7468 do not have.

Times, BER, guessed text, altered armour and Windows' serialized stores.
"""

from __future__ import annotations

import base64
import json
import struct
from typing import TYPE_CHECKING

from tests.support.forge import TRUE, build_extension_bytes, replace_fields
from tests.support.mint import PASSWORD, encode_der, encode_pem, get_root, mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_idea,
    build_mac,
    encode_oid,
    encode_password,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_HOLDER = mint()
_UTC_TIME, _GENERALIZED_TIME, _TELETEX = 0x17, 0x18, 0x14
_SIGNS = (
    b"-",
    b"\\n",
    b"<br>",
    b"=\r\n",
    b"&#43;",
    b"%2B",
    b"\\u002b",
    b"> ",
    b'"',
    b"\0",
    b" \xc2\xa0",
    b"\xe3\x80\x80",
)
_WORDS = (
    b"-----BEGIN CERTIFICATE-----",
    b"END CERTIFICATE",
    b"BEGIN ",
    b"--CERTIFICATE--",
    b"\xef\xbb\xbf",
    b"MII",
)


def build_odd_certificates() -> Iterator[bytes]:
    """Yield certificates that are read and remarked."""
    for tag, text in (
        (_UTC_TIME, b"2703311459Z"),
        (_UTC_TIME, b"270331235959+0900"),
        (_GENERALIZED_TIME, b"2027033114.5-0130"),
        (_GENERALIZED_TIME, b"20270331145960.25Z"),
    ):
        yield replace_fields(_HOLDER, get_root(), validity=encode_sequence(*[encode_tlv(tag, text)] * 2))
    address = encode_tlv(0x81, b"second@example.co.jp")
    extensions = (
        build_extension_bytes("2.5.29.19", encode_sequence(b"\1\1\1"), is_critical=True).replace(
            TRUE, b"\1\1\2"
        ),
        build_extension_bytes("2.5.29.17", b"\x30\x80" + address + b"\0\0"),
    )
    yield replace_fields(_HOLDER, get_root(), extensions=encode_tlv(0xA3, encode_sequence(*extensions)))
    for octets in ("日本銀行".encode("iso2022_jp"), "COMPAÑIA".encode("latin-1"), "商事ABC".encode("cp932")):
        attribute = encode_sequence(encode_oid("2.5.4.10"), encode_tlv(_TELETEX, octets))
        yield replace_fields(_HOLDER, get_root(), subject=encode_sequence(encode_tlv(0x31, attribute)))


def build_odd_files() -> Iterator[bytes]:
    """Yield files that are read: stores, altered text, a cipher that few write."""
    certificates = encode_der(_HOLDER), encode_der(get_root())
    yield pack_store(*certificates)
    yield pack_store(certificates[0]).removeprefix(_STORE_HEAD)
    pem = encode_pem(_HOLDER, get_root()).decode()
    for text in (
        pem.replace("-", "\N{EN DASH}"),
        json.dumps({"certificate": pem}),
        pem.replace("\n", "<br>"),
    ):
        yield text.encode()
    yield pem.encode("utf-16-le")
    scheme = build_idea(PASSWORD.encode())
    part = build_encrypted_part(scheme, build_certificate_bag(_HOLDER))
    yield assemble_pfx(part, mac=build_mac(encode_password(PASSWORD), iterations=1))


_STORE_HEAD = b"\0\0\0\0CERT"


def pack_store(*certificates: bytes) -> bytes:
    """Return a store that Windows serialized: each certificate behind a property."""
    elements = [
        struct.pack("<III", kind, 1, len(value)) + value
        for certificate in certificates
        for kind, value in ((3, b"\1\2\3"), (0x20, certificate))
    ]
    return _STORE_HEAD + b"".join(elements) + bytes(12)


def alter_text(data: bytes, _: bytes, random: Random) -> bytes:
    """Change text as mail, editors and web forms do, or make text of other bytes first."""
    text = data if data.isascii() else base64.encodebytes(data)
    at = random.randrange(len(text) + 1)
    end = min(len(text), at + random.choice((0, 0, 1, 5, 64)))
    piece = random.choice((*_SIGNS, *_WORDS)) * random.choice((1, 1, 1, 3, 500))
    sign = random.choice(_SIGNS)
    changes = (
        text[:at] + piece + text[end:],
        text.replace(b"\n", sign),
        text.replace(random.choice((b"-", b"+", b"/", b"A", b"=")), sign),
        text.decode("latin-1").encode(random.choice(("utf-16-le", "utf-16-be", "utf-8"))),
    )
    return random.choice(changes)
