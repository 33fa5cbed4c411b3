"""The forms of a password that are tried.

An input method may type other characters than the one with which the file was made: full-width digits,
decomposed kana. A password that was copied may end in white space.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal[
    "none",
    "as_typed",
    "empty",
    "nfc",
    "nfkc",
    "nfd",
    "trimmed",
    "nfkc_trimmed",
    "legacy_openssl",
    "shift_jis",
    "latin_1",
]
"""The form of the password that opened a PKCS #12.

    none            no password: the file is neither encrypted nor has it a MAC
    as_typed        the password as it was given
    empty           the empty password, of length zero or as two zero bytes (RFC 7292 B.1)
    nfc, nfkc, nfd  its Unicode normalisation form of that name
    trimmed         without white space at its end
    nfkc_trimmed    both: input methods type full-width spaces as well as full-width digits
    legacy_openssl  as OpenSSL before 1.1 encoded it: each byte of its UTF-8 as a character
    shift_jis       in the bytes of a Japanese Windows' console (code page 932), which OpenSSL takes for a
                    character each in PKCS #12's own key derivation, and as they are in PBKDF2
    latin_1         likewise in the bytes of a Western European one (code page 1252)
"""

_CONSOLES: tuple[tuple[Form, str], ...] = (("shift_jis", "cp932"), ("latin_1", "cp1252"))


def list_forms(password: str | None) -> Iterator[tuple[Form, bytes]]:
    """Yield the forms of a password, each once: as it was typed, the empty one, then the others.

    They are in UTF-8, as the library takes them, but for the bytes of a console.

    A password with a NUL or with half a surrogate pair has no form but the empty one: the former
    aborts the whole program in the library, the latter is no text.

    Args:
        password: None where nobody has been asked.
    """
    if not password or not _is_text(password):
        yield "empty", b""
        return
    seen: set[bytes] = set()
    for form, encoded in _encode_forms(password):
        if encoded not in seen:
            seen.add(encoded)
            yield form, encoded


def _encode_forms(password: str) -> Iterator[tuple[Form, bytes]]:
    for form, text in _convert(password):
        yield form, text.encode()
    for console, code_page in _CONSOLES:
        try:
            encoded = password.encode(code_page)
        except UnicodeEncodeError:
            continue
        yield console, encoded
        yield console, encoded.decode("latin-1").encode()


def _is_text(password: str) -> bool:
    has_surrogate = any(unicodedata.category(character) == "Cs" for character in password)
    return "\0" not in password and not has_surrogate


def _convert(password: str) -> Iterator[tuple[Form, str]]:
    yield "as_typed", password
    yield "empty", ""
    yield "nfc", unicodedata.normalize("NFC", password)
    yield "nfkc", unicodedata.normalize("NFKC", password)
    yield "nfd", unicodedata.normalize("NFD", password)
    yield "trimmed", password.rstrip()
    yield "nfkc_trimmed", unicodedata.normalize("NFKC", password.rstrip())
    yield "legacy_openssl", password.encode().decode("latin-1")
