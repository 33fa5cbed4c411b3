"""The committed wheels inside Pyodide, in Node."""

import datetime as dt
import importlib.metadata
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID

from tests.wheels.records import HERE, provenance

PASSWORD = "secret"
RC2_40_FILE = HERE / "fixtures/rc2-40.p12"

# Two of pkcs-12PbeIds (RFC 7292, appendix C) in DER.
PBE_SHA1_3DES = bytes.fromhex("060a2a864886f70d010c0103")
PBE_SHA1_RC2_40 = bytes.fromhex("060a2a864886f70d010c0106")


@cache  # starting Pyodide takes seconds
def in_pyodide(script: str, *arguments: str) -> Any:  # noqa: ANN401  # JSON is whatever it is
    """Run a script of this folder in Node and read the JSON that it prints."""
    command = ["node", str(HERE / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own words
    # An uncaught error quotes the whole runtime first; its end says what happened.
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def self_signed(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    """A certificate for a key, nothing more."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "minted")])
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return (
        x509.CertificateBuilder(name, name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365))
        .sign(key, hashes.SHA256())
    )


def mint_3des(path: Path) -> Path:
    """A PKCS#12 file as Windows exports it by default: certificate and key under 3DES, SHA-1 as its MAC."""
    key = ec.generate_private_key(ec.SECP256R1())
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())  # noqa: S303  # what Windows writes is the point
        .build(PASSWORD.encode())
    )
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, self_signed(key), None, encryption))
    return path


def fingerprint(path: Path) -> str:
    """The certificate in a PKCS#12 file, as CPython reads it."""
    found = pkcs12.load_pkcs12(path.read_bytes(), PASSWORD.encode()).cert
    assert found is not None
    return found.certificate.fingerprint(hashes.SHA256()).hex()


def test_3des_opens(tmp_path: Path) -> None:
    """Windows' default export, 3DES with SHA-1, opens in Pyodide and gives the certificate that went in."""
    path = mint_3des(tmp_path / "3des.p12")
    assert path.read_bytes().count(PBE_SHA1_3DES) == 2
    expected = [{"sha256": fingerprint(path), "key_matches": True}]
    assert in_pyodide("open_pkcs12.mjs", PASSWORD, str(path)) == expected


def test_rc2_40_opens() -> None:
    """An old Windows export, RC2-40, opens in Pyodide: OpenSSL's legacy provider is inside the module."""
    assert PBE_SHA1_RC2_40 in RC2_40_FILE.read_bytes()
    expected = [{"sha256": fingerprint(RC2_40_FILE), "key_matches": True}]
    assert in_pyodide("open_pkcs12.mjs", PASSWORD, str(RC2_40_FILE)) == expected


def test_pyodide_runs_what_the_provenance_says() -> None:
    """What Python and OpenSSL call themselves inside Pyodide agrees with the record."""
    inputs = provenance()["inputs"]
    said = in_pyodide("versions.mjs")
    assert said["python"] == inputs["pyodide"]["python"]
    assert (said["cryptography"], said["cffi"]) == (inputs["cryptography"], inputs["cffi"])
    assert any(said["openssl"] in source["file"] for source in inputs["debian_sources"])


def test_both_sides_have_the_same_cryptography() -> None:
    """CPython, where certcheck is tested, and the browser run the same version of cryptography."""
    assert in_pyodide("versions.mjs")["cryptography"] == importlib.metadata.version("cryptography")


def test_every_import_is_there() -> None:
    """Neither module asks Pyodide for a function it lacks, although another Emscripten built them."""
    unresolved = in_pyodide("unresolved_imports.mjs")
    assert len(unresolved) == 2
    assert not any(unresolved.values()), unresolved
