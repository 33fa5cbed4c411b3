"""The forms of a password that are tried.

An input method may type other characters than the one with which the file was made: full-width digits,
decomposed kana. A password that was copied may end in white space.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal["none", "empty", "as_typed", "nfc", "nfkc", "nfd", "trimmed", "nfkc_trimmed", "legacy_openssl"]
"""The form of the password that opened a PKCS #12.

    none            no password: the file is neither encrypted nor has it a MAC
    empty           the empty password, of length zero or as two zero bytes (RFC 7292 B.1)
    as_typed        the password as it was given
    nfc, nfkc, nfd  its Unicode normalisation form of that name
    trimmed         without white space at its end
    nfkc_trimmed    both: input methods type full-width spaces as well as full-width digits
    legacy_openssl  as OpenSSL before 1.1 encoded it: each byte of its UTF-8 as a character
"""


def list_forms(password: str | None) -> Iterator[tuple[Form, bytes]]:
    """Yield the forms of a password, each text once, in UTF-8 as the library takes them; the empty one first.

    A password with a NUL or with half a surrogate pair has no form: the former aborts the whole program in
    the library, the latter is no text.

    Args:
        password: None where nobody has been asked.
    """
    seen = {b""}
    yield "empty", b""
    for form, text in _convert(password) if password and _is_text(password) else ():
        encoded = text.encode()
        if encoded not in seen:
            seen.add(encoded)
            yield form, encoded


def _is_text(password: str) -> bool:
    has_surrogate = any(unicodedata.category(character) == "Cs" for character in password)
    return "\0" not in password and not has_surrogate


def _convert(password: str) -> Iterator[tuple[Form, str]]:
    yield "as_typed", password
    yield "nfc", unicodedata.normalize("NFC", password)
    yield "nfkc", unicodedata.normalize("NFKC", password)
    yield "nfd", unicodedata.normalize("NFD", password)
    yield "trimmed", password.rstrip()
    yield "nfkc_trimmed", unicodedata.normalize("NFKC", password.rstrip())
    yield "legacy_openssl", password.encode().decode("latin-1")
