"""The committed wheels inside Pyodide, in Node."""

import importlib.metadata
import json
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from scripts.command import run
from scripts.measuring.sample_files import mint_holder
from tests.wheels.records import HERE, read_provenance

PASSWORD = "secret"
RC2_40_FILE = HERE / "fixtures/rc2-40.p12"

# Two of pkcs-12PbeIds (RFC 7292, appendix C) in DER.
PBE_SHA1_3DES = bytes.fromhex("060a2a864886f70d010c0103")
PBE_SHA1_RC2_40 = bytes.fromhex("060a2a864886f70d010c0106")


@cache  # starting Pyodide takes seconds
def run_in_pyodide(script: str, *arguments: str) -> Any:  # noqa: ANN401  # JSON is whatever it is
    """Run a script of this folder in Node and read the JSON that it prints."""
    return json.loads(run("node", HERE / script, *arguments).stdout)


def read_fingerprint(path: Path) -> str:
    """Return the fingerprint of the certificate in a PKCS#12 file, as CPython reads it."""
    holder = pkcs12.load_pkcs12(path.read_bytes(), PASSWORD.encode()).cert
    assert holder is not None
    return holder.certificate.fingerprint(hashes.SHA256()).hex()


def test_3des_opens(tmp_path: Path) -> None:
    """Windows' default export, 3DES with SHA-1, opens in Pyodide and gives the certificate that went in."""
    path = tmp_path / "3des.p12"
    path.write_bytes(mint_holder(ec.generate_private_key(ec.SECP256R1())).encode_pfx(PASSWORD))
    assert path.read_bytes().count(PBE_SHA1_3DES) == 2
    expected = [{"sha256": read_fingerprint(path), "key_matches": True}]
    assert run_in_pyodide("open_pkcs12.mjs", PASSWORD, str(path)) == expected


def test_rc2_40_opens() -> None:
    """An old Windows export, RC2-40, opens in Pyodide: OpenSSL's legacy provider is inside the module."""
    assert PBE_SHA1_RC2_40 in RC2_40_FILE.read_bytes()
    expected = [{"sha256": read_fingerprint(RC2_40_FILE), "key_matches": True}]
    assert run_in_pyodide("open_pkcs12.mjs", PASSWORD, str(RC2_40_FILE)) == expected


def test_pyodide_runs_what_the_provenance_says() -> None:
    """The versions of Python and OpenSSL inside Pyodide agree with the record."""
    inputs = read_provenance()["inputs"]
    versions = run_in_pyodide("versions.mjs")
    assert versions["python"] == inputs["pyodide"]["python"]
    assert (versions["cryptography"], versions["cffi"]) == (inputs["cryptography"], inputs["cffi"])
    assert any(versions["openssl"] in source["file"] for source in inputs["debian_sources"])


def test_both_sides_have_the_same_cryptography() -> None:
    """CPython, where certcheck is tested, and the browser run the same version of cryptography."""
    assert run_in_pyodide("versions.mjs")["cryptography"] == importlib.metadata.version("cryptography")


def test_every_import_is_there() -> None:
    """Neither module asks Pyodide for a function it lacks, although another Emscripten built them."""
    unresolved = run_in_pyodide("unresolved_imports.mjs")
    assert len(unresolved) == 2
    assert not any(unresolved.values()), unresolved
