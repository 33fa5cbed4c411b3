"""Revocation lists among the files: used where the certificate's own issuer signed them, and only then."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from certcheck import InputFile, inspect, japan, limits
from tests.certcheck.conftest import AT, build_rules
from tests.support import mint_pkcs12 as p12
from tests.support.mint import (
    BOJ,
    Identity,
    build_extension,
    build_key_usage,
    build_name,
    compute_sha256,
    encode_der,
    encode_pem,
    generate_ec_key,
    get_root,
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

RULES = build_rules({})
ROOT = get_root()
HOLDER = mint()
POINT = "http://crl.example.jp/1.crl"


def inspect_files(*files: bytes, at: str = AT, anchors: dict[str, list[dict[str, str]]] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Inspect files and return the report's JSON."""
    inputs = [InputFile(str(number), data) for number, data in enumerate(files)]
    rules = build_rules(anchors) if anchors else RULES
    return json.loads(inspect(inputs, rules, japan.parse_instant(at)).to_json())


def judge_holder(*lists: bytes, holder: Identity = HOLDER, issuer: Identity = ROOT, at: str = AT) -> Any:  # noqa: ANN401 - JSON
    """Return what lists say of a holder's certificate, whose issuer's certificate came along."""
    files = inspect_files(encode_der(holder), encode_der(issuer), *lists, at=at)["files"]
    return files[0]["certificates"][0].get("revocation")


def list_codes(revocation: dict[str, Any]) -> list[str]:
    """Return the codes of the problems."""
    return [problem["code"] for problem in revocation["problems"]]


def build_point(**fields: Any) -> x509.Extension[x509.ExtensionType]:  # noqa: ANN401 - the library's
    """Build an issuingDistributionPoint of which some fields are set."""
    defaults: dict[str, Any] = {
        "full_name": None,
        "relative_name": None,
        "only_contains_user_certs": False,
        "only_contains_ca_certs": False,
        "only_some_reasons": None,
        "indirect_crl": False,
        "only_contains_attribute_certs": False,
    }
    return build_extension(x509.IssuingDistributionPoint(**{**defaults, **fields}))


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


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2027-03-08T08:59:59+09:00", "not_yet_issued"),
        ("2027-03-15T09:00:00+09:00", None),
        ("2027-03-15T09:00:01+09:00", "stale"),
    ],
)
def test_days_of_the_list(at: str, code: str | None) -> None:
    """Before its day and after the next one is due, absence says nothing; an entry still does."""
    revocation = judge_holder(mint_list(), at=at)
    assert revocation["status"] == ("unknown" if code else "not_listed")
    assert list_codes(revocation) == ([code] if code else [])
    assert judge_holder(mint_list(build_entry()), at=at)["status"] == "revoked"


def test_an_expired_certificate_may_have_left_the_list() -> None:
    """RFC 5280 3.3: an entry may go once the certificate has expired."""
    holder = mint(not_after=THIS_UPDATE - timedelta(seconds=1))
    assert list_codes(judge_holder(mint_list(), holder=holder)) == ["after_expiry"]


UNKNOWN = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")
USELESS = {
    "unknown_critical_extension": [build_extension(UNKNOWN)],
    "indirect": [build_point(indirect_crl=True)],
}


@pytest.mark.parametrize("code", USELESS)
def test_lists_that_must_not_be_used(code: str) -> None:
    """RFC 5280 5.2: neither for nor against; an unknown extension that is not critical is ignored."""
    revocation = judge_holder(mint_list(build_entry(), extensions=USELESS[code]))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", [code])
    harmless = [build_extension(UNKNOWN, critical=False)]
    assert judge_holder(mint_list(build_entry(), extensions=harmless))["status"] == "revoked"


def test_a_critical_extension_of_an_entry() -> None:
    """RFC 5280 5.3: such a list must not be used, whichever entry has it."""
    strange = build_entry(7, extensions=[build_extension(UNKNOWN)])
    revocation = judge_holder(mint_list(strange, build_entry()))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", ["unknown_critical_extension"])


def test_bytes_that_only_look_critical() -> None:
    """The bytes of BOOLEAN TRUE in a serial number make no list useless."""
    assert judge_holder(mint_list(build_entry(0x0101FF), build_entry()))["status"] == "revoked"


OF_POINT = [x509.UniformResourceIdentifier(POINT)]
PARTS = {
    "CA certificates only": build_point(only_contains_ca_certs=True),
    "attribute certificates only": build_point(only_contains_attribute_certs=True),
    "some reasons": build_point(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])),
    "another distribution point": build_point(full_name=OF_POINT),
}


@pytest.mark.parametrize("part", PARTS)
def test_partial_lists(part: str) -> None:
    """A list that does not cover the certificate says nothing by not having it; its entries count."""
    revocation = judge_holder(mint_list(extensions=[PARTS[part]]))
    assert (revocation["status"], list_codes(revocation)) == ("unknown", ["partial"])
    assert judge_holder(mint_list(build_entry(), extensions=[PARTS[part]]))["status"] == "revoked"


def test_the_list_of_the_certificates_own_distribution_point() -> None:
    """Where the certificate names the list's point, the list covers it (RFC 5280 6.3.3 (b)(2)(i))."""
    place = x509.DistributionPoint(OF_POINT, None, None, None)
    published = build_extension(x509.CRLDistributionPoints([place]), critical=False)
    holder = mint(extensions=[published])
    partial = [build_point(full_name=OF_POINT, only_contains_user_certs=True)]
    assert judge_holder(mint_list(extensions=partial), holder=holder)["status"] == "not_listed"


def test_delta_lists() -> None:
    """Changes alone do not say that a certificate is not revoked; one that they list is."""
    delta = [build_extension(x509.DeltaCRLIndicator(1))]
    assert list_codes(judge_holder(mint_list(extensions=delta))) == ["delta"]
    assert judge_holder(mint_list(build_entry(), extensions=delta))["status"] == "revoked"
    removed = build_entry(reason=x509.ReasonFlags.remove_from_crl)
    assert list_codes(judge_holder(mint_list(removed, extensions=delta))) == ["delta"]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        (x509.ReasonFlags.certificate_hold, "not_listed"),
        (x509.ReasonFlags.superseded, "revoked"),
    ],
)
def test_an_older_list_beside_a_newer_one(reason: x509.ReasonFlags, status: str) -> None:
    """A hold can end; nothing else can: an entry may only have gone since the certificate expired."""
    older = mint_list(build_entry(reason=reason), this_update=THIS_UPDATE - timedelta(days=3))
    assert judge_holder(older, mint_list())["status"] == status
    assert judge_holder(mint_list(), older)["status"] == status


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
