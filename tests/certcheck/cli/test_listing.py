"""``certcheck list``: folders as CSV, JSON and calendar, whatever files are in them."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from certcheck.__main__ import main
from certcheck.cli import listing
from certcheck.reports.csv_table import COLUMNS
from scripts import command
from tests.certcheck.conftest import RULES
from tests.support.mint import PASSWORD, build_pfx, compute_sha256, encode_der, encode_pem, mint, mint_ca
from tests.support.mint_crl import build_entry, mint_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, bytes]]

ROOT = mint_ca(cn="Root")
ISSUING = mint_ca(ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with folders: certificates, a .pfx, a file of nonsense, and a text file."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "deep").mkdir(parents=True)
    (tmp_path / "b" / "holder.CER").write_bytes(encode_der(mint(ISSUING, cn="=cmd")))
    (tmp_path / "a" / "deep" / "x.pfx").write_bytes(build_pfx(mint(ISSUING)))
    (tmp_path / "a" / "cas.pem").write_bytes(encode_pem(ISSUING, ROOT))
    (tmp_path / "a" / "bad.crt").write_bytes(b"?")
    (tmp_path / "a" / "notes.txt").write_bytes(b"?")
    return tmp_path


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a function that runs the command on 10 March 2027, for its exit status and its output."""
    rules = tmp_path_factory.mktemp("rules") / "rules.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    password = rules.with_name("password")
    password.write_text(PASSWORD, encoding="utf-8")

    def run_list(
        *arguments: object, at: str = "2027-03-10", has_rules: bool = True, has_password: bool = True
    ) -> tuple[int, bytes]:
        common = ["--rules", str(rules)] * has_rules + ["--password-file", str(password)] * has_password
        common += ["--at", at]
        status = main(["list", *map(str, arguments), *common])
        return status, capsysbinary.readouterr().out

    return run_list


def list_names(folder: Path, report: dict[str, Any]) -> list[str]:
    """Return the files' names within the folder."""
    return [os.path.relpath(file["name"], folder).replace(os.sep, "/") for file in report["files"]]


def test_json(folder: Path, run: Run) -> None:
    """The report over all files, in the order of their paths, one pool of certificates."""
    status, out = run("--json", folder)
    report = json.loads(out)
    assert status == 2
    assert list_names(folder, report) == ["a/bad.crt", "a/cas.pem", "a/deep/x.pfx", "b/holder.CER"]
    assert report["files"][0]["error"]["code"] == "not_a_certificate"
    chains = [file["chain"]["status"] for file in report["files"][2:]]
    assert chains == ["consistent", "consistent"]  # through the CAs of another file
    assert report["files"][2]["certificates"][0]["has_private_key"]
    assert run("--json", folder) == (status, out)


def test_csv(folder: Path, run: Run) -> None:
    """Bytes that Excel opens: the mark of UTF-8, CRLF, formulas defused."""
    status, out = run("--csv", folder)
    assert status == 2
    assert out.startswith(b"\xef\xbb\xbffile,")
    assert out.count(b"\r\n") == out.count(b"\n") == 6
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"), newline=""), strict=True))
    assert [row["user_id"] for row in rows] == ["", "", "", "a123456", "'=cmd"]
    assert rows[0]["error"] == "not_a_certificate"
    assert tuple(rows[0]) == COLUMNS


def test_ics(folder: Path, run: Run) -> None:
    """A calendar whose summaries name authority and user id."""
    status, out = run("--ics", folder / "a" / "deep")
    assert status == 1
    events = icalendar.Calendar.from_ical(out.decode()).walk("VEVENT")
    assert str(events[0]["SUMMARY"]) == "Reminder 7 days before expiry: boj a123456"
    assert [str(event["SUMMARY"]) for event in events[1:]] == [
        "Last day to renew, Certificate expires: boj a123456"
    ]


@pytest.mark.parametrize(("at", "status"), [("2027-02-28", 0), ("2027-03-01", 1), ("2027-04-01", 1)])
def test_exit_status(folder: Path, run: Run, at: str, status: int) -> None:
    """As without list: 1 while a window is open and after expiry, else 0; 2 is in the others' tests."""
    assert run("--json", folder / "b", at=at)[0] == status


def test_output_and_words(folder: Path, run: Run, tmp_path: Path) -> None:
    """--output writes the same bytes, past shells that would change them; --words replaces codes by texts."""
    words = tmp_path / "words.json"
    words.write_text(json.dumps({"column.file": "ファイル", "expiry": "有効期限"}), encoding="utf-8")
    assert run("--csv", folder / "b", "--words", words, "--output", tmp_path / "out")[1] == b""
    assert (tmp_path / "out").read_bytes() == run("--csv", folder / "b", "--words", words)[1]
    assert (tmp_path / "out").read_text(encoding="utf-8-sig").startswith("ファイル,")
    assert "有効期限: boj".encode() in run("--ics", folder / "b", "--words", words)[1]


def test_files_to_read(folder: Path) -> None:
    """In folders the usual names, or all; a file that is named itself in any case; no duplicates."""
    names = [path.name for path in listing.find_files([folder], is_any_name=True)]
    assert names == ["bad.crt", "cas.pem", "x.pfx", "notes.txt", "holder.CER"]
    notes = folder / "a" / "notes.txt"
    assert list(listing.find_files([notes, folder / "b", folder / "b", notes])) == [
        notes,
        folder / "b" / "holder.CER",
    ]


def test_files_that_cannot_be_read(folder: Path, run: Run) -> None:
    """A missing file, a pipe without writer, a broken link: each has its error, and none blocks."""
    os.mkfifo(folder / "b" / "pipe.cer")
    (folder / "b" / "link.cer").symlink_to(folder / "nowhere")
    status, out = run("--json", folder / "gone.cer", folder / "b")
    files = json.loads(out)["files"]
    assert status == 2
    assert [file.get("error") for file in files] == [
        {"code": "unreadable", "detail": {"reason": "ENOENT"}},
        None,
        {"code": "unreadable", "detail": {"reason": "ENOENT"}},
        {"code": "unreadable", "detail": {"reason": "EINVAL"}},
    ]


def test_a_folder_that_cannot_be_opened(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder itself is reported, and hides no other."""
    scandir = os.scandir

    def scan_or_refuse(path: str) -> Any:  # noqa: ANN401 - what scandir returns
        if os.fspath(path).endswith("deep"):
            raise PermissionError(13, "forbidden", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scan_or_refuse)  # whoever runs the tests as root may look anywhere
    status, out = run("--json", folder / "a")
    report = json.loads(out)
    assert status == 2
    assert list_names(folder, report) == ["a/bad.crt", "a/cas.pem", "a/deep"]
    assert report["files"][2]["error"] == {"code": "unreadable", "detail": {"reason": "EISDIR"}}


def test_a_name_that_is_no_text(folder: Path, run: Run) -> None:
    """Names that are no UTF-8 are listed, in a way that can be written."""
    strange = os.fsencode(folder / "b") + b"/\xff.cer"
    with open(strange, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(encode_der(mint()))
    assert b"\\udcff.cer" in run("--csv", folder / "b")[1]
    assert len(json.loads(run("--json", folder / "b")[1])["files"]) == 2


def test_holders_over_all_files(folder: Path, run: Run) -> None:
    """Certificates of a holder are compared across files."""
    newer = mint(ISSUING, not_after=ISSUING.certificate.not_valid_after_utc)
    (folder / "newer.cer").write_bytes(encode_der(newer))
    (holder,) = json.loads(run("--json", folder)[1])["holders"]
    assert holder["current"] == compute_sha256(newer)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "one of the arguments --csv --json --ics is required"),
        (["--csv", "--json"], "not allowed with argument"),
        (["--json", "--authority", "bank"], "no authority 'bank'"),
        (["--json", "--words", "missing.json"], "missing.json"),
    ],
)
def test_mistaken_options(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], run: Run, arguments: list[str], message: str
) -> None:
    """A mistake in the call ends with one sentence and status 2, before anything is read."""
    with pytest.raises(SystemExit) as ended:
        run(folder, *arguments)
    assert ended.value.code == 2
    assert message in capsysbinary.readouterr().err.decode()


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    """An empty folder is no mistake: a header, and status 0."""
    (tmp_path / "empty").mkdir()
    assert run("--csv", tmp_path / "empty") == (0, ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode())


@pytest.mark.parametrize("has_rich", [True, False])
def test_progress_on_a_terminal(folder: Path, tmp_path: Path, *, has_rich: bool) -> None:
    """On a terminal a bar shows how far it is, where rich is installed; standard output stays clean."""
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    hiding = "" if has_rich else "sys.modules['rich'] = sys.modules['rich.console'] = None"
    script = f"""
import sys
if __name__ == "__main__":  # not in the processes that read
    {hiding}
    sys.stderr.isatty = lambda: True
    from certcheck.__main__ import main
    sys.exit(main(["list", "--json", "--rules", {str(rules)!r}, "--at", "2027-01-01", {str(folder)!r}]))
"""
    environment = {**os.environ, "FORCE_COLOR": "1"}
    done = command.run(sys.executable, "-c", script, env=environment, check=False)
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["files"]) == 4
    assert ("Reading" in done.stderr) == has_rich


def test_revocation_lists(tmp_path: Path, run: Run) -> None:
    """A .crl in the folder is read by another process like the rest; what it lists needs attention."""
    (tmp_path / "x.cer").write_bytes(encode_der(mint(ISSUING, serial=9)))
    (tmp_path / "issuing.cer").write_bytes(encode_der(ISSUING))
    (tmp_path / "issuing.crl").write_bytes(mint_list(build_entry(9), issuer=ISSUING))
    status, out = run("--csv", tmp_path, at="2027-03-09")
    head, *rows = csv.reader(io.StringIO(out.decode("utf-8-sig"), newline=""))
    column = head.index("revocation")
    assert [(row[0].rpartition("/")[2], row[column]) for row in rows] == [
        ("issuing.cer", ""),
        ("issuing.crl", "list"),
        ("x.cer", "revoked"),
    ]
    assert (status, rows[2][column + 1]) == (1, "2027-02-01 12:00:00")


@pytest.mark.parametrize("name", ["x.cert", "x.p7s", "x.sst", "証明書.cer.txt", "x.PFX.TXT"])
def test_names_that_people_have(tmp_path: Path, name: str) -> None:
    """Other programs' endings, and the one that mail gateways add."""
    (tmp_path / name).write_bytes(b"?")
    assert list(listing.find_files([tmp_path])) == [tmp_path / name]


@pytest.mark.parametrize("name", ["._x.cer", "notes.txt", "x.cer.bak", "cer.txt"])
def test_names_that_are_left_out(tmp_path: Path, name: str) -> None:
    """What macOS adds beside each file, and other files; all of them are read when they are named."""
    (tmp_path / name).write_bytes(b"?")
    assert list(listing.find_files([tmp_path])) == []
    assert list(listing.find_files([tmp_path], is_any_name=True)) == [tmp_path / name]
    assert list(listing.find_files([tmp_path / name])) == [tmp_path / name]


def test_without_the_folders_below(folder: Path, run: Run) -> None:
    """They are read unless that is refused."""
    names = list_names(folder, json.loads(run("--json", "--no-recursive", folder / "a")[1]))
    assert names == ["a/bad.crt", "a/cas.pem"]
    assert run("--json", "--recursive", folder) == run("--json", folder)


def test_a_folder_that_is_gone(folder: Path, run: Run) -> None:
    """A drive that was detached is reported; what is in the others is listed all the same."""
    status, out = run("--json", folder / "gone" / "deeper", folder / "b")
    report = json.loads(out)
    assert status == 2
    assert report["files"][0]["error"] == {"code": "unreadable", "detail": {"reason": "ENOENT"}}
    assert len(report["files"]) == 2


def test_control_characters(folder: Path, run: Run) -> None:
    """A name cannot command the terminal that the table is printed on."""
    (folder / "b" / "escape.cer").write_bytes(encode_der(mint(ISSUING, cn="a\x1b]0;x\x07\x9bb")))
    _, out = run("--csv", folder / "b")
    assert not set(out) & {0x07, 0x1B, 0x9B}
    assert "a[U+001B]]0;x[U+0007][U+009B]b" in out.decode()


def test_words_of_a_language(folder: Path, run: Run, tmp_path: Path) -> None:
    """The rules hold them; `--lang codes` leaves the codes."""
    words = {"ja": {"column.file": "ファイル", "renewal.open": "更新できます"}, "en": {"column.file": "File"}}
    rules = tmp_path / "with-words.json"
    rules.write_text(json.dumps({**RULES, "words": words}), encoding="utf-8")
    headings = {
        language: run("--csv", folder / "b", "--lang", language, "--rules", rules, has_rules=False)[1]
        for language in ("ja", "en", "codes")
    }
    firsts = {language: out.decode("utf-8-sig").split(",")[0] for language, out in headings.items()}
    assert firsts == {"ja": "ファイル", "en": "File", "codes": "file"}
    assert "更新できます" in headings["ja"].decode()


def test_the_password_is_asked_for_once(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One password for all files, typed and not shown."""
    (folder / "a" / "deep" / "y.pfx").write_bytes(build_pfx(mint(ISSUING)))
    prompts: list[str] = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", answer)
    report = json.loads(run("--json", folder / "a" / "deep", "--ask-password", has_password=False)[1])
    assert [file["password_form"] for file in report["files"]] == ["as_typed", "as_typed"]
    assert len(prompts) == 1
