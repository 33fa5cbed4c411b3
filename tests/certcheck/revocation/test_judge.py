"""Revocation lists among the files: used where the certificate's own issuer signed them, and only then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography import x509

from certcheck import japan
from tests.certcheck.revocation.judging import (
    HOLDER,
    ROOT,
    inspect_files,
    judge_holder,
    list_codes,
)
from tests.support import mint_pkcs12 as p12
from tests.support.mint import (
    BOJ,
    build_key_usage,
    build_name,
    compute_sha256,
    encode_der,
    encode_pem,
    mint,
    mint_ca,
)
from tests.support.mint_crl import (
    NEXT_UPDATE,
    REVOKED_ON,
    THIS_UPDATE,
    build_entry,
    encode_list_pem,
    mint_list,
)


def test_without_a_list_nothing_is_said() -> None:
    """The report says that revocation is not checked, as it always did."""
    report = inspect_files(encode_der(HOLDER), encode_der(ROOT))
    assert report["revocation"] == "not_checked"
    assert "revocation" not in report["files"][0]["certificates"][0]
    assert "revocation_lists" not in report["files"][0]


def test_revoked() -> None:
    """On which day and why; the headline says so before anything else, and no calendar keeps its days."""
    entry = build_entry(reason=x509.ReasonFlags.key_compromise)
    report = inspect_files(encode_der(HOLDER), encode_der(ROOT), mint_list(build_entry(7), entry))
    certificate = report["files"][0]["certificates"][0]
    (listed,) = report["files"][2]["revocation_lists"]
    assert certificate["headline"] == "revoked"
    assert certificate["revocation"] == {
        "status": "revoked",
        "list_sha256": listed["sha256"],
        "this_update": japan.format_instant(THIS_UPDATE),
        "next_update": japan.format_instant(NEXT_UPDATE),
        "revoked_on": japan.format_instant(REVOKED_ON),
        "reason": "key_compromise",
        "problems": [],
    }
    assert report["revocation"] == "by_lists"
    assert (listed["issuer"], listed["entries"], listed["used"]) == (f"CN={BOJ}", 2, True)
    assert report["files"][2]["certificates"] == []


def test_not_on_the_list() -> None:
    """The list's day and the next one's are said; the headline is that of the renewal."""
    report = inspect_files(encode_der(HOLDER), encode_der(ROOT), mint_list(build_entry(7)))
    certificate = report["files"][0]["certificates"][0]
    assert certificate["headline"] == "open"
    assert certificate["revocation"]["status"] == "not_listed"
    assert certificate["revocation"]["next_update"] == japan.format_instant(NEXT_UPDATE)


@pytest.mark.parametrize("serial", [1, 0x7F, 0x80, 0xFF, 0x8000, 2**158 + 5])
def test_serial_numbers_of_any_length(serial: int) -> None:
    """A leading zero in DER makes a serial number no other one."""
    holder = mint(serial=serial)
    assert judge_holder(mint_list(build_entry(serial)), holder=holder)["status"] == "revoked"
    assert judge_holder(mint_list(build_entry(serial + 1)), holder=holder)["status"] == "not_listed"


@pytest.mark.parametrize("form", ["pem", "one pem file", "p7b"])
def test_forms_of_a_list(form: str) -> None:
    """In PEM, in the certificates' own PEM file, and in a PKCS #7."""
    data = mint_list(build_entry())
    if form == "p7b":
        assert judge_holder(build_bundle_of_lists(data))["status"] == "revoked"
    elif form == "pem":
        assert judge_holder(encode_list_pem(data))["status"] == "revoked"
    else:
        file = inspect_files(encode_pem(HOLDER, ROOT) + encode_list_pem(data))["files"][0]
        assert file["certificates"][0]["revocation"]["status"] == "revoked"
        assert len(file["revocation_lists"]) == 1


def build_bundle_of_lists(*lists: bytes) -> bytes:
    """Build a PKCS #7 of revocation lists alone, as CAs publish them."""
    signed = (p12.encode_integer(1), p12.encode_tlv(0x31), p12.encode_sequence(p12.encode_oid(p12.DATA)))
    content = p12.encode_sequence(*signed, p12.encode_tlv(0xA1, *lists), p12.encode_tlv(0x31))
    return p12.build_content_info("1.2.840.113549.1.7.2", content)


def test_the_issuer_is_not_there() -> None:
    """Without the key that issued the certificate no list is verified: never "not on the list"."""
    data = mint_list()
    files = inspect_files(encode_der(HOLDER), data)["files"]
    revocation = files[0]["certificates"][0]["revocation"]
    assert (revocation["status"], list_codes(revocation)) == ("unknown", ["no_issuer"])
    assert files[1]["revocation_lists"][0]["used"] is False


def test_another_ca_of_the_same_name_revokes_nothing() -> None:
    """Only the key that verified the certificate counts, though the other CA's certificate lies beside it."""
    other = mint_ca(cn=BOJ)
    files = inspect_files(
        encode_der(HOLDER), encode_der(ROOT), encode_der(other), mint_list(build_entry(), issuer=other)
    )["files"]
    certificate = files[0]["certificates"][0]
    assert certificate["headline"] == "open"
    assert list_codes(certificate["revocation"]) == ["bad_signature"]
    assert certificate["revocation"]["status"] == "unknown"


def test_a_changed_list() -> None:
    """A list whose bytes were changed says nothing, for or against."""
    data = mint_list(build_entry(7))
    changed = data.replace(bytes.fromhex("020107"), bytes.fromhex("020108"))
    assert changed != data
    assert list_codes(judge_holder(changed)) == ["bad_signature"]


def test_a_list_of_another_name_is_not_taken() -> None:
    """Not even where the same key signed it (RFC 5280 6.3.3 (b))."""
    assert judge_holder(mint_list(build_entry(), name=build_name(CN="Other"))) is None


def test_key_usage() -> None:
    """Where keyUsage is there, cRLSign must be in it (RFC 5280 6.3.3 (f))."""
    for uses, status in ((("key_cert_sign",), "unknown"), (("key_cert_sign", "crl_sign"), "revoked")):
        issuer = mint_ca(cn=BOJ, extensions=[build_key_usage(*uses)])
        holder = mint(issuer)
        revocation = judge_holder(mint_list(build_entry(), issuer=issuer), holder=holder, issuer=issuer)
        assert revocation["status"] == status
        assert list_codes(revocation) == ([] if status == "revoked" else ["no_crl_sign"])


def test_an_operators_anchor_signs_lists() -> None:
    """The issuer may be an anchor of the rules that is in no file."""
    anchors = {"boj": [{"pem": encode_pem(ROOT).decode()}]}
    files = inspect_files(encode_der(HOLDER), mint_list(build_entry()), anchors=anchors)["files"]
    assert files[0]["certificates"][0]["headline"] == "revoked"


def test_a_revoked_ca() -> None:
    """A CA's own certificate is looked for in its issuer's list; its headline stays that of a CA."""
    lower = mint_ca(ROOT, cn="Lower", serial=99)
    files = inspect_files(encode_der(lower), encode_der(ROOT), mint_list(build_entry(99)))["files"]
    (certificate,) = files[0]["certificates"]
    assert (certificate["headline"], certificate["revocation"]["status"]) == ("ca", "revoked")
    assert "revocation" not in files[1]["certificates"][0]  # a root is in no list


def test_a_revoked_one_is_never_the_current_one() -> None:
    """Of two certificates of a holder, the later is not the one to use once it is revoked."""
    later = mint(serial=5, not_after=datetime(2028, 3, 31, tzinfo=UTC))
    report = inspect_files(encode_der(HOLDER), encode_der(later), encode_der(ROOT), mint_list(build_entry(5)))
    (holder,) = report["holders"]
    assert holder["current"] == compute_sha256(HOLDER)
    assert not any(other["outlasted"] or other["outlasted_unproven"] for other in holder["others"])
