"""Makes keys, and signs and checks files with them, in minisign's format.

scripts/sign --new-key FILE            a secret key, encrypted with a password, and its public key FILE.pub
scripts/sign --key FILE FILE…          writes FILE.minisig beside each file
scripts/sign --check PUBLIC-KEY FILE…  verifies FILE.minisig of each file, and tells its trusted comment

The password is asked for, or read as one line where the standard input is no terminal. A secret key lies
outside of the repository: it cannot be published by mistake.
"""

import argparse
import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from macros.model.language import Message, choose_language
from scripts import ROOT
from scripts.releasing.minisign import PublicKey, SecretKey, Signature, SignatureError

ENDING = ".minisig"

IN_REPOSITORY = Message(
    "秘密鍵 {path} はリポジトリーの中にあります。リポジトリーの外に置いてください。",
    "The secret key {path} is inside the repository: keep it outside.",
)
IS_THERE = Message(
    "{path} はすでにあります。上書きしません。", "{path} is there already: it is not replaced."
)
PASSWORD = Message("{path} のパスワード：", "Password of {path}: ")
NEW_KEY = Message(
    "秘密鍵 {path} を作りました。公開鍵は {public} です（鍵の ID は {name}）。",
    "The secret key is {path}, its public key {public} (key ID {name}).",
)
SIGNED = Message("{path} を作りました。", "Written: {path}.")
VERIFIED = Message("{path} の署名は正しいものです：{comment}", "The signature of {path} verifies: {comment}")
UNUSABLE = Message("{path} は使えません（{reason}）。", "{path} cannot be used ({reason}).")


class SigningError(Exception):
    """Nothing was made or verified; carries the sentence that says why."""

    def __init__(self, message: Message, **values: object) -> None:
        """Fill the message's placeholders."""
        super().__init__(message.fill(**values).get(choose_language()))


def ask_password(path: Path) -> str:
    """Ask for a key's password, or read it where nobody sits at a terminal."""
    if sys.stdin.isatty():
        return getpass.getpass(PASSWORD.fill(path=path).get(choose_language()))
    return sys.stdin.readline().rstrip("\r\n")


def make_key(path: Path, password: str) -> PublicKey:
    """Write a new secret key, which its owner alone may read, and its public key.

    Raises:
        SigningError: the place is taken, or inside the repository.
    """
    _refuse_repository(path)
    key, public = SecretKey.generate(), path.with_name(f"{path.name}.pub")
    for taken in (path, public):
        if taken.exists():
            raise SigningError(IS_THERE, path=taken)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(key.encode(password))
    public.write_text(key.public.encode(), encoding="utf-8", newline="\n")
    return key.public


def load_key(path: Path, password: str) -> SecretKey:
    """Read a secret key.

    Raises:
        SigningError: it is inside the repository, or cannot be used.
    """
    _refuse_repository(path)
    try:
        return SecretKey.parse(path.read_text(encoding="utf-8"), password)
    except (OSError, ValueError, SignatureError) as error:
        raise SigningError(UNUSABLE, path=path, reason=error) from error


def sign_file(path: Path, key: SecretKey, comment: str) -> Path:
    """Write a signature beside a file, and return its path."""
    target = path.with_name(path.name + ENDING)
    target.write_text(key.sign(path.read_bytes(), comment).encode(), encoding="utf-8", newline="\n")
    return target


def verify_file(path: Path, public: Path) -> str:
    """Verify the signature beside a file, and return its trusted comment.

    Raises:
        SigningError: it does not verify, or a file is missing.
    """
    try:
        key = PublicKey.parse(public.read_text(encoding="utf-8"))
        signature = Signature.parse(path.with_name(path.name + ENDING).read_text(encoding="utf-8"))
        return key.verify(path.read_bytes(), signature)
    except (OSError, ValueError, SignatureError) as error:
        raise SigningError(UNUSABLE, path=path, reason=error) from error


def _refuse_repository(path: Path) -> None:
    if path.resolve().is_relative_to(ROOT):
        raise SigningError(IN_REPOSITORY, path=path)


def _build_comment(path: Path) -> str:
    """Name time and file, as minisign's own comments do."""
    return f"timestamp:{int(datetime.now(UTC).timestamp())}\tfile:{path.name}"


def _parse_options() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        prog="scripts/sign", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    action = options.add_mutually_exclusive_group(required=True)
    action.add_argument("--new-key", type=Path, metavar="FILE")
    action.add_argument("--key", type=Path, metavar="FILE")
    action.add_argument("--check", type=Path, metavar="PUBLIC-KEY")
    options.add_argument("--comment", help="trusted comment, instead of day and name of the file")
    options.add_argument("files", nargs="*", type=Path, metavar="FILE")
    return options.parse_args()


def main() -> int:
    """Do what was asked for; 1 where something stands against it."""
    chosen, language = _parse_options(), choose_language()
    try:
        if chosen.new_key:
            public = make_key(chosen.new_key, ask_password(chosen.new_key))
            path = f"{chosen.new_key}.pub"
            print(NEW_KEY.fill(path=chosen.new_key, public=path, name=public.name).get(language))
        elif chosen.key:
            key = load_key(chosen.key, ask_password(chosen.key))
            for path in chosen.files:
                target = sign_file(path, key, chosen.comment or _build_comment(path))
                print(SIGNED.fill(path=target).get(language))
        else:
            for path in chosen.files:
                comment = verify_file(path, chosen.check)
                print(VERIFIED.fill(path=path, comment=comment).get(language))
    except SigningError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
