"""What ``certcheck FILE`` prints for people: words of the system's language; and its passwords and keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from certcheck.__main__ import main
from certcheck.cli.sentences import CODES
from certcheck.errors import DamagedPlace
from certcheck.formats.contents import Format
from certcheck.paths.recognition import RecognitionEvidence
from certcheck.reports.report import Advice
from certcheck.rules.renewal import Validity
from certcheck.x509.remarks import Field, RemarkCode
from macros.exports import publish
from macros.loading.load import load_facts
from tests.certcheck.cli.test_command_line import run, start_command
from tests.certcheck.conftest import RULES
from tests.certcheck.formats.pkcs12.test_unusual_pfx import MAC_OF_ANOTHER
from tests.support import ROOT
from tests.support.mint import build_name, build_pfx, encode_der, mint

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a certificate, a .pfx, the rules and a file of nonsense."""
    (tmp_path / "y.cer").write_bytes(encode_der(mint()))
    (tmp_path / "x.pfx").write_bytes(build_pfx())
    (tmp_path / "rules.json").write_text(json.dumps(RULES), encoding="utf-8")
    (tmp_path / "bad.cer").write_bytes(b"?")
    return tmp_path


@pytest.fixture(scope="module")
def worded_rules() -> str:
    """Return rules with the words that the build publishes for both languages."""
    words = publish.build_rules(load_facts(ROOT))["words"]
    return json.dumps({**RULES, "words": words})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ja_JP.UTF-8",
            [
                "有効期間（日本時間）：2026-03-31 23:59:59から2027-03-31 23:59:59まで（有効）",
                "証明書のファイルではありません。",
            ],
        ),
        (
            "en_GB.UTF-8",
            [
                "Validity (Japan time): 2026-03-31 23:59:59 to 2027-03-31 23:59:59 (valid)",
                "not a certificate file",
            ],
        ),
    ],
)
def test_words_of_the_system(
    folder: Path, worded_rules: str, language: str, expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """People read words and no codes; ``--lang codes`` and ``--json`` stay as they are everywhere."""
    (folder / "rules.json").write_text(worded_rules, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LC_ALL", language)
        assert run(folder, "--at", "2027-03-10", "y.cer", "bad.cer") == 2
    printed = capsys.readouterr().out
    for text in expected:
        assert text in printed
    for code in ("not_a_certificate", "incomplete", "2027-03-31T"):
        assert code not in printed
    run(folder, "--at", "2027-03-10", "--lang", "codes", "y.cer")
    assert "renewal    open, 2027-03-01 to 2027-03-31" in capsys.readouterr().out
    run(folder, "--at", "2027-03-10", "--json", "y.cer")
    assert json.loads(capsys.readouterr().out)["files"][0]["certificates"][0]["validity"] == "valid"


def test_words_on_a_japanese_console(folder: Path, worded_rules: str) -> None:
    """Windows' code page 932 has all letters of the Japanese words; of names the others are escaped."""
    (folder / "rules.json").write_text(worded_rules, encoding="utf-8")
    (folder / "n.cer").write_bytes(encode_der(mint(subject=build_name(CN="a123456", O="COMPAÑIA 日本"))))
    arguments = (folder / "n.cer", folder / "x.pfx", "--at", "2027-03-10")
    process = start_command(folder, *arguments, PYTHONIOENCODING="cp932", LC_ALL="ja_JP.UTF-8")
    out, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (2, b"")
    printed = out.decode("cp932")
    assert "COMPA\\xd1IA 日本" in printed
    assert "--ask-password を付けると" in printed
    assert printed.count("\\x") == 1


def test_all_words_are_published(worded_rules: str) -> None:
    """Whatever code of a report the command line looks up has words, in both languages."""
    for words in json.loads(worded_rules)["words"].values():
        codes = {code for code in CODES if code.startswith("command.")}
        for prefix, values in (
            ("command.format", get_args(Format)),
            ("command.validity", get_args(Validity)),
            ("command.by", get_args(RecognitionEvidence)),
            ("command.remark", get_args(RemarkCode)),
            ("command.advice", get_args(Advice)),
            ("remark.field", get_args(Field)),
            ("damaged", (*get_args(DamagedPlace), "part", "cut")),
        ):
            codes |= {f"{prefix}.{value}" for value in values}
        assert codes <= words.keys()
        empty = {"label", "text", "first", "last", "more", "issuer", "made", "due", "n", "program", "day"}
        blanks = dict.fromkeys([*empty, "reason", "problems", "authority", "user", "serial", "advice"], "")
        for code in CODES:
            words[code].format(**blanks, subject="")  # raises KeyError at an unknown placeholder


def test_both_passwords(folder: Path) -> None:
    """``openssl pkcs12 -twopass``: a file for each; without the MAC's the file is unusable."""
    (folder / "two.pfx").write_bytes(MAC_OF_ANOTHER)
    (folder / "password").write_text("secret\n", encoding="ascii")
    (folder / "mac-password").write_text("another\n", encoding="ascii")
    options = ("--at", "2027-01-01", "--password-file", "password")
    assert run(folder, *options, "two.pfx") == 2
    assert run(folder, *options, "--mac-password-file", "mac-password", "two.pfx") == 0
    of_mac = (
        "--mac-password-file",
        str(folder / "mac-password"),
        "--password-file",
        str(folder / "password"),
    )
    arguments = ["list", "--csv", "--output", str(folder / "o.csv"), "--at", "2027-01-01"]
    rules = ["--rules", str(folder / "rules.json")]
    assert main([*arguments, *rules, *of_mac, str(folder / "two.pfx")]) == 0


def test_a_key_and_its_certificate(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It names the certificate; a key that fits none needs attention."""
    holder = mint()
    for name, identity in (("own.cer", holder), ("other.cer", mint())):
        key = identity.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / name).write_bytes(key)
    (folder / "x.cer").write_bytes(encode_der(holder))
    assert run(folder, "--at", "2027-01-01", "own.cer", "x.cer") == 0
    assert "  fits 1.2.840.113549.1.9.1=user@example.co.jp,CN=a123456\n" in capsys.readouterr().out
    assert run(folder, "--at", "2027-01-01", "other.cer", "x.cer") == 1
    assert "  fits none\n" in capsys.readouterr().out
