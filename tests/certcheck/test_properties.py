"""Whatever the bytes are, there is a report or a failure, and never anything else."""

from __future__ import annotations

import itertools
import json
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certcheck import InputFile, Rules, inspect, japan
from certcheck.errors import Code, UnusableInput
from certcheck.formats import file_reader
from tests.certcheck.conftest import build_rules
from tests.support import ROOT
from tests.support.ber import Style, convert_to_ber
from tests.support.mint import PASSWORD, build_p7b, build_pfx, encode_der, encode_pem, get_root, mint
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_plain_part,
    encode_password,
)

HOLDER = mint()
BMP = encode_password(PASSWORD)
REFUSED = encode_der(HOLDER).replace(b"a123456", b"a12\xff456")
VALID = {
    "der": encode_der(HOLDER),
    "pem": encode_pem(HOLDER, get_root()),
    "p7b": build_p7b(HOLDER, get_root()),
    "3des": build_pfx(HOLDER),
    "aes": build_pfx(HOLDER, protection="aes-256", others=[get_root()]),
    "privacy off": assemble_pfx(
        build_plain_part(
            build_certificate_bag(HOLDER), build_key_bag(HOLDER, build_pbes1(encode_password(PASSWORD)))
        ),
        mac=build_mac(encode_password(PASSWORD)),
    ),
    "several keys": assemble_pfx(
        build_plain_part(*map(build_key_bag, (HOLDER, get_root()))),
        build_plain_part(build_certificate_bag(HOLDER, "名前", b"1")),
    ),
    "ber": convert_to_ber(build_pfx(HOLDER), itertools.cycle(get_args(Style)).__next__),
    "refused": assemble_pfx(
        build_encrypted_part(build_pbes1(BMP), build_certificate_bag(REFUSED)), mac=build_mac(BMP)
    ),
    "bad name": REFUSED,
    "unprotected": (ROOT / "tests/certcheck/fixtures/unprotected.pfx").read_bytes(),
}
RULES = build_rules({})
passwords = st.none() | st.just(PASSWORD) | st.text(max_size=8)
few = settings(suppress_health_check=[HealthCheck.too_slow])  # how many: profiles in tests/conftest.py


def check_outcome(data: bytes, password: str | None, rules: Rules = RULES) -> None:
    """Inspect a file: it has certificates, or a failure with a code."""
    report = inspect([InputFile("x", data, password)], rules, japan.parse_instant("2027-03-10"))
    (file,) = json.loads(report.to_json())["files"]
    if "error" in file:
        assert file["error"]["code"] in get_args(Code)
    else:
        assert file["certificates"]


@given(st.binary(max_size=300), passwords)
@few
def test_arbitrary_bytes(data: bytes, password: str | None) -> None:
    """Arbitrary bytes."""
    check_outcome(data, password)


@given(st.sampled_from(sorted(VALID)), st.data(), passwords)
@few
def test_mutated_files(name: str, draw: st.DataObject, password: str | None) -> None:
    """Valid files with a few bytes changed, anywhere."""
    data = bytearray(VALID[name])
    changes = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), min_size=1, max_size=4)
    for position, value in draw.draw(changes):
        data[position] = value
    check_outcome(bytes(data), password)


@given(st.sampled_from(sorted(VALID)), st.data())
@few
def test_shortened_and_stuffed_files(name: str, draw: st.DataObject) -> None:
    """Valid files with a piece cut out and another put in."""
    data = VALID[name]
    start, end = sorted(draw.draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
    check_outcome(data[:start] + draw.draw(st.binary(max_size=20)) + data[end:], PASSWORD)


@pytest.mark.parametrize("name", sorted(set(VALID) - {"pem", "ber"}))
def test_every_truncation_is_damage(name: str) -> None:
    """A DER file that is cut anywhere behind its first bytes is damaged, never anything else."""
    data = VALID[name]
    for length in range(16, len(data)):
        with pytest.raises(UnusableInput) as caught:
            file_reader.read_contents(data[:length], PASSWORD)
        assert caught.value.code == "damaged"


def test_every_truncation_of_pem() -> None:
    """A PEM file that is cut loses the certificate whose Base64 is cut, and keeps those before.

    Where only the last line of the armour is cut, the Base64 is whole, and so is the certificate.
    """
    whole, first = VALID["pem"], encode_pem(HOLDER)
    begin, armour = len(b"-----BEGIN CERTIFICATE-----"), len(b"==\n-----END CERTIFICATE-----\n")
    for length in range(begin, len(first) - armour):
        with pytest.raises(UnusableInput) as caught:
            file_reader.read_contents(whole[:length])
        assert caught.value.code == "damaged"
    for length in range(len(first) + begin, len(whole) - armour):
        contents = file_reader.read_contents(whole[:length])
        assert [failure.code for failure in contents.failures] == ["damaged"]
