"""Files made to stall: little to send, much to do. Each is bounded as the mutated ones are."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from certcheck import InputFile, inspect, japan
from certcheck.reports.report import FileReport
from tests.certcheck.conftest import build_rules
from tests.certcheck.mutations import outcome
from tests.support import mint_pkcs12 as p12
from tests.support.mint import PASSWORD, build_p7b, encode_pem, get_root, mint

if TYPE_CHECKING:
    from collections.abc import Iterable

HOLDER = mint()
RULES = build_rules({"boj": [{"pem": encode_pem(get_root()).decode()}]})
RANDOM = Random(5)  # noqa: S311 - nothing is protected by it
SHA256_WITH_RSA = p12.encode_sequence(p12.encode_oid("1.2.840.113549.1.1.11"), b"\5\0")
RSA_KEY = "1.2.840.113549.1.1.1"
CA = p12.encode_sequence(p12.encode_oid("2.5.29.19"), p12.encode_octets(p12.encode_sequence(b"\1\1\xff")))


def rdn(text: bytes, string: bytes | None = None) -> bytes:
    """Return an RDN of one CN, a text or another string."""
    return p12.encode_tlv(
        0x31, p12.encode_sequence(p12.encode_oid("2.5.4.3"), string or p12.encode_tlv(0x0C, text))
    )


def key(kind: str, parameters: bytes, *numbers: int) -> bytes:
    """Return a SubjectPublicKeyInfo of numbers."""
    encoded = b"".join(map(p12.encode_integer, numbers))
    bits = p12.encode_sequence(encoded) if len(numbers) > 1 else encoded
    return p12.encode_sequence(
        p12.encode_sequence(p12.encode_oid(kind), parameters), p12.encode_tlv(0x03, b"\0", bits)
    )


def certificate(  # noqa: PLR0913 - like mint
    *,
    number: int = 1,
    subject: bytes = rdn(b"x"),
    issuer: bytes = rdn(b"x"),
    since: bytes = b"20260101000000Z",
    public: bytes = key(RSA_KEY, b"\5\0", 2**2047 + 1, 65537),
    extensions: bytes = CA,
    signature: bytes = bytes(256),
) -> bytes:
    """Return a certificate, field by field; its signature is of no key."""
    period = p12.encode_sequence(p12.encode_tlv(0x18, since), p12.encode_tlv(0x18, b"20991231235959Z"))
    fields = (SHA256_WITH_RSA, p12.encode_sequence(issuer), period, p12.encode_sequence(subject), public)
    wrapped = p12.encode_tlv(0xA3, p12.encode_sequence(extensions))
    signed = p12.encode_sequence(
        p12.encode_tlv(0xA0, p12.encode_integer(2)), p12.encode_integer(number), *fields, wrapped
    )
    return p12.encode_sequence(signed, SHA256_WITH_RSA, p12.encode_tlv(0x03, b"\0", signature))


def bundle(certificates: Iterable[bytes]) -> bytes:
    """Return a PKCS #7 of certificates, in any number."""
    signed = (p12.encode_integer(1), p12.encode_tlv(0x31), p12.encode_sequence(p12.encode_oid(p12.DATA)))
    content = p12.encode_sequence(*signed, p12.encode_tlv(0xA0, *certificates), p12.encode_tlv(0x31))
    return p12.build_content_info("1.2.840.113549.1.7.2", content)


def mac(salt: bytes, rounds: bytes) -> p12.MacBuilder:
    """Make a MAC of nothing, with a salt and a number of rounds as they are encoded."""
    algorithm = p12.encode_sequence(p12.encode_oid(p12.HASHES["sha1"]), b"\5\0")
    info = p12.encode_sequence(algorithm, p12.encode_octets(bytes(20)))
    return lambda _: p12.encode_sequence(info, p12.encode_octets(salt), rounds)


def endless(rounds: int) -> bytes:
    """Return the bag of a key that nobody opens in so many rounds."""
    return p12.build_key_bag(
        HOLDER, p12.build_pbes2(PASSWORD.encode(), rounds=rounds)._replace(encrypt=bytes)
    )


def odd(bits: int) -> int:
    """Return a number of so many bits that can be an RSA key's."""
    return RANDOM.getrandbits(bits) | 1 | 1 << bits - 1


def large_keys(count: int) -> bytes:
    """Return CAs of one name, so that any may have issued any other, with keys that take long to use."""
    return bundle(
        certificate(
            number=number,
            public=key(RSA_KEY, b"\5\0", odd(16384), 1 << 63 | 1),
            signature=b"\0" + RANDOM.randbytes(2047),  # a number below the key's, as any that can be right
        )
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"MI" + b" " * 1_000_000 + b"!", "not_a_certificate", id="blanks in base64"),
        pytest.param(
            p12.assemble_pfx(
                p12.build_plain_part(endless(2**31 - 1)), mac=mac(bytes(8), b"\2\6\xff\0\0\0\0\0")
            ),
            "damaged",
            id="rounds below zero, which make up for others",
        ),
        pytest.param(
            p12.assemble_pfx(
                p12.build_plain_part(p12.build_certificate_bag(HOLDER)),
                mac=mac(bytes(1_000_000), p12.encode_integer(1)),
            ),
            "pkcs12",
            id="a MAC's salt",
        ),
        pytest.param(certificate(subject=rdn(b"a") * 500_000), "over_limit", id="attributes"),
        pytest.param(
            certificate(subject=rdn(b"", b"\x24\4\4\x7f\0\0") + rdn(b"a") * 500_000),
            "over_limit",
            id="attributes behind a string in wrong pieces",
        ),
        pytest.param(
            certificate(
                extensions=p12.encode_sequence(
                    p12.encode_oid("2.5.29.17"),
                    p12.encode_octets(p12.encode_sequence(b"\x81\3a@b" * 1_000_000)),
                )
            ),
            "over_limit",
            id="addresses",
        ),
        pytest.param(
            certificate(
                extensions=b"".join(
                    p12.encode_sequence(p12.encode_oid(f"1.2.3.{n}"), p12.encode_octets(b""))
                    for n in range(200_000)
                )
            ),
            "over_limit",
            id="extensions",
        ),
        pytest.param(certificate(number=1 << 10_000_000), "over_limit", id="a serial number"),
        pytest.param(certificate(issuer=rdn(b"- " * 120_000)), "der", id="a name of dashes"),
        pytest.param(certificate(issuer=rdn(b"a" * 250_000)), "over_limit", id="a long name"),
        pytest.param(certificate(since=b"00000101000000Z"), "damaged", id="the year 0"),
        pytest.param(
            certificate(public=key(RSA_KEY, b"\5\0", odd(16384), odd(16384) >> 1 | 1)),
            "der",
            id="an exponent",
        ),
        pytest.param(large_keys(100), "pkcs7", id="CAs with large keys"),
    ],
)
def test_what_would_stall(data: bytes, kind: str) -> None:
    """It is read or refused in two seconds, by a bound that is looked at before the work."""
    found = outcome(data, RULES)
    assert (found.kind, found.fault) == (kind, None)


def test_what_was_not_looked_at_is_told() -> None:
    """Where verifying all signatures would take too long, a path says so, and none to an anchor is lost."""
    files = [InputFile("many.p7b", large_keys(50)), InputFile("x.p7b", build_p7b(HOLDER, get_root()))]
    report = inspect(files, RULES, japan.parse_instant("2027-03-10"))
    many, own = (file.certificates for file in report.files if isinstance(file, FileReport))
    assert {problem.code for each in many for problem in each.chain.problems} >= {"search_limit"}
    assert {each.chain.status for each in many} == {"incomplete"}
    assert own[0].chain.status == "trusted"
