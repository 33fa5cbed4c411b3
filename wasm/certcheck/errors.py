"""Why input cannot be used: a code and details instead of words, as an exception and as a value."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Code = Literal[
    "empty_file",
    "too_large",
    "over_limit",
    "not_a_certificate",
    "certificate_request",
    "private_key",
    "signature",
    "damaged",
    "password_required",
    "wrong_password",
    "forms_untried",
    "windows_account",
    "unsupported_algorithm",
    "no_certificate",
]
"""Why a file cannot be used, and the values in its `detail`.

    empty_file             no bytes but white space
    too_large              more bytes than `limit`
    over_limit             exceeds a limit of `certcheck.limits`: `what`, `found`, `allowed`
    not_a_certificate      another kind of file; `found` is the kind, where the bytes tell: one of
                           `certcheck.formats.other_files.OtherKind`, a PEM label, or an OID
    certificate_request    a certificate signing request (PKCS #10)
    private_key            a private key, and no certificate among all files that it could fit
    signature              a signature over some content (PKCS #7) without certificates
    damaged                `where`, one of `DamagedPlace`, or `offset` is the place, of which `block`,
                           `certificate` or `part` is the number; `size` and `expected` are bytes of a cut
                           file; `found` is "saved_as_text" where each byte over 7F was replaced
    password_required      no password was given, and the empty one does not open it
    wrong_password         the password opens it in none of its forms; `where` is "contents" where the MAC was
                           made with it, and what is in the file was encrypted with another
    forms_untried          none of the forms that were tried opens it, and the iterations `allowed` did not
                           suffice for the others; `untried` names them, separated by commas
    windows_account        protected to a Windows account or group: only Windows opens it, signed in as that
    unsupported_algorithm  `algorithm` is its name
    no_certificate         a container without certificates, as a PKCS #12 of only a key
"""

DamagedPlace = Literal[
    "base64", "armour", "certificate", "key", "signedData", "store", "pfx", "authSafe", "mac", "library"
]
"""What is damaged, `where` of `damaged`.

    base64       other signs stand among its letters, or letters are lost
    armour       a block of PEM ends before its END line
    certificate  it has not the shape of a certificate (RFC 5280 4.1)
    key          likewise of a private key (RFC 5958, 8017, 5915), or its numbers contradict each other
    signedData   likewise of a PKCS #7 (RFC 5652 5.1)
    store        likewise of Windows' serialized store
    pfx          likewise of the outer structure of a PKCS #12 (RFC 7292 4)
    authSafe     likewise of its parts
    mac          the MAC of a PKCS #12 was not made over these parts; the password is right
    library      the library failed in a way that is not known; `cause` is the exception's class
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something cannot be used, as a value.

    Attributes:
        code: the reason.
        detail: plain values by name, for example ``{"algorithm": "…"}``; `Code` lists them.
    """

    code: Code
    detail: dict[str, str | int] = field(default_factory=dict)

    def to_error(self) -> UnusableInput:
        """Return the exception, to be raised where nothing else in the file can be used."""
        return UnusableInput(self.code, **self.detail)


class UnusableInput(Exception):  # noqa: N818 - not the program failed, but its input
    """No certificate can be read from a file.

    Attributes:
        code: the reason.
        detail: as in `Failure`.
    """

    def __init__(self, code: Code, **detail: str | int) -> None:
        """Give the reason.

        Args:
            code: the reason.
            detail: as in `Failure`.
        """
        super().__init__(code, detail)
        self.code: Code = code
        self.detail: dict[str, str | int] = detail

    def to_failure(self, **place: str | int) -> Failure:
        """Return the reason as a value, without the exception's traceback, which holds file and password.

        Args:
            place: further details, for example the number of the `part`.
        """
        return Failure(self.code, {**self.detail, **place})


@contextmanager
def unexpected_errors_as_damaged() -> Iterator[None]:
    """Raise `damaged` in place of an exception that the library is not known to raise: other files go on.

    Raises:
        UnusableInput: the one that was raised, or `damaged`, with `where` "library" and the exception's
            class as the `cause`.
    """
    try:
        yield
    except (UnusableInput, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in the library's Rust is no Exception
        raise UnusableInput("damaged", where="library", cause=type(error).__name__) from None
