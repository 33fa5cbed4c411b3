"""Mutated files: seeds that certcheck reads are changed where their structure is, and packed as files come.

Mutation number n of the same seeds is always the same, so that a number identifies an input that has a fault.
"""

from __future__ import annotations

import base64
import itertools
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, get_args

import cryptography_vectors

from tests.certcheck.conftest import build_rules
from tests.certcheck.odd_seeds import alter_text, build_odd_certificates, build_odd_files, pack_store
from tests.support.ber import Style, convert_to_ber
from tests.support.mint import (
    PASSWORD,
    build_p7b,
    build_pfx,
    encode_der,
    encode_pem,
    get_root,
    get_rsa_key,
    mint,
)
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_pbmac1,
    build_plain_part,
    build_scrypt,
    encode_password,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from certcheck import Rules

_VECTORS = Path(cryptography_vectors.__file__).parent
_UTF8, _BMP = PASSWORD.encode(), encode_password(PASSWORD)
_TELLING_BYTES = b"\0\1\x7f\x80\x81\x82\x84\xff\x30\x31\xa0\x04"  # tags and lengths that change what follows
_HUGE_SIZES = (100_000, 20_000, 5_000, 300)


class Seeds(NamedTuple):
    """The inputs that are mutated.

    Attributes:
        files: files of every format.
        certificates: in DER.
        rules: to judge by, with a trust anchor.
    """

    files: tuple[bytes, ...]
    certificates: tuple[bytes, ...]
    rules: Rules


def build_seeds() -> Seeds:
    """Build files that certcheck reads, of few iterations, so that many mutations can be tried."""
    holder, ca = mint(key=get_rsa_key()), get_root()
    bags = build_certificate_bag(holder, "名前", b"1"), build_certificate_bag(ca)
    key = build_key_bag(holder, build_pbes1(_BMP, 1), "名前", b"1")
    minted = (
        encode_pem(holder, ca),
        build_p7b(holder, ca),
        build_pfx(holder, None),
        build_pfx(holder, protection="3des"),
        build_pfx(holder, protection="aes-256", others=[ca]),
        assemble_pfx(
            build_encrypted_part(build_pbes1(_BMP, 1), *bags),
            build_plain_part(key),
            mac=build_mac(_BMP, iterations=1),
        ),
        assemble_pfx(
            build_encrypted_part(build_pbes2(_UTF8, iterations=1), *bags),
            mac=build_pbmac1(_UTF8, iterations=1),
        ),
        assemble_pfx(
            build_encrypted_part(build_scrypt(_UTF8, 16, 1), *bags),
            mac=build_mac(_BMP, "sha256", iterations=1),
        ),
        assemble_pfx(build_plain_part(*bags, build_key_bag(holder)), build_plain_part(key)),
    )
    styles = itertools.cycle(get_args(Style)).__next__
    vectors = list(_read_vectors())
    certificates = [certificate for data in vectors if (certificate := _decode_pem(data))]
    return Seeds(
        (
            *minted,
            convert_to_ber(minted[1], styles),
            convert_to_ber(minted[5], styles),
            *build_odd_files(),
            *vectors,
        ),
        (encode_der(holder), encode_der(ca), *build_odd_certificates(), *certificates),
        build_rules({"boj": [{"pem": encode_pem(ca).decode()}]}),
    )


def _read_vectors() -> Iterator[bytes]:
    """Yield some of cryptography's own test vectors, small ones."""
    for folder, step in (("pkcs7", 1), ("pkcs12", 3), ("x509/custom", 4)):
        for path in sorted((_VECTORS / folder).iterdir())[::step]:
            if path.is_file() and path.stat().st_size < 6_000:
                yield path.read_bytes()


def _decode_pem(data: bytes) -> bytes | None:
    _, begin, rest = data.partition(b"-----BEGIN CERTIFICATE-----")
    return base64.b64decode(rest.partition(b"-----END")[0]) if begin else None


def mutate(number: int, seeds: Seeds) -> bytes:
    """Return the mutation of that number."""
    random = Random(number)  # noqa: S311 - nothing is protected by it
    is_file = random.random() < 0.4
    data = random.choice(seeds.files if is_file else seeds.certificates)
    donors = seeds.files if random.random() < 0.3 else seeds.certificates
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        change = random.choice(
            (
                _change_bytes,
                _change_bytes,
                _change_structure,
                _change_structure,
                _change_structure,
                _splice_files,
                alter_text,
            )
        )
        data = change(data, random.choice(donors), random)
    return data if is_file else random.choice(_PACKINGS)(data)


def _change_bytes(data: bytes, _: bytes, random: Random) -> bytes:
    """Change, remove, repeat or add bytes, whatever they mean."""
    if not data:
        return bytes(random.choices(_TELLING_BYTES, k=3))
    at = random.randrange(len(data))
    end = min(len(data), at + random.choice((1, 1, 2, 8, 100)))
    old = data[at:end]
    replacements = (
        bytes([old[0] ^ 1 << random.randrange(8)]) + old[1:],
        bytes([random.choice(_TELLING_BYTES)]) + old[1:],
        b"",
        old * random.choice((2, 3, 200)),
        random.randbytes(len(old)) + old,
    )
    return data[:at] + random.choice(replacements) + (data[end:] if random.random() < 0.9 else b"")


def _splice_files(data: bytes, donor: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)] + donor[random.randrange(len(donor)) :]


class _Value:
    """A value in DER: a tag, and either octets or the values in it."""

    def __init__(self, tag: int, contents: bytes) -> None:
        self.tag, self.octets = tag, contents
        inside = contents[1:] if tag == 0x03 else contents
        is_opaque = not tag & 0x20 and tag not in (0x03, 0x04)
        self.values: list[_Value] | None = None if is_opaque else _parse_values(inside)
        self.lead = contents[: len(contents) - len(inside)]

    def encode(self) -> bytes:
        if self.values is None:
            return encode_tlv(self.tag, self.octets)
        return encode_tlv(self.tag, self.lead, *(value.encode() for value in self.values))

    def walk(self) -> Iterator[_Value]:
        """Yield this value, and all below it."""
        yield self
        for value in self.values or ():
            yield from value.walk()


def _parse_values(data: bytes) -> list[_Value] | None:
    """Parse values that fill the octets exactly, with tags and lengths of the usual kind; else None."""
    values, at = [], 0
    while at < len(data):
        head, length_octets = data[at : at + 2], 0
        if len(head) < 2 or head[0] & 0x1F == 0x1F or head[1] in (0x80, 0xFF):
            return None
        length = head[1]
        if length > 0x80:
            length_octets = length - 0x80
            length = int.from_bytes(data[at + 2 : at + 2 + length_octets], "big")
        start = at + 2 + length_octets
        at = start + length
        if at > len(data):
            return None
        values.append(_Value(head[0], data[start:at]))
    return values or None


def _choose_value(roots: list[_Value], random: Random) -> _Value:
    return random.choice([*itertools.chain.from_iterable(root.walk() for root in roots)])


def _change_structure(data: bytes, donor: bytes, random: Random) -> bytes:
    """Change a value; the lengths around it follow, so that it is reached."""
    roots = _parse_values(data)
    if roots is None:
        return _change_bytes(data, donor, random)
    value = _choose_value(roots, random)
    random.choice((_retag, _refill, _refill, _rearrange, _rearrange, _replace))(value, donor, random)
    return b"".join(root.encode() for root in roots)


def _retag(value: _Value, _: bytes, random: Random) -> None:
    value.tag = random.choice((*_TELLING_BYTES, random.randrange(256)))


def _refill(value: _Value, donor: bytes, random: Random) -> None:
    """Give a value other octets: none, any, very many, a few changed, deep in values."""
    nested = value.octets
    for _ in range(random.choice((1, 3, 30, 70))):
        nested = encode_tlv(0x30, nested)
    huge = bytes(random.choices(_TELLING_BYTES, k=1)) * random.choice(_HUGE_SIZES)
    arbitrary = random.randbytes(random.choice((1, 3, 9, 40)))
    small = (b"", arbitrary, _change_bytes(value.octets, donor, random), nested)
    value.values, value.octets = None, random.choice((*small, *small, *small, huge))


def _rearrange(value: _Value, _: bytes, random: Random) -> None:
    """Repeat, remove or shuffle the values in a value."""
    if value.values:
        at = random.randrange(len(value.values))
        before, after = value.values[:at], value.values[at + 1 :]
        repeated = before + value.values[at : at + 1] * random.choice((2, 2, 30))
        shuffled = random.sample(value.values, len(value.values))
        value.values = random.choice((repeated + after, before + after, shuffled))


def _replace(value: _Value, donor: bytes, random: Random) -> None:
    """Put a value of another file in a value's place."""
    if (roots := _parse_values(donor)) is not None:
        other = _choose_value(roots, random)
        value.tag, value.octets, value.values, value.lead = other.tag, other.octets, other.values, other.lead


def _encode_pem(data: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"


# A MAC and encryption let no mutation of a file through: these are made around a mutated certificate.
_PACKINGS: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    bytes,
    _encode_pem,
    pack_store,
    lambda data: assemble_pfx(build_plain_part(build_certificate_bag(data))),
    lambda data: assemble_pfx(
        build_encrypted_part(build_pbes1(_BMP, 1), build_certificate_bag(data)),
        mac=build_mac(_BMP, iterations=1),
    ),
    lambda data: assemble_pfx(
        build_encrypted_part(build_pbes2(_UTF8, iterations=1), build_certificate_bag(data))
    ),
)
