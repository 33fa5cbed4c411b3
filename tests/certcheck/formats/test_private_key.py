"""Private keys in files of their own, beside certificates: which certificate one fits, and no more."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from certcheck import InputFile, inspect, japan
from certcheck.browser import Session
from certcheck.limits import Effort
from certcheck.reports.csv_table import write_csv
from tests.certcheck.conftest import AT, build_rules
from tests.support.mint import (
    Identity,
    build_pfx,
    compute_sha256,
    encode_der,
    encode_pem,
    get_root,
    get_rsa_key,
    mint,
)
from tests.support.mint_crl import mint_list
from tests.support.mint_pkcs12 import build_pbes2, build_scrypt, encode_octets, encode_sequence

PASSWORD = "証明書2027"
EC, RSA, OTHER = mint(), mint(key=get_rsa_key(), serial=2), mint(serial=3)
NAMES = {"fits": [compute_sha256(EC)]}


def encode_key(
    identity: Identity,
    encoding: Encoding = Encoding.PEM,
    form: PrivateFormat = PrivateFormat.PKCS8,
    password: str | None = None,
) -> bytes:
    """Encode an identity's private key."""
    protection = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return identity.key.private_bytes(encoding, form, protection)


def inspect_key(
    key: bytes, *others: bytes, password: str | None = None, iterations: int | None = None
) -> Any:  # noqa: ANN401 - JSON
    """Return what the report says of a key's file, which others came along with."""
    effort = Effort(iterations)
    files = [InputFile(str(number), data, password, effort) for number, data in enumerate((key, *others))]
    report = inspect(files, build_rules({}), japan.parse_instant(AT))
    return json.loads(report.to_json())["files"][0]


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
@pytest.mark.parametrize("identity", [EC, RSA], ids=["EC", "RSA"])
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_the_certificate_that_it_fits(identity: Identity, form: PrivateFormat, encoding: Encoding) -> None:
    """PKCS #8, PKCS #1 and SEC 1 in DER and PEM: the certificates with its public key, wherever they are."""
    key = encode_key(identity, encoding, form)
    file = inspect_key(key, encode_pem(OTHER, get_root()), encode_der(identity))
    assert file["private_key"] == {"fits": [compute_sha256(identity)]}
    assert (file["format"], file["password_form"], file["certificates"]) == ("private_key", "none", [])
    assert inspect_key(key, encode_der(OTHER))["private_key"] == {"fits": []}
    assert inspect_key(key, build_pfx(identity, None))["private_key"] == {"fits": [compute_sha256(identity)]}


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        (PrivateFormat.PKCS8, Encoding.DER),
        (PrivateFormat.PKCS8, Encoding.PEM),
        (PrivateFormat.TraditionalOpenSSL, Encoding.PEM),
    ],
)
@pytest.mark.parametrize("identity", [EC, RSA], ids=["EC", "RSA"])
def test_an_encrypted_key(identity: Identity, form: PrivateFormat, encoding: Encoding) -> None:
    """Its password is asked for; the forms of a PKCS #12's are tried; a wrong one is said to be wrong."""
    key, certificate = encode_key(identity, encoding, form, PASSWORD), encode_der(identity)
    assert inspect_key(key, certificate)["error"] == {"code": "password_required", "detail": {}}
    assert inspect_key(key, certificate, password="x")["error"]["code"] == "wrong_password"
    for password, password_form in ((PASSWORD, "as_typed"), ("証明書２０２７ ", "nfkc_trimmed")):
        file = inspect_key(key, certificate, password=password)
        assert (file["private_key"]["fits"], file["password_form"]) == (
            [compute_sha256(identity)],
            password_form,
        )


def test_beside_a_revocation_list() -> None:
    """All kinds of files in one inspection: the key, its certificate, and a list."""
    key, certificate, file = inspect_key(encode_key(EC), encode_der(EC)), encode_der(EC), mint_list()
    assert inspect_key(encode_key(EC), file, certificate, encode_der(get_root())) == key


def test_openssls_file_of_parameters_and_a_key() -> None:
    """``openssl ecparam -genkey`` writes the curve before the key."""
    parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    key = parameters + encode_key(EC, form=PrivateFormat.TraditionalOpenSSL)
    assert inspect_key(key, encode_der(EC))["private_key"] == NAMES


def test_altered_armour() -> None:
    """A key's text is folded as a certificate's is."""
    key = encode_key(EC).replace(b"-", "\N{EN DASH}".encode()).replace(b"\n", b"\r\n> ")
    assert inspect_key(key, encode_der(EC))["private_key"] == NAMES


@pytest.mark.parametrize("others", [(), (mint_list(),), (encode_key(OTHER),)], ids=["no", "a list", "a key"])
def test_without_a_certificate(others: tuple[bytes, ...]) -> None:
    """It is named as before, and no password is asked for."""
    for password in (None, PASSWORD):
        error = inspect_key(encode_key(EC, password=password), *others)["error"]
        assert error["code"] == "private_key"
        assert set(error["detail"]) == {"block", "found"}


@pytest.mark.parametrize(
    ("key", "error"),
    [
        pytest.param(
            encode_key(EC)[:90] + b"\n-----END PRIVATE KEY-----\n",
            {"code": "damaged", "detail": {"where": "key"}},
            id="cut",
        ),
        pytest.param(
            encode_key(EC, form=PrivateFormat.TraditionalOpenSSL, password="x").replace(b"CBC,", b"CBC,00"),
            {"code": "damaged", "detail": {"where": "key"}},
            id="a long vector",
        ),
        pytest.param(
            re.sub(
                rb"CBC,[0-9A-F]{2}",
                b"CBC,",
                encode_key(EC, form=PrivateFormat.TraditionalOpenSSL, password="x"),
            ),
            {"code": "damaged", "detail": {"where": "key"}},
            id="a short vector, which aborts the library",
        ),
        pytest.param(
            encode_key(EC, form=PrivateFormat.TraditionalOpenSSL, password="x").replace(
                b"AES-256-CBC", b"RC5-CBC"
            ),
            {"code": "unsupported_algorithm", "detail": {"algorithm": "RC5-CBC"}},
            id="another cipher",
        ),
        pytest.param(
            b"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n",
            {"code": "damaged", "detail": {"where": "key"}},
            id="an empty SEQUENCE",
        ),
        pytest.param(
            encode_key(RSA, Encoding.DER, PrivateFormat.TraditionalOpenSSL).replace(
                get_rsa_key().private_numbers().q.to_bytes(128, "big"), bytes([0x7F] * 128)
            ),
            {"code": "damaged", "detail": {"where": "key"}},
            id="numbers that contradict each other",
        ),
        pytest.param(
            encode_key(EC, form=PrivateFormat.OpenSSH),
            {"code": "not_a_certificate", "detail": {"found": "ssh_key"}},
            id="OpenSSH",
        ),
    ],
)
def test_a_key_that_cannot_be_read(key: bytes, error: dict[str, object]) -> None:
    """It costs no certificate its verdict, and no answer is given."""
    assert inspect_key(key, encode_der(EC), encode_der(RSA))["error"] == error


def encrypt_key(scheme: Any) -> bytes:  # noqa: ANN401 - mint_pkcs12's
    """Encrypt a key by a scheme (RFC 5958 3)."""
    key = encode_key(EC, Encoding.DER)
    return encode_sequence(scheme.identifier, encode_octets(scheme.encrypt(key)))


def test_what_its_password_may_cost() -> None:
    """The limits are a PKCS #12's, and checked before the work; forms that were not tried are named."""
    key = encrypt_key(build_pbes2(PASSWORD.encode(), iterations=1000))
    assert inspect_key(key, encode_der(EC), password=PASSWORD)["private_key"] == NAMES
    error = inspect_key(key, encode_der(EC), password=PASSWORD, iterations=999)["error"]
    assert error["detail"] == {"what": "iterations", "found": 1000, "allowed": 999}
    error = inspect_key(key, encode_der(EC), password="証明書", iterations=1999)["error"]
    assert (error["code"], error["detail"]["allowed"]) == ("forms_untried", 1999)
    assert "shift_jis" in error["detail"]["untried"].split(",")
    costly = encrypt_key(build_scrypt(b"x", cost=1024, block=8))
    costly = costly.replace(b"\x02\x02\x04\x00", b"\x02\x02\x7f\xff", 1).replace(
        b"\x02\x01\x08", b"\x02\x01\x7f", 1
    )
    assert inspect_key(costly, encode_der(EC), password="x")["error"]["code"] == "over_limit"


def test_nothing_of_the_key_stays() -> None:
    """Neither what a session keeps of the file nor the report holds the key or a part of it."""
    session = Session()
    key = encode_key(EC, Encoding.DER)
    outcome = session.read_file(0, "x.key", key, None)
    value = EC.key.private_numbers().private_value  # type: ignore[union-attr] # an EC key's
    secret = value.to_bytes(32, "big")
    assert secret in key
    report = json.dumps(inspect_key(key, encode_der(EC))).encode()
    for data in (outcome, pickle.dumps(session), report):
        assert secret not in data
        assert str(value).encode() not in data


def test_its_row_in_the_table() -> None:
    """A file of a key has a row of its own, with the answer in place of a verdict."""
    files = [InputFile("x.key", encode_key(EC)), InputFile("y.key", encode_key(OTHER))]
    files.append(InputFile("x.cer", encode_der(EC)))
    report = inspect(files, build_rules({}), japan.parse_instant(AT))
    rows = csv.DictReader(io.StringIO(write_csv(report).removeprefix("\ufeff"), newline=""))
    assert [row["renewal"] for row in rows] == ["key_fits", "key_fits_none", "open"]
