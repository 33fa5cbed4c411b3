"""The command line: options, output, exit status."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from certcheck.__main__ import main
from scripts import command
from tests.certcheck.conftest import RULES
from tests.support.mint import PASSWORD, build_name, build_pfx, encode_der, encode_pem, mint
from tests.support.mint_pkcs12 import build_costly_pfx

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a certificate, a .pfx, its password, the rules and a file of nonsense."""
    (tmp_path / "y.cer").write_bytes(encode_der(mint()))
    (tmp_path / "x.pfx").write_bytes(build_pfx())
    (tmp_path / "password").write_text(PASSWORD + "\r\n", encoding="utf-8-sig")
    (tmp_path / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    (tmp_path / "bad.cer").write_bytes(b"?")
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    """Run the command with the folder's rules; arguments that end like file names are its files."""
    suffixes = (".cer", ".pfx", "password")
    paths = [str(folder / text) if text.endswith(suffixes) else text for text in arguments]
    return main(["--rules", str(folder / "rules.json"), *paths])


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2027-02-28", 0),
        ("2027-02-28T23:59:59", 0),
        ("2027-02-28T15:00:00Z", 1),
        ("2027-03-01", 1),
        ("2027-03-31T23:59:59", 1),
        ("2027-04-01", 1),
    ],
)
def test_attention(folder: Path, at: str, status: int) -> None:
    """1 while the window is open and after expiry, else 0; a time without an offset is Japan's."""
    assert run(folder, "--at", at, "y.cer") == status


def test_unusable_input_outweighs_attention(folder: Path) -> None:
    """2 where some input is unusable, whatever else there is; also for a part of a file, or a missing one."""
    (folder / "half.cer").write_bytes(encode_pem(mint()) + b"-----BEGIN CERTIFICATE-----\n")
    for files in (["bad.cer"], ["y.cer", "bad.cer"], ["x.pfx"], ["half.cer"], ["y.cer", "missing.cer"]):
        assert run(folder, "--at", "2027-03-10", *files) == 2


def test_a_name_commands_no_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escapes, turned text and line ends become marks, in names of certificates and files; letters stay."""
    file = folder / "x\x1b[2J\udcff.cer"
    file.write_bytes(
        encode_der(mint(subject=build_name(CN="a\x1b[31m\u202eb\n    chain      trusted\u3000架空")))
    )
    run(folder, str(file))
    printed = capsys.readouterr().out
    assert "  CN=a[U+001B][31m[U+202E]b[U+000A]    chain      trusted\u3000架空\n" in printed
    assert "x[U+001B][2J[U+DCFF].cer: der\n" in printed


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints the report, each file under the name that the command was given."""
    assert run(folder, "--json", "--at", "2027-03-10T12:00", "y.cer", "bad.cer") == 2
    report = json.loads(capsys.readouterr().out)
    assert report["at"] == "2027-03-10T12:00:00+09:00"
    assert [file["name"] for file in report["files"]] == [str(folder / "y.cer"), str(folder / "bad.cer")]
    assert report["files"][0]["certificates"][0]["renewal"]["status"] == "open"


def test_password_file(folder: Path) -> None:
    """The first line is the password, without its line end or a UTF-8 mark."""
    assert run(folder, "--at", "2027-01-01", "--password-file", "password", "x.pfx") == 0


def test_authority(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--authority names the authority that the certificates are for."""
    (folder / "unknown.cer").write_bytes(encode_der(mint(issuer_cn="Some CA")))
    assert run(folder, "--at", "2027-03-10", "--authority", "jasdec", "unknown.cer") == 0
    assert "by_application" in capsys.readouterr().out


def test_lines_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json it prints lines for people, and that revocation is not checked."""
    run(folder, "--at", "2027-03-10", "y.cer", "bad.cer")
    printed = capsys.readouterr().out
    assert "renewal    open, 2027-03-01 to 2027-03-31" in printed
    assert "bad.cer: not_a_certificate" in printed
    assert printed.endswith("Revocation is not checked.\n")


def test_lines_on_a_holders_certificates(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They name the newest certificate of a holder, that nobody has proven it, and advise no deletion."""
    newer = mint(not_after=datetime(2028, 3, 31, tzinfo=UTC), serial=0xBEEF)
    (folder / "newer.cer").write_bytes(encode_der(newer))
    run(folder, "--at", "2027-03-10", "y.cer", "newer.cer")
    printed = capsys.readouterr().out
    assert "boj a123456: newest by its dates, which no trust anchor proves, is serial beef\n" in printed
    assert "  serial 1234abcd: keep (not_proven)\n" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--at", "tomorrow"], "Invalid isoformat string: 'tomorrow'"),
        (["--at", "0001-01-01T00:00+14:00"], "outside the years"),
        (["--authority", "bank"], "no authority 'bank'"),
        (["--rules", "missing.json"], "missing.json"),
        (["--password-file", "missing.txt"], "missing.txt"),
    ],
)
def test_mistaken_options(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """A mistake in the call ends with one sentence and status 2."""
    with pytest.raises(SystemExit) as ended:
        run(folder, *arguments, "y.cer")
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_a_missing_file_hides_no_other(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not in the report but on the error stream, and the others are reported."""
    assert run(folder, "--json", "missing.cer", "y.cer") == 2
    out, err = capsys.readouterr()
    assert len(json.loads(out)["files"]) == 1
    assert "missing.cer" in err


def test_a_file_that_is_too_large_is_not_read_whole(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A gigabyte of zeros is refused like a single byte too many."""
    with (folder / "large.cer").open("wb") as file:
        file.truncate(1_000_000_000)  # sparse: takes no room
    assert run(folder, "large.cer") == 2
    assert "too_large" in capsys.readouterr().out


def test_as_a_module(folder: Path) -> None:
    """``python -m certcheck`` works in the environment that the scripts leave."""
    options = ("--json", "--rules", folder / "rules.json", "--at", "2027-03-10")
    done = command.run(sys.executable, "-m", "certcheck", *options, folder / "y.cer", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["schema"] == 1


@pytest.mark.parametrize("arguments", [["--json", "y.cer"], ["y.cer"], ["list", ".", "--csv"]])
def test_a_closed_pipe(folder: Path, arguments: list[str]) -> None:
    """Behind ``| head`` the rest is not read: no traceback, and none of the statuses with a meaning."""
    reader, writer = os.pipe()
    os.close(reader)
    words = (sys.executable, "-m", "certcheck", *arguments, "--rules", "rules.json")
    with command.start(*words, cwd=folder, stdout=writer, stderr=subprocess.PIPE) as process:
        os.close(writer)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (141, "")


def start_command(folder: Path, *arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    """Start the installed command, in a process group of its own."""
    words = (sys.executable, "-m", "certcheck", *map(str, arguments), "--rules", str(folder / "rules.json"))
    return subprocess.Popen(  # noqa: S603 - our own command
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        start_new_session=True,
    )


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is another thing there")
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c(folder: Path) -> None:
    """130 as shells say, no traceback of any process, and none is left.

    The files never end: they ask for endless key derivation.
    """
    endless = build_costly_pfx(2_000_000_000)
    for number in range(4):
        (folder / f"{number}.pfx").write_bytes(endless)
    (folder / "list-password").write_text("x", encoding="utf-8")
    process = start_command(
        folder, "list", "--json", "--patient", "--password-file", folder / "list-password", folder
    )
    try:
        wait_for_children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        out, complaint = process.communicate(timeout=60)
        assert (process.returncode, out, complaint) == (130, b"", b"")
        deadline = time.monotonic() + 60  # Python's own helper of processes ends by itself
        while time.monotonic() < deadline and is_group_alive(process.pid):
            time.sleep(0.1)
        assert not is_group_alive(process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):  # as it should be
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Have commands that are started here take Ctrl-C, also where a shell runs all of this in the background.

    Such a shell has its commands ignore SIGINT (POSIX, Shell Command Language, 2.11), and they hand that on.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def is_group_alive(group: int) -> bool:
    """Tell whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_children(pid: int) -> None:
    """Wait until a process has started others, which have read their first file."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not children.read_text(encoding="ascii").split():
        time.sleep(0.1)
    time.sleep(2)  # until they work


@pytest.mark.parametrize(
    ("language", "heading"), [("ja_JP.UTF-8", "ファイル"), ("en_GB.UTF-8", "File"), ("xx_YY.UTF-8", "File")]
)
def test_the_language_of_the_system(folder: Path, language: str, heading: str) -> None:
    """It need not be installed, nor even exist."""
    words = {"ja": {"column.file": "ファイル"}, "en": {"column.file": "File"}}
    (folder / "rules.json").write_text(json.dumps({**RULES, "words": words}), encoding="utf-8")
    process = start_command(folder, "list", "--csv", folder / "y.cer", LC_ALL=language)
    out, complaint = process.communicate(timeout=60)
    assert (out.decode("utf-8-sig").split(",")[0], complaint) == (heading, b"")


def test_a_console_of_another_encoding(folder: Path) -> None:
    """Windows' Japanese console has no "ñ": the letter is escaped, and nothing fails."""
    (folder / "n.cer").write_bytes(encode_der(mint(subject=build_name(CN="a123456", O="COMPAÑIA 日本"))))
    process = start_command(folder, folder / "n.cer", "--at", "2027-03-10", PYTHONIOENCODING="cp932")
    out, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (1, b"")
    assert "COMPA\\xd1IA 日本" in out.decode("cp932")
