"""BER is converted to DER, and DER stays as it is; the limits hold for either."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certcheck import limits
from certcheck.asn1.ber import Normaliser
from certcheck.errors import UnusableInput
from certcheck.formats import file_reader
from tests.support.ber import Style, convert_to_ber
from tests.support.mint import PASSWORD, build_p7b, build_pfx, compute_sha256, encode_der, get_root, mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes2,
    encode_octets,
    encode_password,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HOLDER = mint()
FILES = {
    "certificate": encode_der(HOLDER),
    "p7b": build_p7b(HOLDER, get_root()),
    "3des": build_pfx(HOLDER, others=[get_root()]),
    "aes": build_pfx(HOLDER, protection="aes-256"),
    "open": build_pfx(HOLDER, None),
}
styles = st.lists(st.sampled_from(get_args(Style)), min_size=1, max_size=30).map(itertools.cycle)


def convert(data: bytes) -> bytes:
    """Convert one value."""
    return Normaliser().to_der(data)


def repeat_style(style: Style) -> Callable[[], Style]:
    """Return a function that returns a style for every value."""
    return lambda: style


@pytest.mark.parametrize("name", FILES)
def test_der_stays_as_it_is(name: str) -> None:
    """DER in, the same bytes out: fingerprints and MACs are over them."""
    assert convert(FILES[name]) == FILES[name]


@given(st.sampled_from(sorted(FILES)), styles)
def test_ber_comes_out_as_the_der_it_was_made_from(name: str, style: itertools.cycle[Style]) -> None:
    """Whatever mixture of encodings a file is written in."""
    assert convert(convert_to_ber(FILES[name], lambda: next(style))) == FILES[name]


@given(st.sampled_from(sorted(set(FILES) - {"certificate"})), styles)
def test_files_in_ber_are_read_the_same(name: str, style: itertools.cycle[Style]) -> None:
    """The same certificates, the same owner, the same form of the password."""
    ber, in_der = (
        file_reader.read_contents(data, PASSWORD)
        for data in (convert_to_ber(FILES[name], lambda: next(style)), FILES[name])
    )
    fingerprints = [certificate.sha256 for certificate in ber.certificates]
    assert fingerprints == [certificate.sha256 for certificate in in_der.certificates]
    assert (ber.format, ber.owners, ber.password_form) == (in_der.format, in_der.owners, in_der.password_form)
    assert ber.pkcs12 == in_der.pkcs12


@pytest.mark.parametrize("style", get_args(Style))
def test_ber_inside_the_parts(style: Style) -> None:
    """The parts and the bags of a PKCS #12 are BER of their own, inside strings; the MAC is over that BER."""
    bags = [
        convert_to_ber(bag, repeat_style(style))
        for bag in (build_certificate_bag(HOLDER), build_key_bag(HOLDER))
    ]
    part = convert_to_ber(build_encrypted_part(build_pbes2(PASSWORD.encode()), *bags), repeat_style(style))
    contents = file_reader.read_contents(
        assemble_pfx(part, mac=build_mac(encode_password(PASSWORD))), PASSWORD
    )
    assert contents.owners == {compute_sha256(HOLDER)}


@pytest.mark.parametrize("style", get_args(Style))
def test_a_certificate_in_ber(style: Style) -> None:
    """Its fingerprint is of the bytes that came, as Windows computes it."""
    data = convert_to_ber(encode_der(HOLDER), repeat_style(style))
    (certificate,) = file_reader.read_contents(data).certificates
    assert certificate.subject.format_rfc4514().endswith("CN=a123456")
    assert (certificate.sha256 == compute_sha256(HOLDER)) == (style == "der")


def test_pieces_of_a_bit_string() -> None:
    """Each piece says how many of its last bits do not count; the last piece's word stays (X.690 8.6)."""
    assert convert(bytes.fromhex("2308 0302 0001 0302 0480")) == bytes.fromhex("0303 04 0180")


def test_pieces_of_pieces() -> None:
    """A piece may itself be in pieces (X.690 8.7.3.2)."""
    nested = encode_tlv(0x24, encode_tlv(0x24, encode_octets(b"a"), encode_octets(b"b")), encode_octets(b"c"))
    assert convert(nested) == encode_octets(b"abc")


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        pytest.param(bytes.fromhex("3080 0201 01"), 5, id="no end"),
        pytest.param(bytes.fromhex("3003 0202 01"), 2, id="a value longer than what it is in"),
        pytest.param(bytes.fromhex("0480 00 0000"), 0, id="a primitive value without a length"),
        pytest.param(bytes.fromhex("2403 0201 01"), 0, id="a piece of another kind"),
        pytest.param(bytes.fromhex("3002 0000"), 2, id="an end where none is open"),
        pytest.param(bytes.fromhex("30ff"), 0, id="a reserved length"),
        pytest.param(bytes.fromhex("3f"), 0, id="a tag without its end"),
        pytest.param(b"", 0, id="nothing"),
    ],
)
def test_bytes_that_are_no_ber_are_damaged(data: bytes, offset: int) -> None:
    """The place stands in the detail."""
    with pytest.raises(UnusableInput) as caught:
        convert(data)
    assert (caught.value.code, caught.value.detail) == ("damaged", {"offset": offset})


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        pytest.param(b"\x30\x80" * 100 + b"\0\0" * 100, "nesting", id="open lengths in one another"),
        pytest.param(encode_sequence(b"\5\0" * 300_000), "values", id="many values"),
        pytest.param(encode_tlv(0x24, encode_octets(b"") * 300_000), "values", id="many empty pieces"),
        pytest.param(encode_tlv(0x02, bytes(5000)), "integer_bytes", id="a huge number"),
    ],
)
def test_bounds(data: bytes, limit: limits.Limit) -> None:
    """Depth, number of values and size of numbers are bounded, and the figures told."""
    with pytest.raises(UnusableInput) as caught:
        convert(data)
    assert caught.value.code == "over_limit"
    found = {"nesting": 65, "values": 250_001, "integer_bytes": 5000}[limit]
    assert caught.value.detail == {"what": limit, "found": found, "allowed": limits.ALLOWED[limit]}


def test_the_values_of_a_file_count_together() -> None:
    """A file of many parts, each below the bound, is not."""
    normaliser, many = Normaliser(), encode_sequence(b"\5\0" * 100_000)
    for _ in range(2):
        normaliser.to_der(many)
    with pytest.raises(UnusableInput):
        normaliser.to_der(many)


@given(st.binary(max_size=200))
def test_arbitrary_bytes(data: bytes) -> None:
    """They are DER afterwards, once more the same, or an error."""
    try:
        normal = convert(data)
    except UnusableInput:
        return
    assert convert(normal) == normal
