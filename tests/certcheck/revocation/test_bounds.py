"""Revocation lists made to stall, or to break the library: bounded, and no other file's loss."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from certcheck import limits
from tests.certcheck.revocation.judging import (
    HOLDER,
    ROOT,
    build_point,
    inspect_files,
)
from tests.support import mint_pkcs12 as p12
from tests.support.mint import (
    BOJ,
    encode_der,
    encode_pem,
    generate_ec_key,
    mint,
    mint_ca,
)
from tests.support.mint_crl import (
    THIS_UPDATE,
    build_entry,
    encode_list_pem,
    mint_list,
)

OF_POINT = [x509.UniformResourceIdentifier("http://crl.example.jp/1.crl")]


def test_no_number_of_lists_costs_another_files_verdict() -> None:
    """Whatever one file's lists ask for, another file's list is verified and the paths are built."""
    stranger = mint_ca(cn=BOJ, key=generate_ec_key())
    hostile = b"".join(
        encode_list_pem(mint_list(*map(build_entry, range(1, 50)), issuer=stranger, this_update=day))
        for day in (THIS_UPDATE + timedelta(minutes=minute) for minute in range(100))
    )
    certificate = inspect_files(encode_der(HOLDER), encode_der(ROOT), hostile, mint_list(build_entry()))
    revocation = certificate["files"][0]["certificates"][0]["revocation"]
    assert revocation["status"] == "revoked"
    assert len(revocation["problems"]) == 20


def build_long_list(count: int, last: int) -> bytes:
    """Build a list of that many certificates, whose last entry is that of a serial number."""
    time = p12.encode_tlv(0x17, b"270201030000Z")
    entry = p12.encode_sequence(p12.encode_integer(2**62 + 1), time)
    entries = b"".join(
        entry.replace((2**62 + 1).to_bytes(8, "big"), (2**62 + number).to_bytes(8, "big"))
        for number in range(count)
    )
    algorithm = p12.encode_sequence(p12.encode_oid("1.2.840.10045.4.3.2"))
    days = p12.encode_tlv(0x17, b"270308000000Z") + p12.encode_tlv(0x17, b"270315000000Z")
    listed = p12.encode_sequence(entries, p12.encode_sequence(p12.encode_integer(last), time))
    name = ROOT.certificate.subject.public_bytes()
    return sign_again(p12.encode_sequence(p12.encode_integer(1), algorithm, name, days, listed))


def test_a_list_of_250_000_certificates() -> None:
    """It fits into a page's operations, and is indexed once, however many certificates are looked for."""
    data = build_long_list(250_000, 77)
    assert 6_000_000 < len(data) < limits.SIZE_LIMIT
    serials = (77, 78, 2**62 + 249_999, 2**62 + 250_000)
    holders = b"".join(encode_pem(mint(serial=serial)) for serial in serials)
    file = inspect_files(holders, encode_der(ROOT), data)["files"][0]
    statuses = [certificate["revocation"]["status"] for certificate in file["certificates"]]
    assert statuses == ["revoked", "not_listed", "revoked", "not_listed"]


def sign_again(tbs_list: bytes) -> bytes:
    """Sign a list's contents as the holder's issuer, whatever they are."""
    algorithm = p12.encode_sequence(p12.encode_oid("1.2.840.10045.4.3.2"))
    assert isinstance(ROOT.key, ec.EllipticCurvePrivateKey)
    signature = ROOT.key.sign(tbs_list, ec.ECDSA(hashes.SHA256()))
    return p12.encode_sequence(tbs_list, algorithm, p12.encode_tlv(0x03, b"\0", signature))


def test_mutated_lists_with_a_right_signature() -> None:
    """Whatever an issuer signs, the report is a report, and a list is said to be of no use or is used."""
    random = Random(7)  # noqa: S311 - nothing is protected by it
    extensions = [build_point(full_name=OF_POINT)]
    entries = build_entry(5, x509.ReasonFlags.superseded), build_entry()
    original = x509.load_der_x509_crl(mint_list(*entries, extensions=extensions)).tbs_certlist_bytes
    statuses: set[str] = set()
    for _ in range(300):
        mutated = bytearray(original)
        mutated[random.randrange(len(mutated))] = random.choice((0, 1, 0x30, 0x80, 0xFF))
        files = inspect_files(encode_der(HOLDER), encode_der(ROOT), sign_again(bytes(mutated)))["files"]
        statuses.add(files[0]["certificates"][0].get("revocation", {"status": "none"})["status"])
    assert {"none", "revoked"} <= statuses <= {"none", "revoked", "unknown"}


def test_too_many_lists_in_a_file() -> None:
    """A file's lists are limited."""
    file = inspect_files(encode_list_pem(mint_list()) * 101)["files"][0]
    assert file["error"]["detail"] == {"what": "revocation_lists", "found": 101, "allowed": 100}
