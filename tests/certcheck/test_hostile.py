"""Files made to stall: little to send, much to do. Their limits are those of mutated files."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

import pytest

from certcheck import InputFile, inspect, japan, limits
from certcheck.inspection import judge, read_input
from certcheck.reports.report import FileReport
from tests.certcheck.conftest import build_rules
from tests.certcheck.mutation_outcomes import CPU_SECONDS, inspect_input
from tests.certcheck.stalling_paths import STALLS
from tests.support import mint_pkcs12 as p12
from tests.support.mint import (
    BOJ,
    PASSWORD,
    build_p7b,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_root,
    mint,
    mint_ca,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

HOLDER = mint()
RULES = build_rules({"boj": [{"pem": encode_pem(get_root()).decode()}]})
RANDOM = Random(5)  # noqa: S311 - nothing is protected by it
SHA256_WITH_RSA = p12.encode_sequence(p12.encode_oid("1.2.840.113549.1.1.11"), b"\5\0")
RSA_KEY = "1.2.840.113549.1.1.1"
CA = p12.encode_sequence(p12.encode_oid("2.5.29.19"), p12.encode_octets(p12.encode_sequence(b"\1\1\xff")))


def build_rdn(text: bytes, string: bytes | None = None) -> bytes:
    """Build an RDN of one CN, a text or another string."""
    return p12.encode_tlv(
        0x31, p12.encode_sequence(p12.encode_oid("2.5.4.3"), string or p12.encode_tlv(0x0C, text))
    )


def build_key(kind: str, parameters: bytes, *numbers: int) -> bytes:
    """Build a SubjectPublicKeyInfo of numbers."""
    encoded = b"".join(map(p12.encode_integer, numbers))
    bits = p12.encode_sequence(encoded) if len(numbers) > 1 else encoded
    return p12.encode_sequence(
        p12.encode_sequence(p12.encode_oid(kind), parameters), p12.encode_tlv(0x03, b"\0", bits)
    )


def build_certificate(  # noqa: PLR0913 - like mint
    *,
    serial: int = 1,
    subject: bytes = build_rdn(b"x"),
    issuer: bytes = build_rdn(b"x"),
    not_before: bytes = b"20260101000000Z",
    public_key: bytes = build_key(RSA_KEY, b"\5\0", 2**2047 + 1, 65537),
    extensions: bytes = CA,
    signature: bytes = bytes(256),
) -> bytes:
    """Build a certificate, field by field; no key has made its signature."""
    period = p12.encode_sequence(p12.encode_tlv(0x18, not_before), p12.encode_tlv(0x18, b"20991231235959Z"))
    fields = (SHA256_WITH_RSA, p12.encode_sequence(issuer), period, p12.encode_sequence(subject), public_key)
    wrapped = p12.encode_tlv(0xA3, p12.encode_sequence(extensions))
    signed = p12.encode_sequence(
        p12.encode_tlv(0xA0, p12.encode_integer(2)), p12.encode_integer(serial), *fields, wrapped
    )
    return p12.encode_sequence(signed, SHA256_WITH_RSA, p12.encode_tlv(0x03, b"\0", signature))


def build_bundle(certificates: Iterable[bytes]) -> bytes:
    """Build a PKCS #7 of certificates, in any number."""
    signed = (p12.encode_integer(1), p12.encode_tlv(0x31), p12.encode_sequence(p12.encode_oid(p12.DATA)))
    content = p12.encode_sequence(*signed, p12.encode_tlv(0xA0, *certificates), p12.encode_tlv(0x31))
    return p12.build_content_info("1.2.840.113549.1.7.2", content)


def claim_mac(salt: bytes, iterations: bytes) -> p12.MacBuilder:
    """Build a MAC that is none, with a salt and an encoded number of iterations."""
    algorithm = p12.encode_sequence(p12.encode_oid(p12.HASHES["sha1"]), b"\5\0")
    info = p12.encode_sequence(algorithm, p12.encode_octets(bytes(20)))
    return lambda _: p12.encode_sequence(info, p12.encode_octets(salt), iterations)


def build_endless_key(iterations: int) -> bytes:
    """Build the bag of a key that asks for so many iterations."""
    return p12.build_key_bag(
        HOLDER, p12.build_pbes2(PASSWORD.encode(), iterations=iterations)._replace(encrypt=bytes)
    )


def draw_odd_number(bits: int) -> int:
    """Draw a number of so many bits that can be an RSA key's."""
    return RANDOM.getrandbits(bits) | 1 | 1 << bits - 1


def build_large_keys(count: int) -> bytes:
    """Build CAs of the same name, any of which may have issued any other, with keys that take long to use."""
    return build_bundle(
        build_certificate(
            serial=number,
            public_key=build_key(RSA_KEY, b"\5\0", draw_odd_number(16384), 1 << 63 | 1),
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
                p12.build_plain_part(build_endless_key(2**31 - 1)),
                mac=claim_mac(bytes(8), b"\2\6\xff\0\0\0\0\0"),
            ),
            "damaged",
            id="iterations below zero, which make up for others",
        ),
        pytest.param(
            p12.assemble_pfx(
                p12.build_plain_part(p12.build_certificate_bag(HOLDER)),
                mac=claim_mac(bytes(1_000_000), p12.encode_integer(1)),
            ),
            "pkcs12",
            id="a MAC's salt",
        ),
        pytest.param(
            p12.assemble_pfx(
                p12.build_encrypted_part(
                    p12.build_pbes2(PASSWORD.encode(), iterations=2000), build_endless_key(2**31 - 1)
                )
            ),
            "over_limit",
            id="a key's iterations in an encrypted part",
        ),
        pytest.param(build_certificate(subject=build_rdn(b"a") * 500_000), "over_limit", id="attributes"),
        pytest.param(
            build_certificate(subject=build_rdn(b"", b"\x24\4\4\x7f\0\0") + build_rdn(b"a") * 500_000),
            "over_limit",
            id="attributes behind a string in wrong pieces",
        ),
        pytest.param(
            build_certificate(
                extensions=p12.encode_sequence(
                    p12.encode_oid("2.5.29.17"),
                    p12.encode_octets(p12.encode_sequence(b"\x81\3a@b" * 1_000_000)),
                )
            ),
            "over_limit",
            id="addresses",
        ),
        pytest.param(
            build_certificate(
                extensions=b"".join(
                    p12.encode_sequence(p12.encode_oid(f"1.2.3.{n}"), p12.encode_octets(b""))
                    for n in range(200_000)
                )
            ),
            "over_limit",
            id="extensions",
        ),
        pytest.param(build_certificate(serial=1 << 10_000_000), "over_limit", id="a serial number"),
        pytest.param(build_certificate(issuer=build_rdn(b"- " * 120_000)), "der", id="a name of dashes"),
        pytest.param(build_certificate(issuer=build_rdn(b"a" * 250_000)), "over_limit", id="a long name"),
        pytest.param(build_certificate(not_before=b"00000101000000Z"), "der", id="the year 0"),
        pytest.param(
            build_certificate(
                public_key=build_key(
                    RSA_KEY, b"\5\0", draw_odd_number(16384), draw_odd_number(16384) >> 1 | 1
                )
            ),
            "der",
            id="an exponent",
        ),
        pytest.param(build_large_keys(100), "pkcs7", id="CAs with large keys"),
        pytest.param(b"-" * 1_000_000, "not_a_certificate", id="dashes"),
        pytest.param(b"- " * 500_000, "not_a_certificate", id="dashes and blanks"),
        pytest.param(b"BEGIN " * 200_000, "not_a_certificate", id="words of an armour line"),
        pytest.param(b"--CERTIFICATE" * 80_000, "over_limit", id="armour lines without BEGIN"),
        pytest.param(b"MIIB" + b" " * 1_000_000 + b"\n*", "not_a_certificate", id="blanks in Base64"),
        pytest.param("\N{FULLWIDTH HYPHEN-MINUS}".encode() * 300_000, "not_a_certificate", id="wide dashes"),
    ],
)
def test_files_that_would_stall(data: bytes, kind: str) -> None:
    """It is read or refused in two seconds, by a limit that is checked before the work."""
    outcome = inspect_input(data, RULES)
    assert (outcome.kind, outcome.fault) == (kind, None)


def test_an_exhausted_signature_budget_is_reported() -> None:
    """Where verifying all signatures would take too long, a path says so, and none to an anchor is lost."""
    files = [InputFile("many.p7b", build_large_keys(50)), InputFile("x.p7b", build_p7b(HOLDER, get_root()))]
    report = inspect(files, RULES, japan.parse_instant("2027-03-10"))
    many, own = (file.certificates for file in report.files if isinstance(file, FileReport))
    codes: set[str] = set()
    for certificate in many:
        codes |= {problem.code for problem in certificate.chain.problems}
    assert "search_limit" in codes
    assert {certificate.chain.status for certificate in many} == {"not_examined"}
    assert own[0].chain.status == "trusted"


@pytest.mark.parametrize("is_anchored", [True, False])
@pytest.mark.parametrize("kind", STALLS)
def test_judging_that_would_stall(kind: str, *, is_anchored: bool) -> None:
    """One file never costs another: the honest one beside it has its verdict, page and command line alike.

    The page's budget is spent within two seconds, that of the command line within the time of one file. Which
    bound ended a file is told.
    """
    rules = RULES if is_anchored else build_rules({})
    outcomes = [("", read_input(InputFile("", data))) for data in (encode_der(HOLDER), *STALLS[kind]())]
    bounds = {limits.ALLOWED["operations"]: CPU_SECONDS, limits.OPERATIONS_OF_FOLDERS: limits.TIME_LIMIT}
    for operations, seconds in bounds.items():
        started = time.process_time()
        report = judge(outcomes, rules, japan.parse_instant("2027-03-10"), (), operations)
        assert time.process_time() - started < seconds
        honest, *hostile = (file for file in report.files if isinstance(file, FileReport))
        assert len(hostile) == len(outcomes) - 1
        assert honest.certificates[0].chain.status == ("trusted" if is_anchored else "incomplete")
        for file in hostile:
            statuses = {certificate.chain.status for certificate in file.certificates}
            details = [failure.detail["what"] for failure in file.failures]
            assert details == (["operations"] if "not_examined" in statuses else [])


def test_thousands_of_holders_are_all_looked_at() -> None:
    """``ROOT (anchor) -> ISSUING -> 5,500 holders``, each in a file of its own: all trusted."""
    root = mint_ca(cn="Root")
    issuing, key = mint_ca(root, cn=BOJ), generate_ec_key()
    holders = [mint(issuing, cn=f"a{number}", key=key) for number in range(5500)]
    outcomes = [("", read_input(InputFile("", encode_der(identity)))) for identity in (issuing, *holders)]
    rules = build_rules({"boj": [{"pem": encode_pem(root).decode()}]})
    at = japan.parse_instant("2027-03-10")
    files = judge(outcomes, rules, at, (), limits.OPERATIONS_OF_FOLDERS).files
    statuses = [file.certificates[0].chain.status for file in files if isinstance(file, FileReport)]
    assert (len(statuses), set(statuses)) == (5501, {"trusted"})
