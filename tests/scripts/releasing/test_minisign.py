"""Keys and signatures in minisign's format, against files that Debian's minisign 0.11 made."""

import base64
import shutil
from pathlib import Path

import pytest

from scripts.command import run
from scripts.releasing.minisign import PublicKey, SecretKey, Signature, SignatureError, WrongKeyError

FIXTURES = Path(__file__).with_name("fixtures")
DATA, PASSWORD = b"hello\n", "secret"
MINISIGN = shutil.which("minisign")


def read(name: str) -> str:
    """Read a file that minisign wrote."""
    return (FIXTURES / name).read_text(encoding="utf-8")


def flip_bit(encoded: str, position: int) -> str:
    """Change one bit of what a line in Base64 holds."""
    data = bytearray(base64.b64decode(encoded))
    data[position] ^= 1
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(("name", "comment"), [("prehashed", "trusted words"), ("legacy", "old")])
def test_what_minisign_signed_verifies(name: str, comment: str) -> None:
    """Both forms: "ED" signs the file's hash, "Ed" the file. The answer is the trusted comment."""
    key, signature = PublicKey.parse(read(f"{name}.pub")), Signature.parse(read(f"{name}.minisig"))
    assert key.verify(DATA, signature) == comment
    assert signature.encode() == read(f"{name}.minisig")
    assert key.encode() == read(f"{name}.pub")


@pytest.mark.parametrize("name", ["prehashed", "legacy"])
def test_whatever_is_changed_is_refused(name: str) -> None:
    """The file, either signature, the comment: one bit or letter of any is enough."""
    key = PublicKey.parse(read(f"{name}.pub"))
    lines = read(f"{name}.minisig").splitlines()
    with pytest.raises(SignatureError, match="does not fit"):
        key.verify(DATA + b" ", Signature.parse("\n".join(lines)))
    changed = [
        [lines[0], flip_bit(lines[1], 40), *lines[2:]],
        [*lines[:2], lines[2].replace("trusted comment: ", "trusted comment: x"), lines[3]],
        [*lines[:3], flip_bit(lines[3], 40)],
    ]
    for text in changed:
        with pytest.raises(SignatureError, match="does not fit"):
            key.verify(DATA, Signature.parse("\n".join(text)))


def test_the_form_cannot_be_exchanged() -> None:
    """A signature of a hash is none of the file that consists of that hash's bytes, and the reverse."""
    signature = Signature.parse(read("prehashed.minisig"))
    with pytest.raises(SignatureError, match="does not fit"):
        PublicKey.parse(read("prehashed.pub")).verify(DATA, signature._replace(algorithm=b"Ed"))


def test_another_key_is_named() -> None:
    """Who signed and who was expected, by the IDs that minisign shows."""
    with pytest.raises(WrongKeyError, match="signed by 6180642DB075D91, not by EBB440B176514C6D"):
        PublicKey.parse(read("legacy.pub")).verify(DATA, Signature.parse(read("prehashed.minisig")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "untrusted comment: x\nAAAA\ntrusted comment: x\nAAAA\n",
        "untrusted comment: x\nnot base64!\ntrusted comment: x\nAAAA\n",
        read("prehashed.minisig").replace("untrusted comment", "comment"),
        read("prehashed.minisig") + "more\n",
    ],
)
def test_what_is_no_signature(text: str) -> None:
    """One of this module's errors, whatever the file holds."""
    with pytest.raises(SignatureError):
        Signature.parse(text)


def test_secret_keys_of_minisign_are_read() -> None:
    """With a password, which scrypt turns into the file's key, and without; each has its public key."""
    encrypted = SecretKey.parse(read("encrypted.key"), PASSWORD)
    assert encrypted.public.encode() == read("prehashed.pub")
    plain = SecretKey.parse(read("plain.key"), "")
    assert plain.public.encode() == read("legacy.pub")
    # Ed25519 is deterministic (RFC 8032, 5.1.6): the very signatures that minisign made.
    assert encrypted.sign(DATA, "trusted words").encode() == read("prehashed.minisig")
    assert plain.sign(DATA, "old", is_legacy=True).encode() == read("legacy.minisig")


def test_a_wrong_password_is_told() -> None:
    """By the checksum inside: no signature is made with a key that came out wrong."""
    with pytest.raises(SignatureError, match="wrong password"):
        SecretKey.parse(read("encrypted.key"), "Secret")


def test_a_key_file_cannot_ask_for_any_memory() -> None:
    """Its limits are read before scrypt runs; minisign's own ask for 1 GiB."""
    comment, encoded = read("encrypted.key").splitlines()
    data = bytearray(base64.b64decode(encoded))
    data[38:54] = (2**40).to_bytes(8, "little") * 2
    with pytest.raises(SignatureError, match="more memory"):
        SecretKey.parse(f"{comment}\n{base64.b64encode(data).decode()}\n", PASSWORD)


def test_a_comment_is_one_line() -> None:
    """A second line would stand outside of what is signed."""
    with pytest.raises(ValueError, match="one line"):
        SecretKey.generate().sign(DATA, "a\nb")


@pytest.mark.skipif(
    MINISIGN is None, reason="Debian's minisign is not installed; its files above stand for it"
)
def test_minisign_verifies_what_is_signed_here(tmp_path: Path) -> None:
    """Both forms; and it signs with a key whose file was written here."""
    assert MINISIGN
    secret = SecretKey.generate()
    file, public, key = (tmp_path / name for name in ("manifest.json", "key.pub", "key"))
    file.write_bytes(DATA)
    public.write_text(secret.public.encode(), encoding="utf-8")
    key.write_text(secret.encode(PASSWORD), encoding="utf-8")
    for is_legacy in (False, True):
        signature = secret.sign(DATA, "v1.0.0", is_legacy=is_legacy)
        file.with_name("manifest.json.minisig").write_text(signature.encode(), encoding="utf-8")
        assert "v1.0.0" in run(MINISIGN, "-V", "-p", public, "-m", file).stdout
    run(MINISIGN, "-S", "-s", key, "-m", file, "-t", "by minisign", stdin=f"{PASSWORD}\n")
    written = Signature.parse(file.with_name("manifest.json.minisig").read_text(encoding="utf-8"))
    assert secret.public.verify(DATA, written) == "by minisign"
