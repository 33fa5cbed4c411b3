"""Seeds of mutations for the parsers of what RFC 5280 and RFC 7468 do not have.

Times, BER, guessed text, altered armour, Windows' serialized stores, and revocation lists.
"""

from __future__ import annotations

import base64
import json
import struct
from typing import TYPE_CHECKING

from cryptography import x509

from tests.support.forge import TRUE, build_extension_bytes, replace_fields
from tests.support.mint import PASSWORD, build_extension, encode_der, encode_pem, get_root, mint
from tests.support.mint_crl import build_entry, mint_list
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


def build_times() -> Iterator[bytes]:
    """Yield certificates with times that X.680 allows and RFC 5280 does not."""
    for tag, text in (
        (_UTC_TIME, b"2703311459Z"),
        (_UTC_TIME, b"270331235959+0900"),
        (_GENERALIZED_TIME, b"2027033114.5-0130"),
        (_GENERALIZED_TIME, b"20270331145960.25Z"),
    ):
        yield replace_fields(_HOLDER, get_root(), validity=encode_sequence(*[encode_tlv(tag, text)] * 2))


def build_odd_certificates() -> Iterator[bytes]:
    """Yield certificates that are read and remarked."""
    yield from build_times()
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


def build_odd_texts() -> Iterator[bytes]:
    """Yield text of certificates that mail, editors, web forms and a paste altered."""
    pem = encode_pem(_HOLDER, get_root()).decode()
    for text in (
        pem.replace("-", "\N{EN DASH}"),
        json.dumps({"certificate": pem}),
        pem.replace("\n", "<br>"),
        "お世話になっております。\r\n\r\n" + pem.replace("\n", "\r\n> "),
        "subject=CN = a123456\nissuer=CN = CA\n---\n" + pem,
    ):
        yield text.encode()
    yield pem.encode("utf-16-le")
    yield base64.encodebytes(encode_der(_HOLDER))


def build_odd_pfx() -> Iterator[bytes]:
    """Yield a PKCS #12 with a cipher that few write."""
    scheme = build_idea(PASSWORD.encode())
    part = build_encrypted_part(scheme, build_certificate_bag(_HOLDER))
    yield assemble_pfx(part, mac=build_mac(encode_password(PASSWORD), iterations=1))


def build_odd_lists() -> Iterator[bytes]:
    """Yield revocation lists: empty, with the holder, partial, delta, with many entries."""
    point = x509.IssuingDistributionPoint(
        full_name=[x509.UniformResourceIdentifier("http://crl.example.jp/1")],
        relative_name=None,
        only_contains_user_certs=True,
        only_contains_ca_certs=False,
        only_some_reasons=None,
        indirect_crl=False,
        only_contains_attribute_certs=False,
    )
    number = build_extension(x509.CRLNumber(7), critical=False)
    yield mint_list()
    yield mint_list(build_entry(reason=x509.ReasonFlags.key_compromise), build_entry(7), extensions=[number])
    yield mint_list(build_entry(reason=x509.ReasonFlags.remove_from_crl), extensions=[build_extension(point)])
    yield mint_list(extensions=[number, build_extension(x509.DeltaCRLIndicator(6))])
    yield mint_list(*map(build_entry, range(1, 40)))


_STORE_HEAD = b"\0\0\0\0CERT"


def pack_store(*certificates: bytes, has_head: bool = True) -> bytes:
    """Return a store that Windows serialized: each certificate behind a property."""
    elements = [
        struct.pack("<III", kind, 1, len(value)) + value
        for certificate in certificates
        for kind, value in ((3, b"\1\2\3"), (0x20, certificate))
    ]
    return _STORE_HEAD * has_head + b"".join(elements) + bytes(12)


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
