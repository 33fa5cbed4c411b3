"""The one error of the package: input that cannot be used, with a code instead of words."""

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
    "windows_account",
    "unsupported_algorithm",
    "no_certificate",
]
"""What is the matter with a file, and what its `detail` says.

    empty_file             nothing but blanks
    too_large              more bytes than `limit`
    over_limit             asks for more than is done for it: `what`, `found`, `allowed` (`certcheck.limits`)
    not_a_certificate      something else; `found` says what, where the bytes do
    certificate_request    a request (CSR), which has become no certificate yet
    private_key            a private key without certificate; it is not looked at
    signature              a signature over some content (PKCS #7), which brings no certificate along
    damaged                `where` or `offset` say the place, `size` and `expected` how much is missing
    password_required      a password is needed and none was given
    wrong_password         it opens in none of the forms that are tried
    windows_account        protected to a Windows account or group, which only that Windows opens
    unsupported_algorithm  `algorithm` is its name
    no_certificate         a container without certificate, as a PKCS #12 of only a key
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something cannot be used, as a value.

    Attributes:
        code: the reason.
        detail: what else the bytes tell, plain values by name, for example ``{"algorithm": "…"}``.
    """

    code: Code
    detail: dict[str, str | int] = field(default_factory=dict)

    def to_error(self) -> UnusableInput:
        """Return the error to raise where nothing can be used beside it."""
        return UnusableInput(self.code, **self.detail)


class UnusableInput(Exception):  # noqa: N818 - it reads as what happened; it is input, not the program, that failed
    """A file that no certificate can be read from.

    Attributes:
        code: the reason.
        detail: as in `Failure`.
    """

    def __init__(self, code: Code, **detail: str | int) -> None:
        """Name the reason."""
        super().__init__(code, detail)
        self.code: Code = code
        self.detail: dict[str, str | int] = detail

    def to_failure(self, **place: str | int) -> Failure:
        """Return the reason as a value, which has no traceback: that holds the file and its password.

        Args:
            place: more details, for example the number of the `part`.
        """
        return Failure(self.code, {**self.detail, **place})


@contextmanager
def unexpected_errors_as_damaged() -> Iterator[None]:
    """Turn any exception but `UnusableInput` into that, so that one file does not lose the others.

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
