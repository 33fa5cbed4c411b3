"""Files that are nearly right: real shapes, changed where their structure is, and packed as files come.

Input number n is always made the same way from the same shapes, so that a number names what went wrong.
"""

from __future__ import annotations

import base64
import itertools
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, get_args

import cryptography_vectors

from certcheck import InputFile, Report, Rules, inspect, japan
from certcheck.errors import Code
from certcheck.reports.report import FileError
from tests.certcheck.conftest import build_rules
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
    from collections.abc import Callable

CPU_SECONDS = 2.0
"""What one input may cost."""

_VECTORS = Path(cryptography_vectors.__file__).parent
_TEXT, _WIDE = PASSWORD.encode(), encode_password(PASSWORD)
_AT = japan.parse_instant("2027-03-10")
_ENDS = b"\0\1\x7f\x80\x81\x82\x84\xff\x30\x31\xa0\x04"  # tags and lengths that change what follows
_HUGE = (100_000, 20_000, 5_000, 300)


class Shapes(NamedTuple):
    """What inputs are made from.

    Attributes:
        files: whole files of every format.
        certificates: in DER.
        rules: to judge by, with a trust anchor.
    """

    files: tuple[bytes, ...]
    certificates: tuple[bytes, ...]
    rules: Rules


def shapes() -> Shapes:
    """Return files that certcheck reads; few rounds of key derivation, so that many inputs can be tried."""
    holder, ca = mint(key=get_rsa_key()), get_root()
    bags = build_certificate_bag(holder, "名前", b"1"), build_certificate_bag(ca)
    key = build_key_bag(holder, build_pbes1(_WIDE, 1), "名前", b"1")
    minted = (
        encode_pem(holder, ca),
        build_p7b(holder, ca),
        build_pfx(holder, None),
        build_pfx(holder, protection="3des"),
        build_pfx(holder, protection="aes-256", others=[ca]),
        assemble_pfx(
            build_encrypted_part(build_pbes1(_WIDE, 1), *bags),
            build_plain_part(key),
            mac=build_mac(_WIDE, rounds=1),
        ),
        assemble_pfx(
            build_encrypted_part(build_pbes2(_TEXT, rounds=1), *bags), mac=build_pbmac1(_TEXT, rounds=1)
        ),
        assemble_pfx(
            build_encrypted_part(build_scrypt(_TEXT, 16, 1), *bags), mac=build_mac(_WIDE, "sha256", rounds=1)
        ),
        assemble_pfx(build_plain_part(*bags, build_key_bag(holder)), build_plain_part(key)),
    )
    styles = itertools.cycle(get_args(Style)).__next__
    found = [
        path.read_bytes()
        for folder, every in (("pkcs7", 1), ("pkcs12", 3), ("x509/custom", 4))
        for path in sorted((_VECTORS / folder).iterdir())[::every]
        if path.is_file() and path.stat().st_size < 6_000
    ]
    certificates = [
        encode_der(holder),
        encode_der(ca),
        *(each for data in found if (each := _from_pem(data))),
    ]
    return Shapes(
        (*minted, convert_to_ber(minted[1], styles), convert_to_ber(minted[5], styles), *found),
        tuple(certificates),
        build_rules({"boj": [{"pem": encode_pem(ca).decode()}]}),
    )


def _from_pem(data: bytes) -> bytes | None:
    _, begin, rest = data.partition(b"-----BEGIN CERTIFICATE-----")
    return base64.b64decode(rest.partition(b"-----END")[0]) if begin else None


def numbered(number: int, of: Shapes) -> bytes:
    """Return that input."""
    random = Random(number)  # noqa: S311 - nothing is protected by it
    whole = random.random() < 0.4
    data = random.choice(of.files if whole else of.certificates)
    others = of.files if random.random() < 0.3 else of.certificates
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        change = random.choice((_bytes, _bytes, _structure, _structure, _structure, _splice))
        data = change(data, random.choice(others), random)
    return data if whole else random.choice(_PACKINGS)(data)


def _bytes(data: bytes, _: bytes, random: Random) -> bytes:
    """Change, remove, repeat or add bytes, without a look at what they mean."""
    if not data:
        return bytes(random.choices(_ENDS, k=3))
    at = random.randrange(len(data))
    end = min(len(data), at + random.choice((1, 1, 2, 8, 100)))
    old = data[at:end]
    new = (
        bytes([old[0] ^ 1 << random.randrange(8)]) + old[1:],
        bytes([random.choice(_ENDS)]) + old[1:],
        b"",
        old * random.choice((2, 3, 200)),
        random.randbytes(len(old)) + old,
    )
    return data[:at] + random.choice(new) + (data[end:] if random.random() < 0.9 else b"")


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other)) :]


class _Value:
    """A value in DER: a tag, and either octets or the values in it."""

    def __init__(self, tag: int, contents: bytes) -> None:
        self.tag, self.octets = tag, contents
        inside = contents[1:] if tag == 0x03 else contents
        opaque = not tag & 0x20 and tag not in (0x03, 0x04)
        self.inner: list[_Value] | None = None if opaque else _values(inside)
        self.lead = contents[: len(contents) - len(inside)]

    def encoded(self) -> bytes:
        if self.inner is None:
            return encode_tlv(self.tag, self.octets)
        return encode_tlv(self.tag, self.lead, *(each.encoded() for each in self.inner))

    def all(self) -> list[_Value]:
        return [self, *(below for each in self.inner or () for below in each.all())]


def _values(data: bytes) -> list[_Value] | None:
    """Read values that fill the octets exactly, with tags and lengths of the usual kind; else None."""
    found, at = [], 0
    while at < len(data):
        head, more = data[at : at + 2], 0
        if len(head) < 2 or head[0] & 0x1F == 0x1F or head[1] in (0x80, 0xFF):
            return None
        length = head[1]
        if length > 0x80:
            more = length - 0x80
            length = int.from_bytes(data[at + 2 : at + 2 + more], "big")
        start = at + 2 + more
        at = start + length
        if at > len(data):
            return None
        found.append(_Value(head[0], data[start:at]))
    return found or None


def _structure(data: bytes, other: bytes, random: Random) -> bytes:
    """Change a value; the lengths around it follow, so that it is reached."""
    roots = _values(data)
    if roots is None:
        return _bytes(data, other, random)
    value = random.choice([each for top in roots for each in top.all()])
    random.choice((_retag, _refill, _refill, _rearrange, _rearrange, _replace))(value, other, random)
    return b"".join(each.encoded() for each in roots)


def _retag(value: _Value, _: bytes, random: Random) -> None:
    value.tag = random.choice((*_ENDS, random.randrange(256)))


def _refill(value: _Value, other: bytes, random: Random) -> None:
    """Give it other octets: none, any, very many, a few changed, deep in values."""
    nested = value.octets
    for _ in range(random.choice((1, 3, 30, 70))):
        nested = encode_tlv(0x30, nested)
    huge = bytes(random.choices(_ENDS, k=1)) * random.choice(_HUGE)
    given = (b"", random.randbytes(random.choice((1, 3, 9, 40))), _bytes(value.octets, other, random), nested)
    value.inner, value.octets = None, random.choice((*given, *given, *given, huge))


def _rearrange(value: _Value, _: bytes, random: Random) -> None:
    """Repeat, remove or shuffle the values in it."""
    if value.inner:
        one = random.randrange(len(value.inner))
        repeated = value.inner[:one] + value.inner[one : one + 1] * random.choice((2, 2, 30))
        again = value.inner[one + 1 :]
        shuffled = random.sample(value.inner, len(value.inner))
        value.inner = random.choice((repeated + again, value.inner[:one] + again, shuffled))


def _replace(value: _Value, other: bytes, random: Random) -> None:
    """Put a value of another file in its place."""
    if (donor := _values(other)) is not None:
        given = random.choice([each for top in donor for each in top.all()])
        value.tag, value.octets, value.inner, value.lead = given.tag, given.octets, given.inner, given.lead


def _as_pem(data: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(data) + b"-----END CERTIFICATE-----\n"


# Behind a MAC and inside encryption only what was put there before is reached.
_PACKINGS: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    bytes,
    _as_pem,
    lambda data: assemble_pfx(build_plain_part(build_certificate_bag(data))),
    lambda data: assemble_pfx(
        build_encrypted_part(build_pbes1(_WIDE, 1), build_certificate_bag(data)),
        mac=build_mac(_WIDE, rounds=1),
    ),
    lambda data: assemble_pfx(
        build_encrypted_part(build_pbes2(_TEXT, rounds=1), build_certificate_bag(data))
    ),
)


class Outcome(NamedTuple):
    """What became of an input.

    Attributes:
        kind: the file's format, or the error's code.
        seconds: of the processor.
        fault: what ought not to happen; None as a rule.
    """

    kind: str
    seconds: float
    fault: str | None


def outcome(data: bytes, rules: Rules) -> Outcome:
    """Inspect, and say what it came to; whatever is raised, but an exit, is a fault."""
    started = time.process_time()
    try:
        report = inspect([InputFile("x", data, PASSWORD)], rules, _AT)
        report.to_json().encode()
        kind, fault = _judged(report)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        kind, fault = "raised", repr(error)
    seconds = time.process_time() - started
    if seconds > CPU_SECONDS:
        fault = fault or f"took {seconds:.1f} s"
    return Outcome(kind, seconds, fault)


def _judged(report: Report) -> tuple[str, str | None]:
    (file,) = report.files
    if not isinstance(file, FileError):
        return file.format, None if file.certificates else "neither certificates nor an error"
    code, detail = file.error.code, file.error.detail
    unforeseen = code not in get_args(Code) or detail.get("where") == "library"
    return code, f"{code} {detail}" if unforeseen else None
