"""The command that makes keys, signs and checks; a key's rotation and loss, step by step."""

import stat
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros.model.language import Message
from scripts.command import git, run
from scripts.releasing import signing, verify_site
from tests.scripts.releasing.test_minisign import FIXTURES
from tests.support import ROOT

PASSWORD = "secret\n"


def sign(*words: str | Path) -> CompletedProcess[str]:
    """Run scripts/sign; the password stands on the standard input."""
    return run(sys.executable, "-m", "scripts.releasing.signing", *words, stdin=PASSWORD, check=False)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two keys, an institution's first and its next."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("first", "next"):
        made = sign("--new-key", folder / name)
        assert (made.returncode, made.stderr) == (0, "")
    return folder


def test_only_its_owner_reads_a_secret_key(keys: Path) -> None:
    """The file's mode says so from the first byte on, and it holds no key without the password."""
    assert stat.S_IMODE((keys / "first").stat().st_mode) == 0o600
    assert (keys / "first").read_text().startswith("untrusted comment: minisign encrypted secret key\n")


def test_no_key_is_replaced(keys: Path) -> None:
    """What the old one signed could not be followed by anything."""
    before = (keys / "first").read_bytes()
    refused = sign("--new-key", keys / "first")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is there already" in refused.stderr
    assert (keys / "first").read_bytes() == before


def test_a_secret_key_is_outside_of_the_repository() -> None:
    """None is made in it, and none in it is used."""
    for option in ("--new-key", "--key"):
        refused = sign(option, ROOT / "build/key", ROOT / "README.md")
        assert (refused.returncode, "inside the repository" in refused.stderr) == (1, True)
    assert not (ROOT / "build/key").exists()


def test_the_repository_has_no_secret_key() -> None:
    """Of all files that git knows, the two that the tests of the format read are the only ones."""
    found = git("grep", "--files-with-matches", "--extended-regexp", "^RW[A-Za-z0-9+/=]{210}$", "--", ".")
    expected = [FIXTURES / name for name in ("encrypted.key", "plain.key")]
    assert found.splitlines() == [path.relative_to(ROOT).as_posix() for path in expected]


def test_a_key_is_rotated(keys: Path, tmp_path: Path) -> None:
    """The first key signs the next one's public key: who trusts the first can follow without a call.

    first.pub -> next.pub -> manifest
    """
    manifest, public = tmp_path / "manifest.json", tmp_path / "next.pub"
    manifest.write_text("{}")
    public.write_bytes((keys / "next.pub").read_bytes())
    assert sign("--key", keys / "first", public).returncode == 0
    assert sign("--key", keys / "next", "--comment", "v1.0.1", manifest).returncode == 0
    assert sign("--check", keys / "first.pub", public).returncode == 0
    checked = sign("--check", public, manifest)
    assert (checked.returncode, "v1.0.1" in checked.stdout) == (0, True)
    # Who missed the change is told that another key signed, and not that the file is damaged.
    refused = sign("--check", keys / "first.pub", manifest)
    assert refused.returncode == 1
    assert "signed by" in refused.stderr


def test_a_lost_or_stolen_key_is_given_up(keys: Path, tmp_path: Path) -> None:
    """Nothing links the next key to it: the new public key is handed over anew, and only that one counts.

    What the thief signs with the first key does not verify by the next; the release that is served is signed
    again with the next key, and verifies, with the same manifest.
    """
    forged, manifest = tmp_path / "forged.json", tmp_path / "manifest.json"
    for path in (forged, manifest):
        path.write_text("{}")
        assert sign("--key", keys / "first", path).returncode == 0
    assert sign("--check", keys / "next.pub", forged).returncode == 1
    assert sign("--key", keys / "next", manifest).returncode == 0
    assert sign("--check", keys / "next.pub", manifest).returncode == 0


def test_a_changed_file_is_refused(keys: Path, tmp_path: Path) -> None:
    """Also where its signature is missing."""
    path = tmp_path / "manifest.json"
    path.write_text("{}")
    assert sign("--check", keys / "first.pub", path).returncode == 1
    assert sign("--key", keys / "first", path).returncode == 0
    path.write_text("{ }")
    refused = sign("--check", keys / "first.pub", path)
    assert (refused.returncode, "does not fit" in refused.stderr) == (1, True)


@pytest.mark.parametrize("module", [signing, verify_site])
def test_messages_tell_the_same_in_both_languages(module: object) -> None:
    """No Japanese message is empty or English, none of both lacks a placeholder."""
    values = [*vars(module).values(), *getattr(module, "WORDS", {}).values()]
    for message in (value for value in values if isinstance(value, Message)):
        braces = [sorted(part.partition("}")[0] for part in text.split("{")[1:]) for text in message]
        assert braces[0] == braces[1], message
        assert not message.ja.isascii() or message.ja.count("{"), message
