"""The committed wheels inside Pyodide, in Node."""

import importlib.metadata
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
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


@pytest.fixture(scope="module")
def windows_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what Windows exports by default."""
    path = tmp_path_factory.mktemp("windows") / "3des.p12"
    path.write_bytes(mint_holder(ec.generate_private_key(ec.SECP256R1())).encode_pfx(PASSWORD))
    return path


@pytest.fixture(scope="module")
def opened(windows_file: Path) -> list[dict[str, Any]]:
    """Open that file and the one with RC2-40 in one Pyodide."""
    files: list[dict[str, Any]] = run_in_pyodide(
        "open_pkcs12.mjs", PASSWORD, str(windows_file), str(RC2_40_FILE)
    )
    return files


def test_3des_opens(windows_file: Path, opened: list[dict[str, Any]]) -> None:
    """Windows' default export, 3DES with SHA-1, opens in Pyodide and gives the certificate that went in."""
    assert windows_file.read_bytes().count(PBE_SHA1_3DES) == 2
    assert opened[0] == {"sha256": read_fingerprint(windows_file), "key_matches": True}


def test_rc2_40_opens(opened: list[dict[str, Any]]) -> None:
    """An old Windows export, RC2-40, opens in Pyodide: OpenSSL's legacy provider is inside the module."""
    assert PBE_SHA1_RC2_40 in RC2_40_FILE.read_bytes()
    assert opened[1] == {"sha256": read_fingerprint(RC2_40_FILE), "key_matches": True}


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
