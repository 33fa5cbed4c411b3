"""What was found in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from certcheck.certificate import Certificate
    from certcheck.errors import UnusableInput

Format = Literal["der", "pem", "pkcs7", "pkcs12"]
PasswordForm = Literal["none", "empty", "as_typed"]


class Contents(NamedTuple):
    """The certificates of one file.

    Attributes:
        format: what the bytes are; "der" and "pem" are plain certificates in that encoding.
        certificates: at least one, in the file's order, the private key's owner first.
        owner: SHA-256 of the certificate whose private key the file holds; None without one.
        password_form: which form of the password opened a PKCS #12; None for other formats.
        failures: parts that could not be read beside those that could.
    """

    format: Format
    certificates: tuple[Certificate, ...]
    owner: str | None = None
    password_form: PasswordForm | None = None
    failures: tuple[UnusableInput, ...] = ()
