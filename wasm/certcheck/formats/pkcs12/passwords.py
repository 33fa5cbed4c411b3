"""The forms in which a password is tried.

An input method may have typed another form of the same characters than the one that made the file: full-width
digits, composed kana; and a copied password brings blanks along.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal["none", "empty", "as_typed", "nfc", "nfkc", "nfd", "trimmed", "nfkc_trimmed", "legacy_openssl"]
"""Which form opened a PKCS #12.

    none            it needed no password: neither encrypted nor with a MAC
    empty           the empty password, of length zero or as two zero bytes (RFC 7292 B.1)
    as_typed        the password as it was given
    nfc, nfkc, nfd  its Unicode normalisation form of that name
    trimmed         without white space at its end
    nfkc_trimmed    both: an input method types a blank as wide as its digits
    legacy_openssl  as OpenSSL before 1.1 took it: each byte of its UTF-8 for a character
"""


def forms(password: str | None) -> Iterator[tuple[Form, bytes]]:
    """Yield each form once, the empty password first, as the library takes them: UTF-8.

    It stops the whole program at a NUL; and half a surrogate pair can be in no file's password.
    """
    seen = {b""}
    yield "empty", b""
    for form, text in _texts(password) if password and _is_text(password) else ():
        encoded = text.encode()
        if encoded not in seen:
            seen.add(encoded)
            yield form, encoded


def _is_text(password: str) -> bool:
    return "\0" not in password and not any(unicodedata.category(each) == "Cs" for each in password)


def _texts(password: str) -> Iterator[tuple[Form, str]]:
    yield "as_typed", password
    yield "nfc", unicodedata.normalize("NFC", password)
    yield "nfkc", unicodedata.normalize("NFKC", password)
    yield "nfd", unicodedata.normalize("NFD", password)
    yield "trimmed", password.rstrip()
    yield "nfkc_trimmed", unicodedata.normalize("NFKC", password.rstrip())
    yield "legacy_openssl", password.encode().decode("latin-1")
