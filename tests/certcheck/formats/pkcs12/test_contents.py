"""The contents of a PKCS #12: protections, keys and certificates, and what shows without a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support import ROOT
from tests.support.mint import PASSWORD, Identity, compute_sha256, encode_der, mint
from tests.support.mint_pkcs12 import (
    HASHES,
    PRFS,
    MacBuilder,
    Scheme,
    assemble_pfx,
    build_bag,
    build_certificate_bag,
    build_encrypted_part,
    build_key_bag,
    build_mac,
    build_pbes1,
    build_pbes2,
    build_pbmac1,
    build_plain_part,
    build_scrypt,
    encode_octets,
    encode_oid,
    encode_password,
    encode_sequence,
    encode_tlv,
)

if TYPE_CHECKING:
    from tests.certcheck.conftest import InspectFile

FIXTURES = ROOT / "tests/certcheck/fixtures"
HOLDER, OTHER = mint(), mint(cn="a654321")
UTF8, BMP = PASSWORD.encode(), encode_password(PASSWORD)
TRIPLE_DES = "pbeWithSHAAnd3-KeyTripleDES-CBC"


def build_usual_pfx(scheme: Scheme, identity: Identity = HOLDER, *, mac: MacBuilder | None = None) -> bytes:
    """Build a file as most programs write it: certificates encrypted, then the key."""
    return assemble_pfx(
        build_encrypted_part(scheme, build_certificate_bag(identity)),
        build_plain_part(build_key_bag(identity, scheme)),
        mac=mac,
    )


def build_pfx_without_privacy(*bags: bytes) -> bytes:
    """Build a file as Windows writes it with certificate privacy off, with further bags."""
    key_id = b"\1\0\0\0"
    certificates = build_plain_part(build_certificate_bag(HOLDER, "名前", key_id), *bags)
    return assemble_pfx(
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP), "key", key_id)),
        certificates,
        mac=build_mac(BMP),
    )


def list_owners(file: dict[str, Any]) -> list[str]:
    """Return the SHA-256 of the certificates whose keys the file holds."""
    certificates = file["certificates"]
    return [certificate["sha256"] for certificate in certificates if certificate["has_private_key"]]


def test_the_whole_contract(inspect_file: InspectFile) -> None:
    """The JSON of a PKCS #12's protection and contents, field by field."""
    data = assemble_pfx(
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP), "鍵", b"\1\0\0\0")),
        build_encrypted_part(
            build_pbes2(UTF8),
            build_certificate_bag(HOLDER, "証明書", b"\1\0\0\0"),
            build_certificate_bag(OTHER),
        ),
        mac=build_mac(BMP),
    )
    assert inspect_file(data, password=PASSWORD)["pkcs12"] == {
        "mac": "SHA-1",
        "encryption": [TRIPLE_DES, "AES-256-CBC (PBKDF2, HMAC-SHA-256)"],
        "certificates_protected": True,
        "key_opened": True,
        "keys": [
            {
                "certificate": compute_sha256(HOLDER),
                "opened": True,
                "friendly_name": "鍵",
                "local_key_id": "01000000",
            }
        ],
        "certificates": [
            {"certificate": compute_sha256(HOLDER), "friendly_name": "証明書", "local_key_id": None},
            {"certificate": compute_sha256(OTHER), "friendly_name": None, "local_key_id": None},
        ],
        "may_hold_more": False,
    }


def test_other_formats_have_no_such_part(inspect_file: InspectFile) -> None:
    """The field is PKCS #12's alone."""
    assert "pkcs12" not in inspect_file(encode_der(HOLDER))


@pytest.mark.parametrize(
    ("scheme", "name"),
    [
        pytest.param(build_pbes1(BMP), TRIPLE_DES, id="3DES"),
        *(
            pytest.param(build_pbes2(UTF8, prf), f"AES-256-CBC (PBKDF2, HMAC-SHA-{prf[3:]})", id=prf)
            for prf in PRFS
        ),
        pytest.param(build_scrypt(UTF8), "AES-256-CBC (scrypt)", id="scrypt"),
    ],
)
def test_encryption(inspect_file: InspectFile, scheme: Scheme, name: str) -> None:
    """Every way to encrypt opens, and is named once."""
    file = inspect_file(build_usual_pfx(scheme, mac=build_mac(BMP)), password=PASSWORD)
    assert file["pkcs12"]["encryption"] == [name]
    assert list_owners(file) == [compute_sha256(HOLDER)]


@pytest.mark.parametrize(
    ("fixture", "name"),
    [
        ("rc2-40.pfx", "pbeWithSHAAnd40BitRC2-CBC"),
        ("rc2-128.pfx", "pbeWithSHAAnd128BitRC2-CBC"),
        ("rc4-128.pfx", "pbeWithSHAAnd128BitRC4"),
        ("aes-128.pfx", "AES-128-CBC (PBKDF2, HMAC-SHA-256)"),
    ],
)
def test_encryption_of_other_programs(inspect_file: InspectFile, fixture: str, name: str) -> None:
    """The algorithms that only OpenSSL's command line writes."""
    file = inspect_file((FIXTURES / fixture).read_bytes(), password=PASSWORD)
    assert name in file["pkcs12"]["encryption"]
    assert len(list_owners(file)) == 1


@pytest.mark.parametrize(
    ("mac", "name"),
    [
        pytest.param(None, "none", id="none"),
        *(
            pytest.param(build_mac(BMP, name), {"md5": "MD5"}.get(name, f"SHA-{name[3:]}"), id=name)
            for name in HASHES
        ),
        pytest.param(build_mac(BMP, iterations=None), "SHA-1", id="one iteration, not written"),
        pytest.param(build_mac(BMP, iterations=1), "SHA-1", id="one iteration, written"),
        *(
            pytest.param(
                build_pbmac1(UTF8, f"sha{bits}"),
                f"PBMAC1, HMAC-SHA-{bits} (PBKDF2, HMAC-SHA-{bits})",
                id=f"PBMAC1 {bits}",
            )
            for bits in (256, 512)
        ),
    ],
)
def test_mac(inspect_file: InspectFile, mac: MacBuilder | None, name: str) -> None:
    """Every MAC, and none at all."""
    file = inspect_file(build_usual_pfx(build_pbes2(UTF8), mac=mac), password=PASSWORD)
    assert (file["pkcs12"]["mac"], file["password_form"]) == (name, "as_typed")


def test_certificates_show_without_a_password(inspect_file: InspectFile) -> None:
    """With certificate privacy off they are not encrypted; the key, which is, was not opened."""
    file = inspect_file(build_pfx_without_privacy())
    assert (file["password_form"], "failures" in file) == (None, False)
    pkcs12 = file["pkcs12"]
    assert (pkcs12["certificates_protected"], pkcs12["key_opened"]) == (False, False)
    assert pkcs12["certificates"][0]["friendly_name"] == "名前"


def test_an_unopened_keys_owner_is_the_files_word(inspect_file: InspectFile) -> None:
    """LocalKeyID ties key and certificate together; that the key was not compared stands beside it."""
    file = inspect_file(build_pfx_without_privacy())
    (key,) = file["pkcs12"]["keys"]
    assert (key["certificate"], key["opened"]) == (compute_sha256(HOLDER), False)
    assert list_owners(file) == [compute_sha256(HOLDER)]


def test_a_wrong_password_does_not_hide_certificates(inspect_file: InspectFile) -> None:
    """They show, and that the password is wrong is a failure beside them."""
    file = inspect_file(build_pfx_without_privacy(), password="wrong")
    assert file["failures"] == [{"code": "wrong_password", "detail": {}}]
    assert file["pkcs12"]["key_opened"] is False


def test_the_right_password_opens_the_key_as_well(inspect_file: InspectFile) -> None:
    """What showed without a password shows with it too, and the key is compared."""
    file = inspect_file(build_pfx_without_privacy(), password=PASSWORD)
    assert (file["password_form"], file["pkcs12"]["key_opened"]) == ("as_typed", True)
    assert list_owners(file) == [compute_sha256(HOLDER)]


def test_a_lying_local_key_id_is_found_out(inspect_file: InspectFile) -> None:
    """Once opened, only the key itself counts, not what the file says of it."""
    data = assemble_pfx(
        build_plain_part(
            build_key_bag(OTHER, build_pbes1(BMP), None, b"1"), build_certificate_bag(HOLDER, None, b"1")
        ),
        mac=build_mac(BMP),
    )
    assert list_owners(inspect_file(data)) == [compute_sha256(HOLDER)]
    opened = inspect_file(data, password=PASSWORD)
    assert (list_owners(opened), opened["pkcs12"]["keys"][0]["certificate"]) == ([], None)


def test_all_keys_are_listed(inspect_file: InspectFile) -> None:
    """Several keys, each with its certificate; one that fits none is flagged; the owners come first."""
    stray = mint()
    data = assemble_pfx(
        build_encrypted_part(
            build_pbes1(BMP), *map(build_certificate_bag, (mint(cn="nobody"), OTHER, HOLDER))
        ),
        build_plain_part(build_key_bag(HOLDER, build_pbes1(BMP)), build_key_bag(stray, build_pbes2(UTF8))),
        build_plain_part(build_key_bag(OTHER, build_pbes2(UTF8)), build_key_bag(HOLDER)),
        mac=build_mac(BMP),
    )
    file = inspect_file(data, password=PASSWORD)
    fits = [key["certificate"] for key in file["pkcs12"]["keys"]]
    assert fits == [compute_sha256(HOLDER), None, compute_sha256(OTHER), compute_sha256(HOLDER)]
    assert [certificate["has_private_key"] for certificate in file["certificates"]] == [True, True, False]
    assert (file["chain"], file["pkcs12"]["may_hold_more"]) == (None, False)


def test_keys_in_an_encrypted_part(inspect_file: InspectFile) -> None:
    """The library hands out the first one; the report says that there may be more."""
    data = assemble_pfx(
        build_encrypted_part(
            build_pbes2(UTF8), build_certificate_bag(HOLDER), build_key_bag(HOLDER), build_key_bag(OTHER)
        ),
        mac=build_mac(BMP),
    )
    file = inspect_file(data, password=PASSWORD)
    assert [key["certificate"] for key in file["pkcs12"]["keys"]] == [compute_sha256(HOLDER)]
    assert file["pkcs12"]["may_hold_more"] is True


def test_keys_in_several_encrypted_parts(inspect_file: InspectFile) -> None:
    """Each part is opened by itself, so the first key of each is found."""
    parts = [
        build_encrypted_part(build_pbes2(UTF8), build_certificate_bag(identity), build_key_bag(identity))
        for identity in (HOLDER, OTHER)
    ]
    assert set(list_owners(inspect_file(assemble_pfx(*parts, mac=build_mac(BMP)), password=PASSWORD))) == {
        compute_sha256(HOLDER),
        compute_sha256(OTHER),
    }


def test_an_encrypted_part_that_stays_closed_may_hold_more(inspect_file: InspectFile) -> None:
    """Beside certificates that show there may be others, and keys, behind the password."""
    data = assemble_pfx(
        build_plain_part(build_certificate_bag(HOLDER)),
        build_encrypted_part(build_pbes1(BMP), build_certificate_bag(OTHER)),
        mac=build_mac(BMP),
    )
    pkcs12 = inspect_file(data)["pkcs12"]
    assert (pkcs12["certificates_protected"], pkcs12["may_hold_more"]) == (True, True)


def test_nested_bags(inspect_file: InspectFile) -> None:
    """SafeContents may lie in SafeContents (RFC 7292 4.2.6)."""
    inside = build_bag(6, encode_sequence(build_certificate_bag(HOLDER), build_key_bag(HOLDER)))
    assert list_owners(inspect_file(assemble_pfx(build_plain_part(inside)))) == [compute_sha256(HOLDER)]


def test_a_revocation_list_beside_certificates(inspect_file: InspectFile) -> None:
    """Bags of other kinds are no failure."""
    crl = build_bag(4, encode_sequence(encode_oid("1.2.3"), encode_tlv(0xA0, encode_octets(b"x"))))
    assert "failures" not in inspect_file(assemble_pfx(build_plain_part(crl, build_certificate_bag(HOLDER))))


def test_one_bad_certificate_does_not_lose_the_others(inspect_file: InspectFile) -> None:
    """It is named by its part."""
    file = inspect_file(
        assemble_pfx(
            build_plain_part(build_certificate_bag(encode_der(OTHER)[:-9])),
            build_plain_part(build_certificate_bag(HOLDER)),
        )
    )
    assert [certificate["sha256"] for certificate in file["certificates"]] == [compute_sha256(HOLDER)]
    (failure,) = file["failures"]
    assert (failure["code"], failure["detail"]["part"]) == ("damaged", 1)
