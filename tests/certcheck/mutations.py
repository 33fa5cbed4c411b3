"""Mutated files: seeds that certcheck reads are changed where their structure is, and packed as files come.

Mutation number n of the same seeds is always the same, so that a number identifies an input that has a fault.
The parsers take turns, so that each gets the same share of the numbers.
"""

from __future__ import annotations

import itertools
from random import Random
from typing import TYPE_CHECKING, get_args

from tests.certcheck.mutation_seeds import Parser
from tests.certcheck.odd_seeds import alter_text
from tests.support.mint_pkcs12 import encode_tlv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.certcheck.mutation_seeds import Seeds

    Change = Callable[[bytes, bytes, Random], bytes]

PARSERS: tuple[Parser, ...] = get_args(Parser)
_TELLING_BYTES = b"\0\1\x7f\x80\x81\x82\x84\xff\x30\x31\xa0\x04"  # tags and lengths that change what follows
_HUGE_SIZES = (100_000, 20_000, 5_000, 300)
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_TIME_CHARACTERS = "0123456789Z+-.,: "


def name_parser(number: int) -> Parser:
    """Return the parser whose turn a number is."""
    return PARSERS[number % len(PARSERS)]


def mutate(number: int, seeds: Seeds) -> bytes:
    """Return the mutation of that number."""
    random = Random(number)  # noqa: S311 - nothing is protected by it
    parser = name_parser(number)
    source = random.choice(seeds.sources[parser])
    data = random.choice(source.files)
    donors = random.choice(random.choice([*seeds.sources.values()])).files
    changes = _CHANGES + _OWN_CHANGES.get(parser, ())
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        data = random.choice(changes)(data, random.choice(donors), random)
    return random.choice(source.packings)(data, random)


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


def _change_times(data: bytes, donor: bytes, random: Random) -> bytes:
    """Change a time, or put another in its place: any characters that times have, in any number."""
    roots = _parse_values(data) or []
    times = [
        value
        for value in itertools.chain.from_iterable(root.walk() for root in roots)
        if value.tag in (_UTC_TIME, _GENERALIZED_TIME)
    ]
    if not times:
        return _change_structure(data, donor, random)
    time = random.choice(times)
    arbitrary = "".join(random.choices(_TIME_CHARACTERS, k=random.choice((0, 1, 5, 10, 12, 13, 15, 19, 40))))
    time.octets = random.choice((_change_bytes(time.octets, donor, random), arbitrary.encode()))
    time.tag = random.choice((time.tag, _UTC_TIME, _GENERALIZED_TIME))
    return b"".join(root.encode() for root in roots)


_CHANGES: tuple[Change, ...] = (
    _change_bytes,
    _change_bytes,
    _change_structure,
    _change_structure,
    _change_structure,
    _splice_files,
    alter_text,
)
_OWN_CHANGES: dict[Parser, tuple[Change, ...]] = {
    "times": 8 * (_change_times,),
    "text": 10 * (alter_text,),
}
