"""The wheel that the browser gets: built like the site's, imported as it is."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import sysconfig
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from scripts.command import run
from scripts.site.python_archives import STDLIB, build_stdlib
from tests.certcheck import vectors
from tests.certcheck.conftest import AT, RULES
from tests.certcheck.x509.test_names import BMP, CN, TELETEX, UNIVERSAL, encode_attribute, forge_certificate
from tests.support import ROOT
from tests.support.mint import (
    NOT_AFTER,
    PASSWORD,
    build_extension,
    build_key_usage,
    build_p7b,
    build_pfx,
    encode_der,
    encode_pem,
    get_root,
    mint,
    mint_ca,
)
from tests.support.mint_pkcs12 import (
    assemble_pfx,
    build_certificate_bag,
    build_encrypted_part,
    build_idea,
    build_key_bag,
    build_mac,
    encode_password,
)
from tests.support.slices import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from subprocess import CompletedProcess

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures"


def build_wheel(folder: Path, *, has_rules: bool = True) -> Path:
    """Build the wheel from a copy of the sources, with rules.json ignored by git as in the repository."""
    shutil.copy(ROOT / ".gitignore", folder)
    shutil.copytree(
        ROOT / "wasm/certcheck",
        folder / "wasm/certcheck",
        ignore=shutil.ignore_patterns("rules.json", "__pycache__"),
    )
    shutil.copy(ROOT / "wasm/pyproject.toml", folder / "wasm")
    if has_rules:
        (folder / "wasm/certcheck/rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    run(
        *(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder),
        cwd=folder / "wasm",
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, with rules."""
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def run_python(wheel: Path, statement: str) -> CompletedProcess[str]:
    """Run Python with the wheel itself ahead on the path; certcheck must come from there."""
    script = f"import certcheck\nassert certcheck.__file__.startswith({str(wheel)!r})\n{statement}"
    environment = {**os.environ, "PYTHONPATH": str(wheel)}
    return run(sys.executable, "-W", "error", "-c", script, env=environment, check=False)


def test_the_wheel_runs_as_an_archive(wheel: Path) -> None:
    """inspect_files runs from the wheel by the rules inside it."""
    data = base64.b64encode(build_pfx(mint())).decode()
    done = run_python(
        wheel,
        "import base64; from certcheck.browser import inspect_files\n"
        f"print(inspect_files([('x.pfx', base64.b64decode('{data}'), '{PASSWORD}')], '{AT}'))",
    )
    assert done.stderr == ""
    (certificate,) = json.loads(done.stdout)["files"][0]["certificates"]
    assert (certificate["authority"], certificate["renewal"]["status"]) == ("boj", "open")


def test_contents(wheel: Path) -> None:
    """Every module, the marker of typed packages, the rules; nothing else."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    sources = {str(path.relative_to(ROOT / "wasm")) for path in (ROOT / "wasm/certcheck").rglob("*.py")}
    assert names == sources | {"certcheck/py.typed", "certcheck/rules.json"}


def test_reproducible(wheel: Path, tmp_path: Path) -> None:
    """With SOURCE_DATE_EPOCH the same sources give the same bytes."""
    assert build_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_without_rules_the_error_says_what_to_run(tmp_path: Path) -> None:
    """Before the build has written the rules, a plain sentence says so."""
    done = run_python(
        build_wheel(tmp_path, has_rules=False), "from certcheck.__main__ import main\nmain(['x.cer'])"
    )
    assert done.returncode == 2
    last = done.stderr.splitlines()[-1]
    assert last.endswith("certcheck/rules.json is missing: run scripts/build, which writes it")


def test_dependencies_are_only_cryptography(wheel: Path) -> None:
    """Pyodide has cryptography, cffi and the standard library; importing all of certcheck needs no more."""
    listing = "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = run_python(wheel, f"import sys, certcheck.browser, certcheck.__main__\n{listing}")
    third_party = set(done.stdout.split()) - set(sys.stdlib_module_names) - {"__main__"}
    of_this_environment = {"_distutils_hack", "__editable__"}  # loaded by its .pth files before anything else
    own_extensions = {"_openssl", "_cffi_backend"}
    assert third_party - of_this_environment - own_extensions <= {"certcheck", "cffi", "cryptography"}


def mint_files() -> Iterator[bytes]:
    """Yield files: every format, each kind of deviation, and files that are no certificate."""
    holder, issuing = mint(), mint_ca(get_root())
    yield from (
        encode_der(holder),
        build_p7b(holder, get_root()),
        encode_pem(holder, get_root()) + encode_pem(get_root())[:-40],
        build_pfx(holder)[:-1],
    )
    yield from (
        encode_der(holder).hex().encode(),
        encode_pem(holder).decode().encode("utf-16"),
        encode_pem(holder)[:-1],
    )
    for tag, encoding in (
        (TELETEX, "cp932"),
        (TELETEX, "iso2022_jp"),
        (BMP, "utf-16-be"),
        (UNIVERSAL, "utf-32-be"),
    ):
        yield forge_certificate(encode_attribute(CN, tag, "山田".encode(encoding)))
    yield from (
        build_pfx(holder, others=[get_root()]),
        build_pfx(holder, protection="aes-256"),
        build_pfx(holder, "another"),
    )
    yield from (
        "証明書".encode(),
        b"",
        build_pfx(holder, None),
        build_pfx(with_certificate=False),
        build_pfx(with_key=False),
    )
    scheme = build_idea(PASSWORD.encode())
    part = build_encrypted_part(scheme, build_certificate_bag(holder), build_key_bag(holder, scheme))
    yield assemble_pfx(part, mac=build_mac(encode_password(PASSWORD)))
    for form in (PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL):
        yield holder.key.private_bytes(Encoding.DER, form, NoEncryption())
        yield holder.key.private_bytes(Encoding.PEM, form, BestAvailableEncryption(PASSWORD.encode()))
    for cn in ("a123456", "山田", "a\N{EN DASH}b", "=1+1", "x" * 60, "\N{FULLWIDTH DIGIT ONE}"):
        yield encode_der(mint(cn=cn, email=None))
    for issuer in ("Gaitame CA – G5", "Tokyo Stock Exchange SSO CA", "TSE-CA2", "Some CA"):
        yield encode_der(mint(issuer_cn=issuer))
    for day in range(0, 400, 20):  # before, in and after every window
        yield encode_der(mint(not_after=NOT_AFTER + timedelta(days=day - 200, hours=day % 24)))
    for usage in ("key_agreement", "digital_signature", "crl_sign"):
        yield build_p7b(mint(issuing, extensions=[build_key_usage(usage)]), issuing, get_root())
    for limit in (0, 1):
        upper = mint_ca(get_root(), cn="Upper", path_length=limit)
        lower = mint_ca(upper, cn="Lower")
        yield build_p7b(mint(lower), lower, upper, get_root())
    for base in ("example.co.jp", "elsewhere.jp"):
        limited = mint_ca(
            get_root(),
            cn="Limited",
            extensions=[build_extension(x509.NameConstraints([x509.RFC822Name(base)], None))],
        )
        yield build_p7b(mint(limited), limited, get_root())


def test_pyodide_says_the_same_as_cpython(wheel: Path, tmp_path: Path) -> None:
    """The same wheel and files give the same JSON, calendar and table, byte for byte, in WebAssembly.

    The site's standard library has all modules that this needs, and no other. The files: minted ones, this
    folder's, cryptography's own test vectors, NIST's last: 200, or all in scripts/prove.
    """
    chosen = []
    for number, data in enumerate(mint_files()):
        chosen.append(tmp_path / f"{number:03}")
        chosen[-1].write_bytes(data)
    chosen += sorted(FIXTURES.glob("*.p[ef][mx]"))
    chosen += sorted(vectors.list_files(), key=lambda path: "PKITS_data" in path.parts)
    assert len(chosen) >= 200
    if not os.environ.get(WHOLE):
        chosen = chosen[:200]
    listed = tmp_path / "list"
    listed.write_text("\n".join(map(str, chosen)), encoding="utf-8")
    stdlib = tmp_path / STDLIB
    stdlib.write_bytes(build_stdlib(ROOT))
    arguments = (wheel, AT, PASSWORD, listed, stdlib, tmp_path / "imported")
    # When it fails, a module that modules.txt lacks stands at the end of its output.
    there = run("node", HERE / "report_in_pyodide.mjs", *arguments)
    here = run_python(
        wheel,
        f"""
from pathlib import Path
exec(Path({str(HERE / "judge_files.py")!r}).read_text(encoding="utf-8"))
files = Path({str(listed)!r}).read_text(encoding="utf-8").split()
print(end=judge([Path(file).read_bytes() for file in files], {AT!r}, {PASSWORD!r}))
""",
    )
    assert here.stderr == ""
    assert len(json.loads(here.stdout)) == len(chosen) + 4
    assert there.stdout == here.stdout
    imported = json.loads((tmp_path / "imported").read_text(encoding="utf-8"))
    shipped = (ROOT / "wasm/stdlib/modules.txt").read_text(encoding="utf-8").splitlines()
    assert imported == [f"{name}c" for name in shipped]


def test_the_extra_for_the_command_line(wheel: Path) -> None:
    """`certcheck[cli]` requires rich for its progress bar, and nothing that the lock does not have."""
    done = run(sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", f"{wheel}[cli]")
    assert "Requirement already satisfied: rich" in done.stdout


def test_installed_elsewhere(wheel: Path, tmp_path: Path) -> None:
    """The wheel installs with pip, and its typed interface is the documented one, without this repository."""
    folder = tmp_path / "installed"
    install = ("install", "--quiet", "--no-index", "--no-deps", "--target", folder, wheel)
    run(sys.executable, "-m", "pip", *install)
    program = tmp_path / "program.py"
    program.write_text(
        f"""
from datetime import UTC, datetime

import certcheck
from certcheck import InputFile, Report, Rules, inspect, rules

assert certcheck.__file__.startswith({str(folder)!r}), certcheck.__file__
packaged: Rules = rules.packaged()
file = InputFile("x.pfx", bytes.fromhex({build_pfx(mint()).hex()!r}))
report: Report = inspect([file], packaged, datetime(2027, 3, 10, tzinfo=UTC), {PASSWORD!r})
print(report.to_json())
""",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(folder), "MYPYPATH": str(folder)}
    outside = tmp_path / "outside"
    outside.mkdir()
    done = run(sys.executable, "-W", "error", program, env=environment, cwd=outside)
    assert json.loads(done.stdout)["files"][0]["certificates"][0]["authority"] == "boj"
    options = ("--strict", "--config-file=", "--cache-dir", tmp_path, program)
    checked = run(sys.executable, "-m", "mypy", *options, env=environment, cwd=outside, check=False)
    assert checked.stdout.startswith("Success"), checked.stdout


def test_the_command_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    """What the site's page has people do: pip installs the wheel, and `certcheck` lists a folder.

    Without a network, cryptography is that of the environment that runs the tests; a .pth file names its
    folder.
    """
    environment, folder = tmp_path / "venv", tmp_path / "証明書"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    python = environment / "bin/python"
    install = ("install", "--quiet", "--no-index", "--no-deps", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install)
    own = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").stdout.strip()
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    folder.mkdir()
    (folder / "証明書.cer.txt").write_bytes(encode_pem(mint()))
    words = ("list", "--csv", "--at", "2027-03-10", "--lang", "codes", folder)
    done = run(environment / "bin/certcheck", *words, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "証明書.cer.txt,boj,a123456,a123456,1234abcd,2027-03-31 23:59:59,21,open," in done.stdout
    where = run(python, "-c", "import certcheck; print(certcheck.__file__)", cwd=tmp_path).stdout
    assert where.startswith(own)
